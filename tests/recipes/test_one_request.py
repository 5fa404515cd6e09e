"""A valid answer that says what can't be right: asked for again, once; the better one is kept."""

from __future__ import annotations

import json
from typing import Any

import pytest
from harbour import GOOD, HARBOUR, brief, cited
from stub_server import Step, StubServer, answer

from summarizer import Settings, Summary, summarize

WRONG = json.dumps(brief(cited("Repairs will last until September and cost 64 million euros.", 5)))
WORSE = json.dumps(
    brief(
        cited("Repairs will last until September and cost 64 million euros.", 5),
        cited("A detour of 73 kilometres is needed until then.", 6),
    )
)
DOUBTFUL = json.dumps(brief(cited("Repairs will last until October and cost 6.4 million euros.", 5)))

pytestmark = pytest.mark.usefixtures("bare")


def run(*script: Step, **options: Any) -> tuple[Summary, list[dict[str, Any]]]:
    with StubServer(*script) as server:
        settings = Settings(model="stub", base_url=server.base_url, **options)
        summary = summarize(HARBOUR, prompt="brief", settings=settings)
        return summary, [recorded.body for recorded in server.requests]


def severities(summary: Summary) -> list[str]:
    return [finding.severity for finding in summary.findings if finding.path]


def test_an_error_in_an_answer_is_told_to_the_model_which_answers_again() -> None:
    summary, [_, again] = run(answer(WRONG), answer(GOOD))
    assert [message["role"] for message in again["messages"]] == ["system", "user", "assistant", "user"]
    assert again["messages"][2]["content"] == WRONG
    assert "64 million euros" in again["messages"][3]["content"]
    assert [call.outcome for call in summary.run.requests] == ["objected", "ok"]
    assert "repaired_after_reask" in [finding.code for finding in summary.findings]
    assert "error" not in severities(summary)


def test_an_error_that_stays_is_asked_about_once() -> None:
    summary, asked = run(answer(WRONG), answer(WRONG))
    assert len(asked) == 2
    assert "error" in severities(summary)


@pytest.mark.parametrize("second", [WORSE, "no JSON at all"])
def test_a_second_answer_that_is_worse_is_not_taken(second: str) -> None:
    summary, asked = run(answer(WRONG), answer(second))
    assert len(asked) == 2
    assert [point.text for point in summary.key_points] == [json.loads(WRONG)["key_points"][0]["text"]]


def test_a_warning_is_no_reason_to_ask_again() -> None:
    summary, asked = run(answer(DOUBTFUL))
    assert len(asked) == 1
    assert "warning" in severities(summary)
