"""Edits: what was put in the place of what inside a statement, and how much of it weighs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from summarizer.languages.language import language_of
from summarizer.text.antonyms import opposites
from summarizer.text.negation import polarity
from summarizer.text.terms import stop_words
from summarizer.text.words import fold
from summarizer.versions.tokens import Token

SPELT = 5
"""Letters from which on a word that differs from another in one letter, and not at its beginning, is taken for
another spelling of it."""


@dataclass(frozen=True, slots=True)
class Edit:
    """Tokens of the old statement and those in their place in the new one; either may be none."""

    old: tuple[Token, ...]
    new: tuple[Token, ...]


def edits_between(old: Sequence[Token], new: Sequence[Token]) -> tuple[Edit, ...]:
    """The edits that make the one of the other."""
    matcher = SequenceMatcher(None, [token.key for token in old], [token.key for token in new], autojunk=False)
    return tuple(
        Edit(tuple(old[i:j]), tuple(new[k:m])) for tag, i, j, k, m in matcher.get_opcodes() if tag != "equal"
    )


def weight(edits: Sequence[Edit], old: str, new: str, language: str) -> int:
    """The words that weigh of those that were put into the old text or taken out; one for another counts once. Words
    without content weigh where they deny, turn round, make sure or bound: "more than", "could not"."""
    words = sum(_weight(edit, language) for edit in edits)
    return words or int(bool(edits) and _turns(old, language) != _turns(new, language))


def _weight(edit: Edit, language: str) -> int:
    old, new = edit.old, edit.new
    if "".join(token.key for token in old) == "".join(token.key for token in new):  # health care, healthcare
        return 0
    if len(old) == len(new):
        return sum(not _is_spelling(one, other, language) for one, other in zip(old, new, strict=True))
    return max(sum(_weighs(token, language) for token in side) for side in (old, new))


def _weighs(token: Token, language: str) -> bool:
    return token.kind != "word" or token.key not in stop_words(language)


def _is_spelling(old: Token, new: Token, language: str) -> bool:
    """Whether two words are spellings of one, or mean as little."""
    if old.kind != "word" or new.kind != "word":
        return False
    pair = {old.key, new.key}
    if pair <= stop_words(language) and pair & language_of(language).speech.determiners:  # a bridge, the bridge
        return True
    is_long = min(len(old.key), len(new.key)) >= SPELT and (old.key + new.key).isalpha()
    return is_long and old.key[:2] == new.key[:2] and _is_one_off(old.key, new.key)


def _is_one_off(old: str, new: str) -> bool:
    """Whether a letter more, less or other, or two letters changed round, make the one of the other; not at the end,
    where a letter is an ending."""
    if old[-1] != new[-1]:
        return False
    start = next((at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b), min(len(old), len(new)))
    rest, other = old[start:], new[start:]
    if len(rest) == len(other):
        return rest[1:] == other[1:] or (rest[:2] == other[1::-1] and rest[2:] == other[2:])
    return rest[1:] == other or rest == other[1:]


def _turns(text: str, language: str) -> Counter[str]:
    """The words of a text that deny, turn round, make sure or bound; all of its words without tables for that."""
    words, denies = opposites(language), polarity(text, language)
    if words is None or denies is None:
        return Counter(fold(text).split())
    patterns = [words.possible, words.certain, words.above, words.below, words.strict, words.about, words.unsure]
    patterns += [one for one, _ in words.turned_in(text)]
    found = {match.span(): fold(match.group()) for pattern in patterns for match in pattern.finditer(text)}
    return Counter([*found.values(), *(fold(negation.word) for negation in denies.negations)])
