"""Pasted text: each rule before and after, a whole pasted page, and clean articles that lose nothing."""

from __future__ import annotations

import pytest

from summarizer.reading import read_article

BODY = [
    "The harbour of Vestby will stay open through the winter, the town council decided on Monday evening.",
    "Fishermen had feared that the quay would be closed for repairs until the end of the cod season.",
    "“We can wait until May,” said Mayor Ida Holt, “when most of the boats are out at sea anyway.”",
    "The repairs are expected to cost four million crowns, of which the county pays a little more than half.",
    "About sixty boats land their catch in the harbour every week between October and the end of April.",
]
TITLE = "Vestby harbour stays open as council puts off repairs"
PASTED = f"""\
Skip to content
{TITLE}

Boats lie at the quay of Vestby on a clear morning.
Boats lie at the quay of Vestby on a clear morning. Copyright Jo Lind / NPB
By\xa0Ann Byrd and Per van Dal
Published on 3 March 2025, 14:20 CET
Share this articleComments

{BODY[0]}

ADVERTISEMENT

{BODY[1]}
{BODY[2]}

Read more: The boats of Vestby

{BODY[3]}

Sign up for our newsletter and get the best of the coast every week

{BODY[4]}

You might also like
Ferry strike enters its third week
Cod prices fall again
"""


def test_a_pasted_page_gives_exactly_its_article() -> None:
    article = read_article(PASTED)
    assert article.text.split("\n\n") == BODY
    assert article.title == TITLE
    assert article.authors == ("Ann Byrd", "Per van Dal")
    assert article.published == "2025-03-03"
    assert article.language == "en"


def test_what_was_dropped_is_listed_with_its_rule_and_place() -> None:
    article = read_article(PASTED)
    rules = {entry.text: entry.rule for entry in article.removed}
    assert rules == {
        "Skip to content": "ad",
        TITLE: "title",
        "Boats lie at the quay of Vestby on a clear morning.": "caption",
        "Boats lie at the quay of Vestby on a clear morning. Copyright Jo Lind / NPB": "credit",
        "By\xa0Ann Byrd and Per van Dal": "byline",
        "Published on 3 March 2025, 14:20 CET": "date",
        "Share this articleComments": "share",
        "ADVERTISEMENT": "ad",
        "Read more: The boats of Vestby": "related",
        "Sign up for our newsletter and get the best of the coast every week": "promo",
        "You might also like": "section",
        "Ferry strike enters its third week": "section",
        "Cod prices fall again": "section",
    }
    for entry in article.removed:
        assert article.original[entry.start : entry.end] == entry.text


def test_every_kept_character_leads_back() -> None:
    article = read_article(PASTED)
    for offset, character in enumerate(article.text):
        origin = article.origin(offset)
        assert character == "\n" if origin is None else article.original[origin] == character


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("* * *", "symbols"),
        ("Advertisement", "ad"),
        ("Story continues below advertisement", "ad"),
        ("– Anzeige –", "ad"),
        ("広告", "ad"),
        ("Facebook Twitter WhatsApp Copy link", "share"),
        ("Artikel merken", "share"),
        ("12 comments", "share"),
        ("SCROLL DOWN FOR VIDEO", "ad"),
        ("1.4k shares", "info"),
        ("FOR IMMEDIATE RELEASE", "info"),
        ("Pressemitteilung", "info"),
        ("This article is free to read thanks to our members. Become a member", "promo"),
        ("Write to us: letters@vestby.example", "promo"),
        ("Recibe cada mañana las noticias en tu correo", "promo"),
        ("（责任编辑：小雨）", "info"),
        ("5 min read", "info"),
        ("Foto: Ola Lund", "info"),
        ("All rights reserved.", "info"),
        ("Subscribe to keep reading", "promo"),
        ("Wir verwenden Cookies, um diese Seite besser zu machen.", "promo"),
        ("Suscríbete para seguir leyendo", "promo"),
        ("Related: Cod prices fall", "related"),
        ("Lire aussi : Le port reste ouvert", "related"),
        ("The quay on Monday (Photo: Ola Lund)", "credit"),
        ("Boats at sea. © Ola Lund / NPB", "credit"),
    ],
)
def test_a_line_of_junk_goes_whole(line: str, rule: str) -> None:
    article = read_article("\n\n".join([*BODY[:3], line, *BODY[3:]]))
    assert article.text.split("\n\n") == BODY
    assert [(entry.rule, entry.text) for entry in article.removed] == [(rule, line)]


@pytest.mark.parametrize(
    "line",
    [
        "Advertisement revenue fell by a fifth.",
        "Share prices rose on Tuesday.",
        "Related costs are borne by the county, the mayor said, and not by the town or its fishermen at all.",
        "Comments made by the mayor were met with laughter.",
        "1.",
        "Why?",
        "By May all will be done.",
        "The comments",
        "Support US troops need is on its way, the minister said on Tuesday.",
    ],
)
def test_a_line_that_only_begins_like_junk_stays(line: str) -> None:
    article = read_article("\n\n".join([*BODY[:3], line, *BODY[3:]]))
    assert article.text.split("\n\n") == [*BODY[:3], line, *BODY[3:]]
    assert article.removed == ()


def test_a_clean_article_loses_nothing() -> None:
    text = "\n\n".join(BODY)
    article = read_article(text)
    assert (article.text, article.removed, article.title) == (text, (), None)


def test_a_clean_article_with_subheadings_and_list_keeps_them() -> None:
    parts = [*BODY[:2], "What happens next", "Boats", "Builders", "Money", "The county", *BODY[2:]]
    assert read_article("\n\n".join(parts)).text.split("\n\n") == parts


def test_a_title_alone_is_told_from_a_first_sentence() -> None:
    article = read_article("\n\n".join([TITLE, *BODY]))
    assert article.title == TITLE
    assert article.text.split("\n\n") == BODY


def test_a_section_heading_amid_the_article_does_not_cut_its_rest() -> None:
    article = read_article("\n\n".join([BODY[0], "Most read", "Cod prices fall again", *BODY[1:]]))
    assert article.text.split("\n\n") == BODY


def test_menus_before_and_lists_after_the_article_of_a_copied_page_go() -> None:
    menu = [
        "News",
        "Sport",
        "Weather",
        "Culture",
        "Travel",
        "Podcasts",
        "About us",
        "Jobs",
        "Shop",
        "Games",
        "Radio",
        "TV",
    ]
    links = ["Ferry strike enters third week", "Cod prices fall", "Snow in the hills", "Council elections near"]
    page = [*menu, "Advertisement", "Sign in", TITLE, *BODY, "Advertisement", *links, *menu]
    article = read_article("\n".join(page))
    assert article.text.split("\n\n") == BODY
    assert article.title == TITLE


WRAPPED = """\
The harbour of Vestby will stay open through the winter, the town
council decided on Monday evening. Fishermen had feared that the quay
would be closed for repairs until the end of the cod season.

Mayor Ida Holt said the work could wait until May, when most of the
boats are out at sea anyway.
"""


def test_hard_wrapped_lines_are_joined_and_lead_back() -> None:
    article = read_article(WRAPPED)
    assert [article.sentence_text(number) for number in (1, 2, 3)] == [
        "The harbour of Vestby will stay open through the winter, the town council decided on Monday evening.",
        "Fishermen had feared that the quay would be closed for repairs until the end of the cod season.",
        "Mayor Ida Holt said the work could wait until May, when most of the boats are out at sea anyway.",
    ]
    assert article.origin(article.text.index("council")) == WRAPPED.index("council")


@pytest.mark.parametrize(
    ("line", "published", "modified"),
    [
        ("3 March 2025", "2025-03-03", None),
        ("March 3, 2025 at 2:20 p.m. EST", "2025-03-03", None),
        ("Updated: 2025-03-03 14:20", None, "2025-03-03"),
        ("Updated 4 March 2025 at 17:40 (first published 3 March at 07:15)", "2025-03-03", "2025-03-04"),
        ("Published: 06:12, 3 March 2025 | Updated: 11:40, 4 March 2025", "2025-03-03", "2025-03-04"),
        ("Published Mon, Mar 3 20257:05 AM ESTUpdated", "2025-03-03", None),
        ("Publicado el 3 de marzo de 2025 a las 9:40", "2025-03-03", None),
        ("Publié le 03/04/2025", "2025-04-03", None),
        ("03/04/2025 9:40 AM", "2025-03-04", None),
        ("Vestby - 03 mar 2025 - 22:31 CEST", "2025-03-03", None),
        ("3 March 2025 · Business · 4 min read", "2025-03-03", None),
        ("Reuters March 3, 2025 11:03 PM", "2025-03-03", None),
        ("Opublikowano: 3 marca 2025, 10:15", "2025-03-03", None),
        ("Опубликовано: 3 марта 2025 г. в 14:20", "2025-03-03", None),
        ("Güncelleme: 3 Mart 2025 16:45", None, "2025-03-03"),
        ("نشر في: ٣ مارس ٢٠٢٥ - ٢٠:١٥", "2025-03-03", None),
        ("प्रकाशित: 3 मार्च 2025, 10:30 बजे", "2025-03-03", None),
        ("입력 2025.03.03. 오전 9:12 수정 2025.03.04. 오후 1:20", "2025-03-03", "2025-03-04"),
        ("2025年3月3日 18:36 更新", None, "2025-03-03"),
        ("Veröffentlicht am 3. März 2025, 14:20 Uhr", "2025-03-03", None),
        ("Publié le 3 mars 2025 à 14:20", "2025-03-03", None),
        ("Lunes, 3 de marzo de 2025", "2025-03-03", None),
        ("03.04.2025", "2025-04-03", None),
        ("27/04/2025 - 14:32", "2025-04-27", None),
        ("03/04/2025", None, None),
        ("2025年3月3日", "2025-03-03", None),
    ],
)
def test_date_lines_above_the_article(line: str, published: str | None, modified: str | None) -> None:
    article = read_article("\n\n".join([TITLE, line, *BODY]))
    assert (article.published, article.modified) == (published, modified)
    assert article.text.split("\n\n") == BODY


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Ann Byrd", ("Ann Byrd",)),
        ("BY ANN BYRD AND JO LI", ("ANN BYRD", "JO LI")),
        ("By Ann Byrd, Jo Li and Bo Ek in Oslo", ("Ann Byrd", "Jo Li", "Bo Ek")),
        ("Von Jörg Müller und Eva von der Heide", ("Jörg Müller", "Eva von der Heide")),
        ("Por María del Mar Ruiz", ("María del Mar Ruiz",)),
        ("Par Élise Durand | Le Phare", ("Élise Durand",)),
        ("By the sea", ()),
        ("By Ann Byrd, 3 March 2025", ("Ann Byrd",)),
        ("Door Maaike de Wit | 6 mei 2025, 09:12", ("Maaike de Wit",)),
        ("Texto: Joana Teles", ("Joana Teles",)),
        ("Interview: Jonas Petersen", ("Jonas Petersen",)),
        ("By ANN BYRD and JO LI, Associated Press", ("ANN BYRD", "JO LI")),
        ("2025-03-03 18:36 来源：海岸晨报 记者 王小明", ("王小明",)),
        ("By Ann Byrd, health correspondent", ("Ann Byrd",)),
        ("Von Per Lind, Redakteur", ("Per Lind",)),
        ("Van onze verslaggever Joris Tessel", ("Joris Tessel",)),
    ],
)
def test_bylines_above_the_article(line: str, authors: tuple[str, ...]) -> None:
    assert read_article("\n\n".join([TITLE, line, *BODY])).authors == authors


def test_a_text_of_nothing_but_a_caption_is_too_short() -> None:
    caption = "Boats lie at the quay of Vestby in the first light of a clear and very cold morning."
    article = read_article(f"{caption}\n{caption} Copyright Jo Lind / NPB")
    assert article.status == "too_short"
    assert [entry.rule for entry in article.removed] == ["caption", "credit"]


@pytest.mark.parametrize(
    "line", ["What happened on 3 March 2025", "Storm of 3 March 2025 – what we know", "May 3 in Vestby"]
)
def test_a_headline_with_a_date_is_no_line_about_dates(line: str) -> None:
    assert line in read_article("\n\n".join([TITLE, line, *BODY])).text


@pytest.mark.parametrize(
    ("dateline", "published"),
    [
        ("VESTBY, 3 March 2025 – ", "2025-03-03"),
        ("Vestby, 3 de marzo de 2025 — ", "2025-03-03"),
        ("VESTBY, 3. März 2025 (dpa) - ", "2025-03-03"),
        ("On Monday, 3 March 2025 – a holiday – ", None),
    ],
)
def test_a_dateline_tells_the_date_and_stays(dateline: str, published: str | None) -> None:
    article = read_article("\n\n".join([TITLE, dateline + BODY[0], *BODY[1:]]))
    assert (article.published, article.text.split("\n\n")[0]) == (published, dateline + BODY[0])


def test_a_date_below_the_article_counts_if_a_word_says_what_it_is() -> None:
    assert read_article("\n\n".join([*BODY, "First published on 3 March 2025"])).published == "2025-03-03"


@pytest.mark.parametrize("name", ["Ann Byrd", "ANN BYRD", "Ann Byrd in Oslo"])
def test_a_name_alone_between_title_and_date_is_the_authors(name: str) -> None:
    article = read_article("\n\n".join(["OPINION", TITLE, name, "Vestby", "3 March 2025", *BODY]))
    assert article.authors == (name.removesuffix(" in Oslo"),)
    assert (article.title, article.text.split("\n\n")) == (TITLE, BODY)


@pytest.mark.parametrize(
    ("author", "bio"),
    [
        ("By Ann Byrd", "Ann Byrd is a columnist. She does not own a boat."),
        ("By Ann Byrd", "• Ann Byrd covers the coast for this newspaper"),
        ("Von Jörg Müller", "Jörg Müller schreibt seit zehn Jahren über die Küste."),
        ("Par Élise Aubry", "Élise Aubry est journaliste et vit à Vestby."),
        ("Por Marina Ruiz", "Marina Ruiz es periodista y vive en Vestby."),
    ],
)
def test_what_says_who_the_author_is_goes(author: str, bio: str) -> None:
    article = read_article("\n\n".join([TITLE, author, "3 March 2025", *BODY, bio]))
    assert article.text.split("\n\n") == BODY
    assert ("bio", bio) in [(entry.rule, entry.text) for entry in article.removed]


def test_somebody_else_described_at_the_end_stays() -> None:
    last = "Ida Holt is a former fisherman and has been mayor of Vestby since 2019."
    assert read_article("\n\n".join([TITLE, "By Ann Byrd", *BODY, last])).text.endswith(last)


def test_the_title_is_neither_path_nor_menu_nor_standfirst() -> None:
    head = """\
The Vestby Post
Home > Coast > Harbours
News   Sport   Culture   Weather
Sign in
Newsletters
The repairs of the harbour and its quay can wait until May, says the council
"""
    lines = head.splitlines()
    page = "\n".join([*lines[:5], TITLE, lines[5], "By our correspondents in Vestby", "3 March 2025", "Share", *BODY])
    article = read_article(page)
    assert article.title == TITLE
    assert article.text.split("\n\n")[-len(BODY) :] == BODY


@pytest.mark.parametrize("heading", ["Read also", "Más información", "Lesen Sie auch", "À lire aussi"])
def test_teasers_in_whole_sentences_go_with_their_heading(heading: str) -> None:
    teasers = [
        "The cod has come back to the coast after ten years, and the fishermen of the north have held a great feast.",
        "Snow has closed the road to the hills since Sunday night, and three villages there are without power.",
    ]
    page = "\n\n".join([*BODY[:2], "\n".join([heading, *teasers]), *BODY[2:]])
    article = read_article(page)
    assert article.text.split("\n\n") == BODY
    assert {entry.text for entry in article.removed} == {heading, *teasers}


LIVE = """\
Home
Sign in
Live: Holt wins a second term as mayor of Vestby
By Ann Byrd
3 March 2025
Share

22:10
That's it for tonight. Thank you for reading.
Share

21:45
Holt wins
Ida Holt has won the vote for mayor of Vestby by 412 votes, the returning officer has just told the hall.
Holt 4,206
Berg 3,794
The hall is loud.
Share

ADVERTISEMENT

21:02
With twenty of 31 districts counted Holt is ahead for the first time tonight, but only by some forty votes.

20:15
There were no ballot papers for half an hour at the school on the quay, which had to stay open a little longer.

18:00
Polls are closed, and the first results are expected at about half past seven, says the returning officer.

Most read
Snow closes the road to the hills
Comments (3)
codfan: about time!
"""


def test_a_live_blog_keeps_every_post() -> None:
    article = read_article(LIVE)
    body = LIVE[LIVE.index("22:10") : LIVE.index("Most read")].splitlines()
    assert article.text.split("\n\n") == [line for line in body if line not in ("", "Share", "ADVERTISEMENT")]
    assert (article.title, article.published) == ("Live: Holt wins a second term as mayor of Vestby", "2025-03-03")


def test_an_interview_keeps_its_first_question() -> None:
    head = ["“The harbour is our heart”", "Mayor Ida Holt on cod and debts", "By Ann Byrd", "3 March 2025"]
    talk = ["Mayor, why does the harbour of Vestby stay open?", *BODY]
    article = read_article("\n\n".join([*head, *talk]))
    assert article.title in head[:2]
    assert article.text.split("\n\n")[-len(talk) :] == talk


def test_how_to_reach_the_author_goes_from_below_the_article() -> None:
    below = ["Ann Byrd", "ann.byrd@vestby.example", "@annbyrd"]
    article = read_article("\n\n".join([TITLE, "By Ann Byrd", "3 March 2025", *BODY, *below]))
    assert article.text.split("\n\n") == BODY
    assert [entry.text for entry in article.removed][-3:] == below


def test_an_address_in_a_list_of_the_article_stays() -> None:
    parts = [BODY[0], "mayor@vestby.example", *BODY[1:]]
    assert read_article("\n\n".join(parts)).text.split("\n\n") == parts


def test_other_stories_below_go_whether_or_not_lines_are_parted() -> None:
    page = [TITLE, *BODY, "More stories", "Snow closes the road to the hills", "Cod prices fall again"]
    for joint in ("\n", "\n\n"):
        assert read_article(joint.join(page)).text.split("\n\n") == BODY


@pytest.mark.parametrize(
    "amid",
    [
        [
            "How the day went",
            "09:00",
            "The council met in the town hall of Vestby and heard the harbour master first.",
        ],
        ["Key dates", "3 March 2025 – council votes", "1 May 2025 – repairs begin"],
        ["Comments by the mayor", "She was glad."],
    ],
)
def test_hours_dates_and_headings_within_an_article_stay(amid: list[str]) -> None:
    for top in ([], [TITLE]):
        article = read_article("\n\n".join([*top, BODY[0], *amid, *BODY[1:]]))
        assert article.text.split("\n\n") == [BODY[0], *amid, *BODY[1:]]


def test_a_sentence_above_authors_and_date_stays_and_they_go() -> None:
    standfirst = "The council has put off the repairs, and it was right to do so, for the boats are needed at sea."
    article = read_article("\n\n".join([TITLE, standfirst, "By Ann Byrd", "3 March 2025", *BODY]))
    assert article.text.split("\n\n") == [standfirst, *BODY]
    assert (article.authors, article.published) == (("Ann Byrd",), "2025-03-03")


def test_the_date_of_the_day_in_a_menu_is_not_that_of_the_article() -> None:
    page = [
        "Home",
        "Sport",
        "9 March 2025",
        "Sign in",
        TITLE,
        "Ann Byrd",
        "Updated 3 March 2025",
        "Share",
        "Tweet",
        *BODY,
    ]
    article = read_article("\n".join(page))
    assert (article.published, article.modified, article.authors) == (None, "2025-03-03", ("Ann Byrd",))


def test_a_byline_without_a_name_is_no_title() -> None:
    lines = ["Sinking trawlers worry insurers", "By our correspondents in Vestby", "Updated 4 March 2025 at 17:40"]
    article = read_article("\n".join(lines) + "\n\n" + "\n\n".join(BODY))
    assert article.title == lines[0]


PARTED = """The library of Tarn Valley will move into the
old brewery on Mill Lane, whose well-
kept cellars are dry, said Hanna Ody-
uya, who runs it. The well-kept house
stands between two- and three-storey
ones, and between one-
or two-storey ones. It costs the coun-
ty 2.4 million pounds, and an Anglo-
Norwegian firm will build the roof of it,
which takes a year from the first of May on."""


def test_words_parted_at_the_end_of_a_line_are_joined_and_compounds_keep_their_hyphen() -> None:
    article = read_article(PARTED, kind="text")
    for words in ("whose well-kept cellars", "one- or two-storey", "the county 2.4", "Anglo-Norwegian firm"):
        assert words in article.text
    assert "char.hyphen" in {entry.rule for entry in article.removed}


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Holt &amp; Sons pay 3&nbsp;million &ndash; now.", "Holt & Sons pay 3 million – now."),
        ("&quot;It&#39;s dry,&quot; Holt &amp;amp; Sons said.", '"It\'s dry," Holt & Sons said.'),
        ("Holt<br>and<br/>Sons", "Holt\n\nand\n\nSons"),
        ("AT&T; and R&D; &unknown; stay.", "AT&T; and R&D; &unknown; stay."),
    ],
)
def test_markup_left_in_plain_text_is_resolved(written: str, read: str) -> None:
    article = read_article(written, kind="text")
    assert article.text == read


LEAD = "The library of Tarn Valley will move into the old brewery after its cellar was flooded a third time."
REST = (
    "Hanna Oduya, who runs the library, said on Monday that eleven other houses had been looked at.\n\n"
    "“This one has dry walls and a lift,” she said, “and it stands where people shop.”\n\n"
    "The county pays 2.4 million pounds for the house and as much again for shelves, wiring and a new roof.\n\n"
)
BELOW = "Most read\nWalkers rescued from the ridge by night\nTen ways to cook a marrow\nSign up to our newsletter\n"
ABOVE = (
    "Subscribe\nLog in\nLibrary moves into the old brewery\nAda Lind\nPublished Feb 3, 2025\nListen to this article\n"
    "4 min\nShare\nComments 17\n",
    "Homepage\nSkip to content\nSign in\nHome\nNews\nSport\nMore menu\nNEWS\nHome\nWorld\nBusiness\n"
    "Library moves into the old brewery\n6 hours ago\n\nShare\n\nSave\nAda Lind\nPolitics reporter\nGetty Images\n\n",
)


@pytest.mark.parametrize("above", ABOVE)
def test_the_lead_below_the_buttons_of_a_copied_page_is_kept(above: str) -> None:
    article = read_article(f"{above}{LEAD}\n\n{REST}{BELOW}", kind="text")
    assert article.text.startswith(LEAD)
    assert (article.title, article.authors) == ("Library moves into the old brewery", ("Ada Lind",))
    assert "marrow" not in article.text


def test_a_short_last_sentence_below_an_advert_is_kept() -> None:
    last = "The council votes in May."
    article = read_article(f"{ABOVE[0]}{LEAD}\n\n{REST}Advertisement\n\n{last}\n\n{BELOW}", kind="text")
    assert article.text.endswith(last)


@pytest.mark.parametrize("wire", ["(GLOBE NEWSWIRE) -- ", "/PRNewswire/ -- ", "– "])
def test_a_release_has_its_title_above_its_dateline_and_its_date_in_it(wire: str) -> None:
    text = f"FOR IMMEDIATE RELEASE\n\nNordkran wins an order\n\nAALBORG, March 11, 2025 {wire}{LEAD}\n\n{REST}"
    article = read_article(text, kind="text")
    assert (article.title, article.published) == ("Nordkran wins an order", "2025-03-11")
    assert article.text.startswith("AALBORG")


@pytest.mark.parametrize("title", [f"{TITLE}.", f"‘{TITLE}!’", f"{TITLE}!"])
def test_a_title_with_a_mark_at_its_end_is_told_by_what_stands_below_it(title: str) -> None:
    article = read_article("\n\n".join([title, "By Ann Byrd", "3 March 2025", *BODY]))
    assert (article.title, article.authors, article.published) == (title, ("Ann Byrd",), "2025-03-03")
    assert article.text.split("\n\n") == BODY


@pytest.mark.parametrize("buttons", ["シェア 印刷", "分享 打印", "공유 인쇄", "Teilen Drucken", "Share Print"])
def test_buttons_are_no_byline(buttons: str) -> None:
    assert read_article("\n\n".join([TITLE, buttons, "2025-03-03", *BODY])).authors == ()


@pytest.mark.parametrize(
    ("label", "genre"),
    [
        ("Comment", "opinion"),
        ("Leitartikel", "opinion"),
        ("TRIBUNE", "opinion"),
        ("News analysis", "analysis"),
        ("Film review", "review"),
        ("OBITUARIES", "obituary"),
        ("Nachruf", "obituary"),
        ("Entrevista", "interview"),
    ],
)
def test_the_genre_is_read_from_the_line_above_the_title(label: str, genre: str) -> None:
    article = read_article("\n\n".join([label, TITLE, "By Ann Byrd", "3 March 2025", *BODY]))
    assert (article.genre, article.title, article.text.split("\n\n")) == (genre, TITLE, BODY)


@pytest.mark.parametrize(("label", "genre"), [("Interview:", "interview"), ("Opinion |", "opinion")])
def test_the_genre_is_read_from_the_beginning_of_the_title(label: str, genre: str) -> None:
    article = read_article("\n\n".join([f"{label} {TITLE}", "By Ann Byrd", *BODY]))
    assert (article.genre, article.title) == (genre, f"{label} {TITLE}")


def test_a_section_is_no_genre() -> None:
    assert read_article("\n\n".join(["Business", TITLE, "3 March 2025", *BODY])).genre is None


PROSE = (
    "The council of Vestby voted on Monday to keep the quay open to lorries through the winter, its clerk said.\n" * 3
)


@pytest.mark.parametrize(
    ("above", "title"),
    [
        ("Quay of Vestby stays open to lorries\n\nA narrow vote ends the row of the year\n\nBy Ann Byrd\n\n", 0),
        ("Quay of Vestby stays open to lorries\n\nVESTBY 2-1 HARL\n\n3 May 2024\n\n", 0),
        ("Handball, 3. Liga\nLate luck for the men of Vestby: 29:28 against Harl\n\n", 1),
        ("Council | Quay\nQuay of Vestby stays open to lorries\n\nBy Ann Byrd\n\n", 1),
        ("Nobody saw the vote of the year coming\n\n", 0),
    ],
)
def test_the_first_heading_of_a_text_is_its_title_and_not_its_deck_or_what_it_is_about(
    above: str, title: int
) -> None:
    lines = [line for line in above.split("\n") if line]
    assert read_article(above + PROSE, kind="text").title == lines[title]
