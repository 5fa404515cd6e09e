"""The parts of this package as functions of plain values, in the shape that a yardstick asks for."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from summarizer.article import Article
from summarizer.checking.field_checks import check
from summarizer.errors import ReadingError
from summarizer.extractive.recipe import extract
from summarizer.extractive.sentences.prose import unprosaic
from summarizer.extractive.sentences.ranking import rank
from summarizer.extractive.sentences.selection import select
from summarizer.names.entities import find_names, starts_of
from summarizer.quotes.quote_attribution import find_speakers
from summarizer.reading import read_article
from summarizer.reading.sentences import split_sentences
from summarizer.record import Cited
from summarizer.text.quotations import find_quotations

FACTS_WORDS = 93
"""Room for the sentences of one article, in words as the yardstick counts them; on average 88 to 90 are filled."""


def html(raw: bytes, url: str) -> str:
    """The article's text in an HTML page."""
    try:
        return read_article(raw, kind="html", url=url).text
    except ReadingError:
        return ""


def copies(text: str) -> str:
    """The article's text in a copied page."""
    try:
        return read_article(text, kind="text").text
    except ReadingError:
        return ""


def findings(article: str, summary: str) -> list[str]:
    """The errors and warnings that a record shows for a text that cites its whole article; notes are no findings."""
    read = _article(article)
    statement = Cited(text=summary, evidence=(read.span(0, len(read.text)),))
    return [f"{found.code}: {found.message}" for found in check(statement, read) if found.severity != "note"]


def facts(text: str) -> list[str]:
    """The sentences that together say most in 90 words, as the article has them."""
    article = _article(text)
    ranked = rank(article, find_quotations(article), unprosaic(article), names=starts_of(find_names(article)))
    ranked = [replace(item, words=len(article.sentence_text(item.number).split())) for item in ranked]
    chosen = select(ranked, len(ranked), FACTS_WORDS)
    return [article.sentence_text(number) for number in sorted(item.number for item in chosen)]


def fivews(text: str, title: str, date: str) -> dict[str, str]:
    """Who, what, when and where; empty where the record says that the article doesn't tell."""
    article = replace(_article(text), title=title, published=date)
    answers = extract(article, ("five_ws",), 7).five_ws
    return {name: answer.text if answer else "" for name, answer in answers or ()}


def quotes(text: str) -> list[tuple[int, int, str | None]]:
    """Every quotation with the speaker that the record names; who is called only by a role has none."""
    article = Article(text=text, sentences=split_sentences(text, "en"), language="en")
    quotations = find_quotations(article)
    speakers = find_speakers(article, quotations, find_names(article))
    return [
        (quotation.start, quotation.end, speaker.name)
        for quotation, speaker in zip(quotations, speakers, strict=True)
    ]


@lru_cache(maxsize=4)
def _article(text: str) -> Article:
    return read_article(text, kind="text")
