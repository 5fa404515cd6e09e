"""What is read of a source: the text of its article, and what it says of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from summarizer.article import Removed
from summarizer.reading.characters.offset_map import MappedText
from summarizer.reading.header.metadata import Metadata


@dataclass(frozen=True, slots=True)
class Extract:
    """A text on its way to an article, with what is known of it so far; every room of reading makes a new one."""

    body: MappedText
    metadata: Metadata
    doubtful: frozenset[int] = frozenset()
    """Numbers of the paragraphs that may be none of the article's."""

    @classmethod
    def unmapped(cls, text: str, metadata: Metadata, removed: Iterable[Removed]) -> Extract:
        """A text from which no way leads back to the original."""
        return cls(MappedText(text, "", (), tuple(removed)), metadata)

    def known_as(self, metadata: Metadata) -> Extract:
        """The same, of which this is known first."""
        return replace(self, metadata=metadata.or_else(self.metadata))

    def behind(self, removed: Iterable[Removed]) -> Extract:
        """The same, from which this was removed before."""
        return replace(self, body=replace(self.body, removed=(*removed, *self.body.removed)))
