"""Prose: which sentences say something in words of their own, unlike rows, casts, credits, labels and questions."""

from __future__ import annotations

import itertools
import re

from summarizer.article import Article, is_unspaced
from summarizer.rules.cues import cues
from summarizer.rules.gazetteer import gazetteer
from summarizer.rules.words import fold, stop_words, word_set

FEWEST_WORDS = 5
"""Fewer words are a label, or half a thought."""

SMALL_WORDS = 0.2
"""A sentence has so many small words (articles, prepositions, auxiliaries); a row or a list of names has fewer."""

OPENING = 12
"""Words of a sentence in which a pronoun without a name before it stands for something said earlier."""

_WORD = re.compile(r"[^\W_]+")
_STOP = re.compile(r"[.。｡۔։।።…][\"'”’»“)\]*」』）\s]*$")


def unprosaic(article: Article) -> frozenset[int]:
    """Numbers of the sentences that are rows, lists or labels, by their few small words."""
    return frozenset(
        s.number for s in article.sentences if not _has_small_words(article.sentence_text(s.number), article)
    )


def _has_small_words(text: str, article: Article) -> bool:
    stop = stop_words(article.language)
    words = _WORD.findall(text)
    if not stop or any(is_unspaced(word[0]) for word in words):
        return True
    return sum(fold(word) in stop for word in words) >= SMALL_WORDS * len(words)


def stands_alone(article: Article, number: int) -> bool:
    """Whether a reader can follow a sentence without those before it: a statement that ends in a full stop, begins
    with what it speaks of, and says neither I nor you."""
    text = article.sentence_text(number)
    if not _STOP.search(text):
        return False
    words = _WORD.findall(text)
    if any(is_unspaced(word[0]) for word in words):
        return words[0] not in word_set(article.language, "words", "hanging")
    return len(words) >= FEWEST_WORDS and _opens(words, article.language) and not _addresses(words, article.language)


def _opens(words: list[str], language: str) -> bool:
    """Whether nothing in the first words stands for what was said before."""
    hanging, linking = (word_set(language, "words", key) for key in ("hanging", "linking"))
    if words[0].lower() in hanging or not linking.isdisjoint(word.lower() for word in words[:4]):
        return False
    if cues(language).drops_subject and not _begins_with_subject(words[0], language):
        return False
    anaphors = cues(language).pronouns | word_set(language, "words", "possessives")
    is_cased = words[0][0].isupper()
    before = itertools.takewhile(str.islower, words[1:OPENING])
    return not is_cased or anaphors.isdisjoint(before)


def _begins_with_subject(word: str, language: str) -> bool:
    """Whether a first word is no verb, where a verb can do without a subject."""
    known = gazetteer(language)
    if not known.articles:
        return True
    small = known.articles | known.determiners | known.elided | known.links | known.locative | cues(language).ends
    is_name = word in known.given or word in known.names
    return word.lower() in small or is_name or word[0].isdigit() or word.isupper()


def _addresses(words: list[str], language: str) -> bool:
    """Whether somebody speaks of themselves or to the reader."""
    return not word_set(language, "words", "speaking").isdisjoint(word.lower() for word in words)
