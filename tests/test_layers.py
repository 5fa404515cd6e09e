"""Layers import one way, folders are small, and heavy packages are imported only where they are used."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import grimp
import pytest
from repository import ROOT

HEAVY = ("openai", "instructor", "trafilatura", "tenacity", "xllamacpp", "lxml", "cssselect2", "genai_prices", "ray")


def test_layers_and_the_border_around_openai_hold() -> None:
    command = Path(sys.executable).with_name("lint-imports")
    lint = subprocess.run([command], capture_output=True, text=True, check=False, cwd=ROOT)
    assert lint.returncode == 0, lint.stdout


MOST_MODULES = 16
"""In one folder, those of the folders below it not counted: what one look takes in."""


def test_a_folder_holds_few_modules() -> None:
    folders = [ROOT / "summarizer", *(path for path in (ROOT / "summarizer").rglob("*") if path.is_dir())]
    counts = {folder.relative_to(ROOT).as_posix(): len([*folder.glob("[!_]*.py")]) for folder in folders}
    assert counts["summarizer"] > 10
    assert {folder: count for folder, count in counts.items() if count > MOST_MODULES} == {}


BOTH_WAYS = {
    "summarizer": "a record shows itself, by views that are loaded when it does",
}
"""Folders in which modules or rooms import one another in a circle, and why."""


def test_arrows_inside_a_folder_go_one_way() -> None:
    graph = grimp.build_graph("summarizer", exclude_type_checking_imports=True, cache_dir=None)
    folders = [name for name in graph.modules if graph.find_children(name)]
    assert {name for name in folders if graph.nominate_cycle_breakers(name)} == BOTH_WAYS.keys()


def loaded_after(code: str) -> set[str]:
    script = f"import sys\n{code}\nprint('\\n'.join(sys.modules), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stderr.splitlines()}


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help"],
        ["schema"],
        ["prompts", "list"],
        ["prompts", "show", "brief"],
        ["models", "list"],
        ["languages", "list"],
        ["doctor"],
    ],
)
def test_commands_that_need_no_model_load_nothing_heavy(arguments: list[str]) -> None:
    code = f"sys.argv = ['summarizer', *{arguments!r}]\nfrom summarizer.cli import main\n"
    code += "try: main()\nexcept SystemExit: pass"
    assert not loaded_after(code) & set(HEAVY)


def test_importing_the_library_loads_nothing_heavy() -> None:
    assert not loaded_after("import summarizer; summarizer.summarize; summarizer.read_article") & set(HEAVY)


def test_a_text_summarised_by_rules_loads_neither_a_client_nor_a_parser() -> None:
    text = "The council met on Monday. " * 12
    code = f"import summarizer; summarizer.summarize({text!r}, model='extractive')"
    assert not loaded_after(code) & {"openai", "instructor", "trafilatura", "xllamacpp", "genai_prices", "sqlite3"}
