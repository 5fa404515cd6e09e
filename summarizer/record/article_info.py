"""What a record keeps of its article."""

from __future__ import annotations

from summarizer.article import Article, Span
from summarizer.record.parts import Part


class ArticleInfo(Part):
    """What is known of the article, with its text where that is asked for (`with_text`)."""

    title: str | None
    authors: tuple[str, ...]
    published: str | None
    modified: str | None
    site: str | None
    url: str | None
    language: str
    genre: str | None
    words: int
    sha256: str
    text: str | None = None
    """The clean text, which the offsets of all evidence are of."""
    sentences: tuple[Span, ...] = ()
    """The text's sentences, by whose numbers evidence is named."""

    @classmethod
    def of(cls, article: Article, *, with_text: bool = False) -> ArticleInfo:
        """The metadata of `article`, and its text where that is to stand beside them."""
        known = {name: getattr(article, name) for name in cls.model_fields.keys() - {"text", "sentences"}}
        info = cls(**known)
        return info.with_text(article) if with_text else info

    def with_text(self, article: Article) -> ArticleInfo:
        """The same with the text of `article` and its sentences."""
        spans = tuple(article.span(sentence.start, sentence.end) for sentence in article.sentences)
        return self.model_copy(update={"text": article.text, "sentences": spans})
