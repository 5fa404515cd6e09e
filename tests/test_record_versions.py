"""A record that an earlier version wrote is read, and becomes one of today."""

from __future__ import annotations

import pytest
from pydantic import ValidationError
from records import harbour

from summarizer.record import Summary


def test_a_record_of_version_1_is_read_without_what_came_later() -> None:
    stored = harbour().model_dump(mode="json")
    stored["schema_version"] = "1"
    for figure in stored["figures"]:
        del figure["qualifier"]
    for event in stored["timeline"]:
        del event["status"]
    for entity in stored["entities"]:
        del entity["affiliation"]
    del stored["corrections"], stored["five_ws"]["when"]["date"]
    stored["findings"] = [{**finding, "severity": "info"} for finding in stored["findings"]]
    summary = Summary.model_validate(stored)
    assert summary.schema_version == "2" and summary.corrections == () and summary.figures
    assert {finding.severity for finding in summary.findings} == {"note"}


def test_a_record_of_a_later_version_is_refused() -> None:
    with pytest.raises(ValidationError, match="schema_version"):
        Summary.model_validate({**harbour().model_dump(mode="json"), "schema_version": "3"})
