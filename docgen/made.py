"""Which parts of which pages are made, and by what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from docgen.commands import command_reference
from docgen.folders import folder_reference
from docgen.page import DOCS, with_part
from docgen.picture import picture
from docgen.prompts import field_reference
from docgen.providers import provider_reference
from docgen.record import finding_reference, record_reference, topic_reference
from docgen.settings import setting_reference

PARTS: Mapping[str, Mapping[str, Callable[[], str]]] = {
    "architecture.md": {"folders": folder_reference},
    "cli.md": {"commands": command_reference},
    "prompts.md": {"fields": field_reference},
    "record.md": {"findings": finding_reference, "parts": record_reference, "topics": topic_reference},
    "providers.md": {"providers": provider_reference},
    "settings.md": {"settings": setting_reference},
}
"""By page, and by the comment that a part stands behind."""

PICTURE: Path = DOCS / "did-not-resign.svg"


def made_anew(page: str) -> str:
    """The page of this name with its parts as the code is now."""
    text = (DOCS / page).read_text(encoding="utf-8")
    for name, make in PARTS[page].items():
        text = with_part(text, name, make())
    return text


def write() -> None:
    """Writes all of them."""
    for page in PARTS:
        (DOCS / page).write_text(made_anew(page), encoding="utf-8")
    PICTURE.write_text(picture(), encoding="utf-8")
