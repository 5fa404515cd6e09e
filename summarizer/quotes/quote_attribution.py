"""Speakers: who said what stands in quotation marks, where the words beside it say so; else nobody."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.article import Article
from summarizer.names.entities import Name
from summarizer.quotes.quote_context import NOBODY, PreviousSpeech, QuoteContext, Speaker, named
from summarizer.quotes.speaker_phrases import (
    CLAUSE,
    is_alone,
    phrase,
    subject_before,
    subject_behind,
    subject_of_participle,
)
from summarizer.text.quotations import Quotation

__all__ = ["NOBODY", "Speaker", "find_speakers"]

_REACH = 240
"""Characters beside a quotation in which its report is sought."""

_FAR = 14
"""Words behind a quotation among which the verb stands that reports it."""

_SHORT = 6
"""A sentence of so many words behind a full stop does no more than report: `“It is closed.” Smith said on Monday.`"""

_SIGNED = re.compile(r"\s*[―—–]\s*(?=[^\W\d_])")
_COLONS = (":", "：")
_LEADS_UP = " ,:，：\u00a0\n"
"""What stands between a report and the words that it reports."""


def find_speakers(article: Article, quotations: Sequence[Quotation], names: Sequence[Name]) -> tuple[Speaker, ...]:
    """The speaker of each quotation, in the same order; NOBODY where the words around it report none."""
    scene = QuoteContext(article, quotations, names)
    speakers: list[Speaker] = []
    said = PreviousSpeech()
    for at, quotation in enumerate(quotations):
        previous = quotations[at - 1] if at else None
        following = quotations[at + 1] if at + 1 < len(quotations) else None
        around = _between(scene, quotation, previous, following)
        speaker = _reported(scene, quotation, around, said) or _continued(scene, quotation, previous, said) or NOBODY
        speakers.append(speaker)
        if quotation.is_speech or speaker != NOBODY:
            said = PreviousSpeech(speaker, quotation.closed)
    return _carried_back(quotations, speakers)


@dataclass(frozen=True, slots=True)
class _Around:
    """The stretch in which a quotation can be reported: its paragraph, up to the quotations beside it."""

    left: int
    right: int
    is_shared: bool
    """Another quotation begins in the sentence that follows."""


def _between(
    scene: QuoteContext, quotation: Quotation, previous: Quotation | None, following: Quotation | None
) -> _Around:
    start, end = scene.paragraphs[quotation.paragraph - 1]
    left = max(start, previous.closed if previous else start, quotation.opened - _REACH)
    right = min(end, following.opened if following else end, quotation.closed + _REACH)
    line = scene.text.find("\n", quotation.closed, right)
    right = line if line >= 0 else right
    is_shared = following is not None and following.opened < scene.sentence_end(quotation.closed)
    return _Around(max(left, scene.text.rfind("\n", left, quotation.opened) + 1), right, is_shared)


def _carried_back(quotations: Sequence[Quotation], speakers: list[Speaker]) -> tuple[Speaker, ...]:
    """A quotation that goes on in the next paragraph has the speaker found there, where none was found before."""
    for at in range(len(quotations) - 2, -1, -1):
        if quotations[at].continued and speakers[at] == NOBODY:
            speakers[at] = speakers[at + 1]
    return tuple(speakers)


def _reported(scene: QuoteContext, quotation: Quotation, around: _Around, said: PreviousSpeech) -> Speaker | None:
    """Who the words before or after a quotation say has spoken, by its punctuation the likelier ones first."""
    if signed := _signed(scene, quotation.closed, around.right):
        return signed
    before = _before(scene, around.left, quotation.opened, said)
    ended = scene.text[quotation.end - 1] in ".。"
    # What follows a full stop is mostly the next sentence, with a report of its own.
    if ended and (before or around.is_shared or _is_long(scene, quotation.closed, around.right)):
        return before
    after = _after(scene, quotation.closed, around.right, said)
    return (before or after) if ended or _is_within(scene, quotation, around) else (after or before)


def _is_long(scene: QuoteContext, start: int, end: int) -> bool:
    """Whether the sentence behind a quotation does more than report it."""
    return len(scene.words(start, min(end, scene.sentence_end(start)))) > _SHORT


def _is_within(scene: QuoteContext, quotation: Quotation, around: _Around) -> bool:
    """Whether quoted words are a part of the sentence around them, which leads up to them without a comma."""
    start = max(around.left, scene.sentence_start(quotation.opened))
    return scene.text[start : quotation.opened].rstrip()[-1:] not in ("", ",", ".")


def _continued(
    scene: QuoteContext, quotation: Quotation, last: Quotation | None, said: PreviousSpeech
) -> Speaker | None:
    """A quotation that goes on from the paragraph before has its speaker; so does one without any words of its own
    behind another one of its paragraph, or as a paragraph, unless somebody else was named since."""
    if last is None or said.end != last.closed:
        return None
    between = scene.text[last.closed : quotation.opened].strip()
    if quotation.opened < scene.sentence_end(last.closed) and between.endswith(","):  # “…,” said Smith, “…”
        return said.speaker
    if not scene.is_person(said.speaker):
        return None
    distance = quotation.paragraph - last.paragraph
    if distance == 1 and last.continued:
        return said.speaker
    if distance > 1 or not _is_bare(scene, quotation) or (distance == 1 and not scene.is_whole(quotation)):
        return None
    reported = min(scene.sentence_end(last.closed), quotation.opened)
    return said.speaker if is_alone(scene, reported, quotation.opened, said.speaker) else None


def _is_bare(scene: QuoteContext, quotation: Quotation) -> bool:
    """Whether nothing stands in the sentences of a quotation but its words."""
    start, end = scene.sentence_start(quotation.opened), scene.sentence_end(quotation.closed - 1)
    return quotation.is_speech and not scene.words(start, quotation.opened) and not scene.words(quotation.closed, end)


# --- after a quotation -------------------------------------------------------------------------------------------


def _signed(scene: QuoteContext, start: int, end: int) -> Speaker | None:
    """Whose name stands behind a quotation and a dash, with nothing more: `“ …” — Miriam Okafor`."""
    dash = _SIGNED.match(scene.text, start, end)
    found = phrase(scene, dash.end(), min(end, scene.sentence_end(start))) if dash else None
    return found if found and found.name else None


def _after(scene: QuoteContext, start: int, end: int, said: PreviousSpeech) -> Speaker | None:
    """Who the words after a quotation say has spoken: `… ,” said Smith`, `… ,” Smith told reporters`."""
    end = min(end, scene.sentence_end(start))
    words = scene.words(start, end)
    begins = bool(words) and words[0][0].lower() not in scene.cues.ends  # not: when Jones spoke
    for at, word in enumerate(words[: _far(scene, words)]):
        if word[0] not in scene.cues.verbs or (at == 0 and word[0] in scene.cues.participles):
            continue
        if all(before[0].lower() in scene.cues.auxiliaries for before in words[:at]):
            return subject_behind(scene, word.end(), end, said)
        if begins and (found := subject_before(scene, words[0].start(), word.start(), said)):
            return found
    return _according(scene, start, end, said)


def _far(scene: QuoteContext, words: Sequence[re.Match[str]]) -> int:
    """Words among which a verb reports: more where they begin with a name, of which something may be said first."""
    begins = bool(words) and bool(scene.names(words[0].start(), words[0].start() + 30))
    return 3 * _FAR if begins else _FAR


def _according(scene: QuoteContext, start: int, end: int, said: PreviousSpeech) -> Speaker | None:
    match = scene.cues.according.search(scene.text, start, end)
    return subject_behind(scene, match.end(), end, said) if match else None


# --- before a quotation ------------------------------------------------------------------------------------------


def _before(scene: QuoteContext, start: int, end: int, said: PreviousSpeech) -> Speaker | None:
    """Who the words before a quotation say speaks: `Smith said: “ …`, also at the end of the paragraph before."""
    start = max(start, scene.sentence_start(end - 1)) if end > start else start
    if not scene.text[start:end].strip():
        return _announced(scene, end, said)
    return _last_verb(scene, start, end, said) or _according(scene, start, end, said) or _labelled(scene, start, end)


def _labelled(scene: QuoteContext, start: int, end: int) -> Speaker | None:
    """Whose name is all that stands before a colon: `Okafor: “…`."""
    if not scene.text[start:end].rstrip().endswith(_COLONS):
        return None
    stretch = scene.text[start:end].strip(" :：\n\u00a0")
    return next((named(p.name) for p in scene.names(start, end) if scene.text[p.start : p.end] == stretch), None)


def _announced(scene: QuoteContext, at: int, said: PreviousSpeech) -> Speaker | None:
    """The speaker that a paragraph announces which ends with a colon before this one."""
    begin = max(0, at - _REACH)
    ended = scene.text[begin:at].rstrip()
    if not ended.endswith(_COLONS):
        return None
    end = begin + len(ended)
    return _before(scene, max(scene.paragraph_start(end), begin), end, said)


def _last_verb(scene: QuoteContext, start: int, end: int, said: PreviousSpeech) -> Speaker | None:
    """The subject of the last verb of a stretch that reports speech or judges, of the clause that leads up to it."""
    words = scene.words(start, end)
    at = max((at for at, word in enumerate(words) if _leads_up(scene, word, is_first=at == 0)), default=None)
    if at is None or _turns_away(scene, words[at].end(), end):
        return None
    if _is_participle(scene, words, at):
        return subject_of_participle(scene, start, words[at].start())
    found = subject_before(scene, start, words[at].start(), said) if at else None
    return found or _inverted(scene, words[at].end(), end, said, is_first=at == 0)


def _leads_up(scene: QuoteContext, word: re.Match[str], is_first: bool) -> bool:
    """Whether it is such a verb; one may have its capital from the beginning of a sentence."""
    verb = word[0].lower() if is_first else word[0]
    return verb in scene.cues.verbs or verb in scene.cues.judging


def _turns_away(scene: QuoteContext, start: int, end: int) -> bool:
    """Whether another clause with a name, or a pronoun, stands between a verb and a quotation."""
    clause = CLAUSE.search(scene.text[start:end].rstrip(_LEADS_UP))
    if clause is None:
        return False
    words = scene.words(start + clause.end(), end)
    return bool(scene.names(start + clause.end(), end)) or any(w[0].lower() in scene.cues.pronouns for w in words)


def _is_participle(scene: QuoteContext, words: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a verb has no subject of its own: `saying`, but not `is saying`."""
    helped = at > 0 and words[at - 1][0].lower() in scene.cues.auxiliaries | scene.cues.adverbs
    return words[at][0].lower() in scene.cues.participles and not helped


def _inverted(scene: QuoteContext, start: int, end: int, said: PreviousSpeech, is_first: bool) -> Speaker | None:
    """The subject behind its verb, before a quotation and its colon: `Im Rathaus sagte Brand: „ …`."""
    if not scene.text[start:end].rstrip().endswith(_COLONS):
        return None
    words = scene.words(start, end)
    first = words[0].start() if words else end
    return subject_behind(scene, start, end, said) if is_first or scene.names(first, first + 1) else None
