"""The record for a person at a terminal, who reads one article and decides what to believe."""

from __future__ import annotations

import io
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from rich.box import HEAVY
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from summarizer.article import Article, Span
from summarizer.record import Cited, Content, Dispute, Quote, Summary
from summarizer.views import labels

WIDEST = 100
"""Columns: longer lines are hard to read."""

_COLOURS: dict[labels.Severity, str] = {"error": "bold red", "warning": "bold yellow", "note": "dim"}
_EXCERPTS = 2
"""Sentences shown beneath a point; the others are there by number."""


def show(summary: Summary, article: Article) -> None:
    """Prints the record to standard output, in colour where that is a terminal."""
    console = Console(file=sys.stdout)
    color = console.is_terminal and not console.no_color
    sys.stdout.write(render(summary, article, width=min(console.width, WIDEST), color=color))


def render(summary: Summary, article: Article, *, width: int | None = None, color: bool) -> str:
    """The record as lines of at most `width` columns (default: 80), with ANSI colours or without any.

    `article` is the one the record is of: its sentences are what the numbers in brackets name.
    """
    console = Console(
        file=io.StringIO(),
        width=width or 80,
        height=25,  # with both sizes given, rich does not ask the environment
        force_terminal=color,
        color_system="standard" if color else None,
        no_color=not color,
        legacy_windows=False,
        force_jupyter=False,
        force_interactive=False,
    )
    with console.capture() as capture:
        console.print(_document(summary, article))
    return "".join(f"{line.rstrip()}\n" for line in capture.get().rstrip().split("\n"))


def printable(text: str) -> str:
    """`text` with nothing in it that acts on a terminal: control characters become visible symbols, and overrides
    of the writing direction the replacement character. Other characters that no reader sees are left out."""
    return text if text.isprintable() else "".join(map(_printable, text))


_JOINERS = "\u200c\u200d"  # Persian and emoji are spelt with them


def _printable(character: str) -> str:
    if character >= " " and character.isprintable():
        return character
    category = unicodedata.category(character)
    if character in "\n\t" or character in _JOINERS or category == "Zs":
        return character
    if character < " " or character == "\x7f":
        return chr(0x2421 if character == "\x7f" else 0x2400 + ord(character))
    if category in ("Zl", "Zp"):
        return "\n"
    if category == "Cf" and unicodedata.bidirectional(character) not in _OVERRIDES:
        return ""
    return character if category in ("Co", "Cn") else "\ufffd"


_OVERRIDES = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")


def _document(summary: Summary, article: Article) -> RenderableType:
    if summary.status != "ok":
        return _not_ok(summary)
    return _spaced([*_Page(summary, article, labels.labelled_findings(summary)).blocks(), _footer(summary, article)])


def so_far(content: Content, article: Article) -> RenderableType:
    """What there is of a record that is still being written."""
    return _spaced(list(_Page(content, article, labels.labelled_findings(content)).blocks()))


def _spaced(blocks: Sequence[RenderableType]) -> RenderableType:
    spaced = [part for block in blocks for part in (block, Text(""))]
    return Group(*spaced[:-1])


def _footer(summary: Summary, article: Article) -> RenderableType:
    """What was removed from the source, and how the record came to be."""
    removed = labels.removed(article)
    return Group(*([_text(removed)] if removed else []), _text(labels.run(summary.run), "dim"))


def _not_ok(summary: Summary) -> RenderableType:
    reason = _text(summary.status_reason or "No reason was given.")
    title = Text(labels.STATUSES[summary.status].upper(), style="bold yellow")
    return Panel(Group(title, Text(""), reason), box=HEAVY, border_style="yellow", padding=(1, 3))


@dataclass(frozen=True)
class _Page:
    """One record, its article and its findings: what every block of the page is made from."""

    summary: Content
    article: Article
    findings: tuple[labels.LabelledFinding, ...]

    def blocks(self) -> Iterator[RenderableType]:
        """What stands on the page, from top to bottom; nothing for what the record lacks."""
        yield self.header()
        if labels.abstract(self.summary):
            yield self.abstract()
        forms: dict[str, Callable[[], Sequence[RenderableType]]] = {
            "headline": tuple,  # these two are above
            "abstract": tuple,
            "key_points": self.key_points,
            "entities": self.entities,
            "quotes": self.quotes,
            "disputes": self.disputes,
            "topics": self.topics,
        }
        for name, title in labels.sections().items():
            if body := forms.get(name, partial(self.lines, name))():
                yield _section(title, body)
        if self.findings:
            yield self.finding_rows()

    def header(self) -> RenderableType:
        """Headline, the article's own title where that is another, source, address."""
        info, headline = self.summary.article, self.summary.headline
        lines = [self.cited(headline, "headline", style="bold")] if headline else []
        if info.title and not (headline and _line(headline.text) == _line(info.title)):
            lines.append(_text(info.title, "italic" if headline else "bold"))
        lines += [_text(labels.source(info), "dim")] + ([_text(info.url, "dim")] if info.url else [])
        return Group(*lines)

    def abstract(self) -> Text:
        """Its sentences as one paragraph."""
        cited = [self.cited(item, f"abstract[{at}]") for at, item in enumerate(self.summary.abstract)]
        return Text(" ").join(cited)

    def key_points(self) -> list[RenderableType]:
        """Numbered, each with the sentences it rests on where it does not repeat them."""
        rows: list[tuple[Text, RenderableType]] = []
        for at, point in enumerate(self.summary.key_points):
            text = self.cited(point, f"key_points[{at}]")
            rows.append((Text(f"{at + 1}.", style="bold"), Group(text, *_excerpts(point))))
        return _rows(rows)

    def lines(self, name: str) -> list[RenderableType]:
        """A field that has no form of its own: each text, behind its label if it has one."""
        lines = [*labels.lines(self.summary, name)]
        texts = [self.cited_text(line.text, line.evidence, line.path) for line in lines]
        if not any(line.label for line in lines):
            return [*texts]
        return _rows((_text(line.label, "bold"), text) for line, text in zip(lines, texts, strict=True))

    def quotes(self) -> list[RenderableType]:
        """One after the other."""
        return [self.quote(quote, f"quotes[{at}]") for at, quote in enumerate(self.summary.quotes)]

    def quote(self, quote: Quote, path: str) -> RenderableType:
        """The words, then who said them."""
        words = Text.assemble("“", _text(quote.text), "”")
        speaker = _text(quote.speaker, "bold") if quote.speaker else Text("speaker not named", style="italic")
        role = Text.assemble(", ", _text(quote.speaker_role)) if quote.speaker_role else Text()
        return Group(words, Text.assemble("  — ", speaker, role, self.reference(quote.evidence, path)))

    def entities(self) -> list[RenderableType]:
        """Names by type, with their roles."""
        named = list(enumerate(self.summary.entities))
        groups = {
            heading: [self.entity(at) for at, entity in named if entity.type == kind]
            for kind, heading in labels.ENTITY_TYPES.items()
        }
        rows = [(Text(heading, style="bold"), Text("; ").join(group)) for heading, group in groups.items() if group]
        return _rows(rows)

    def entity(self, at: int) -> Text:
        """One name with its role."""
        entity = self.summary.entities[at]
        role = Text.assemble(" (", _text(labels.role(entity)), ")") if labels.role(entity) else Text()
        return Text.assemble(_text(entity.name), role, self.marks(f"entities[{at}]"))

    def disputes(self) -> list[RenderableType]:
        """One after the other."""
        return [self.dispute(dispute, f"disputes[{at}]") for at, dispute in enumerate(self.summary.disputes)]

    def topics(self) -> list[RenderableType]:
        """All on one line."""
        return [_text(" · ".join(self.summary.topics))] if self.summary.topics else []

    def dispute(self, dispute: Dispute, path: str) -> RenderableType:
        """What is disputed, then each side's version."""
        rows = []
        for at, position in enumerate(dispute.positions):
            version = self.cited_text(position.text, position.evidence, f"{path}.positions[{at}]")
            rows.append((_text(position.holder, "bold"), version))
        about = Text.assemble(_text(dispute.about), self.marks(f"{path}.about"))
        return Group(about, *(Padding(row, (0, 0, 0, 2)) for row in _rows(rows)))

    def finding_rows(self) -> RenderableType:
        """All findings by number, with what was looked at."""
        rows: list[tuple[Text, RenderableType]] = []
        for labelled in self.findings:
            finding = labelled.finding
            label = Text(labelled.label, _COLOURS[finding.severity])
            seen = [_excerpt(span) for span in finding.evidence[:_EXCERPTS]]
            rows.append((label, Group(_text(labelled.title, "bold"), _text(finding.message), *seen)))
        return _section("Findings", _rows(rows), labels.tally(self.summary.findings))

    def cited(self, cited: Cited, path: str, style: str = "") -> Text:
        """A statement, its sentences, its findings."""
        return self.cited_text(cited.text, cited.evidence, path, style)

    def cited_text(self, text: str, evidence: Sequence[Span], path: str, style: str = "") -> Text:
        """The same for the parts of the record that are more than a statement."""
        return Text.assemble(_text(text, style), self.reference(evidence, path))

    def reference(self, evidence: Sequence[Span], path: str) -> Text:
        """Numbers of sentences in dim brackets, and the findings about `path`."""
        numbers = labels.sentence_numbers(self.article, evidence)
        return Text.assemble(Text(f" [{numbers}]" if numbers else "", style="dim"), self.marks(path))

    def marks(self, path: str) -> Text:
        """The numbers of the findings about the item at `path`."""
        findings = [labelled for labelled in self.findings if labelled.concerns(path)]
        return Text().join(Text(f" !{labelled.number}", _COLOURS[labelled.finding.severity]) for labelled in findings)


def _section(heading: str, body: Sequence[RenderableType], remark: str = "") -> RenderableType:
    title = Text.assemble((heading.upper(), "bold cyan"), (f"  {remark}" if remark else "", "dim"))
    return Group(title, *(Padding(part, (0, 0, 0, 2)) for part in body))


def _rows(rows: Iterable[tuple[Text, RenderableType]]) -> list[RenderableType]:
    """Rows of a label and what it labels, as a table; nothing for no rows."""
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column(max_width=30, overflow="fold")
    table.add_column(ratio=1, overflow="fold")
    for label, body in rows:
        table.add_row(label, body)
    return [table] if table.row_count else []


def _excerpts(cited: Cited) -> list[Text]:
    """The first sentences it rests on, one line each; none where the text is itself the sentence."""
    repeated = any(cited.text.rstrip(" .…") in span.text for span in cited.evidence)
    return [] if repeated else [_excerpt(span) for span in cited.evidence[:_EXCERPTS]]


def _excerpt(span: Span) -> Text:
    return Text(f"│ {_line(span.text)}", style="dim", no_wrap=True, overflow="ellipsis")


def _text(text: str, style: str = "") -> Text:
    """Text from outside: one line, nothing in it that acts on a terminal, no markup read."""
    return Text(_line(text), style=style, overflow="fold")


def _line(text: str) -> str:
    return " ".join(printable(text).split())
