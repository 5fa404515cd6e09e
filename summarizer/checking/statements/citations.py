"""Whether what is cited for a statement is what it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.article import Span, TitleSpan
from summarizer.checking.analysis import Analysis, ArticleAnalysis
from summarizer.checking.statements.finding import StatementFinding, as_tried
from summarizer.checking.statements.superseded import superseded
from summarizer.checking.statements.word_alignment import tokens

FEWEST = 4
"""Telling words of a statement by which the sentence is found that says it."""

LITTLE = 0.2
"""Share of them that the cited sentences have at most, when they say something else."""

MUCH = 0.5
"""Share of them that one other sentence has at least, when it is the one that says this."""


def citation_findings(
    said: Analysis, evidence: Sequence[Span], article: ArticleAnalysis
) -> Iterator[StatementFinding]:
    """Sentences that address a model, that another one says this, and what the article takes back."""
    numbers = [number for span in evidence if (number := article.article.number_of(span))]
    if any(number in article.instructions for number in numbers):
        message = "What is cited for this addresses a language model; it is none of the article's news."
        yield StatementFinding("cites_instruction", "error", message)
    if (number := _other_sentence(said, evidence, article)) is not None:
        message = f"The cited sentences do not speak of this; sentence {number} does."
        yield StatementFinding("evidence_differs", "warning", message)
    if text := superseded(said, article):
        message = f"The article takes “{text}” back."
        yield as_tried(StatementFinding("superseded", "warning", message), article.language)


def _other_sentence(said: Analysis, evidence: Sequence[Span], article: ArticleAnalysis) -> int | None:
    if article.is_translated(said.language):
        return None
    wanted = {word.stem for word in said.seen_as(tokens) if word.is_telling}
    if len(wanted) < FEWEST:
        return None
    cited = frozenset[str]().union(*(_stems(article.cited([span])) for span in evidence))
    if len(wanted & cited) > LITTLE * len(wanted):
        return None
    places = [span for span in evidence if not isinstance(span, TitleSpan)]
    numbers = {article.article.number_of(span) for span in places}
    for sentence in article.article.sentences:
        span = article.article.span(sentence.start, sentence.end)
        if span not in places and len(wanted & _stems(article.cited([span]))) >= max(FEWEST, MUCH * len(wanted)):
            is_between = {sentence.number - 1, sentence.number + 1} <= numbers  # a reader who looks there meets it
            return None if is_between else sentence.number
    return None


def _stems(text: Analysis) -> frozenset[str]:
    return text.seen_as(_all_stems)


def _all_stems(text: Analysis) -> frozenset[str]:
    return frozenset(word.stem for word in text.seen_as(tokens))
