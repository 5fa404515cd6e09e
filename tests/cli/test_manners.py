"""What a command owes to who types it: its version, its help, what is near to what was typed, what does nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from commands import run_command, summarizer
from harbour import HARBOUR

pytestmark = pytest.mark.usefixtures("bare")

ROW = json.dumps({"id": "a", "text": HARBOUR.read_text(encoding="utf-8")}).encode()


def test_the_version_is_told() -> None:
    assert run_command("--version").stdout == "summarizer 0.1.0\n"


@pytest.mark.parametrize("command", ["", "article", "batch", "batch run", "eval", "eval gate", "models check"])
def test_h_is_short_for_help(command: str) -> None:
    short, long = run_command(*command.split(), "-h"), run_command(*command.split(), "--help")
    assert short.returncode == 0 and short.stdout == long.stdout and "Usage: summarizer" in short.stdout


def test_a_shell_completes_commands_and_the_options_of_one_that_is_left_out() -> None:
    def completed(line: str) -> list[str]:
        cursor = str(len(line.split()) - 1)
        return run_command(_SUMMARIZER_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=cursor).stdout.split()

    assert completed("summarizer mod") == ["models"]
    assert completed("summarizer models pu") == ["pull"]
    assert completed("summarizer news.txt --lang") == ["--language"]
    assert completed("summarizer batch news --retry") == ["--retry-failed"]
    assert completed("summarizer modles --lang") == ["--language"]


# --- standard input ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [["-f", "json"], ["article", "-f", "json"]])
def test_what_is_piped_in_is_read_where_no_article_is_named(command: list[str]) -> None:
    done = summarizer(*command, stdin=HARBOUR.read_bytes())
    assert json.loads(done.stdout)["article"]["title"].startswith("Port Ellery closes")


def test_an_article_piped_into_the_name_alone_is_summarised() -> None:
    assert "Port Ellery closes" in summarizer(stdin=HARBOUR.read_bytes()).stdout


def test_an_article_that_is_named_comes_before_what_is_piped_in() -> None:
    assert "Port Ellery" in summarizer(HARBOUR, "-q", stdin=b"Something else.").stdout


def test_rows_piped_into_a_batch_are_read_where_no_input_is_named() -> None:
    assert summarizer("batch", "-o", "lines.jsonl", "--model", "extractive", stdin=ROW).returncode == 0
    assert json.loads(Path("lines.jsonl").read_text())["key"] == "a"


def test_messages_are_rendered_for_an_article_that_is_piped_in() -> None:
    assert "[0] Port Ellery" in summarizer("prompts", "render", stdin=HARBOUR.read_bytes()).stdout


@pytest.mark.parametrize(
    ("command", "said"), [("-q", "name an article"), ("batch -o x.jsonl", "name what to read"), ("-", "no text")]
)
def test_where_nothing_is_named_and_nothing_piped_in_that_is_said(command: str, said: str) -> None:
    done = run_command(*command.split())
    assert done.returncode != 0 and said in done.stderr and done.stdout == ""


# --- slips -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("modles", "summarizer models"),
        ("modles list", "summarizer models"),
        ("promt show brief", "summarizer prompts"),
        ("Schema", "summarizer schema"),
        ("evals", "summarizer eval"),
        ("version", "summarizer --version"),
        ("help", "summarizer --help"),
        ("batch exprot asked", "summarizer batch export"),
        ("eval acept", "summarizer eval accept"),
    ],
)
def test_a_slip_in_a_command_is_met_with_the_nearest_one(typed: str, meant: str) -> None:
    done = run_command(*typed.split())
    assert done.returncode == 2 and f"Did you mean `{meant}`?" in done.stderr


def test_a_file_comes_before_a_command_that_is_called_nearly_so() -> None:
    Path("modles").write_bytes(HARBOUR.read_bytes())
    assert "Port Ellery" in run_command("modles", "-q").stdout


@pytest.mark.parametrize("name", ["article.txt", "harbour", "./modles", "moon"])
def test_a_file_that_is_missing_is_no_slip_in_a_command(name: str) -> None:
    done = run_command(name)
    assert done.returncode == 1 and "no such file" in done.stderr and "Did you mean" not in done.stderr
