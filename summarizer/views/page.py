"""The blocks of a record on a terminal, each with a row for every thing in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from summarizer.article import Article, Span
from summarizer.record import SECTIONS, Cited, Content, Dispute, Quote
from summarizer.views import labels
from summarizer.views.kept_article import evidence_of
from summarizer.views.printable import printable
from summarizer.views.repetition import Said

_COLOURS: dict[labels.Severity, str] = {"error": "bold red", "warning": "bold yellow", "note": "dim"}
_EXCERPTS = 2
"""Sentences shown beneath a statement; the others are there by number."""


@dataclass(frozen=True)
class Row:
    """One thing, behind its label if it has one."""

    body: RenderableType
    label: Text | None = None
    is_doubted: bool = False
    """Whether a finding is about it."""


@dataclass(frozen=True)
class Block:
    """Things below a heading, of which the page has room for all or for some; the heading then says for how many."""

    name: str
    """The field of the record, or what else the page has."""
    things: tuple[Row, ...]
    title: str = ""
    remark: str = ""
    room: int | None = None

    @property
    def rows(self) -> tuple[Row, ...]:
        """What there is room for, in its order: the first of them, what is doubted, then the others."""
        ranked = sorted(enumerate(self.things), key=lambda each: each[0] > 0 and not each[1].is_doubted)
        return tuple(row for _, row in sorted(ranked[: self.room], key=lambda each: each[0]))

    def with_room(self, rows: int) -> Block:
        """The same with this many rows."""
        return replace(self, room=rows)

    def __rich__(self) -> RenderableType:
        body = _laid_out(self.rows)
        if not self.title:
            return Group(*body)
        share = "" if len(self.rows) == len(self.things) else f"{len(self.rows)} of {len(self.things)}"
        remarks = " · ".join(filter(None, (self.remark, share)))
        title = Text.assemble((self.title.upper(), "bold cyan"), (f"  {remarks}" if remarks else "", "dim"))
        return Group(title, *(Padding(part, (0, 0, 0, 2)) for part in body))


def _laid_out(rows: Sequence[Row]) -> list[RenderableType]:
    """The rows one below the other; those with labels as a table."""
    if not any(row.label for row in rows):
        return [row.body for row in rows]
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(max_width=30, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    for row in rows:
        table.add_row(row.label or "", row.body)
    return [table]


SHOWN_FIRST = ("key_points", "five_ws", "quotes")
"""The sections of a screen; the header and the abstract stand above them."""


@dataclass(frozen=True)
class Page:
    """One record and its article: what every block of the page is made from."""

    summary: Content
    article: Article
    is_live: bool = False
    """Whether it is still being written: its points are followed by what they rest on, which has no place of its own
    as yet."""

    @cached_property
    def findings(self) -> tuple[labels.LabelledFinding, ...]:
        """Numbered, worst first."""
        return labels.labelled_findings(self.summary)

    def first_blocks(self) -> Iterator[Block]:
        """What a reader wants first; of what stands in one block, nothing in another."""
        said = Said()
        yield self.header(said)
        if not any(Said(point.text for point in self.summary.key_points).has(item.text) for item in self._abstract):
            yield from self.abstract(said)
        yield from self.data()
        asked = [*self.sections(SHOWN_FIRST, said, is_brief=True)]
        yield from asked or self.sections(labels.sections(), said, is_brief=True)  # a prompt may ask for others alone
        yield from self.doubts()

    def blocks(self) -> Iterator[Block]:
        """All that is in the record; where a text stands above already, a word that says so."""
        said = Said()
        yield self.header(said)
        yield from self.abstract(said)
        yield from self.data()
        yield from self.sections(labels.sections(), said, is_brief=False)
        yield from self.all_findings()
        if not self.is_live:
            yield from self.evidence(said)

    def data(self) -> Iterator[Block]:
        """The fields of a schema of one's own."""
        rows = [
            Row(
                Text.assemble(text_of(line.text), self.reference(line.evidence, line.path)),
                text_of(line.label or "", "bold"),
                self.is_doubted(line.path),
            )
            for line in labels.data_lines(self.summary)
        ]
        if rows:
            yield Block("data", tuple(rows), "Data")

    def sections(self, names: Iterable[str], said: Said, *, is_brief: bool) -> Iterator[Block]:
        """Those of the record's fields that there is something in."""
        forms: dict[str, Callable[[], Iterable[Row]]] = {
            "headline": tuple,  # these two are above
            "abstract": tuple,
            "key_points": partial(self.key_points, said),
            "entities": self.entities,
            "quotes": partial(self.quotes, said, is_brief=is_brief),
            "disputes": self.disputes,
            "topics": self.topics,
        }
        for name in names:
            rows = forms.get(name, partial(self.lines, name, said, is_brief=is_brief))()
            if made := tuple(rows):
                yield Block(name, made, SECTIONS[name].title)

    def header(self, said: Said) -> Block:
        """Headline, the article's own title where that is another, source, address."""
        info, headline = self.summary.article, self.summary.headline
        lines = [self.cited(headline, "headline", style="bold")] if headline else []
        if info.title and not (headline and line_of(headline.text) == line_of(info.title)):
            lines.append(text_of(info.title, "italic" if headline else "bold"))
        lines += [text_of(labels.source(info), "dim")] + ([text_of(info.url, "dim")] if info.url else [])
        said.add(headline.text if headline else "", info.title or "")
        return Block("header", tuple(map(Row, lines)))

    @property
    def _abstract(self) -> tuple[Cited, ...]:
        return labels.abstract(self.summary)

    def abstract(self, said: Said) -> Iterator[Block]:
        """Its sentences as one paragraph."""
        if self._abstract:
            cited = [self.cited(item, f"abstract[{at}]") for at, item in enumerate(self.summary.abstract)]
            said.add(*(item.text for item in self._abstract))
            yield Block("abstract", (Row(Text(" ").join(cited)),))

    def key_points(self, said: Said) -> Iterator[Row]:
        """Numbered."""
        for at, point in enumerate(self.summary.key_points):
            text = self.cited(point, f"key_points[{at}]")
            said.add(point.text)
            body = Group(text, *_excerpts(point)) if self.is_live else text
            yield Row(body, Text(f"{at + 1}.", style="bold"), self.is_doubted(f"key_points[{at}]"))

    def lines(self, name: str, said: Said, *, is_brief: bool) -> Iterator[Row]:
        """A field that has no form of its own: each text, behind its label if it has one."""
        has = said.has_whole if name == "five_ws" else said.has  # a short answer is often in a sentence, too
        for line in labels.lines(self.summary, name):
            is_said = has(line.text)
            if not (is_said and is_brief):
                text = text_of("as above", "italic") if is_said and line.label else text_of(line.text)
                body = Text.assemble(text, self.reference(line.evidence, line.path))
                label = text_of(line.label, "bold") if line.label else None
                yield Row(body, label, self.is_doubted(line.path))
            said.add(line.text)

    def quotes(self, said: Said, *, is_brief: bool) -> Iterator[Row]:
        """The words, then who said them; what somebody is, once."""
        known: set[str | None] = {None}
        quotes = self.summary.quotes
        for at, quote in enumerate(quotes):
            longer = Said(other.text for other in quotes if len(other.text) > len(quote.text))
            if not (is_brief and (said.has(quote.text) or longer.has(quote.text))):
                path = f"quotes[{at}]"
                yield Row(self.quote(quote, path, is_known=quote.speaker in known), is_doubted=self.is_doubted(path))
                known.add(quote.speaker)
            said.add(quote.text)

    def quote(self, quote: Quote, path: str, *, is_known: bool) -> RenderableType:
        """One quote and its speaker, of whom it may be known what they are."""
        words = Text.assemble("“", text_of(quote.text), "”")
        speaker = text_of(quote.speaker, "bold") if quote.speaker else Text("speaker not named", style="italic")
        has_role = quote.speaker_role and not (quote.speaker and is_known)
        role = Text.assemble(", ", text_of(quote.speaker_role or "")) if has_role else Text()
        return Group(words, Text.assemble("  — ", speaker, role, self.reference(quote.evidence, path)))

    def entities(self) -> Iterator[Row]:
        """Names by type, with their roles."""
        named = list(enumerate(self.summary.entities))
        for kind, heading in labels.ENTITY_TYPES.items():
            if group := [self.entity(at) for at, entity in named if entity.type == kind]:
                yield Row(Text("; ").join(group), Text(heading, style="bold"))

    def entity(self, at: int) -> Text:
        """One name with its role."""
        entity = self.summary.entities[at]
        role = Text.assemble(" (", text_of(labels.role(entity)), ")") if labels.role(entity) else Text()
        return Text.assemble(text_of(entity.name), role, self.marks(f"entities[{at}]"))

    def disputes(self) -> Iterator[Row]:
        """One after the other."""
        for at, dispute in enumerate(self.summary.disputes):
            yield Row(self.dispute(dispute, f"disputes[{at}]"))

    def dispute(self, dispute: Dispute, path: str) -> RenderableType:
        """What is disputed, then each side's version."""
        rows = []
        for at, position in enumerate(dispute.positions):
            reference = self.reference(position.evidence, f"{path}.positions[{at}]")
            rows.append(Row(Text.assemble(text_of(position.text), reference), text_of(position.holder, "bold")))
        about = Text.assemble(text_of(dispute.about), self.marks(f"{path}.about"))
        return Group(about, *(Padding(part, (0, 0, 0, 2)) for part in _laid_out(rows)))

    def topics(self) -> Iterator[Row]:
        """All on one line."""
        if self.summary.topics:
            yield Row(text_of(" · ".join(self.summary.topics)))

    def doubts(self) -> Iterator[Block]:
        """Errors and warnings with what was looked at."""
        yield from self._listed([each for each in self.findings if each.finding.severity != "note"])

    def all_findings(self) -> Iterator[Block]:
        """All of them, with what was looked at."""
        yield from self._listed(self.findings)

    def _listed(self, findings: Sequence[labels.LabelledFinding]) -> Iterator[Block]:
        if findings:
            tally = labels.tally(labelled.finding for labelled in findings)
            yield Block("findings", tuple(map(self.finding, findings)), "Findings", tally)

    def finding(self, labelled: labels.LabelledFinding) -> Row:
        """What it is and where, what it says, what was looked at."""
        finding = labelled.finding
        said = Text.assemble(text_of(f"{labelled.title}.", "bold"), " ", text_of(finding.message))
        numbers = self.reference(finding.evidence)
        seen = [_excerpt(span) for span in finding.evidence[:1]]
        return Row(Group(Text.assemble(said, numbers), *seen), Text(labelled.label, _COLOURS[finding.severity]))

    def evidence(self, said: Said) -> Iterator[Block]:
        """The sentences that the page names by their numbers, but for those that are on it."""
        named = {*labels.sentences(self.article, evidence_of(self.summary))}
        texts = {
            sentence.number: self.article.text[sentence.start : sentence.end]
            for sentence in self.article.sentences
            if sentence.number in named
        }
        rows = [
            Row(text_of(text), Text(f"[{number}]", style="dim"))
            for number, text in texts.items()
            if not said.has(text)
        ]
        if rows:
            yield Block("evidence", tuple(rows), "Evidence", "what is cited and not above")

    def cited(self, cited: Cited, path: str, style: str = "") -> Text:
        """A statement, its sentences, its findings."""
        return Text.assemble(text_of(cited.text, style), self.reference(cited.evidence, path))

    def reference(self, evidence: Sequence[Span], path: str | None = None) -> Text:
        """Numbers of sentences in dim brackets, and the findings about `path`."""
        numbers = labels.sentence_numbers(self.article, evidence)
        return Text.assemble(Text(f" [{numbers}]" if numbers else "", style="dim"), self.marks(path) if path else "")

    def is_doubted(self, path: str) -> bool:
        """Whether there is a finding about the item at `path`."""
        return any(labelled.concerns(path) for labelled in self.findings)

    def marks(self, path: str) -> Text:
        """The numbers of the findings about the item at `path`."""
        findings = [labelled for labelled in self.findings if labelled.concerns(path)]
        return Text().join(Text(f" !{labelled.number}", _COLOURS[labelled.finding.severity]) for labelled in findings)


def _excerpts(cited: Cited) -> list[Text]:
    """The first sentences it rests on, one line each; none where the text is itself the sentence."""
    repeated = any(cited.text.rstrip(" .…") in span.text for span in cited.evidence)
    return [] if repeated else [_excerpt(span) for span in cited.evidence[:_EXCERPTS]]


def _excerpt(span: Span) -> Text:
    return Text(f"│ {line_of(span.text)}", style="dim", no_wrap=True, overflow="ellipsis")


def text_of(text: str, style: str = "") -> Text:
    """Text from outside: one line, nothing in it that acts on a terminal, no markup read."""
    return Text(line_of(text), style=style, overflow="fold")


def line_of(text: str) -> str:
    """The text as one line, with nothing in it that acts on a terminal."""
    return " ".join(printable(text).split())
