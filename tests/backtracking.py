"""Whether a regular expression can take time that grows with the square of its text.

It can when a stretch of text can be read by one unbounded repeat, by another behind it, and by the first up to any
place and the second from there, and when the match can still fail behind the second one. A search counts as a first
repeat of any character. This is the criterion of Weber and Seidl (On the degree of ambiguity of finite automata,
1991) on the automaton of the expression; places before and behind a character are known to one character.
"""

from __future__ import annotations

import re
import re._constants as op  # type: ignore[import-not-found]  # typeshed has none of the parser
import re._parser as parser  # type: ignore[import-not-found]  # nor this
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

COPIES = 3
"""How often a repeat with a bound is unrolled at most: more copies of it read no other stretches again and again."""
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
UNBOUNDED = 1000
"""A bound from which on a repeat counts as unbounded."""
SOME = "aAzZé漢ا٣5_ \n\t.,-\"'<>/:(\u00a0\u0301\u093e\U0001f600"
"""Characters of every kind, besides those that an expression names."""


@dataclass(frozen=True)
class Edge:
    """A step that reads a character of the set `reads`, with a character of the set `behind` before it, and none of
    the pairs in `barred`.

    Sets are bits, a bit for each kind of character and the lowest one for the beginning of the text.
    """

    behind: int
    reads: int
    to: int
    barred: tuple[tuple[int, int], ...] = ()

    def is_allowed(self, before: Before) -> bool:
        """Whether it can be taken behind these two characters."""
        return bool(self.behind & before[1]) and not any(a & before[0] and b & before[1] for a, b in self.barred)


Before = tuple[int, int]
"""The kinds of the last two characters."""


@dataclass(frozen=True)
class _Link:
    """A way on without reading, if a character of `behind` stands before and one of `ahead` follows; `sure` if the
    match can't fail for that."""

    behind: int
    ahead: int
    to: int
    sure: bool
    barred: tuple[tuple[int, int], ...] = ()


@dataclass
class _Node:
    """A place in the expression: where to go without reading, or what is read to go on."""

    free: list[_Link] = field(default_factory=list)
    reads: int = 0
    to: int = 0
    atomic: tuple[int, ...] = ()
    """The possessive repeats and atomic groups that it stands in."""


def quadratic(pattern: str, flags: int = 0, *, searches: bool = True, fills: bool = False) -> str | None:
    """A stretch of text that the expression reads again and again, and by which of its repeats; None without one.

    `searches`: it is tried at every place of a text; `fills`: it has to match all of it.
    """
    tree = parser.parse(pattern, flags)
    mode = int(tree.state.flags)
    for items in filter(_has_unbounded, _alternatives(list(tree))):
        known = (repr(items), mode, searches, fills)
        if known not in _known:
            _known[known] = _Automaton(items, mode, searches, fills).quadratic()
        if why := _known[known]:
            return why
    return None


_known: dict[tuple[str, int, bool, bool], str | None] = {}
"""What was found for alternatives: those of one language are often those of another."""


def _alternatives(items: list[Any]) -> Iterator[list[Any]]:
    """What an expression that ends with alternatives can be, one by one: no repeat is beside that of another."""
    last: Any = items[-1] if items else (None, None)
    code, value = last
    if code is op.SUBPATTERN and not (value[0] or value[1] or value[2]):
        yield from _alternatives([*items[:-1], *value[3]])
    elif code is op.BRANCH:
        for alternative in value[1]:
            yield from _alternatives([*items[:-1], *alternative])
    else:
        yield items


def _has_unbounded(items: Iterable[Any]) -> bool:
    """Whether there is a repeat in it that can go on for the length of a text."""
    return any(
        (code in _REPEATS and value[1] >= UNBOUNDED) or any(map(_has_unbounded, _inner(code, value)))
        for code, value in items
    )


class _Automaton:
    """The automaton of an expression."""

    def __init__(self, tree: list[Any], flags: int, searches: bool, fills: bool) -> None:
        self._groups: dict[int, Any] = {}
        self._kinds = _Kinds(tree, flags)
        self._nodes: list[_Node] = []
        self._atomic: tuple[int, ...] = ()
        self._atomics = 0
        self.begin, self._end = self._node(), self._node()
        inner = self._built(tree, self.begin, flags)
        self._link(inner, self._end, ahead=0 if fills else -1)
        self.searches = searches

    def quadratic(self) -> str | None:
        """A stretch of text that is read again and again, and by what."""
        for component in self._components:
            for state in component:
                if self._is_ambiguous(state, component):
                    return f"two ways to read the same in {self._shown(state)}"
        for second in self._looping:
            for first in (*self._looping, *([_ANYWHERE] if self.searches else [])):
                if self._may_pass(first, second):
                    found = self._pumped(first, second)
                    if found is not None and not self._ends_within(second, found):
                        return f"{found!r} by {self._shown(first)} and by {self._shown(second)}"
        return None

    # --- construction ---

    def _node(self) -> int:
        self._nodes.append(_Node(atomic=self._atomic))
        return len(self._nodes) - 1

    def _link(
        self, start: int, to: int, *, behind: int = -1, ahead: int = -1, sure: bool = False, barred: Any = ()
    ) -> None:
        is_free = behind == ahead == -1 and not barred
        self._nodes[start].free.append(_Link(behind, ahead, to, sure or is_free, barred))

    def _reading(self, start: int, reads: int) -> int:
        step, end = self._node(), self._node()
        self._link(start, step)
        self._nodes[step].reads, self._nodes[step].to = reads, end
        return end

    def _built(self, items: Any, at: int, flags: int) -> int:
        for code, value in items:
            at = self._item(code, value, at, flags)
        return at

    def _item(self, code: Any, value: Any, at: int, flags: int) -> int:
        if code in (op.MAX_REPEAT, op.MIN_REPEAT):
            return self._repeat(value, at, flags)
        if code is op.POSSESSIVE_REPEAT:
            return self._possessive(value, at, flags)
        if code is op.ATOMIC_GROUP:
            return self._closed(lambda: self._built(value, at, flags))
        if code is op.SUBPATTERN:
            group, added, taken, inner = value
            if group:
                self._groups[group] = inner
            return self._built(inner, at, (flags | added) & ~taken)
        if code is op.BRANCH:
            return self._joined([self._built(branch, at, flags) for branch in value[1]])
        if code is op.GROUPREF:
            return self._built(self._groups[value], at, flags)
        if code is op.GROUPREF_EXISTS:
            return self._joined([self._built(branch or [], at, flags) for branch in value[1:]])
        if code in (op.ASSERT, op.ASSERT_NOT):
            return self._looked(code is op.ASSERT, value, at, flags)
        if code is op.AT:
            return self._placed(value, at, flags)
        if code is op.FAILURE:
            return self._node()
        return self._reading(at, self._kinds.of((code, value), flags))

    def _closed(self, build: Callable[[], int]) -> int:
        outer = self._atomic
        self._atomics += 1
        self._atomic = (*outer, self._atomics)
        end = build()
        self._atomic = outer
        return self._joined([end])

    def _possessive(self, repeated: Any, at: int, flags: int) -> int:
        """One that goes on as long as it can is left where no character of its own follows."""
        fewest, most, inner = repeated
        own = self._one_character(inner, flags)
        if own is not None and (fewest, most) == (0, 1):
            end = self._reading(at, own)
            self._link(at, end, ahead=~own | _EDGE, sure=True)
            return self._joined([end])
        end = self._closed(lambda: self._repeat(repeated, at, flags))
        if most < UNBOUNDED or own is None:
            return end
        left = self._node()
        self._link(end, left, ahead=~own | _EDGE, sure=True)
        return left

    def _joined(self, ends: Iterable[int]) -> int:
        joint = self._node()
        for end in ends:
            self._link(end, joint)
        return joint

    def _repeat(self, repeated: Any, at: int, flags: int) -> int:
        fewest, most, inner = repeated
        for _ in range(min(fewest, COPIES)):
            at = self._built(inner, at, flags)
        if most >= UNBOUNDED:
            loop = self._joined([at])
            self._link(self._built(inner, loop, flags), loop)
            return self._joined([loop])
        ends = [at]
        for _ in range(min(most - fewest, COPIES)):
            ends.append(self._built(inner, ends[-1], flags))
        return self._joined(ends)

    def _looked(self, holds: bool, value: Any, at: int, flags: int) -> int:
        """A look at one character is a condition; what is ahead is read besides, from here on, without success."""
        direction, inner = value
        if (only := self._one_character(inner, flags)) is not None:
            kinds = only if holds else ~only
            end = self._node()
            self._link(at, end, behind=kinds if direction < 0 else -1, ahead=-1 if direction < 0 else kinds)
            return end
        if direction > 0:
            self._built(inner, at, flags)
            return at
        pair = [self._one_character([item], flags) for item in inner] if len(inner) == 2 else []
        if not holds and len(pair) == 2 and None not in pair:
            end = self._node()
            self._link(at, end, barred=(tuple(pair),))
            return end
        last = inner[-1:]
        if last and last[0][0] is op.MAX_REPEAT:
            last = last[0][1][2]  # (?<=[a-z]{3}) stands behind one of them
        if not holds or (only := self._one_character(last, flags)) is None:
            return at
        end = self._node()
        self._link(at, end, behind=only)
        return end

    def _one_character(self, inner: Any, flags: int) -> int | None:
        kinds = 0
        for branch in inner[0][1][1] if len(inner) == 1 and inner[0][0] is op.BRANCH else [inner]:
            if len(branch) != 1:
                return None
            code, value = branch[0]
            if code is op.SUBPATTERN:
                nested = self._one_character(value[3], (flags | value[1]) & ~value[2])
                if nested is None:
                    return None
                kinds |= nested
            elif code is op.AT and value in (op.AT_BEGINNING, op.AT_BEGINNING_STRING, op.AT_END, op.AT_END_STRING):
                kinds |= _EDGE
            elif code in (op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY):
                kinds |= self._kinds.of((code, value), flags)
            else:
                return None
        return kinds

    def _placed(self, value: Any, at: int, flags: int) -> int:
        end, word, line = self._node(), self._kinds.words, self._kinds.lines if flags & op.SRE_FLAG_MULTILINE else 0
        if value in (op.AT_BEGINNING, op.AT_BEGINNING_STRING):
            self._link(at, end, behind=_EDGE | line)
        elif value in (op.AT_END, op.AT_END_STRING):
            self._link(at, end, ahead=_EDGE | (self._kinds.lines if value is op.AT_END else 0) | line)
        elif value is op.AT_BOUNDARY:
            self._link(at, end, behind=word, ahead=~word)
            self._link(at, end, behind=~word, ahead=word)
        else:
            self._link(at, end, behind=word, ahead=word)
            self._link(at, end, behind=~word, ahead=~word)
        return end

    # --- steps ---

    def steps(self, state: int) -> list[Edge]:
        """The steps from a state, one for each way to take it."""
        if state == _ANYWHERE:
            return [Edge(-1, -1, _ANYWHERE), *self.steps(self.begin)]
        if state not in self._steps:
            self._steps[state] = list(self._closure(state, Edge(-1, -1, state), ()))
        return self._steps[state]

    @cached_property
    def _steps(self) -> dict[int, list[Edge]]:
        return {}

    def _closure(self, node: int, so_far: Edge, passed: tuple[int, ...]) -> Iterator[Edge]:
        """The steps from a node, which is reached under the conditions `so_far`."""
        here = self._nodes[node]
        if here.reads & so_far.reads:
            yield Edge(so_far.behind, here.reads & so_far.reads, here.to, so_far.barred)
        for link in here.free:
            behind, reads = so_far.behind & link.behind, so_far.reads & link.ahead
            if link.to not in passed and behind and reads:
                on = Edge(behind, reads, link.to, so_far.barred + link.barred)
                yield from self._closure(link.to, on, (*passed, node))

    def _failing_steps(self, state: int) -> list[Edge]:
        return [edge for edge in self.steps(state) if not self._succeeds(edge.to)]

    def _succeeds(self, state: int) -> bool:
        """Whether the match is complete there, whatever follows."""
        pending, seen = [state], set[int]()
        while pending:
            node = pending.pop()
            if node == self._end:
                return True
            if node not in seen:
                seen.add(node)
                pending += [link.to for link in self._nodes[node].free if link.sure]
        return False

    @cached_property
    def _states(self) -> list[int]:
        return list(self._reached(self.begin))

    @cached_property
    def _components(self) -> list[frozenset[int]]:
        """The strongly connected states from which a match may still fail, by Tarjan's algorithm: what is read where
        it is complete is not read in vain."""
        order: dict[int, int] = {}
        low: dict[int, int] = {}
        stack: list[int] = []
        found: list[frozenset[int]] = []
        failing = [state for state in self._states if not self._succeeds(state)]
        for root in failing:
            if root in order:
                continue
            work = [(root, iter(self._failing_steps(root)))]
            order[root] = low[root] = len(order)
            stack.append(root)
            while work:
                state, edges = work[-1]
                for edge in edges:
                    if edge.to not in order:
                        order[edge.to] = low[edge.to] = len(order)
                        stack.append(edge.to)
                        work.append((edge.to, iter(self._failing_steps(edge.to))))
                        break
                    if edge.to in stack:
                        low[state] = min(low[state], order[edge.to])
                else:
                    work.pop()
                    if work:
                        low[work[-1][0]] = min(low[work[-1][0]], low[state])
                    if low[state] == order[state]:
                        at = stack.index(state)
                        component, stack[at:] = frozenset(stack[at:]), []
                        if len(component) > 1 or any(edge.to == state for edge in self._failing_steps(state)):
                            found.append(component)
        return found

    @cached_property
    def _component(self) -> dict[int, frozenset[int]]:
        return {state: component for component in self._components for state in component}

    @cached_property
    def _looping(self) -> list[int]:
        return list(self._component)

    def _may_pass(self, first: int, second: int) -> bool:
        """Whether one comes from `first` to the other loop `second` with something that `first` has read given back:
        a possessive repeat gives nothing back, once it is left."""
        if first == _ANYWHERE:
            return True
        is_kept = set(self._nodes[first].atomic) - set(self._nodes[second].atomic)
        return not is_kept and second in self._reached(first) - self._component[first]

    def _reached(self, start: int) -> set[int]:
        """The states that one comes to from this one."""
        if start not in self._reachable:
            found, pending = {start}, [start]
            for state in pending:
                new = {edge.to for edge in self.steps(state)} - found
                found |= new
                pending += new
            self._reachable[start] = found
        return self._reachable[start]

    @cached_property
    def _reachable(self) -> dict[int, set[int]]:
        return {}

    def _excludes(self, state: int, one: Edge, other: Edge) -> bool:
        """Whether only one of two steps is ever taken, as one of them leaves a possessive repeat and one does not."""
        left = [set(self._nodes[state].atomic) - set(self._nodes[edge.to].atomic) for edge in (one, other)]
        return left[0] != left[1]

    # --- ambiguity ---

    def _pumped(self, first: int, second: int) -> str | None:
        """A stretch by which one comes from `first` to itself, from `first` to `second` and from there to itself."""
        one = frozenset([_ANYWHERE]) if first == _ANYWHERE else self._component[first]
        two = self._component[second]
        common = self._read_within(one) & self._read_within(two)
        for before in (before for before in self._befores if before[1] & common):
            start = (first, first, second, before)
            came: dict[Any, tuple[Any, int]] = {}
            pending = [start]
            for place in pending:
                a, b, c, last = place
                for x in (edge for edge in self.steps(a) if edge.to in one and edge.is_allowed(last)):
                    for z in (edge for edge in self.steps(c) if edge.to in two and edge.is_allowed(last)):
                        both = x.reads & z.reads & common
                        for y in (edge for edge in self.steps(b) if both & edge.reads and edge.is_allowed(last)):
                            for read, now in self._read(both & y.reads, last):
                                reached = (x.to, y.to, z.to, now)
                                if reached in came:
                                    continue
                                came[reached] = (place, read)
                                if reached == (first, second, second, before):
                                    return self._witness(came, reached, start)
                                pending.append(reached)
        return None

    def _read(self, kinds: int, before: Before) -> Iterator[tuple[int, Before]]:
        """What is read of these kinds, and the last two characters then."""
        for group in self._groups_of_kinds:
            if read := kinds & group & ~_EDGE:
                yield read, (before[1] if self._is_barred else -1, group)

    @cached_property
    def _groups_of_kinds(self) -> list[int]:
        """All kinds, in groups that no condition tells apart."""
        return self._kinds.groups(self._conditions)

    @cached_property
    def _befores(self) -> list[Before]:
        groups = self._groups_of_kinds
        return [(far, near) for far in (groups if self._is_barred else [-1]) for near in groups]

    @cached_property
    def _is_barred(self) -> bool:
        return any(link.barred for node in self._nodes for link in node.free)

    @cached_property
    def _conditions(self) -> set[int]:
        """What may have to stand before a character."""
        edges = [edge for state in (self.begin, *self._states) for edge in self.steps(state)]
        barred = {kinds for edge in edges for pair in edge.barred for kinds in pair}
        return {edge.behind for edge in edges} | barred

    def _read_within(self, component: frozenset[int]) -> int:
        """All characters that are read on the ways through these states."""
        if component not in self._reads:
            reads = 0
            for state in component:
                for edge in self.steps(state):
                    reads |= edge.reads if edge.to in component else 0
            self._reads[component] = reads
        return self._reads[component]

    @cached_property
    def _reads(self) -> dict[frozenset[int], int]:
        return {}

    def _ends_within(self, state: int, text: str) -> bool:
        """Whether the match is complete somewhere in this text, so that all of it is read but once."""
        here, before = {state}, (-1, -1)
        for character in text * COPIES:
            kind = self._kinds.kind(character)
            steps = (edge for at in here for edge in self.steps(at))
            here = {edge.to for edge in steps if edge.reads & kind and edge.is_allowed(before)}
            before = (before[1], kind)
            if any(map(self._succeeds, here)):
                return True
        return False

    def _witness(self, came: Any, reached: Any, start: Any) -> str:
        text, place = "", reached
        while True:
            place, read = came[place]
            text = self._kinds.example(read) + text
            if place == start:
                return text

    def _is_ambiguous(self, state: int, component: frozenset[int]) -> bool:
        """Whether there are two ways from a state to itself by the same stretch."""
        for before in self._befores:
            pending = [(state, state, False, before)]
            seen = set(pending)
            for a, b, parted, last in pending:
                for i, x in enumerate(self.steps(a)):
                    if x.to not in component or not x.is_allowed(last):
                        continue
                    for j, y in enumerate(self.steps(b)):
                        if y.to not in component or not (x.reads & y.reads and y.is_allowed(last)):
                            continue
                        if a == b and i != j and self._excludes(a, x, y):
                            continue
                        for _, now in self._read(x.reads & y.reads, last):
                            reached = (x.to, y.to, parted or a != b or i != j, now)
                            if reached == (state, state, True, before):
                                return True
                            if reached not in seen:
                                seen.add(reached)
                                pending.append(reached)
        return False

    def _shown(self, state: int) -> str:
        if state == _ANYWHERE:
            return "the search"
        reads = 0
        for edge in self.steps(state):
            if edge.to in self._component[state]:
                reads |= edge.reads
        return f"a repeat of {self._kinds.example(reads)!r} and the like"


_ANYWHERE = -1
_EDGE = 1
"""The kind of the beginning and the end of the text."""


class _Kinds:
    """The characters that an expression tells apart, a bit for each kind."""

    def __init__(self, tree: Any, flags: int) -> None:
        self._sets: dict[Any, int] = {}
        characters = sorted({*SOME, *_named(tree)})
        leaves = list(dict.fromkeys(_leaves(tree, flags)))
        by_vector: dict[tuple[bool, ...], list[str]] = defaultdict(list)
        for character in characters:
            vector = tuple(_is_in(leaf, character, mode) for leaf, mode in leaves)
            by_vector[(character == "\n", character.isalnum() or character == "_", *vector)].append(character)
        self._examples = [min(found, key=lambda c: (not c.isprintable(), c)) for found in by_vector.values()]
        self.lines = self.words = 0
        for at, vector in enumerate(by_vector, start=1):
            self.lines |= vector[0] << at
            self.words |= vector[1] << at
            for leaf, holds in zip(leaves, vector[2:], strict=True):
                self._sets[leaf] = self._sets.get(leaf, 0) | (holds << at)

    def of(self, leaf: Any, flags: int) -> int:
        return self._sets[_hashable(leaf), flags & _MODES]

    def kind(self, character: str) -> int:
        """The kind of a character that stands for one."""
        return 1 << self._examples.index(character) + 1

    def example(self, kinds: int) -> str:
        return next((c for at, c in enumerate(self._examples, start=1) if kinds >> at & 1), "")

    def groups(self, conditions: set[int]) -> list[int]:
        """All kinds, in groups that no condition tells apart."""
        found: dict[tuple[bool, ...], int] = defaultdict(int)
        for at in range(1, len(self._examples) + 1):
            found[tuple(bool(condition >> at & 1) for condition in sorted(conditions))] |= 1 << at
        return list(found.values())


_MODES = op.SRE_FLAG_IGNORECASE | op.SRE_FLAG_DOTALL | op.SRE_FLAG_ASCII


def _hashable(leaf: Any) -> Any:
    code, value = leaf
    return (code, tuple(value) if isinstance(value, list) else value)


def _leaves(items: Any, flags: int) -> Iterator[Any]:
    """What reads one character, each with the flags it is read by."""
    for code, value in items:
        if code in (op.LITERAL, op.NOT_LITERAL, op.IN, op.ANY):
            yield _hashable((code, value)), flags & _MODES
        elif code is op.SUBPATTERN:
            yield from _leaves(value[3], (flags | value[1]) & ~value[2])
        else:
            for inner in _inner(code, value):
                yield from _leaves(inner, flags)


def _inner(code: Any, value: Any) -> list[Any]:
    if code is op.BRANCH:
        return list(value[1])
    if code in _REPEATS:
        return [value[2]]
    if code is op.SUBPATTERN:
        return [value[3]]
    if code in (op.ASSERT, op.ASSERT_NOT):
        return [value[1]]
    if code is op.ATOMIC_GROUP:
        return [value]
    return [branch for branch in value[1:] if branch] if code is op.GROUPREF_EXISTS else []


def _named(items: Any) -> Iterator[str]:
    """The characters that an expression names, those at the ends of its ranges and those beside them."""
    for (code, value), _ in _leaves(items, 0):
        for inner, what in value if code is op.IN else [(code, value)]:
            ends = what if inner is op.RANGE else (what, what) if inner in (op.LITERAL, op.NOT_LITERAL) else ()
            for end in ends:
                for near in (end - 1, end, end + 1):
                    if 0 <= near <= sys.maxunicode:
                        yield from {chr(near), chr(near).lower()[:1], chr(near).upper()[:1]}


def _is_in(leaf: Any, character: str, flags: int) -> bool:
    code, value = leaf
    if code is op.ANY:
        return character != "\n" or bool(flags & op.SRE_FLAG_DOTALL)
    cases = {character, character.lower(), character.upper()} if flags & op.SRE_FLAG_IGNORECASE else {character}
    forms = [form for form in cases if len(form) == 1]
    if code in (op.LITERAL, op.NOT_LITERAL):
        return (chr(value) in forms) == (code is op.LITERAL)
    negated = value[0][0] is op.NEGATE
    held = any(_holds(inner, what, form, flags) for inner, what in value[negated:] for form in forms)
    return bool(held != negated)


def _holds(code: Any, value: Any, character: str, flags: int) -> bool:
    if code is op.LITERAL:
        return bool(ord(character) == value)
    if code is op.RANGE:
        return bool(value[0] <= ord(character) <= value[1])
    name = str(value).rpartition("_")[2].lower()[0]  # CATEGORY_NOT_DIGIT, CATEGORY_SPACE, CATEGORY_WORD
    wanted = rf"\{name.upper() if 'NOT' in str(value) else name}"
    return re.match(wanted, character, flags & op.SRE_FLAG_ASCII) is not None
