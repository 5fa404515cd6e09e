"""Sources and kinds: what is read as what, and what is refused with which words."""

from __future__ import annotations

import io
import json
import random
import subprocess
import sys
import zipfile
from email.message import EmailMessage
from pathlib import Path
from typing import Literal

import pytest

from summarizer.errors import AddressNotAllowed, ReadingError, SourceEmpty, SourceNotFound, SourceUnsupported
from summarizer.reading import read_article

FIRST = "The harbour of Vestby will stay open through the winter, the town council decided on Monday evening."
SECOND = "Fishermen had feared that the quay would be closed for repairs until the end of the cod season."
TEXT = f"{FIRST}\n\n{SECOND}\n"
HTML = (
    f"<html><head><title>Harbour</title></head><body><article><p>{FIRST}</p><p>{SECOND}</p></article></body></html>"
)


def test_a_path_a_text_and_bytes_are_read_alike(tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text(TEXT, encoding="utf-8")
    articles = [read_article(source) for source in (file, TEXT, TEXT.encode())]
    assert {article.text for article in articles} == {TEXT.strip()}
    assert {article.sha256 for article in articles} == {articles[0].sha256}


NAMES = ["article.txt", "missing/article.html", "/nowhere/at all", "my article.md", "~/a.txt", "news/first"]


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_file_is_not_found(name: str) -> None:
    with pytest.raises(SourceNotFound, match="no such file"):
        read_article(Path(name))


@pytest.mark.parametrize("name", [*NAMES, "/etc/passwd", "  article.txt\n", r"C:\news\first", "..\\first"])
def test_a_string_that_looks_like_a_path_is_refused_with_the_way_to_give_one(name: str) -> None:
    with pytest.raises(SourceUnsupported, match=r"give Path\("):
        read_article(name)


def test_no_string_is_read_as_a_file_and_none_tells_whether_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = []
    for _ in range(2):
        with pytest.raises(SourceUnsupported) as error:
            read_article("article.txt")
        said.append(str(error.value))
        Path("article.txt").write_text(TEXT)
        Path("article").write_text(TEXT)
    assert said[0] == said[1]
    assert FIRST not in read_article("article").text


@pytest.mark.parametrize("text", ["He said yes and/or no.", "3/4 of the town", "他/她说，港口保持开放。", "yes/no?"])
def test_a_line_with_a_stroke_in_it_is_a_text(text: str) -> None:
    assert read_article(text).text == text


@pytest.mark.parametrize("source", [None, 3, ["a text"], object()])
def test_what_is_no_source_is_an_error_of_ours(source: object) -> None:
    with pytest.raises(SourceUnsupported, match=f"from {type(source).__name__}"):
        read_article(source)  # type: ignore[arg-type]  # which is what is tried


def test_an_address_that_is_not_the_webs_is_refused_with_a_way_out() -> None:
    with pytest.raises(AddressNotAllowed, match=r"only http and https .* no ftp"):
        read_article("ftp://news.example/harbour")


def test_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound, match="folder"):
        read_article(tmp_path)


def test_a_name_no_file_can_have_is_not_found() -> None:
    with pytest.raises(ReadingError):
        read_article(Path("a\0b"))


@pytest.mark.parametrize("source", ["", " \n\t ", b"", b"\n", "\ufeff", "\u200b\u200b"])
def test_nothing_is_refused(source: str | bytes) -> None:
    with pytest.raises(SourceEmpty, match="no text"):
        read_article(source)


def docx() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\n1 0 obj", "a PDF"),
        (docx(), "a Word document"),
        (b"PK\x03\x04" + bytes(40), "a zip archive"),
        (b"\x89PNG\r\n\x1a\n" + bytes(40), "a PNG image"),
        (b"\xff\xd8\xff\xe0" + bytes(40), "a JPEG image"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "RIFF"),
        (b"\x1f\x8b\x08\x00" + bytes(20), "gzip"),
        (b"{\\rtf1\\ansi Hello}", "an RTF document"),
        (bytes(range(256)) * 20, "binary data"),
        (b"text" + bytes(500) + b"text", "binary data"),
        (b'<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "a news feed"),
        (b'<?xml version="1.0"?><invoice><sum>5</sum></invoice>', "an XML document"),
        (b"<!-- a feed --><feed><entry/></feed>", "a news feed"),
        (b"\xff\xfb\x90\x64" + random.Random(1).randbytes(4000), "an MP3 recording"),
        (b"ID3\x03\x00\x00\x00\x00\x0f\x76" + bytes(900) + random.Random(2).randbytes(4000), "an MP3 recording"),
        (b"\x1aE\xdf\xa3" + random.Random(3).randbytes(400), "a film"),
        (b"PAR1" + random.Random(4).randbytes(400), "a Parquet table"),
        (b"1\n00:00:01,000 --> 00:00:04,000\nThe harbour stays open.\n", "subtitles"),
        (b"\xef\xbb\xbf1\r\n00:00:01,000 --> 00:00:04,000\r\nThe harbour stays open.\r\n", "subtitles"),
        (b"WEBVTT\n\n00:01.000 --> 00:04.000\nThe harbour stays open.\n", "subtitles"),
        (b'{"title": "Harbour", "body": "The harbour stays open."}', "JSON.*--text-field body"),
        (b'[{"title": "Harbour", "body": "The harbour stays open."}]', "JSON.*--text-field body"),
        (b'{"text": "The harbour stays open."}\n{"text": "It is cold."}\n', "JSON.*--text-field text"),
        ('\ufeff{"text": "The harbour stays open."}'.encode("utf-16-le"), "JSON.*--text-field text"),
        (b"[1, 2, 3]", "JSON"),
    ],
)
def test_what_is_no_text_is_named(content: bytes, found: str) -> None:
    with pytest.raises(SourceUnsupported, match=found):
        read_article(content)


@pytest.mark.parametrize("size", [100, 1_000, 10_000, 100_000])
@pytest.mark.parametrize("seed", range(12))
def test_random_bytes_are_no_text(size: int, seed: int) -> None:
    with pytest.raises(SourceUnsupported, match="can't be read"):
        read_article(random.Random(f"{seed} {size}").randbytes(size))


@pytest.mark.parametrize(
    "text",
    [
        f"[Vestby] {TEXT}",
        f"[1] {TEXT}",
        f"{{{TEXT}}}",
        f"1\n{TEXT}",
        "[" * 60_000 + TEXT,
    ],
)
def test_a_text_that_only_begins_like_something_else_is_read(text: str) -> None:
    assert "Fishermen" in read_article(text.encode()).text
    assert "Fishermen" in read_article(text).text


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "cp1252", "koi8_r", "shift_jis", "gb18030"])
def test_a_text_in_any_charset_is_no_binary_data(charset: str) -> None:
    said = {"koi8_r": "Гавань остаётся открытой. ", "shift_jis": "港は開いたままです。", "gb18030": "港口保持开放。"}
    text = said.get(charset, "Der Hafen in Vestby bleibt geöffnet, sagte der Bürgermeister. ") * 30
    assert read_article(text.encode(charset)).text


def test_json_is_read_as_a_text_if_that_is_said() -> None:
    assert "Fishermen" in read_article(json.dumps({"text": TEXT}), kind="text").text


def test_a_short_text_is_read_and_says_that_it_is_short() -> None:
    article = read_article("The harbour stays open.")
    assert article.status == "too_short"
    assert article.status_reason == "The text has 4 words; an article needs at least 20."
    assert article.text == "The harbour stays open."


def test_the_content_decides_not_the_suffix(tmp_path: Path) -> None:
    file = tmp_path / "article.txt"
    file.write_text(HTML, encoding="utf-8")
    assert read_article(file).text == f"{FIRST}\n\n{SECOND}"
    file = tmp_path / "article.html"
    file.write_text(TEXT, encoding="utf-8")
    assert read_article(file).original == TEXT


@pytest.mark.parametrize(
    "text", [HTML, HTML.encode("utf-16"), f"<p>{FIRST}</p>\n<p>{SECOND}</p>", f"<!-- a --><!doctype html>{HTML}"]
)
def test_html_is_told_by_its_tags(text: str | bytes) -> None:
    article = read_article(text)
    assert article.text.split("\n\n") == [FIRST, SECOND]
    assert (article.original, article.segments) == ("", ())


def test_text_that_mentions_a_tag_is_no_html() -> None:
    text = f"{FIRST} The <p> tag is old.\n\n{SECOND}"
    assert read_article(text).text == text


MARKDOWN = f"""\
---
title: "Harbour stays open"
author: Ann Byrd
date: 2025-03-03
---

# Vestby *harbour* stays open

> {FIRST}

Fishermen had **feared** that the [quay](https://quay.example/a_(b)) would be `closed` &amp; shut.[^1]

- About *sixty* boats land their catch in the harbour every week, said the mayor.
- The snake_case_name is kept, and so are 2 * 3 * 4 and \\*stars\\*.

![A quay](quay.png)

***

| Year | Boats |
|------|-------|
| 2024 | 58    |

[^1]: A note.
[ref]: https://example.org
"""


def test_markdown_is_read_as_its_reader_sees_it() -> None:
    article = read_article(MARKDOWN)
    assert article.text.split("\n\n") == [
        FIRST,
        "Fishermen had feared that the quay would be closed & shut.",
        "About sixty boats land their catch in the harbour every week, said the mayor.",
        "The snake_case_name is kept, and so are 2 * 3 * 4 and *stars*.",
        "| Year | Boats |",
        "| 2024 | 58    |",
    ]
    assert (article.title, article.authors, article.published) == ("Harbour stays open", ("Ann Byrd",), "2025-03-03")


def test_markdown_leads_back_to_its_source() -> None:
    article = read_article(MARKDOWN)
    at = article.text.index("feared")
    origin = article.origin(at)
    assert origin is not None
    assert article.original[origin : origin + len("feared**")] == "feared**"
    assert any(entry.text == "](https://quay.example/a_(b))" for entry in article.removed)


def test_the_first_main_heading_of_markdown_is_its_title() -> None:
    article = read_article(f"## Local\n\nVestby *harbour* stays open\n====\n\n{TEXT}")
    assert article.title == "Vestby harbour stays open"
    assert "Vestby harbour stays open" not in article.text


def mail(**parts: str) -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Ann Byrd <ann@news.example>"
    message["To"] = "desk@news.example"
    message["Subject"] = "Häfen bleiben offen"
    message["Date"] = "Mon, 03 Mar 2025 14:20:00 +0100"
    message["Message-ID"] = "<1@news.example>"
    if "plain" in parts:
        message.set_content(parts["plain"])
    if "html" in parts:
        (message.add_alternative if "plain" in parts else message.set_content)(parts["html"], subtype="html")
    return message


@pytest.mark.parametrize(
    "parts",
    [{"plain": TEXT}, {"html": HTML}, {"plain": TEXT, "html": "<p>Other</p>"}, {"plain": " \n", "html": HTML}],
)
def test_mail_is_its_text_part_else_its_html_part(parts: dict[str, str]) -> None:
    article = read_article(mail(**parts).as_bytes())
    assert article.text == TEXT.strip()
    assert (article.title, article.authors) == ("Häfen bleiben offen", ("Ann Byrd",))
    assert article.published == "2025-03-03T14:20:00+01:00"


def test_mail_given_as_text_reads_alike() -> None:
    assert read_article(mail(plain=TEXT).as_string()).text == TEXT.strip()


def test_what_stands_under_a_mail_is_no_text_of_it() -> None:
    message = mail(plain=f"{TEXT}\n-- \nAnn Byrd\nTel. 01632 960 447\n")
    message.replace_header("Subject", "Fwd: Re: Häfen bleiben offen")
    article = read_article(message.as_bytes())
    assert (article.text, article.title) == (TEXT.strip(), "Häfen bleiben offen")
    assert [entry.rule for entry in article.removed] == ["signature"]


@pytest.mark.parametrize(
    "below",
    [
        "For interviews please contact:\n\nAnn Byrd\nT: 01632 960 447\nann@vestby.example",
        "Pressekontakt\n\nJörg Müller, Tel. +49 40 123456-78",
        "Contact presse :\n\nÉlise Aubry, 01 99 00 12 34",
        "This email and any files attached to it are confidential and meant only for the person it is addressed to.",
        "Bitte denken Sie an die Umwelt, bevor Sie diese E-Mail ausdrucken.",
    ],
)
def test_contacts_and_notices_under_a_release_go(below: str) -> None:
    sentences = [
        f"The harbour of Vestby stays open until {month}, the council says in its letter." for month in MONTHS
    ]
    article = read_article(mail(plain="\n\n".join([*sentences, below])).as_bytes())
    assert article.text.split("\n\n") == sentences


MONTHS = ("January", "February", "March", "April", "May")


def test_mail_in_an_old_charset() -> None:
    message = mail()
    message.set_content("Die Häfen bleiben über den Winter geöffnet, sagte der Bürgermeister.", charset="iso-8859-1")
    assert (
        read_article(message.as_bytes()).text
        == "Die Häfen bleiben über den Winter geöffnet, sagte der Bürgermeister."
    )


def test_mail_without_text_names_what_it_holds() -> None:
    message = mail()
    message.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="a.pdf")
    with pytest.raises(SourceUnsupported, match="application/pdf"):
        read_article(message.as_bytes())


def test_a_text_with_a_colon_is_no_mail() -> None:
    text = f"Subject: harbours\n\n{TEXT}"
    assert read_article(text).title is None


@pytest.mark.parametrize("mark", ["![The quay](data:{})", "[1]: <data:{}>", "data:{}", '<img src="data:{}">'])
@pytest.mark.parametrize("kind", ["text", "markdown"])
def test_a_picture_in_an_address_is_no_text(mark: str, kind: Literal["text", "markdown"]) -> None:
    lines = "\n".join(["iVBORw0KGgo" * 7] * 60)
    article = read_article(f"{FIRST}\n\n{mark.format('image/png;base64,' + lines)}\n\n{SECOND}", kind=kind)
    assert "iVBORw0K" not in article.text
    assert (article.text.startswith(FIRST), article.text.endswith(SECOND)) == (True, True)
    assert "data_address" in [entry.rule for entry in article.removed]


def test_a_sentence_about_data_is_text() -> None:
    text = f"{FIRST} The address began with data:image/png;base64,iVBORw0K and was short. {SECOND}"
    assert read_article(text).text == text


def test_the_kind_may_be_said() -> None:
    assert read_article(HTML, kind="text").text.startswith("<html>")


def test_a_kind_that_there_is_not_is_refused_with_those_there_are() -> None:
    with pytest.raises(SourceUnsupported, match="'mail': give one of text, markdown, html, email"):
        read_article(TEXT, kind="mail")  # type: ignore[arg-type]


@pytest.mark.parametrize("day", ["0001-01-01T00:00:00Z", "9999-12-31", "2024-02-30"])
def test_front_matter_dated_on_no_day_of_a_paper_has_no_date(day: str) -> None:
    text = f"---\ntitle: Harbour\ndate: {day}\n---\n\n{TEXT}\n\nIt closed yesterday.\n"
    article = read_article(text, kind="markdown")
    assert (article.title, article.published) == ("Harbour", None)


@pytest.mark.parametrize(
    "sent",
    ["Fri, 31 Dec 9999 10:00:00 +0000", "Mon, 01 Jan 2024 00:00:00 +9999999999", "Fri, 30 Feb 2024 10:00:00 +0000"],
)
def test_a_mail_of_a_day_that_cannot_be_has_no_date(sent: str) -> None:
    message = mail(plain=f"{TEXT}\n\nIt closed yesterday.\n")
    message.replace_header("Date", "x")
    article = read_article(message.as_string().replace("Date: x", f"Date: {sent}"))
    assert article.published is None


def test_importing_reading_is_light() -> None:
    code = "import sys, summarizer.reading; print(*sorted({'lxml', 'trafilatura', 'fasttext'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (TEXT, "en"),
        (
            "Havnen i Vestby skal holdes åpen hele vinteren, vedtok kommunestyret mandag kveld etter et langt møte.",
            "nb",
        ),
        ("Der Hafen bleibt den ganzen Winter über geöffnet, beschloss der Stadtrat am Montagabend.", "de"),
        ("港は冬の間も開いたままになると町議会が月曜日の夜に決めた。", "ja"),
        ("Порт останется открытым всю зиму, решил городской совет в понедельник вечером.", "ru"),
        ("12 34 56 78 90", "und"),
        ("Ok then", "und"),
    ],
)
def test_languages_are_told(text: str, language: str) -> None:
    assert read_article(text).language == language
