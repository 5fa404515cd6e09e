"""The tables of languages: each is read, each sample holds, and what is misspelt is named."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from commands import run_command

import summarizer
from summarizer.errors import LanguageInvalid
from summarizer.extractive.language_check import check_language
from summarizer.languages.language import Language, language_of, languages

PACKAGE = Path(summarizer.__file__).parent
PAGE = (PACKAGE.parent / "docs" / "languages.md").read_text()
SAMPLED = ("de", "en", "es", "fr", "it", "nl", "pt")


def copied(code: str, folder: Path) -> Path:
    """A copy of a language's folder that a test may break."""
    return Path(shutil.copytree(PACKAGE / "languages" / code, folder / code))


def with_table(folder: Path, table: str, text: str) -> Language:
    """The language in this folder, with another text of a table."""
    (folder / f"{table}.toml").write_text(text, encoding="utf-8")
    return Language(folder)


@pytest.mark.parametrize("language", languages(), ids=lambda language: language.code)
def test_every_table_is_read_and_finds_what_its_sample_says(language: Language) -> None:
    checks = list(check_language(language))
    assert checks
    assert [check.fault for check in checks if check.fault] == []


@pytest.mark.parametrize("code", SAMPLED)
def test_every_table_with_words_has_a_sample(code: str) -> None:
    untried = {check.table for check in check_language(language_of(code)) if not check.is_tried}
    assert untried == {"writing"}


@pytest.mark.parametrize(
    ("code", "table", "key"),
    [
        ("fr", "names", "roles"),
        ("tr", "speech", "auxiliaries"),
        ("ko", "paste", "section"),
        ("sv", "pages", "shop"),
        ("pt", "words", "linking"),
        ("es", "negation", "until"),
        ("pl", "dates", "weekdays"),
        ("de", "numbers", "decimal"),
    ],
)
def test_a_misspelt_key_is_an_error_with_file_and_key(code: str, table: str, key: str, tmp_path: Path) -> None:
    folder = copied(code, tmp_path)
    text = (folder / f"{table}.toml").read_text(encoding="utf-8")
    changed = re.sub(rf"^{key} =", f"{key}x =", text, flags=re.MULTILINE)
    assert changed != text
    with pytest.raises(LanguageInvalid, match=rf"{code}.{table}\.toml: {key}x: there is no such key"):
        with_table(folder, table, changed).table(table)


@pytest.mark.parametrize(
    ("table", "text", "named"),
    [
        ("names", 'roles = ["mayor", "minister"]', "roles: words stand between commas"),
        ("names", 'compounds = "yes"', "compounds: "),
        ("names", '[kinds]\nanimal = "cat"', "kinds.animal"),
        ("names", "[aliases]\nUSA = 1", "aliases.USA: "),
        ("numbers", '[values]\ntwo = "2"', "values.two"),
        ("dates", '[week]\nnext = "next week"', "week.next"),
        ("dates", '[words]\nnxt = "next"', "words.nxt: there is no such key (did you mean next?)"),
        ("paste", 'ad = "advert"', "ad: "),
        ("opposites", 'pairs = [["rise", "fall", "stay"]]', "pairs.0"),
        ("words", "stop = the, a", "line 1"),
    ],
)
def test_a_value_of_another_kind_is_an_error_with_file_and_key(
    table: str, text: str, named: str, tmp_path: Path
) -> None:
    with pytest.raises(LanguageInvalid) as caught:
        with_table(tmp_path, table, text).table(table)
    assert f"{table}.toml: " in str(caught.value)
    assert named in str(caught.value)


def test_words_stand_between_commas_and_may_have_spaces(tmp_path: Path) -> None:
    language = with_table(tmp_path, "dates", '[words]\nyear_behind = """\n_roku, _r.,\nof this year,\n"""\n')
    assert language.dates.words.year_behind == (" roku", " r.", "of this year")


def test_what_has_no_file_is_empty() -> None:
    assert language_of("tlh-Latn").names.roles == frozenset()
    assert language_of("tlh").table_names == ()


@pytest.mark.parametrize("tag", ["../en", "/etc", "", "en\0", "e n", "..", "__pycache__"])
def test_a_tag_is_no_path(tag: str) -> None:
    assert language_of(tag).table_names == ()


def test_a_tag_of_a_region_is_its_language() -> None:
    assert language_of("pt-BR") is language_of("pt_PT") is language_of("PT")


@pytest.mark.parametrize(
    ("table", "text", "fault"),
    [
        ("nouns", "a = 1", "no such table"),
        ("paste", "ad = ['advert(']", "ad: 'advert('"),
        ("genres", "[labels]\nopinion = ['a', 'b)']", "labels.opinion: 'b)'"),
        ("samples", '[negation]\ntext = "She did not come."\nfinds = ["never"]', "it finds ['not'], not ['never']"),
    ],
)
def test_the_check_says_what_is_wrong_with_a_table(table: str, text: str, fault: str, tmp_path: Path) -> None:
    folder = copied("en", tmp_path)
    checks = check_language(with_table(folder, table, text))
    assert [fault in check.fault for check in checks if check.fault] == [True]


def test_the_command_lists_and_checks() -> None:
    listed = run_command("languages", "list").stdout.splitlines()
    assert len(listed) == len(languages())
    assert any(re.match(r"fr +French +calendar, corrections, dates", line) for line in listed)
    done = run_command("languages", "check", "fr")
    assert (done.returncode, done.stdout.count("FAIL")) == (0, 0)
    assert len(done.stdout.splitlines()) == len(language_of("fr").table_names)
    assert run_command("languages", "check", "xx").returncode == 2


def test_the_language_of_the_page_is_added_by_its_files_alone(tmp_path: Path) -> None:
    shutil.copytree(PACKAGE, tmp_path / "summarizer", ignore=shutil.ignore_patterns("__pycache__"))
    files = re.findall(r"^```toml\n# (\w+/\w+\.toml)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    assert len(files) == PAGE.count("```toml")
    for name, text in files:
        (tmp_path / "summarizer" / "languages" / name).write_text(text, encoding="utf-8")
    [(command, shown)] = re.findall(r"^```console\n\$ summarizer (.*?)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    arguments = [sys.executable, "-m", "summarizer", *command.split()]
    environment = os.environ | {"PYTHONPATH": str(tmp_path)}
    done = subprocess.run(arguments, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert done.stdout == shown, done.stderr
    assert done.returncode == 0


def test_the_commands_of_the_page_run() -> None:
    [block] = re.findall(r"^```sh\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    for line in block.splitlines():
        assert run_command(*line.partition("#")[0].split()[1:]).returncode == 0


def test_the_page_names_every_table() -> None:
    rows = re.findall(r"^\| (`.*?) \|", PAGE, re.MULTILINE)
    named = {name for row in rows for name in re.findall(r"^`(\w+)`|, `(\w+)`", row) for name in name if name}
    assert named >= {name for language in languages() if language.code != "mul" for name in language.table_names}
