"""A record to be checked: what needs a look first, then all that it says, with the article beside it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from summarizer.article import Article, Span
from summarizer.record import FINDINGS, Finding, Summary
from summarizer.views import labels
from summarizer.views.html.article import ArticlePane, language_of, source_line
from summarizer.views.html.controls import STEPS, TRAY, keys
from summarizer.views.html.links import to_words
from summarizer.views.html.markup import Markup, direction, element, joined
from summarizer.views.html.places import Piece, Places
from summarizer.views.html.statements import DATA, Doubt, Field, Statement, doubts, fields, is_by_rules, voice
from summarizer.views.kept_article import kept_article

_COPIED = {
    "quotes": "the article’s words",
    "figures": "numbers as in the article",
    "entities": "names as in the article",
}
"""Fields that hold something of the article, character for character, and what."""

_NOT_THERE = ("quote_not_found", "name_not_in_article")
"""Findings by which a thing of these does not stand in the article."""

_CHIPS = 4
"""Places that are shown of one statement; the others are counted, and light up."""


def fragment(summary: Summary, article: Article | None = None) -> Markup:
    """The record and its article as one element, for the body of a page or a cell of a notebook; `checkable(element)`
    of check.js brings it to life. Without `article` what the record has kept of it is shown."""
    shown = kept_article(summary) if article is None else article
    return _Fragment(summary, replace(shown, title=shown.title or summary.article.title)).element()


@dataclass(frozen=True)
class _Fragment:
    summary: Summary
    article: Article

    def element(self) -> Markup:
        """All of it."""
        record = element(
            "div",
            self._masthead(),
            self._doubts(),
            *(self._section(field) for field in self.shown),
            self._notes(),
            class_="record",
        )
        columns = element("div", record, self._article_pane(), class_="columns")
        return element("div", columns, self._foot(), TRAY, keys(self.key), class_="checkable", data_key=self.key)

    # --- what it is made from -----------------------------------------------------------------------------------

    @cached_property
    def key(self) -> str:
        """What the names of all elements begin with, so that records can stand on one page."""
        return "r" + hashlib.sha256(self.summary.model_dump_json().encode()).hexdigest()[:8]

    @cached_property
    def places(self) -> Places:
        """Of the article's sentences."""
        return Places(self.article)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """All that the record says."""
        return tuple(fields(self.summary))

    @cached_property
    def shown(self) -> tuple[Field, ...]:
        """The fields below the headline; the abstract only where it says something of its own."""
        untold = {"headline"} | (set() if labels.abstract(self.summary) else {"abstract"})
        return tuple(field for field in self.fields if field.name not in untold)

    @cached_property
    def ids(self) -> dict[Statement, str]:
        """The names of the elements of statements."""
        said = (statement for field in self.fields for statement in field.statements)
        return {statement: f"{self.key}-c{at}" for at, statement in enumerate(said, 1)}

    @cached_property
    def doubts(self) -> tuple[Doubt, ...]:
        """What needs a look, worst first."""
        return doubts(self.summary, tuple(self.ids))

    @cached_property
    def carried(self) -> dict[int, int]:
        """How many statements rest on the sentence at each place that is named."""
        looked_at = (
            piece.place for finding in self.summary.findings for piece in self.places.pieces(finding.evidence)
        )
        visible = (
            each
            for field in self.fields
            if field in self.shown or field.name == "headline"
            for each in field.statements
        )
        resting = Counter(
            place for each in visible for place in {one.place for one in self.places.pieces(each.spans)}
        )
        return {**dict.fromkeys(looked_at, 0), **resting}

    # --- the record ---------------------------------------------------------------------------------------------

    def _masthead(self) -> Markup:
        """Headline, source, and who wrote this."""
        summary, info = self.summary, self.summary.article
        is_ok = summary.status == "ok"
        headline = [each for field in self.fields if field.name == "headline" for each in field.statements]
        title = (summary.headline.text if summary.headline else info.title) or "Record"
        own = None if info.title in (None, title) else self._original(info.title or "")
        status = None if is_ok else f"{labels.STATUSES[summary.status]}: {summary.status_reason or ''}".rstrip(": ")
        return element(
            "header",
            element("p", labels.tally(self._doubtful) or "nothing found by the checks", class_="tally"),
            *(self._statement(each, "div", "headline", heading="h1") for each in headline),
            None if headline else element("h1", title, dir="auto"),
            own,
            source_line(info),
            element("p", status, class_="status", dir="auto") if status else None,
            self._legend(),
        )

    def _original(self, title: str) -> Markup:
        said = element("span", title, class_="articles", dir="auto", lang=language_of(self.summary.article))
        return element("p", "Title of the article: ", said, class_="original")

    @cached_property
    def _doubtful(self) -> list[Finding]:
        return [finding for finding in self.summary.findings if finding.severity != "note"]

    def _legend(self) -> Markup:
        """How to tell whose words they are."""
        mark = element("span", "Serif behind a bar", class_="articles key")
        written = voice(self.summary.run)
        other = None if is_by_rules(self.summary.run) or not written else f" Sans serif: {written}."
        return element("p", mark, ": the article’s own words.", other, class_="legend")

    def _doubts(self) -> Markup:
        """What needs a look, with the keys that lead through it."""
        name = f"{self.key}-doubts"
        if not self.doubts:
            cards = element("p", "No check found anything. Checks see what they are made for: they are no proof.")
        else:
            cards = element("ol", *(self._doubt(at, doubt) for at, doubt in enumerate(self.doubts, 1)), role="list")
        count = element("span", f" {len(self.doubts)}", class_="count") if self.doubts else None
        bar = element(
            "div", element("h2", "Needs a look", count, id=name), STEPS if self.doubts else None, class_="bar"
        )
        return element("section", bar, cards, class_="doubts", aria_labelledby=name)

    def _doubt(self, at: int, doubt: Doubt) -> Markup:
        """One statement with all that is found against it."""
        worst, statement = doubt.findings[0].finding, doubt.statement
        place = labels.place(statement.path if statement else worst.path) or "the record as a whole"
        spans = statement.spans if statement else ()
        return element(
            "li",
            element("p", place.capitalize(), class_="place"),
            self._doubted(statement) if statement else None,
            *(self._finding(labelled.finding, spans) for labelled in doubt.findings),
            class_=f"doubt {worst.severity}",
            id=f"{self.key}-d{at}",
            tabindex="-1",
            data_path=statement.path if statement else None,
            data_spans=self._spans(spans),
            data_looked=self._looked(doubt, spans),
        )

    def _looked(self, doubt: Doubt, spans: tuple[Span, ...]) -> str | None:
        """For the script: what the checks looked at beside what the statement rests on."""
        resting = {*self.places.pieces(spans)}
        looked = self.places.pieces(span for each in doubt.findings for span in each.finding.evidence)
        return " ".join(str(piece) for piece in looked if piece not in resting) or None

    def _doubted(self, statement: Statement) -> Markup:
        told = statement.label.lower() in labels.place(statement.path)  # which stands above it
        words = self._words(replace(statement, label="") if told else statement, self._is_articles(statement))
        said = element("p", words, class_="statement-text", dir=direction(statement.said))
        return joined(said, self._cites(statement.spans, "rests on"))

    def _finding(self, finding: Finding, spans: tuple[Span, ...]) -> Markup:
        """What it is, what stands against what, and where, unless that is what the statement rests on."""
        badge = element("span", finding.severity, class_="badge")
        is_elsewhere = {*self.places.pieces(finding.evidence)} - {*self.places.pieces(spans)}
        return joined(
            element("h3", badge, " ", FINDINGS[finding.code], class_=finding.severity),
            element("p", finding.message, class_="message", dir="auto"),
            self._cites(finding.evidence, "looked at") if is_elsewhere else None,
        )

    def _section(self, field: Field) -> Markup:
        """One field of the record."""
        name = f"{self.key}-{field.name}"
        whose = _COPIED.get(field.name) or (voice(self.summary.run) if field.name != "topics" else "")
        heading = element("h2", field.title, id=name)
        remark = element("span", whose, class_="whose") if whose else None
        return element(
            "section",
            element("div", heading, remark, class_="bar"),
            element("ol" if field.name == "key_points" else "ul", *map(self._item, field.statements), role="list"),
            class_="field",
            data_field=field.name,
            aria_labelledby=name,
        )

    def _item(self, statement: Statement) -> Markup:
        return self._statement(statement, "li", "")

    def _statement(self, statement: Statement, name: str, kind: str, heading: str = "span") -> Markup:
        """A statement where it stands in the record."""
        return element(
            name,
            element(heading, self._words(statement, self._is_articles(statement)), class_="line"),
            self._flags(statement),
            self._cites(statement.spans, "rests on"),
            class_=f"statement {kind}".rstrip(),
            id=self.ids[statement],
            dir=direction(statement.said),
            data_path=statement.path,
            data_spans=self._spans(statement.spans),
        )

    def _words(self, statement: Statement, is_articles: bool) -> Markup:
        """What is said, behind its label, before its speaker."""
        is_quote = statement.path.startswith("quotes[")
        said = element(
            "q" if is_quote else "span",
            statement.said,
            class_=_whose("said", is_articles),
            dir="auto",
            lang=language_of(self.summary.article),
        )
        label = element("span", statement.label, class_="label", dir="auto") if statement.label else None
        by = (
            element("span", f"— {statement.by}" if is_quote else statement.by, class_="by", dir="auto")
            if statement.by
            else None
        )
        return joined(label, " " if label else None, said, " " if by else None, by)

    def _is_articles(self, statement: Statement) -> bool:
        """Whether what it says stands in the article so; not where a check has not found it there."""
        field = statement.path.partition("[")[0].partition(".")[0]
        if field in ("quotes", "entities"):
            return not any(finding.code in _NOT_THERE for finding in self._about(statement))
        return is_by_rules(self.summary.run) and field not in ("figures", "timeline", "topics", DATA)

    def _about(self, statement: Statement) -> Iterator[Finding]:
        for doubt in self.doubts:
            if doubt.statement == statement:
                yield from (labelled.finding for labelled in doubt.findings)

    def _flags(self, statement: Statement) -> Markup | None:
        """The way to what is found about it."""
        for at, doubt in enumerate(self.doubts, 1):
            if doubt.statement == statement:
                severity = doubt.findings[0].finding.severity
                said = element("span", labels.tally(each.finding for each in doubt.findings))
                return element("a", said, href=f"#{self.key}-d{at}", class_=f"flag {severity}")
        return None

    def _notes(self) -> Markup | None:
        """What is for the record alone, folded."""
        notes = [each for each in labels.labelled_findings(self.summary) if each.finding.severity == "note"]
        if not notes:
            return None
        items = (element("li", element("b", each.title), ": ", each.finding.message, dir="auto") for each in notes)
        count = "1 note" if len(notes) == 1 else f"{len(notes)} notes"
        return element(
            "details", element("summary", f"{count} for the record"), element("ul", *items), class_="notes"
        )

    # --- places -------------------------------------------------------------------------------------------------

    def _spans(self, spans: Iterable[Span]) -> str | None:
        """For the script: where to light up."""
        return " ".join(map(str, self.places.pieces(spans))) or None

    def _cites(self, spans: Iterable[Span], word: str) -> Markup | None:
        """The places by number, each with its link to the publisher's page."""
        cited = [(span, pieces) for span in spans if (pieces := self.places.pieces([span]))]
        if not cited:
            return None
        once = {(pieces[0].place, pieces[-1].place): (span, pieces) for span, pieces in reversed(cited)}
        first = sorted(once.items())[:_CHIPS]
        more = len(once) - len(first)
        return element(
            "span",
            element("span", f"{word} ", class_="word"),
            *(self._chip(span, pieces) for _, (span, pieces) in first),
            element("span", f"and {more} more", class_="word") if more else None,
            class_="cites",
        )

    def _chip(self, span: Span, pieces: tuple[Piece, ...]) -> Markup:
        """One place."""
        first, last = self.places.number(pieces[0].place), self.places.number(pieces[-1].place)
        number = "title" if not pieces[0].place else f"{first}" if first == last else f"{first}–{last}"
        hidden = element("span", "sentence ", class_="hidden") if pieces[0].place else None
        address = to_words(self.summary.article.url, span)
        out = element(
            "a",
            element("span", "↗", aria_hidden="true"),
            href=address,
            class_="out",
            target="_blank",
            rel="noopener noreferrer",
            aria_label=f"{number} on the publisher’s page, in a new tab",
        )
        link = element("a", hidden, number, href=f"#{self.key}-s{pieces[0].place}", data_place=str(pieces[0].place))
        return element("span", link, out if address else None, class_="cite")

    # --- the article and the foot -------------------------------------------------------------------------------

    def _article_pane(self) -> Markup:
        info = self.summary.article
        is_whole = self.article.text == info.text or self.article.sha256 == info.sha256
        return ArticlePane(self.article, info, is_whole, self.carried, self.key).element()

    def _foot(self) -> Markup:
        """Who wrote it, by what means and at what cost."""
        written = labels.disclosure(self.summary.run)
        return element(
            "footer",
            element("p", written, class_="disclosure") if written else None,
            element("p", labels.run(self.summary.run)),
            element("p", f"summarizer {self.summary.run.summarizer_version}"),
        )


def _whose(name: str, is_articles: bool) -> str:
    return f"{name} articles" if is_articles else name
