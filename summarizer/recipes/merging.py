"""Merging: one answer out of the answers to the parts of an article, each thing in it once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, TypeVar, get_args, get_origin

from pydantic import BaseModel

from summarizer.article import Article, Span
from summarizer.checking.analysis import Analysis
from summarizer.recipes.aliases import with_aliases
from summarizer.record import (
    SECTIONS,
    Cited,
    Content,
    Correction,
    Dispute,
    Entity,
    Event,
    Figure,
    FiveWs,
    Quote,
    Topic,
)
from summarizer.text.terms import terms
from summarizer.text.words import fold

T = TypeVar("T")

SAME_WORDS = 0.6
"""Share of the shorter text's terms that the longer one has when both say the same of one sentence. A choice: the
texts come from two readings of the same lines, and what is left apart by mistake is said twice but not lost."""

MOST_TOPICS = 2


def merged(answers: Sequence[BaseModel], article: Article, language: str) -> dict[str, Any]:
    """The fields of the record from `answers` in the order of the article; headlines and abstracts are left as they
    are, one beside the other. `language` is that of the written texts.

    Things are the same only if they come from two parts: within one the model meant them apart.
    """
    fields = type(answers[0]).model_fields
    return {name: _merged(name, [getattr(each, name) for each in answers], article, language) for name in fields}


def _merged(name: str, parts: Sequence[Any], article: Article, language: str) -> Any:
    """One field from what the parts have in it, by its type; where that has no rule, each thing once or the first."""
    annotation = Content.model_fields[name].annotation
    if get_origin(annotation) is tuple:
        merge = _LISTS.get(get_args(annotation)[0], _each_once)
        return merge(parts, article, language)
    if FiveWs in get_args(annotation):
        return _five_ws(parts, language)
    told = tuple(part for part in parts if part is not None)
    return told if SECTIONS[name].is_written_anew else next(iter(told), None)


def _each_once(parts: Sequence[Sequence[T]], *_: object) -> tuple[T, ...]:
    return joined(parts, lambda item: [item], lambda a, b: True, _first)


def joined(
    parts: Iterable[Iterable[T]],
    keys: Callable[[T], Iterable[Hashable]],
    same: Callable[[T, T], bool],
    join: Callable[[T, T], T],
) -> tuple[T, ...]:
    """All items, each in the place of the first that is the same as it, in an earlier part.

    Only items with a common key are compared, so that the time grows with the number of items.
    """
    kept: list[T] = []
    holders: dict[Hashable, dict[int, None]] = {}
    for items in parts:
        places: list[tuple[T, int]] = []
        for item in items:
            candidates = dict.fromkeys(at for key in keys(item) for at in holders.get(key, ()))
            place = next((at for at in candidates if same(kept[at], item)), len(kept))
            if place == len(kept):
                kept.append(item)
            else:
                kept[place] = join(kept[place], item)
            places.append((item, place))
        for item, place in places:
            for key in keys(item):
                holders.setdefault(key, {})[place] = None
    return tuple(kept)


def _sentences(item: Cited | Quote | Figure | Event) -> list[Hashable]:
    return _starts(item.evidence)


def _starts(spans: Iterable[Span]) -> list[Hashable]:
    return [span.start for span in spans]


def _first(first: T, _: T) -> T:
    return first


# --- texts ------------------------------------------------------------------------------------------------------


def _cited(parts: Sequence[Sequence[Cited]], language: str) -> tuple[Cited, ...]:
    """Statements, of two that rest on one sentence and say the same the one that says more."""
    longer = partial(_longer, language=language)
    return joined(parts, _sentences, lambda a, b: _says_the_same(a.text, b.text, language), longer)


def _longer(a: Cited, b: Cited, language: str) -> Cited:
    return b if len(set(terms(b.text, language))) > len(set(terms(a.text, language))) else a


def _says_the_same(a: str, b: str, language: str) -> bool:
    """Whether one text has most words of the other, and no number or negation stands against it."""
    if not _alike(a, b, language):
        return False
    one, other = Analysis(a, language), Analysis(b, language)
    denials = [bool(text.polarity and text.polarity.negations) for text in (one, other)]
    return (one.values <= other.values or other.values <= one.values) and denials[0] == denials[1]


def _alike(a: str, b: str, language: str) -> bool:
    words, others = frozenset(terms(a, language)), frozenset(terms(b, language))
    fewer = min(len(words), len(others))
    return len(words & others) >= SAME_WORDS * fewer if fewer else fold(a) == fold(b)


# --- lists ------------------------------------------------------------------------------------------------------


def _entities(parts: Sequence[Sequence[Entity]], article: Article) -> tuple[Entity, ...]:
    """Each name once, short forms with the full one; those that stand most often in the article first."""

    def is_same(a: Entity, b: Entity) -> bool:
        return a.type == b.type or "other" in (a.type, b.type) or "person" not in (a.type, b.type)

    def join(a: Entity, b: Entity) -> Entity:
        kind = b.type if a.type == "other" else a.type
        return a.model_copy(update={"type": kind, "role": a.role or b.role})

    entities = with_aliases(joined(parts, lambda entity: [fold(entity.name)], is_same, join), join)
    return tuple(sorted(entities, key=lambda entity: -article.text.count(entity.name)))


def _quotes(parts: Sequence[Sequence[Quote]]) -> tuple[Quote, ...]:
    """Each quote once: of two from one sentence the one that holds the other. The same words elsewhere are the same
    quote unless somebody else says them."""

    def letters(quote: Quote) -> str:
        return "".join(filter(str.isalnum, fold(quote.text))) or quote.text

    def is_same(a: Quote, b: Quote) -> bool:
        if set(_sentences(a)).isdisjoint(_sentences(b)):
            one, other = fold(a.speaker or ""), fold(b.speaker or "")
            return letters(a) == letters(b) and (one in other or other in one)
        return letters(a) in letters(b) or letters(b) in letters(a)

    def join(a: Quote, b: Quote) -> Quote:
        whole, other = (b, a) if len(letters(b)) > len(letters(a)) else (a, b)
        if whole.speaker:
            role = whole.speaker_role or (other.speaker_role if other.speaker == whole.speaker else None)
            return whole.model_copy(update={"speaker_role": role})
        return whole.model_copy(update={"speaker": other.speaker, "speaker_role": other.speaker_role})

    return joined(parts, lambda quote: [letters(quote), *_sentences(quote)], is_same, join)


def _figures(parts: Sequence[Sequence[Figure]], language: str) -> tuple[Figure, ...]:
    """Each figure once: the same words in the same sentence, or for the same thing elsewhere."""

    def keys(figure: Figure) -> list[Hashable]:
        text = fold(figure.text)
        measures = frozenset(terms(figure.measures, language))
        return [(text, measures), *((text, start) for start in _starts(figure.evidence))]

    def join(a: Figure, b: Figure) -> Figure:
        return a if a.value is not None or b.value is None else b

    return joined(parts, keys, lambda a, b: True, join)


def _timeline(parts: Sequence[Sequence[Event]], language: str) -> tuple[Event, ...]:
    """Each event once, with its more precise date, earliest first."""

    def is_same(a: Event, b: Event) -> bool:
        is_one_date = a.date.startswith(b.date) or b.date.startswith(a.date)
        return is_one_date and _says_the_same(a.text, b.text, language)

    def join(a: Event, b: Event) -> Event:
        return b if len(b.date) > len(a.date) else a

    return tuple(sorted(joined(parts, _sentences, is_same, join), key=lambda event: event.date))


def _disputes(parts: Sequence[Sequence[Dispute]], language: str) -> tuple[Dispute, ...]:
    """Each dispute once, with the positions from all parts."""

    def keys(dispute: Dispute) -> list[Hashable]:
        starts = [start for position in dispute.positions for start in _starts(position.evidence)]
        return [fold(dispute.about), *starts]

    def join(a: Dispute, b: Dispute) -> Dispute:
        known = {fold(position.holder) for position in a.positions}
        added = [position for position in b.positions if fold(position.holder) not in known]
        return a.model_copy(update={"positions": (*a.positions, *added)})

    return joined(parts, keys, lambda a, b: _alike(a.about, b.about, language), join)


def _topics(parts: Sequence[Sequence[Topic]]) -> tuple[Topic, ...]:
    """The topics of most parts."""
    counted = Counter(topic for topics in parts for topic in topics)
    return tuple(topic for topic, _ in counted.most_common(MOST_TOPICS))


_LISTS: Mapping[Any, Callable[[Any, Article, str], Any]] = {
    Cited: lambda parts, _, language: _cited(parts, language),
    Correction: lambda parts, _, language: _cited(parts, language),
    Entity: lambda parts, article, _: _entities(parts, article),
    Quote: lambda parts, *_: _quotes(parts),
    Figure: lambda parts, _, language: _figures(parts, language),
    Event: lambda parts, _, language: _timeline(parts, language),
    Dispute: lambda parts, _, language: _disputes(parts, language),
    Topic: lambda parts, *_: _topics(parts),
}
"""By the type of what a list holds."""


# --- five Ws ----------------------------------------------------------------------------------------------------


def _five_ws(parts: Sequence[BaseModel], language: str) -> BaseModel:
    """The answers of the first part that says what happened. A later part fills a gap only if it tells of the same
    event: it answers something else in the same way, and nothing in another."""
    told = next((part for part in parts if getattr(part, "what", None)), None)
    told = told or next((part for part in parts if _told(part)), parts[0])
    answers = _told(told)
    for part in parts:
        others = _told(part)
        common = answers.keys() & others.keys()
        if common and all(_agree(answers[name], others[name], language) for name in common):
            answers = {**others, **answers}
    return type(told)(**{name: answers.get(name) for name in type(told).model_fields})


def _told(part: BaseModel) -> dict[str, Cited]:
    answers = {name: getattr(part, name) for name in FiveWs.model_fields if hasattr(part, name)}
    return {name: answer for name, answer in answers.items() if answer}


def _agree(a: Cited, b: Cited, language: str) -> bool:
    return _says_the_same(a.text, b.text, language)
