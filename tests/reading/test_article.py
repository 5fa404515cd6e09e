"""Whatever is read, the article keeps its promises."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from summarizer.article import Article
from summarizer.errors import ReadingError
from summarizer.reading import read_article

PIECES = st.sampled_from(
    [
        *'aéZ. ?!"“”\n\n\r\t\0‮\xad\ud800',
        "\r\n",
        "e\u0301",
        "\xa0",
        "\n\n",
        "# ",
        "**",
        "](x)",
        "[",
        "<p>",
        "</p>",
        "<div hidden>",
        "From: a\n",
        "Message-ID: x\n",
        "By Ann Byrd\n",
        "ADVERTISEMENT\n",
        "You might also like\n",
        "3 March 2025\n",
        "The harbour of the town will stay open through the winter, the council decided. ",
        "「行く。」と言った。",
    ]
)
SOURCES = st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join))
FOLDED = str.maketrans({"\r": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})


def check(article: Article) -> None:
    """The promises of an article, whatever it was read from."""
    assert [sentence.number for sentence in article.sentences] == list(range(1, len(article.sentences) + 1))
    covered = [0] * len(article.text)
    last = 0
    for sentence in article.sentences:
        assert last <= sentence.start < sentence.end <= len(article.text)
        last = sentence.end
        for at in range(sentence.start, sentence.end):
            covered[at] += 1
    assert all(count == 1 or character.isspace() for count, character in zip(covered, article.text, strict=True))
    for segment in article.segments:
        if segment.length == segment.original_length == 1:
            original = article.original[segment.original_start]
            mapped = article.text[segment.start]
            assert mapped == original or mapped.isspace() or not original.isascii()
    for entry in article.removed:
        if entry.start is not None and article.original:
            assert article.original[entry.start : entry.end] == entry.text
    assert article.sha256


@given(SOURCES, st.sampled_from([None, "text", "markdown", "html", "email"]))
@settings(max_examples=150)
def test_any_text_gives_a_sound_article_or_a_reading_error(text: str, kind: None) -> None:
    try:
        article = read_article(text, kind=kind)
    except ReadingError as error:
        assert str(error)
    else:
        check(article)


@given(st.binary())
@settings(max_examples=100)
def test_any_bytes_give_a_sound_article_or_a_reading_error(data: bytes) -> None:
    try:
        article = read_article(data)
    except ReadingError as error:
        assert str(error)
    else:
        check(article)


@given(st.lists(PIECES, max_size=30).map("".join))
@settings(max_examples=150)
def test_every_character_of_a_text_leads_back_to_its_like(text: str) -> None:
    try:
        article = read_article(text, kind="text")
    except ReadingError:
        return
    for offset, character in enumerate(article.text):
        origin = article.origin(offset)
        if origin is None:
            assert character == "\n"
        elif not character.isspace():
            assert article.original[origin] in (character, "e")


def test_a_megabyte_keeps_its_promises_too() -> None:
    paragraph = "The harbour of Vestby will stay open\xa0through the winter, the council decided. It was late. " * 4
    article = read_article(f"{paragraph}\r\n\r\n" * 2800)
    assert article.status == "ok"
    check(article)
