"""What a statement denies and its sources affirm, or the other way round."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from summarizer.checking.statements.finding import StatementFinding
from summarizer.checking.statements.word_alignment import Alignment, Token, clause_of, places_between
from summarizer.checking.vocabulary import has_capital
from summarizer.languages.language import language_of
from summarizer.text.antonyms import opposites
from summarizer.text.negation import Negation
from summarizer.text.words import stem_of

FEWEST = 2
"""Telling words of a statement for a negation to be missed in it; fewer are a name or a place."""

NEAR_COPY = 0.4
"""Share of words that a statement must have of its sources for a negation to be missed in one of them."""

ELIDED = 2
"""Letters of an article or a pronoun before an apostrophe."""

SHORT = 3
"""Letters of a word that denies too little by itself."""

CLOSE = 3
"""Words behind a negation among which a word such as "rule out" stands that it turns round."""

SAME = 4
"""Letters of two words that deny by which they are told to be one: rule, ruled."""

ANSWERED = 2
"""Telling words that a negation governs among which one must be denied in the sources, too."""

DOUBLED = 4
"""Words between two negations one of which denies the other."""

NEARBY = 3
"""Words on either side of one such as "refused" that may be what it denies."""


def denial_findings(aligned: Alignment) -> Iterator[StatementFinding]:
    """A negation of one side that the other has not, of words that both have; the first that is met."""
    said = aligned.said.polarity
    if said is None or aligned.share < NEAR_COPY:
        return
    numbers = (places_between(aligned.words, each.start, each.end) for each in aligned.said.numbers)
    mine = _Denials(aligned.said.text, aligned.words, said.negations, numbers)
    known = aligned.said.values
    numbers = (places for number, places in aligned.their_numbers if abs(number.value or 0.0) not in known)
    theirs = _Denials(aligned.their_text, aligned.theirs, aligned.their_negations, numbers)
    table = language_of(aligned.language).negation
    if (table.after_only or not table.endings) and (doubled := _denied_denial(mine, theirs)):
        yield doubled
        return
    free = _free(mine, theirs, aligned)
    lost = [] if any(each.is_plain or mine.governed(each) for each in free) else _lost(mine, theirs, aligned)
    for negation in lost[:1]:
        yield _finding(f"The cited sentences say “{negation.word}”, and this text does not.")
    for negation in [] if lost else _added(free, mine, theirs, aligned)[:1]:
        yield _finding(f"This text says “{negation.word}” of what the cited sentences affirm.")


def _lost(mine: _Denials, theirs: _Denials, aligned: Alignment) -> list[Negation]:
    """The negations of the sources of words that the statement has without one."""
    if sum(word.is_telling for word in aligned.words) < FEWEST:
        return []
    back = {place: at for at, place in aligned.places.items()}
    answering = mine.without_shared(theirs, aligned)
    contrasting = language_of(aligned.language).negation.contrasting
    found: list[Negation] = []
    for negation in theirs.plain:
        there = [back[at] for at in theirs.governed(negation) if at in back]
        if (
            _is_telling(theirs, negation, back)
            and not theirs.is_set_against(negation)
            and not theirs.is_answered(negation, contrasting)
            and not (mine.negations and theirs.is_doubled(negation))
            and not _is_turned(theirs, negation, aligned)
            and not answering.touches(there)
            and not _affirmed(there, aligned, theirs)
            and aligned.is_copy(there[0], theirs.place(negation))
        ):
            found.append(negation)
    return found


def _added(free: Sequence[Negation], mine: _Denials, theirs: _Denials, aligned: Alignment) -> list[Negation]:
    """The negations of the statement, of those that none answers to, of words that the sources have without one."""
    without = language_of(aligned.language).negation.without
    found: list[Negation] = []
    for negation in free:
        there = [aligned.places[at] for at in mine.governed(negation) if at in aligned.places]
        if (
            negation.is_plain
            and negation.word not in without
            and not mine.is_contrast(negation)
            and not _is_turned(mine, negation, aligned)
            and _is_telling(mine, negation, aligned.places)
            and not theirs.touches(there)
            and not theirs.denies_near(there)
            and aligned.is_copy(mine.place(negation), there[0])
        ):
            found.append(negation)
    return found


def _is_turned(denials: _Denials, negation: Negation, aligned: Alignment) -> bool:
    """Whether the other side has the opposite of what is denied: "wrong" for "not right"."""
    words = opposites(aligned.language)
    governed = denials.near(negation)[:CLOSE]
    other = aligned.their_text if denials.words is aligned.words else aligned.said.text
    for at in governed if words else ():
        word = denials.text[denials.words[at].start : denials.words[at].end]
        if words and any(one.search(word) and turned.search(other) for one, turned in words.turned_in(word)):
            return True
    return False


def _free(mine: _Denials, theirs: _Denials, aligned: Alignment) -> list[Negation]:
    """The negations of the statement that no one of the sources answers to."""
    denied = {at for negation in theirs.negations for at in theirs.governed(negation)}
    answered = [
        negation
        for negation in mine.negations
        if any(aligned.places.get(at) in denied for at in mine.governed(negation)[:ANSWERED])
    ]
    return [negation for negation in mine.negations if negation not in answered]


def _denied_denial(mine: _Denials, theirs: _Denials) -> StatementFinding | None:
    """ "ruled out" for "did not rule out", or the other way round."""
    for negation in mine.implicit:
        if len(negation.word) <= SHORT:
            continue  # `que` denies only with `ne`
        alike = (each for each in theirs.implicit if len(each.word) > SHORT)
        same = [each for each in alike if _is_form(each.word, negation.word)]
        denied = [theirs.is_denied(each) for each in same]
        is_disputed = mine.is_disputed(negation) or any(map(theirs.is_disputed, same))
        is_sure = all(map(theirs.is_plainly_so, same)) and mine.is_plainly_so(negation)
        if same and is_sure and not is_disputed and mine.is_denied(negation) not in denied:
            without, with_ = ("not ", "") if denied[0] else ("", "not ")
            return _finding(
                f"This text says {with_}“{negation.word}” where the cited sentences say {without}“{same[0].word}”."
            )
    return None


def _is_form(one: str, other: str) -> bool:
    shorter = min(len(one.removesuffix("y")), len(other.removesuffix("y")), SAME)  # deny, denied
    return (shorter >= SAME - 1 and one[:shorter] == other[:shorter]) or stem_of(one) == stem_of(other)


_ENDS = frozenset(".!?。！？;")


OPENING = 4
"""Words at the beginning of a sentence that may deny the one before."""


class _Denials:
    """The negations of a row of words by their places."""

    def __init__(
        self, text: str, words: Sequence[Token], negations: Sequence[Negation], numbers: Iterable[range]
    ) -> None:
        self.text, self.words, self.negations = text, words, negations
        self.numbers = frozenset(at for places in numbers for at in places)
        self._starts = {word.start: at for at, word in enumerate(words) if word.stem}

    @property
    def plain(self) -> list[Negation]:
        return [negation for negation in self.negations if negation.is_plain]

    @property
    def implicit(self) -> list[Negation]:
        """Words that deny without a negation: "ruled out"."""
        return [negation for negation in self.negations if not negation.is_plain]

    def without_shared(self, other: _Denials, aligned: Alignment) -> _Denials:
        """The same without words such as "against" that the other side has of the same, beside its negations."""
        shared = {
            each
            for each in self.implicit
            for theirs in other.implicit
            if _is_form(each.word, theirs.word)
            and not {aligned.places.get(at) for at in self.governed(each)}.isdisjoint(other.governed(theirs))
        }
        kept = [each for each in self.negations if each not in shared]
        return _Denials(self.text, self.words, kept, [range(at, at + 1) for at in self.numbers])

    def is_denied(self, implicit: Negation) -> bool:
        """Whether a negation governs such a word."""
        return any(
            implicit.start in negation.governed[:CLOSE] and implicit.start > negation.start for negation in self.plain
        )

    def is_plainly_so(self, implicit: Negation) -> bool:
        """Whether a negation governs such a word closely, or none stands in its clause."""
        at = self._starts.get(implicit.start, 0)
        clause = clause_of(self.words, at)
        near = [each for each in self.plain if self.place(each) in clause]
        return not near or any(
            implicit.start in each.governed[:CLOSE] and not self.is_contrast(each) for each in near
        )

    def is_disputed(self, implicit: Negation) -> bool:
        """Whether another such word governs it: "denied having refused"."""
        return any(each is not implicit and implicit.start in each.governed for each in self.implicit)

    def is_contrast(self, negation: Negation) -> bool:
        """Whether it denies no more than a part: before a number or a name, behind a comma, in a question ("five, not
        ten", "not about 25 but 37", "without Moe")."""
        at = self._starts.get(negation.start)
        if at is None:
            return True
        behind = self.words[at + 1 : at + 1 + CLOSE]
        near = [*behind[:1], *(self.words[place] for place in self.governed(negation)[:1])]
        is_behind_sign = (at > 0 and self.words[at - 1].text == ",") or (bool(behind) and behind[0].text == ",")
        is_name = any(word.stem and has_capital(self.text[word.start : word.end]) for word in near)
        asks = next((word.text for word in self.words[at:] if word.text in _ENDS or not word.text), "") in ("?", "？")
        return is_behind_sign or is_name or asks or any(word.stem[:1].isdigit() for word in behind)

    def is_set_against(self, negation: Negation) -> bool:
        """Whether it only sets one thing against another, or asks: "and not, as it seemed, five", "not twelve million
        but nine", "shouldn't they?"."""
        at = self._starts.get(negation.start)
        if at is None:
            return True
        before, behind = self.words[max(0, at - 1) : at], self.words[at + 1 : at + 2]
        is_cut = any(word.text == "," for word in behind)
        is_joined = is_cut and any(word.stem and not word.is_telling for word in before)
        near = range(at + 1, min(len(self.words), at + 1 + CLOSE))
        is_number = any(place in self.numbers for place in near if self.words[place].stem)
        ends = (word.text for word in self.words[at:] if word.text in _ENDS or not word.text)
        return is_joined or is_number or next(ends, "") in ("?", "？")

    def is_answered(self, negation: Negation, contrasting: frozenset[str]) -> bool:
        """Whether its sentence goes on to what is so instead."""
        behind = takewhile(lambda word: word.text, self.words[self.place(negation) :])
        return any(word.text in contrasting for word in behind)

    def is_doubled(self, negation: Negation) -> bool:
        """Whether another negation proper stands right beside it: "nor can we say that it is not"."""
        at = self._starts.get(negation.start, 0)
        ends = (sorted((at, self._starts.get(each.start, at))) for each in self.plain)
        return any(
            0 < last - first <= DOUBLED and not any(word.is_telling for word in self.words[first + 1 : last])
            for first, last in ends
        )

    def place(self, negation: Negation) -> int:
        """Where a negation stands."""
        return self._starts.get(negation.start, 0)

    def governed(self, negation: Negation) -> list[int]:
        """The places of the telling words that a negation governs, the nearest first."""
        return [at for at in self.near(negation) if self.words[at].is_telling]

    def near(self, negation: Negation) -> list[int]:
        """The places of all that it governs."""
        middle = self._starts.get(negation.start, 0)
        places = (self._place(start) for start in negation.governed)
        return sorted((at for at in places if at is not None), key=lambda at: abs(at - middle))

    def _place(self, start: int) -> int | None:
        """The word at an offset; of `l'eau` the second, for the first says nothing."""
        at = self._starts.get(start)
        is_elided = at is not None and len(self.words[at].text) <= ELIDED and at + 1 < len(self.words)
        return at + 1 if at is not None and is_elided and self.words[at + 1].start == self.words[at].end + 1 else at

    def denies_near(self, places: Sequence[int]) -> bool:
        """Whether a negation proper stands in the source that has these words, or opens the next one: "She was held,
        they say. That is not true"."""
        ends = [at for at, word in enumerate(self.words) if not word.stem and not word.text]
        starts = [at for negation in self.plain if (at := self._starts.get(negation.start)) is not None]
        negated = {bisect_left(ends, at) for at in starts}
        negated |= {
            bisect_left(ends, at) - 1 for at in starts if bisect_left(ends, at) != bisect_left(ends, at - OPENING)
        }
        return any(bisect_left(ends, place) in negated for place in places)

    def touches(self, places: Sequence[int]) -> bool:
        """Whether a negation of any sort governs one of these words, or stands near it."""
        for negation in self.negations:
            at, governed = self._starts.get(negation.start), self.governed(negation)
            if at is None:
                continue
            near = clause_of(self.words, at) if negation.is_plain else range(at - NEARBY, at + NEARBY + 1)
            if any(place in governed or place in near for place in places):
                return True
        return False


def _is_telling(denials: _Denials, negation: Negation, known: dict[int, int]) -> bool:
    """Whether the other side has the word that is denied."""
    governed = denials.governed(negation)
    return bool(governed) and governed[0] in known


def _affirmed(places: Sequence[int], aligned: Alignment, theirs: _Denials) -> bool:
    """Whether the sources have all of these words elsewhere without a negation."""
    stems = {aligned.words[at].stem for at in places}
    others = {word.stem for at, word in enumerate(aligned.theirs) if word.stem in stems and not theirs.touches([at])}
    return bool(stems) and stems <= others


def _finding(message: str) -> StatementFinding:
    return StatementFinding("negation_differs", "warning", message)
