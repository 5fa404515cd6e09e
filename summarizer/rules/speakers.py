"""Speakers: who said what stands in quotation marks, by the words that report it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from summarizer.article import Article
from summarizer.rules.antecedents import unsaid
from summarizer.rules.names import Name
from summarizer.rules.quotes import Quotation
from summarizer.rules.scene import NOBODY, Known, Scene, Speaker
from summarizer.rules.subjects import (
    person_ending,
    phrase,
    subject_before,
    subject_behind,
    subject_of_sentence,
)

__all__ = ["NOBODY", "Speaker", "find_speakers"]

_REACH = 240
"""Characters beside a quotation in which its report is sought."""

_REMEMBERED = 6
"""Speakers back to which a pronoun may refer."""

_FAR = 14
"""Words behind a quotation among which the verb stands that reports it."""

_SHORT = 6
"""A sentence of so many words behind a full stop does no more than report: `“It is closed.” Smith said on Monday.`"""

_SIGNED = re.compile(r"\s*[―—–]\s*(?=[^\W\d_])")


def find_speakers(article: Article, quotations: Sequence[Quotation], names: Sequence[Name]) -> tuple[Speaker, ...]:
    """The speaker of each quotation, in the same order; NOBODY where the words around it report none."""
    scene = Scene(article, quotations, names)
    speakers: list[Speaker] = []
    said = _Said(None, NOBODY, ())
    for at, quotation in enumerate(quotations):
        previous = quotations[at - 1] if at else None
        following = quotations[at + 1] if at + 1 < len(quotations) else None
        speaker = _speaker(scene, quotation, _between(scene, quotation, previous, following), said)
        speakers.append(speaker)
        is_said = quotation.is_speech or speaker != NOBODY
        said = said.then(quotation, speaker) if is_said else said
    return _carried_back(quotations, speakers)


@dataclass(frozen=True, slots=True)
class _Said:
    """What was said before: the last quotation that is no doubtful term, its speaker, and who has spoken so far."""

    quotation: Quotation | None
    speaker: Speaker
    known: Known

    def then(self, quotation: Quotation, speaker: Speaker) -> _Said:
        if speaker == NOBODY:
            return replace(self, quotation=quotation, speaker=speaker)
        others = tuple(known for known in self.known if known != speaker)
        return _Said(quotation, speaker, (speaker, *others[: _REMEMBERED - 1]))


@dataclass(frozen=True, slots=True)
class _Around:
    """The stretch in which a quotation can be reported: its paragraph, up to the quotations beside it."""

    left: int
    right: int
    is_shared: bool
    """Another quotation begins in the sentence that follows."""


def _between(scene: Scene, quotation: Quotation, previous: Quotation | None, following: Quotation | None) -> _Around:
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


def _speaker(scene: Scene, quotation: Quotation, around: _Around, said: _Said) -> Speaker:
    found = _reported(scene, quotation, around, said)
    return found or _continued(scene, quotation, said) or _inside(scene, quotation, said.known) or NOBODY


def _reported(scene: Scene, quotation: Quotation, around: _Around, said: _Said) -> Speaker | None:
    """Who the words before or after a quotation say has spoken, by its punctuation the likelier ones first."""
    if signed := _signed(scene, quotation.closed, around.right):
        return signed
    before = _before(scene, around.left, quotation.opened, said.known)
    if before is None and _goes_on(scene, quotation, said):
        before = said.speaker
    ended = scene.text[quotation.closed - 2 : quotation.closed - 1] in ".。"
    # What follows a full stop is mostly the next sentence, with a report of its own.
    if ended and (before or _is_next(scene, quotation, around, said)):
        return before
    after = _after(scene, quotation.closed, around.right, said.known)
    return (before or after) if ended or _is_within(scene, quotation, around) else (after or before)


def _goes_on(scene: Scene, quotation: Quotation, said: _Said) -> bool:
    """Whether the sentence that holds a quotation has quoted somebody before."""
    last = said.quotation
    return last is not None and last.closed > scene.sentence_start(quotation.opened) and said.speaker != NOBODY


def _is_within(scene: Scene, quotation: Quotation, around: _Around) -> bool:
    """Whether quoted words are a part of the sentence around them, which leads up to them without a comma."""
    start = max(around.left, scene.sentence_start(quotation.opened))
    return scene.text[start : quotation.opened].rstrip()[-1:] not in ("", ",", ".")


def _is_next(scene: Scene, quotation: Quotation, around: _Around, said: _Said) -> bool:
    """Whether what follows a full stop reports something else: another quotation, or nothing where somebody already
    speaks; a sentence of a few words does report this one."""
    if around.is_shared:
        return True
    last = said.quotation
    if last is None or last.paragraph != quotation.paragraph or said.speaker == NOBODY:
        return False
    return len(scene.words(quotation.closed, min(around.right, scene.sentence_end(quotation.closed)))) > _SHORT


def _inside(scene: Scene, quotation: Quotation, known: Known) -> Speaker | None:
    """The subject of a sentence that goes on in quoted words: `Smith slammed it as “a waste …”`. With a capital they
    may be a title."""
    if scene.text[quotation.start].isupper():
        return None
    return subject_of_sentence(scene, quotation.opened - 1, quotation.opened, known)


def _continued(scene: Scene, quotation: Quotation, said: _Said) -> Speaker | None:
    """The speaker of a quotation that nothing beside it reports: that of the speech which it continues."""
    last = said.quotation
    if last is not None and last.continued and last.paragraph == quotation.paragraph - 1:
        return said.speaker
    if not quotation.is_speech:
        return None
    if last is not None and last.paragraph == quotation.paragraph:
        return said.speaker
    return _from_paragraph_before(scene, quotation, said)


def _from_paragraph_before(scene: Scene, quotation: Quotation, said: _Said) -> Speaker | None:
    """A paragraph that is all quotation goes on with the speaker of the one before it."""
    start, end = scene.paragraphs[quotation.paragraph - 1]
    is_alone = quotation.opened - start < 2 and end - quotation.closed < 3
    if not is_alone or quotation.paragraph == 1:
        return None
    if said.quotation is not None and said.quotation.paragraph == quotation.paragraph - 1:
        return said.speaker
    start, end = scene.paragraphs[quotation.paragraph - 2]
    return _last_verb(scene, max(start, scene.sentence_start(end - 1)), end, said.known)


# --- after a quotation -------------------------------------------------------------------------------------------


def _signed(scene: Scene, start: int, end: int) -> Speaker | None:
    """Whose name stands behind a quotation and a dash, with nothing more: `“ …” — Miriam Okafor`."""
    dash = _SIGNED.match(scene.text, start, end)
    found = phrase(scene, dash.end(), min(end, scene.sentence_end(start))) if dash else None
    return found if found and found.name else None


def _after(scene: Scene, start: int, end: int, known: Known) -> Speaker | None:
    """Who the words after a quotation say has spoken: `… ,” said Smith`, `… ,” Smith told reporters`."""
    end = min(end, scene.sentence_end(start))
    words = scene.words(start, end)
    for at, word in enumerate(words[: _far(scene, words)]):
        if word[0] not in scene.cues.verbs or (at == 0 and word[0] in scene.cues.participles):
            continue
        if all(before[0].lower() in scene.cues.auxiliaries for before in words[:at]):
            return subject_behind(scene, word.end(), end, known)
        if found := subject_before(scene, words[0].start(), word.start(), known):
            return found
    return _according(scene, start, end, known)


def _far(scene: Scene, words: Sequence[re.Match[str]]) -> int:
    """Words among which a verb reports: more where they begin with a name, of which something may be said first."""
    begins = bool(words) and bool(scene.names(words[0].start(), words[0].start() + 30))
    return 3 * _FAR if begins else _FAR


def _according(scene: Scene, start: int, end: int, known: Known) -> Speaker | None:
    match = scene.cues.according.search(scene.text, start, end)
    return subject_behind(scene, match.end(), end, known) if match else None


# --- before a quotation ------------------------------------------------------------------------------------------


def _before(scene: Scene, start: int, end: int, known: Known) -> Speaker | None:
    """Who the words before a quotation say speaks: `Smith said: “ …`, also at the end of the paragraph before."""
    stretch_start = max(start, scene.sentence_start(end - 1)) if end > start else start
    stretch = scene.text[stretch_start:end].strip()
    if not stretch:
        return _announced(scene, end, known)
    found = _last_verb(scene, stretch_start, end, known) or _according(scene, stretch_start, end, known)
    if found is None and stretch.endswith((":", "：")):
        return subject_of_sentence(scene, stretch_start, end, known)
    return found


def _announced(scene: Scene, at: int, known: Known) -> Speaker | None:
    """The speaker that a paragraph announces which ends with a colon before this one."""
    ended = scene.text[:at].rstrip() if at < 400 else scene.text[at - 400 : at].rstrip()
    if not ended.endswith((":", "：")):
        return None
    end = at - (min(at, 400) - len(ended))
    return _before(scene, max(scene.paragraph_start(end), end - _REACH), end, known)


def _last_verb(scene: Scene, start: int, end: int, known: Known) -> Speaker | None:
    """The subject of the last verb of a stretch that has one beside it, with a name if one has; else that of the
    sentence."""
    words = scene.words(start, end)
    verbs = [at for at, word in enumerate(words) if word[0] in scene.cues.verbs or _opens(scene, words, at)]
    unnamed: Speaker | None = None
    for at in reversed(verbs):
        found = _of_verb(scene, words, at, start, end, known)
        if found and found.name:
            return found
        unnamed = unnamed or found
        if _is_participle(scene, words, at):
            break
    if unnamed or not verbs:
        return unnamed
    found = subject_of_sentence(scene, start, end, known)
    return found or (unsaid(scene, start, known) if scene.cues.drops_subject else None)


def _of_verb(
    scene: Scene, words: Sequence[re.Match[str]], at: int, start: int, end: int, known: Known
) -> Speaker | None:
    """The subject of one verb before a quotation."""
    verb = words[at]
    if _is_participle(scene, words, at):
        found = person_ending(scene, start, verb.start())
        return found or subject_of_sentence(scene, start, verb.start(), known)
    found = subject_before(scene, start, verb.start(), known) if at else None
    return found or _inverted(scene, verb.end(), end, known, is_first=at == 0)


def _opens(scene: Scene, words: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a verb has its capital from the beginning of a sentence."""
    return at == 0 and words[at][0].lower() in scene.cues.verbs


def _is_participle(scene: Scene, words: Sequence[re.Match[str]], at: int) -> bool:
    """Whether a verb has no subject of its own: `saying`, but not `is saying`."""
    helped = at > 0 and words[at - 1][0].lower() in scene.cues.auxiliaries | scene.cues.adverbs
    return words[at][0].lower() in scene.cues.participles and not helped


def _inverted(scene: Scene, start: int, end: int, known: Known, is_first: bool) -> Speaker | None:
    """The subject behind its verb, before a quotation: `Im Rathaus sagte Brand: „ …`."""
    words = scene.words(start, end)
    first = words[0].start() if words else end
    is_named = any(place.is_person for place in scene.names(first, first + 1))
    return subject_behind(scene, start, end, known) if is_first or is_named else None
