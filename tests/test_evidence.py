"""Sentence numbers on the wire, spans in the record."""

from __future__ import annotations

import contextlib
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import instructor
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openai import OpenAI
from pydantic import BaseModel, ValidationError
from records import article_of
from stub_server import StubServer, answer

from summarizer.evidence import Evidence
from summarizer.record import Cited

ARTICLE = article_of(("The bridge is closed.", "Nobody was hurt."), ("It will open in May.",))


def cited(numbers: object, **further: Any) -> Cited:
    said = json.dumps({"text": "x", "evidence": numbers})
    return Cited.model_validate_json(said, context={"article": ARTICLE, **further})


def test_numbers_become_spans_of_the_article() -> None:
    evidence = cited([3, 1]).evidence
    assert [span.text for span in evidence] == ["It will open in May.", "The bridge is closed."]
    assert all(ARTICLE.text[span.start : span.end] == span.text for span in evidence)


def test_the_same_sentence_counts_once() -> None:
    assert len(cited([2, 2]).evidence) == 1


def test_a_span_says_which_sentences_it_lies_in() -> None:
    assert [span.sentence for span in cited([3, 1]).evidence] == [3, 1]
    assert "last_sentence" not in cited([1]).evidence[0].model_dump()
    across = ARTICLE.span(14, 35)
    assert (across.text, across.sentence, across.last_sentence) == ("closed. Nobody was hu", 1, 2)
    titled = replace(ARTICLE, title="Bridge shut")
    assert titled.title_span and titled.title_span.model_dump()["sentence"] == 0


@pytest.mark.parametrize("context", [None, {"article": ARTICLE}])
def test_a_record_that_is_read_back_needs_no_article(context: Any) -> None:
    point = Cited(text="x", evidence=(ARTICLE.span(4, 10),))
    assert Cited.model_validate_json(point.model_dump_json(), context=context) == point


def test_a_span_that_was_written_before_it_had_a_number_is_read() -> None:
    (span,) = Cited.model_validate({"text": "x", "evidence": [{"start": 4, "end": 10, "text": "bridge"}]}).evidence
    assert span.sentence is None


@pytest.mark.parametrize("number", [0, 4, -1])
def test_a_sentence_that_does_not_exist_is_an_error_that_says_which_do(number: int) -> None:
    with pytest.raises(ValidationError, match="the article has 1 to 3"):
        cited([1, number])


SAID: dict[str, object] = {
    "a string": ["3", "1"],
    "a float": [3.0, 1],
    "a float in a string": ["3.0", "1."],
    "brackets": ["[3]", "[1]"],
    "a list in a string": "[3, 1]",
    "a list in a string in a list": ["[3, 1]"],
    "brackets side by side": "[3][1]",
    "commas": "3, 1",
    "words": "sentences 3 and 1",
    "letters": ["S3", "s1"],
    "signs": ["#3", "№1"],
    "a sentence": ["Sentence 3", "sentence_1"],
    "quotes": ["'3'", '"1"'],
    "lists in a list": [[3], [1]],
    "objects": [{"sentence": 3}, {"number": "1"}],
    "an object": {"sentences": [3, 1]},
    "an object with more": [{"sentence": 3, "quote": "It will open in May."}, 1],
}


@pytest.mark.parametrize("said", SAID.values(), ids=SAID.keys())
def test_sentences_are_known_however_they_are_numbered(said: object) -> None:
    assert cited(said) == cited([3, 1])


@pytest.mark.parametrize(
    "said", ["1-3", ["1–3"], "[1-3]", "1 to 3", "from 1 to 3", "sentences 1-3", "1-2, 3", "1..3"]
)
def test_a_range_cites_all_that_is_in_it(said: object) -> None:
    assert cited(said) == cited([1, 2, 3])


@pytest.mark.parametrize("said", [3, 3.0, "3", "[3]", {"sentence": 3}])
def test_one_number_needs_no_list(said: object) -> None:
    assert cited(said) == cited([3])


def test_no_number_at_all_is_no_evidence() -> None:
    assert cited([]).evidence == cited("[]").evidence == ()


UNSURE: tuple[object, ...] = (
    True, None, 1.5, "", " ", "1.5", "one", "May 3", "3-", "3-1", "1,000", "3 1", "1/3", "sentence 3: it opens", "-1",
    {"page": 3}, {"sentence": 3, "number": 1}, "[[1]", float("inf"),
)  # fmt: skip


@pytest.mark.parametrize("item", UNSURE)
def test_what_may_be_no_sentence_number_is_an_error_that_says_what_is_wanted(item: object) -> None:
    with pytest.raises(ValidationError) as caught:
        Cited.model_validate({"text": "x", "evidence": [1, item]}, context={"article": ARTICLE})
    assert "write the numbers alone" in str(caught.value)


@pytest.mark.parametrize("said", ["1-999999999", "2-4", "0-2", "999999999", "[4]", [{"sentence": -1}], ["-1"]])
def test_numbers_in_words_have_to_exist_too(said: object) -> None:
    with pytest.raises(ValidationError, match=r"the article has 1 to 3|no sentence number"):
        cited(said)


def test_leniently_what_is_no_number_is_left_out_and_named() -> None:
    problems: list[str] = []
    point = cited([2, "soon", "1-999999999"], problems=problems)
    assert [span.text for span in point.evidence] == ["Nobody was hurt.", "The bridge is closed."]
    assert [problem[:6] for problem in problems] == ["'soon'", "senten"]


FORMS = ("{}", "[{}]", "S{}", "#{}", "sentence {}", "{}.0", " {} ", "'{}'")


@given(
    st.lists(st.tuples(st.integers(1, 3), st.sampled_from(FORMS)), max_size=6), st.sampled_from([", ", "; ", " and "])
)
def test_any_spelling_of_numbers_cites_the_same(items: list[tuple[int, str]], between: str) -> None:
    numbers = [number for number, _ in items]
    spelled = [form.format(number) for number, form in items]
    assert cited(spelled) == cited(numbers)
    assert cited(between.join(spelled) or "[]") == cited(numbers)


@given(st.text(alphabet="0123456789[](){},;-–. sentencto#\"'", max_size=20))
def test_any_text_is_numbers_of_sentences_or_an_error(text: str) -> None:
    with contextlib.suppress(ValidationError):
        assert len(cited(text).evidence) <= 3


def test_leniently_what_does_not_exist_is_left_out_and_named() -> None:
    problems: list[str] = []
    point = cited([2, 9], problems=problems)
    assert [span.text for span in point.evidence] == ["Nobody was hurt."]
    assert problems == ["sentence 9 does not exist; the article has 1 to 3"]


@pytest.mark.parametrize("context", [None, {}, {"article": "The bridge is closed."}, ARTICLE])
@pytest.mark.parametrize("numbers", [[1], "1-999999999"])
def test_without_an_article_the_error_says_what_context_is_lacking(context: Any, numbers: object) -> None:
    with pytest.raises(ValidationError, match=r'validate with context=\{"article": article\}'):
        Cited.model_validate({"text": "x", "evidence": numbers}, context=context)


def test_what_a_model_was_not_shown_it_cannot_cite() -> None:
    with pytest.raises(ValidationError, match="sentence 1 is not among those shown here, from 2 to 3"):
        cited([1], shown=frozenset({2, 3}))


class Report(BaseModel):
    """A type of a user's own."""

    claims: list[Cited]
    sources: Evidence


def test_a_type_of_ones_own_validates_in_another_thread() -> None:
    said = json.dumps({"claims": [{"text": "x", "evidence": [2]}], "sources": ["1-2"]})
    with ThreadPoolExecutor(1) as threads:
        report = threads.submit(Report.model_validate_json, said, context={"article": ARTICLE, "mine": 1}).result()
    assert [span.text for span in report.sources] == ["The bridge is closed.", "Nobody was hurt."]
    assert report.claims[0].evidence == report.sources[1:]


def test_instructor_hands_the_article_to_the_same_types() -> None:
    said = json.dumps({"claims": [], "sources": [3]})
    with StubServer(answer(said)) as server:
        client = instructor.from_openai(OpenAI(base_url=server.base_url, api_key="none"), mode=instructor.Mode.JSON)
        report = client.create(
            response_model=Report,
            messages=[{"role": "user", "content": "What is new?"}],
            model="stub",
            context={"article": ARTICLE},
        )
    assert [span.text for span in report.sources] == ["It will open in May."]


def test_the_schema_asks_for_integers() -> None:
    class Mine(BaseModel):
        evidence: Evidence

    assert Mine.model_json_schema()["properties"]["evidence"]["items"] == {"type": "integer"}
    assert Mine.model_json_schema(mode="serialization")["properties"]["evidence"]["items"] != {"type": "integer"}
