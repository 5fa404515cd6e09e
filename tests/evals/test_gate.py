"""The gate: what fails it, what it refuses to say, and the arithmetic it rests on."""

from __future__ import annotations

import json
import math
import statistics
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import EvalInvalid
from summarizer.evals.comparing.moves import moves
from summarizer.evals.comparing.reports.verdicts import gate_report
from summarizer.evals.gate import (
    GateEnding,
    GateRow,
    GateVerdict,
    gate,
    read_rows,
    sign_flip,
    smallest_drop,
    t_quantile,
)

SPREAD = (0.9, 0.4, 0.7, 0.55, 0.8, 0.35, 0.6, 0.75, 0.5, 0.95, 0.65, 0.45)


def run(scores: Sequence[float], **changes: object) -> list[GateRow]:
    return [
        GateRow(case=f"case-{at}", scores={"facts": score}).model_copy(update=changes)
        for at, score in enumerate(scores)
    ]


def crashed(rows: Sequence[GateRow], *cases: int) -> list[GateRow]:
    return [GateRow(case=row.case, error="ProviderFailed") if at in cases else row for at, row in enumerate(rows)]


def test_the_same_again_is_not_inferior() -> None:
    result = gate(run(SPREAD), run(SPREAD), ["facts"])
    assert result.ending is GateEnding.passed and result.comparisons[0].verdict is GateVerdict.non_inferior


def test_a_drop_everywhere_regresses() -> None:
    result = gate(run(SPREAD), run([score - 0.1 for score in SPREAD]), ["facts"])
    [facts] = result.comparisons
    assert result.ending is GateEnding.failed and facts.verdict is GateVerdict.regressed
    assert facts.difference == pytest.approx(-0.1) and facts.p_worse < 0.001


def test_a_rise_everywhere_is_an_improvement() -> None:
    [facts] = gate(run(SPREAD), run([score + 0.04 for score in SPREAD]), ["facts"]).comparisons
    assert facts.verdict is GateVerdict.improved


def test_ups_and_downs_are_inconclusive_and_the_report_says_what_could_not_be_seen() -> None:
    moved = [score + (0.3 if at % 2 else -0.32) for at, score in enumerate(SPREAD)]
    result = gate(run(SPREAD), run([min(1, max(0, score)) for score in moved]), ["facts"])
    assert result.comparisons[0].verdict is GateVerdict.inconclusive and result.ending is GateEnding.passed
    assert "finds a drop of 0." in gate_report(result, ())


def test_on_a_few_cases_no_verdict_is_given() -> None:
    result = gate(run(SPREAD[:5]), run([0.0] * 5), ["facts"])
    assert result.comparisons[0].verdict is GateVerdict.none and result.ending is GateEnding.no_verdict
    assert gate_report(result, ()).endswith("no verdict")
    assert "no verdict is given on fewer than 8" in gate_report(result, ())


@given(st.lists(st.floats(0, 1), min_size=1, max_size=11), st.data())
def test_a_crash_is_never_an_improvement(scores: list[float], data: st.DataObject) -> None:
    gone = data.draw(st.sets(st.integers(0, len(scores) - 1), min_size=1))
    result = gate(run(scores), crashed(run(scores), *gone), ["facts"])
    [facts] = result.comparisons
    assert result.ending is GateEnding.failed and "of the runs failed" in result.broken[0]
    assert facts.new <= facts.base and facts.verdict is not GateVerdict.improved
    assert facts.failed == len(gone)


def test_the_case_that_scored_worst_can_not_be_crashed_away() -> None:
    scores = [*SPREAD[:11], 0.0]
    assert gate(run(scores), crashed(run(scores), 11), ["facts"]).ending is GateEnding.failed


def test_a_case_that_is_gone_breaks_the_gate_and_counts_as_the_worst() -> None:
    result = gate(run(SPREAD), run(SPREAD)[:-1], ["facts"])
    assert result.broken == ("case-11 is missing",)
    assert result.comparisons[0].new < result.comparisons[0].base


def test_an_invariant_that_breaks_in_one_repeat_breaks_the_gate() -> None:
    held, broken = (
        [row.model_copy(update={"invariants": {"verbatim": ok}}) for row in run(SPREAD)] for ok in (True, False)
    )
    result = gate(held, [*held, broken[3]], ["facts"])
    assert result.broken == ("case-3: verbatim is broken",)
    assert gate(broken, broken, ["facts"]).ending is GateEnding.passed


@pytest.mark.parametrize("still", [{}, {"verbatim": True}])
def test_an_invariant_that_is_no_longer_reported_breaks_the_gate(still: dict[str, bool]) -> None:
    before = run(SPREAD, invariants={"verbatim": True, "grounded": True})
    result = gate(before, [*before[:3], *run(SPREAD, invariants=still)[3:]], ["facts"])
    assert result.ending is GateEnding.failed and any(
        "grounded was reported before" in said for said in result.broken
    )


@pytest.mark.parametrize("error", ["", "  "])
def test_an_error_without_words_is_none(error: str) -> None:
    assert GateRow(case="a", error=error).error is None


def test_a_drop_that_no_score_can_make_is_not_what_the_suite_finds() -> None:
    result = gate(run([0.0, 1.0] * 4), run([1.0, 0.0] * 4), ["facts"])
    assert result.comparisons[0].smallest_drop > 0.5
    assert "for this suite to find any drop four times in five" in gate_report(result, ())


def test_a_fact_is_missing_when_most_repeats_do_not_tell_it() -> None:
    def rows(*missing: tuple[str, ...]) -> list[GateRow]:
        return [GateRow(case="a", repeat=at, missing_facts=facts) for at, facts in enumerate(missing)]

    [move] = moves(rows((), ("A", "B")), rows(("A",), ("A",), ("B",)), ["facts"])
    assert move.facts == {"lost": ("A",)} and move.is_one and move.by == 0
    [move] = moves(rows(("A",)), [GateRow(case="a", scores={"facts": 1.0})], ["facts"])
    assert move.facts == {}


def test_an_interval_ends_where_scores_do() -> None:
    [facts] = gate(run([0.0, 1.0] * 4), run([1.0, 0.0] * 4), ["facts"]).comparisons
    assert (facts.low, facts.high) == (-0.5, 0.5)


def test_repeats_are_averaged_within_their_case() -> None:
    rows = [GateRow(case=f"case-{at}", repeat=k, scores={"facts": k / 2}) for at in range(8) for k in range(3)]
    [facts] = gate(rows, rows, ["facts"]).comparisons
    assert (facts.cases, facts.base) == (8, 0.5)


def test_a_case_without_expectation_has_no_score_and_is_not_a_zero() -> None:
    rows = [*run(SPREAD), GateRow(case="recipe", scores={"facts": None})]
    [facts] = gate(rows, rows, ["facts"]).comparisons
    assert facts.cases == len(SPREAD) and facts.base == pytest.approx(statistics.fmean(SPREAD))


@pytest.mark.parametrize("primaries", [[], ["a", "b", "c", "d"], ["quotes"]])
def test_primary_metrics_are_few_and_known(primaries: list[str]) -> None:
    with pytest.raises(EvalInvalid):
        gate(run(SPREAD), run(SPREAD), primaries)


def test_other_versions_are_incompatible() -> None:
    with pytest.raises(EvalInvalid, match="dataset 1 / dataset 2"):
        gate(run(SPREAD, versions={"dataset": "1"}), run(SPREAD, versions={"dataset": "2"}), ["facts"])


def test_more_metrics_need_stronger_evidence() -> None:
    slight = [0.03, 0.02, 0.04, -0.01, 0.03, 0.02, -0.02, 0.01]
    base = [GateRow(case=str(at), scores=dict.fromkeys("abc", 0.5)) for at in range(8)]
    new = [GateRow(case=str(at), scores={"a": 0.5 - d, "b": 0.5, "c": 0.5}) for at, d in enumerate(slight)]
    alone, among = gate(base, new, ["a"]).comparisons[0], gate(base, new, ["a", "b", "c"]).comparisons[0]
    assert among.p_worse == pytest.approx(3 * alone.p_worse)
    assert among.smallest_drop > alone.smallest_drop


def test_the_exact_p_value_is_a_count_of_signs() -> None:
    assert sign_flip([1.0] * 8) == 1 / 256
    assert sign_flip([0.0] * 8) == 1.0
    assert sign_flip([3.0, -1.0]) == 0.5


def test_thrown_signs_agree_with_counted_ones() -> None:
    differences = [0.1, 0.05, -0.03, 0.08, 0.02, -0.01, 0.06, 0.04, -0.02, 0.03, 0.01, -0.04]
    assert sign_flip([*differences, 0.0]) == pytest.approx(sign_flip(differences), abs=0.015)


@pytest.mark.parametrize(
    ("p", "freedom", "table"), [(0.95, 7, 1.8946), (0.95, 19, 1.7291), (0.8, 7, 0.8960), (0.98333, 47, 2.1896)]
)
def test_students_quantiles_are_those_of_the_tables(p: float, freedom: int, table: float) -> None:
    assert t_quantile(p, freedom) == pytest.approx(table, abs=0.003)


def test_the_smallest_drop_shrinks_with_the_root_of_the_cases() -> None:
    few, many = [0.1, -0.1] * 10, [0.1, -0.1] * 40
    assert smallest_drop(few) / smallest_drop(many) == pytest.approx(2, rel=0.08)
    assert math.isinf(smallest_drop([0.1] * 3))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('{"case": 7}', "case"),
        ("not json", "line 2"),
        ('{"case": "a", "scores": {"facts": 1.5}}', "facts"),
        ("{}", "case"),
    ],
)
def test_a_bad_row_is_named(tmp_path: Path, line: str, said: str) -> None:
    (tmp_path / "rows.jsonl").write_text('{"case": "good"}\n' + line)
    with pytest.raises(EvalInvalid, match=said):
        read_rows(tmp_path / "rows.jsonl")


@pytest.mark.parametrize(("drop", "cases", "code"), [(0.0, 12, 0), (0.1, 12, 1), (0.1, 5, 2)])
def test_the_command_gates_the_rows_of_any_harness(tmp_path: Path, drop: float, cases: int, code: int) -> None:
    for name, rows in (("base", run(SPREAD[:cases])), ("new", run([score - drop for score in SPREAD[:cases]]))):
        (tmp_path / f"{name}.jsonl").write_text("\n".join(json.dumps(row.model_dump()) for row in rows))
    command = [sys.executable, "-m", "summarizer", "eval", "gate", "base.jsonl", "new.jsonl", "--metric", "facts"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == code, done.stderr
    assert ("NON-INFERIOR", "REGRESSED", "no verdict")[code] in done.stdout
    lost = [line for line in done.stdout.splitlines() if line.startswith("lost  -0.10  case-")]
    assert len(lost) == (cases if drop else 0)
    assert not drop or "lost  -0.10  case-0: facts 0.900 to 0.800" in lost


def test_what_can_not_be_compared_is_exit_code_2(tmp_path: Path) -> None:
    (tmp_path / "base.jsonl").write_text('{"case": "a", "scores": {"facts": 1}}')
    command = [sys.executable, "-m", "summarizer", "eval", "gate", "base.jsonl", "base.jsonl", "-m", "quotes"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.returncode == 2 and "quotes" in done.stderr
