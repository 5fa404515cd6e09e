"""The article beside its record: every sentence at its place, those that something rests on by their numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from summarizer.article import TITLE_NUMBER, Article, Sentence
from summarizer.record import ArticleInfo
from summarizer.views import labels
from summarizer.views.html.links import web_address
from summarizer.views.html.markup import Markup, direction, element


@dataclass(frozen=True)
class ArticlePane:
    """All that is shown of one article."""

    article: Article
    info: ArticleInfo
    is_whole: bool
    """Whether it is the article, and not the pieces of it that its record holds."""
    carried: Mapping[int, int]
    """How many statements rest on the sentence at a place; 0 where a finding alone looks at it."""
    key: str
    """What all names of elements begin with."""

    def element(self) -> Markup:
        """All of it."""
        return element(
            "section",
            element("h2", "The article" if self.is_whole else "What is kept of the article"),
            element("p", self._remark(), class_="remark") if self._remark() else None,
            element(
                "div",
                *self._text(),
                class_="text articles",
                lang=language_of(self.info),
                dir=direction(self.article.text),
            ),
            self._removed(),
            class_="article",
            aria_label="The article",
            tabindex="0",
        )

    def _remark(self) -> str:
        if not self.is_whole:
            return "The record holds the sentences that it cites. Made with --with-text it holds the whole article."
        return "(?) marks what may be of the page around it." if self.article.doubtful else ""

    def _text(self) -> Iterator[Markup]:
        if self.article.title:
            yield element("h3", *self._sentence(TITLE_NUMBER, self.article.title), class_="title", dir="auto")
        places = enumerate(self.article.sentences, 1)
        for _, paragraph in groupby(places, key=lambda each: each[1].paragraph if self.is_whole else each[0]):
            yield element("p", *self._paragraph(paragraph), dir="auto")

    def _paragraph(self, sentences: Iterable[tuple[int, Sentence]]) -> Iterator[str]:
        for at, (place, sentence) in enumerate(sentences):
            between = self._before(place) if self.is_whole else ""
            if at or between.strip():
                yield between if at else f"{between.strip()} "
            yield from self._sentence(place, self.article.text[sentence.start : sentence.end])

    def _before(self, place: int) -> str:
        """What stands between a sentence and the one before it."""
        end = self.article.sentences[place - 2].end if place > 1 else 0
        return self.article.text[end : self.article.sentences[place - 1].start]

    def _sentence(self, place: int, words: str) -> Iterator[Markup]:
        number = self.article.sentences[place - 1].number if place else TITLE_NUMBER
        if place or place in self.carried:
            yield self._number(place, f"{number}" if place else "title")
        is_doubtful = bool(place) and number in self.article.doubtful
        if is_doubtful:
            yield element("span", "(?) ", class_="doubtful-mark")
        kinds = ["s", *(["cited"] if self.carried.get(place) else []), *(["doubtful"] if is_doubtful else [])]
        yield element("span", words, class_=" ".join(kinds), id=f"{self.key}-s{place}")

    def _number(self, place: int, name: str) -> Markup:
        """By which findings and records name the sentence; a button where there is something to show."""
        count = self.carried.get(place)
        if count is None:
            return element("span", name, class_="n", aria_hidden="true")
        rests = "1 statement rests on it" if count == 1 else f"{count} statements rest on it"
        said = f"{'Title' if not place else f'Sentence {name}'}: {rests if count else 'a finding looks at it'}"
        return element("button", name, class_="n", type="button", data_place=str(place), aria_label=said)

    def _removed(self) -> Markup | None:
        """What was taken out of the source, folded."""
        if not self.article.removed:
            return None
        entries = (element("li", line, dir="auto") for line in labels.removed_texts(self.article))
        summary = labels.removed(self.article) or "Removed from the source"
        return element("details", element("summary", summary), element("ul", *entries), class_="removed")


def source_line(info: ArticleInfo) -> Markup:
    """Where the article is from, and the way there."""
    address = web_address(info.url)
    page = element("a", "the publisher’s page", href=address, rel="noopener noreferrer", target="_blank")
    known = [element("bdi", part) for part in labels.source(info).split(" · ")]
    where = [page] if address else [element("bdi", info.url)] if info.url else []
    return element("p", Markup(" · ".join([*known, *where])), class_="source")


def language_of(info: ArticleInfo) -> str | None:
    """The tag of its language; None where none is known, or it is none that a browser knows what to do with."""
    return info.language if _TAG.fullmatch(info.language) and info.language != "und" else None


_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
