"""The record as a schema.org NewsArticle, safe inside a `<script type="application/ld+json">`."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from typing import Any

from summarizer.record import Entity, EntityType, Event, Figure, Summary
from summarizer.views.json import ACTING, escape

Node = dict[str, Any]

_TYPES: dict[EntityType, str] = {
    "person": "Person",
    "organization": "Organization",
    "place": "Place",
    "event": "Event",
    "product": "Product",
    "work": "CreativeWork",
    "other": "Thing",
}


_SOURCE_TYPES = {
    "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia": "TrainedAlgorithmicMediaDigitalSource",
    "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia": (
        "CompositeWithTrainedAlgorithmicMediaDigitalSource"
    ),
    "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia": "AlgorithmicMediaDigitalSource",
}
"""The terms of schema.org's enumeration; it has none for what people have edited without a model."""


def render(summary: Summary) -> str:
    """The node as indented JSON."""
    text = json.dumps(node(summary), ensure_ascii=False, indent=2)
    return escape(text, ACTING + "<>&")  # with these three it can't end the script element


def node(summary: Summary) -> Node:
    """The article as a NewsArticle; properties that nothing is known of are left out.

    Evidence, key points and findings have no place in schema.org: they are in the record's own JSON only.
    """
    info, headline = summary.article, summary.headline
    about, mentions = _by_weight(summary)
    return {"@context": "https://schema.org"} | _node(
        "NewsArticle",
        headline=info.title or (headline.text if headline else None),
        alternativeHeadline=headline.text if headline and info.title and headline.text != info.title else None,
        abstract=" ".join(cited.text for cited in summary.abstract),
        datePublished=info.published,
        dateModified=info.modified,
        author=[_node("Person", name=name) for name in info.authors],
        publisher=_node("Organization", name=info.site) if info.site else None,
        url=info.url,
        inLanguage=info.language if info.language != "und" else None,
        genre=info.genre,
        wordCount=info.words,
        articleSection=summary.topics[0] if summary.topics else None,
        keywords=list(summary.topics),
        about=about,
        mentions=[*mentions, *map(_event, summary.timeline), *map(_figure, summary.figures)],
        hasPart=[*_quotations(summary), *_claims(summary)],
        digitalSourceType=_SOURCE_TYPES.get(summary.run.digital_source_type or "", summary.run.digital_source_type),
    )


def _node(kind: str, **properties: Any) -> Node:
    known = {name: value for name, value in properties.items() if value not in (None, "", [])}
    return {"@type": kind} | known


def _by_weight(summary: Summary) -> tuple[list[Node], list[Node]]:
    """What the article is about, which its headlines name, and what else it mentions."""
    headlines = f"{summary.article.title} {summary.headline.text if summary.headline else ''}"
    about = [entity for entity in summary.entities if entity.name in headlines]
    return [_entity(e) for e in about], [_entity(e) for e in summary.entities if e not in about]


def _entity(entity: Entity) -> Node:
    body = _node("Organization", name=entity.affiliation) if entity.affiliation else None
    return _node(_TYPES[entity.type], name=entity.name, description=entity.role, affiliation=body)


def _event(event: Event) -> Node:
    return _node("Event", name=event.text, startDate=event.date, eventStatus=_STATUSES.get(event.status or ""))


_STATUSES = {"planned": "https://schema.org/EventScheduled", "cancelled": "https://schema.org/EventCancelled"}


def _figure(figure: Figure) -> Node:
    known: Node = {"name": figure.measures, "description": figure.text, "unitText": figure.unit}
    return _node("QuantitativeValue", value=_number(figure.value), **known)


def _number(value: float | None) -> float | None:
    """A number that JSON has, without the `.0` of a whole one."""
    if value is None or not math.isfinite(value):
        return None
    return int(value) if value.is_integer() else value


def _quotations(summary: Summary) -> Iterator[Node]:
    for quote in summary.quotes:
        speaker = _speaker(quote.speaker, "Person", summary) if quote.speaker else None
        if speaker and quote.speaker_role:
            speaker["description"] = quote.speaker_role
        yield _node("Quotation", text=quote.text, creator=speaker)


def _claims(summary: Summary) -> Iterator[Node]:
    for dispute in summary.disputes:
        about = _node("Thing", name=dispute.about)
        for side in dispute.positions:
            holder = _speaker(side.holder, "Organization", summary)
            yield _node("Claim", about=about, text=side.text, creator=holder)


def _speaker(name: str, otherwise: str, summary: Summary) -> Node:
    """Somebody who says something: a person or an organization, as the record knows them, else `otherwise`."""
    named = [_TYPES[entity.type] for entity in summary.entities if name in entity.name]
    kinds = [kind for kind in named if kind in ("Person", "Organization")]
    return _node(kinds[0] if kinds else otherwise, name=name)
