"""The record as CommonMark, in which nothing from an article or a model is markup."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from summarizer.article import TITLE_NUMBER, Article, Span
from summarizer.record import Cited, Dispute, Quote, Summary
from summarizer.views import labels
from summarizer.views.kept_article import cites_title, evidence_of, kept_article
from summarizer.views.printable import printable


def render(summary: Summary, article: Article | None = None) -> str:
    """The record as a CommonMark document; the sentences that it rests on stand at its end, with their numbers.

    `article` is the one the record is of. Without it there are the pieces that the record quotes, and what was left
    out of the article is not known.
    """
    if summary.status != "ok":
        return f"# {labels.STATUSES[summary.status]}\n\n{escape(summary.status_reason or 'No reason was given.')}\n"
    blocks = _Document(summary, article or kept_article(summary), labels.labelled_findings(summary)).blocks()
    return "\n\n".join(filter(None, blocks)) + "\n"


_MARKUP = re.compile(r"[\\`*_\[\]<>&~|$]|(?<=[wW]{3})\.|:(?=//)")  # GitHub makes links of bare addresses too
_BLOCK_START = re.compile(r"^(?:[#+=-]|\d{1,9}(?=[.)](?:\s|$)))")


def escape(text: str) -> str:
    """`text` as one line that CommonMark and GitHub's dialect of it show as it is, wherever in a block it stands."""
    line = _MARKUP.sub(r"\\\g<0>", " ".join(printable(text).split()))
    return _BLOCK_START.sub(_escaped_start, line)


def _escaped_start(start: re.Match[str]) -> str:
    return f"{start[0]}\\" if start[0].isdigit() else f"\\{start[0]}"


@dataclass(frozen=True)
class _Document:
    """One record, its article and its findings: what every block of the document is made from."""

    summary: Summary
    article: Article
    findings: tuple[labels.LabelledFinding, ...]

    def blocks(self) -> Iterator[str]:
        """The blocks of the document, from top to bottom; an empty one for what the record lacks."""
        summary = self.summary
        yield from self.header()
        yield " ".join(self.cited(item, f"abstract[{at}]") for at, item in enumerate(labels.abstract(summary)))
        forms: dict[str, Callable[[], str]] = {
            "headline": str,  # these two are above
            "abstract": str,
            "key_points": self.key_points,
            "entities": lambda: _lines(self.entities()),
            "quotes": self.quotes,
            "disputes": self.disputes,
        }
        for name, title in labels.sections().items():
            yield _section(title, forms.get(name, partial(self.lines, name))())
        yield _section("Data", _lines(map(self.line, labels.data_lines(summary))))
        yield _section("Findings", _lines([self.finding(labelled) for labelled in self.findings]))
        yield _section("Evidence", _lines(self.evidence()))
        yield "---"
        yield escape(labels.removed(self.article) or "")
        yield escape(labels.disclosure(summary.run) or "")
        yield escape(labels.run(summary.run))

    def header(self) -> Iterator[str]:
        """Headline, the article's own title where that is another, source, address."""
        info, headline = self.summary.article, self.summary.headline
        title = escape(info.title or "")
        if headline:
            yield f"# {self.cited(headline, 'headline')}"
            yield f"*{title}*" if title not in ("", escape(headline.text)) else ""
        else:
            yield f"# {title}" if title else ""
        yield escape(labels.source(info)) + (f"  \n{escape(info.url)}" if info.url else "")

    def lines(self, name: str) -> str:
        """A field that has no form of its own."""
        return _lines(map(self.line, labels.lines(self.summary, name)))

    def line(self, line: labels.Line) -> str:
        """A text, behind its label if it has one."""
        label = f"**{escape(line.label)}:** " if line.label else ""
        return label + escape(line.text) + self.reference(line.evidence, line.path)

    def key_points(self) -> str:
        """Numbered."""
        points = (self.cited(item, f"key_points[{at}]") for at, item in enumerate(self.summary.key_points))
        return _lines(points, numbered=True)

    def quotes(self) -> str:
        """One after the other."""
        return "\n\n".join(self.quote(quote, f"quotes[{at}]") for at, quote in enumerate(self.summary.quotes))

    def quote(self, quote: Quote, path: str) -> str:
        """The words, then who said them."""
        speaker = f"**{escape(quote.speaker)}**" if quote.speaker else "*speaker not named*"
        role = f", {escape(quote.speaker_role)}" if quote.speaker_role else ""
        return f"> “{escape(quote.text)}”\n>\n> — {speaker}{role}{self.reference(quote.evidence, path)}"

    def entities(self) -> Iterator[str]:
        """Names by type, with their roles."""
        for kind, heading in labels.ENTITY_TYPES.items():
            named = [self.entity(at) for at, entity in enumerate(self.summary.entities) if entity.type == kind]
            if named:
                yield f"**{heading}:** " + "; ".join(named)

    def entity(self, at: int) -> str:
        """One name with its role."""
        entity = self.summary.entities[at]
        role = f" ({escape(labels.role(entity))})" if labels.role(entity) else ""
        return escape(entity.name) + role + self.marks(f"entities[{at}]")

    def disputes(self) -> str:
        """One after the other."""
        return "\n\n".join(self.dispute(each, f"disputes[{at}]") for at, each in enumerate(self.summary.disputes))

    def dispute(self, dispute: Dispute, path: str) -> str:
        """What is disputed, then each side's version."""
        versions = []
        for at, side in enumerate(dispute.positions):
            reference = self.reference(side.evidence, f"{path}.positions[{at}]")
            versions.append(f"**{escape(side.holder)}:** {escape(side.text)}{reference}")
        return f"{escape(dispute.about)}{self.marks(f'{path}.about')}\n\n{_lines(versions)}"

    def finding(self, labelled: labels.LabelledFinding) -> str:
        """a finding with the sentences that were looked at."""
        numbers = _bracketed(labels.sentence_numbers(self.article, labelled.finding.evidence))
        return f"**{labelled.label}: {escape(labelled.title)}.** {escape(labelled.finding.message)}{numbers}"

    def evidence(self) -> Iterator[str]:
        """Every sentence that the document names by its number, and the title, where it does."""
        if self.summary.article.title and cites_title(self.summary):
            yield f"[{TITLE_NUMBER}] {escape(self.summary.article.title)}"
        named = {*labels.sentences(self.article, evidence_of(self.summary))}
        for sentence in self.article.sentences:
            if sentence.number in named:
                yield f"[{sentence.number}] {escape(self.article.text[sentence.start : sentence.end])}"

    def cited(self, cited: Cited, path: str) -> str:
        """A statement, its sentences, its findings."""
        return escape(cited.text) + self.reference(cited.evidence, path)

    def reference(self, evidence: Iterable[Span], path: str) -> str:
        """Numbers of sentences in brackets, and the findings about `path`."""
        return _bracketed(labels.sentence_numbers(self.article, evidence)) + self.marks(path)

    def marks(self, path: str) -> str:
        """The numbers of the findings about the item at `path`."""
        return "".join(f" **!{labelled.number}**" for labelled in self.findings if labelled.concerns(path))


def _bracketed(numbers: str) -> str:
    return f" [{numbers}]" if numbers else ""


def _section(heading: str, body: str) -> str:
    return f"## {heading}\n\n{body}" if body else ""


def _lines(items: Iterable[str], *, numbered: bool = False) -> str:
    return "\n".join(f"{at}. {item}" if numbered else f"- {item}" for at, item in enumerate(items, 1))
