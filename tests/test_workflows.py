"""The workflows of the repository: no more rights than they need, and the Pythons that the package names."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def read(path: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_a_workflow_may_read_at_most_and_a_job_says_what_it_needs_beyond(path: Path) -> None:
    workflow = read(path)
    assert workflow["permissions"] in ({}, {"contents": "read"})
    writes = {
        (name, right)
        for name, job in workflow["jobs"].items()
        for right, level in job.get("permissions", {}).items()
        if level == "write"
    }
    assert writes <= {("answers", "pull-requests"), ("publish", "id-token")}


def test_every_python_that_the_package_names_is_tested_on_every_system() -> None:
    classifiers = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["classifiers"]
    named = {line.rpartition(" ")[2] for line in classifiers if "Python :: 3." in line}
    jobs = read(ROOT / ".github" / "workflows" / "ci.yml")["jobs"]
    assert all(named <= set(jobs[name]["strategy"]["matrix"]["python"]) for name in ("test", "elsewhere"))


def test_what_publishes_has_no_password() -> None:
    release = (ROOT / ".github" / "workflows" / "release.yml").read_text()
    assert "secrets." not in release and "password" not in release


@pytest.mark.parametrize(
    "path", sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("*.yml")), ids=lambda path: path.name
)
def test_an_issue_form_asks_something(path: Path) -> None:
    form = read(path)
    if path.name != "config.yml":
        assert form["name"] and form["description"]
        assert all(item["attributes"]["label"] for item in form["body"])
