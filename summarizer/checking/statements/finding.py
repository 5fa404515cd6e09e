"""What a check of a statement says."""

from __future__ import annotations

from dataclasses import dataclass, replace

from summarizer.languages.language import language_of
from summarizer.record import FindingCode, Severity


@dataclass(frozen=True, slots=True)
class StatementFinding:
    """Something that could not be verified, in words for an editor."""

    code: FindingCode
    severity: Severity
    message: str


@dataclass(frozen=True, slots=True)
class Mismatch:
    """Words of a statement, and those of its sources that stand in their place."""

    said: str
    source: str


def in_place_of(code: FindingCode, turned: Mismatch, severity: Severity = "warning") -> StatementFinding:
    """That a statement has other words than what is cited for it."""
    message = f"This text says “{turned.said}” where the cited sentences say “{turned.source}”."
    return StatementFinding(code, severity, message)


def as_tried(finding: StatementFinding, language: str, *, is_copied: bool = False) -> StatementFinding:
    """A difference of wording: a note where the statement is no copy of one sentence, in a language whose tables
    were not shown to know its ways to say a thing."""
    is_sure = is_copied or language_of(language).writing.wording_tried
    return finding if is_sure else replace(finding, severity="note")
