"""A version: what an article or a record says, as another version is compared with it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from summarizer.article import Article, Span, TitleSpan
from summarizer.extractive.recipe import extract
from summarizer.names.entities import find_names
from summarizer.record import SECTIONS, ArticleInfo, Content, Quote
from summarizer.text.words import WORD, fold
from summarizer.versions.change import Compared, Stated
from summarizer.views import labels

_APART = {"headline", "entities", "quotes", "topics"}
"""Fields of a record that are no statements, or are compared by themselves."""


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of an article, its title, or a statement of a record. Only those of one field are compared."""

    text: str
    spans: tuple[TitleSpan | Span, ...]
    path: str = ""
    field: str = ""

    @property
    def stated(self) -> Stated:
        """As it stands in a diff."""
        return Stated(text=self.text, spans=self.spans, path=self.path)

    def part(self, start: int, end: int) -> Stated:
        """A part of it, at its exact place where the statement is itself words of the article."""
        text = self.text[start:end]
        if len(self.spans) != 1 or self.spans[0].text != self.text:
            return Stated(text=text, spans=self.spans, path=self.path)
        whole = self.spans[0]
        moved = {"start": whole.start + start, "end": whole.start + end, "text": text}
        return Stated(text=text, spans=(whole.model_copy(update=moved),), path=self.path)


class Version:
    """One version. Nothing changes it once it is made."""

    def __init__(self, of: Article | Content, archived: str | None = None) -> None:
        self.of, self.archived = of, archived
        self.info = ArticleInfo.of(of) if isinstance(of, Article) else of.article
        self.language = self.info.language

    @property
    def compared(self) -> Compared:
        """What a diff says of it: its article without the text."""
        without_text = self.info.model_copy(update={"text": None, "sentences": ()})
        return Compared(article=without_text, archived=self.archived)

    @cached_property
    def headline(self) -> Statement | None:
        """The title of an article, the headline of a record."""
        if isinstance(self.of, Article):
            title = self.of.title_span
            return Statement(title.text, (title,)) if title else None
        said = self.of.headline
        return Statement(said.text, said.evidence, "headline") if said else None

    @cached_property
    def statements(self) -> tuple[Statement, ...]:
        """All sentences, or all statements of the record, in their order."""
        if isinstance(self.of, Article):
            places = ((each.start, each.end) for each in self.of.sentences)
            return tuple(self.stretch(*place) for place in places if self._tells(*place))
        return tuple(_statements(self.of))

    def stretch(self, start: int, end: int) -> Statement:
        """The text of the article from one offset to another; only an article has one."""
        assert isinstance(self.of, Article)
        span = self.of.span(start, end)
        return Statement(span.text, (span,))

    def context(self, spans: Sequence[Span]) -> str | None:
        """The words of the paragraph in which the first of these stands, folded; None for a record."""
        number = spans[0].sentence if spans and isinstance(self.of, Article) else None
        if not number or not isinstance(self.of, Article):
            return None
        paragraph = self.of.sentence(number).paragraph
        texts = [self.of.sentence_text(each.number) for each in self.of.sentences if each.paragraph == paragraph]
        return " ".join(WORD.findall(fold(" ".join(texts))))

    def _tells(self, start: int, end: int) -> bool:
        """Whether a sentence is more than the title once more, which is compared by itself."""
        assert isinstance(self.of, Article)
        return self.of.text[start:end] != self.of.title

    @cached_property
    def names(self) -> tuple[Named, ...]:
        """Those that the rules find in an article; of a record those it lists."""
        if isinstance(self.of, Article):
            text = self.of.text
            return tuple(
                Named(name.text, frozenset(text[each.start : each.end] for each in name.mentions), place.stated)
                for name in find_names(self.of)
                for place in [self.stretch(name.mentions[0].start, name.mentions[0].end)]
            )
        return tuple(
            Named(entity.name, frozenset([entity.name]), Stated(text=entity.name, spans=entity.mentions, path=path))
            for at, entity in enumerate(self.of.entities)
            for path in [f"entities[{at}]"]
        )

    @cached_property
    def quotes(self) -> tuple[Quote, ...]:
        """Those of a record; those that the rules find in an article, with the speakers that they are sure of."""
        return extract(self.of, ("quotes",), 0).quotes if isinstance(self.of, Article) else self.of.quotes


@dataclass(frozen=True, slots=True)
class Named:
    """A name in its fullest form, all of its forms, and where it stands first."""

    text: str
    forms: frozenset[str]
    place: Stated


def _statements(content: Content) -> Iterator[Statement]:
    for field in (name for name in SECTIONS if name not in _APART):
        for line in labels.lines(content, field):
            if field == "five_ws":
                yield Statement(line.text, line.evidence, line.path, line.path)
            elif field != "disputes":
                text = f"{line.label}: {line.text}" if line.label else line.text
                yield Statement(text, line.evidence, line.path, field)
    yield from _positions(content)
    for line in labels.data_lines(content):
        yield Statement(f"{line.label}: {line.text}", line.evidence, line.path, "data")


def _positions(content: Content) -> Iterator[Statement]:
    for at, dispute in enumerate(content.disputes):
        for side, position in enumerate(dispute.positions):
            path = f"disputes[{at}].positions[{side}]"
            yield Statement(f"{position.holder}: {position.text}", position.evidence, path, "disputes")
