"""A suite's recordings: which cases have none for what they ask today, and which recordings no case asks for."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Sequence
from pathlib import Path

from summarizer.errors import ReplayMissing
from summarizer.evals.suites.cases import Case
from summarizer.evals.suites.suite import RecordedCases, Suite
from summarizer.models.choosing import REPLAY
from summarizer.models.replay import ReplayModel, recordings_in
from summarizer.pipeline import asummarize
from summarizer.reading import read_article
from summarizer.settings import Settings


def recordings_of(model: str) -> Path | None:
    """The folder of recordings that a model's name means; None where it means a model that is asked."""
    return Path(model.removeprefix(REPLAY)) if model.startswith(REPLAY) else None


def demand_recordings(suite: Suite, folder: Path, settings: Settings) -> None:
    """Raises ReplayMissing that names every case without a recording in `folder`, and the command that makes it."""
    replay = ReplayModel(folder)
    if stale := _stale(suite, replay, settings):
        raise ReplayMissing(
            f"{folder} holds no answer to what {len(stale)} of {len(suite.cases)} cases ask: {', '.join(stale)}. "
            "Article, prompt or schema changed, or the recording is of an earlier format. Record anew with\n"
            f"{_command(suite, replay, settings, stale)}"
        )


def remove_unused(suite: Suite, folder: Path, settings: Settings) -> int:
    """Removes the recordings in `folder` that no case asks for, and says how many; none while a case has none."""
    replay = ReplayModel(folder)
    unused = set() if _stale(suite, replay, settings) else recordings_in(folder) - replay.used
    for path in unused:
        path.unlink()
    return len(unused)


def _stale(suite: Suite, replay: ReplayModel, settings: Settings) -> list[str]:
    """The cases that can't be answered from the recordings; those that were answered from are then used ones."""

    async def walk() -> list[bool]:
        return await asyncio.gather(*(_is_stale(suite, case, replay, settings) for case in suite.cases))

    return [case.name for case, is_stale in zip(suite.cases, asyncio.run(walk()), strict=True) if is_stale]


async def _is_stale(suite: Suite, case: Case, replay: ReplayModel, settings: Settings) -> bool:
    try:
        article = await asyncio.to_thread(read_article, suite.file(case))
        await asummarize(article, model=replay, settings=settings)
    except ReplayMissing:
        return True
    except Exception:  # whatever it is, the case's own run will say it
        return False
    return False


def _command(suite: Suite, replay: ReplayModel, settings: Settings, stale: Sequence[str]) -> str:
    """What records these cases."""
    own = suite.recorded_in(replay.folder)
    if own and own.prompt == str(settings.prompt) and set(stale) <= set(own.cases):
        return own.command
    given = ["--model", replay.recorded.name, "--prompt", str(settings.prompt), "--record", str(replay.folder)]
    unlisted = [word for name in stale if own and name not in own.cases for word in ("--case", name)]
    command = shlex.join(["summarizer", "eval", str(suite.folder), *given, *unlisted])
    return command if own is None or own.prompt == str(settings.prompt) else f"{command}\n{_other_prompt(own)}"


def _other_prompt(own: RecordedCases) -> str:
    return f"which replaces the suite's own recordings: those are of the prompt {own.prompt} (--prompt {own.prompt})"
