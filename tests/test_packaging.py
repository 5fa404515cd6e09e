"""The wheel: installs by pip and by uv into an empty environment, with its prompts, word lists and types."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from repository import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_code_prompts_word_lists_and_types_and_nothing_else(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    for needed in ("summarizer/py.typed", "summarizer/_prompts/news/system.md", "summarizer/languages/en/paste.toml"):
        assert needed in names
    assert any(name.endswith("licenses/LICENSE") for name in names)
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {"summarizer", "checked_summarizer"}


@pytest.mark.parametrize("installer", ["pip", "uv"])
def test_it_works_from_an_environment_of_its_own(wheel: Path, tmp_path: Path, installer: str) -> None:
    target = tmp_path / installer
    pip = [sys.executable, "-m", "pip", "install", "--quiet"]
    command = (
        [*pip, "--no-deps", "--target", str(target), str(wheel)]
        if installer == "pip"
        else [
            sys.executable,
            "-m",
            "uv",
            "pip",
            "install",
            "--quiet",
            "--no-deps",
            "--target",
            str(target),
            str(wheel),
        ]
    )
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    # The dependencies come from this environment; the package and its prompts only from the wheel.
    script = (
        f"import sys; sys.path.insert(0, {str(target)!r})\n"
        "import summarizer; from summarizer import summarize\n"
        "assert summarizer.__file__.startswith(sys.path[0]), summarizer.__file__\n"
        "s = summarize('The council closed two schools on Monday. ' * 8, model='extractive', prompt='brief')\n"
        "print(s.status, s.run.prompt.name)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert done.stdout.split() == ["ok", "brief"], done.stderr


def test_what_lxml_has_parted_with_is_asked_for_by_its_own_name() -> None:
    # By the extra of lxml, the pip that Python 3.11 brings does not find it, and no page of HTML can be read.
    dependencies = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["dependencies"]
    assert any(requirement.startswith("lxml_html_clean") for requirement in dependencies)
