"""Means of evals: failed runs weigh in at the worst score, and nothing is averaged that nobody expected."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.evals.comparing.means import expecting, mean_measure, mean_score
from summarizer.evals.running.outcome import Outcome


def outcome(case: str, score: float | None, repeat: int = 0, error: str | None = None, **measures: float) -> Outcome:
    scores = {} if error else {"facts": score}
    return Outcome(case=case, repeat=repeat, scores=scores, error=error, measures=dict(measures))


def test_a_failed_run_counts_as_zero_and_is_missing_from_the_scored() -> None:
    outcomes = [outcome("a", 1.0), outcome("b", None, error="AnswerEmpty: nothing")]
    mean = mean_score(outcomes, "facts", {"a", "b"})
    assert mean is not None
    assert (mean.value, mean.scored, mean.expected) == (0.5, 1, 2)


def test_an_expectation_that_is_not_there_is_no_zero() -> None:
    outcomes = [outcome("a", 0.8), outcome("b", None)]
    expected = expecting(outcomes, "facts")
    mean = mean_score(outcomes, "facts", expected)
    assert expected == {"a"} and mean is not None
    assert (mean.value, mean.scored, mean.expected) == (0.8, 1, 1)


def test_repeats_are_averaged_before_cases() -> None:
    outcomes = [outcome("a", 1.0, 0), outcome("a", 0.0, 1), outcome("a", 0.5, 2), outcome("b", 1.0)]
    mean = mean_score(outcomes, "facts", {"a", "b"})
    assert mean is not None and mean.value == 0.75


def test_no_score_at_all_is_no_mean() -> None:
    assert mean_score([outcome("a", None)], "facts", set()) is None


def test_the_interval_of_one_case_is_all_that_a_score_can_be_and_that_of_equal_ones_empty() -> None:
    alone = mean_score([outcome("a", 0.5)], "facts", {"a"})
    equal = mean_score([outcome(name, 0.5) for name in "abcd"], "facts", set("abcd"))
    assert alone is not None and (alone.low, alone.high) == (0.0, 1.0)
    assert equal is not None and (equal.low, equal.high) == (0.5, 0.5)


def test_the_interval_is_students() -> None:
    mean = mean_score([outcome(str(at), at % 2 / 1) for at in range(10)], "facts", set(map(str, range(10))))
    assert mean is not None
    reach = pytest.approx(2.262 * 0.527 / math.sqrt(10), abs=0.002)
    assert mean.value - mean.low == reach and mean.high - mean.value == reach


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6))
def test_the_interval_stays_within_what_scores_can_be(scores: list[float]) -> None:
    cases = [outcome(str(at), score) for at, score in enumerate(scores)]
    mean = mean_score(cases, "facts", {case.case for case in cases})
    assert mean is not None and 0 <= mean.low <= mean.value + 1e-12 and mean.value - 1e-12 <= mean.high <= 1


def test_a_figure_is_averaged_over_the_runs_that_have_it() -> None:
    outcomes = [outcome("a", 1.0, words=100), outcome("b", 1.0, words=50), outcome("c", None, error="x")]
    assert mean_measure(outcomes, "words") == 75
    assert mean_measure(outcomes, "cost") is None


@given(st.lists(st.one_of(st.none(), st.floats(0, 1)), min_size=1, max_size=12))
def test_a_crash_never_raises_a_mean(scores: list[float | None]) -> None:
    outcomes = [outcome(str(at), score) for at, score in enumerate(scores)]
    expected = expecting(outcomes, "facts")
    before = mean_score(outcomes, "facts", expected)
    crashed = [outcome(o.case, None, error="crash") if o.case in sorted(expected)[:1] else o for o in outcomes]
    after = mean_score(crashed, "facts", expected)
    assert (before is None) == (after is None)
    assert before is None or after is None or after.value <= before.value + 1e-12
