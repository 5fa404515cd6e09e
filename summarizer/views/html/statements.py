"""What a record says, statement by statement, each with what it rests on and with what was found against it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from summarizer.article import Span
from summarizer.record import BY_MODEL, BY_RULES, EDITED, SECTIONS, Cited, Content, Run
from summarizer.views import labels

DATA = "data"
"""The field of a schema of one's own, which has no section of the record."""


@dataclass(frozen=True)
class Statement:
    """One thing that is said."""

    path: str
    said: str
    spans: tuple[Span, ...]
    label: str = ""
    """What stands before it."""
    by: str = ""
    """Who says it, behind it."""


@dataclass(frozen=True)
class Field:
    """A field of the record, and all that it says."""

    name: str
    title: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Doubt:
    """A statement that there are errors or warnings about, worst first; None for the record as a whole."""

    statement: Statement | None
    findings: tuple[labels.LabelledFinding, ...]


def fields(content: Content) -> Iterator[Field]:
    """Every field that says something, in the order in which readers find them."""
    forms: Mapping[str, Callable[[Content], Iterator[Statement]]] = {
        "headline": _headline,
        "entities": _entities,
        "quotes": _quotes,
        "disputes": _disputes,
    }
    for name, title in {**labels.sections(), DATA: "Data"}.items():
        if said := tuple(forms[name](content) if name in forms else _lines(content, name)):
            yield Field(name, title, said)


def doubts(content: Content, statements: tuple[Statement, ...]) -> tuple[Doubt, ...]:
    """What needs a look, worst first; all that is found about one statement stands together."""
    about: dict[Statement | None, list[labels.LabelledFinding]] = {}
    for labelled in labels.labelled_findings(content):
        if labelled.finding.severity != "note":
            about.setdefault(_statement_at(labelled.finding.path, statements), []).append(labelled)
    return tuple(Doubt(statement, tuple(found)) for statement, found in about.items())


def voice(run: Run) -> str:
    """Whose words the statements are that somebody has written; empty where nobody knows."""
    kind = run.digital_source_type
    if kind is None:
        return ""
    whose = "a model’s words" if kind in (BY_MODEL, EDITED[BY_MODEL]) else "the article’s words"
    return f"{whose}, edited" if kind in EDITED.values() else whose


def is_by_rules(run: Run) -> bool:
    """Whether every statement is a sentence of the article."""
    return run.digital_source_type == BY_RULES


def _statement_at(path: str, statements: tuple[Statement, ...]) -> Statement | None:
    """The one that `path` is in."""
    holding = [
        each for each in statements if path == each.path or path.startswith((f"{each.path}.", f"{each.path}["))
    ]
    return max(holding, key=lambda each: len(each.path), default=None)


def _lines(content: Content, name: str) -> Iterator[Statement]:
    lines = labels.data_lines(content) if name == DATA else labels.lines(content, name)
    return (Statement(line.path, line.text, line.evidence, line.label) for line in lines)


def _headline(content: Content) -> Iterator[Statement]:
    if isinstance(content.headline, Cited):
        yield Statement("headline", content.headline.text, content.headline.evidence)


def _entities(content: Content) -> Iterator[Statement]:
    kinds = list(labels.ENTITY_TYPES)
    for at, entity in sorted(enumerate(content.entities), key=lambda each: kinds.index(each[1].type)):
        kind = SECTIONS["entities"].item if entity.type == "other" else entity.type
        yield Statement(f"entities[{at}]", entity.name, entity.mentions, kind.capitalize(), labels.role(entity))


def _quotes(content: Content) -> Iterator[Statement]:
    for at, quote in enumerate(content.quotes):
        speaker = ", ".join(filter(None, (quote.speaker or "speaker not named", quote.speaker_role)))
        yield Statement(f"quotes[{at}]", quote.text, quote.evidence, by=speaker)


def _disputes(content: Content) -> Iterator[Statement]:
    for at, dispute in enumerate(content.disputes):
        yield Statement(f"disputes[{at}].about", dispute.about, ())
        for side, position in enumerate(dispute.positions):
            path = f"disputes[{at}].positions[{side}]"
            yield Statement(path, position.text, position.evidence, position.holder)
