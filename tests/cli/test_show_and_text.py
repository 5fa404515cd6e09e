"""What leads from a record back to its article: `summarizer show`, `summarizer text`, `--with-text`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from commands import run_command, summarizer
from harbour import HARBOUR
from records import harbour

pytestmark = pytest.mark.usefixtures("bare")

HOSTILE = "The \x1b[31mcouncil\x1b]0;owned\x07 met \u202eon Monday [red]in Norwick[/red]. "


def saved(*options: str, name: str = "record.json") -> dict[str, Any]:
    assert run_command(HARBOUR, "-q", "--model", "extractive", "-f", "json", "-o", name, *options).returncode == 0
    record: dict[str, Any] = json.loads(Path(name).read_text())
    return record


def evidence(part: Any) -> list[dict[str, Any]]:
    """The spans of the text in a part of a record."""
    if isinstance(part, dict):
        is_span = part.keys() >= {"start", "end", "text"}
        return [part] if is_span else evidence([*part.values()])
    return [span for item in part for span in evidence(item)] if isinstance(part, list) else []


# --- text -------------------------------------------------------------------------------------------------------


def test_every_number_of_a_record_is_that_of_a_line_of_its_text() -> None:
    lines = run_command("text", HARBOUR).stdout.splitlines()
    told = {int(line[1 : line.index("]")]): line for line in lines if line}
    assert told[0].startswith("[0] Port Ellery closes") and [*told] == [*range(len(told))]
    record = saved()
    spans = evidence({name: record[name] for name in ("key_points", "quotes", "figures", "timeline")})
    assert len(spans) > 15
    assert all(span["text"] in told[span["sentence"]] for span in spans)


def test_the_text_as_json_has_the_offsets_of_its_sentences() -> None:
    told = json.loads(run_command("text", HARBOUR, "--format", "json").stdout)
    assert told["title"].startswith("Port Ellery")
    assert [span["sentence"] for span in told["sentences"]] == [*range(1, len(told["sentences"]) + 1)]
    assert all(told["text"][span["start"] : span["end"]] == span["text"] for span in told["sentences"])
    assert told == saved("--with-text")["article"]


def test_what_may_be_of_the_page_around_is_marked_in_the_text() -> None:
    page = b"The council met on Monday. " * 20 + b"\n\nRead more: Ten bridges that you should cross this year.\n"
    assert "(?)" not in run_command("text", HARBOUR).stdout
    assert run_command("text", "-", "--raw", stdin=page).stdout.count("Ten bridges") == 1


@pytest.mark.parametrize("view", ["text", "json"])
def test_the_text_acts_on_no_terminal(view: str) -> None:
    shown = run_command("text", "-", "-f", view, stdin=(HOSTILE * 12).encode()).stdout
    assert "council" in shown and not set(shown) & set("\x1b\x07\u202e")


def test_what_is_too_short_has_its_text_and_a_word_on_stderr() -> None:
    done = run_command("text", "-", stdin=b"The bridge is shut.")
    assert done.stdout == "[1] The bridge is shut.\n" and "too_short" in done.stderr


# --- show -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["terminal", "markdown", "json", "jsonld"])
@pytest.mark.parametrize("kept", [(), ("--with-text",)])
def test_a_saved_record_is_shown_as_it_was(view: str, kept: tuple[str, ...]) -> None:
    saved(*kept)
    shown = run_command("show", "record.json", "-f", view)
    assert shown.returncode == 0 and shown.stderr == ""
    if view in ("json", "jsonld"):
        at_once = run_command(HARBOUR, "-q", "--model", "extractive", "-f", view, *kept).stdout
        assert without_seconds(json.loads(shown.stdout)) == without_seconds(json.loads(at_once))
    else:
        assert "half. [6]" in " ".join(shown.stdout.replace("\\", "").split())


def without_seconds(record: dict[str, Any]) -> dict[str, Any]:
    return {**record, "run": None}


def test_a_record_in_a_pipe_is_shown() -> None:
    saved()
    piped = Path("record.json").read_bytes()
    assert "KEY POINTS" in run_command("show", "-", stdin=piped).stdout
    assert "KEY POINTS" in summarizer("show", stdin=piped).stdout


def test_all_of_a_record_has_the_sentences_that_it_cites() -> None:
    saved("--with-text")
    assert "EVIDENCE" not in run_command("show", "record.json").stdout
    assert "check [n]: summarizer show record.json --full" in run_command("show", "record.json").stdout
    full = " ".join(run_command("show", "record.json", "--full").stdout.split())
    assert "[7] Until then lorries must use the ring road, a detour of 11 kilometres." in full


def test_of_a_record_without_its_text_pieces_are_not_called_sentences() -> None:
    saved()
    full = " ".join(run_command("show", "record.json", "--full").stdout.split())
    assert "EVIDENCE what is cited and not above [2] The cracks" in full


def test_a_record_that_an_earlier_version_wrote_is_shown() -> None:
    stored = harbour().model_dump(mode="json")
    for span in evidence(stored):
        span.pop("sentence")
        span.pop("last_sentence", None)
    stored |= {"schema_version": "1", "findings": [{**each, "severity": "info"} for each in stored["findings"]]}
    Path("old.json").write_text(json.dumps(stored))
    shown = run_command("show", "old.json").stdout
    assert "Cracked bearings close Port Ellery's Kestrel Bridge" in shown


def test_a_line_of_a_batch_is_shown_by_its_number() -> None:
    Path("short.txt").write_text("The bridge is shut.")
    Path("empty.txt").touch()
    assert run_command("batch", HARBOUR, "short.txt", "empty.txt", "-q", "-o", "lines.jsonl").returncode == 1
    shown = {number: run_command("show", "lines.jsonl", "--line", str(number)) for number in (1, 2, 3)}
    told = " ".join(done.stdout + done.stderr for done in shown.values())
    assert "KEY POINTS" in told and "TOO SHORT TO SUMMARISE" in told and "has no record of empty.txt" in told
    beyond, none = run_command("show", "lines.jsonl", "--line", "4"), run_command("show", "lines.jsonl")
    assert (beyond.returncode, none.returncode) == (2, 2)
    assert "its last is 3" in beyond.stderr and "has 3 lines: name one, as --line 1" in none.stderr


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("The council met on Monday.", "holds no record"),
        ("{}", "holds no record"),
        ("[1, 2]", "holds no record"),
        ('{"article": {}, "status": "ok", "run": {}}', "holds a record that can't be read: article.title"),
        ('{"schema_version": "9", "article": {}, "status": "ok", "run": {}}', "schema_version"),
    ],
)
def test_what_is_no_record_is_said(content: str, said: str) -> None:
    Path("x.json").write_text(content)
    done = run_command("show", "x.json")
    assert (done.returncode, done.stdout) == (1, "") and said in done.stderr


def test_a_record_is_not_written_over_by_its_view() -> None:
    record = saved()
    done = run_command("show", "record.json", "-f", "markdown", "-o", "record.json")
    assert done.returncode == 1 and "is the record itself" in done.stderr
    assert json.loads(Path("record.json").read_text()) == record
    assert run_command("show", "record.json", "-o", "record.md").returncode == 0
    assert Path("record.md").read_text().startswith("# Port Ellery closes")


@pytest.mark.parametrize("view", ["terminal", "markdown"])
def test_a_record_from_elsewhere_acts_on_no_terminal(view: str) -> None:
    record = saved()
    record["headline"]["text"] = record["run"]["model"] = record["article"]["url"] = HOSTILE
    Path("record.json").write_text(json.dumps(record))
    shown = run_command("show", "record.json", "-f", view, "--full").stdout
    assert "Norwick" in shown and not set(shown) & set("\x1b\x07\u202e")


# --- a record in the place of an article ------------------------------------------------------------------------


def test_a_record_given_as_an_article_is_known_for_what_it_is() -> None:
    saved(name="my record.json")
    done = run_command("my record.json")
    assert done.returncode == 1 and done.stderr.endswith("To see it: summarizer show 'my record.json'\n")
    piped = run_command("-", stdin=Path("my record.json").read_bytes())
    assert piped.returncode == 1 and "summarizer show FILE" in piped.stderr


def test_the_lines_of_a_batch_given_as_an_article_are_known_for_what_they_are() -> None:
    assert run_command("batch", HARBOUR, "-q", "-o", "lines.jsonl").returncode == 0
    done = run_command("lines.jsonl")
    assert done.returncode == 1 and "summarizer show lines.jsonl --line 1" in done.stderr


def test_the_line_below_a_record_names_the_command_that_shows_its_sentences() -> None:
    Path("my article.txt").write_bytes(HARBOUR.read_bytes())
    shown = " ".join(run_command("my article.txt", "-q", "--raw").stdout.split())
    assert shown.endswith("no cost · check [n]: summarizer text --raw 'my article.txt'")
