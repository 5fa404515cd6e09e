"""Real providers: each is asked one tiny question, and skipped without its key."""

from __future__ import annotations

import pytest

from summarizer.models.doctor.check import check
from summarizer.models.providers.catalogue import PROVIDERS
from summarizer.models.providers.provider import Provider
from summarizer.settings import Settings


@pytest.mark.parametrize("row", [row for row in PROVIDERS if row.key_variable], ids=lambda row: str(row.name))
def test_the_default_model_answers_by_the_schema(row: Provider) -> None:
    if not row.has_key:
        pytest.skip(f"{row.key_variable} is not set")
    failed = [result for result in check(row.name, Settings()) if not result.ok]
    assert failed == []
