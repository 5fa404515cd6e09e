"""What a page's article says is in the text, or is listed with the rule that took it out."""

from __future__ import annotations

import json

import pytest

from summarizer import read_article
from summarizer.article import Article

TITLE = "Tarn Valley library moves into the old brewery"
LEAD = (
    "The library of Tarn Valley will move into the old brewery on Mill Lane next spring, the county said on Friday."
)
SECOND = "Its 84,000 books have stood in a cellar since the river flooded the reading room four winters ago."
THIRD = "“We looked at eleven houses, and this one has dry walls and a lift,” said Hanna Oduya, who runs the library."
FOURTH = "The county pays 2.4 million pounds for the house and as much again for shelves, wiring and a new roof."
FIFTH = "Readers may borrow from a van on the market square until the doors open, every day but Sunday."
SIXTH = "A vote on the opening hours is due in May, when the new council meets for the first time."
ALL = (LEAD, SECOND, THIRD, FOURTH, FIFTH, SIXTH)


def page(body: str, head: str = "") -> Article:
    """The article of a page with such a body."""
    around = "<header><nav><a href='/'>Home</a> <a href='/sport'>Sport</a></nav></header>"
    foot = "<footer><p>Contact us</p><p>Terms of use</p></footer>"
    top = f"<!DOCTYPE html><html lang='en'><head><title>{TITLE}</title>{head}</head>"
    return read_article(f"{top}<body>{around}{body}{foot}</body></html>", kind="html")


def paragraphs(*texts: str) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def in_order(article: Article, texts: tuple[str, ...] = ALL) -> bool:
    places = [article.text.find(text) for text in texts]
    return -1 not in places and places == sorted(places)


@pytest.mark.parametrize("tag", ["div", "section", "valley-text", "td-block"])
def test_a_paragraph_in_any_element_of_the_article_keeps_its_place(tag: str) -> None:
    mixed = "".join(f"<{tag}>{t}</{tag}>" if i in (1, 3, 4) else f"<p>{t}</p>" for i, t in enumerate(ALL))
    assert in_order(page(f"<article><h1>{TITLE}</h1>{mixed}</article>"))


@pytest.mark.parametrize("name", ["teaser-content", "shareable", "widget-text", "story-intro"])
def test_a_class_name_takes_no_paragraph_away(name: str) -> None:
    body = f"<div class='{name}'>{paragraphs(LEAD, SECOND)}</div><div class='rest'>{paragraphs(*ALL[2:])}</div>"
    assert in_order(page(f"<article><h1>{TITLE}</h1>{body}</article>"))


@pytest.mark.parametrize("lead", [f"<div class='intro'><p>{LEAD}</p></div>", f"<p class='standfirst'>{LEAD}</p>"])
def test_a_lead_before_the_container_of_the_body_is_read(lead: str) -> None:
    body = f"<main><h1>{TITLE}</h1>{lead}<div class='article-body'>{paragraphs(*ALL[1:])}</div></main>"
    assert in_order(page(body))


def test_what_the_article_holds_of_others_is_listed_with_its_rule() -> None:
    said = "I have borrowed from this library for thirty years and never once have I seen the lift at work."
    other = "Twelve walkers were brought down from the ridge by night after the path above the weir gave way."
    comments = f"<div class='comments'><div>{said}</div></div>"
    card = f"<div class='card'><h3><a href='/x'>Walkers rescued</a></h3><div>{other}</div></div>"
    article = page(f"<article><h1>{TITLE}</h1>{paragraphs(*ALL[:4])}{card}{paragraphs(*ALL[4:])}{comments}</article>")
    assert in_order(article)
    assert said not in article.text
    assert other not in article.text
    assert {"comment", "teaser"} <= {entry.rule for entry in article.removed}


@pytest.mark.parametrize(
    "opening",
    [
        "<p><div class='dropcap'>T</div>he library",
        "<p><span class='initial'>T</span> he library",
        "<p><img class='dropcap' alt='T' src='t.png'>he library",
        "<p class='drop-cap'>T</p><p>he library",
    ],
)
def test_an_initial_is_part_of_its_word(opening: str) -> None:
    body = opening + LEAD.removeprefix("The library") + "</p>" + paragraphs(*ALL[1:])
    assert in_order(page(f"<article><h1>{TITLE}</h1>{body}</article>"))


@pytest.mark.parametrize(
    ("markup", "shown"),
    [
        ("84,000<sup>2</sup> books", "84,000 books"),
        ("84,000<sup><a href='#n7'>7</a></sup> books", "84,000 books"),
        ("84,000<a href='#cite-1'>[12]</a> books", "84,000 books"),
        ("84,000<sup>†</sup> books", "84,000 books"),
        ("900 km<sup>2</sup> of books", "900 km² of books"),
        ("2 × 10<sup>6</sup> books", "2 × 10⁶ books"),
        ("19<sup>th</sup> shelf of books", "19th shelf"),
        ("<del>70,000</del> <ins>84,000</ins> books", "Its 84,000 books"),
        ("<span style='text-decoration: line-through'>70,000</span> 84,000 books", "Its 84,000 books"),
        ("<q>dry</q> books", "“dry” books"),
        ("<q>“dry” and <q>safe</q></q> books", "“dry” and"),
    ],
)
def test_what_a_line_shows_by_its_looks_is_said_in_characters(markup: str, shown: str) -> None:
    body = paragraphs(
        LEAD, f"Its {markup} have stood in a cellar since the river flooded the reading room.", *ALL[2:]
    )
    article = page(f"<article><h1>{TITLE}</h1>{body}</article>")
    assert shown in article.text


@pytest.mark.parametrize(
    "heading",
    [
        "Tarn Valley library<br>moves into<br/>the old brewery",
        "<span>Tarn Valley library</span><span>moves into the old brewery</span>",
        "<div>Tarn Valley library</div><div>moves into the old brewery</div>",
    ],
)
def test_the_lines_of_a_heading_are_parted_by_spaces(heading: str) -> None:
    source = f"<title>Library | Tarn Post</title><article><h1>{heading}</h1>{paragraphs(*ALL)}</article>"
    article = read_article(f"<!DOCTYPE html><html><body>{source}</body></html>", kind="html")
    assert article.title == TITLE
    assert article.text.startswith(LEAD)


OTHER = "Walkers brought down from the ridge by night"
OTHERS = (
    "Twelve walkers were brought down from the ridge by night after the path above the weir gave way.",
    "The mountain rescue team needed nine hours and two helicopters, said its leader, Piet Maas.",
    "Nobody was hurt, but three of the walkers were so cold that a doctor kept them until noon.",
)


@pytest.mark.parametrize("box", ["article class='post'", "div class='post'", "section"])
@pytest.mark.parametrize("is_first", [True, False])
def test_of_two_stories_the_one_with_the_title_of_the_page_is_read(box: str, is_first: bool) -> None:
    own, other = (f"<h1>{TITLE}</h1>{paragraphs(*ALL)}", f"<h1>{OTHER}</h1>{paragraphs(*OTHERS)}")
    stories = [own, other] if is_first else [other, own]
    article = page("".join(f"<{box}>{story}</{box.split()[0]}>" for story in stories))
    assert in_order(article)
    assert not any(text in article.text for text in OTHERS)
    assert set(OTHERS) <= {entry.text for entry in article.removed if entry.rule == "other_story"}


def test_posts_of_a_live_blog_are_no_other_stories() -> None:
    posts = "".join(
        f"<article><h2>{9 + i}.00</h2>{paragraphs(text, text[::-1])}</article>" for i, text in enumerate(ALL)
    )
    assert in_order(page(f"<main><h1>{TITLE}</h1>{posts}</main>"))


@pytest.mark.parametrize("broken", [True, False])
def test_a_layout_table_is_read_as_paragraphs_without_its_menu(broken: bool) -> None:
    text = "<br><br>".join(ALL) if broken else paragraphs(*ALL)
    menu = "<td><a href='/'>Home</a><br><a href='/a'>Archive</a></td>"
    article = page(f"<table><tr>{menu}<td><h1>{TITLE}</h1>{text}</td></tr></table>")
    assert article.text.split("\n\n") == list(ALL)


def test_a_table_of_data_stays_one() -> None:
    rows = "".join(
        f"<tr><td>{year}</td><td>{count}</td></tr>" for year, count in (("2023", "81,500"), ("2024", "84,000"))
    )
    article = page(f"<article><h1>{TITLE}</h1>{paragraphs(*ALL)}<table>{rows}</table></article>")
    assert "81,500" in article.text
    assert any("2023" in line and "81,500" in line for line in article.text.splitlines())


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("By Ada Lind, sports correspondent", ("Ada Lind",)),
        ("By Ada Lind Health Editor", ("Ada Lind",)),
        ("By Ada Lind and Jo Berg, Staff Writers", ("Ada Lind", "Jo Berg")),
        ("By Ada Lind | Updated 12 March 2025", ("Ada Lind",)),
        ("Author: Ada Lind", ("Ada Lind",)),
        ("Von Ada Lind, Redakteurin", ("Ada Lind",)),
        ("By Our Correspondent", ()),
    ],
)
def test_an_office_an_update_or_a_label_is_no_author(byline: str, authors: tuple[str, ...]) -> None:
    body = f"<article><h1>{TITLE}</h1><p class='byline'>{byline}</p>{paragraphs(*ALL)}</article>"
    assert page(body).authors == authors


@pytest.mark.parametrize(
    ("given", "authors"),
    [
        ("Ada Lind, Jo Berg and Max Ode", ("Ada Lind", "Jo Berg", "Max Ode")),
        ("Ada Lind; Jo Berg", ("Ada Lind", "Jo Berg")),
        ("Ada Lind y Pablo Moro", ("Ada Lind", "Pablo Moro")),
        ("Department of Health and Human Services", ("Department of Health and Human Services",)),
        ("Martin Luther King, Jr.", ("Martin Luther King, Jr.",)),
    ],
)
def test_several_authors_in_one_name_are_parted_where_all_are_full_names(
    given: str, authors: tuple[str, ...]
) -> None:
    head = f"<meta name='author' content='{given}'>"
    assert page(f"<article><h1>{TITLE}</h1>{paragraphs(*ALL)}</article>", head).authors == authors


@pytest.mark.parametrize(
    "written",
    [
        "Sat Mar 08 2025 15:21:41 GMT+0100 (CET)",
        "Sat Mar  8 15:21:41 2025",
        "Sat, 08 Mar 2025 15:21:41 +0000",
        "March 8, 2025",
        "8. März 2025",
        "20250308T152141Z",
        "1741447301000",
    ],
)
def test_a_date_is_read_in_every_clear_form(written: str) -> None:
    time = f"<time datetime='{written}'>3 days ago</time>"
    assert (page(f"<article><h1>{TITLE}</h1>{time}{paragraphs(*ALL)}</article>").published or "")[:10] == "2025-03-08"


@pytest.mark.parametrize(
    "times",
    [
        "<time class='updated' datetime='2025-03-20'>20</time><time class='published' datetime='2025-03-08'>8</time>",
        "<p>Updated <time datetime='2025-03-20'>20</time></p><p>Published <time datetime='2025-03-08'>8</time></p>",
        "<div class='related'><time datetime='2019-01-01'>1/1</time></div><time datetime='2025-03-08'>8/3</time>",
        "<aside><time datetime='2019-01-01'>1</time></aside><i itemprop='datePublished' content='2025-03-08'>8</i>",
    ],
)
def test_the_date_of_an_update_or_of_another_story_is_not_that_of_publication(times: str) -> None:
    article = page(f"<article><h1>{TITLE}</h1>{times}{paragraphs(*ALL)}</article>")
    assert (article.published or "")[:10] == "2025-03-08"


def data(**node: str) -> str:
    return f"<script type='application/ld+json'>{json.dumps({'@type': 'NewsArticle', **node})}</script>"


def test_of_several_stories_in_the_data_that_of_the_page_counts() -> None:
    other, address = "Storm tears roof from the fish hall", "https://n.example/old"
    old = data(headline=other, author="Old One", datePublished="2018-05-05", url=address)
    own = data(headline=TITLE, author="Ada Lind", datePublished="2025-03-08", url="https://n.example/new")
    body = f"<article><h1>{TITLE}</h1>{paragraphs(*ALL)}</article>"
    link = "<link rel='canonical' href='https://n.example/new'>"
    assert page(body, old + own + link).authors == ("Ada Lind",)
    assert page(body, old + own).title == TITLE
    assert page(body, old + link).published is None


@pytest.mark.parametrize(
    "picture",
    ["<img src='data:image/png;base64,{}'>", "<style>p {{ background: url(data:x/y,{}) }}</style>"],
)
def test_the_pictures_in_a_saved_page_are_no_text_of_it(picture: str) -> None:
    saved = picture.format("A" * 6_000_000)
    assert in_order(page(f"<article><h1>{TITLE}</h1>{paragraphs(*ALL[:3])}{saved}{paragraphs(*ALL[3:])}</article>"))


def test_a_short_sentence_between_paragraphs_is_kept_and_a_linked_one_is_listed() -> None:
    linked = "Twelve walkers were brought down from the ridge by night after the path above the weir gave way."
    between = f"<div>It was dry.</div><p><a href='/x'>{linked}</a></p>"
    article = page(f"<article><h1>{TITLE}</h1>{paragraphs(*ALL[:3])}{between}{paragraphs(*ALL[3:])}</article>")
    assert in_order(article, (THIRD, "It was dry.", FOURTH))
    assert linked in article.text or linked in [entry.text for entry in article.removed]


def test_a_deck_in_the_header_of_the_article_is_listed() -> None:
    body = f"<header><h1>{TITLE}</h1><p>{LEAD}</p></header><div class='body'>{paragraphs(*ALL[1:])}</div>"
    article = page(f"<article>{body}</article>")
    assert LEAD in article.text or ("deck", LEAD) in [(entry.rule, entry.text) for entry in article.removed]


@pytest.mark.parametrize(
    "given", ["Ada Lind, AP National Political Writer", "Ada Lind, CNN Business", "Ada Lind, AP"]
)
def test_where_an_author_works_is_no_author(given: str) -> None:
    head = f"<meta name='author' content='{given}'>"
    assert page(f"<article><h1>{TITLE}</h1>{paragraphs(*ALL)}</article>", head).authors == ("Ada Lind",)
