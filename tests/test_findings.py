"""Every code of a finding is explained: to readers of a record by a title, to users in the documentation."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from summarizer.record import FINDINGS, FindingCode

ROOT = Path(__file__).parent.parent


def test_each_code_has_a_title_of_its_own() -> None:
    assert set(FINDINGS) == set(get_args(FindingCode))
    assert len(set(FINDINGS.values())) == len(FINDINGS)


@pytest.mark.parametrize("code", get_args(FindingCode))
def test_the_documentation_says_what_it_means(code: str) -> None:
    pages = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
    assert any(f"`{code}`" in page.read_text(encoding="utf-8") for page in pages)
