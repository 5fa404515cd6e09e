"""The article as far as a record keeps it: whole where its text stands there, else the pieces that are quoted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pydantic import BaseModel

from summarizer.article import Article, Sentence, Span, TitleSpan
from summarizer.record import ArticleInfo, Summary


def kept_article(summary: Summary) -> Article:
    """The text and the sentences that views need; what was left out of the source is not known."""
    return _whole(summary.article, summary.article.text) if summary.article.text else _quoted(summary)


def evidence_of(part: object) -> Iterator[Span]:
    """The spans of every `evidence` field in a part of the record, but for those of the title."""
    return (span for span in _cited_in(part) if not isinstance(span, TitleSpan))


def cites_title(part: object) -> bool:
    """Whether anything in a part of the record cites the title."""
    return any(isinstance(span, TitleSpan) for span in _cited_in(part))


def _cited_in(part: object) -> Iterator[Span]:
    match part:
        case Span():
            yield part
        case Mapping():
            for spans in part.values():
                yield from _cited_in(spans)
        case BaseModel():
            for name, value in part:
                if name not in ("mentions", "sentences"):
                    yield from _cited_in(value)
        case tuple():
            for item in part:
                yield from _cited_in(item)


def _whole(info: ArticleInfo, text: str) -> Article:
    sentences, paragraph, end = list[Sentence](), 1, 0
    for number, span in enumerate(info.sentences, 1):
        paragraph += "\n\n" in text[end : span.start]
        sentences.append(Sentence(number, span.start, end := span.end, paragraph))
    return Article(text, tuple(sentences), title=info.title)


def _quoted(summary: Summary) -> Article:
    """Each piece a sentence at its place, under the number that it has or else in their order; blank between them."""
    text, pieces = "", list[Sentence]()
    for span in sorted({*evidence_of(summary)}, key=lambda span: (span.start, -span.end)):
        if span.start >= len(text) or not pieces:
            text = text.ljust(span.start) + span.text
            number = len(pieces) + 1 if span.sentence is None else span.sentence
            pieces.append(Sentence(number, span.start, span.end, 1))
        elif span.end > len(text):  # it goes on where another ends
            text += span.text[len(text) - span.start :]
            pieces[-1] = replace(pieces[-1], end=span.end)
    return Article(text, tuple(pieces))
