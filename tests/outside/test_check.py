"""What other tools have written is held against the article: text, JSON of any shape, records of ours."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from commands import run_command
from court import TEXT, Scripted, Verdict, answered

from summarizer import check, read_article, summarize
from summarizer.errors import SchemaInvalid, SourceNotFound

MARKDOWN = """# Treasurer jailed

- Martin Doyle was jailed for four years by **Leeds Crown Court**.
- He took 310,000 euros from the [Otley Swans](https://example.com/51) between 2019 and 2023.
- Judge Sarah Marsh spoke of families. "You spent what kids had saved for," she told him.
"""


def said(checked: Any) -> dict[str, list[str]]:
    found = {each.text: [finding.code for finding in each.findings] for each in checked.statements}
    return {text: codes for text, codes in found.items() if codes}


class TestText:
    def test_sentences_of_markdown_are_statements(self) -> None:
        checked = check(MARKDOWN, TEXT)
        assert len(checked.statements) == 5
        assert not any("example.com" in each.text or "**" in each.text for each in checked.statements)

    def test_what_is_wrong_is_found_at_its_sentence(self) -> None:
        found = said(check(MARKDOWN, TEXT))
        assert [*found.values()] == [["unit_differs"], ["name_not_in_article"], ["quote_not_found"]]

    def test_the_closest_sentence_of_the_article_is_named(self) -> None:
        article = read_article(TEXT)
        swans = next(each for each in check(MARKDOWN, article).statements if "Swans" in each.text)
        assert [article.number_of(span) for span in swans.closest] == [2]

    def test_a_good_text_has_no_findings(self) -> None:
        assert check("Martin Doyle, 52, took 310,000 pounds. The club has closed.", TEXT).findings == ()


RECORD = {
    "bullets": ["Doyle took 31,000 pounds."],
    "people": [{"name": "Helen March"}],
    "facts": {"age": 25, "day": "2026-05-09", "is_final": False},
    "quote": "You spent what children had saved for",
    "model": "some-model-7",
}
KINDS = {"bullets[]": "statement", "people": "name", "facts.age": "number", "facts.day": "date", "quote": "quote"}


class TestJson:
    def test_each_value_is_checked_as_what_it_is_said_to_be(self) -> None:
        checked = check(RECORD, TEXT, kinds=KINDS)
        assert [each.path for each in checked.statements if each.findings] == [
            "bullets[0]",
            "people[0].name",
            "facts.age",
            "facts.day",
        ]

    def test_what_nobody_said_anything_of_is_named(self) -> None:
        assert check(RECORD, TEXT, kinds=KINDS).unmapped == ("facts.is_final", "model")

    @pytest.mark.parametrize(
        ("kinds", "said"),
        [
            (None, r"(?s)what the values are.*- bullets\[\]\n- people\[\]\.name"),
            ({"bulets[]": "statement"}, r"nothing stands at bulets\[\]"),
            ({"bullets[]": "fact"}, "no kind 'fact'"),
        ],
        ids=str,
    )
    def test_what_is_missing_is_told_with_what_there_is(self, kinds: dict[str, str] | None, said: str) -> None:
        with pytest.raises(SchemaInvalid, match=said):
            check(RECORD, TEXT, kinds=kinds)


class TestOurRecords:
    def test_a_record_of_this_article_has_the_findings_it_had(self) -> None:
        summary = summarize(TEXT, model="extractive")
        mended = [finding for finding in summary.findings if finding.severity != "note"]
        assert [*check(summary, TEXT).findings] == mended

    def test_one_of_an_earlier_version_is_held_against_this_one(self) -> None:
        summary = summarize(TEXT, model="extractive")
        later = TEXT.replace("310,000 pounds", "301,000 pounds")
        messages = [finding.message for finding in check(summary, later).findings]
        assert any("this article does not have" in message and "310,000" in message for message in messages)

    def test_spans_that_have_moved_are_found_again(self) -> None:
        summary = summarize(TEXT, model="extractive")
        assert check(summary, "A first line that is new.\n\n" + TEXT).findings == ()

    def test_data_of_a_schema_is_checked_too(self) -> None:
        summary = summarize(TEXT, schema=Verdict, model=Scripted(answered()))
        found = check(summary.model_dump(mode="json"), TEXT.replace("four years", "five years")).findings
        assert "data.years" in [finding.path for finding in found]

    def test_what_only_looks_like_one_is_an_error_with_its_fields(self) -> None:
        with pytest.raises(SchemaInvalid, match="article"):
            check({"schema_version": "2", "run": {}}, TEXT)


class TestTheCommand:
    @pytest.fixture(autouse=True)
    def _there(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        Path("a.txt").write_text(TEXT)
        Path("r.md").write_text(MARKDOWN)
        Path("r.json").write_text(json.dumps(RECORD))

    def test_findings_stand_beneath_their_statements(self) -> None:
        done = run_command("check", "r.md", "a.txt")
        assert done.returncode == 0
        assert "310,000 euros" in done.stdout and "closest is [2]" in done.stdout
        assert "5 statements checked: 2 errors, 1 warning" in done.stderr

    @pytest.mark.parametrize(("fail_on", "code"), [("error", 3), ("warning", 3)])
    def test_the_exit_code_tells_of_them(self, fail_on: str, code: int) -> None:
        assert run_command("check", "r.md", "a.txt", "--fail-on", fail_on).returncode == code

    def test_it_reads_standard_input(self) -> None:
        assert "31,000" in run_command("check", "-", "a.txt", stdin=b"Doyle took 31,000 pounds.").stdout

    def test_json_is_mapped(self) -> None:
        done = run_command("check", "r.json", "a.txt", "--map", "bullets[]=statement", "--format", "json")
        assert json.loads(done.stdout)["statements"][0]["path"] == "bullets[0]"

    @pytest.mark.parametrize(
        ("arguments", "code", "said"),
        [
            (("r.json", "a.txt"), 2, "--map PATH=KIND"),
            (("r.json", "a.txt", "--map", "bullets"), 2, "PATH=KIND"),
            (("none.md", "a.txt"), 1, "none.md"),
            (("r.md", "none.txt"), 1, "none.txt"),
            (("-", "-"), 2, "both"),
        ],
    )
    def test_what_can_not_be_done_ends_with_a_word(self, arguments: tuple[str, ...], code: int, said: str) -> None:
        done = run_command("check", *arguments)
        assert (done.returncode, said in done.stderr) == (code, True)


def test_a_file_that_is_not_there_is_an_error_of_ours() -> None:
    with pytest.raises(SourceNotFound):
        check(Path("none.md"), TEXT)
