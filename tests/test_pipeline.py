"""The whole path with the real client: what is asked, and what comes of every kind of answer."""

from __future__ import annotations

import asyncio
import json
import math
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import pytest
from harbour import GOOD, HARBOUR, brief, cited
from stub_server import Step, StubServer, answer, error

from summarizer import Settings, Summary, asummarize, read_article, summarize
from summarizer.article import Sentence
from summarizer.errors import AnswerInvalid, KeyRejected, ProviderFailed, ReplayMissing, SettingsError
from summarizer.models.base import Request
from summarizer.models.connecting import connect
from summarizer.models.local.weights import WEIGHTS
from summarizer.models.openai.dialect import OpenAIDialect
from summarizer.models.providers.catalogue import LOCAL
from summarizer.models.providers.endpoint import Endpoint
from summarizer.models.remote.model import EndpointModel
from summarizer.models.replay import Recorder
from summarizer.models.waiting import without_waiting

How = Literal["sync", "async"]
both = pytest.mark.parametrize("how", ["sync", "async"])


pytestmark = pytest.mark.usefixtures("bare")


def run(how: How, *script: Step, prompt: str = "brief", **options: Any) -> tuple[Summary, list[dict[str, Any]]]:
    with StubServer(*script) as server:
        settings = Settings(model="stub", base_url=server.base_url, **options)
        if how == "sync":
            summary = summarize(HARBOUR, prompt=prompt, settings=settings)
        else:
            summary = asyncio.run(asummarize(HARBOUR, prompt=prompt, settings=settings))
        return summary, [recorded.body for recorded in server.requests]


@both
def test_one_request_makes_a_checked_record_that_says_how_it_came_to_be(how: How) -> None:
    summary, [asked] = run(how, answer(GOOD, tokens=(1200, 40, 20)))
    article = read_article(HARBOUR)
    assert summary.headline is not None and summary.headline.evidence[0].text == article.sentence_text(1)
    for span in (span for point in summary.key_points for span in point.evidence):
        assert article.text[span.start : span.end] == span.text
    assert (summary.run.model, summary.run.recipe, summary.run.coverage.seen) == (
        "stub",
        "one_request",
        len(article.text),
    )
    assert (summary.run.tokens.input, summary.run.tokens.cached, summary.run.tokens.output) == (1200, 40, 20)
    assert summary.run.prompt is not None and summary.run.prompt.name == "brief"
    assert [message["role"] for message in asked["messages"]] == ["system", "user"]
    assert asked["response_format"]["json_schema"]["strict"] is True
    assert summary.findings == ()


@both
def test_a_citation_of_no_sentence_is_asked_again_and_said(how: How) -> None:
    wrong = json.dumps(brief(cited("Nobody was hurt.", 99)))
    summary, asked = run(how, answer(wrong, tokens=(1200, 0, 20)), answer(GOOD, tokens=(1300, 1000, 20)))
    assert "sentence 99 does not exist; the article has 1 to" in asked[1]["messages"][-1]["content"]
    assert [finding.code for finding in summary.findings] == ["repaired_after_reask"]
    assert [call.outcome for call in summary.run.requests] == ["invalid", "ok"]
    assert summary.run.tokens.input == 2500


@both
def test_what_is_still_wrong_after_the_second_try_is_kept_and_marked(how: How) -> None:
    wrong = json.dumps(brief(cited("Nobody was hurt.", 99)))
    summary, asked = run(how, answer(wrong, tokens=(1200, 0, 20)))
    assert len(asked) == 2
    assert summary.key_points[0].text == "Nobody was hurt." and summary.key_points[0].evidence == ()
    assert any(finding.code == "no_evidence" and finding.severity == "error" for finding in summary.findings)


def test_an_answer_that_is_no_record_twice_is_an_error_with_the_answer_and_what_was_spent() -> None:
    with pytest.raises(AnswerInvalid) as raised:
        run("sync", answer('{"headline": 7}', tokens=(1200, 0, 20)))
    assert raised.value.answer == '{"headline": 7}'
    assert [call.tokens_in for call in raised.value.calls] == [1200, 1200]


def test_wrong_statements_raise_their_alarms() -> None:
    wrong = brief(
        cited("The bridge carries 90,000 vehicles a day.", 5),
        cited("Somebody was hurt.", 3),
        cited("Erik Solheim closed the bridge.", 1),
    )
    summary, _ = run("sync", answer(json.dumps(wrong), tokens=(1200, 0, 20)))
    found = {(finding.code, finding.path) for finding in summary.findings}
    assert ("number_not_in_evidence", "key_points[0].text") in found
    assert ("negation_differs", "key_points[1].text") in found
    assert ("name_not_in_article", "key_points[2].text") in found


@both
def test_a_refusal_is_a_record_without_points_that_says_why(how: How) -> None:
    summary, _ = run(how, answer(None, refusal="I can't help with that."))
    assert summary.status == "refused" and "I can't help with that." in (summary.status_reason or "")
    assert summary.key_points == () and summary.headline is None
    assert len(summary.run.requests) == 1


def test_a_filtered_answer_is_a_record_without_points() -> None:
    summary, _ = run("sync", answer("", finish="content_filter"))
    assert summary.status == "filtered"


def test_a_server_that_read_only_a_part_is_found_out() -> None:
    summary, _ = run("sync", answer(GOOD, tokens=(512, 0, 20)))
    assert [finding.code for finding in summary.findings] == ["input_not_fully_read"]


def test_a_count_of_what_was_not_cached_raises_no_alarm() -> None:
    summary, _ = run("sync", answer(GOOD, tokens=(50, 0, 20)))
    assert summary.findings == ()


def test_what_no_text_may_hold_is_left_out_and_told() -> None:
    summary, _ = run("sync", answer(GOOD.replace("after cracks", "after\\u0000 cracks"), tokens=(1200, 0, 20)))
    assert (
        summary.headline and summary.headline.text == "Port Ellery closes the Kestrel Bridge after cracks are found"
    )
    assert [finding.code for finding in summary.findings] == ["characters_removed"]


def test_errors_of_the_model_pass_through_typed() -> None:
    with pytest.raises(KeyRejected):
        run("sync", error(401, "bad key"))


def test_the_language_of_the_written_parts_is_asked_for() -> None:
    _, [asked] = run("sync", answer(GOOD, tokens=(1200, 0, 20)), language="de")
    assert '"de"' in asked["messages"][1]["content"]
    assert "{{" not in asked["messages"][1]["content"]


def test_the_system_message_is_the_same_for_every_article() -> None:
    with StubServer(answer(GOOD, tokens=(1200, 0, 20))) as server:
        settings = Settings(model="stub", base_url=server.base_url)
        for source in (HARBOUR, HARBOUR.with_name("pasted.txt")):
            summarize(source, prompt="brief", settings=settings)
        first, second = (recorded.body["messages"] for recorded in server.requests)
    assert first[0] == second[0] and first[1] != second[1]


def test_what_can_not_be_summarised_is_never_sent() -> None:
    with StubServer(answer(GOOD)) as server:
        settings = Settings(model="stub", base_url=server.base_url)
        summary = summarize("The council of Norwick met on Monday.", settings=settings)
    assert summary.status == "too_short" and server.requests == []


def test_notify_hears_of_every_request_before_it_is_sent() -> None:
    heard: list[Request] = []
    with StubServer(answer(GOOD, tokens=(1200, 0, 20))) as server:
        settings = Settings(model="stub", base_url=server.base_url)
        summarize(HARBOUR, prompt="brief", settings=settings, notify=heard.append)
    assert [request.purpose for request in heard] == ["record"]


def test_a_connected_model_stays_open_for_the_next_article() -> None:
    with StubServer(answer(GOOD, tokens=(1200, 0, 20))) as server:
        settings = Settings(model="stub", base_url=server.base_url)
        with connect("stub", settings) as model:
            records = [summarize(HARBOUR, prompt="brief", model=model, settings=settings) for _ in range(2)]
    assert [record.headline for record in records] == [records[0].headline] * 2


def test_replies_are_recorded_and_replayed(tmp_path: Path) -> None:
    live, _ = run("sync", answer(GOOD, tokens=(1200, 0, 20)), record=tmp_path / "replies")
    replayed = summarize(HARBOUR, prompt="brief", model=f"replay:{tmp_path / 'replies'}")
    assert replayed.model_dump(exclude={"run"}) == live.model_dump(exclude={"run"})
    assert replayed.run.tokens == live.run.tokens
    with pytest.raises(ReplayMissing, match="record"):
        summarize(HARBOUR, prompt="news", model=f"replay:{tmp_path / 'replies'}")


def test_an_embedded_model_is_asked_by_the_prompt_that_suits_it_and_so_is_its_recording(tmp_path: Path) -> None:
    with StubServer(answer(GOOD, tokens=(1200, 0, 20))) as server:
        endpoint = Endpoint.of(LOCAL, "local:tiny", "tiny", None, Settings())
        model = EndpointModel(endpoint, OpenAIDialect(), Settings(), start=lambda: server.base_url)
        with Recorder(model, tmp_path / "replies") as recorded:
            live = summarize(HARBOUR, model=recorded, settings=Settings())
    assert live.run.prompt is not None and live.run.prompt.name == "brief"
    replayed = summarize(HARBOUR, settings=Settings(model=f"replay:{tmp_path / 'replies'}"))
    assert replayed.model_dump(exclude={"run"}) == live.model_dump(exclude={"run"})


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("local:qwen2.5-coder-1.5b-instruct-q4_k_m", ["1.5 billion"]),
        ("local:SmolLM2-135M-Instruct.Q4_1 (replay)", ["135 million"]),
        ("local:of-unknown-size", []),
        ("ollama:SmolLM2-135M-Instruct.Q4_1", []),
    ],
)
def test_the_record_says_how_small_a_model_in_this_process_is(name: str, said: list[str]) -> None:
    endpoint = Endpoint.of(LOCAL, name, "x", None, Settings())
    with (
        StubServer(answer(GOOD, tokens=(1200, 0, 20))) as server,
        EndpointModel(endpoint, OpenAIDialect(), Settings(), start=lambda: server.base_url) as model,
    ):
        summary = summarize(HARBOUR, prompt="brief", model=model, settings=Settings())
    notes = [finding.message for finding in summary.findings if finding.code == "small_model"]
    assert len(notes) == len(said) and all(map(str.__contains__, notes, said))


def test_a_model_that_was_not_asked_is_not_spoken_of() -> None:
    endpoint = Endpoint.of(LOCAL, f"local:{WEIGHTS[0].path.stem}", "x", None, Settings())
    with EndpointModel(endpoint, OpenAIDialect(), Settings()) as model:
        summary = summarize("Too short.", model=model, settings=Settings())
    assert summary.status == "too_short" and summary.findings == ()


@both
def test_no_limit_of_time_is_none(how: How) -> None:
    summary, _ = run(how, answer(GOOD, tokens=(1200, 0, 20)), timeout=math.inf, deadline=math.inf)
    assert summary.status == "ok"


@both
@pytest.mark.parametrize("when", ["before", "during"])
def test_a_server_that_goes_away_is_noticed_without_any_limit(how: How, when: Literal["before", "during"]) -> None:
    gone = replace(answer(GOOD), drop=when)
    with without_waiting(), pytest.raises(ProviderFailed, match="failed 4 times"):
        run(how, gone, timeout=math.inf, deadline=math.inf)


def test_a_recipe_that_needs_a_model_says_so() -> None:
    with pytest.raises(SettingsError, match="--model"):
        summarize(HARBOUR, model="extractive", settings=Settings(recipe="one_request"))


class Watched(tuple[Sentence, ...]):
    """Sentences that know in which threads they were read."""

    readers: set[threading.Thread]

    def __iter__(self) -> Iterator[Sentence]:
        self.readers.add(threading.current_thread())
        return super().__iter__()


def test_the_rules_are_never_at_work_in_the_thread_of_an_event_loop() -> None:
    article = read_article(HARBOUR)
    sentences = Watched(article.sentences)
    sentences.readers = set()

    async def main() -> Summary:
        with connect("local-server", Settings(base_url="http://127.0.0.1:9/v1")) as unasked:
            watched = replace(article, sentences=sentences)
            return await asummarize(watched, model=unasked, settings=Settings(recipe="extractive"))

    assert asyncio.run(main()).key_points
    assert sentences.readers and threading.current_thread() not in sentences.readers


def test_with_its_text_a_record_holds_what_its_evidence_is_of() -> None:
    settings = Settings(with_text=True)
    kept = summarize(HARBOUR, model="extractive", settings=settings).article
    read = read_article(HARBOUR)
    assert kept.text == read.text
    assert [span.sentence for span in kept.sentences] == [sentence.number for sentence in read.sentences]
    assert all(read.text[span.start : span.end] == span.text for span in kept.sentences)


def test_what_is_no_article_has_its_text_too_and_nothing_else_has_it_unasked() -> None:
    assert summarize("Too short.", model="extractive", settings=Settings(with_text=True)).article.text == "Too short."
    unasked = summarize(HARBOUR, model="extractive", settings=Settings()).article
    assert (unasked.text, unasked.sentences) == (None, ())
