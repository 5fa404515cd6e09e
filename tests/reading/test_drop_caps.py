"""The first letter of an article, set large."""

from __future__ import annotations

import pytest

from summarizer.reading import read_article

FIRST = "The harbour of Vestby will stay open through the winter, the town council decided on Monday evening."
OTHERS = [
    "Fishermen had feared that the quay would be closed for repairs until the end of the cod season.",
    "Mayor Ida Holt said the work could wait until May, when most of the boats are out at sea anyway.",
    "The repairs are expected to cost four million crowns, of which the county pays a little more than half.",
    "About sixty boats land their catch in the harbour every week between October and the end of April.",
]


def text_of(beginning: str) -> str:
    others = "".join(f"<p>{paragraph}</p>" for paragraph in OTHERS)
    return read_article(
        f"<!doctype html><html lang=en><body><article>{beginning}{others}</article></body></html>"
    ).text


@pytest.mark.parametrize(
    "beginning",
    [
        f"<p><span>T</span>{FIRST[1:]}</p>",
        f"<p><strong><big>T</big></strong>{FIRST[1:]}</p>",
        f'<p><span class="drop-cap"> T </span>\n{FIRST[1:]}</p>',
        f"<p><div class='cap'>T</div>{FIRST[1:]}</p>",
        f"<p><div class='cap'>T</div>{FIRST[1:20]}<a href='/v'>{FIRST[20:40]}</a>{FIRST[40:]}</p>",
        f"<div><div>T</div>{FIRST[1:]}</div>",
        f"<div>T</div><p>{FIRST[1:]}</p>",
        f"<p>T</p><p>{FIRST[1:]}</p>",
    ],
)
def test_a_drop_cap_belongs_to_its_word(beginning: str) -> None:
    assert FIRST in text_of(beginning)


@pytest.mark.parametrize(
    "sentence", ["<b>A</b> man swam home.", "Vitamin <i>C</i> is in it.", "<b>X</b> marks the spot."]
)
def test_a_letter_that_is_a_word_stays_one(sentence: str) -> None:
    plain = sentence.replace("<b>", "").replace("</b>", "").replace("<i>", "").replace("</i>", "")
    assert f"{plain} {FIRST}" in text_of(f"<p>{sentence} {FIRST}</p>")
