"""A schema of one's own from the article to the record: the object, its evidence by path, and what is found."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import pytest
from commands import run_command
from court import DATA, EVIDENCE, TEXT, Charge, Scripted, Verdict, answered
from pydantic import BaseModel, SecretStr
from stub_server import StubServer, answer

from summarizer import Summary, stream, summarize, summarize_many
from summarizer.errors import PromptInvalid, SchemaInvalid
from summarizer.record import Cited, Quote, Verbatim
from summarizer.settings import Settings


def filled(*answers: str, schema: Any = Verdict) -> Summary:
    return summarize(TEXT, schema=schema, model=Scripted(*answers))


def codes(summary: Summary, path: str) -> list[str]:
    return [finding.code for finding in summary.findings if finding.path == path and finding.severity != "note"]


class TestTheRecord:
    def test_it_has_the_users_own_object(self) -> None:
        data = filled(answered()).data
        assert data == Verdict(
            court="Leeds Crown Court",
            day=date(2026, 3, 2),
            years=4,
            taken=310000,
            appeal_quote="We will appeal against every part of this.",
            charges=[Charge(name="fraud"), Charge(name="false accounting", months=18)],
        )

    def test_it_has_evidence_by_path(self) -> None:
        summary = filled(answered())
        assert list(summary.evidence) == list(EVIDENCE)
        assert summary.evidence["day"][0].text.startswith("LEEDS - A former treasurer")
        assert [finding for finding in summary.findings if finding.severity != "note"] == []

    def test_it_reads_back_from_json(self) -> None:
        written = filled(answered()).model_dump_json()
        read = Summary.model_validate_json(written)
        assert Verdict.model_validate(read.data) == filled(answered()).data
        assert read.model_dump_json() == written

    def test_one_without_a_schema_does_not_mention_data(self) -> None:
        written = json.loads(summarize(TEXT, model="extractive").model_dump_json())
        assert not {"data", "evidence"} & written.keys()

    def test_the_schema_is_part_of_what_decides_a_record(self) -> None:
        class Other(BaseModel):
            court: str

        other = json.dumps(
            {"data": {"court": "Leeds Crown Court"}, "evidence": [{"path": "court", "sentences": [2]}]}
        )
        one, two = filled(answered()), filled(other, schema=Other)
        assert one.run.schema_sha256 != two.run.schema_sha256


class TestFindings:
    @pytest.mark.parametrize(
        ("changes", "path", "code"),
        [
            ({"years": 14}, "data.years", "number_not_in_evidence"),
            ({"taken": 31000}, "data.taken", "number_not_in_evidence"),
            ({"day": "2026-04-02"}, "data.day", "date_not_in_evidence"),
            ({"court": "Harrogate Magistrates Court"}, "data.court", "name_not_in_article"),
            ({"appeal_quote": "We will appeal against all of this."}, "data.appeal_quote", "quote_not_found"),
            (
                {"charges": [{"name": "theft of 25 boats", "months": None}]},
                "data.charges[0].name",
                "number_not_in_evidence",
            ),
        ],
        ids=lambda value: str(value)[:30],
    )
    def test_a_wrong_value_is_found_by_its_path(self, changes: dict[str, Any], path: str, code: str) -> None:
        assert code in codes(filled(answered(changes)), path)

    def test_a_value_that_cites_nothing_is_found_and_kept(self) -> None:
        evidence = {path: numbers for path, numbers in EVIDENCE.items() if path != "years"}
        summary = filled(answered(evidence=evidence))
        assert codes(summary, "data.years") == ["no_evidence"]
        assert summary.data.years == 4

    def test_a_path_that_leads_nowhere_is_found(self) -> None:
        summary = filled(answered(evidence={**EVIDENCE, "charges[7].name": [3]}))
        assert "charges[7].name" in next(f.message for f in summary.findings if f.code == "no_evidence")

    def test_a_sentence_that_is_not_there_is_found(self) -> None:
        summary = filled(answered(evidence={**EVIDENCE, "years": [99]}))
        assert any("99" in finding.message for finding in summary.findings if finding.severity == "error")

    @pytest.mark.parametrize("path", ["$.charges[1].months", "data.charges[1].months", "charges.1.months"])
    def test_a_path_in_another_notation_is_understood(self, path: str) -> None:
        assert "charges[1].months" in filled(answered(evidence={**EVIDENCE, path: [3]})).evidence

    def test_a_share_may_be_told_as_one(self) -> None:
        class Turnout(BaseModel):
            turnout: float

        text = "Turnout was 31 percent, the clerk said on Friday. " * 8
        reply = json.dumps({"data": {"turnout": 0.31}, "evidence": [{"path": "turnout", "sentences": [1]}]})
        assert codes(summarize(text, schema=Turnout, model=Scripted(reply)), "data.turnout") == []

    def test_our_own_types_in_a_model_work_as_before(self) -> None:
        class Report(BaseModel):
            gist: Cited
            words: list[Quote]
            said: Annotated[str, Verbatim()]

        data = {
            "gist": {"text": "Doyle was jailed for 14 years.", "evidence": [1]},
            "words": [{"text": "You spent it.", "speaker": None, "speaker_role": None, "evidence": [5]}],
            "said": "every part of that",
        }
        reply = json.dumps({"data": data, "evidence": [{"path": "said", "sentences": [7]}]})
        summary = filled(reply, schema=Report)
        assert summary.data.gist.evidence[0].start == 0
        assert "number_not_in_evidence" in codes(summary, "data.gist.text")
        assert codes(summary, "data.words[0].text") == ["quote_not_found"]
        assert codes(summary, "data.said") == ["quote_not_found"]


class TestLongArticles:
    def test_parts_are_merged_by_the_keys_of_lists(self) -> None:
        first = {**DATA, "years": None, "charges": [{"name": "fraud", "months": None}]}
        second = {
            "court": None,
            "day": None,
            "years": 4,
            "taken": None,
            "appeal_quote": None,
            "charges": DATA["charges"],
        }
        long = "\n\n".join([TEXT, *(f"Filler number {n} says little. " * 30 for n in range(40))])
        replies = [
            json.dumps({"data": first, "evidence": [{"path": "charges[0]", "sentences": [3]}]}),
            json.dumps({"data": second, "evidence": [{"path": "years", "sentences": []}]}),
        ]
        nothing = json.dumps({"data": dict.fromkeys(DATA) | {"charges": []}, "evidence": []})
        model = Scripted(*replies, *[nothing] * 50, context_tokens=7000)
        summary = summarize(long, schema=Verdict, model=model)
        assert len(model.requests) > 1
        assert summary.data.years == 4
        assert [charge.name for charge in summary.data.charges] == ["fraud", "false accounting"]
        assert summary.data.charges[1].months == 18
        assert "charges[0]" in summary.evidence

    def test_what_two_parts_say_differently_is_told(self) -> None:
        long = "\n\n".join([TEXT, *(f"Filler number {n} says little. " * 30 for n in range(40))])
        one, two = answered(), answered({"years": 5})
        nothing = json.dumps({"data": dict.fromkeys(DATA) | {"charges": []}, "evidence": []})
        summary = summarize(long, schema=Verdict, model=Scripted(one, two, *[nothing] * 50, context_tokens=7000))
        said = [finding.message for finding in summary.findings if finding.path == "data.years"]
        assert summary.data.years == 4 and any("“4” and “5”" in message for message in said)


def test_pieces_come_as_they_are_written_and_again_with_what_was_found() -> None:
    *pieces, summary = stream(TEXT, schema=Verdict, model=Scripted(answered({"years": 14})))
    assert isinstance(summary, Summary)
    paths = [getattr(piece, "path", "") for piece in pieces]
    assert paths[:2] == ["data.court", "data.day"] and paths[-1] == "data.years"
    assert getattr(pieces[-1], "findings", ())


def test_a_batch_fills_it_for_every_article() -> None:
    texts = [TEXT, TEXT + "More came later. " * 3]
    lines = list(summarize_many(texts, schema=Verdict, model=Scripted(answered(), answered())))
    assert [line.record.data.years for line in lines if line.record] == [4, 4]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"model": "extractive"}, "takes a language model"),
        ({"prompt": "news", "model": Scripted()}, "asks for fields of the record"),
    ],
    ids=["rules", "a prompt for the record"],
)
def test_what_can_not_be_asked_is_said_before_anything_is_sent(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises((SchemaInvalid, PromptInvalid), match=said):
        summarize(TEXT, schema=Verdict, **arguments)


def test_a_provider_that_takes_fewer_unions_is_named() -> None:
    fields: dict[str, Any] = {f"field_{at}": (int | None) for at in range(20)}
    many = type("Many", (BaseModel,), {"__annotations__": fields})
    with pytest.raises(SchemaInvalid, match=r"20 fields .* anthropic takes at most 16.* another provider"):
        summarize(TEXT, schema=many, settings=Settings(model="anthropic:claude-haiku-5-5", api_key=SecretStr("none")))


CLASS = "from pydantic import BaseModel\nclass Verdict(BaseModel):\n    court: str\n    years: int\n"
REPLY = {"data": {"court": "Leeds Crown Court", "years": 14}, "evidence": [{"path": "years", "sentences": [1]}]}


class TestPrompts:
    """Own prompts for own schemas."""

    def test_a_house_rule_goes_with_every_schema(self, tmp_path: Path) -> None:
        (tmp_path / "prompt.toml").write_text('extends = "schema"')
        (tmp_path / "extra.md").write_text("Terms are given in months.")
        model = Scripted(answered())
        summarize(TEXT, schema=Verdict, prompt=tmp_path, model=model)
        assert model.requests[0].messages[0].content.endswith("Terms are given in months.")

    def test_it_needs_a_schema(self) -> None:
        with pytest.raises(PromptInvalid, match="give one with --schema"):
            summarize(TEXT, prompt="schema", model=Scripted())

    def test_examples_are_refused_as_nothing_can_check_them(self, tmp_path: Path) -> None:
        (tmp_path / "prompt.toml").write_text('extends = "schema"')
        (tmp_path / "examples").mkdir()
        with pytest.raises(PromptInvalid, match="before there is a schema"):
            summarize(TEXT, schema=Verdict, prompt=tmp_path, model=Scripted())


class TestTheCommand:
    def run(self, tmp_path: Path, *arguments: str) -> Any:
        (tmp_path / "a.txt").write_text(TEXT)
        (tmp_path / "court.py").write_text(CLASS)
        with StubServer(answer(json.dumps(REPLY))) as server:
            return run_command("a.txt", "--model", "m", "--base-url", server.base_url, *arguments, "--no-stream")

    @pytest.fixture(autouse=True)
    def _there(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("SUMMARIZER_API_KEY", "none")

    @pytest.mark.parametrize("view", ["json", "markdown", "terminal"])
    def test_it_takes_a_class_in_a_file(self, tmp_path: Path, view: str) -> None:
        done = self.run(tmp_path, "--schema", "court.py:Verdict", "--format", view)
        assert done.returncode == 0, done.stderr
        assert "Leeds Crown Court" in done.stdout and "14" in done.stdout

    def test_it_takes_a_json_schema(self, tmp_path: Path) -> None:
        source = {"type": "object", "properties": {"court": {"type": "string"}, "years": {"type": "integer"}}}
        (tmp_path / "court.json").write_text(json.dumps(source))
        done = self.run(tmp_path, "--schema", "court.json", "--format", "json", "--fail-on", "error")
        assert json.loads(done.stdout)["data"] == {"court": "Leeds Crown Court", "years": 14}
        assert done.returncode == 3

    @pytest.mark.parametrize(
        ("schema", "said"),
        [
            ("court.py", "which class"),
            ("court.py:Verdit", "it has BaseModel, Verdict"),
            ("none.py:Verdict", "no file"),
            ("none.json", "No such file"),
            ("a.txt", "no JSON"),
        ],
    )
    def test_what_is_no_schema_ends_with_a_word(self, tmp_path: Path, schema: str, said: str) -> None:
        done = self.run(tmp_path, "--schema", schema)
        assert done.returncode == 2 and said in done.stderr
