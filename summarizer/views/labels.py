"""Plain words for what the record holds as codes, paths and counts, so that all views for readers say the same."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel
from pydantic_core import to_jsonable_python

from summarizer.article import Article, Span, Status
from summarizer.record import (
    BY_MODEL,
    BY_RULES,
    EDITED,
    FINDINGS,
    SECTIONS,
    ArticleInfo,
    Cited,
    CitedTime,
    Content,
    Entity,
    EntityType,
    Event,
    Figure,
    Finding,
    FiveWs,
    Run,
    SourceType,
    Tokens,
)

Severity = Literal["error", "warning", "note"]

STATUSES: dict[Status, str] = {
    "ok": "Summarised",
    "too_short": "Too short to summarise",
    "not_an_article": "Not an article",
    "paywalled": "Behind a paywall",
    "refused": "The model refused",
    "filtered": "Stopped by the provider's filter",
}

ENTITY_TYPES: dict[EntityType, str] = {
    "person": "People",
    "organization": "Organizations",
    "place": "Places",
    "event": "Events",
    "product": "Products",
    "work": "Works",
    "other": "Others",
}

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
"""Worst first."""

_STEPS = {**{name: section.item for name, section in SECTIONS.items() if section.item}, "positions": "version"}
_UNSPOKEN = ("text", "evidence", "five_ws", "data")

_LINES = {
    "ad": "advertising",
    "share": "sharing",
    "promo": "promotion",
    "info": "page details",
    "related": "related articles",
    "credit": "picture credit",
    "caption": "caption",
    "section": "other articles or comments",
    "head": "page header",
    "tail": "page footer",
    "list": "link list",
    "symbols": "symbols only",
    "page": "other text of the page",
    "around": "other text of the page",
    "repeated": "lines that stand twice",
    "kicker": "page header",
    "call": "words to the readers",
}
_METADATA = ("title", "byline", "date")
"""Rules that took a line out of the text to keep it as metadata."""

_HIDDEN, _CHARACTERS, _GARBLED = "hidden.", "char.", "char.garbled"
"""Families of rules: text that a page hides, and characters that no reader sees or no charset explains."""


@dataclass(frozen=True, slots=True)
class LabelledFinding:
    """A finding with the number by which a view refers to it."""

    number: int
    finding: Finding

    @property
    def label(self) -> str:
        """How to refer to it: `!1 error`; a note is not referred to."""
        severity = self.finding.severity
        return severity if severity == "note" else f"!{self.number} {severity}"

    @property
    def title(self) -> str:
        """What it is and where: `Quote not in the article (quote 2)`."""
        where = place(self.finding.path)
        return FINDINGS[self.finding.code] + (f" ({where})" if where else "")

    def concerns(self, path: str) -> bool:
        """Whether it is an error or a warning about the item at `path`, or a part of it."""
        return self.finding.severity != "note" and self.finding.path.startswith(path)


def labelled_findings(content: Content) -> tuple[LabelledFinding, ...]:
    """The findings, numbered, worst first."""
    ranked = sorted(content.findings, key=lambda finding: SEVERITIES.index(finding.severity))
    return tuple(LabelledFinding(number, finding) for number, finding in enumerate(ranked, 1))


def tally(findings: Iterable[Finding]) -> str:
    """`1 error, 2 warnings`."""
    counts = Counter(finding.severity for finding in findings)
    return ", ".join(_count(counts[severity], severity) for severity in SEVERITIES if counts[severity])


def notes(content: Content) -> str:
    """The notes by name alone, each once, with how often where that is more; who wrote it has a line of its own."""
    told = (each.code for each in content.findings if each.severity == "note" and each.code != "written_by_rules")
    names = Counter(map(FINDINGS.__getitem__, told))
    return " · ".join(name if times == 1 else f"{name} ({times}×)" for name, times in names.items())


def others(content: Content, shown: Set[str]) -> str:
    """How much there is in the fields that are not shown: `9 figures, 3 names`."""
    held = {**{name: getattr(content, name) for name in sections()}, "abstract": abstract(content)}
    return ", ".join(
        "abstract" if name == "abstract" else _count(len(things), SECTIONS[name].item)
        for name, things in held.items()
        if name not in shown and isinstance(things, tuple) and things
    )


def place(path: str) -> str:
    """Where in the record: `key point 3` for `key_points[2].text`; empty for the record as a whole."""
    steps = re.findall(r"(\w+)(?:\[(\d+)\])?", path)
    named = [(_STEPS.get(name, name.replace("_", " ")), index) for name, index in steps if name not in _UNSPOKEN]
    return ", ".join(f"{name} {int(index) + 1}" if index else name for name, index in named)


def sections() -> Mapping[str, str]:
    """The titles of the fields of the record in the order in which readers find them."""
    order: list[str] = []
    for name, section in sorted(SECTIONS.items(), key=lambda item: bool(item[1].behind)):
        order.insert(order.index(section.behind) + 1 if section.behind else len(order), name)
    return {name: SECTIONS[name].title for name in order}


@dataclass(frozen=True, slots=True)
class Line:
    """What one thing in a field says, where it stands and what it rests on."""

    path: str
    text: str
    evidence: tuple[Span, ...]
    label: str = ""
    """What stands before the text, if anything."""


def lines(content: Content, name: str) -> Iterator[Line]:
    """Everything in a field for which a view has no form of its own."""
    value = getattr(content, name)
    if isinstance(value, FiveWs):
        yield from (Line(f"{name}.{w}", _answer(said), said.evidence, w.capitalize()) for w, said in value if said)
        return
    things = {f"{name}[{at}]": item for at, item in enumerate(value)} if isinstance(value, tuple) else {name: value}
    for path, thing in things.items():
        match thing:
            case Figure():
                exactness = f" ({thing.qualifier})" if thing.qualifier else ""
                yield Line(path, thing.measures + exactness, thing.evidence, thing.text)
            case Event():
                status = f" ({thing.status})" if thing.status not in (None, "happened") else ""
                yield Line(path, thing.text + status, thing.evidence, thing.date)
            case BaseModel():
                said = ": ".join(part for _, part in thing if isinstance(part, str))
                yield Line(path, said, getattr(thing, "evidence", ()))
            case str() | float():
                yield Line(path, str(thing), ())


def data_lines(content: Content) -> Iterator[Line]:
    """The fields of a schema of one's own, each item of a list by itself."""
    data = to_jsonable_python(content.data, by_alias=True)
    for name, value in data.items() if isinstance(data, dict) else ():
        items = {f"[{at}]": item for at, item in enumerate(value)} if isinstance(value, list) else {"": value}
        for at, item in items.items():
            if item is not None:
                number = f" {int(at[1:-1]) + 1}" if at else ""
                label = name.replace("_", " ").capitalize() + number
                yield Line(f"data.{name}{at}", _plain(item), _cited_at(f"{name}{at}", name, content), label)


def _plain(value: object) -> str:
    """A value in words: `name: fraud, months: 18`."""
    if isinstance(value, dict):
        return ", ".join(
            f"{name.replace('_', ' ')}: {_plain(part)}" for name, part in value.items() if part is not None
        )
    if isinstance(value, list):
        return "; ".join(map(_plain, value))
    if isinstance(value, float):
        return f"{value:.12g}"
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _cited_at(path: str, field: str, content: Content) -> tuple[Span, ...]:
    """What is cited for a value, for what is in it, or for what holds it."""
    inside = [
        spans for at, spans in content.evidence.items() if at == path or at.startswith((f"{path}.", f"{path}["))
    ]
    spans = [span for each in inside or [content.evidence.get(field, content.evidence.get("", ()))] for span in each]
    return tuple(dict.fromkeys(spans))


def _answer(said: Cited) -> str:
    """A short answer, with the date where it has one."""
    return f"{said.text} ({said.date})" if isinstance(said, CitedTime) and said.date else said.text


def role(entity: Entity) -> str:
    """What somebody is, and for whom."""
    return ", ".join(filter(None, (entity.role, entity.affiliation)))


def sentence_numbers(article: Article, evidence: Iterable[Span]) -> str:
    """Numbers of the sentences that the spans touch, as `2–4, 9`."""
    return ", ".join(f"{a}–{b}" if b > a else f"{a}" for a, b in _stretches(sentences(article, evidence)))


def sentences(article: Article, evidence: Iterable[Span]) -> list[int]:
    """Numbers of the sentences that the spans touch, in order."""
    return sorted({number for span in evidence for number in _touched(article, span)})


def _touched(article: Article, span: Span) -> range:
    """By the span's own numbers, else by where it stands in the article."""
    if span.sentence is not None:
        return range(span.sentence, (span.last_sentence or span.sentence) + 1)
    first, last = article.sentence_at(span.start), article.sentence_at(max(span.start, span.end - 1))
    return range(first.number, last.number + 1) if first and last else range(0)


def _stretches(numbers: list[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of consecutive numbers."""
    for at, number in enumerate(numbers):
        if at == 0 or number > numbers[at - 1] + 1:
            first = number
        if at == len(numbers) - 1 or numbers[at + 1] > number + 1:
            yield first, number


def abstract(content: Content) -> tuple[Cited, ...]:
    """The abstract, unless the key points say all of it word for word, as they do by rules."""
    points = {point.text for point in content.key_points}
    return content.abstract if any(item.text not in points for item in content.abstract) else ()


def source(info: ArticleInfo) -> str:
    """Where the article is from, on one line."""
    published, modified = (
        moment[:16].replace("T", " ") if moment else None for moment in (info.published, info.modified)
    )
    updated = f"updated {modified}" if modified and modified != published else None
    parts = (info.site, published, updated, ", ".join(info.authors), _count(info.words, "word"))
    return " · ".join(filter(None, parts))


def removed(article: Article) -> str | None:
    """What the reader took out of the source, on one line; None when nothing was."""
    parts = (_removed_lines(article), _removed_hidden(article), _removed_characters(article))
    gone = "Removed " + "; ".join(filter(None, parts)) if any(parts) else None
    return ". ".join(filter(None, (gone, _restored(article)))) or None


def removed_texts(article: Article) -> Iterator[str]:
    """Everything that the reader took out of the source, each with its rule on a line."""
    for entry in article.removed:
        is_unseen = entry.rule.startswith(_CHARACTERS) and entry.rule != _GARBLED
        said = " ".join(f"U+{ord(character):04X}" for character in entry.text) if is_unseen else entry.text
        yield f"{entry.rule}: {' '.join(said.split())}"


def _removed_lines(article: Article) -> str | None:
    counts = Counter(
        _LINES.get(entry.rule, re.sub(r"[._]", " ", entry.rule))
        for entry in article.removed
        if not entry.rule.startswith((_HIDDEN, _CHARACTERS)) and entry.rule not in _METADATA
    )
    words = ", ".join(f"{number} {name}" for name, number in counts.most_common())
    return f"{_count(counts.total(), 'line')}: {words}" if counts else None


def _removed_hidden(article: Article) -> str | None:
    places = sum(entry.rule.startswith(_HIDDEN) for entry in article.removed)
    return f"text that no reader sees in {_count(places, 'place')}" if places else None


def _removed_characters(article: Article) -> str | None:
    entries = (entry for entry in article.removed if entry.rule.startswith(_CHARACTERS) and entry.rule != _GARBLED)
    number = sum(len(entry.text) for entry in entries)
    return _count(number, "invisible or unreadable character") if number else None


def _restored(article: Article) -> str | None:
    number = sum(entry.rule == _GARBLED for entry in article.removed)
    return f"Read {_count(number, 'garbled word')} in the charset that was meant" if number else None


def run(run: Run) -> str:
    """How the record came to be, on one line."""
    parts = [
        run.model if run.model == run.recipe else f"{run.model}, {run.recipe}",
        f"prompt {run.prompt.name} v{run.prompt.version}" if run.prompt else None,
        _requests(run) if run.requests else None,
        _seconds(run),
        _cost(run),
        _coverage(run),
    ]
    return " · ".join(filter(None, parts))


_WRITTEN: dict[SourceType, str] = {
    BY_MODEL: "Written by a language model",
    BY_RULES: "Sentences of the article, chosen by rules",
}


def disclosure(run: Run) -> str | None:
    """Who wrote it, and who has read it."""
    original = {edited: written for written, edited in EDITED.items()}
    kind = run.digital_source_type
    if kind is None:
        return None
    written = _WRITTEN[original.get(kind, kind)]
    if run.review is None:
        return f"{written}, read by nobody yet"
    done = "edited" if kind in original else "read"
    return f"{written}, {done} by {run.review.by} on {run.review.at[:10]}"


def run_in_short(run: Run) -> str:
    """Who made the record, and what it cost."""
    return " · ".join(filter(None, (run.model, _seconds(run), _cost(run), _coverage(run))))


def _seconds(run: Run) -> str:
    return f"{run.seconds:.1f} s" if run.seconds >= 1 else f"{run.seconds * 1000:.0f} ms"


def _requests(run: Run) -> str:
    """What was asked, and what a cache had."""
    asked = sum(not call.saved for call in run.requests)
    answered = sum(call.outcome == "cached" for call in run.requests)
    parts = [
        f"{_count(asked, 'request')}: {_tokens(run.tokens)}" if asked else None,
        f"{_count(answered, 'answer')} from the cache, saved {_tokens(run.saved)}" if answered else None,
    ]
    return " · ".join(filter(None, parts))


def _tokens(tokens: Tokens) -> str:
    cached = f" ({tokens.cached:,} cached)" if tokens.cached else ""
    thought = f" ({tokens.thought:,} thought)" if tokens.thought else ""
    return f"{tokens.input:,} tokens in{cached}, {tokens.output:,} out{thought}"


def _cost(run: Run) -> str:
    if not run.requests:
        return "no cost"
    dated = f" ({run.price_list})" if run.price_list else ""
    return "price not known" if run.cost is None else f"${run.cost:.4f}{dated}"


def _coverage(run: Run) -> str | None:
    given, seen = run.coverage.given, run.coverage.seen
    return f"the model saw {seen:,} of {given:,} characters" if run.requests and seen < given else None


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
