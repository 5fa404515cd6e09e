"""HTML pages: the article, what the page says about it, and pages made to break a reader."""

from __future__ import annotations

import json

import pytest

from summarizer.errors import SourceEmpty, SourceUnsupported
from summarizer.reading import read_article

PARAGRAPHS = [
    "The harbour of Vestby will stay open through the winter, the town council decided on Monday evening.",
    "Fishermen had feared that the quay would be closed for repairs until the end of the cod season.",
    "Mayor Ida Holt said the work could wait until May, when most of the boats are out at sea anyway.",
    "The repairs are expected to cost four million crowns, of which the county pays a little more than half.",
]
BODY = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
LD = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "The Coast"},
        {
            "@type": ["NewsArticle"],
            "headline": "Harbour stays open &amp; busy",
            "author": [{"@type": "Person", "name": "Ann Byrd"}, {"name": "By Jo Li"}],
            "datePublished": "2025-03-03T14:20:00+01:00",
            "dateModified": "2025-03-04",
            "publisher": {"name": "The Coast"},
            "mainEntityOfPage": {"@id": "https://coast.example/harbour"},
            "inLanguage": "en-GB",
        },
    ],
}


def page(body: str = f"<article>{BODY}</article>", head: str = "", lang: str = "en") -> str:
    return f"<!doctype html><html lang='{lang}'><head>{head}</head><body>{body}</body></html>"


def test_the_article_without_menus_comments_and_teasers() -> None:
    noise = "<nav><a href=/>Home</a> <a href=/s>Sport</a></nav>"
    comments = (
        "<section id=comments class=comments><p>First! I always knew it would be so, said nobody.</p></section>"
    )
    article = read_article(page(f"{noise}<article><h1>Harbour stays open</h1>{BODY}</article>{comments}"))
    assert [paragraph for paragraph in article.text.split("\n\n") if paragraph in PARAGRAPHS] == PARAGRAPHS
    assert "First!" not in article.text
    assert "Sport" not in article.text


def test_metadata_from_json_ld() -> None:
    article = read_article(page(head=f'<script type="application/ld+json">{json.dumps(LD)}</script>'))
    assert article.title == "Harbour stays open & busy"
    assert article.authors == ("Ann Byrd", "Jo Li")
    assert (article.published, article.modified) == ("2025-03-03T14:20:00+01:00", "2025-03-04")
    assert (article.site, article.url) == ("The Coast", "https://coast.example/harbour")
    assert (article.language, article.genre) == ("en-GB", "news")


def test_metadata_from_meta_tags() -> None:
    head = (
        '<title>Harbour | The Coast</title><meta property="og:title" content="Harbour stays open">'
        '<meta name="author" content="Ann Byrd"><meta property="og:site_name" content="The Coast">'
        '<meta property="article:published_time" content="2025-03-03T13:20:00Z">'
        '<meta property="article:section" content="Opinion"><link rel="canonical" href="https://coast.example/h">'
    )
    article = read_article(page(head=head))
    assert (article.title, article.authors, article.site) == ("Harbour stays open", ("Ann Byrd",), "The Coast")
    assert (article.published, article.url) == ("2025-03-03T13:20:00Z", "https://coast.example/h")
    assert article.genre == "opinion"


def test_metadata_from_what_a_reader_sees() -> None:
    article = read_article(
        page(f"<article><h1>Harbour stays open</h1><time datetime=2025-03-03>Monday</time>{BODY}</article>")
    )
    assert (article.title, article.published) == ("Harbour stays open", "2025-03-03")


def test_the_url_given_wins() -> None:
    article = read_article(
        page(head='<link rel="canonical" href="https://coast.example/h">'), url="https://a.example/1"
    )
    assert article.url == "https://a.example/1"


@pytest.mark.parametrize("year", ["0001-01-01", "2999-01-01", "2025-13-01", "2025-02-30", "soon"])
def test_a_date_that_cannot_be_is_left_out(year: str) -> None:
    node = {"@type": "NewsArticle", "headline": "Harbour", "datePublished": year}
    article = read_article(page(head=f'<script type="application/ld+json">{json.dumps(node)}</script>'))
    assert article.published is None


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2024-02-30T10:00:00Z">',
        '<meta name="date" content="2023-02-29">',
        '<meta name="date" content="31.04.2024">',
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-11-31"}</script>',
    ],
)
def test_a_day_that_does_not_exist_does_not_become_another(head: str) -> None:
    assert read_article(page(head=head)).published is None


@pytest.mark.parametrize("day", ["2024-02-30", "2024-04-31"])
def test_a_time_on_no_day_does_not_make_room_for_another(day: str) -> None:
    times = f"<time datetime={day}>Friday</time><time datetime=2019-05-03>2019</time>"
    assert read_article(page(f"<article><h1>Harbour stays open</h1>{times}{BODY}</article>")).published is None


def test_the_first_of_a_month_may_be_guessed() -> None:
    assert read_article(page(head='<meta name="date" content="01.02.2024">')).published == "2024-02-01"


def test_an_hour_that_does_not_exist_is_left_out() -> None:
    head = '<meta property="article:published_time" content="2024-02-03T25:61:00Z">'
    assert read_article(page(head=head)).published == "2024-02-03"


@pytest.mark.parametrize(
    "broken",
    ["{", "[1, null, {}]", '{"@type": null, "author": 5}', '{"@type":"NewsArticle","author":[null,{"name":3}]}'],
)
def test_broken_json_ld_does_no_harm(broken: str) -> None:
    article = read_article(page(head=f'<script type="application/ld+json">{broken}</script>'))
    assert PARAGRAPHS[0] in article.text


def test_a_language_that_the_text_contradicts_is_not_believed() -> None:
    assert read_article(page(lang="de")).language == "en"
    assert read_article(page(lang="en-NZ")).language == "en-NZ"


def test_charset_by_meta_tag() -> None:
    text = page(head="<meta charset=iso-8859-1>").replace("Vestby", "Västby")
    assert "Västby" in read_article(text.encode("cp1252")).text


def nested(depth: int) -> str:
    return page("<div>" * depth + f"<article>{BODY}</article>" + "</div>" * depth)


def test_deep_nesting_loses_nothing() -> None:
    assert PARAGRAPHS[3] in read_article(nested(1000)).text


def test_nesting_that_would_lose_text_is_refused() -> None:
    with pytest.raises(SourceUnsupported, match="too deeply"):
        read_article(nested(3000))


def test_a_page_without_paragraphs_gets_a_second_opinion() -> None:
    body = "".join(f"<div><span>{paragraph}</span></div>" for paragraph in PARAGRAPHS)
    article = read_article(page(f"<div class=footer>{body}</div>"))
    for paragraph in PARAGRAPHS:
        assert paragraph in article.text


def test_a_page_that_scripts_would_fill_is_empty() -> None:
    with pytest.raises(SourceEmpty, match="scripts"):
        read_article(page("<div id=root></div><script>render()</script>"))


@pytest.mark.parametrize(
    "data", ["image/png;base64," + "iVBORw0K" * 900_000, "image/svg+xml,%3Csvg" + "%20" * 2_000_000]
)
def test_a_saved_page_is_as_large_as_it_is_without_its_pictures(data: str) -> None:
    article = read_article(page(f"<article>{BODY}<img src='data:{data}'><p>{PARAGRAPHS[0]} Again.</p></article>"))
    assert article.text.split("\n\n") == [*PARAGRAPHS, f"{PARAGRAPHS[0]} Again."]


def test_a_page_too_large_is_refused_with_both_sizes() -> None:
    with pytest.raises(SourceUnsupported, match=r"6\.0 million characters; at most 5 million"):
        read_article(page("<p>harbour</p>" * 430_000))


@pytest.mark.parametrize(
    "body",
    [
        "<p " + " ".join(f"a{i}=1" for i in range(100_000)) + f">{BODY}",
        "<" * 100_000 + BODY,
        f"{BODY}" + "<br>" * 50_000,
        f"{BODY}<!--" + "-" * 100_000,
        f"\0{BODY}\x08\ufffe",
    ],
    ids=["attributes", "brackets", "breaks", "open comment", "controls"],
)
@pytest.mark.timeout(20)
def test_pages_made_to_break_a_reader(body: str) -> None:
    assert PARAGRAPHS[3] in read_article(page(f"<article>{body}</article>")).text


def test_tables_stay() -> None:
    table = "<table><tr><th>Year</th><th>Boats</th></tr><tr><td>2024</td><td>58</td></tr></table>"
    text = read_article(page(f"<article>{BODY}{table}</article>")).text
    assert "2024" in text
    assert "58" in text


def test_what_only_says_the_metadata_again_is_no_paragraph_of_the_article() -> None:
    head = '<title>x</title><meta property="og:title" content="Vestby harbour to stay open all winter">'
    top = "<h1>Vestby harbour to stay open this winter</h1><p>By Ann Byrd</p><p>3 March 2025</p>"
    article = read_article(page(f"<article>{top}{BODY}</article>", head=head))
    assert article.text.split("\n\n") == PARAGRAPHS
    removed = {entry.text: entry.rule for entry in article.removed}
    assert removed.get("Vestby harbour to stay open this winter", "title") == "title"
    assert removed.get("By Ann Byrd", "byline") == "byline"


def test_a_first_sentence_that_shares_words_with_the_title_stays() -> None:
    head = '<meta property="og:title" content="Harbour of Vestby will stay open through winter">'
    assert read_article(page(head=head)).text.split("\n\n") == PARAGRAPHS


def test_an_advert_by_its_class_goes_and_is_listed() -> None:
    advert = '<div class="ad"><span>Advertisement</span><p>Telescopes for curious children, now 20% off</p></div>'
    article = read_article(page(f"<article><p>{PARAGRAPHS[0]}</p>{advert}{BODY}</article>"))
    assert "Telescopes" not in article.text
    assert ("ad", "Advertisement Telescopes for curious children, now 20% off") in [
        (entry.rule, entry.text) for entry in article.removed
    ]


def test_an_article_in_a_box_called_an_advert_stays() -> None:
    assert read_article(page(f'<div class="ads">{BODY * 2}</div>')).text.count(PARAGRAPHS[3]) >= 1


def test_what_the_page_says_of_its_authors_at_the_end_goes() -> None:
    head = f'<script type="application/ld+json">{json.dumps(LD)}</script>'
    bio = "<p>Ann Byrd writes about the coast and lives in Vestby with two dogs.</p>"
    article = read_article(page(f"<article>{BODY}{bio}</article>", head=head))
    assert article.text.split("\n\n") == PARAGRAPHS


def test_authors_and_dates_that_only_the_text_tells() -> None:
    top = "<h1>Vestby harbour to stay open</h1><p>By Ann Byrd</p><p>Updated 3 March 2025 at 17:40</p>"
    article = read_article(page(f"<article>{top}{BODY}</article>"))
    assert (article.authors, article.published, article.modified) == (("Ann Byrd",), None, "2025-03-03")


def test_the_site_is_what_it_calls_itself_and_not_who_owns_it() -> None:
    head = (
        '<meta property="og:site_name" content="The Vestby Echo"><script type="application/ld+json">'
        '{"@type": "NewsArticle", "headline": "Quay stays open", "publisher": {"name": "Coast Media AS"}}</script>'
    )
    text = "<p>The quay of Vestby stays open through the winter, the town council decided on Monday evening.</p>" * 4
    page = (
        f"<html><head><title>Quay stays open</title>{head}</head><body><h1>Quay stays open</h1>{text}</body></html>"
    )
    assert read_article(page, kind="html").site == "The Vestby Echo"
