"""Quotes and their speakers in two versions: words that changed inside quotation marks, and who is said to have said
them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from difflib import SequenceMatcher

from summarizer.record import Quote
from summarizer.versions.change import Change, Stated
from summarizer.versions.details import Known
from summarizer.versions.tokens import Tokenizer, name_key
from summarizer.versions.version import Version

ALIKE = 0.6
"""Share of words in common from which on one quote became another."""


@dataclass(frozen=True, slots=True)
class QuoteChanges:
    """The quotes that changed, and those whose speaker did."""

    quotes: tuple[Change, ...]
    speakers: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """A quote, its words, where it stands in the list, and the paragraph around it, which a record has not."""

    quote: Quote
    keys: tuple[str, ...]
    at: int
    context: str | None

    @property
    def stated(self) -> Stated:
        return Stated(text=self.quote.text, spans=self.quote.evidence, path=self._path(""))

    @property
    def speaker(self) -> Stated | None:
        name = self.quote.speaker
        return Stated(text=name, spans=self.quote.evidence, path=self._path(".speaker")) if name else None

    def _path(self, field: str) -> str:
        return f"quotes[{self.at}]{field}" if self.context is None else ""


def changed_quotes(
    old: Version, new: Version, known_old: Known, known_new: Known, tokenizer: Tokenizer
) -> QuoteChanges:
    """What changed from the old quotes to the new ones; marks of punctuation in them do not count, nor what is only
    read as a quote in one of them: the other says every word of it."""
    before, after = _said(old, tokenizer), _said(new, tokenizer)
    pairs = _pairs(before, after)
    dropped = [each for each in _left(before, {one.at for one, _ in pairs}) if not known_new.says(each.keys)]
    added = [each for each in _left(after, {other.at for _, other in pairs}) if not known_old.says(each.keys)]
    changed = [
        Change(old=one.stated, new=other.stated)
        for one, other in pairs
        if one.keys != other.keys and not (known_new.says(one.keys) and known_old.says(other.keys))
    ]
    changed += [Change(old=None, new=each.stated) for each in added]
    changed += [Change(old=each.stated, new=None) for each in dropped]
    return QuoteChanges(tuple(changed), tuple(_speakers(pairs)))


def _left(said: Sequence[_Said], paired: Set[int]) -> list[_Said]:
    return [each for each in said if each.at not in paired]


def _said(version: Version, tokenizer: Tokenizer) -> list[_Said]:
    return [
        _Said(quote, tuple(token.key for token in tokenizer.tokens(quote.text)), at, version.context(quote.evidence))
        for at, quote in enumerate(version.quotes)
    ]


def _pairs(old: Sequence[_Said], new: Sequence[_Said]) -> list[tuple[_Said, _Said]]:
    """The same words first, then the most alike."""
    left, pairs = list(old), list[tuple[_Said, _Said]]()
    waiting = list[_Said]()
    for each in new:
        same = next((one for one in left if one.keys == each.keys), None)
        if same is None:
            waiting.append(each)
        else:
            left.remove(same)
            pairs.append((same, each))
    alike = sorted(
        ((share, one.at, other.at) for one in left for other in waiting if (share := _share(one, other)) >= ALIKE),
        reverse=True,
    )
    by_old, by_new = {each.at: each for each in left}, {each.at: each for each in waiting}
    for _, i, j in alike:
        if i in by_old and j in by_new:
            pairs.append((by_old.pop(i), by_new.pop(j)))
    return sorted(pairs, key=lambda pair: pair[1].at)


def _share(one: _Said, other: _Said) -> float:
    matcher = SequenceMatcher(None, one.keys, other.keys)
    is_near = min(matcher.real_quick_ratio(), matcher.quick_ratio()) >= ALIKE
    return matcher.ratio() if is_near else 0.0


def _speakers(pairs: Sequence[tuple[_Said, _Said]]) -> Iterator[Change]:
    """Those of whom both versions say who they are, and not the same, in words that are not the same either."""
    for one, other in pairs:
        is_same_text = one.context is not None and one.context == other.context
        if one.speaker and other.speaker and not is_same_text and _are_others(one.speaker.text, other.speaker.text):
            yield Change(old=one.speaker, new=other.speaker, about=other.quote.text)


def _are_others(old: str, new: str) -> bool:
    """Whether two names are not a longer and a shorter form of one."""
    one, other = set(name_key(old).split()), set(name_key(new).split())
    return not (one <= other or other <= one)
