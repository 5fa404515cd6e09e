"""How much is asked for: an answer that has more or less is valid, what it lacks is empty, and a finding says so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import pytest
from long_texts import Reader, report
from pydantic import BaseModel, ValidationError
from records import article_of, harbour
from repository import EVALS
from stub_server import StubServer, answer

from summarizer import Article, Settings, Summary, read_article, summarize
from summarizer.answer_schema import answer_type
from summarizer.checking.bounds import beyond_bounds
from summarizer.checking.field_checks import check
from summarizer.checking.grounding import accept
from summarizer.errors import AnswerInvalid
from summarizer.evidence import Evidence, Grounding
from summarizer.prompts import load_prompt
from summarizer.record import SECTIONS, Bounded, Cited, Content, Finding, FiveWs, Verbatim, Written


def article_with(sentences: int) -> Article:
    """An article of so many short sentences, three a paragraph."""
    texts = [f"The Orrin ferry stopped at pier {number} in the morning." for number in range(1, sentences + 1)]
    return article_of(*(tuple(texts[at : at + 3]) for at in range(0, sentences, 3)), language="en")


def cited(text: str, *evidence: int) -> dict[str, Any]:
    return {"text": text, "evidence": list(evidence)}


POINT = cited("The Orrin ferry stopped.", 1)


def answered(fields: tuple[str, ...], answer: dict[str, Any], max_points: int | None = None) -> Any:
    return accept(json.dumps(answer), answer_type(fields, max_points), article_with(12)).answer


class TestWhatLacks:
    """Lists and what may be null; the text of a statement, the headline and the five Ws are no such things."""

    @pytest.mark.parametrize("lacking", [{}, {"quotes": None, "timeline": None}])
    def test_a_list_that_is_not_there_or_null_is_empty(self, lacking: dict[str, Any]) -> None:
        given = answered(("key_points", "quotes", "timeline"), {"key_points": [POINT], **lacking})
        assert (given.quotes, given.timeline) == ((), ())
        assert given.key_points[0].text == POINT["text"]

    def test_so_is_a_list_within(self) -> None:
        fields = ("key_points", "disputes")
        points = [{"text": "It stopped."}, {"text": "It stopped.", "evidence": None}]
        given = answered(fields, {"key_points": points, "disputes": [{"about": "the pier"}]})
        assert [point.evidence for point in given.key_points] == [(), ()]
        assert given.disputes[0].positions == ()

    def test_what_may_be_null_is(self) -> None:
        given = answered(
            ("five_ws", "entities", "quotes", "figures"),
            {
                "five_ws": {"who": POINT},
                "entities": [{"name": "Orrin", "type": "place"}],
                "quotes": [{"text": "The Orrin ferry stopped", "evidence": [1]}],
                "figures": [{"text": "pier 1", "measures": "the pier", "evidence": [1]}],
            },
        )
        assert given.five_ws.who.text == POINT["text"] and given.five_ws.how is None
        assert given.entities[0].role is None
        assert (given.quotes[0].speaker, given.quotes[0].speaker_role) == (None, None)
        assert (given.figures[0].value, given.figures[0].unit) == (None, None)

    def test_a_part_of_the_five_ws_may_lack_where_only_some_are_asked_for(self) -> None:
        given = answered(("five_ws.who", "five_ws.when"), {"five_ws": {"when": None}})
        assert (given.five_ws.who, given.five_ws.when) == (None, None)

    @pytest.mark.parametrize("lacking", ["headline", "five_ws"])
    @pytest.mark.parametrize("how", ["null", "missing"])
    def test_headline_and_five_ws_have_to_be_there(self, lacking: str, how: str) -> None:
        whole: dict[str, Any] = {"headline": POINT, "five_ws": {}, "key_points": [POINT]}
        rest = {name: value for name, value in whole.items() if name != lacking}
        assert answered(tuple(whole), whole).headline.text == POINT["text"]
        with pytest.raises(AnswerInvalid, match=lacking):
            answered(tuple(whole), rest | ({lacking: None} if how == "null" else {}))

    @pytest.mark.parametrize("text", ["{}", '{"article": {"quotes": []}}', '{"error": "no article"}'])
    def test_an_answer_with_none_of_its_fields_is_none(self, text: str) -> None:
        with pytest.raises(AnswerInvalid, match="quotes, figures"):
            accept(text, answer_type(("quotes", "figures")), article_with(3))

    @pytest.mark.parametrize("points", [[{"evidence": [1]}], {"text": "no list"}, "none", [None]])
    def test_what_is_there_and_wrong_is_as_invalid_as_ever(self, points: Any) -> None:
        with pytest.raises(AnswerInvalid, match="key_points"):
            answered(("key_points", "quotes"), {"key_points": points})

    def test_fields_that_nobody_asked_for_are_no_less_strange(self) -> None:
        text = json.dumps({"key_points": [{**POINT, "score": 3}]})
        accepted = accept(text, answer_type(("key_points", "quotes")), article_with(3))
        assert [problem.path for problem in accepted.problems] == ["key_points[0].score"]

    @pytest.mark.parametrize("field", ["key_points", "findings", "topics"])
    def test_a_record_read_back_has_no_list_that_is_null(self, field: str) -> None:
        stored = harbour().model_dump(mode="json")
        assert Summary.model_validate(stored) == harbour()
        with pytest.raises(ValidationError, match=field):
            Summary.model_validate(stored | {field: None})

    def test_code_has_to_say_what_a_record_holds(self) -> None:
        required = {name for name, field in FiveWs.model_fields.items() if field.is_required()}
        assert required == set(FiveWs.model_fields) and Cited.model_fields["evidence"].is_required()


class TestEvidenceTooBroad:
    def findings(self, sentences: int, cited_numbers: int, article: Article | None = None) -> list[Finding]:
        article = article or article_with(sentences)
        points = {"key_points": [cited("It stopped.", *range(1, cited_numbers + 1))]}
        given = answer_type(("key_points",)).model_validate(points, context=Grounding(article=article))
        return [finding for finding in check(given, article) if finding.code == "evidence_too_broad"]

    @pytest.mark.parametrize(
        ("sentences", "numbers", "is_too_broad"),
        [(12, 5, True), (12, 4, False), (9, 4, True), (9, 3, False), (8, 8, False), (3, 3, False), (40, 13, False)],
    )
    def test_it_is_more_than_a_third_of_a_longer_article(
        self, sentences: int, numbers: int, is_too_broad: bool
    ) -> None:
        assert bool(self.findings(sentences, numbers)) is is_too_broad

    def test_the_finding_says_how_many_of_how_many(self) -> None:
        [finding] = self.findings(30, 30)
        assert (finding.severity, finding.path) == ("warning", "key_points[0].text")
        assert "30 of the article's 30 sentences" in finding.message

    def test_every_field_that_is_written_is_held_to_it(self) -> None:
        article = article_with(12)
        many = list(range(1, 8))
        side = {"holder": "Orrin", "text": "It stopped.", "evidence": many}
        quote = {"text": "The Orrin ferry stopped", "speaker": None, "speaker_role": None, "evidence": many}
        given = answered(
            ("headline", "five_ws", "quotes", "timeline", "disputes"),
            {
                "headline": cited("The ferry stopped", *many),
                "five_ws": {"what": cited("stopped", *many)},
                "quotes": [quote],
                "timeline": [{"date": "2024", "text": "It stopped.", "evidence": many}],
                "disputes": [{"about": "the pier", "positions": [side]}],
            },
        )
        broad = [finding.path for finding in check(given, article) if finding.code == "evidence_too_broad"]
        written = ["headline.text", "five_ws.what.text", "timeline[0].text", "disputes[0].positions[0].text"]
        assert broad == written

    def test_it_holds_for_a_schema_of_ones_own_and_evidence_beside_an_enclosing_part(self) -> None:
        article = article_with(12)

        class Risk(BaseModel):
            claims: list[Annotated[str, Written()]]
            words: Annotated[str, Verbatim()]

        class Risks(BaseModel):
            risks: dict[str, Risk]
            sources: Evidence

        given = {"risks": {"pier": {"claims": ["It stopped."], "words": "The Orrin ferry"}}}
        for numbers, paths in (([1, 2, 3, 4], []), ([*range(1, 13)], ["risks.pier.claims[0]"])):
            risks = Risks.model_validate({**given, "sources": numbers}, context=Grounding(article=article))
            found = [finding for finding in check(risks, article) if finding.code == "evidence_too_broad"]
            assert [finding.path for finding in found] == paths

    def test_a_sentence_cited_by_several_of_its_words_counts_once(self) -> None:
        article = article_with(9)
        spans = tuple(article.span(start, start + 3) for start in (0, 4, 10, 16, 24))
        assert not check(Cited(text="The Orrin ferry stopped.", evidence=spans), article)


class TestBeyondBounds:
    def told(self, fields: tuple[str, ...], answer: dict[str, Any], max_points: int | None = None) -> list[Finding]:
        return list(beyond_bounds(answered(fields, answer, max_points)))

    def test_an_answer_within_them_raises_nothing(self) -> None:
        answer = {"headline": POINT, "abstract": [POINT] * 3, "key_points": [POINT] * 7, "topics": ["sport"] * 2}
        assert self.told(tuple(answer), answer, max_points=7) == []

    def test_one_note_says_what_is_longer_and_by_how_much(self) -> None:
        answer = {"headline": cited("y" * 151, 1), "abstract": [POINT] * 4, "key_points": [cited("x" * 320, 1)] * 9}
        [finding] = self.told(tuple(answer), answer, max_points=7)
        assert (finding.code, finding.severity, finding.path) == ("longer_than_asked", "note", "")
        assert "headline.text: 151 of at most 150 characters; abstract: 4 of at most 3; " in finding.message
        assert "key_points: 9 of at most 7; key_points[0].text: 320 of at most 300 characters" in finding.message
        assert finding.message.endswith("and 4 more")

    def test_the_number_of_points_is_the_prompts(self) -> None:
        answer = {"key_points": [POINT] * 4}
        assert self.told(("key_points",), answer, max_points=4) == self.told(("key_points",), answer) == []
        [finding] = self.told(("key_points",), answer, max_points=3)
        assert "key_points: 4 of at most 3" in finding.message

    def test_a_text_or_a_list_that_ends_where_a_grammar_ends_it_may_be_cut(self) -> None:
        entity = {"name": "Orrin", "type": "place", "role": None}
        for text, count, told in (
            ("x" * 299, 39, []),
            ("x" * 300, 39, ["key_points[0].text: 300 of at most 300 characters, and so perhaps cut"]),
            ("x" * 299, 40, ["entities: 40 of at most 40, and so perhaps cut"]),
        ):
            answer = {"key_points": [cited(text, 1)], "entities": [entity] * count}
            messages = [finding.message for finding in self.told(tuple(answer), answer)]
            assert [message.partition(". ")[2] for message in messages] == told

    @pytest.mark.parametrize("field", ["abstract", "key_points"])
    def test_a_summary_of_nothing_is_a_warning(self, field: str) -> None:
        [finding] = self.told((field, "quotes"), {"quotes": []})
        assert (finding.code, finding.severity, finding.path) == ("shorter_than_asked", "warning", field)

    def test_how_many_sentences_are_cited_is_left_to_the_check(self) -> None:
        answer = {"headline": cited("The ferry stopped"), "key_points": [cited("It stopped.", *range(1, 13))]}
        assert self.told(tuple(answer), answer) == []

    def test_it_holds_for_a_schema_of_ones_own_as_far_as_it_has_bounds(self) -> None:
        class Free(BaseModel):
            notes: list[str]

        class Held(BaseModel):
            notes: dict[str, Annotated[list[Annotated[str, Bounded(max_length=5)]], Bounded(max_items=2)]]

        assert beyond_bounds(Free(notes=["x" * 5000] * 500)) == ()
        [finding] = beyond_bounds(Held(notes={"pier": ["short", "longer", "one"]}))
        assert "notes.pier: 3 of at most 2" in finding.message
        assert "notes.pier[1]: 6 of at most 5 characters" in finding.message

    def test_answers_that_a_careful_reader_wrote_are_within_them(self) -> None:
        answer = answer_type(tuple(SECTIONS), load_prompt("news").max_points)
        sizes: list[int] = []
        stored = [json.loads(file.read_text()) for file in sorted((EVALS / "answers").glob("*.json"))]
        assert len(stored) > 40
        for one in stored:
            assert beyond_bounds(answer.model_validate(without_evidence(one, sizes))) == ()
        assert sum(size > 3 for size in sizes) < len(sizes) / 100


def without_evidence(part: Any, sizes: list[int]) -> Any:
    """A stored answer without the sentences that it cites, whose numbers are added to `sizes`."""
    if isinstance(part, list):
        return [without_evidence(item, sizes) for item in part]
    if not isinstance(part, dict):
        return part
    sizes += [len(value) for name, value in part.items() if name == "evidence"]
    return {name: [] if name == "evidence" else without_evidence(value, sizes) for name, value in part.items()}


def test_the_record_of_an_article_says_what_its_answer_had_too_much_of(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    article = article_with(12)
    given = {
        "headline": POINT,
        "key_points": [cited("The Orrin ferry stopped.", *range(1, 13))] * 4,
        "five_ws": {"what": POINT},
    }
    with StubServer(answer(json.dumps(given), tokens=(1200, 0, 90))) as server:
        summary = summarize(article, prompt="brief", settings=Settings(model="stub", base_url=server.base_url))
        assert len(server.requests) == 1
    assert len(summary.key_points) == 4
    codes = [finding.code for finding in summary.findings]
    assert codes == ["evidence_too_broad"] * 4 + ["longer_than_asked"]


def test_what_is_merged_from_parts_may_have_more_than_was_asked_of_each() -> None:
    reader = Reader(context_tokens=8192)
    summary = summarize(read_article(report(sections=45)), model=reader, settings=Settings(max_tokens=1000))
    assert len(summary.figures) == 45
    assert [finding.code for finding in summary.findings] == ["read_in_parts"]


def test_the_schema_of_the_record_has_no_bounds() -> None:
    schema = json.dumps(Content.model_json_schema(mode="serialization"))
    assert not any(keyword in schema for keyword in ("maxItems", "minItems", "maxLength"))
