"""Names in a statement that its sentences lack, in place of one of the same kind that they have."""

from __future__ import annotations

from collections.abc import Sequence

from summarizer.article import Sentence, Span, TitleSpan
from summarizer.checking.analysis import Analysis, ArticleAnalysis
from summarizer.checking.people import PersonMention
from summarizer.checking.statements.finding import Mismatch
from summarizer.languages.language import language_of
from summarizer.text.reporting_words import cues
from summarizer.text.words import LETTERS

BEFORE = 3
"""Sentences before what is cited in which whoever it speaks of may be named."""

KINDS = frozenset({"person", "organization", "place"})


def foreign_name(said: Analysis, evidence: Sequence[Span], article: ArticleAnalysis) -> Mismatch | None:
    """A name that is not cited, and the one of its kind that is and that the statement has not."""
    if language_of(article.language).writing.unspaced:
        return None
    names = article.named_entities
    said_names = list(names.mentioned_in(said.text))
    cited = [
        each for span in evidence if not isinstance(span, TitleSpan) for each in names.between(span.start, span.end)
    ]
    theirs = {name for each in (*cited, *names.mentioned_in(article.title.text)) for name in each.people}
    mine = {name for each in said_names for name in each.people}
    for mention in said_names:
        if mention.people & theirs or len(mention.people) > 1 or said.text[mention.end : mention.end + 1] == "-":
            continue
        kind = article.types[next(iter(mention.people))]
        others = [each for each in cited if len(each.people) == 1 and not each.people & mine]
        other = next((each for each in others if article.types[next(iter(each.people))] == kind), None)
        if kind in KINDS and other and not _may_be_meant(mention, evidence, article):
            return Mismatch(said.text[mention.start : mention.end], article.text[other.start : other.end])
    return None


def _may_be_meant(mention: PersonMention, evidence: Sequence[Span], article: ArticleAnalysis) -> bool:
    """Whether a name stands shortly before what is cited, or a pronoun there may stand for it."""
    sentences = article.article.sentences
    numbers = {span.sentence for span in evidence if not isinstance(span, TitleSpan)}
    for span in evidence:
        sentence = article.article.sentence_at(span.start)
        if isinstance(span, TitleSpan) or sentence is None:
            continue
        first = sentences[max(0, sentence.number - 1 - BEFORE)]
        if any(each.people & mention.people for each in article.named_entities.between(first.start, span.end)):
            return True
        if sentence.number - 1 not in numbers and _begins_with_pronoun(sentence, article):
            return True
    return False


def _begins_with_pronoun(sentence: Sentence, article: ArticleAnalysis) -> bool:
    """Whether a pronoun stands in a sentence before any name."""
    named = article.named_entities.between(sentence.start, sentence.end)
    end = named[0].start if named else sentence.end
    pronouns = cues(article.language).pronouns
    return any(word.group().lower() in pronouns for word in LETTERS.finditer(article.text, sentence.start, end))
