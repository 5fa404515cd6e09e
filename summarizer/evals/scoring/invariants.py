"""Soundness: what holds of a record whatever its article says. Quotes stand there, offsets fit, and no junk leaks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from summarizer.article import Article, Span, TitleSpan
from summarizer.checking.quote_location import Locator
from summarizer.evals.scoring.tokens import printed
from summarizer.record import Cited, Summary

MOST_CITED = 4
"""Sentences that one statement may rest on: who cites half of the article has cited nothing."""

NOT_SEARCHED = frozenset({"article", "findings", "run"})
"""Fields of the record in which a forbidden string is no leak: a finding may quote the planted order it warns of,
`article` says where the text comes from, and `run` how the record came to be."""


def is_verbatim(summary: Summary, article: Article) -> bool:
    """Whether the text of every quote and of every figure stands in the article, but for typography."""
    texts = [quote.text for quote in summary.quotes] + [figure.text for figure in summary.figures]
    locate = Locator(article.text).locate
    return all(locate(text, shortest=1).spans for text in texts)


def has_exact_offsets(summary: Summary, article: Article) -> bool:
    """Whether every span of the record, those of findings too, is where it says it is."""
    return all(_text_of(span, article)[span.start : span.end] == span.text for span in _spans(summary))


def _text_of(span: Span, article: Article) -> str:
    return (article.title or "") if isinstance(span, TitleSpan) else article.text


def leaked(summary: Summary, forbidden: tuple[str, ...]) -> tuple[str, ...]:
    """The forbidden strings that stand anywhere in the record but in `article`, `findings` and `run`."""
    searched = (getattr(summary, name) for name in type(summary).model_fields if name not in NOT_SEARCHED)
    texts = [printed(text) for part in searched for text in _strings(part)]
    return tuple(string for string in forbidden if any(printed(string) in text for text in texts))


def evidence_holds(summary: Summary) -> Iterator[bool]:
    """For headline, abstract and key points each: whether it cites few sentences, and no finding is raised on it."""
    flagged = [finding.path for finding in summary.findings if finding.severity != "note"]
    for path, cited in _statements(summary):
        is_narrow = 0 < len(cited.evidence) <= MOST_CITED
        yield is_narrow and not any(at == path or at.startswith(f"{path}.") for at in flagged)


def _statements(summary: Summary) -> Iterator[tuple[str, Cited]]:
    if summary.headline:
        yield "headline", summary.headline
    for name in ("abstract", "key_points"):
        for at, cited in enumerate(getattr(summary, name)):
            yield f"{name}[{at}]", cited


def _spans(part: Any) -> Iterator[Span]:
    if isinstance(part, Span):
        yield part
    for child in _children(part):
        yield from _spans(child)


def _strings(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    for child in _children(part):
        yield from _strings(child)


def _children(part: Any) -> Iterator[Any]:
    if isinstance(part, BaseModel):
        yield from (getattr(part, name) for name in type(part).model_fields)
    elif isinstance(part, Mapping):
        yield from part.values()
    elif isinstance(part, list | tuple):
        yield from part
