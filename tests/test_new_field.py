"""A field that is added to the record alone is asked for, checked, merged and shown, and evals go on beside it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

LAST = "    findings: tuple[Finding, ...] = ()\n"
ADDED = """    advice: Annotated[tuple[Cited, ...], FEW, Section("Advice to readers", "piece of advice")] = Field(
        default=(), description="what readers are told to do"
    )
    mood: Annotated[str | None, Section("Mood")] = Field(default=None, description="in a word")
"""

COMMON = """
import json, pathlib
from records import HARBOUR, point, summary_of
from summarizer import read_article, summarize
from summarizer.answer_schema import answer_type, wire_schema
from summarizer.checking.grounding import accept
from summarizer.models.base import Reply, Stateless
from summarizer.prompts import load_prompt
from summarizer.recipes.merging import merged
from summarizer.record import Finding
from summarizer.views import labels, markdown, terminal

prompt = load_prompt(pathlib.Path("prompts/news"))
KEEP, TURN = {"text": "Keep off the bridge.", "evidence": [1]}, {"text": "Turn at 14 Mill Street.", "evidence": [2]}
"""

USES = {
    "the schema asks for it": """
schema = wire_schema(prompt.answer)
assert {"advice", "mood"} <= set(schema["required"]) and schema["properties"]["mood"]["type"] == "string"
""",
    "the recipe of a model fills and checks it": """
class Told(Stateless):
    name, recipe, context_tokens = "told", "one_request", 100_000

    def complete(self, request):
        given = {name: None for name in request.answer.model_fields}
        headline = {"text": "The bridge is closed.", "evidence": [1]}
        said = {**given, "headline": headline, "key_points": [headline], "advice": [KEEP, TURN], "mood": "calm"}
        return Reply(json.dumps({**said, "abstract": [headline], "five_ws": {}}))

summary = summarize(HARBOUR, prompt=prompt, model=Told())
assert [item.text for item in summary.advice] == [KEEP["text"], TURN["text"]] and summary.mood == "calm"
assert any(finding.path == "advice[1].text" for finding in summary.findings)
""",
    "the recipe of the rules leaves it empty": """
summary = summarize(HARBOUR, prompt=prompt, model="extractive")
assert (summary.advice, summary.mood) == ((), None) and summary.key_points
""",
    "the parts of a long article are merged": """
parts = [{"advice": [KEEP], "mood": "calm"}, {"advice": [KEEP, TURN], "mood": "tense"}]
kind = answer_type(("advice", "mood"))
answers = [accept(json.dumps(part), kind, HARBOUR).answer for part in parts]
fields = merged(answers, HARBOUR, "en")
assert [item.text for item in fields["advice"]] == [KEEP["text"], TURN["text"]] and fields["mood"] == "calm"
""",
    "the views show it under its title": """
doubt = Finding(code="no_evidence", severity="error", path="advice[0].text", message="None.")
summary = summary_of(HARBOUR, advice=(point(HARBOUR, "Keep off.", 3),), mood="calm", findings=(doubt,))
shown = terminal.render(summary, HARBOUR, color=False)
assert "ADVICE TO READERS\\n  Keep off. [3] !1" in shown and "MOOD\\n  calm" in shown, shown
written = markdown.render(summary, HARBOUR)
assert "## Advice to readers\\n\\n- Keep off. [3] **!1**" in written and "## Mood\\n\\n- calm" in written, written
assert labels.place("advice[1].text") == "piece of advice 2"
""",
    "the evals score the fields beside it": """
from summarizer.evals.running.outcome import scored
from summarizer.evals.suites.cases import article_file, load_suite
case = load_suite(pathlib.Path("evals"))[0]
article = read_article(article_file(pathlib.Path("evals"), case))
summary = summarize(article, prompt=prompt, model="extractive")
outcome = scored(case, 1, article, summary, fields=prompt.fields, versions={})
assert outcome.scores and all(outcome.invariants.values())
""",
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package and its prompts with two more fields of the record, and the fields in one prompt's list."""
    folder = tmp_path_factory.mktemp("copy")
    for name in ("summarizer", "prompts", "evals"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for path, before, after in (
        ("summarizer/record/summary.py", LAST, ADDED + LAST),
        ("prompts/news/prompt.toml", '"topics"', '"topics", "advice", "mood"'),
    ):
        text = (folder / path).read_text(encoding="utf-8")
        assert text.count(before) == 1
        (folder / path).write_text(text.replace(before, after), encoding="utf-8")
    return folder


@pytest.mark.parametrize("use", USES.values(), ids=USES.keys())
def test_a_field_is_added_to_the_record_and_to_a_prompt_alone(copy: Path, use: str) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(copy), str(ROOT / "tests")))}
    done = subprocess.run(
        [sys.executable, "-c", COMMON + use], cwd=copy, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
