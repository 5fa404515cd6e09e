"""A small article with its full record, built by hand, and the means to build others."""

from __future__ import annotations

from typing import Any

from summarizer.article import Article, Removed, Sentence, Span
from summarizer.record import (
    ArticleInfo,
    Call,
    Cited,
    CitedTime,
    Coverage,
    Dispute,
    Entity,
    Event,
    Figure,
    Finding,
    FiveWs,
    Position,
    PromptInfo,
    Quote,
    Run,
    Summary,
    Tokens,
)

PARAGRAPHS = (
    (
        "The harbour authority of Port Ellery closed the Kestrel Bridge on Tuesday after engineers found cracks in "
        "two of its twelve bearings.",
        "Nobody was hurt.",
    ),
    (
        "“We could not rule out that a bearing fails under a loaded lorry,” said Miriam Okafor, the authority's "
        "chief engineer.",
        "“That is not a risk we take with 19,000 vehicles a day.”",
    ),
    (
        "Repairs will last until September and cost 6.4 million euros.",
        "Until then lorries must take a detour of 11 kilometres.",
    ),
    (
        "The authority puts the loss to local firms at 150,000 euros a week.",
        "The Ellery Hauliers' Association says that it is closer to 400,000 euros.",
        "“The authority counts the diesel and forgets the drivers,” said Tomas Lindgren, who chairs the association.",
    ),
    (
        "The bridge was opened in June 1978.",
        "A report of March 2022 advised the authority to replace all twelve bearings within three years.",
    ),
)


def article_of(*paragraphs: tuple[str, ...], **known: Any) -> Article:
    """An article of these paragraphs of sentences, and what is known of it."""
    text = "\n\n".join(" ".join(paragraph) for paragraph in paragraphs)
    sentences: list[Sentence] = []
    for number, paragraph in enumerate(paragraphs, 1):
        for sentence in paragraph:
            start = text.index(sentence, sentences[-1].end if sentences else 0)
            sentences.append(Sentence(len(sentences) + 1, start, start + len(sentence), number))
    return Article(text, tuple(sentences), **known)


HARBOUR = article_of(
    *PARAGRAPHS,
    title="Port Ellery closes its harbour bridge after cracks are found",
    authors=("Hannah Brekke",),
    published="2024-05-14",
    modified="2024-05-15",
    site="Ellery Courier",
    url="https://news.example/kestrel-bridge",
    language="en",
    genre="news",
    removed=(
        *(Removed("ad", "ADVERTISEMENT", 0, 13), Removed("ad", "Sponsored", 14, 23)),
        *(Removed("share", line, 24, 30) for line in ("Share", "Facebook", "Copy link")),
        *(Removed("title", "Port Ellery closes", 31, 40), Removed("byline", "By Hannah Brekke", 41, 50)),
        *(Removed("hidden.display", "Buy now"), Removed("char.zero_width", "\u200b\u200b", 60, 62)),
    ),
)

DETOUR = article_of(
    ("The council of Valbourg closed the old stone bridge over the river Ilse on Monday after cracks were found.",),
    ("Engineer Miriam Okafor told the council on Sunday that two of the twelve bearings had cracks.",),
    ("Nobody was hurt.", "Repairs of the bridge cost six million euros and last until September."),
    ("Lorries of Drossen now cross the river on a ferry that runs twice an hour.",),
    ("Tomas Lindgren leads the hauliers of the valley and wants the council to pay for the longer way.",),
    ("The town of Halmer had offered to share the cost of a new bridge over the same river.",),
    ("Valbourg must now decide whether the old bridge can be saved or a ferry is enough.",),
    language="en",
)
"""An article of which most sentences say of whom they speak."""


def cited(article: Article, *numbers: int) -> tuple[Span, ...]:
    """The sentences with these numbers, as evidence."""
    sentences = [article.sentence(number) for number in numbers]
    return tuple(article.span(sentence.start, sentence.end) for sentence in sentences)


def point(article: Article, text: str, *numbers: int) -> Cited:
    """A statement and the sentences it rests on."""
    return Cited(text=text, evidence=cited(article, *numbers))


def words_of(article: Article, text: str) -> tuple[Span, ...]:
    """The stretch of the article that reads `text`."""
    start = article.text.index(text)
    return (article.span(start, start + len(text)),)


def run_of(article: Article, **differing: Any) -> Run:
    """An account of one request to a model."""
    size = len(article.text)
    known: dict[str, Any] = {
        "model": "openai:gpt-6-luna",
        "recipe": "one_request",
        "prompt": PromptInfo(name="news", version="1", sha256="0" * 64),
        "schema_sha256": "1" * 64,
        "summarizer_version": "0.1.0",
        "requests": (
            Call(purpose="record", tokens_in=2214, tokens_cached=1024, tokens_out=988, seconds=6.1, outcome="ok"),
        ),
        "tokens": Tokens(input=2214, cached=1024, output=988),
        "cost": 0.0024,
        "seconds": 6.2,
        "coverage": Coverage(given=size, seen=size),
    }
    return Run(**known | differing)


def summary_of(article: Article, **content: Any) -> Summary:
    """A record of `article` with this content, and nothing else in it."""
    return Summary(article=ArticleInfo.of(article), run=content.pop("run", run_of(article)), **content)


def harbour() -> Summary:
    """The full record of HARBOUR, with one finding of each severity."""
    a = HARBOUR
    deciding, hauliers = "“We could not rule out", "The Ellery Hauliers' Association"
    return summary_of(
        a,
        headline=point(a, "Cracked bearings close Port Ellery's Kestrel Bridge until September", 1, 5),
        abstract=(
            point(a, "Port Ellery's Kestrel Bridge is shut after engineers found cracks in two of its bearings.", 1),
            point(
                a, "Repairs will cost 6.4 million euros; hauliers and the authority differ on the damage.", 5, 7, 8
            ),
        ),
        key_points=(
            point(a, "The bridge was closed on Tuesday because two of twelve bearings are cracked.", 1),
            point(a, "A failing bearing under a lorry could not be ruled out, the chief engineer said.", 3, 4),
            point(a, "Repairs will last until September and cost 6.4 million euros.", 5),
            point(a, "A report in 2022 had advised replacing all bearings within five years.", 11),
        ),
        five_ws=FiveWs(
            who=point(a, "harbour authority of Port Ellery", 1),
            what=point(a, "closed the Kestrel Bridge", 1),
            when=CitedTime(**dict(point(a, "on Tuesday", 1)), date=None),
            where=point(a, "Port Ellery", 1),
            why=point(a, "cracks in two bearings", 1, 3),
            how=None,
        ),
        entities=(
            Entity(
                name="Miriam Okafor",
                type="person",
                role="chief engineer of the harbour authority",
                mentions=words_of(a, "Miriam Okafor"),
            ),
            Entity(
                name="Tomas Lindgren",
                type="person",
                role="chair of the association",
                mentions=words_of(a, "Tomas Lindgren"),
            ),
            Entity(
                name="Ellery Hauliers' Association", type="organization", role=None, mentions=words_of(a, hauliers)
            ),
            Entity(name="Port Ellery", type="place", role=None, mentions=words_of(a, "Port Ellery")),
            Entity(name="Kestrel Bridge", type="place", role="closed bridge", mentions=words_of(a, "Kestrel Bridge")),
        ),
        quotes=(
            Quote(
                text="We could not rule out that a bearing fails under a loaded lorry,",
                speaker="Miriam Okafor",
                speaker_role="chief engineer",
                evidence=words_of(a, deciding),
            ),
            Quote(
                text="The authority counts the diesel and forgets its drivers",
                speaker="Tomas Lindgren",
                speaker_role=None,
                evidence=cited(a, 9),
            ),
        ),
        figures=(
            Figure(
                text="6.4 million euros",
                measures="cost of the repairs",
                value=6.4e6,
                unit="euros",
                evidence=words_of(a, "6.4 million euros"),
            ),
            Figure(
                text="19,000 vehicles a day",
                measures="traffic on the bridge",
                value=19000,
                unit="vehicles a day",
                evidence=words_of(a, "19,000 vehicles a day"),
            ),
        ),
        timeline=(
            Event(date="1978-06", text="The bridge is opened.", evidence=cited(a, 10)),
            Event(date="2022-03", text="A report advises replacing all twelve bearings.", evidence=cited(a, 11)),
        ),
        disputes=(
            Dispute(
                about="What the closure costs local firms",
                positions=(
                    Position(holder="harbour authority", text="150,000 euros a week", evidence=cited(a, 7)),
                    Position(
                        holder="Ellery Hauliers' Association",
                        text="closer to 400,000 euros a week",
                        evidence=cited(a, 8),
                    ),
                ),
            ),
        ),
        topics=("disaster, accident and emergency incident", "economy, business and finance"),
        findings=(
            Finding(
                code="repaired_after_reask",
                severity="note",
                path="",
                message="The first answer did not fit the schema.",
            ),
            Finding(
                code="number_not_in_evidence",
                severity="warning",
                path="key_points[3].text",
                message="“five” does not stand in the sentence that is cited.",
                evidence=cited(a, 11),
            ),
            Finding(
                code="quote_not_found",
                severity="error",
                path="quotes[1].text",
                message="“The authority counts the diesel and forgets its drivers” does not stand in the article.",
            ),
        ),
    )
