"""`summarizer diff`: what a reader, a script and a hostile article get."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import version_pairs as pairs
from commands import run_command

CHANGED = 4
VIEWS = ("terminal", "markdown", "html", "json")


@pytest.fixture
def folder(tmp_path: Path, bare: None) -> Path:
    """The six pairs as files."""
    for name in ("FERRY", "FERRY_CORRECTED", "MUSEUM", "MUSEUM_MOVED", "TRAINS", "TRAINS_RESET"):
        Path(f"{name.lower()}.txt").write_text(getattr(pairs, name), encoding="utf-8")
    return tmp_path


def test_what_changed_is_printed_and_the_exit_code_says_so(folder: Path) -> None:
    done = run_command("diff", "ferry.txt", "ferry_corrected.txt")
    assert done.returncode == CHANGED
    assert "Ferry fire off Ostermund leaves [-12-] {+21+} injured [0]" in done.stdout
    assert done.stdout.index("HEADLINE") < done.stdout.index("FIGURES") < done.stdout.index("STATEMENTS")


def test_an_unchanged_text_gives_nothing(folder: Path) -> None:
    done = run_command("diff", "ferry.txt", "ferry.txt")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    ("old", "new", "counted"),
    [("museum.txt", "museum_moved.txt", "2 moved statements"), ("trains.txt", "trains_reset.txt", "small edits")],
)
def test_what_is_only_counted_is_no_change(folder: Path, old: str, new: str, counted: str) -> None:
    done = run_command("diff", old, new)
    assert (done.returncode, done.stdout) == (0, "") and counted in done.stderr


def test_only_some_sections_decide_on_the_exit_code_too(folder: Path) -> None:
    done = run_command("diff", "ferry.txt", "ferry_corrected.txt", "--only", "headline,figures")
    assert done.returncode == CHANGED and "STATEMENTS" not in done.stdout and "FIGURES" in done.stdout
    assert run_command("diff", "ferry.txt", "ferry_corrected.txt", "--only", "speakers").returncode == 0


def test_a_section_that_there_is_not_is_named_with_those_there_are(folder: Path) -> None:
    done = run_command("diff", "ferry.txt", "ferry_corrected.txt", "--only", "figures,lead")
    assert done.returncode == 2 and "'lead'" in done.stderr and "speakers" in done.stderr


def test_the_format_is_told_by_the_ending(folder: Path) -> None:
    for name in ("diff.md", "diff.html", "diff.json", "diff.txt"):
        for _ in range(2):  # an earlier report is written over
            assert run_command("diff", "ferry.txt", "ferry_corrected.txt", "-o", name).returncode == CHANGED
    assert "leaves ~~12~~ **21** injured" in Path("diff.md").read_text(encoding="utf-8")
    assert "leaves <del>12</del> <ins>21</ins> injured" in Path("diff.html").read_text(encoding="utf-8")
    assert json.loads(Path("diff.json").read_text(encoding="utf-8"))["figures"][0]["new"]["text"] == "21"
    assert Path("diff.txt").read_text(encoding="utf-8").startswith("What changed\n")


def test_there_is_no_schema_org_form(folder: Path) -> None:
    done = run_command("diff", "ferry.txt", "ferry_corrected.txt", "-f", "jsonld")
    assert done.returncode == 2 and "markdown" in done.stderr


def test_a_version_is_not_written_over(folder: Path) -> None:
    done = run_command("diff", "ferry.txt", "ferry_corrected.txt", "-o", "ferry_corrected.txt", "--force")
    assert done.returncode == 1 and Path("ferry_corrected.txt").read_text(encoding="utf-8") == pairs.FERRY_CORRECTED


def test_json_and_a_page_say_that_nothing_changed(folder: Path) -> None:
    found = json.loads(run_command("diff", "ferry.txt", "ferry.txt", "-f", "json").stdout)
    assert found["statements"] == [] and found["small_edits"] == 0
    assert "<p>Nothing.</p>" in run_command("diff", "ferry.txt", "ferry.txt", "-f", "html").stdout


def test_one_version_may_be_piped_in(folder: Path) -> None:
    assert run_command("diff", "-", "ferry.txt", stdin=pairs.FERRY.encode()).returncode == 0
    assert run_command("diff", "-", "-", stdin=pairs.FERRY.encode()).returncode == 2


def test_a_saved_record_is_read_as_one(folder: Path) -> None:
    run_command("ferry.txt", "--model", "extractive", "-o", "old.json")
    run_command("ferry_corrected.txt", "--model", "extractive", "-o", "new.json")
    done = run_command("diff", "old.json", "new.json", "--only", "figures")
    assert done.returncode == CHANGED and "[-12-] {+21+}" in done.stdout
    assert run_command("diff", "old.json", "ferry.txt").returncode == 1


def test_one_article_alone_is_searched_for_what_disagrees(folder: Path) -> None:
    text = pairs.FERRY.replace("leaves 12 injured", "injures 21 people")
    done = run_command("diff", "-", stdin=text.encode())
    assert done.returncode == CHANGED and "21 people / 12 people [0 → 1]" in done.stdout and "RULES" in done.stdout
    done = run_command("diff", "ferry.txt")
    assert (done.returncode, done.stdout) == (0, "")


HOSTILE = "Smith said \x1b[31mred\x1b[0m, <img src=x onerror=y>, *loud*, ~~gone~~ and \u202eabc of 17 cows."


def test_nothing_from_an_article_acts_on_a_terminal_or_is_markup(folder: Path) -> None:
    changed = f"{pairs.FERRY}\n{HOSTILE}\n".encode()
    shown = {view: run_command("diff", "ferry.txt", "-", "-f", view, stdin=changed).stdout for view in VIEWS}
    for text in shown.values():
        assert "17 cows" in text and "\x1b" not in text and "\u202e" not in text
    assert "<img" not in shown["html"] and "&lt;img" in shown["html"]
    assert r"\<img" in shown["markdown"] and r"\*loud\*" in shown["markdown"] and r"\~\~gone" in shown["markdown"]
