"""The page to check a record on: what stands on it, and what text from outside can't do to it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any

import pytest
from hostile import ARTICLE, MARKUP, SCRIPTED, hostile
from records import HARBOUR, article_of, cited, harbour, point, run_of, summary_of

from summarizer.article import TitleSpan
from summarizer.record import BY_MODEL, BY_RULES, ArticleInfo, Cited, Finding, Summary
from summarizer.views import html
from summarizer.views.html.links import to_words, web_address


class Elements(HTMLParser):
    """All elements of a page with their attributes, its text, and what stands in its scripts and styles."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.raw: dict[str, str] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        tag, attributes = self.found[-1] if self.found else ("", {})
        if self.cdata_elem:
            self.raw[attributes.get("type", tag)] = self.raw.get(attributes.get("type", tag), "") + data
        else:
            self.text += data

    def all(self, name: str) -> list[str]:
        """Every value of an attribute."""
        return [attributes[name] for _, attributes in self.found if name in attributes]


def with_findings(*findings: Finding) -> Summary:
    return harbour().model_copy(update={"findings": findings})


def sha256_of(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_text_from_outside_is_text_wherever_it_stands() -> None:
    page = Elements(html.page(hostile(), ARTICLE))
    tags = Counter(tag for tag, _ in page.found)
    assert tags["script"] == 2 and tags["style"] == 1 and tags["title"] == 1
    assert not tags["img"] and tags["b"] == 1  # the title of the one note
    names = {name for _, attributes in page.found for name in attributes}
    assert not any(name.startswith("on") or name == "style" for name in names)
    assert page.text.count("<script>alert(1)</script>") > 20
    assert "\u202e" not in page.text and "\x00" not in page.text


def test_no_link_leads_to_anything_but_a_page_of_the_web_or_a_place_on_this_one() -> None:
    links = Elements(html.page(hostile(), ARTICLE)).all("href")
    assert links and all(link.startswith("#") for link in links)
    links = Elements(html.page(harbour(), HARBOUR)).all("href")
    assert {link[:1] == "#" or link.startswith(str(HARBOUR.url)) for link in links} == {True}


@pytest.mark.parametrize(
    "url",
    [
        *(SCRIPTED, "data:text/html,x", "file:///etc/passwd", "//evil.example", "http:", "https://", "http://[", ""),
        *("https://news.example/a b", "https://news.example/\nx", " https://news.example", None),
    ],
)
def test_what_is_no_address_of_the_web_is_no_link(url: str | None) -> None:
    assert web_address(url) is None
    assert to_words(url, cited(HARBOUR, 1)[0]) is None


@pytest.mark.parametrize(
    ("url", "words", "link"),
    [
        ("https://a.example/x", "Nobody was hurt.", "https://a.example/x#:~:text=Nobody%20was%20hurt."),
        (
            "https://a.example/x#top",
            "R&D, a well-known",
            "https://a.example/x#top:~:text=R%26D%2C%20a%20well%2Dknown",
        ),
        ("http://a.example/?q=1", "100 % Größe", "http://a.example/?q=1#:~:text=100%20%25%20Gr%C3%B6%C3%9Fe"),
        (
            "https://a.example/",
            "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen",
            "https://a.example/#:~:text=one%20two%20three%20four%20five,twelve%20thirteen%20fourteen%20fifteen%20sixteen",
        ),
    ],
)
def test_a_link_names_the_words_on_the_publishers_page(url: str, words: str, link: str) -> None:
    article = article_of((words,))
    assert to_words(url, cited(article, 1)[0]) == link


def test_the_ends_of_a_long_passage_without_spaces_are_characters() -> None:
    article = article_of(("市議会は" * 30 + "。",))
    link = to_words("https://a.example/", cited(article, 1)[0]) or ""
    assert link.count(",") == 1 and len(link) < 400


def test_the_policy_allows_what_stands_in_the_page_and_nothing_else() -> None:
    page = Elements(html.page(harbour(), HARBOUR))
    metas = {each.get("http-equiv"): each.get("content", "") for tag, each in page.found if tag == "meta"}
    policy = metas["Content-Security-Policy"]
    sha = {kind: sha256_of(page.raw[kind]) for kind in ("script", "style")}
    assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
    assert f"script-src 'sha256-{sha['script']}'" in policy and f"style-src 'sha256-{sha['style']}'" in policy
    assert not page.all("src") and not re.search(r"url\(|@import", page.raw["style"])
    assert "innerHTML" not in page.raw["script"]


def test_what_needs_a_look_comes_first_and_the_worst_of_it_before_the_others() -> None:
    text = Elements(html.page(harbour(), HARBOUR)).text
    marks = ("Needs a look", "Quote not in the article", "Number not in the evidence", "Abstract", "Key points")
    places = [text.index(mark) for mark in marks]
    assert places == sorted(places)


def test_all_that_is_found_about_one_statement_stands_together() -> None:
    findings = [
        Finding.model_validate({"code": code, "severity": severity, "path": path, "message": f"about {path}"})
        for code, severity, path in (
            ("negation_differs", "warning", "key_points[1].text"),
            ("number_not_in_evidence", "error", "key_points[0].text"),
            ("no_evidence", "error", "key_points[1]"),
            ("input_not_fully_read", "warning", ""),
        )
    ]
    page = Elements(html.page(with_findings(*findings), HARBOUR))
    cards = [attributes for _, attributes in page.found if "doubt" in attributes.get("class", "").split()]
    assert [card["class"] for card in cards] == ["doubt error", "doubt error", "doubt warning"]
    assert page.text.index("about key_points[1].text") < page.text.index("The record as a whole")


def test_a_record_without_a_finding_says_what_that_means() -> None:
    text = Elements(html.page(with_findings(), HARBOUR)).text
    assert "No check found anything" in text and "no proof" in text


def test_a_finding_about_a_field_is_not_taken_for_one_whose_name_goes_on() -> None:
    summary = harbour().model_copy(
        update={
            "data": {"year": 1, "years": 2},
            "findings": (Finding(code="no_evidence", severity="error", path="data.years", message="None."),),
        }
    )
    page = html.page(summary, HARBOUR)
    card = page[page.index('class="doubt error"') : page.index("</ol>")]
    assert "Years" in card and ">2</span>" in card and ">1</span>" not in card


def test_what_is_lit_are_the_stretches_of_sentences_in_a_browsers_count() -> None:
    article = article_of(("One 😀 two.", "Three 😀 four."), title="The 😀 title")
    end = article.text.index("four")
    title = TitleSpan(start=6, end=11, text="title", of="title")
    summary = summary_of(article, headline=Cited(text="Both", evidence=(article.span(6, end), title)))
    assert "1:7-11 2:0-9 0:7-12" in Elements(html.page(summary, article)).all("data-spans")


def test_every_name_of_an_element_is_there_once_and_every_link_on_the_page_leads_to_one() -> None:
    other = harbour().model_copy(update={"topics": ()})
    page = Elements(html.render(harbour(), HARBOUR) + html.render(other, HARBOUR))
    names = Counter(page.all("id"))
    assert max(names.values()) == 1
    assert {link[1:] for link in page.all("href") if link.startswith("#")} <= names.keys()
    assert {*page.all("aria-labelledby")} <= names.keys()


def test_headings_are_in_order() -> None:
    levels = [int(tag[1]) for tag, _ in Elements(html.page(harbour(), HARBOUR)).found if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_without_its_article_the_page_shows_the_sentences_that_the_record_cites_and_says_so() -> None:
    text = Elements(html.page(harbour())).text
    assert "What is kept of the article" in text and "Until then lorries" not in text
    kept = harbour().model_copy(update={"article": ArticleInfo.of(HARBOUR, with_text=True)})
    text = Elements(html.page(kept)).text
    assert "Until then lorries" in text and "What is kept" not in text


def test_the_whole_article_is_there_and_what_was_taken_out_of_its_source() -> None:
    text = Elements(html.page(harbour(), HARBOUR)).text
    assert all(HARBOUR.sentence_text(sentence.number) in text for sentence in HARBOUR.sentences)
    assert "Removed 5 lines" in text and "ad: ADVERTISEMENT" in text and "hidden.display: Buy now" in text


def test_text_between_the_sentences_of_an_article_is_not_left_out() -> None:
    article = replace(article_of(("One.", "Two.")), text="*** One. Two.")
    moved = tuple(replace(each, start=each.start + 4, end=each.end + 4) for each in article.sentences)
    article = replace(article, sentences=moved)
    assert "*** 1One." in re.sub(r"\s+", " ", Elements(html.page(summary_of(article), article)).text)


@pytest.mark.parametrize(("kind", "whose"), [(BY_MODEL, "a model’s words"), (BY_RULES, "the article’s words")])
def test_whose_words_they_are_is_said(kind: Any, whose: str) -> None:
    summary = harbour().model_copy(update={"run": run_of(HARBOUR, digital_source_type=kind)})
    page = html.page(summary, HARBOUR)
    points = page[page.index('data-field="key_points"') :]
    assert whose in points[: points.index("</section>")]
    quotes = page[page.index('data-field="quotes"') :]
    said = re.findall(r'<q class="([^"]+)"', quotes[: quotes.index("</section>")])
    assert said == ["said articles", "said"]  # the second stands nowhere in the article


def test_who_wrote_it_is_there_for_readers_and_for_machines() -> None:
    summary = harbour().model_copy(update={"run": run_of(HARBOUR, digital_source_type=BY_MODEL)})
    page = Elements(html.page(summary, HARBOUR))
    assert json.loads(page.raw["application/ld+json"])["digitalSourceType"] == "TrainedAlgorithmicMediaDigitalSource"
    assert "Written by a language model, read by nobody yet" in page.text
    assert "openai:gpt-6-luna, one_request" in page.text and "$0.0024" in page.text


def test_a_record_of_right_to_left_text_is_laid_out_from_the_right() -> None:
    article = article_of(("انقطعت المياه أمس.",), title="عطل في محطة", language="ar")
    page = Elements(html.page(summary_of(article, headline=point(article, "توقف محطة", 1)), article))
    said = {attributes.get("class"): attributes for _, attributes in page.found}
    assert said["statement headline"]["dir"] == "rtl" and said["text articles"]["dir"] == "rtl"
    assert said["text articles"]["lang"] == "ar"


def test_an_article_that_was_not_summarised_says_why() -> None:
    summary = summary_of(HARBOUR, status="paywalled", status_reason=f"It ends early. {MARKUP}")
    assert "Behind a paywall: It ends early." in Elements(html.page(summary, HARBOUR)).text
