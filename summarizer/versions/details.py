"""Details: the numbers, dates and names that changed inside statements, each once, with both places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from summarizer.text.words import WORD, fold, stem_of
from summarizer.versions.change import Change, Stated
from summarizer.versions.edits import Edit
from summarizer.versions.tokens import Kind, Token, name_key, next_word
from summarizer.versions.version import Named, Statement

TIGHT = 4
"""Words on either side of an edit up to which a number or name in it took the other's place, whatever it counts."""


@dataclass(frozen=True, slots=True)
class Read:
    """A statement with its tokens."""

    statement: Statement
    tokens: tuple[Token, ...]

    def of(self, kind: Kind) -> tuple[Token, ...]:
        """Its tokens of a kind."""
        return tuple(token for token in self.tokens if token.kind == kind)

    def stated(self, token: Token) -> Stated:
        """What a token says, at its place."""
        return self.statement.part(token.start, token.end)

    def as_name(self, tokens: tuple[Token, ...]) -> tuple[Token, ...]:
        """These tokens as one name, where none of them is known as one and all have a capital."""
        is_known = any(token.kind == "name" for token in tokens)
        if not tokens or is_known or not all(self.statement.text[token.start].isupper() for token in tokens):
            return tokens
        start, end = tokens[0].start, tokens[-1].end
        return (Token(start, end, name_key(self.statement.text[start:end]), "name"),)

    def counted(self, token: Token) -> str:
        """What a number counts, as far as its unit or the next word tells."""
        return token.unit or stem_of(next_word(self.statement.text, token.end))


@dataclass(frozen=True, slots=True)
class Edited:
    """A statement in both versions with what was put in the place of what; in one alone the other is None."""

    old: Read | None
    new: Read | None
    edits: tuple[Edit, ...] = ()

    def change(self, old: Token | None = None, new: Token | None = None) -> Change:
        """That of a part of it."""
        side = self.new or self.old
        return Change(
            old=self.old.stated(old) if self.old and old else None,
            new=self.new.stated(new) if self.new and new else None,
            about=side.statement.text if side else "",
        )

    def replaced(self, kind: Kind) -> Iterator[tuple[Token, Token]]:
        """The tokens of a kind that took the place of others, in the order of the statement."""
        if self.old is None or self.new is None:
            return
        had, has = ({token.key for token in side.of(kind)} for side in (self.old, self.new))
        edits = [self._with_whole_names(edit) for edit in self.edits] if kind == "name" else self.edits
        gone = [[token for token in edit.old if token.kind == kind and token.key not in has] for edit in edits]
        come = [[token for token in edit.new if token.kind == kind and token.key not in had] for edit in edits]
        left, right = list[Token](), list[Token]()
        for edit, olds, news in zip(self.edits, gone, come, strict=True):
            is_tight = max(len(edit.old), len(edit.new)) <= TIGHT * max(1, len(olds))
            if len(olds) == len(news) and (is_tight or all(map(_share_a_word, olds, news))):
                yield from zip(olds, news, strict=True)
            else:
                left, right = [*left, *olds], [*right, *news]
        if kind == "number":
            yield from self._counting_the_same(left, right)

    def _with_whole_names(self, edit: Edit) -> Edit:
        """The same, in which capitals that took the place of a name, or gave way to one, are a name."""
        assert self.old and self.new
        if not any(token.kind == "name" for token in (*edit.old, *edit.new)):
            return edit
        return Edit(self.old.as_name(edit.old), self.new.as_name(edit.new))

    def _counting_the_same(self, old: Sequence[Token], new: Sequence[Token]) -> Iterator[tuple[Token, Token]]:
        """Numbers in different places of the statement that alone count the same thing in either version."""
        assert self.old and self.new
        counted_old, counted_new = [*map(self.old.counted, old)], [*map(self.new.counted, new)]
        for token, counted in zip(old, counted_old, strict=True):
            if counted and counted_old.count(counted) == counted_new.count(counted) == 1:
                yield token, new[counted_new.index(counted)]


def _share_a_word(old: Token, new: Token) -> bool:
    return not {*old.key.split()}.isdisjoint(new.key.split())


@dataclass(frozen=True, slots=True)
class Known:
    """What the whole of a version says somewhere: its tokens by their keys, the words of its names and texts, and all
    keys one after the other with a blank around each."""

    keys: frozenset[str]
    words: frozenset[str]
    said: str

    @classmethod
    def of(cls, read: Iterable[Read]) -> Known:
        """What these statements say."""
        keys, words = list[str](), set[str]()
        for each in read:
            keys += [token.key for token in each.tokens]
            words |= {*WORD.findall(fold(each.statement.text))}
        said = f" {' '.join(keys)} "
        return cls(frozenset(keys), frozenset(words | {*said.split()}), said)

    def says(self, keys: Iterable[str]) -> bool:
        """Whether it has all of these one after the other."""
        return f" {' '.join(keys)} " in self.said

    def has_all(self, key: str) -> bool:
        """Whether it has every word of a name somewhere."""
        return all(word in self.words for word in key.split())


def changed_values(
    edited: Sequence[Edited], kind: Literal["number", "date"], old: Known, new: Known
) -> tuple[Change, ...]:
    """The numbers, or the dates: those that took the place of another, then those that one version alone has."""
    found = _Changes()
    taken = set[str]()
    for each in edited:
        for gone, come in each.replaced(kind):
            found.add((gone.key, come.key), each.change(gone, come))
            taken |= {gone.key, come.key}
    for each in edited:
        for token in each.new.of(kind) if each.new else ():
            if token.key not in old.keys | taken:
                found.add(("", token.key), each.change(new=token))
    for each in edited:
        for token in each.old.of(kind) if each.old else ():
            if token.key not in new.keys | taken:
                found.add((token.key, ""), each.change(old=token))
    return found.changes()


def changed_names(
    edited: Sequence[Edited], old_names: Sequence[Named], new_names: Sequence[Named], old: Known, new: Known
) -> tuple[Change, ...]:
    """Names that took the place of others, then those that one version alone has, in their fullest form."""
    found = _Changes()
    taken = list[tuple[frozenset[str], frozenset[str]]]()
    for each in edited:
        for gone, come in each.replaced("name"):
            pair = frozenset(gone.key.split()), frozenset(come.key.split())
            if _is_another(pair, old, new):
                longer = next((a for a in taken if pair[0] <= a[0] and pair[1] <= a[1]), pair)
                taken.append(longer)
                found.add(tuple(" ".join(sorted(words)) for words in longer), each.change(gone, come))
    seen_old = frozenset(word for gone, _ in taken for word in gone)
    seen_new = frozenset(word for _, come in taken for word in come)
    for name in _alone(new_names, old_names, old, seen_new):
        found.add(("", name_key(name.text)), Change(old=None, new=name.place))
    for name in _alone(old_names, new_names, new, seen_old):
        found.add((name_key(name.text), ""), Change(old=name.place, new=None))
    return found.changes()


def _alone(names: Sequence[Named], others: Sequence[Named], known: Known, seen: frozenset[str]) -> Iterator[Named]:
    """Those that the other version has not, neither in part, but as part of somebody else's name, nor in full."""
    theirs = [frozenset(name_key(name.text).split()) for name in others]
    for name in names:
        words = frozenset(name_key(name.text).split())
        near = [other for other in theirs if other & words]
        is_known = any(other <= words or words <= other for other in near) or words <= known.words | seen
        if not is_known and (near or not words & (known.words | seen)):
            yield name


def _is_another(pair: tuple[frozenset[str], frozenset[str]], old: Known, new: Known) -> bool:
    """Whether two names are more than a longer and a shorter form of one that both versions know."""
    gone, come = pair
    if gone <= come or come <= gone:
        return not (come - gone <= old.words and gone - come <= new.words)
    return True


class _Changes:
    """Changes, of which those with the same key are one with all places."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, ...], Change] = {}

    def add(self, key: tuple[str, ...], change: Change) -> None:
        """One more, or one more place of one."""
        first = self._found.get(key)
        self._found[key] = _with_places(first, change) if first else change

    def changes(self) -> tuple[Change, ...]:
        """All, in the order in which they were found first."""
        return tuple(self._found.values())


def _with_places(first: Change, more: Change) -> Change:
    return first.model_copy(update={"old": _both(first.old, more.old), "new": _both(first.new, more.new)})


def _both(one: Stated | None, other: Stated | None) -> Stated | None:
    if one is None or other is None:
        return one or other
    spans = (*one.spans, *(span for span in other.spans if span not in one.spans))
    return one.model_copy(update={"spans": spans})
