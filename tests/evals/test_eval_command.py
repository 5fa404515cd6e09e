"""`summarizer eval`: a whole suite through a model, interrupted, recorded, replayed and held against a baseline."""

from __future__ import annotations

import json
import re
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from commands import Done, run_command
from polling import wait_for
from stub_server import Step, StubServer, answer, error
from suites import TOWNS, good_answer, poor_answer, write_suite

from summarizer.article import Article
from summarizer.evals.running.outcome import Outcome
from summarizer.evals.running.run_store import kept_record
from summarizer.evals.suites.cases import load_case
from summarizer.reading import read_article

COMMAND = [sys.executable, "-m", "summarizer", "eval"]


def by_words(answer: Any, article: Article) -> Any:
    """An answer in sentence numbers, with each number replaced by the sentence's words: the form that is stored."""
    if isinstance(answer, list):
        return [by_words(item, article) for item in answer]
    if not isinstance(answer, Mapping):
        return answer
    return {
        key: [article.sentence_text(number) for number in value] if key == "evidence" else by_words(value, article)
        for key, value in answer.items()
    }


@pytest.fixture(autouse=True)
def bare_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SUMMARIZER_API_KEY", "secret-key")
    for variable in ("OPENAI_API_KEY", "ANTHROPIC_API_KEY"):
        monkeypatch.delenv(variable, raising=False)


def summarizer_eval(*arguments: str | Path) -> Done:
    return run_command("eval", *arguments)


def served(server: StubServer) -> tuple[str, ...]:
    """Options that ask the server, one request at a time, so that its script meets the cases in their order."""
    return ("--model", "stub", "--base-url", server.base_url, "--prompt", "evals/points", "--concurrency", "1", "-q")


def script(*answers: Mapping[str, object]) -> list[Step]:
    return [answer(json.dumps(content)) for content in answers]


def good(cases: int) -> list[Step]:
    return script(*map(good_answer, range(cases)))


def outcomes(name: str) -> list[Outcome]:
    lines = Path("evals/runs", name, "outcomes.jsonl").read_text(encoding="utf-8").splitlines()
    return [Outcome.model_validate_json(line) for line in lines]


# --- running ----------------------------------------------------------------------------------------------------


def test_the_rules_alone_are_run_without_a_key_and_without_a_network(tmp_path: Path) -> None:
    write_suite(tmp_path / "evals")
    done = summarizer_eval("--model", "extractive", "-q")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert re.search(r"^tune, 2 cases", done.stdout, re.MULTILINE)
    assert re.search(r"^holdout, 1 case ", done.stdout, re.MULTILINE)
    assert re.search(r"^facts \* .* 2/2$", done.stdout, re.MULTILINE)


def test_a_new_suite_runs_at_once_and_with_labels_of_ones_own() -> None:
    begun = summarizer_eval("init", "mine")
    assert begun.returncode == 0, begun.stderr
    command = begun.stdout.splitlines()[-1].split()
    done = run_command(*command[1:])
    assert done.returncode == 0 and "tune, 2 cases" in done.stdout, done.stderr
    article = Path("mine/cases/my-article/article.txt")
    article.write_text(article.read_text().replace("4,600", "5,100"))
    rewrite(Path("mine/cases/my-article/case.yaml"), "4,600", "5,100")
    assert run_command(*command[1:], "-q").returncode == 0
    again = summarizer_eval("init", "mine")
    assert again.returncode == 2 and "mine is there already" in again.stderr and "5,100" in article.read_text()


def test_of_a_new_suite_one_case_has_the_least_and_one_every_key() -> None:
    summarizer_eval("init")
    least, every = (load_case(Path("evals/cases", name)).metadata for name in ("my-article", "full-example"))
    assert least.model_fields_set - {"facts", "forbidden"} == {"kind", "language", "split", "status"}
    assert [key for key, value in every if value is None] == ["data"]  # for schemas of one's own


def test_a_model_stands_beside_the_floor(tmp_path: Path) -> None:
    write_suite(tmp_path / "evals")
    with StubServer(*good(3)) as server:
        done = summarizer_eval(*served(server))
    assert done.returncode == 0, done.stderr
    assert "floor" in done.stdout and "model                 stub, prompt points" in done.stdout
    assert {outcome.scores["facts"] for outcome in outcomes("stub-points")} == {1.0}


def test_a_crash_counts_as_the_worst_score_and_is_named(tmp_path: Path) -> None:
    write_suite(tmp_path / "evals")
    with StubServer(*good(2), error(400, "no such thing")) as server:
        done = summarizer_eval(*served(server), "--split", "tune", "--case", "aldermoor", "--case", "brackwell")
        assert done.returncode == 0, done.stdout
        failing = summarizer_eval(*served(server))
    assert failing.returncode == 1
    assert re.search(r"^FAILED  stub, .*, aldermoor: RequestRejected: ", failing.stdout, re.MULTILINE)
    assert re.search(r"^facts \* .* 0\.000 \[0\.00, 0\.00\] 0/2$", failing.stdout, re.MULTILINE)


def test_repeats_are_runs_of_their_own(tmp_path: Path) -> None:
    write_suite(tmp_path / "evals", cases=1)
    with StubServer(*script(good_answer(), poor_answer())) as server:
        done = summarizer_eval(*served(server), "--repeats", "2")
    assert done.returncode == 0
    assert sorted(outcome.scores["facts"] or 0 for outcome in outcomes("stub-points")) == [0.0, 1.0]
    assert re.search(r"^facts \* .* 0\.500 \[0\.00, 1\.00\] 1/1$", done.stdout, re.MULTILINE)


def test_repeats_are_never_answered_from_a_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_CACHE", str(tmp_path / "replies.sqlite3"))
    write_suite(tmp_path / "evals", cases=1)
    with StubServer(*good(1)) as server:
        summarizer_eval(*served(server), "--repeats", "2")
        assert len(server.requests) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "nowhere is no suite: it has no suite.toml"),
        (["--case", "atlantis"], "has no case atlantis"),
        (["--case", "aldermoor", "--split", "holdout"], "no case of evals is both named and of the split holdout"),
        (["--against", "evals/baselines/none.json"], "make it with `summarizer eval accept`"),
        (["-o", "report.pdf"], "a report ends in .html, .md or .xml"),
    ],
)
def test_what_can_not_be_run_is_one_message_and_exit_code_2(arguments: list[str], said: str, tmp_path: Path) -> None:
    write_suite(tmp_path / "evals")
    done = summarizer_eval(*arguments, "--model", "extractive", "-q")
    assert done.returncode == 2 and said in done.stderr, done.stderr


def test_without_a_terminal_progress_is_plain_lines(tmp_path: Path) -> None:
    write_suite(tmp_path / "evals")
    assert "3 of 3 runs, 0 failed" in summarizer_eval("--model", "extractive").stderr


def test_a_matrix_is_one_line_for_each_model_with_each_prompt(tmp_path: Path) -> None:
    write_suite(tmp_path / "evals")
    done = summarizer_eval("matrix", "-m", "extractive", "-p", "news", "-p", "evals/points", "-q")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines[1:3]] == ["extractive-news", "extractive-points"]
    assert lines[0].split() == ["facts", "words", "tokens_in", "tokens_out", "failed"]


# --- interruptions ----------------------------------------------------------------------------------------------


def test_a_run_that_was_killed_goes_on_and_asks_nothing_twice(tmp_path: Path) -> None:
    write_suite(tmp_path / "evals", cases=3)
    slow = Step(answer(json.dumps(good_answer(1))).body, delay=30.0)
    journal = Path("evals/runs/stub-points/outcomes.jsonl")
    with StubServer(*good(1), slow) as server:
        running = subprocess.Popen([*COMMAND, *served(server)], stdout=subprocess.DEVNULL)
        wait_for(lambda: journal.exists() and journal.read_text() and len(server.requests) == 2)
        running.send_signal(signal.SIGKILL)
        running.wait()
        assert len(outcomes("stub-points")) == 1
        with journal.open("a", encoding="utf-8") as file:
            file.write('{"case": "brackw')  # what a kill in the middle of a write leaves
        server.script = script(good_answer(1), good_answer(2))
        server.requests.clear()
        done = summarizer_eval(*served(server))
        assert done.returncode == 0, done.stderr
        assert len(server.requests) == 2
    assert sorted(outcome.case for outcome in outcomes("stub-points")) == ["aldermoor", "brackwell", "corrin"]


def test_an_account_without_credit_ends_the_run_which_goes_on_when_there_is_some(tmp_path: Path) -> None:
    write_suite(tmp_path / "evals", cases=3)
    with StubServer(*good(1), error(402, "no credit")) as server:
        done = summarizer_eval(*served(server))
        assert done.returncode == 1 and "no credit" in done.stderr
        assert len(outcomes("stub-points")) == 1
        server.script = script(good_answer(1), good_answer(2))
        server.requests.clear()
        assert summarizer_eval(*served(server)).returncode == 0
        assert len(server.requests) == 2


def test_a_finished_run_begins_anew(tmp_path: Path) -> None:
    write_suite(tmp_path / "evals", cases=1)
    with StubServer(*good(1)) as server:
        summarizer_eval(*served(server))
        summarizer_eval(*served(server))
        assert len(server.requests) == 2
    assert len(outcomes("stub-points")) == 1


# --- the ceiling ------------------------------------------------------------------------------------------------


def write_answers(suite: Path, cases: int) -> None:
    (suite / "answers").mkdir()
    for at, town in enumerate(TOWNS[:cases]):
        name = town.lower()
        article = read_article(suite / "cases" / name / "article.txt")
        stored = by_words(good_answer(at), article)
        (suite / "answers" / f"{name}.json").write_text(json.dumps(stored), encoding="utf-8")


def test_hand_written_answers_are_the_ceiling(tmp_path: Path) -> None:
    suite = write_suite(tmp_path / "evals")
    write_answers(suite, 3)
    done = summarizer_eval("--model", "extractive", "--prompt", "evals/points", "-q")
    assert done.returncode == 0, done.stdout
    assert "ceiling               reference, prompt points" in done.stdout
    assert {outcome.scores["facts"] for outcome in outcomes("reference-points")} == {1.0}


def test_answers_survive_a_new_numbering(tmp_path: Path) -> None:
    suite = write_suite(tmp_path / "evals", cases=1)
    write_answers(suite, 1)
    article = suite / "cases" / "aldermoor" / "article.txt"
    article.write_text(f"It was a long evening in the hall of the town.\n{article.read_text()}", encoding="utf-8")
    assert summarizer_eval("--model", "reference", "--prompt", "evals/points", "-q").returncode == 0
    [record] = [json.loads(path.read_text()) for path in (suite / "runs" / "records").glob("*.json")][:1] or [None]
    assert record is not None


def test_an_answer_that_cites_a_sentence_which_is_gone_says_which(tmp_path: Path) -> None:
    suite = write_suite(tmp_path / "evals", cases=1)
    write_answers(suite, 1)
    article = suite / "cases" / "aldermoor" / "article.txt"
    article.write_text(article.read_text().replace("Some 4,600 people", "Some 5,000 people"), encoding="utf-8")
    labels = suite / "cases" / "aldermoor" / "case.yaml"
    labels.write_text(labels.read_text().replace("4,600", "5,000"), encoding="utf-8")
    done = summarizer_eval("--model", "reference", "--prompt", "evals/points", "-q")
    assert done.returncode == 1
    assert "a sentence that the article does not have any more: 'Some 4,600 people of Aldermoor" in done.stdout


def test_a_case_that_nobody_has_answered_says_so(tmp_path: Path) -> None:
    suite = write_suite(tmp_path / "evals", cases=3)
    write_answers(suite, 2)
    done = summarizer_eval("--model", "reference", "--prompt", "evals/points", "-q")
    assert done.returncode == 1 and "corrin.json is not there: nobody has written an answer" in done.stdout


def test_an_answer_that_lacks_a_list_says_so_since_only_a_models_may(tmp_path: Path) -> None:
    suite = write_suite(tmp_path / "evals", cases=1)
    write_answers(suite, 1)
    stored = suite / "answers" / "aldermoor.json"
    stored.write_text(json.dumps({"key_points": json.loads(stored.read_text())["key_points"]}), encoding="utf-8")
    done = summarizer_eval("--model", "reference", "--prompt", "evals/points", "-q")
    assert done.returncode == 1 and "aldermoor.json lacks what the prompt asks for: quotes" in done.stdout


ONE_POINT = """\
version = "1"
description = "one point, and who"
extends = "news"
max_points = 1
fields = ["key_points", "five_ws.who"]
"""


def test_all_columns_are_cut_to_what_the_prompt_asks_for(tmp_path: Path) -> None:
    suite = write_suite(tmp_path / "evals", cases=1, primary=("facts", "quotes_recall"))
    with (suite / "cases" / "aldermoor" / "case.yaml").open("a", encoding="utf-8") as labels:
        labels.write("  five_ws: {who: [Aldermoor council], why: [a cut of its grant]}\n")
    (suite / "points" / "prompt.toml").write_text(ONE_POINT, encoding="utf-8")
    (suite / "answers").mkdir()
    said = {"text": "Aldermoor council", "evidence": [1]}
    whole = {
        **good_answer(),
        "five_ws": {**dict.fromkeys(("what", "when", "where", "how")), "who": said, "why": said},
    }
    article = read_article(suite / "cases" / "aldermoor" / "article.txt")
    stored = json.dumps(by_words(whole, article))
    (suite / "answers" / "aldermoor.json").write_text(stored, encoding="utf-8")
    done = summarizer_eval("--model", "extractive", "--prompt", "evals/points", "-q")
    assert done.returncode == 0, done.stdout
    assert not re.search("quotes|five_ws_why|entities", done.stdout)
    [floor], [ceiling] = outcomes("extractive-points"), outcomes("reference-points")
    assert ceiling.scores["facts"] == 0.5 and ceiling.scores["five_ws"] == 1.0
    assert floor.scores["five_ws_why"] is ceiling.scores["five_ws_why"] is None
    assert summarizer_eval("accept", "--model", "reference", "--prompt", "evals/points").returncode == 0
    baseline = suite / "baselines" / "reference-points.json"
    gated = summarizer_eval("--model", "reference", "--prompt", "evals/points", "--against", baseline, "-q")
    assert gated.returncode == 2 and "no verdict" in gated.stdout and "quotes" not in gated.stdout


# --- recordings -------------------------------------------------------------------------------------------------


def test_recorded_replies_are_replayed_without_the_model(tmp_path: Path) -> None:
    write_suite(tmp_path / "evals")
    with StubServer(*good(3)) as server:
        assert summarizer_eval(*served(server), "--record", "evals/recordings").returncode == 0
    done = summarizer_eval("--model", "replay:evals/recordings", "--prompt", "evals/points", "-q")
    assert done.returncode == 0, done.stderr
    recorded, replayed = outcomes("stub-points"), outcomes("stub-replay-points")
    assert [outcome.scores for outcome in recorded] == [outcome.scores for outcome in replayed]
    assert "secret-key" not in "".join(path.read_text() for path in Path("evals/recordings").iterdir())


def recorded(server: StubServer, *arguments: str | Path) -> Done:
    """Records the suite, saying on standard error what is done."""
    return summarizer_eval(*served(server)[:-1], "--record", "evals/recordings", *arguments)


def replayed(*arguments: str | Path) -> Done:
    return summarizer_eval("--model", "replay:evals/recordings", "--prompt", "evals/points", "-q", *arguments)


def recordings() -> set[str]:
    return {path.name for path in Path("evals/recordings").iterdir()} - {"model.json"}


def rewrite(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def listing(suite: Path, *cases: str) -> None:
    """Declares what the suite's own recordings are of."""
    with (suite / "suite.toml").open("a", encoding="utf-8") as file:
        file.write(f'[recorded]\ncases = {json.dumps(cases)}\nprompt = "evals/points"\ncommand = "make record"\n')


def fewer_fields(suite: Path) -> None:
    rewrite(suite / "points" / "prompt.toml", ', "quotes"', "")


def other_system(suite: Path) -> None:
    (suite / "points" / "system.md").write_text("Write whatever you like.", encoding="utf-8")


@pytest.mark.parametrize("change", [other_system, fewer_fields])
def test_a_changed_prompt_or_schema_makes_all_recordings_stale_before_anything_is_scored(
    tmp_path: Path, change: Callable[[Path], None]
) -> None:
    suite = write_suite(tmp_path / "evals")
    with StubServer(*good(3)) as server:
        recorded(server)
    change(suite)
    done = replayed()
    assert done.returncode == 2 and done.stdout == ""
    assert "no answer to what 3 of 3 cases ask: aldermoor, brackwell, corrin." in done.stderr
    assert not Path("evals/runs/stub-replay-points").exists()


def test_a_changed_article_makes_its_own_recording_stale(tmp_path: Path) -> None:
    suite = write_suite(tmp_path / "evals")
    with StubServer(*good(3)) as server:
        recorded(server)
    rewrite(suite / "cases" / "brackwell" / "article.txt", "two bridges", "three bridges")
    done = replayed()
    assert done.returncode == 2 and "what 1 of 3 cases ask: brackwell." in done.stderr


def test_the_command_that_is_said_makes_the_stale_recordings_anew_and_no_others(tmp_path: Path) -> None:
    suite = write_suite(tmp_path / "evals")
    with StubServer(*good(3)) as server:
        recorded(server)
        rewrite(suite / "cases" / "brackwell" / "article.txt", "two bridges", "three bridges")
        command = shlex.split(replayed().stderr.splitlines()[-1])
        server.script = good(3)[1:2]
        server.requests.clear()
        assert run_command(*command[1:], "--base-url", server.base_url).returncode == 0
        assert len(server.requests) == 1
    assert replayed().returncode == 0


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("prompts/reask.md", "", "Once more:\n{{ problems }}"),
        ("prompt.toml", 'version = "1"', 'version = "2"'),
    ],
)
def test_what_is_not_sent_with_the_first_question_needs_no_new_recording(
    tmp_path: Path, file: str, old: str, new: str
) -> None:
    suite = write_suite(tmp_path / "evals")
    with StubServer(*good(3)) as server:
        recorded(server)
    path = suite / "points" / Path(file).name
    path.write_text(path.read_text().replace(old, new) if path.exists() else new, encoding="utf-8")
    assert replayed().returncode == 0


def test_a_suite_says_which_cases_its_recordings_are_of_and_what_makes_them(tmp_path: Path) -> None:
    suite = write_suite(tmp_path / "evals", cases=4)
    listing(suite, "aldermoor", "corrin")
    with StubServer(*good(4)[::2]) as server:
        recorded(server)
        assert len(server.requests) == 2
    done = replayed()
    assert done.returncode == 0 and "tune, 1 case " in done.stdout and "holdout, 1 case " in done.stdout
    summarizer_eval("accept", "--model", "replay:evals/recordings", "--prompt", "evals/points", "--as", "stub")
    done = replayed("--against", "evals/baselines/stub.json")
    assert done.returncode == 2 and "no verdict" in done.stdout
    other_system(suite)
    assert replayed().stderr.endswith("Record anew with\nmake record\n")


def test_other_cases_and_prompts_than_those_of_the_suites_recordings_are_recorded_by_name(tmp_path: Path) -> None:
    suite = write_suite(tmp_path / "evals", cases=3)
    listing(suite, "aldermoor")
    with StubServer(*good(1)) as server:
        recorded(server)
    own = "summarizer eval evals --model stub --prompt evals/points --record evals/recordings"
    assert replayed("--case", "corrin").stderr.endswith(f"{own} --case corrin\n")
    news = summarizer_eval("--model", "replay:evals/recordings", "-q").stderr
    assert "--prompt news" in news and "the suite's own recordings: those are of the prompt evals/points" in news


def test_a_list_of_recorded_cases_that_are_not_there_is_an_error(tmp_path: Path) -> None:
    listing(write_suite(tmp_path / "evals"), "aldermoor", "atlantis")
    done = summarizer_eval("--model", "extractive", "-q")
    assert done.returncode == 2 and "recorded.cases: there is no case atlantis" in done.stderr


def test_a_recorded_answer_outside_the_enum_fails_its_case_as_a_live_one_does(tmp_path: Path) -> None:
    suite = write_suite(tmp_path / "evals", cases=2)
    rewrite(suite / "points" / "prompt.toml", '"quotes"', '"entities"')
    entity = {"name": "Leila Haddad", "type": "person", "role": None}
    points = {"key_points": good_answer()["key_points"]}
    with StubServer(*script({**points, "entities": [entity]})) as server:
        assert recorded(server).returncode == 0
        assert replayed().returncode == 0
        for name in recordings():
            rewrite(Path("evals/recordings", name), '\\"person\\"', '\\"heroine\\"')
        server.script = script({**points, "entities": [{**entity, "type": "heroine"}]})
        live = summarizer_eval(*served(server))
    again = replayed()
    assert live.returncode == again.returncode == 1
    for done in (live, again):
        assert re.search(
            r"^FAILED  stub.*, aldermoor: AnswerInvalid: .*entities\[0\]\.type", done.stdout, re.MULTILINE
        )


def test_a_recording_that_was_killed_goes_on_and_asks_nothing_twice(tmp_path: Path) -> None:
    write_suite(tmp_path / "evals", cases=3)
    slow = Step(answer(json.dumps(good_answer(1))).body, delay=30.0)
    with StubServer(*good(1), slow) as server:
        command = [*COMMAND, *served(server), "--record", "evals/recordings"]
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        wait_for(lambda: len(server.requests) == 2)
        running.send_signal(signal.SIGKILL)
        running.wait()
        assert len(recordings()) == 1
        server.script = script(good_answer(1), good_answer(2))
        server.requests.clear()
        assert recorded(server).returncode == 0
        assert len(server.requests) == 2
    assert len(outcomes("stub-points")) == 3
    assert replayed().returncode == 0


def test_recordings_that_no_case_asks_for_any_more_are_removed_when_all_is_recorded(tmp_path: Path) -> None:
    suite = write_suite(tmp_path / "evals", cases=3)
    with StubServer(*good(3)) as server:
        recorded(server)
        before = recordings()
        Path("evals/recordings/notes.md").write_text("kept", encoding="utf-8")
        rewrite(suite / "cases" / "brackwell" / "article.txt", "two bridges", "three bridges")
        server.script = [error(402, "no credit")]
        assert recorded(server).returncode == 1
        assert recordings() == before | {"notes.md"}
        server.script = [error(400, "no such thing")]
        assert recorded(server).returncode == 1
        assert recordings() == before | {"notes.md"}
        server.script = good(3)[1:2]
        done = recorded(server)
    assert done.returncode == 0
    assert "evals/recordings: 1 recording removed that no case asks for any more" in done.stderr
    assert len(recordings() & before) == 2 and len(recordings()) == 4
    assert replayed().returncode == 0


def test_recording_a_case_by_name_removes_nothing_of_the_others(tmp_path: Path) -> None:
    write_suite(tmp_path / "evals", cases=3)
    with StubServer(*good(3)) as server:
        recorded(server)
        assert "removed" not in recorded(server, "--case", "corrin").stderr
    assert len(recordings()) == 3


def test_repeats_of_a_recording_are_refused(tmp_path: Path) -> None:
    write_suite(tmp_path / "evals", cases=1)
    with StubServer(*good(1)) as server:
        done = recorded(server, "--repeats", "2")
        assert server.requests == []
    assert done.returncode == 2 and "leave --repeats out" in done.stderr


def test_a_replay_that_was_broken_off_begins_anew_as_its_recordings_may_have_changed(tmp_path: Path) -> None:
    write_suite(tmp_path / "evals", cases=1)
    with StubServer(*good(1)) as server:
        recorded(server)
    assert replayed().returncode == 0
    rewrite(Path("evals/runs/stub-replay-points/run.json"), '"finished": true', '"finished": false')
    [name] = recordings()
    rewrite(Path("evals/recordings", name), "Some 4,600 people had signed", "Many people had signed")
    assert replayed().returncode == 0
    assert [outcome.scores["facts"] for outcome in outcomes("stub-replay-points")] == [0.5]


# --- baselines --------------------------------------------------------------------------------------------------


def accepted(suite: Path, *answers: Mapping[str, object]) -> Path:
    with StubServer(*script(*answers)) as server:
        assert summarizer_eval(*served(server)).returncode == 0
        options = ("--model", "stub", "--base-url", server.base_url, "--prompt", "evals/points")
        done = summarizer_eval("accept", *options, "--as", "stub")
    assert done.returncode == 0, done.stderr
    return suite / "baselines" / "stub.json"


def test_an_unchanged_model_passes_its_own_baseline(tmp_path: Path) -> None:
    baseline = accepted(write_suite(tmp_path / "evals", cases=8), *map(good_answer, range(8)))
    with StubServer(*good(8)) as server:
        done = summarizer_eval(*served(server), "--against", baseline)
    assert done.returncode == 0, done.stdout
    assert "NON-INFERIOR" in done.stdout and done.stdout.rstrip().endswith("passed")


def test_a_worse_model_fails_it(tmp_path: Path) -> None:
    baseline = accepted(write_suite(tmp_path / "evals", cases=8), *map(good_answer, range(8)))
    with StubServer(*script(*map(poor_answer, range(8)))) as server:
        done = summarizer_eval(*served(server), "--against", baseline)
    assert done.returncode == 1
    assert "REGRESSED" in done.stdout and done.stdout.rstrip().endswith("failed")
    lost = [line for line in done.stdout.splitlines() if line.startswith("lost  -1.00  ")]
    assert len(lost) == 8 and all(line.endswith(": facts 1.000 to 0.000") for line in lost)
    assert done.stdout.count("\n  lost: 4,600 people signed a petition.\n") == 8


def half_answer(at: int, point: int) -> dict[str, object]:
    """One of the points of a good answer."""
    points = good_answer(at)["key_points"]
    assert isinstance(points, list)
    return {"key_points": points[point : point + 1], "quotes": []}


def test_facts_that_are_lost_are_named_before_those_that_were_missing_already(tmp_path: Path) -> None:
    baseline = accepted(write_suite(tmp_path / "evals", cases=3), *(half_answer(at, 0) for at in range(3)))
    now = (poor_answer(0), half_answer(1, 1), good_answer(2))
    with StubServer(*script(*now)) as server:
        reports = ("-o", "report.html", "-o", "report.md")
        done = summarizer_eval(*served(server), "--against", baseline, *reports)
    assert done.returncode == 2 and done.stdout.rstrip().endswith("no verdict")
    voted, signed = "council voted to keep its last library open.", "4,600 people signed a petition."
    said = done.stdout.partition("lost  ")[1:]
    assert "".join(said).splitlines()[:8] == [
        "lost  -0.50  aldermoor: facts 0.500 to 0.000",
        f"  lost: Aldermoor {voted}",
        f"  missing as before: {signed}",
        "moved +0.00  brackwell",
        f"  lost: Brackwell {voted}",
        f"  won: {signed}",
        "won   +0.50  corrin: facts 0.500 to 1.000",
        f"  won: {signed}",
    ]
    markdown, page = Path("report.md").read_text(encoding="utf-8"), Path("report.html").read_text(encoding="utf-8")
    assert markdown.index(f"  - lost: Aldermoor {voted}") < markdown.index(f"  - missing as before: {signed}")
    assert page.index(f"Lost: Aldermoor {voted}") < page.index(f"Missing as before: {signed}")


def test_a_run_that_failed_tells_none_of_the_facts(tmp_path: Path) -> None:
    baseline = accepted(write_suite(tmp_path / "evals", cases=1), good_answer())
    with StubServer(error(400, "no")) as server:
        done = summarizer_eval(*served(server), "--against", baseline)
    assert done.returncode == 1 and done.stdout.count("\n  lost: ") == 2


def test_a_baseline_that_does_not_say_which_facts_were_missing_is_one_all_the_same(tmp_path: Path) -> None:
    baseline = accepted(write_suite(tmp_path / "evals", cases=1), good_answer())
    stored = json.loads(baseline.read_text())
    for outcome in stored["outcomes"]:
        del outcome["missing_facts"]
    baseline.write_text(json.dumps(stored))
    with StubServer(*script(poor_answer())) as server:
        done = summarizer_eval(*served(server), "--against", baseline)
    assert "  missing: 4,600 people signed a petition.\n" in done.stdout and "  lost: " not in done.stdout


def test_one_crash_among_good_answers_fails_it(tmp_path: Path) -> None:
    baseline = accepted(write_suite(tmp_path / "evals", cases=8), *map(good_answer, range(8)))
    with StubServer(*good(4), error(400, "no"), *good(8)[5:]) as server:
        done = summarizer_eval(*served(server), "--against", baseline)
    assert done.returncode == 1
    assert "BROKEN  12% of the runs failed, 0% before: eskdale" in done.stdout


def test_other_labels_can_not_be_compared(tmp_path: Path) -> None:
    suite = write_suite(tmp_path / "evals", cases=3)
    baseline = accepted(suite, *map(good_answer, range(3)))
    labels = suite / "cases" / "corrin" / "case.yaml"
    labels.write_text(labels.read_text().replace("essential: true", "essential: false"), encoding="utf-8")
    with StubServer(*good(3)) as server:
        done = summarizer_eval(*served(server), "--against", baseline)
    assert done.returncode == 2 and "different versions and can't be compared" in done.stderr


def test_a_baseline_holds_no_text_of_an_article_but_the_labels_of_what_was_missing(tmp_path: Path) -> None:
    stored = accepted(write_suite(tmp_path / "evals"), *(half_answer(at, 0) for at in range(3))).read_text()
    assert "library" not in stored and "Haddad" not in stored
    outcome = json.loads(stored)["outcomes"][0]
    assert outcome["scores"]["facts"] == 0.5 and outcome["missing_facts"] == ["4,600 people signed a petition."]


def test_only_a_whole_run_of_these_cases_is_accepted(tmp_path: Path) -> None:
    suite = write_suite(tmp_path / "evals")
    none = summarizer_eval("accept", "--model", "extractive")
    assert none.returncode == 2 and "run it first" in none.stderr
    summarizer_eval("--model", "extractive", "--case", "corrin", "-q")
    partial = summarizer_eval("accept", "--model", "extractive")
    assert partial.returncode == 2 and "is not whole, 2 cases are missing" in partial.stderr
    summarizer_eval("--model", "extractive", "-q")
    shutil.rmtree(suite / "cases" / "corrin")
    changed = summarizer_eval("accept", "--model", "extractive")
    assert changed.returncode == 2 and "the cases changed after the run" in changed.stderr


# --- the judge --------------------------------------------------------------------------------------------------


def verdicts(of: int, verdict: str = "supported") -> dict[str, object]:
    return {"verdicts": [{"statement": number, "verdict": verdict} for number in range(1, of + 1)]}


def test_a_judge_informs_and_its_agreement_with_the_labels_stands_beside_it(tmp_path: Path) -> None:
    write_suite(tmp_path / "evals", cases=2)
    says_yes = script(verdicts(2), verdicts(6))
    with StubServer(*good(2), *says_yes, *says_yes) as server:
        done = summarizer_eval(*served(server), "--judge", "stub")
        asked = server.requests[3].body["messages"][1]["content"]
    assert done.returncode == 0, done.stderr
    assert re.search(r"^judged_points .* 1\.000 \[1\.00, 1\.00\] 2/2$", done.stdout, re.MULTILINE)
    assert "a balanced accuracy of 0.500" in done.stdout and "4 of 4 found, 0 of 4 refused" in done.stdout
    assert "Brackwell council voted to keep" in asked and "[6] " in asked.partition("<statements>")[2]


def test_a_judge_that_answers_amiss_gives_no_score(tmp_path: Path) -> None:
    write_suite(tmp_path / "evals", cases=1)
    with StubServer(*good(1), *script(verdicts(1))) as server:
        done = summarizer_eval(*served(server), "--judge", "stub")
    assert done.returncode == 0 and "no usable answer for aldermoor" in done.stdout


# --- reports ----------------------------------------------------------------------------------------------------


def test_what_no_side_has_a_value_of_stands_in_no_table(tmp_path: Path) -> None:
    suite = write_suite(tmp_path / "evals", cases=3, primary=("facts", "quotes_recall", "dates_f1"))
    rewrite(suite / "cases" / "corrin" / "case.yaml", "  quotes:\n", "  quotes: []\n  #")
    rewrite(suite / "cases" / "corrin" / "case.yaml", "    - {text", "  #  - {text")
    with StubServer(*good(3)) as server:
        done = summarizer_eval(*served(server), "-o", "report.html", "-o", "report.md")
        matrix = summarizer_eval("matrix", "-m", "extractive", "-p", "evals/points", "-q")
    reports = {
        ("tune, ", "holdout, "): done.stdout,
        ("### tune", "### holdout"): Path("report.md").read_text(),
        ("<h2>tune", "<h2>holdout"): Path("report.html").read_text().partition("<h2>Cases")[0],
    }
    for (tune, holdout), said in reports.items():
        of_tune, of_holdout = said.partition(tune)[2].split(holdout)
        assert "quotes_recall" in of_tune and "quotes_recall" not in of_holdout
        assert "tokens_in" in said and "dates_f1" not in said and "cost" not in said
    assert matrix.stdout.split()[:2] == ["facts", "quotes_recall"] and "dates_f1" not in matrix.stdout


def test_a_first_run_is_shown_once_with_the_facts_that_are_missing(tmp_path: Path) -> None:
    write_suite(tmp_path / "evals")
    done = summarizer_eval("--model", "extractive", "-q", "-o", "report.html", "-o", "report.md")
    page, markdown = Path("report.html").read_text(encoding="utf-8"), Path("report.md").read_text(encoding="utf-8")
    told = re.findall(r"<p class=\"missing\">Missing: (.*?)</p>", page)
    named = done.stdout.partition("facts that are missing\n")[2].partition("\n\n")[0].splitlines()
    listed = markdown.partition("### Facts that are missing\n\n")[2].splitlines()
    assert told and len(told) == len(named) == len(listed)
    for fact, line, item in zip(told, named, listed, strict=True):
        assert line.endswith(f": {fact}") and item.startswith("- ") and fact[:20] in item
    assert "Old" not in page and "New" not in page and "as before" not in page + done.stdout


def test_many_missing_facts_are_counted(tmp_path: Path) -> None:
    case = write_suite(tmp_path / "evals", cases=1) / "cases/aldermoor/case.yaml"
    facts = "".join(f'    - fact: "Nobody told number {at}."\n' for at in range(24))
    case.write_text(case.read_text().replace("  quotes:", f"{facts}  quotes:"))
    with StubServer(*script(poor_answer(0))) as server:
        done = summarizer_eval(*served(server), "-o", "report.md")
    said = done.stdout.partition("facts that are missing\n")[2].partition("\n\n")[0].splitlines()
    assert len(said) == 21 and re.fullmatch(r"  and 6 more: all of them stand in -o report.html", said[-1])
    assert re.search(r"^- and \d+ more$", Path("report.md").read_text(encoding="utf-8"), re.MULTILINE)


def test_reports_are_well_formed_and_nothing_of_an_article_is_markup(tmp_path: Path) -> None:
    suite = write_suite(tmp_path / "evals", cases=8)
    article = suite / "cases" / "corrin" / "article.txt"
    article.write_text(article.read_text() + "The sign reads <script>alert(1)</script> & more.\n", encoding="utf-8")
    baseline = accepted(suite, *map(good_answer, range(8)))
    crash = error(400, "<b>]]>\x07 no")
    with StubServer(*good(2), crash, *script(*map(poor_answer, range(3, 8)))) as server:
        reports = ("-o", "report.html", "-o", "report.md", "-o", "report.xml")
        assert summarizer_eval(*served(server), "--against", baseline, *reports).returncode == 1
    page = Path("report.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;alert(1)" in page and "<script" not in page and "<b>]]" not in page
    assert "Lost: " in page and "4,600 people signed a petition." in page
    names = re.findall(r"<summary><b>(.*?)</b>", page)
    assert len(names) == 8 and set(names[:6]) == {town.lower() for town in TOWNS[2:8]}
    tests = ElementTree.parse("report.xml").getroot()
    assert tests.get("errors") == "1" and tests.get("failures") == "2"
    markdown = Path("report.md").read_text(encoding="utf-8")
    assert "**Failed** against the baseline." in markdown and "| **facts** |" in markdown
    assert "<b>" not in markdown


def test_a_kept_record_of_an_earlier_version_is_none(tmp_path: Path) -> None:
    (tmp_path / "records").mkdir()
    (tmp_path / "records" / "abc.json").write_text('{"findings": [{"severity": "info"}]}')
    assert kept_record(tmp_path, "abc") is None
