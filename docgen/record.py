"""The record: its parts by their types, and the codes of its findings."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any, get_args

from pydantic import BaseModel

from docgen.page import table
from summarizer.article import Span
from summarizer.record import Finding, FindingCode, Summary, Topic
from summarizer.views.labels import LabelledFinding


def record_reference() -> str:
    """A section for each part of the record, the record itself first."""
    parts: list[type[BaseModel]] = [*_parts(Summary), Span]
    return "\n\n".join(map(_section, parts))


def _parts(part: type[BaseModel], seen: tuple[type[BaseModel], ...] = ()) -> list[type[BaseModel]]:
    """The part and those that it is made of, each once."""
    found = [*seen, part]
    for field in part.model_fields.values():
        for inner in _models(field.annotation):
            if inner not in found and inner is not Span:
                found = _parts(inner, tuple(found))
    return found


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    if inspect.isclass(annotation) and issubclass(annotation, BaseModel):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)


def _section(part: type[BaseModel]) -> str:
    told = _told(part)
    rows = [
        (f"`{name}`", _type(field.annotation), field.description or told.get(name, ""))
        for name, field in part.model_fields.items()
    ]
    idea = " ".join((part.__doc__ or "").split())
    return f"### {part.__name__}\n\n{idea[:1].upper()}{idea[1:]}\n\n{table(('field', 'type', ''), rows)}"


def _told(part: type[BaseModel]) -> Mapping[str, str]:
    """What stands below a field in the code, by the field."""
    told = {}
    for cls in reversed(part.__mro__):
        if issubclass(cls, BaseModel) and cls is not BaseModel:
            body = ast.parse(inspect.getsource(cls)).body[0].body  # type: ignore[attr-defined]
            for field, below in pairwise(body):
                if isinstance(field, ast.AnnAssign) and isinstance(below, ast.Expr):
                    told[ast.unparse(field.target)] = " ".join(str(ast.literal_eval(below.value)).split())
    return told


def _type(annotation: Any) -> str:
    """`list of Quote`, `text or null`, and the words themselves where only some are allowed."""
    arguments = [argument for argument in get_args(annotation) if argument is not Ellipsis]
    if annotation in _SIMPLE:
        return _SIMPLE[annotation]
    if inspect.isclass(annotation):
        return f"[{annotation.__name__}](#{annotation.__name__.lower()})"
    if getattr(annotation, "__origin__", None) is tuple:
        return f"list of {_type(arguments[0])}"
    if hasattr(annotation, "__metadata__"):
        return _type(arguments[0])
    if all(isinstance(argument, str) for argument in arguments):
        return ", ".join(f"`{argument}`" for argument in arguments)
    return " or ".join(map(_type, arguments))


_SIMPLE: Mapping[Any, str] = {
    str: "text",
    int: "integer",
    float: "number",
    type(None): "null",
    Any: "anything",
    FindingCode: "a [code](#findings)",
    Topic: "[topics](#topics)",
}


def topic_reference() -> str:
    """The topics, an item each."""
    return "\n".join(f"- {topic}" for topic in get_args(Topic))


def finding_reference() -> str:
    """Every code, how views call it, what it says and what it asks of you."""
    rows = [(f"`{code}`", _title(code), MEANINGS[code], ADVICE[code]) for code in get_args(FindingCode)]
    return table(("code", "shown as", "what it says", "what to do"), rows)


def _title(code: FindingCode) -> str:
    return LabelledFinding(1, Finding(code=code, severity="note", path="", message="")).title


MEANINGS: Mapping[FindingCode, str] = {
    "quote_not_found": "The quoted words do not stand in the article.",
    "quote_repeated": "They stand there more than once, and which place is meant can't be told.",
    "speaker_not_found": "The article does not have this name.",
    "speaker_differs": "The article names somebody else beside this quote.",
    "number_not_in_evidence": "A number that the cited sentences and the title do not give, or with another sign.",
    "unit_differs": "The number is there, but of another unit: euros for dollars, months for years.",
    "name_not_in_article": "A name that the article does not have.",
    "not_in_article": "The end of a statement, of which the article has no word.",
    "negation_differs": "The statement says “not” where its evidence does not, or the other way round; “rose” for "
    "“fell”, “ruled out” for “did not rule out”.",
    "certainty_differs": "“Will” for “may”, or a plan or a suspicion told as a fact.",
    "attribution_lost": "What the cited sentence leaves to somebody is told as a fact.",
    "role_differs": "A name where the evidence has another, or an office that the article gives to somebody else.",
    "superseded": "A number that the article itself takes back.",
    "no_evidence": "The statement cites no sentence that exists.",
    "evidence_incomplete": "A number or a month that another sentence has, which should be cited, too.",
    "evidence_differs": "The cited sentences do not speak of this, and another one does.",
    "cites_instruction": "The statement rests on words that are addressed to a language model.",
    "evidence_too_broad": "It cites more than a third of a longer article.",
    "date_not_in_evidence": "A date that the cited sentences do not give.",
    "instruction_in_article": "The text addresses a language model, or sets it a task that is nothing to the "
    "article. A title, an author or a site's name that does is left out of prompt and record.",
    "hidden_text_removed": "The page held text that no reader sees; each passage is named, with how it was hidden. "
    "What a scroll or a button shows is read.",
    "prose_removed": "Prose that was left out as none of the article's, with its beginnings.",
    "doubtful_text": "Sentences that stayed, but may be of the page around the article.",
    "input_not_fully_read": "The server counted fewer tokens than the article has, and not because it had cached the "
    "rest.",
    "read_in_parts": "The article is longer than the model's context; in how many parts it was read.",
    "headline_differs_from_body": "A number or a name in the article's own headline that its text lacks.",
    "shorter_than_asked": "The answer has no key point or no abstract.",
    "longer_than_asked": "More points or longer texts than were asked for, or as long as a server may have cut them.",
    "written_by_rules": "No language model took part.",
    "small_model": "A model that is known to mix things up wrote it.",
    "repaired_after_reask": "The first answer did not fit, or something was left out of the last one.",
    "parameter_refused": "A parameter that the server turned down, and what was sent instead.",
    "characters_removed": "Control characters and halves of characters in the answer, which were left out; how many.",
}


ADVICE: Mapping[FindingCode, str] = {
    "quote_not_found": "Don't print it as a quote; look for what was said in the sentences cited.",
    "quote_repeated": "Nothing, if any of the places will do; else find the one that is meant.",
    "speaker_not_found": "Print no speaker, or find out who it is.",
    "speaker_differs": "Read the sentence: who says it there?",
    "number_not_in_evidence": "Take the number from the article, or strike it.",
    "unit_differs": "Take the unit from the article.",
    "name_not_in_article": "Take the name as the article has it, or strike it.",
    "not_in_article": "Strike the end of the statement.",
    "negation_differs": "Read the statement beside its evidence; if they contradict each other, strike it.",
    "certainty_differs": "Put back the “may”, the plan or the suspicion.",
    "attribution_lost": "Put back who says so.",
    "role_differs": "Read who it is in the cited sentence, and put that.",
    "superseded": "Take the corrected number: `corrections` may have it.",
    "no_evidence": "Find the sentence yourself, or strike the statement.",
    "evidence_incomplete": "Read the sentence it names, too; the statement is likely right.",
    "evidence_differs": "Read the sentence it names instead.",
    "cites_instruction": "Strike the statement.",
    "evidence_too_broad": "Find the sentence yourself, or ask a larger model.",
    "date_not_in_evidence": "Take the date from the article, or strike it.",
    "instruction_in_article": "Read the article yourself before you print anything of it.",
    "hidden_text_removed": "Nothing, unless the passage should be in the record: then give it as text.",
    "prose_removed": "See with `--show-removed` whether it is the article's; if so, read it with `--raw`.",
    "doubtful_text": "See whether they are the article's; if not, take them out and run again.",
    "input_not_fully_read": "Give the server a longer context, and run again: the record misses what was not read.",
    "read_in_parts": "Nothing; a model with a longer context reads it in one.",
    "headline_differs_from_body": "Ask the article's desk which of the two is right.",
    "shorter_than_asked": "Run again, or with another model.",
    "longer_than_asked": "Cut it; where a text ends in the middle, run again.",
    "written_by_rules": "Nothing; for a summary that is written, name a model.",
    "small_model": "Read every statement beside its evidence, or ask a larger model.",
    "repaired_after_reask": "Nothing, unless it comes often: then another model costs less.",
    "parameter_refused": "Nothing, or leave the parameter out.",
    "characters_removed": "Look whether a word is broken where they stood.",
}
