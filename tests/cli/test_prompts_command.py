"""Prompts of one's own by the command: begun, shown, compared."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from commands import run_command
from harbour import GOOD, HARBOUR
from stub_server import StubServer, answer

from summarizer.prompts import load_prompt

pytestmark = pytest.mark.usefixtures("bare")


@pytest.mark.parametrize("base", ["news", "brief"])
def test_a_new_prompt_runs_as_it_is_and_says_what_its_base_says(base: str) -> None:
    done = run_command("prompts", "new", "mine", "--from", base)
    assert done.returncode == 0 and f"summarizer prompts diff {base} ./mine" in done.stdout
    mine, shipped = load_prompt(Path("mine")), load_prompt(base)
    assert (mine.fields, mine.system(), mine.templates["article.md"]) == (
        shipped.fields,
        shipped.system(),
        shipped.templates["article.md"],
    )
    assert mine.version == "1"


def test_a_new_prompt_is_asked_by_at_once() -> None:
    run_command("prompts", "new", "mine", "--from", "brief")
    with StubServer(answer(GOOD)) as server:
        asks = ("-m", "stub", "--base-url", server.base_url, "-f", "json")
        done = run_command(HARBOUR, "--prompt", "./mine", *asks, SUMMARIZER_API_KEY="none")
    assert json.loads(done.stdout)["run"]["prompt"]["name"] == "mine"


@pytest.mark.parametrize(
    ("folder", "named"),
    [("mine", "./mine"), ("./mine", "./mine"), ("desks/mine", "desks/mine"), ("../x/m", "../x/m")],
)
def test_the_commands_to_go_on_with_name_the_new_folder(folder: str, named: str) -> None:
    said = run_command("prompts", "new", folder).stdout.splitlines()
    assert said[-2:] == [f"summarizer ARTICLE --prompt {named}", f"summarizer prompts diff news {named}"]
    assert run_command("prompts", "show", named).returncode == 0


def test_every_line_of_a_new_prompt_that_is_no_setting_yet_can_become_one() -> None:
    run_command("prompts", "new", "mine")
    settings = Path("mine/prompt.toml")
    settings.write_text(re.sub(r"^# (?=\w+ = )", "", settings.read_text(), flags=re.MULTILINE))
    mine, news = load_prompt(Path("mine")), load_prompt("news")
    assert (mine.fields, mine.max_points) == (news.fields, news.max_points)
    assert mine.config.description != news.config.description


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("mine", "--from", "nwes"), "did you mean news?"),
        (("mine", "--from", "nothing-like-it"), "there are brief, news"),
        (("mine", "--from", "./full"), "copy it"),
        (("full",), "full holds something already"),
        (("full/note.txt",), "full/note.txt"),
    ],
)
def test_a_prompt_is_written_only_from_one_that_ships_and_where_nothing_is(words: tuple[str, ...], said: str) -> None:
    Path("full").mkdir()
    Path("full/note.txt").write_text("x")
    done = run_command("prompts", "new", *words)
    assert done.returncode != 0 and said in done.stderr
    assert [*Path("full").iterdir()] == [Path("full/note.txt")] and not Path("mine").exists()


def test_one_file_of_a_prompt_can_be_copied() -> None:
    run_command("prompts", "new", "mine")
    Path("mine/system.md").write_text(run_command("prompts", "show", "news", "system.md").stdout)
    assert load_prompt(Path("mine")).templates["system.md"] == load_prompt("news").templates["system.md"]
    done = run_command("prompts", "show", "news", "sytem.md")
    assert done.returncode == 2 and "did you mean system.md?" in done.stderr


def lines(text: str, sign: str) -> list[str]:
    """The lines of a diff behind this sign, its headings left out."""
    return [line[1:] for line in text.splitlines() if line.startswith(sign) and not line.startswith(sign * 3)]


def test_a_diff_shows_settings_fields_and_messages() -> None:
    run_command("prompts", "new", "mine", "--from", "brief")
    Path("mine/prompt.toml").write_text('extends = "brief"\nfields = ["headline", "quotes"]\nmax_points = 2')
    Path("mine/extra.md").write_text("Headlines in sentence case.")
    Path("mine/reask.md").write_text("Once more: {{ problems }}")
    shown = run_command("prompts", "diff", "brief", "mine").stdout
    assert re.findall(r"^\+\+\+ (.+)$", shown, re.MULTILINE) == [
        "mine/prompt.toml",
        "mine/system message",
        "mine/reask.md",
    ]
    gone, come = lines(shown, "-"), lines(shown, "+")
    assert {"max_points = 3", "  key_points", "  five_ws.who"} <= {*gone}
    assert {"max_points = 2", "  quotes", "Headlines in sentence case.", "Once more: {{ problems }}"} <= {*come}
    assert any(line.startswith("quotes: every direct quote") for line in come)
    assert lines(run_command("prompts", "diff", "mine", "brief").stdout, "+") == gone


def test_a_diff_shows_the_examples() -> None:
    run_command("prompts", "new", "mine", "--from", "brief")
    Path("mine/examples").mkdir()
    Path("mine/examples/harbour.txt").write_text(HARBOUR.read_text(encoding="utf-8"), encoding="utf-8")
    Path("mine/examples/harbour.json").write_text(GOOD, encoding="utf-8")
    shown = run_command("prompts", "diff", "brief", "mine").stdout
    assert "+++ mine/example harbour" in shown
    assert '   "text": "Nobody was hurt.",' in lines(shown, "+")


def test_prompts_that_are_the_same_say_so() -> None:
    same = run_command("prompts", "diff", "news", "news")
    assert (same.returncode, same.stdout, same.stderr) == (0, "", "nothing differs\n")
    run_command("prompts", "new", "mine")
    run_command("prompts", "new", "other")
    Path("other/extra.md").write_text("{# another remark #}")
    unsent = run_command("prompts", "diff", "mine", "other")
    assert (unsent.stdout, unsent.stderr) == ("", "nothing differs that a model is sent\n")


def test_what_is_rendered_is_what_is_sent() -> None:
    run_command("prompts", "new", "mine", "--from", "brief")
    Path("mine/examples").mkdir()
    Path("mine/examples/harbour.txt").write_text(HARBOUR.read_text(encoding="utf-8"), encoding="utf-8")
    Path("mine/examples/harbour.json").write_text(GOOD, encoding="utf-8")
    shown = run_command("prompts", "render", HARBOUR, "--prompt", "mine").stdout
    assert re.findall(r"^--- (\w+)$", shown, re.MULTILINE) == ["system", "user", "assistant", "user"]
