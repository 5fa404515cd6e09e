"""Mail: which of its parts is read, who wrote it, and what of it is none of the article."""

from __future__ import annotations

from email.message import EmailMessage

import pytest

from summarizer import read_article

TITLE = "Tarn Valley library moves into the old brewery"
ALL = (
    "The library of Tarn Valley will move into the old brewery on Mill Lane next spring, the county said on Friday.",
    "Its 84,000 books have stood in a cellar since the river flooded the reading room four winters ago.",
    "“We looked at eleven houses, and this one has dry walls and a lift,” said Hanna Oduya, who runs the library.",
    "The county pays 2.4 million pounds for the house and as much again for shelves, wiring and a new roof.",
)
TEXT = "\n\n".join(ALL) + "\n"
PAGE = "<html><body>" + "".join(f"<p>{text}</p>" for text in ALL) + "</body></html>"


def mail(subject: str = TITLE, sender: str = "Ann Byrd <ann@post.example>") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, "all@post.example", subject
    message["Date"], message["Message-ID"] = "Tue, 11 Mar 2025 08:00:00 +0100", "<1@post.example>"
    return message


@pytest.mark.parametrize(
    "stub", ["This mail is in HTML. View it in your browser: https://post.example/1", "Ihr Programm zeigt kein HTML."]
)
def test_a_text_part_that_only_says_that_there_is_html_gives_way_to_it(stub: str) -> None:
    message = mail()
    message.set_content(stub)
    message.add_alternative(PAGE, subtype="html")
    article = read_article(message.as_bytes())
    assert article.text.split("\n\n") == list(ALL)
    assert [entry.text for entry in article.removed if entry.rule == "stub"] == [stub]


@pytest.mark.parametrize("subtype", ["plain", "html"])
def test_all_parts_between_pictures_are_read(subtype: str) -> None:
    message = mail()
    message.make_mixed()
    for half in (ALL[:2], ALL[2:]):
        part = EmailMessage()
        text = "\n\n".join(half) if subtype == "plain" else "".join(f"<p>{text}</p>" for text in half)
        part.set_content(text, subtype=subtype)
        message.attach(part)
        picture = EmailMessage()
        picture.set_content(b"\xff\xd8", maintype="image", subtype="jpeg", disposition="inline")
        message.attach(picture)
    assert read_article(message.as_bytes()).text.split("\n\n") == list(ALL)


@pytest.mark.parametrize("subtype", ["plain", "html"])
def test_bytes_of_a_mail_that_are_no_text_are_listed(subtype: str) -> None:
    message = mail()
    message.set_content((PAGE if subtype == "html" else TEXT) + "café " * 20, subtype=subtype, cte="8bit")
    broken = message.as_bytes().replace("é".encode(), b"\xc3", 1)
    assert "char.undecodable" in {entry.rule for entry in read_article(broken).removed}


@pytest.mark.parametrize("subtype", ["plain", "html"])
def test_the_mail_that_is_attached_is_read(subtype: str) -> None:
    inner = mail(sender="Coast Post <news@coast.example>")
    inner.set_content(TEXT if subtype == "plain" else PAGE, subtype=subtype)
    outer = mail(f"Fwd: {TITLE}")
    outer.set_content("See the attached mail.")
    outer.add_attachment(inner)
    article = read_article(outer.as_bytes())
    assert article.text.split("\n\n") == list(ALL)
    assert article.authors == ("Coast Post",)
    assert "See the attached mail." in [entry.text for entry in article.removed]


POST = "Coast Post <news@coast.example>"
GMAIL = (
    f"---------- Forwarded message ---------\nFrom: {POST}\nDate: Mon, 10 Mar 2025 at 18:00\n"
    "Subject: Books\nTo: <a@b.example>\n\n\n"
)
OUTLOOK = f"From: {POST}\nSent: Monday, 10 March 2025 18:00\nTo: a@b.example\nSubject: Books\n\n"
GERMAN = (
    f"Anfang der weitergeleiteten Nachricht:\n\nVon: {POST}\nBetreff: Books\n"
    "Datum: 10. März 2025 um 18:00:12 MEZ\nAn: a@b.example\n\n"
)


@pytest.mark.parametrize("header", [GMAIL, OUTLOOK, GERMAN])
@pytest.mark.parametrize("subtype", ["plain", "html"])
def test_of_a_mail_that_was_passed_on_the_first_writer_is_the_author(header: str, subtype: str) -> None:
    message = mail(f"Fwd: {TITLE}")
    if subtype == "plain":
        message.set_content("FYI, for tomorrow?\n\nAnn\n\n" + header + TEXT)
    else:
        lines = header.replace("<", "&lt;").replace("\n", "<br>")
        message.set_content(f"<div>FYI, for tomorrow?</div><div>{lines}</div>{PAGE}", subtype="html")
    article = read_article(message.as_bytes())
    assert article.text.split("\n\n") == list(ALL)
    assert article.authors == ("Coast Post",)
    assert (article.published or "")[:10] == "2025-03-10"
    assert any("FYI" in entry.text for entry in article.removed)


def test_an_answer_above_what_it_answers_stays_the_text() -> None:
    message = mail("Re: Books")
    message.set_content(TEXT + "\n" + OUTLOOK + "Could you write about the library?\n")
    article = read_article(message.as_bytes())
    assert article.authors == ("Ann Byrd",)
    assert all(text in article.text for text in ALL)


@pytest.mark.parametrize("saver", ["<Saved by Blink>", "<Saved by Windows Internet Explorer 11>"])
def test_a_browser_that_saved_a_page_is_not_its_author(saver: str) -> None:
    page = PAGE.replace("<body>", f"<body><article><h1>{TITLE}</h1><p class='byline'>By Ada Lind</p>")
    content = (
        f"From: {saver}\nSubject: {TITLE}\nDate: Tue, 2 Dec 2025 09:12:44 -0000\nMIME-Version: 1.0\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\n\n--b\nContent-Type: text/html; '
        f'charset="utf-8"\nContent-Transfer-Encoding: 8bit\n\n{page}\n--b--\n'
    )
    article = read_article(content.encode())
    assert article.text.split("\n\n") == list(ALL)
    assert (article.title, article.authors, article.published) == (TITLE, ("Ada Lind",), None)


@pytest.mark.parametrize(
    ("sender", "subject", "author", "site"),
    [
        ("Ann Byrd from Coast Letter", "Coast Letter #214: The quay stays open", "Ann Byrd", "Coast Letter"),
        ("Ann Byrd | Coast Letter", "[No. 12] The quay stays open", "Ann Byrd", "Coast Letter"),
        ("Jo Lind von Küstenbrief", "Küstenbrief, Ausgabe 7: The quay stays open", "Jo Lind", "Küstenbrief"),
    ],
)
def test_a_newsletter_has_its_writer_its_name_and_a_title_without_its_number(
    sender: str, subject: str, author: str, site: str
) -> None:
    text = "The quay of Vestby stays open through the winter, the town council decided on Monday evening.\n" * 4
    head = (
        f"From: {sender} <coast@letters.example>\nSubject: {subject}\nList-Id: <letters.example>\nMIME-Version: 1.0"
    )
    article = read_article(f"{head}\nContent-Type: text/plain; charset=utf-8\n\n{text}")
    assert (article.title, article.authors, article.site) == ("The quay stays open", (author,), site)


def test_a_number_in_the_subject_of_another_mail_stays() -> None:
    head = "From: Ann Byrd <ann@vestby.example>\nSubject: No. 10: Cabinet meets\nMIME-Version: 1.0"
    text = "The cabinet met at ten on Monday to talk about the quay of Vestby, which will cost four million.\n"
    assert read_article(f"{head}\nContent-Type: text/plain\n\n{text * 4}").title == "No. 10: Cabinet meets"


@pytest.mark.parametrize("sender", ['"A" <a@\rb.example>', "<@", ",\t.)éname[a<", '"A" <a@', "a@\r"])
def test_a_sender_that_is_no_address_ends_nothing(sender: str) -> None:
    mail = f"From: {sender}\nSubject: The pool is shut\n\nThe pool of Marlo stays shut after a pump failed.\n"
    article = read_article(mail.encode(), kind="email")
    assert article.authors == () and article.text.endswith("shut after a pump failed.")
