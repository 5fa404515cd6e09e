"""Every example of every page runs, the output it shows is the output it gives, and what is made is up to date.

`make docs` writes the made parts, the picture and the README's session anew.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml
from batch_server import BatchServer
from commands import run_command
from stub_server import StubServer, answer
from towns import ANSWER, GOOD

from docgen.made import PARTS, PICTURE, made_anew
from docgen.page import DOCS, ROOT
from docgen.picture import picture
from docgen.sessions import SESSION, run, without_times
from summarizer import Settings
from summarizer.evals.suites.cases import load_suite
from summarizer.prompts import load_prompt

README = ROOT / "README.md"
PAGES = (README, ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md")))

ELSEWHERE = {"local", "pull", "ray"}
"""Words of commands that have tests of their own."""


@dataclass(frozen=True)
class Example:
    """A block of a page."""

    page: str
    text: str
    shown: str | None = None
    """What the page says that it prints."""

    def __str__(self) -> str:
        return f"{self.page}: {self.text.strip().splitlines()[0]}"

    @property
    def commands(self) -> list[str]:
        """Its commands that can be run here; one may need what the one before it made."""
        lines = [line for line in self.text.splitlines() if line.startswith("summarizer")]
        return [line for line in lines if not ELSEWHERE & set(line.split("#")[0].split())]


def examples(language: str) -> list[Example]:
    return [*_examples(language)]


def _examples(language: str) -> Iterator[Example]:
    block = re.compile(rf"^```{language}\n(.*?)^```(?:\n\nprints\n\n```text\n(.*?)^```)?", re.MULTILINE | re.DOTALL)
    for page in PAGES:
        if page.name == "languages.md":  # tests/test_languages.py runs its examples, one after the other
            continue
        for found in block.finditer(page.read_text(encoding="utf-8")):
            yield Example(page.name, found[1], found[2])


RECORDED = tomllib.loads((ROOT / "evals" / "suite.toml").read_text())["recorded"]["cases"]
OTHER = [path.name for path in (ROOT / "evals" / "cases").iterdir() if path.name not in RECORDED]
"""Cases of the suite that examples are not run on: the dozen that has recordings is enough for a verdict."""


@pytest.fixture
def folder(tmp_path: Path, bare: None) -> Path:
    """Where the reader of a page stands: a clone, with the files that the pages name."""
    for name in ("examples", "prompts"):
        (tmp_path / name).symlink_to(ROOT / name)
    shutil.copytree(ROOT / "evals", tmp_path / "evals", ignore=shutil.ignore_patterns("runs", "baselines", *OTHER))
    (tmp_path / "articles.csv").write_text(f'nr,body\n1,"{"The council met on Monday. " * 12}"\n')
    rows = "\n".join(json.dumps({"case": str(at), "scores": {"facts": at / 10}}) for at in range(10))
    for name in ("before", "after"):
        (tmp_path / f"{name}.jsonl").write_text(rows)
    for path, text in FILE.findall((DOCS / "prompts.md").read_text(encoding="utf-8")):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    shutil.copy(ROOT / "examples" / "harbour.txt", tmp_path / "taught" / "examples")
    return tmp_path


FILE = re.compile(r"^`([\w./]+)`[^\n]*:\n\n```\w+\n(.*?)^```", re.MULTILINE | re.DOTALL)
"""A file that the page about prompts shows, behind its name."""


def reply_to(command: str) -> str:
    """An answer that fits the prompt of the command."""
    if "--prompt brief" in command:
        return GOOD
    if "--prompt ./mine" in command:
        return json.dumps({name: ANSWER[name] for name in ("headline", "key_points")})
    nothing: list[str] = []
    lists = dict.fromkeys(("abstract", "entities", "quotes", "figures", "timeline", "disputes", "topics"), nothing)
    five_ws = dict.fromkeys(("who", "what", "when", "where", "why", "how"))
    return json.dumps({**ANSWER, **lists, "five_ws": five_ws})


@pytest.mark.parametrize("example", [example for example in examples("sh") if example.commands], ids=str)
def test_every_command_runs(example: Example, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_API_KEY", "none")  # which no server here looks at
    with BatchServer() as batches:
        for command in example.commands:
            with StubServer(answer(reply_to(command), tokens=(2000, 0, 300))) as server:
                address = batches.base_url if example.page == "provider-batch.md" else server.base_url
                asks = "--model" in command or address == batches.base_url
                with monkeypatch.context() as patch:
                    if asks:
                        patch.setenv("SUMMARIZER_BASE_URL", address)
                    command = re.sub(r"http://localhost:\d+/v1", server.base_url, command)
                    done = run_command(*shlex.split(command, comments=True)[1:])
            assert done.returncode == 0, f"{command}: {done.stderr}"
            assert done.stdout or done.stderr or "-o" in command


@pytest.mark.parametrize("example", examples("console"), ids=str)
def test_the_output_shown_is_the_output_given(example: Example, folder: Path) -> None:
    command, _, shown = example.text.removeprefix("$ ").partition("\n")
    assert without_times(run(command, folder).stdout) == without_times(shown)


PYTHON = [example for example in examples("python") if "import ray" not in example.text]


@pytest.mark.parametrize("example", PYTHON, ids=str)
def test_every_python_example_runs_and_prints_what_is_shown(
    example: Example, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SUMMARIZER_API_KEY", "none")  # which no server here looks at
    if example.page == "table-in-pandas.md":
        [command] = [each for before in examples("sh") if before.page == example.page for each in before.commands]
        run_command(*shlex.split(command)[1:])
    exec(compile(example.text, example.page, "exec", dont_inherit=True), {"__name__": "__main__"})
    printed = capsys.readouterr().out
    assert printed and example.shown in (None, printed)


@pytest.mark.parametrize("example", examples("toml"), ids=str)
def test_every_configuration_loads(example: Example, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = "prompt.toml" if "extends" in example.text else "summarizer.toml"
    (tmp_path / name).write_text(example.text)
    monkeypatch.chdir(tmp_path)
    if name == "prompt.toml":
        asked = tomllib.loads(example.text)
        assert load_prompt(tmp_path).config.model_dump(include={*asked}) == {
            name: tuple(value) if isinstance(value, list) else value for name, value in asked.items()
        }
    else:
        Settings.load()


def test_the_sample_file_of_settings_loads_with_every_line_in_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    [sample] = [example.text for example in examples("toml") if example.page == "settings.md"]
    (tmp_path / "summarizer.toml").write_text(re.sub(r"^# (?=\w+ = )", "", sample, flags=re.MULTILINE))
    monkeypatch.chdir(tmp_path)
    assert Settings.load().model_fields_set == Settings.model_fields.keys()


LAST_BUS = (
    "ADVERTISEMENT\n\n“We walk home now,” said Leila Haddad, one of 46 people who signed. A trial of the line will "
    "cost £58,000.\n\nYou might also like\n"
)


@pytest.mark.parametrize("example", examples("yaml"), ids=str)
def test_every_labelled_case_loads(example: Example, tmp_path: Path) -> None:
    case = tmp_path / "cases" / yaml.safe_load(example.text)["name"]
    case.mkdir(parents=True)
    (case / "case.yaml").write_text(example.text, encoding="utf-8")
    (case / "article.txt").write_text(LAST_BUS, encoding="utf-8")
    assert [loaded.name for loaded in load_suite(tmp_path)] == [case.name]


# --- what is made -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", PARTS)
def test_the_made_parts_of_a_page_are_what_the_code_says_now(page: str) -> None:
    assert made_anew(page) == (DOCS / page).read_text(encoding="utf-8"), "make docs writes them anew"


def test_the_picture_shows_what_the_terminal_shows_of_the_marked_error() -> None:
    shown = words_of(PICTURE.read_text(encoding="utf-8"))
    assert shown == words_of(picture()), "make docs writes it anew"
    assert "The opposite of the evidence (key point 1)" in " ".join(shown)


def words_of(image: str) -> list[str]:
    texts = ElementTree.fromstring(image).iter("{http://www.w3.org/2000/svg}text")
    return " ".join("".join(text.itertext()) for text in texts).split()


# --- what is named ------------------------------------------------------------------------------------------------


def test_the_readme_is_short_and_its_session_fits_a_screen() -> None:
    assert len(README.read_bytes()) <= 7500
    assert all(len(session.splitlines()) <= 26 for session in SESSION.findall(README.read_text(encoding="utf-8")))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_module_that_a_page_names_is_there(page: Path) -> None:
    files = [path.relative_to(ROOT).as_posix() for top in CODE for path in (ROOT / top).rglob("*.py")]
    named = re.findall(r"`([\w/]+\.py)`", page.read_text(encoding="utf-8"))
    assert [name for name in named if not any(f"/{file}".endswith(f"/{name}") for file in files)] == []


CODE = ("summarizer", "tests", "benchmarks", "docgen", "examples")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_dotted_name_and_every_program_of_a_page_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    dotted = re.findall(r"`(summarizer(?:\.\w+)+)`", text) + re.findall(r"python -m ([\w.]+)", text)
    names = [name for name in dotted if name != "summarizer.toml"]
    assert [name for name in names if not is_importable(name)] == []


def is_importable(name: str) -> bool:
    module, _, last = name.rpartition(".")
    path = ROOT.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file() or hasattr(import_module(module), last)


@pytest.mark.parametrize("page", ["architecture.md", "rooms.md"])
def test_every_folder_that_a_page_about_the_code_names_is_there(page: str) -> None:
    folders = [path.relative_to(ROOT).as_posix() for top in (*CODE, "prompts", "evals") for path in folders_of(top)]
    named = re.findall(r"`((?:\w+/)+)`", (DOCS / page).read_text(encoding="utf-8"))
    assert [name for name in named if not any(f"/{folder}/".endswith(f"/{name}") for folder in folders)] == []


def folders_of(top: str) -> list[Path]:
    return [ROOT / top, *(path for path in (ROOT / top).rglob("*") if path.is_dir())]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_page_leads_somewhere(page: Path) -> None:
    text = re.sub(r"^```.*?^```", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)
    links = [link for link in re.findall(r"\]\(([^)\s]+)\)", text) if not link.startswith("http")]
    assert [link for link in links if not leads_somewhere(page, *link.split("#"))] == []


def leads_somewhere(page: Path, path: str, anchor: str = "") -> bool:
    target = page.parent / path if path else page
    return target.exists() and (not anchor or anchor in anchors(target.read_text(encoding="utf-8")))


def anchors(page: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_site_leads_to_every_page() -> None:
    site = (ROOT / "zensical.toml").read_text(encoding="utf-8")
    assert [page.name for page in DOCS.glob("*.md") if f'"{page.name}"' not in site] == []


def test_the_make_targets_named_exist() -> None:
    makefile = (ROOT / "Makefile").read_text()
    named = {
        name for page in PAGES for name in re.findall(r"(?:^|`)make ([\w-]+)", page.read_text("utf-8"), re.MULTILINE)
    }
    assert {"demo", "test"} <= named
    assert [name for name in sorted(named) if not re.search(rf"^{name}:", makefile, re.MULTILINE)] == []
