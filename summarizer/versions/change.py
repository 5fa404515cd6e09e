"""A diff: what one version of an article, or of a record, says otherwise than another, each with both places."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, get_args

from summarizer.evidence import Evidence
from summarizer.record import ArticleInfo, Part

Section = Literal["headline", "figures", "dates", "names", "quotes", "speakers", "statements", "disagreements"]
SECTIONS: tuple[Section, ...] = get_args(Section)
"""In the order in which readers find them."""


class Stated(Part):
    """What one version says. `spans` are where: a stretch of its article or of its title; of a record the evidence
    of the statement at `path`."""

    text: str
    spans: Evidence = ()
    path: str = ""


class Change(Part):
    """Something that reads otherwise in the new version; None where one of the two has nothing of it."""

    old: Stated | None
    new: Stated | None
    about: str = ""
    """The statement it is in, of the new version where that has one."""


class Disagreement(Part):
    """Two values for one counted thing inside one article, as rules find them."""

    first: Stated
    second: Stated


class Compared(Part):
    """A version: what is known of its article."""

    article: ArticleInfo
    archived: str | None = None
    """When an archive of the web has kept it: ISO 8601, in UTC."""


class Disagreements(Part):
    """Those of one article, without another version of it."""

    of: Compared
    disagreements: tuple[Disagreement, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there are none."""
        return not self.disagreements


class Diff(Part):
    """What changed. Numbers, dates and names stand in it once, however often they changed in the same way."""

    old: Compared
    new: Compared
    headline: tuple[Change, ...] = ()
    figures: tuple[Change, ...] = ()
    dates: tuple[Change, ...] = ()
    names: tuple[Change, ...] = ()
    quotes: tuple[Change, ...] = ()
    speakers: tuple[Change, ...] = ()
    """Of quotes that both versions have: who said them. The spans are those of the quote."""
    statements: tuple[Change, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    """Inside the new version, and not in the old one."""
    small_edits: int = 0
    """Statements whose edits weigh less than the threshold: spelling, punctuation, a word of no weight."""
    moved: int = 0
    """Statements that only stand elsewhere."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed but what is only counted."""
        return not any(getattr(self, section) for section in SECTIONS)

    def only(self, sections: Iterable[Section]) -> Diff:
        """The same with nothing but these sections."""
        kept = {*sections}
        return self.model_copy(update={name: () for name in SECTIONS if name not in kept})
