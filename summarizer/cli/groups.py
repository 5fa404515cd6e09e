"""Groups of commands in which one may be left out: a file in its place is that one's, a slip is told from a file."""

from __future__ import annotations

import re
from difflib import get_close_matches
from pathlib import Path
from typing import Any, ClassVar

import typer
from typer.core import TyperGroup

from summarizer.cli.options import is_piped

_WORD = re.compile(r"[A-Za-z-]+")
"""What a command may look like; `article.txt` is a file, also where there is none."""


class ImpliedRun(TyperGroup):
    """`batch INPUT` is short for `batch run INPUT`."""

    implied: ClassVar[str] = "run"

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """As typer does, with the command that is left out."""
        return super().parse_args(ctx, self._spelled_out(ctx, args))

    def _spelled_out(self, ctx: Any, args: list[str]) -> list[str]:
        if not args:
            return [] if ctx.resilient_parsing or self._asks_for_help() else [self.implied]
        own = [*self.commands, *(spelling for option in self.get_params(ctx) for spelling in option.opts)]
        if args[0] in own:
            return args
        if not ctx.resilient_parsing and (meant := _nearest(args[0], own)):
            ctx.fail(f"there is no file and no command {args[0]!r}. Did you mean `{ctx.command_path} {meant}`?")
        return [self.implied, *args]

    def _asks_for_help(self) -> bool:
        """Whether the group's name alone is a question for what there is."""
        return False


class ImpliedArticle(ImpliedRun):
    """`summarizer ARTICLE` is short for `summarizer article ARTICLE`."""

    implied = "article"

    def _asks_for_help(self) -> bool:
        return not is_piped()

    def invoke(self, ctx: Any) -> Any:
        """As typer does; what is wrong with the value of an option is said in our words."""
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            from pydantic import ValidationError

            from summarizer.faults import fault_in

            if isinstance(error.__cause__, ValidationError):
                error.message = "; ".join(fault_in(detail) for detail in error.__cause__.errors())
            raise


def _nearest(word: str, known: list[str]) -> str | None:
    """The command or option that was likely meant; None where there is a file of this name, or nothing is near."""
    if not _WORD.fullmatch(word) or word.startswith("-") or Path(word).exists():
        return None
    return next(iter(get_close_matches(word.lower(), known, 1, CLOSE)), None)


CLOSE = 0.65
"""Of 1: a letter too many, too few or out of its place leaves a word of five letters nearer, other words are not."""
