"""What could not be verified, by code and severity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from summarizer.article import Span
from summarizer.record.parts import Part

Severity = Literal["error", "warning", "note"]
"""error: this can't be right; warning: look here; note: for the record."""

FindingCode = Literal[
    "quote_not_found",
    "quote_repeated",
    "speaker_not_found",
    "speaker_differs",
    "number_not_in_evidence",
    "unit_differs",
    "name_not_in_article",
    "not_in_article",
    "negation_differs",
    "certainty_differs",
    "attribution_lost",
    "role_differs",
    "superseded",
    "no_evidence",
    "evidence_incomplete",
    "evidence_differs",
    "evidence_too_broad",
    "date_not_in_evidence",
    "instruction_in_article",
    "cites_instruction",
    "hidden_text_removed",
    "prose_removed",
    "doubtful_text",
    "input_not_fully_read",
    "read_in_parts",
    "headline_differs_from_body",
    "shorter_than_asked",
    "longer_than_asked",
    "written_by_rules",
    "small_model",
    "repaired_after_reask",
    "characters_removed",
    "parameter_refused",
]

FINDINGS: Mapping[FindingCode, str] = {
    "quote_not_found": "Quote not in the article",
    "quote_repeated": "Quote in several places",
    "speaker_not_found": "Speaker not in the article",
    "speaker_differs": "Another speaker than in the article",
    "number_not_in_evidence": "Number not in the evidence",
    "unit_differs": "Another unit than in the evidence",
    "name_not_in_article": "Name not in the article",
    "not_in_article": "Not in the article",
    "negation_differs": "The opposite of the evidence",
    "certainty_differs": "Surer than the evidence",
    "attribution_lost": "A claim told as a fact",
    "role_differs": "Another name than in the evidence",
    "superseded": "What the article takes back",
    "no_evidence": "No evidence",
    "evidence_incomplete": "More is said than what is cited",
    "evidence_differs": "Another sentence says this",
    "evidence_too_broad": "Too much cited as evidence",
    "date_not_in_evidence": "Date not in the evidence",
    "instruction_in_article": "The article addresses a language model",
    "cites_instruction": "Rests on words to a language model",
    "hidden_text_removed": "Hidden text",
    "prose_removed": "Prose that was left out",
    "doubtful_text": "Text that may be none of the article's",
    "input_not_fully_read": "Not read to its end",
    "read_in_parts": "Read in parts",
    "headline_differs_from_body": "Headline and text differ",
    "shorter_than_asked": "Less than was asked for",
    "longer_than_asked": "More than was asked for",
    "written_by_rules": "Written by rules",
    "small_model": "A very small model",
    "repaired_after_reask": "Asked a second time",
    "parameter_refused": "A parameter was refused",
    "characters_removed": "Characters that are no text",
}
"""What each is called above its message, for readers."""


class Finding(Part):
    """What could not be verified, where, and what was looked at."""

    code: FindingCode
    severity: Severity
    path: str
    """The field it is about, as `key_points[2].text`; empty for the record as a whole."""
    message: str
    evidence: tuple[Span, ...] = ()
