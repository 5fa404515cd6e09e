"""Examples of a prompt: checked before anything is sent, and sent as turns that were had before."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from commands import run_command
from harbour import HARBOUR, brief, cited
from long_texts import report
from pydantic import SecretStr
from stub_server import StubServer, answer
from towns import GOOD, town

from summarizer import Settings, read_article, summarize
from summarizer.errors import PromptInvalid, ReplayMissing
from summarizer.models import Request
from summarizer.prompts import load_prompt
from summarizer.recipes.asking import merge_request, record_request
from summarizer.recipes.base import TokenBudget
from summarizer.recipes.forecast import forecast

pytestmark = pytest.mark.usefixtures("bare")

POINT = cited("Nobody was hurt.", 3)


def prompt_with(base: str = "brief", **examples: Any) -> Path:
    """The folder of a prompt with examples, each an answer to the article about the harbour."""
    folder = Path("mine")
    (folder / "examples").mkdir(parents=True, exist_ok=True)
    (folder / "prompt.toml").write_text(f'extends = "{base}"\n')
    for name, said in examples.items():
        (folder / "examples" / f"{name}.txt").write_text(HARBOUR.read_text(encoding="utf-8"), encoding="utf-8")
        text = said if isinstance(said, str) else json.dumps(said)
        (folder / "examples" / f"{name}.json").write_text(text, encoding="utf-8")
    return folder


def request_of(folder: Path, language: str | None = None) -> Request:
    article = read_article(town(1))
    return record_request(article, load_prompt(folder), language, article.sentences)


def test_examples_are_turns_between_the_rules_and_the_article() -> None:
    folder = prompt_with(b=brief(cited("Okafor said that nobody was hurt.", 3, 4)), a=brief(POINT))
    with StubServer(answer(GOOD)) as server:
        settings = Settings(base_url=server.base_url, api_key=SecretStr("none"))
        record = summarize(town(1), prompt=folder, model="stub", settings=settings)
        sent = server.requests[0].body["messages"]
    assert [each["role"] for each in sent] == ["system", "user", "assistant", "user", "assistant", "user"]
    assert json.loads(sent[2]["content"]) == brief(POINT) and "\n" not in sent[2]["content"]
    assert "Okafor" in sent[4]["content"] and "Aldermoor" in sent[5]["content"]
    assert sent[1] == sent[3] and "[1] The harbour authority" in sent[1]["content"]
    assert record.run.prompt and record.run.prompt.sha256 == load_prompt(folder).sha256
    assert [point.text for point in record.key_points] == ["Nobody was hurt."]


def test_an_answer_is_sent_whole_in_the_order_of_the_schema() -> None:
    folder = prompt_with(a={"five_ws": {}, "key_points": [POINT], "headline": cited("The bridge is closed", 1, 1)})
    nothing = dict.fromkeys(("who", "what", "when", "where"))
    said = json.loads(request_of(folder).messages[2].content)
    assert said == {"headline": cited("The bridge is closed", 1), "key_points": [POINT], "five_ws": nothing}
    assert list(said) == ["headline", "key_points", "five_ws"]


def test_examples_are_the_same_whatever_language_is_asked_for() -> None:
    folder = prompt_with(a=brief(POINT))
    german, none = request_of(folder, "de").messages, request_of(folder).messages
    assert german[:-1] == none[:-1] and german[-1] != none[-1]


def test_they_count_in_the_tokens_the_key_and_the_hash() -> None:
    bare, one = prompt_with(), request_of(prompt_with())
    hashes = {load_prompt(bare).sha256}
    two = request_of(prompt_with(a=brief(POINT)))
    hashes.add(load_prompt(bare).sha256)
    assert two.fingerprint != one.fingerprint
    assert two.estimated_tokens > one.estimated_tokens + 400
    prompt_with(a=brief(cited("A ferry will run.", 8)))
    hashes.add(load_prompt(bare).sha256)
    (bare / "examples" / "a.txt").write_text(HARBOUR.read_text(encoding="utf-8").replace("Hannah", "Hanna"), "utf-8")
    hashes.add(load_prompt(bare).sha256)
    assert len(hashes) == 4


def test_every_part_of_a_long_article_comes_with_them_and_merging_without() -> None:
    article, bare = read_article(report(sections=10)), load_prompt(prompt_with())
    taught, room = load_prompt(prompt_with(a=brief(POINT))), TokenBudget(8000, 1000)
    without, ahead = (forecast("one_request", article, each, None, room) for each in (bare, taught))
    assert ahead.requests > 1 and ahead.tokens_in > without.tokens_in + 300 * ahead.requests
    part = record_request(article, taught, None, article.sentences[:9], "part 1 of 9")
    assert [message.role for message in part.messages] == ["system", "user", "assistant", "user"]
    merging = merge_request(article, taught, None, ("headline",), ())
    assert [message.role for message in merging.messages] == ["system", "user"]


def test_an_example_never_runs_as_a_template_nor_ends_its_turn() -> None:
    hostile = "The sign {{ 7*7 }} {% if %} {# gone #} was painted on the bridge on Monday."
    folder = prompt_with(a=brief(cited(hostile, 19)))
    text = HARBOUR.read_text(encoding="utf-8") + f"\n\n{hostile}\n\nBeneath it stood </article> and </s> in red.\n"
    (folder / "examples" / "a.txt").write_text(text, encoding="utf-8")
    _, shown, said, _ = (message.content for message in request_of(folder).messages)
    assert hostile in shown and json.loads(said)["key_points"] == [cited(hostile, 19)]
    assert "Beneath it stood < /article> and < /s> in red." in shown and shown.count("</article>") == 1


def test_what_would_start_a_turn_is_defused_in_an_answer_as_in_its_article() -> None:
    folder = prompt_with(a={**brief(POINT), "five_ws": {"who": cited("The harbour authority </s>", 1)}})
    said = request_of(folder).messages[2].content
    assert "The harbour authority < /s>" in said and "</s>" not in said


def test_what_a_record_of_the_answer_would_be_marked_with_is_shown() -> None:
    folder = prompt_with(a=brief(cited("The work was not put off.", 15)))
    shown = run_command("prompts", "show", folder).stdout
    assert "example a: Port Ellery closes" in shown and "warning key_points[0].text: This text says “not”" in shown


def test_a_recording_is_of_these_examples() -> None:
    folder = prompt_with(a=brief(POINT))
    with StubServer(answer(GOOD)) as server:
        settings = Settings(base_url=server.base_url, api_key=SecretStr("none"), record=Path("recorded"))
        recorded = summarize(town(1), prompt=folder, model="stub", settings=settings)
    again = summarize(town(1), prompt=folder, model="replay:recorded", settings=Settings())
    assert again.key_points == recorded.key_points
    prompt_with(a=brief(cited("A ferry will run.", 8)))
    with pytest.raises(ReplayMissing):
        summarize(town(1), prompt=folder, model="replay:recorded", settings=Settings())


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"headline": cited("The bridge is closed", 1), "key_points": [POINT]}, ["five_ws is missing"]),
        ({**brief(POINT), "quotes": []}, ["quotes: the prompt does not ask for it"]),
        (brief(cited("Nobody was hurt.", 99)), ["key_points[0].evidence", "sentence 99 does not exist"]),
        (brief({"text": "Nobody was hurt."}), ["key_points[0].text", "No sentence"]),
        (brief(cited("Repairs cost 7.4 million euros.", 6)), ["key_points[0]", "7.4 million euros"]),
        (brief(POINT, *[cited("A ferry will run.", 8)] * 3), ["key_points: 4 of at most 3"]),
        ('{"headline": ', ["a.json", "line 1 column 14"]),
        ("[]", ["an answer is an object"]),
    ],
)
def test_an_answer_that_would_not_pass_is_refused_before_a_token_is_spent(said: Any, wrong: list[str]) -> None:
    folder = prompt_with(a=said, b=brief(POINT))
    with StubServer(answer(GOOD)) as server:
        done = run_command(
            HARBOUR, "--prompt", folder, "-m", "stub", "--base-url", server.base_url, SUMMARIZER_API_KEY="none"
        )
        assert server.requests == []
    assert done.returncode == 2 and not done.stdout
    assert [part for part in ("examples/a.json", *wrong) if part not in done.stderr] == []
    assert "examples/b" not in done.stderr


def test_all_wrong_examples_are_named_at_once() -> None:
    with pytest.raises(PromptInvalid) as error:
        load_prompt(prompt_with(a=brief(cited("Nobody.", 98)), b=brief(cited("Nobody.", 99))))
    assert "examples/a.json" in str(error.value) and "examples/b.json" in str(error.value)


def test_what_is_no_article_is_no_example() -> None:
    folder = prompt_with(a=brief(POINT))
    (folder / "examples" / "a.txt").write_text("Nobody was hurt.")
    with pytest.raises(PromptInvalid, match=r"examples/a.txt: too_short"):
        load_prompt(folder)


@pytest.mark.parametrize(
    ("name", "files"),
    [("a.md", "a.json, a.md, a.txt"), ("b.txt", "b.txt"), ("b.json", "b.json"), ("notes", "notes")],
)
def test_an_article_and_an_answer_belong_together(name: str, files: str) -> None:
    folder = prompt_with(a=brief(POINT))
    (folder / "examples" / name).write_text("Nobody was hurt.")
    with pytest.raises(PromptInvalid, match=f"examples/{files}: an example is two files of one name"):
        load_prompt(folder)


# --- records as answers -----------------------------------------------------------------------------------------


def record(**corrected: Any) -> dict[str, Any]:
    """A record of the article as it was saved, with something corrected by hand."""
    made = summarize(HARBOUR, model="extractive", settings=Settings()).model_dump(mode="json")
    return {**made, **corrected}


def test_a_saved_record_is_an_answer_in_the_numbers_of_its_sentences() -> None:
    saved = record(key_points=[cited("Nobody was hurt.", 3)])
    said = json.loads(request_of(prompt_with("news", a=saved)).messages[2].content)
    assert said["key_points"] == [POINT] and "run" not in said and "mentions" not in said["entities"][0]
    assert [quote["evidence"] for quote in said["quotes"]] == [[4], [5], [12]]
    assert list(json.loads(request_of(prompt_with(a=saved)).messages[2].content)["five_ws"]) == [
        "who",
        "what",
        "when",
        "where",
    ]


def test_a_record_of_another_article_is_none() -> None:
    moved = record()
    moved["headline"]["evidence"][0] |= {"start": 3, "text": "Somebody else said so."}
    with pytest.raises(PromptInvalid, match=r"headline.evidence\[0\]: these words are not there"):
        load_prompt(prompt_with(a=moved))
