"""Copied pages made of parts in five languages: none of the article is lost, and little else passes for it."""

from __future__ import annotations

import pytest
from page_parts import Parts, pages

from summarizer.article import Article
from summarizer.reading import read_article

PAGES = list(pages(range(24)))


def sure(article: Article) -> str:
    """The text without what may be none of the article's."""
    return "\n".join(article.sentence_text(s.number) for s in article.sentences if s.number not in article.doubtful)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_no_paragraph_of_the_article_is_lost(page: Parts) -> None:
    text = read_article(page.text).text
    assert [paragraph for paragraph in page.paragraphs if paragraph not in text] == []


def test_most_of_the_article_is_sure_and_little_else() -> None:
    articles = [(page, read_article(page.text)) for page in PAGES]
    own = [paragraph in sure(article) for page, article in articles for paragraph in page.paragraphs]
    others = [
        line
        for page, article in articles
        for line in sure(article).split("\n")
        if not any(line in paragraph for paragraph in page.paragraphs)
    ]
    assert sum(own) >= 0.9 * len(own)
    assert len(others) <= 0.1 * len(own)
