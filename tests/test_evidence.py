"""Sentence numbers on the wire, spans in the record."""

from __future__ import annotations

import asyncio
import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError
from records import article_of

from summarizer.article import Article
from summarizer.evidence import Evidence, grounded_in
from summarizer.record import Cited

ARTICLE = article_of(("The bridge is closed.", "Nobody was hurt."), ("It will open in May.",))


def cited(numbers: object) -> Cited:
    return Cited.model_validate_json(json.dumps({"text": "x", "evidence": numbers}))


def test_numbers_become_spans_of_the_article() -> None:
    with grounded_in(ARTICLE):
        evidence = cited([3, 1]).evidence
    assert [span.text for span in evidence] == ["It will open in May.", "The bridge is closed."]
    assert all(ARTICLE.text[span.start : span.end] == span.text for span in evidence)


def test_the_same_sentence_counts_once() -> None:
    with grounded_in(ARTICLE):
        assert len(cited([2, 2]).evidence) == 1


def test_a_record_that_is_read_back_needs_no_article() -> None:
    with grounded_in(ARTICLE):
        point = cited([1])
    assert Cited.model_validate_json(point.model_dump_json()) == point


@pytest.mark.parametrize("number", [0, 4, -1])
def test_a_sentence_that_does_not_exist_is_an_error_that_says_which_do(number: int) -> None:
    with grounded_in(ARTICLE), pytest.raises(ValidationError, match="the article has 1 to 3"):
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
    with grounded_in(ARTICLE):
        assert cited(said) == cited([3, 1])


@pytest.mark.parametrize(
    "said", ["1-3", ["1–3"], "[1-3]", "1 to 3", "from 1 to 3", "sentences 1-3", "1-2, 3", "1..3"]
)
def test_a_range_cites_all_that_is_in_it(said: object) -> None:
    with grounded_in(ARTICLE):
        assert cited(said) == cited([1, 2, 3])


@pytest.mark.parametrize("said", [3, 3.0, "3", "[3]", {"sentence": 3}])
def test_one_number_needs_no_list(said: object) -> None:
    with grounded_in(ARTICLE):
        assert cited(said) == cited([3])


def test_no_number_at_all_is_no_evidence() -> None:
    with grounded_in(ARTICLE):
        assert cited([]).evidence == cited("[]").evidence == ()


UNSURE: tuple[object, ...] = (
    True, None, 1.5, "", " ", "1.5", "one", "May 3", "3-", "3-1", "1,000", "3 1", "1/3", "sentence 3: it opens", "-1",
    {"page": 3}, {"sentence": 3, "number": 1}, "[[1]", float("inf"),
)  # fmt: skip


@pytest.mark.parametrize("item", UNSURE)
def test_what_may_be_no_sentence_number_is_an_error_that_says_what_is_wanted(item: object) -> None:
    with grounded_in(ARTICLE), pytest.raises(ValidationError) as caught:
        Cited.model_validate({"text": "x", "evidence": [1, item]})
    assert "write the numbers alone" in str(caught.value)


@pytest.mark.parametrize("said", ["1-999999999", "2-4", "0-2", "999999999", "[4]", [{"sentence": -1}], ["-1"]])
def test_numbers_in_words_have_to_exist_too(said: object) -> None:
    with grounded_in(ARTICLE), pytest.raises(ValidationError, match=r"the article has 1 to 3|no sentence number"):
        cited(said)


def test_leniently_what_is_no_number_is_left_out_and_named() -> None:
    with grounded_in(ARTICLE, lenient=True) as grounding:
        point = cited([2, "soon", "1-999999999"])
    assert [span.text for span in point.evidence] == ["Nobody was hurt.", "The bridge is closed."]
    assert [problem[:6] for problem in grounding.problems] == ["'soon'", "senten"]


FORMS = ("{}", "[{}]", "S{}", "#{}", "sentence {}", "{}.0", " {} ", "'{}'")


@given(
    st.lists(st.tuples(st.integers(1, 3), st.sampled_from(FORMS)), max_size=6), st.sampled_from([", ", "; ", " and "])
)
def test_any_spelling_of_numbers_cites_the_same(items: list[tuple[int, str]], between: str) -> None:
    numbers = [number for number, _ in items]
    spelled = [form.format(number) for number, form in items]
    with grounded_in(ARTICLE):
        assert cited(spelled) == cited(numbers)
        assert cited(between.join(spelled) or "[]") == cited(numbers)


@given(st.text(alphabet="0123456789[](){},;-–. sentencto#\"'", max_size=20))
def test_any_text_is_numbers_of_sentences_or_an_error(text: str) -> None:
    with grounded_in(ARTICLE), contextlib.suppress(ValidationError):
        assert len(cited(text).evidence) <= 3


def test_leniently_what_does_not_exist_is_left_out_and_named() -> None:
    with grounded_in(ARTICLE, lenient=True) as grounding:
        point = cited([2, 9])
    assert [span.text for span in point.evidence] == ["Nobody was hurt."]
    assert grounding.problems == ["sentence 9 does not exist; the article has 1 to 3"]


def test_without_an_article_numbers_cannot_be_read() -> None:
    with pytest.raises(ValidationError, match="grounded_in"):
        cited([1])


def test_the_schema_asks_for_integers() -> None:
    class Mine(BaseModel):
        evidence: Evidence

    assert Mine.model_json_schema()["properties"]["evidence"]["items"] == {"type": "integer"}
    assert Mine.model_json_schema(mode="serialization")["properties"]["evidence"]["items"] != {"type": "integer"}


def test_tasks_do_not_see_each_others_articles() -> None:
    async def first_sentence(article: Article) -> str:
        with grounded_in(article):
            await asyncio.sleep(0)
            return cited([1]).evidence[0].text

    async def both() -> list[str]:
        articles = [article_of((f"Sentence of article {number}.",)) for number in range(20)]
        return await asyncio.gather(*map(first_sentence, articles))

    assert asyncio.run(both()) == [f"Sentence of article {number}." for number in range(20)]
