"""Every output says who wrote the record and who has read it, for machines and for readers."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from repository import EXAMPLES

from summarizer import Summary, read_article, summarize
from summarizer.record import BY_MODEL, BY_RULES, EDITED
from summarizer.views import terminal

HARBOUR = EXAMPLES / "harbour.txt"
AT = datetime(2026, 11, 2, 9, 30, tzinfo=UTC)

IN_SCHEMA_ORG = {
    BY_MODEL: "CompositeWithTrainedAlgorithmicMediaDigitalSource",
    BY_RULES: "http://cv.iptc.org/newscodes/digitalsourcetype/humanEdits",  # it has no term for this
}
"""What a record is called there once it was edited."""


@pytest.fixture(scope="module")
def by_rules() -> Summary:
    return summarize(HARBOUR, model="extractive")


@pytest.fixture(scope="module")
def by_model(by_rules: Summary) -> Summary:
    """The same as if a model had written it."""
    return by_rules.model_copy(update={"run": by_rules.run.model_copy(update={"digital_source_type": BY_MODEL})})


def shown(summary: Summary) -> list[str]:
    """What a reader sees, in every view that is text."""
    article = read_article(Path(HARBOUR))
    return [
        terminal.render(summary, article, color=False, width=100),
        terminal.render(summary, article, color=False, width=100, full=True),
        summary.to_markdown(article),
        summary._repr_html_(),
    ]


def test_rules_say_that_they_are_rules(by_rules: Summary) -> None:
    assert by_rules.run.digital_source_type == BY_RULES and by_rules.run.review is None
    for view in shown(by_rules):
        assert view.count("Sentences of the article, chosen by rules, read by nobody yet") == 1
    assert json.loads(by_rules.to_jsonld())["digitalSourceType"] == "AlgorithmicMediaDigitalSource"


def test_a_model_says_so_until_a_person_has_read_it(by_model: Summary) -> None:
    assert all("Written by a language model, read by nobody yet" in view for view in shown(by_model))
    read = by_model.reviewed(by="Ida Krog", at=AT)
    assert read.run.digital_source_type == BY_MODEL
    assert all("Written by a language model, read by Ida Krog on 2026-11-02" in view for view in shown(read))


def test_what_a_person_has_changed_is_of_another_kind(by_model: Summary, by_rules: Summary) -> None:
    for written in (by_model, by_rules):
        edited = written.reviewed("Ida Krog", ["headline"], AT).reviewed(
            "Per Dahl", ["key_points[0]", "headline"], AT
        )
        kind = written.run.digital_source_type
        assert kind and edited.run.digital_source_type == EDITED[kind]
        assert edited.run.review and edited.run.review.changed == ("headline", "key_points[0]")
        assert all("edited by Per Dahl on 2026-11-02" in view for view in shown(edited))
        assert json.loads(edited.to_jsonld())["digitalSourceType"] == IN_SCHEMA_ORG[kind]
        assert Summary.model_validate_json(edited.model_dump_json()) == edited


def test_a_name_that_acts_on_a_terminal_or_a_page_does_not(by_model: Summary) -> None:
    hostile = by_model.reviewed("\x1b[31mEve<script>alert(1)</script>", at=AT)
    *texts, page = shown(hostile)
    assert not any("\x1b" in view for view in (*texts, page)) and "<script>alert" not in page
