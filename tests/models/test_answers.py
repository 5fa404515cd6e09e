"""A model's answer, whatever it was wrapped in."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, Field

from summarizer.models.answers.json_in_text import is_cut
from summarizer.models.answers.reading import read_answer


class Stop(BaseModel):
    """One stop of a tram."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(min_length=1)
    lines: list[int]


class Tour(BaseModel):
    """An answer with an object, a list of objects and what may be null."""

    model_config = ConfigDict(extra="forbid")

    title: str
    start: Stop
    stops: list[Stop]
    end: Stop | None


TOUR: dict[str, Any] = {
    "title": "Through Lund by tram",
    "start": {"name": "Central", "lines": [1]},
    "stops": [{"name": "Science Village", "lines": [1, 2]}],
    "end": None,
}
JSON = json.dumps(TOUR)
OTHER = JSON.replace("Lund", "Malmö")


def read(text: str, answer: type[BaseModel] = Tour) -> Any:
    """What the text is read as; its problems where it has any."""
    found = read_answer(text, answer)
    return list(found.problems) or json.loads(found.text)


def tags(form: str) -> str:
    """The fields of the tour, each in tags of its own."""
    texts = {name: value if isinstance(value, str) else json.dumps(value) for name, value in TOUR.items()}
    return "\n".join(form.format(name=name, text=text) for name, text in texts.items())


def call(arguments: Any, name: str = "arguments") -> str:
    return json.dumps({"name": "answer", name: arguments})


WRITTEN = {
    "bare": JSON,
    "spaced out": json.dumps(TOUR, indent=4),
    "with a byte order mark": "\ufeff" + JSON,
    "between NULs": f"\0{JSON}\0\0",
    "fenced": f"```json\n{JSON}\n```",
    "fenced without an end": f"```json\n{JSON}",
    "with words": f"Here is {{the}} tour [as asked]:\n{JSON}\nSources: [1, 2] and {{}}",
    "after its own form": f'I will write {{"title": ...}}.\n{JSON}',
    "after a draft": f"{OTHER}\nOn second thoughts:\n{JSON}",
    "after thoughts": f"<think>{OTHER}</think>\n{JSON}",
    "after thoughts whose beginning is missing": f"First {OTHER}?\n</think>\n\n{JSON}",
    "after thoughts with a prefix": f"<seed:think>{OTHER}</seed:think>{JSON}",
    "after Magistral's thoughts": f"[THINK]{OTHER}[/THINK]{JSON}",
    "after Kimi's thoughts": f"◁think▷{OTHER}◁/think▷{JSON}",
    "after the analysis of gpt-oss": f"<|channel|>analysis<|message|>{OTHER} no<|end|><|start|>assistant"
    f"<|channel|>final<|message|>{JSON}<|return|>",
    "at the end of thoughts": f"<think>So it is\n{JSON}\n</think>",
    "at the end of thoughts without an end": f"<think>So it is\n```json\n{JSON}\n```\n",
    "as a string": json.dumps(JSON),
    "as a string in a string": json.dumps(json.dumps(JSON)),
    "escaped once too often": json.dumps(JSON)[1:-1],
    "fenced in a string": json.dumps(f"```json\n{JSON}\n```"),
    "in a list": f"[{JSON}]",
    "in `answer`": json.dumps({"answer": TOUR}),
    "in `response`, as a string": json.dumps({"response": JSON}),
    "in `properties`": json.dumps({"type": "object", "properties": TOUR}),
    "in its own name": json.dumps({"Tour": TOUR, "confidence": 0.9}),
    "twice in one": json.dumps({"output": {"result": TOUR}}),
    "as a call": call(TOUR),
    "as a call with parameters": call(TOUR, "parameters"),
    "as a call with input": call(TOUR, "input"),
    "as a call with a string": call(JSON),
    "as OpenAI's list of calls": json.dumps(
        {"tool_calls": [{"id": "1", "type": "function", "function": {"name": "answer", "arguments": JSON}}]}
    ),
    "as a call of Hermes and Qwen": f"<tool_call>\n{call(TOUR)}\n</tool_call>",
    "as a call of Llama": f"<|python_tag|>{call(TOUR, 'parameters')}<|eom_id|>",
    "as a function of Llama": f"<function=answer>{JSON}</function>",
    "as a call of Mistral": f"[TOOL_CALLS][{call(TOUR)}]",
    "as a newer call of Mistral": f"[TOOL_CALLS]answer[ARGS]{JSON}",
    "as a call of DeepSeek": f"<｜tool▁calls▁begin｜><｜tool▁call▁begin｜>function<｜tool▁sep｜>answer\n"
    f"```json\n{JSON}\n```<｜tool▁call▁end｜><｜tool▁calls▁end｜>",
    "as a call of Kimi": f"<|tool_call_begin|>functions.answer:0<|tool_call_argument_begin|>{JSON}<|tool_call_end|>",
    "as a call of Granite": f"<|tool_call|>[{call(TOUR)}]",
    "as a call of Cohere": f'Action: ```json\n[{{"tool_name": "answer", "parameters": {JSON}}}]\n```',
    "the same call twice": f"<tool_call>{call(TOUR)}</tool_call>\n<tool_call>{call(TOUR)}</tool_call>",
    "as a call of Qwen3-Coder": "<tool_call>\n<function=answer>\n"
    + tags("<parameter={name}>\n{text}\n</parameter>")
    + "\n</function>\n</tool_call>",
    "as a call of GLM": "<tool_call>answer\n"
    + tags("<arg_key>{name}</arg_key>\n<arg_value>{text}</arg_value>")
    + "\n</tool_call>",
    "as a call of MiniMax": '<minimax:tool_call><invoke name="answer">'
    + tags('<parameter name="{name}">{text}</parameter>')
    + "</invoke></minimax:tool_call>",
    "as a newer call of DeepSeek": '<｜DSML｜function_calls><｜DSML｜invoke name="answer">'
    + tags('<｜DSML｜parameter name="{name}" string="false">{text}</｜DSML｜parameter>')
    + "</｜DSML｜invoke></｜DSML｜function_calls>",
    "with objects as strings": json.dumps({**TOUR, "start": json.dumps(TOUR["start"]), "end": "null"}),
    "with lists as strings": json.dumps({**TOUR, "stops": json.dumps(TOUR["stops"])}),
    "with objects in a list as strings": json.dumps({**TOUR, "stops": [json.dumps(TOUR["stops"][0])]}),
    "with lists in strings in strings": json.dumps(
        {**TOUR, "start": json.dumps({"name": "Central", "lines": json.dumps([1])})}
    ),
    "with everything as strings": call({n: v if isinstance(v, str) else json.dumps(v) for n, v in TOUR.items()}),
}


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN.keys())
def test_an_answer_is_read_from_whatever_it_is_wrapped_in(text: str) -> None:
    assert read(text) == TOUR
    assert read_answer(text, Tour).findings == ()


# --- what is left for the model to mend -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        f"{OTHER}\nNo, better:\n{JSON[:60]}",  # the better one has no end
        json.dumps({"draft": TOUR, "final": json.loads(OTHER)}),
        f"[{OTHER}, {JSON}]",
        f"<think>{OTHER} or should I say that it is in Skåne?</think>",
        f"<think>{OTHER} or should I say that it",
        JSON.replace("}]", '}, "and "so" on"]'),
    ],
    ids=["draft and cut", "two in one", "two in a list", "in thoughts", "in open thoughts", "broken"],
)
def test_what_may_not_be_the_answer_is_not_taken_for_it(text: str) -> None:
    assert read_answer(text, Tour).problems


def test_problems_are_those_of_the_answer_and_not_of_what_wraps_it() -> None:
    wrong = {**TOUR, "start": {"name": "", "lines": [1]}}
    for text in (json.dumps(wrong), call(wrong), f"```json\n{json.dumps(wrong)}\n```"):
        found = read_answer(text, Tour)
        assert found.problems == ("start.name: String should have at least 1 character",)
        assert json.loads(found.text) == wrong


def test_no_answer_at_all_is_returned_as_it_came() -> None:
    found = read_answer("The tour begins at Central [1].", Tour)
    assert found.text == "The tour begins at Central [1]."
    assert "Invalid JSON" in found.problems[0]


class Folder(BaseModel):
    """A user's schema that looks like wrappings: of itself, and of arguments."""

    name: str = Field(min_length=1)
    arguments: dict[str, Any] = {}
    inside: list[Folder] = []
    note: str | None = None


FOLDERS: list[Any] = [
    {"name": "answer", "arguments": {"name": "x"}},
    {"name": "a", "inside": [{"name": "b"}]},
    {"name": "answer", "arguments": {}, "note": '{"name": "c"}'},
    {"name": "a", "note": "[1, 2]"},
]


@pytest.mark.parametrize("value", FOLDERS)
def test_an_answer_that_looks_like_a_wrapping_stays_whole(value: Any) -> None:
    assert read(json.dumps(value), Folder) == value


def test_a_part_is_not_taken_for_the_whole() -> None:
    found = read_answer(json.dumps({"name": "", "inside": [{"name": "b"}], "other": {"name": "c"}}), Folder)
    assert found.problems == ("name: String should have at least 1 character",)


class Guest(BaseModel):
    """A schema that takes any object, and has a field that tool calls have, too."""

    name: str = "nobody"


def test_an_object_that_shares_no_field_with_the_schema_is_its_wrapping() -> None:
    assert read('{"answer": {"name": "Ada"}}', Guest) == {"name": "Ada"}
    assert read("{}", Guest) == {}
    assert read('{"name": "Ada", "answer": {"name": "Bob"}}', Guest)["name"] == "Ada"


def test_very_many_problems_are_counted() -> None:
    found = read_answer(json.dumps({**TOUR, "start": {"name": "x", "lines": ["a"] * 50}}), Tour)
    assert found.problems[0].startswith("start.lines[0]: ")
    assert found.problems[-1] == "and 30 more"


# --- characters -------------------------------------------------------------------------------------------------


def titled(title: str) -> str:
    """The answer with this title, as it stands in JSON."""
    return JSON.replace("Through Lund by tram", title)


@pytest.mark.parametrize(
    ("title", "clean", "removed"),
    [
        (r"Lund\u0000 by tram", "Lund by tram", 1),
        ("Lund\0\1 by tram", "Lund by tram", 2),
        (r"Lund\u0085\u007f\u001b[1m", "Lund[1m", 3),
        (r"Lund \ud83d by tram", "Lund  by tram", 1),
        (r"Lund \ude8b\ud83d", "Lund ", 2),
        ("Lund \ud83d", "Lund ", 1),
        (r"Lund \ud83d\ude8b", "Lund 🚋", 0),
        ("Lund \ud83d\ude8b", "Lund 🚋", 0),
        (r"Lund\ufffe\ufdd0", "Lund", 2),
        ("one\nline\tor\r\ntwo", "one\nline\tor\ntwo", 0),
        (r"A\tB\nC \u200b \ufffd é", "A\tB\nC \u200b \ufffd é", 0),
    ],
)
def test_what_no_text_may_hold_goes_and_is_counted(title: str, clean: str, removed: int) -> None:
    found = read_answer(titled(title), Tour)
    assert found.problems == ()
    assert json.loads(found.text)["title"] == clean
    assert [(finding.code, finding.severity) for finding in found.findings] == [
        ("characters_removed", "note")
    ] * bool(removed)
    if removed:
        assert f": {removed} character{'s' * (removed > 1)} that no text may hold" in found.findings[0].message


def test_a_text_without_json_is_clean_too() -> None:
    assert read_answer("no\0 \ud83d", Tour).text == "no "


# --- whether it ends in the middle ------------------------------------------------------------------------------


@given(at=st.integers(1, len(JSON) - 1))
def test_every_beginning_of_an_answer_is_cut(at: int) -> None:
    assert is_cut(JSON[:at])
    assert is_cut(f"```json\n{JSON[:at]}")
    assert is_cut(f"<think>Hm.</think>{JSON[:at]}")
    assert read_answer(JSON[:at], Tour).problems


@pytest.mark.parametrize(
    "text", ["", "Ada came.", JSON, f"```\n{JSON}\n```", "<think>Hm.</think>", "see {this", "[a"]
)
def test_what_has_an_end_is_not_cut(text: str) -> None:
    assert not is_cut(text)


@pytest.mark.parametrize("text", ["<think>Let me see", "[THINK]Let me", "<|channel|>analysis<|message|>Let"])
def test_thoughts_without_an_end_are_cut(text: str) -> None:
    assert is_cut(text)


@given(st.text(alphabet='{}[]":,\\u0d83 \n\0\ud83dtitle1<think>/', max_size=60) | st.text(max_size=30))
def test_any_text_is_read_without_an_accident(text: str) -> None:
    found = read_answer(text, Tour)
    assert found.problems
    found.text.encode()  # which half a character would make impossible


@pytest.mark.parametrize("text", ["[" * 5000, "{" * 9000, '{"a":' * 3000 + "1" + "}" * 3000, '"' * 4001, "9" * 6000])
def test_what_is_nested_too_deeply_is_no_answer(text: str) -> None:
    assert read_answer(text, Tour).problems
