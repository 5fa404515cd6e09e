"""Sentence numbers on the wire, spans in the record."""

from __future__ import annotations

import asyncio
import json

import pytest
from pydantic import BaseModel, ValidationError
from records import article_of

from summarizer.article import Article
from summarizer.evidence import Evidence, grounded_in
from summarizer.summary import Cited

ARTICLE = article_of(("The bridge is closed.", "Nobody was hurt."), ("It will open in May.",))


def cited(numbers: list[object]) -> Cited:
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


@pytest.mark.parametrize("item", ["1", True, None, 1.5])
def test_only_whole_numbers_cite(item: object) -> None:
    with grounded_in(ARTICLE), pytest.raises(ValidationError):
        cited([item])


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
