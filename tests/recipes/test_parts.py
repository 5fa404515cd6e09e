"""Articles of every length: cut into parts, read with the one request, merged into one record."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from long_texts import Planted, Reader, live_blog, planted, report
from stub_server import Step, StubServer, answer, error

from summarizer import Article, Settings, Summary, asummarize, read_article, summarize
from summarizer.answer_schema import answer_type
from summarizer.article import Sentence
from summarizer.checking.analysis import ArticleAnalysis
from summarizer.checking.grounding import accept, ground
from summarizer.errors import AnswerInvalid, ContextExceeded, KeyRejected, PromptInvalid
from summarizer.models.waiting import without_waiting
from summarizer.prompts import load_prompt
from summarizer.recipes.asking import record_request
from summarizer.recipes.base import TokenBudget
from summarizer.recipes.forecast import forecast
from summarizer.recipes.long import plan
from summarizer.recipes.parts import OVERLAP, cut

SETTINGS = Settings(max_tokens=1000)


pytestmark = pytest.mark.usefixtures("bare")


@cache
def sixty_pages() -> Article:
    return read_article(report())


def ten_pages() -> Article:
    return read_article(report(sections=10))


def requests_ahead(article: Article, context_tokens: int, prompt: str | Path = "news") -> int:
    room = TokenBudget(context_tokens, SETTINGS.max_tokens)
    return forecast("one_request", article, load_prompt(prompt), None, room).requests


def spans(part: Any) -> Iterator[dict[str, Any]]:
    """Every span in a record."""
    if isinstance(part, dict):
        if part.keys() >= {"start", "end", "text"}:
            yield part
        for value in part.values():
            yield from spans(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from spans(value)


def holds_all(summary: Summary, facts: list[Planted]) -> None:
    """Every planted thing once."""
    assert sorted(figure.text for figure in summary.figures) == sorted(fact.figure for fact in facts)
    assert sorted(quote.text for quote in summary.quotes) == sorted(fact.quote for fact in facts)
    assert [event.date for event in summary.timeline] == [fact.date for fact in facts]
    assert {quote.speaker for quote in summary.quotes} == {fact.speaker for fact in facts}
    names = [entity.name for entity in summary.entities]
    assert len(names) == len(set(names)) and {fact.place for fact in facts} <= set(names)


# --- long articles ----------------------------------------------------------------------------------------------


def test_a_report_of_sixty_pages_becomes_one_record_of_all_of_it() -> None:
    article, facts = sixty_pages(), planted(60)
    assert 28_000 < article.words < 34_000
    reader = Reader(context_tokens=16_384)
    summary = summarize(article, model=reader, settings=SETTINGS)
    holds_all(summary, facts)
    assert summary.key_points[-1].text == facts[-1].fact and len(summary.key_points) <= 7
    assert summary.abstract[-1].evidence[0].text == facts[-1].fact
    assert summary.run.coverage.seen == summary.run.coverage.given == len(article.text)
    assert [finding.code for finding in summary.findings] == ["read_in_parts"]
    found = list(spans(summary.model_dump()))
    assert len(found) > 4 * 60
    assert all(article.text[span["start"] : span["end"]] == span["text"] for span in found)
    assert all(TokenBudget(16_384, 1000).holds(request) for request in reader.requests)
    assert len(reader.requests) == requests_ahead(article, 16_384) == len(summary.run.requests)


def test_a_live_blog_of_three_thousand_posts_is_read_to_its_last() -> None:
    article = read_article(live_blog(3000))
    reader = Reader(context_tokens=16_384)
    summary = summarize(article, model=reader, settings=SETTINGS)
    holds_all(summary, planted(61))
    assert planted(61)[-1].fact in [point.text for point in summary.key_points]
    assert summary.run.coverage.seen == summary.run.coverage.given
    assert 10 < len(reader.requests) == requests_ahead(article, 16_384)


def test_every_wrong_event_of_a_long_record_has_its_finding() -> None:
    article = read_article(live_blog(3000))
    wrong = " 77,777 of them were seen by Zork Bloop, and nobody denied it."
    events = [
        {"date": "2020", "text": article.sentence_text(number) + wrong, "evidence": [number]}
        for number in range(2, len(article.sentences), 30)
    ]
    answered = accept(json.dumps({"timeline": events}), answer_type(("timeline",)), article).answer
    content = ground(answered, ArticleAnalysis(article))
    assert sum(finding.code == "number_not_in_evidence" for finding in content.findings) >= len(events) > 150


def test_the_merging_request_is_shown_the_statements_with_their_numbers_and_cites_them() -> None:
    reader = Reader()
    article = ten_pages()
    summary = summarize(article, model=reader, settings=SETTINGS)
    *parts, last = reader.requests
    total = len(parts)
    assert [r.purpose for r in reader.requests] == [f"part {n} of {total}" for n in range(1, total + 1)] + ["merging"]
    shown = re.findall(r"^\[([\d, ]+)\] Inspectors", last.messages[1].content, re.MULTILINE)
    assert len(shown) == 10 and last.shown == {int(number) for number in shown}
    assert list(last.answer.model_fields) == ["headline", "abstract", "key_points"]
    assert "quotes:" not in last.messages[0].content and "at most 7" in last.messages[0].content
    assert summary.headline is not None and summary.headline.evidence[0].text == planted(10)[0].fact


def test_points_that_are_few_enough_stay_as_they_are() -> None:
    reader = Reader(context_tokens=6000)
    summary = summarize(read_article(report(sections=6)), model=reader, settings=SETTINGS)
    assert list(reader.requests[-1].answer.model_fields) == ["headline", "abstract"]
    assert [point.text for point in summary.key_points] == [fact.fact for fact in planted(6)]


def test_what_fits_is_asked_at_once_and_as_ever() -> None:
    article, prompt = ten_pages(), load_prompt("news")
    reader = Reader(context_tokens=100_000)
    summary = summarize(article, model=reader, settings=SETTINGS)
    [request] = reader.requests
    assert request.purpose == "record" and summary.findings == ()
    assert [m.content for m in request.messages] == [prompt.system(), prompt.article(article, None)]
    size = request.estimated_tokens + SETTINGS.max_tokens
    for context_tokens, is_whole in ((size, True), (size - 1, False)):
        asked = Reader(context_tokens=context_tokens)
        summarize(article, model=asked, settings=SETTINGS)
        assert (len(asked.requests) == 1) is is_whole
        assert len(asked.requests) == requests_ahead(article, context_tokens)


def test_too_many_statements_for_one_request_are_merged_in_rounds() -> None:
    article = read_article(report(sections=120, filler=4))
    tight, reader = Settings(max_tokens=500), Reader(context_tokens=4096)
    summary = summarize(article, model=reader, settings=tight)
    room = TokenBudget(4096, 500)
    ahead = forecast("one_request", article, load_prompt("news"), None, room)
    purposes = [request.purpose for request in reader.requests]
    assert any(purpose.startswith("merging 1 of") for purpose in purposes) and purposes[-1] == "merging"
    assert len(reader.requests) <= ahead.requests
    assert sum(request.estimated_tokens for request in reader.requests) <= ahead.tokens_in
    assert all(map(room.holds, reader.requests))
    holds_all(summary, planted(120))
    assert summary.key_points[-1].text == planted(120)[-1].fact


def test_statements_longer_than_any_may_be_are_left_out_and_counted_not_sent_in_more_requests() -> None:
    reader = Reader(padding=" It was noted with great concern by all who were there." * 12)
    article = sixty_pages()
    summary = summarize(article, model=reader, settings=SETTINGS)
    assert len(reader.requests) <= requests_ahead(article, 8192)
    assert all(TokenBudget(8192, 1000).holds(request) for request in reader.requests)
    [said] = [finding for finding in summary.findings if finding.code == "read_in_parts"]
    assert said.severity == "warning" and re.search(r"For \d+ of them there was no room", said.message)
    assert len(summary.figures) == 60


def test_a_prompt_without_statements_needs_no_merging(tmp_path: Path) -> None:
    folder = own_prompt(tmp_path, 'fields = ["quotes", "five_ws.who"]')
    reader, article = Reader(context_tokens=4096), ten_pages()
    summary = summarize(article, prompt=folder, model=reader, settings=SETTINGS)
    assert {request.purpose.split()[0] for request in reader.requests} == {"part"}
    assert len(reader.requests) == requests_ahead(article, 4096, folder)
    assert len(summary.quotes) == 10 and summary.five_ws is not None and summary.five_ws.who is None


def test_an_own_prompt_may_say_how_parts_are_merged(tmp_path: Path) -> None:
    folder = own_prompt(
        tmp_path, 'fields = ["headline", "abstract"]', merge="For the evening desk:\n{{ statements }}"
    )
    reader = Reader(context_tokens=4096)
    summary = summarize(ten_pages(), prompt=folder, model=reader, settings=SETTINGS)
    assert reader.requests[-1].messages[1].content.startswith("For the evening desk:\n[")
    assert summary.abstract[-1].text == planted(10)[-1].fact
    with pytest.raises(PromptInvalid, match=r"merge\.md: \{\{ statements \}\} is missing"):
        load_prompt(own_prompt(tmp_path, 'fields = ["headline"]', merge="Merge."))


def own_prompt(folder: Path, fields: str, **files: str) -> Path:
    (folder / "prompt.toml").write_text(f'version = "1"\ndescription = "mine"\nextends = "news"\n{fields}')
    for name, text in files.items():
        (folder / f"{name}.md").write_text(text)
    return folder


def test_a_text_without_spaces_is_read_in_parts() -> None:
    lines = [
        f"检查人员在第{n}座高架桥上发现了{1000 + n}处裂缝。市政府说，维修工作将在明年春天完成。" for n in range(400)
    ]
    article = read_article("\n\n".join(lines))
    reader = Reader()
    summary = summarize(article, model=reader, settings=SETTINGS)
    assert len(reader.requests) == requests_ahead(article, 8192) > 3
    assert all(TokenBudget(8192, 1000).holds(request) for request in reader.requests)
    assert summary.run.coverage.seen == summary.run.coverage.given == len(article.text)
    assert "第399座" in reader.requests[-2].messages[1].content


def test_one_giant_paragraph_is_cut_between_its_sentences() -> None:
    article = read_article(report(sections=20).replace("\n\n", " "))
    assert {sentence.paragraph for sentence in article.sentences} == {1}
    reader = Reader()
    summary = summarize(article, model=reader, settings=SETTINGS)
    assert len(reader.requests) == requests_ahead(article, 8192) > 3
    assert {figure.text for figure in summary.figures} == {fact.figure for fact in planted(20)}


# --- the real client --------------------------------------------------------------------------------------------


def scripted(article: Article) -> list[Step]:
    """The reader's answers in their order, for a server to give."""
    reader = Reader()
    summarize(article, model=reader, settings=SETTINGS)
    return [answer(text, tokens=(7000, 0, 20)) for text in reader.replies]


def through(server: StubServer, article: Article, how: str, **options: Any) -> Summary:
    settings = SETTINGS.model_copy(
        update={"model": "stub", "base_url": server.base_url, "context_tokens": 8192, **options}
    )
    if how == "sync":
        return summarize(article, settings=settings)
    return asyncio.run(asummarize(article, settings=settings))


@pytest.mark.parametrize("how", ["sync", "async"])
def test_the_real_client_asks_part_by_part(how: str) -> None:
    article = ten_pages()
    steps = scripted(article)
    with StubServer(*steps) as server:
        summary = through(server, article, how)
        assert len(server.requests) == len(steps) == requests_ahead(article, 8192)
        systems = {request.body["messages"][0]["content"] for request in server.requests[:-1]}
    assert len(systems) == 1
    holds_all(summary, planted(10))
    assert summary.run.tokens.input == 7000 * len(steps)
    assert [finding.code for finding in summary.findings] == ["read_in_parts"]


@pytest.mark.parametrize("how", ["sync", "async"])
def test_a_part_that_fails_fails_the_article_with_all_calls_noted(how: str) -> None:
    article = ten_pages()
    steps = scripted(article)
    with StubServer(*steps[:2], error(401, "bad key")) as server, pytest.raises(KeyRejected) as raised:
        through(server, article, how)
    assert str(raised.value).startswith(f"part 3 of {len(steps) - 1}: ")
    assert [call.outcome for call in raised.value.calls] == ["ok", "ok", "status 401"]


def test_a_part_whose_answer_is_no_record_fails_the_article() -> None:
    article = ten_pages()
    with (
        StubServer(scripted(article)[0], answer('{"headline": 7}')) as server,
        pytest.raises(AnswerInvalid) as raised,
    ):
        through(server, article, "sync")
    assert str(raised.value).startswith("part 2 of")
    assert [call.outcome for call in raised.value.calls] == ["ok", "invalid", "invalid"]


def test_a_part_is_tried_again_as_any_request_is() -> None:
    article = ten_pages()
    steps = scripted(article)
    with StubServer(steps[0], error(500), *steps[1:]) as server, without_waiting():
        summary = through(server, article, "sync")
    holds_all(summary, planted(10))
    assert [call.outcome for call in summary.run.requests].count("status 500") == 1


def test_a_part_that_is_refused_is_a_record_without_points_that_knows_what_was_spent() -> None:
    article = ten_pages()
    with StubServer(scripted(article)[0], answer(None, refusal="I can't help with that.")) as server:
        summary = through(server, article, "sync")
    assert summary.status == "refused" and summary.key_points == ()
    assert summary.status_reason is not None and summary.status_reason.startswith("part 2 of")
    assert [call.outcome for call in summary.run.requests] == ["ok", "refused"]


def test_a_part_can_cite_only_what_it_was_shown() -> None:
    article = ten_pages()
    first, second, *rest = scripted(article)
    renumbered = Reader()
    summarize(article, model=renumbered, settings=SETTINGS)
    wrong = re.sub(r'"evidence": \[\d+\]', '"evidence": [1]', renumbered.replies[1])
    with StubServer(first, answer(wrong, tokens=(7000, 0, 20)), second, *rest) as server:
        summary = through(server, article, "sync")
        again = server.requests[2].body["messages"][-1]["content"]
    shown = sorted(renumbered.requests[1].shown)
    assert f"sentence 1 is not among those shown here, from {shown[0]} to {shown[-1]}" in again
    assert [finding.code for finding in summary.findings] == ["read_in_parts", "repaired_after_reask"]
    with StubServer(first, answer(wrong, tokens=(7000, 0, 20)), answer(wrong, tokens=(7000, 0, 20)), *rest) as server:
        summary = through(server, article, "sync")
    [doubt, *_] = [finding for finding in summary.findings if finding.code == "no_evidence" and not finding.path]
    assert "part 2 of" in doubt.message and f"it was shown the sentences {shown[0]} to" in doubt.message


@pytest.mark.parametrize(
    "text", [report(sections=4), "The council of Norwick met and " + "spoke at length and " * 9000 + "left."]
)
def test_what_fits_in_no_part_is_an_error_that_says_so_before_anything_is_sent(text: str) -> None:
    article = read_article(text)
    context_tokens = 2500 if len(article.sentences) > 1 else 8192
    with StubServer(answer("{}")) as server, pytest.raises(ContextExceeded) as raised:
        through(server, article, "sync", context_tokens=context_tokens)
    assert server.requests == []
    assert f"the model's context holds {context_tokens:,}" in str(raised.value)
    assert "can't be read in parts either" in str(raised.value)
    assert requests_ahead(article, context_tokens) == 0


# --- cutting ----------------------------------------------------------------------------------------------------


@st.composite
def texts(draw: st.DrawFn) -> tuple[list[Sentence], list[int], int]:
    costs = draw(st.lists(st.integers(1, 60), min_size=1, max_size=120))
    opens = draw(st.lists(st.integers(0, 9), min_size=len(costs), max_size=len(costs)))
    often = draw(st.integers(0, 10))
    sentences: list[Sentence] = []
    for number, opened in enumerate(opens, 1):
        paragraph = 1 if not sentences else sentences[-1].paragraph + (opened < often)
        sentences.append(Sentence(number, number * 10, number * 10 + 9, paragraph))
    return sentences, costs, draw(st.integers(20, 400))


@given(texts())
def test_parts_cover_every_sentence_overlap_and_keep_their_size(text: tuple[list[Sentence], list[int], int]) -> None:
    sentences, costs, size = text
    parts = cut(sentences, costs, size)
    cost = {sentence.number: costs[sentence.number - 1] for sentence in sentences}
    ends = 0
    for part in parts:
        numbers = [sentence.number for sentence in part]
        assert numbers == list(range(numbers[0], numbers[-1] + 1))
        assert sum(map(cost.__getitem__, numbers)) <= size or len(numbers) == 1
        assert numbers[0] <= ends + 1 <= numbers[-1]  # nothing left out, something new
        repeated = [cost[number] for number in numbers if number <= ends]
        assert sum(repeated) <= OVERLAP * size or len(repeated) == 1
        if ends and cost[ends] + cost[ends + 1] <= size:
            assert repeated
        ends = numbers[-1]
    assert ends == len(sentences)


@given(texts())
def test_a_part_ends_within_a_paragraph_only_where_none_begins_in_its_second_half(
    text: tuple[list[Sentence], list[int], int],
) -> None:
    sentences, costs, size = text
    ends = 0
    for part in cut(sentences, costs, size)[:-1]:
        ends, before = part[-1].number, ends
        if sentences[ends].paragraph != part[-1].paragraph:
            continue
        filled = 0
        for sentence in part:
            opens = sentence.number > 1 and sentences[sentence.number - 2].paragraph != sentence.paragraph
            assert not (opens and sentence.number > before + 1 and filled > size / 2)
            filled += costs[sentence.number - 1]


@given(
    st.lists(
        st.lists(st.sampled_from(["Die Brücke blieb zu.", "裂缝很长。", "Nobody was hurt by any of it."]), min_size=1)
    ),
    st.integers(2600, 6000),
)
def test_no_request_for_a_part_is_larger_than_the_context(paragraphs: list[list[str]], context_tokens: int) -> None:
    article = read_article("\n\n".join(" ".join(p) for p in [*paragraphs, ["The end came on Monday."] * 40]))
    prompt, room = load_prompt("brief"), TokenBudget(context_tokens, 800)
    for part in plan(article, prompt, None, room).parts:
        assert room.holds(record_request(article, prompt, None, part))
