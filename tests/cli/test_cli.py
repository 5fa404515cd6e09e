"""The command as its users run it, by exit code, standard output and standard error; what depends on how a process
starts, ends and has its standard input, in one of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from commands import run_command, summarizer
from harbour import GOOD, HARBOUR, brief, cited
from stub_server import StubServer, answer
from suites import write_suite

pytestmark = pytest.mark.usefixtures("bare")


def test_an_article_alone_is_short_for_the_article_command() -> None:
    short, long = run_command(HARBOUR, "-f", "markdown"), run_command("article", HARBOUR, "-f", "markdown")
    assert short.returncode == long.returncode == 0
    assert short.stdout.splitlines()[0] == long.stdout.splitlines()[0]


def test_the_default_view_is_for_the_terminal_and_says_on_stderr_what_worked() -> None:
    done = summarizer(HARBOUR)
    assert done.returncode == 0
    assert "KEY POINTS" in done.stdout and "Miriam Okafor" in done.stdout
    assert "extractive (no model is named and no key is set)" in done.stderr


def test_json_on_stdout_is_clean_and_exact() -> None:
    record = json.loads(run_command(HARBOUR, "--format", "json").stdout)
    assert record["status"] == "ok" and record["run"]["recipe"] == "extractive"
    assert record["article"]["authors"] == ["Hannah Brekke"]


def test_standard_input_is_read() -> None:
    done = summarizer("-", "--format", "json", stdin=HARBOUR.read_bytes())
    assert json.loads(done.stdout)["article"]["title"].startswith("Port Ellery closes")


def test_the_ending_of_the_output_file_chooses_the_view() -> None:
    assert run_command(HARBOUR, "-o", "record.jsonld").returncode == 0
    assert json.loads(Path("record.jsonld").read_text())["@type"] == "NewsArticle"


@pytest.mark.parametrize("name", ["page.txt", "./page.txt", "link.txt", "hard.txt"])
def test_an_article_is_never_written_over_by_its_record(name: str) -> None:
    Path("page.txt").write_bytes(HARBOUR.read_bytes())
    Path("link.txt").symlink_to("page.txt")
    Path("hard.txt").hardlink_to("page.txt")
    done = run_command("page.txt", "-o", name, "--force")
    assert done.returncode == 1 and "is the article itself" in done.stderr
    assert Path("page.txt").read_bytes() == HARBOUR.read_bytes()


def test_a_file_of_something_else_is_written_over_only_by_force() -> None:
    Path("notes.md").write_text("# Notes\n\nMine, and nowhere else.\n")
    done = run_command(HARBOUR, "-o", "notes.md")
    assert done.returncode == 1 and "--force" in done.stderr and "nowhere else" in Path("notes.md").read_text()
    assert run_command(HARBOUR, "-o", "notes.md", "--force").returncode == 0
    assert "nowhere else" not in Path("notes.md").read_text() and len([*Path().iterdir()]) == 1


@pytest.mark.parametrize("view", ["terminal", "markdown", "html", "json", "jsonld"])
def test_an_earlier_record_is_written_over(view: str) -> None:
    assert run_command(HARBOUR, "-f", view, "-o", "out").returncode == 0
    short = summarizer("-", "-f", view, "-o", "out", stdin=b"The bridge is closed.")
    assert short.returncode == 1 and "too_short" in short.stderr
    done = run_command(HARBOUR, "-f", view, "-o", "out")
    assert done.returncode == 0 and "Port Ellery" in Path("out").read_text()


def test_quiet_says_nothing_on_stderr() -> None:
    assert run_command(HARBOUR, "--quiet").stderr == ""


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["missing.txt"], 1, "missing.txt"),
        (["."], 1, "folder"),
        ([HARBOUR, "--model", "nonsense"], 2, "nonsense"),
        ([HARBOUR, "--model", "openai:gpt-6-luna"], 1, "OPENAI_API_KEY"),
        ([HARBOUR, "--prompt", "nwes"], 2, "brief, news"),
        ([HARBOUR, "--recipe", "magic"], 2, "magic"),
        ([HARBOUR, "--no-such-option"], 2, "--no-such-option"),
        ([HARBOUR, "-o", "no/such/folder/x.json"], 1, "no/such/folder"),
        ([HARBOUR, "--recipe", "one_request"], 2, "--model"),
        ([HARBOUR, "--model", "replay:nowhere"], 2, "nowhere"),
        (["models", "pull", "llama"], 2, "no weights are called 'llama'"),
    ],
)
def test_bad_input_is_one_clear_message_and_an_exit_code(arguments: list[str | Path], code: int, said: str) -> None:
    done = run_command(*arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no disk that is always full")
def test_a_full_disk_is_said_with_the_name_of_the_file() -> None:
    done = run_command(HARBOUR, "-q", "-o", "/dev/full")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "error: /dev/full: No space left on device. Make room, then go on.\n"


def test_what_is_no_article_is_a_record_that_says_so_and_exit_code_1() -> None:
    done = run_command("-", "--format", "json", stdin=b"The council of Norwick met on Monday.")
    assert done.returncode == 1
    assert json.loads(done.stdout)["status"] == "too_short"
    assert "too_short" in done.stderr


WRONG_SUM = json.dumps(brief(cited("Repairs will last until September and cost 64 million euros.", 5)))
WRONG_MONTH = json.dumps(brief(cited("Repairs will last until October and cost 6.4 million euros.", 5)))


@pytest.mark.parametrize(
    ("said", "fail_on", "code"),
    [
        (WRONG_SUM, "error", 3),
        (WRONG_SUM, "warning", 3),
        (WRONG_MONTH, "error", 0),
        (WRONG_MONTH, "warning", 3),
        (WRONG_SUM, None, 0),
        (GOOD, "warning", 0),
    ],
)
def test_the_exit_code_tells_of_findings_where_one_asks_for_it(said: str, fail_on: str | None, code: int) -> None:
    with StubServer(answer(said)) as server:
        where = ("--model", "stub", "--base-url", server.base_url, "--prompt", "brief", "-f", "json")
        done = run_command(HARBOUR, *where, *(("--fail-on", fail_on) if fail_on else ()))
    assert done.returncode == code
    assert json.loads(done.stdout)["status"] == "ok"
    assert ("the record has" in done.stderr) == (code == 3)


def test_a_binary_file_is_named_for_what_it_is() -> None:
    Path("report.pdf").write_bytes(b"%PDF-1.7\n\x00\x01\x02")
    done = run_command("report.pdf")
    assert done.returncode == 1 and "PDF" in done.stderr


def test_no_arguments_show_the_help() -> None:
    done = run_command()
    assert "summarizer ARTICLE" in done.stdout + done.stderr


def test_a_closed_pipe_is_no_traceback() -> None:
    command = f"{sys.executable} -m summarizer {HARBOUR} -q | true"
    done = subprocess.run(command, shell=True, capture_output=True, check=False)
    assert b"Traceback" not in done.stderr


def test_the_schema_is_that_of_the_record() -> None:
    schema = json.loads(run_command("schema").stdout)
    assert {"headline", "key_points", "findings", "run"} <= set(schema["properties"])
    wire = json.loads(run_command("schema", "--wire", "--prompt", "brief").stdout)
    assert list(wire["properties"]) == ["headline", "key_points", "five_ws"]


def test_prompts_are_listed_shown_and_rendered() -> None:
    listed = run_command("prompts", "list").stdout.splitlines()
    assert [line.split()[0] for line in listed] == ["brief", "news", "schema"]
    assert "--- system.md" in run_command("prompts", "show", "brief").stdout
    rendered = run_command("prompts", "render", HARBOUR).stdout
    assert "--- user\n<article>\nTitle: [0] Port Ellery" in rendered and "\n[1] " in rendered


def test_models_are_listed_with_what_they_need() -> None:
    lines = run_command("models", "list", GEMINI_API_KEY="x").stdout
    assert "OPENAI_API_KEY" in lines and "GEMINI_API_KEY is set" in lines


@pytest.mark.parametrize(
    ("command", "key"),
    [
        (["article", "short.txt"], "set"),
        (["batch", "short.txt", "-o", "lines.jsonl"], "set"),
        (["batch", HARBOUR, "--dry-run"], ""),
        (["eval", "suite"], ""),
        (["eval", "matrix", "suite"], ""),
    ],
)
def test_that_a_model_has_been_shut_down_is_one_line_on_stderr(command: list[str | Path], key: str) -> None:
    write_suite(Path("suite"))
    Path("short.txt").write_text("Nothing to ask about this.")
    command = [*command, "--model", "deepseek:deepseek-chat"]
    line = "deepseek-chat was shut down on 2026-07-24; the default of deepseek is deepseek-flash"
    assert run_command(*command, DEEPSEEK_API_KEY=key).stderr.splitlines().count(line) == 1
    assert line not in run_command(*command, "--quiet", DEEPSEEK_API_KEY=key).stderr


def test_that_a_model_has_been_shut_down_is_said_before_its_requests_are_written() -> None:
    done = run_command("batch", "export", HARBOUR, "-o", "asked", "--model", "openai:gpt-4-turbo")
    assert "gpt-4-turbo was shut down on 2026-10-23; the default of openai is gpt-6-luna\n" in done.stderr


def test_control_characters_of_an_article_never_reach_the_terminal() -> None:
    hostile = "The \x1b[31mcouncil\x1b]0;owned\x07 met \u202eon Monday [red]in Norwick[/red]. " * 12
    for view in ("terminal", "markdown"):
        shown = run_command("-", "-f", view, stdin=hostile.encode()).stdout
        assert shown and not set(shown) & set("\x1b\x07\u202e")
    assert "[red]" in run_command("-", stdin=hostile.encode()).stdout
