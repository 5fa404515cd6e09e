"""Prose: which sentences say something in words of their own, unlike rows, casts, credits, labels and questions."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from summarizer.article import Article, is_unspaced, unspaced_in
from summarizer.languages.language import language_of
from summarizer.text.gazetteer import gazetteer
from summarizer.text.quotations import Quotation
from summarizer.text.reporting_words import cues
from summarizer.text.sentence_ends import END_OF_STATEMENT
from summarizer.text.terms import stop_words
from summarizer.text.words import WORD, fold

FEWEST_WORDS = 7
"""Fewer words are a label, or half a thought."""

SMALL_WORDS = 0.2
"""A sentence has so many small words (articles, prepositions, auxiliaries); a row or a list of names has fewer."""

OPENING = 12
"""Words of a sentence in which a pronoun without a name before it stands for something said earlier."""

NAMED_AMONG = 4
"""Words of a sentence among which a name tells of whom it speaks."""

PERSONAL = 0.1
"""Share of the sentences in which somebody speaks of themselves in a column, and hardly ever in news."""

OWNED = 2
"""Words with a content of their own before one such as `his`, which then belongs to somebody in the sentence."""

LEAD_WORDS = 10
"""Words of a first sentence that says the news."""

_LABELLED = re.compile(r"[^\W\d_][\w.-]*(?: [\w.-]+){0,2}: ")
_GLUED = re.compile(r"(?<=[a-zà-ÿ)\]]) ([^\W\d_]+)(?= [a-zà-ÿ])")


def unprosaic(article: Article) -> frozenset[int]:
    """Numbers of the sentences that are rows, lists or labels, by their few small words, or have one glued on."""
    texts = {sentence.number: article.sentence_text(sentence.number) for sentence in article.sentences}
    return frozenset(
        number for number, text in texts.items() if not _has_small_words(text, article) or _is_glued(text, article)
    )


def _is_glued(text: str, article: Article) -> bool:
    """Whether a caption or a label ends within it without a full stop: `redesigned The iconic bar`."""
    if gazetteer(article.language).nouns_capitalised:
        return False
    stop = stop_words(article.language)
    found = (match[1] for match in _GLUED.finditer(text))
    return any(word.istitle() and len(word) > 1 and fold(word) in stop for word in found)


def _has_small_words(text: str, article: Article) -> bool:
    if not gazetteer(article.language).articles and not gazetteer(article.language).nouns_capitalised:
        return True  # languages without articles have few of them
    words = WORD.findall(text)
    return sum(map(stop_words(article.language).__contains__, map(fold, words))) >= SMALL_WORDS * len(words)


def stands_alone(article: Article, number: int) -> bool:
    """Whether a reader can follow a sentence without those before it: a statement that ends in a full stop, in which
    no word stands for what was said before, and that says neither I nor you."""
    text = article.sentence_text(number)
    if not END_OF_STATEMENT.search(text) or _LABELLED.match(text):
        return False
    words = WORD.findall(text)
    if unspaced_in(text) and any(is_unspaced(word[0]) for word in words):
        hanging = language_of(article.language).words.hanging | cues(article.language).pronouns
        return not text.startswith(tuple(hanging)) if hanging else True
    return len(words) >= FEWEST_WORDS and _opens(words, article.language) and not _addresses(words, article.language)


def introduces(article: Article, number: int, starts: Sequence[int]) -> bool:
    """Whether one of the names that begin at `starts` is among the first words of a sentence, or in the first one at
    all, so that it says of whom it speaks. In text without capitals, or spaces, no names can tell."""
    sentence = article.sentence(number)
    text = article.text[sentence.start : sentence.end]
    if not text[0].isupper() or is_unspaced(text[0]):
        return True
    words = list(WORD.finditer(text))
    is_first = number == article.sentences[0].number
    last = words[-1] if is_first else words[min(NAMED_AMONG, len(words)) - 1]
    at = bisect_left(starts, sentence.start)
    is_named = at < len(starts) and starts[at] <= sentence.start + last.start()
    return is_named and (not is_first or len(words) >= LEAD_WORDS)


def _opens(words: list[str], language: str) -> bool:
    """Whether nothing in the first words stands for what was said before."""
    hanging, linking = language_of(language).words.hanging, language_of(language).words.linking
    if words[0].lower() in hanging | cues(language).pronouns or not linking.isdisjoint(
        word.lower() for word in words[:4]
    ):
        return False
    if cues(language).drops_subject and not _begins_with_subject(words[0], language):
        return False
    if not words[0][0].isupper() or _is_name(words[0], language):  # text without capitals
        return True
    before = list(itertools.takewhile(lambda word: not _is_name(word, language), words[1:OPENING]))
    if not language_of(language).words.anaphors.union(cues(language).pronouns).isdisjoint(before):
        return False
    own = next((at for at, word in enumerate(before) if word in language_of(language).words.possessives), None)
    return own is None or sum(fold(word) not in stop_words(language) for word in before[:own]) >= OWNED


def _is_name(word: str, language: str) -> bool:
    """Whether a word has a capital of its own, for all we know: not that of a month or a small word."""
    known = gazetteer(language)
    is_small = fold(word) in known.stop or word.lower() in known.calendar | known.determiners
    return word[0].isupper() and not is_small and not known.nouns_capitalised


def _begins_with_subject(word: str, language: str) -> bool:
    """Whether a first word is no verb, where a verb can do without a subject."""
    known = gazetteer(language)
    if not known.articles:
        return True
    small = known.articles | known.determiners | known.elided | known.links | known.locative | cues(language).ends
    is_name = word in known.given or word in known.names
    return word.lower() in small or is_name or word[0].isdigit() or word.isupper()


def is_personal(article: Article, quotations: Sequence[Quotation]) -> bool:
    """Whether somebody speaks of themselves outside of quotation marks in many of an article's sentences."""
    quoted = [range(quotation.opened, quotation.closed) for quotation in quotations]
    speaking, text = language_of(article.language).words.speaking, article.text
    own = 0
    for sentence in article.sentences:
        words = WORD.finditer(text, sentence.start, sentence.end)
        own += any(word[0].lower() in speaking and not _is_in(word.start(), quoted) for word in words)
    return own > PERSONAL * len(article.sentences)


def _is_in(at: int, stretches: Sequence[range]) -> bool:
    index = bisect_right(stretches, at, key=lambda stretch: stretch.start) - 1
    return index >= 0 and at in stretches[index]


def _addresses(words: list[str], language: str) -> bool:
    """Whether somebody speaks of themselves or to the reader."""
    return not language_of(language).words.speaking.isdisjoint(word.lower() for word in words)
