"""Numbered sentences with exact offsets: sentencex draws the boundaries, rules mend those it gets wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from summarizer.article import Sentence
from summarizer.languages.language import language_of
from summarizer.languages.tables import SentencesTable
from summarizer.reading.characters.offset_map import PARAGRAPH_BREAK

WINDOW = 10_000
"""Characters that sentencex is given at once: its time grows with the square of the quotations in them."""
NEAR = 40
"""Characters on either side of a boundary that decide about it."""
LONGEST = 2_000
"""Characters of a sentence; a longer one is parted at a space. Of 11,000 sentences measured the longest has 1,530:
what is longer is a list, a text without full stops or an attack, and what looks around in a sentence stays quick."""


@dataclass(frozen=True, slots=True)
class _Rules:
    """What tells the full stops of a text that end no sentence."""

    table: SentencesTable
    months: frozenset[str]
    cased: bool
    """In a text without a single capital, a small letter says nothing of where a sentence begins."""


def split_sentences(text: str, language: str) -> tuple[Sentence, ...]:
    """The sentences of `text`, whose paragraphs are parted by blank lines.

    Every character but white space belongs to exactly one sentence.
    """
    known = language_of(language)
    months = frozenset(name for names in known.calendar.months for name in names)
    rules = _Rules(known.sentences, months, any(map(str.isupper, text)))
    sentences: list[Sentence] = []
    for paragraph, (start, end) in enumerate(_paragraphs(text), start=1):
        for left, right in _spans(text[start:end], language, rules):
            sentences.append(Sentence(len(sentences) + 1, start + left, start + right, paragraph))
    return tuple(sentences)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    at = 0
    for piece in text.split(PARAGRAPH_BREAK):
        if piece.strip():
            yield at, at + len(piece)
        at += len(piece) + len(PARAGRAPH_BREAK)


def _spans(paragraph: str, language: str, rules: _Rules) -> Iterator[tuple[int, int]]:
    """Stretches of the paragraph without the white space around them."""
    start = 0
    for end in [*_boundaries(paragraph, language, rules), len(paragraph)]:
        stretch = paragraph[start:end]
        left = len(stretch) - len(stretch.lstrip())
        yield from _parted(paragraph, start + left, start + len(stretch.rstrip()))
        start = end


def _parted(paragraph: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch, or the parts of one that is too long."""
    while end - start > LONGEST:
        space = _LAST_SPACE.match(paragraph, start + LONGEST // 2, start + LONGEST)
        cut = space.end() if space else start + LONGEST
        yield start, start + len(paragraph[start:cut].rstrip())
        start = cut
        while paragraph[start].isspace():
            start += 1
    yield start, end


def _boundaries(paragraph: str, language: str, rules: _Rules) -> list[int]:
    """Offsets in the paragraph at which a sentence begins, but for the first."""
    kept: list[int] = []
    last, said = 0, _said_at(paragraph, 0)
    for end in sorted({*_drawn(paragraph, language), *_before_numbers(paragraph, rules)}):
        at = _past_closers(paragraph, _before_opener(paragraph, end))
        if said < at < len(paragraph) and _is_boundary(paragraph, last, at, rules):
            kept.append(at)
            last, said = at, _said_at(paragraph, at)
    if kept and said == len(paragraph):
        kept.pop()
    return kept


def _said_at(paragraph: str, start: int) -> int:
    """Where the first letter or digit stands: three dots or a lone quotation mark are no sentence."""
    said = _LETTER_OR_DIGIT.search(paragraph, start)
    return said.start() if said else len(paragraph)


_LETTER_OR_DIGIT = re.compile(r"[^\W_]")
_LAST_SPACE = re.compile(r".*\s", re.DOTALL)
_TOKENISED = re.compile(r"\s,\s")
_STRAY_MARK = re.compile(r"(?<!\S)'(?=\s|(?:d|ll|m|re|s|t|ve)\b)")


def _drawn(paragraph: str, language: str) -> Iterator[int]:
    """The boundaries as sentencex draws them, but for the end of the paragraph.

    It keeps what stands between two quotation marks together. In tokenised text (`the wings ' coach , he 's here`) a
    straight mark between spaces may be anything, and would join sentences by the dozen: there it counts as none.
    """
    from sentencex import get_sentence_boundaries

    if _TOKENISED.search(paragraph):
        paragraph = _STRAY_MARK.sub("’", paragraph)
    start = 0
    while True:
        window = paragraph[start : start + WINDOW]
        ends = [start + boundary["end_index"] for boundary in get_sentence_boundaries(language, window)][:-1]
        yield from ends
        if start + WINDOW >= len(paragraph):
            return
        # The last sentence of a window may go on beyond it: the next window begins with it, or within a longer one.
        start = max([start + WINDOW - LONGEST, *ends[-1:]])


_PAIRS = (("「", "」"), ("『", "』"), ("„", "“"), ("«", "»"))
_MAYBE_BEFORE_NUMBER = re.compile(r"(?<![^\W\d_])(?P<word>[^\W\d_]{3,})\.\s+(?=\d)|[。！？](?=\d)")


def _before_numbers(paragraph: str, rules: _Rules) -> Iterator[int]:
    """Boundaries before a number, where sentencex draws none: `im Ort.` + `640 Helfer`, `発表した。` + `26年`.

    In languages that write ordinals with a full stop, and behind the full stop of East Asia.
    """
    is_open, seen = [0] * len(_PAIRS), 0
    for match in _MAYBE_BEFORE_NUMBER.finditer(paragraph):
        word, at = match["word"], match.end()
        for pair, (opener, closer) in enumerate(_PAIRS):
            is_open[pair] += paragraph.count(opener, seen, at) - paragraph.count(closer, seen, at)
        seen = at
        if any(marks > 0 for marks in is_open):
            continue  # within quotation marks that only open or only close
        if word is None or (rules.table.ordinal_before is not None and not _is_short_form(word.lower(), rules)):
            yield at


def _is_short_form(word: str, rules: _Rules) -> bool:
    known = rules.table
    return word in rules.months or word in known.before_number or word.endswith(known.before_number_endings)


CLOSERS = "\"'”’»›)]}）］】』」》〉"
OPENERS = "\"'“‘«‹„‚([{（［【『「《〈¿¡"

_CLOSERS_AHEAD = re.compile(rf"\s*[{re.escape(CLOSERS)}]+(?=\s|$)")
_GLUED_CLOSERS_AHEAD = re.compile(r"[”’»›)\]}）］】』」》〉]+")
_OPENER_BEHIND = re.compile(rf"(?<=\s)[{re.escape(OPENERS)}”’»]+$")  # ”in Swedish” and »in Danish« these open
_FIRST_WORD = re.compile(rf"[{re.escape(OPENERS)}—–-]*\s*([^\W\d_]+)(.?)")


def _before_opener(paragraph: str, end: int) -> int:
    """A mark that opens the next sentence does not end this one: `left. "` + `We go` becomes `left.` + `"We go`."""
    behind = _OPENER_BEHIND.search(paragraph, max(0, end - 6), end)
    if behind is None or end == len(paragraph) or paragraph[end - 1].isspace():
        return end
    return behind.start()


def _past_closers(paragraph: str, end: int) -> int:
    """A mark that closes this sentence does not begin the next one."""
    if not paragraph[end - 1].isspace():
        glued = _GLUED_CLOSERS_AHEAD.match(paragraph, end)
        end = glued.end() if glued else end
    ahead = _CLOSERS_AHEAD.match(paragraph, end)
    return ahead.end() if ahead else end


def _is_boundary(paragraph: str, last: int, at: int, rules: _Rules) -> bool:
    before, after = paragraph[max(last, at - NEAR) : at].rstrip(), paragraph[at : at + NEAR].lstrip()
    return not (
        (rules.cased and _goes_on_small(after))
        or _is_ordinal(before, after, rules)
        or _is_abbreviation(before, after, rules)
        or _is_initial(before, after)
        or (last == 0 and _is_dateline(before, paragraph[at - 1 : at + NEAR]))
        or _is_attributed(before, after, rules)
    )


def _goes_on_small(after: str) -> bool:
    """`"Stop!"` + `he said.`; but `iPhone` and `e-mail` may begin a sentence, and so may a list item `a)`."""
    word = _FIRST_WORD.match(after)
    return bool(word and word[1].islower() and word[2] != "-" and not (len(word[1]) == 1 and word[2] in (")", ".")))


def _is_ordinal(before: str, after: str, rules: _Rules) -> bool:
    """`3.` + `Oktober`, `der 2.` + `Weltkrieg`: in these languages a full stop makes the number an ordinal."""
    if rules.table.ordinal_before is None:
        return False
    number = re.search(r"(?:^|(?<!\S)(\S++)\s++)[(\[„“\"']*\d{1,2}\.$", before)
    follower = re.match(r"[^\W\d_]+", after)
    if number is None or follower is None:
        return False
    return follower[0].lower() in rules.months or (number[1] or "").lower() in rules.table.ordinal_before


def _is_abbreviation(before: str, after: str, rules: _Rules) -> bool:
    """`M.` + `Dupont`, `Kl.` + `10`, `Dipl.` + `-Geol.`."""
    word = re.search(r"(?<![^\W\d_])([^\W\d_]++)\.$", before)
    if word is None:
        return False
    if after.startswith("-") or before[word.start() - 2 : word.start()] == ".-":
        return True
    name = word[1].lower()
    return name in rules.table.before_name or (after[:1].isdigit() and name in rules.table.before_number)


def _is_dateline(before: str, after: str) -> bool:
    """`MADRID.` + `- El presidente`, at the beginning of a paragraph."""
    place = re.fullmatch(r"[(\[]?([^\W\d_][^\W\d_a-z]+(?:[ ,'’-]+[^\W\d_]+){0,4})\s?\.", before)
    return bool(place and place[1] == place[1].upper() != place[1].lower() and re.match(r"\.?\s*[-–—]", after))


def _is_initial(before: str, after: str) -> bool:
    """`George W.` + `Bush`, `J.` + `K. Rowling`, `D-W.` + `Va.`"""
    if before[-3:-2].isalnum():  # of most sentences the last word is longer
        return False
    initial = re.search(r"(?:^|(?<!\S)(\S++)\s++)[(\[“\"']*(?:[^\W\d_]\.?-)?([^\W\d_])\.$", before)
    if initial is None or not initial[2].isupper() or not after[:1].isupper():
        return False
    named = "-" in initial[0] or (initial[1] or "X")[:1].isupper()
    return named or bool(re.match(r"[^\W\d_]\.", after))


def _is_attributed(before: str, after: str, rules: _Rules) -> bool:
    """`「行く。」` + `と言った`: a particle hangs the quotation on the verb."""
    return before[-1:] in "」』）" and after.startswith(rules.table.after_quote)
