"""The views: what a reader sees, and what text from outside cannot do to them."""

from __future__ import annotations

import io
import json
import math
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt  # comes with rich
from markdown_it.token import Token
from records import HARBOUR, article_of, cited, harbour, point, run_of, summary_of
from rich.cells import cell_len
from rich.console import Console

from summarizer.article import Article, Removed
from summarizer.record import (
    Call,
    Coverage,
    Dispute,
    Entity,
    Event,
    Figure,
    Finding,
    FiveWs,
    Position,
    Quote,
    Summary,
    Tokens,
)
from summarizer.views import json as json_view
from summarizer.views import jsonld, markdown, terminal
from summarizer.views import labels as wording
from summarizer.views.printable import printable

STYLE = re.compile(r"\x1b\[[0-9;]*m")
ESCAPE_SEQUENCES = (
    "\x1b[31mred",
    "\x1b]8;;https://evil.example\x07here\x1b]8;;\x07",
    "\x9b2J",
    "a\rb",
    "\x1b[2K\x08",
)
OVERRIDES = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
MARKUP = (
    "[red]not red[/red] [link=https://evil.example]x[/link] :smile:",
    "[a](https://evil.example) ![b](c.png) <script>alert(1)</script> <https://evil.example> &amp; `code` **bold**",
    "# heading\n- item\n1. item\n> quote\n```\ncode\n```\n| a | b |\n|---|---|\n---\n===",
)
outside = st.one_of(
    st.text(), st.sampled_from([*ESCAPE_SEQUENCES, *MARKUP, OVERRIDES]), st.text("#*_[]()<>!`\\-+=1. \n|~")
)


def plain(summary: Summary, article: Article = HARBOUR, width: int = 80, **options: Any) -> str:
    return terminal.render(summary, article, width=width, color=False, **options)


def filled_with(text: str) -> tuple[Summary, Article]:
    """A record whose every text is `text`, and its article."""
    article = article_of((f"Said: {text}.",), title=text, authors=(text,), site=text, url=text, published=text)
    said = point(article, text, 1)
    spans = cited(article, 1)
    summary = summary_of(
        article,
        headline=point(article, f"On {text}", 1),
        abstract=(said,),
        key_points=(said,),
        entities=(Entity(name=text, type="person", role=text, mentions=()),),
        quotes=(Quote(text=text, speaker=text, speaker_role=text, evidence=spans),),
        figures=(Figure(text=text, measures=text, value=1, unit=text, evidence=spans),),
        timeline=(Event(date=text, text=text, evidence=spans),),
        disputes=(Dispute(about=text, positions=(Position(holder=text, text=text, evidence=spans),)),),
        findings=(Finding(code="no_evidence", severity="error", path=text, message=text, evidence=spans),),
        run=run_of(article, model=text),
    )
    return summary, article


# --- terminal ---------------------------------------------------------------------------------------------------


def test_every_part_of_the_record_is_on_the_page_in_order() -> None:
    page = plain(harbour(), width=100, full=True)
    expected = (
        "Cracked bearings close Port Ellery's Kestrel Bridge until September [1, 5]",
        "Port Ellery closes its harbour bridge after cracks are found",
        "Ellery Courier · 2024-05-14 · updated 2024-05-15 · Hannah Brekke · 141 words",
        "https://news.example/kestrel-bridge",
        "differ on the damage. [5, 7–8]",
        "KEY POINTS",
        "1.  The bridge was closed on Tuesday because two of twelve bearings are cracked. [1]",
        "FIVE WS",
        "Why    cracks in two bearings [1, 3]",
        "QUOTES",
        "“We could not rule out that a bearing fails under a loaded lorry,”",
        "— Miriam Okafor, chief engineer [3]",
        "FIGURES",
        "6.4 million euros      cost of the repairs [5]",
        "People         Miriam Okafor (chief engineer of the harbour authority); Tomas Lindgren",
        "Places         Port Ellery; Kestrel Bridge (closed bridge)",
        "TIMELINE",
        "1978-06  The bridge is opened. [10]",
        "DISPUTES",
        "What the closure costs local firms",
        "Ellery Hauliers' Association  closer to 400,000 euros a week [8]",
        "TOPICS",
        "disaster, accident and emergency incident · economy, business and finance",
        "FINDINGS  1 error, 1 warning, 1 note",
        "!1 error    Quote not in the article (quote 2)",
        "!2 warning  Number not in the evidence (key point 4)",
        "note        Asked a second time",
        "EVIDENCE",
        "[4]   “That is not a risk we take with 19,000 vehicles a day.”",
        "Removed 5 lines: 3 sharing, 2 advertising",
        "openai:gpt-6-luna, one_request · prompt news v1",
    )
    at = 0
    for line in expected:
        assert line in page[at:]
        at = page.index(line, at) + len(line)


def test_what_the_article_does_not_say_is_not_on_the_page() -> None:
    assert "How" not in plain(harbour())
    bare = summary_of(HARBOUR, headline=point(HARBOUR, "Bridge shut", 1))
    page = plain(bare)
    assert not re.search(r"^[A-Z ]{5,}$", page, re.MULTILINE)
    assert "Removed" not in plain(summary_of(article := article_of(("A.",))), article)


def test_alarms_are_marked_at_the_statements_they_are_about() -> None:
    page = plain(harbour())
    assert re.search(r"within five years\.\s+\[11\] !2\n", page)
    assert "— Tomas Lindgren [9] !1\n" in page
    assert page.count("!1") == page.count("!2") == 2  # at the statement, and in the list


def test_an_alarm_about_one_version_of_a_dispute_is_marked_there_only() -> None:
    finding = Finding(code="no_evidence", severity="error", path="disputes[0].positions[1].text", message="None.")
    page = plain(harbour().model_copy(update={"findings": (finding,)}), full=True)
    assert "400,000 euros a week [8] !1" in page
    assert "What the closure costs local firms\n" in page


def test_a_written_point_is_followed_by_its_sentence_while_it_is_made_and_a_copied_one_is_not() -> None:
    points = (point(HARBOUR, "The bearings are cracked.", 1), point(HARBOUR, "Nobody was hurt.", 2))
    console = Console(width=80, file=io.StringIO())
    with console.capture() as capture:
        console.print(terminal.so_far(summary_of(HARBOUR, key_points=points), HARBOUR))
    assert re.search("│ The harbour authority of Port Ellery.*…\n", capture.get())  # cut, and seen to be
    assert capture.get().count("Nobody was hurt.") == 1


# --- a screen of it ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("width", "height"), [(60, 30), (60, 40), (80, 24), (80, 30), (80, 50), (120, 24), (120, 40)]
)
def test_a_record_is_at_most_a_screen(width: int, height: int) -> None:
    page = plain(harbour(), width=width, height=height, check="summarizer text bridge.txt")
    assert len(page.splitlines()) <= height
    for part in ("Cracked bearings close", "KEY POINTS", "FIVE WS", "!1 error", "$0.0024", "summarizer text"):
        assert part in " ".join(page.split())


def test_a_screen_has_what_matters_first_and_says_what_else_there_is() -> None:
    page = plain(harbour(), height=60)
    assert not re.search("^(FIGURES|NAMES|TIMELINE|DISPUTES|TOPICS)", page, re.MULTILINE)
    assert "Also in the record (--full): 2 figures, 5 names, 2 dates, 1 dispute, 2 topics\n" in page
    assert "Notes: Asked a second time\n" in page


def test_what_a_screen_has_no_room_for_is_counted() -> None:
    page = plain(harbour(), height=24)
    assert re.search(r"^KEY POINTS  \d of 4$", page, re.MULTILINE)
    assert "Also in the record (--full): abstract, 2 quotes, 2 figures," in " ".join(page.split())


def test_what_is_doubted_stays_on_the_screen() -> None:
    page = plain(harbour(), height=26)
    assert re.search(r"^KEY POINTS  [23] of 4$", page, re.MULTILINE)
    assert "4.  A report in 2022" in page and "[11] !2" in " ".join(page.split())


def test_one_sentence_is_on_a_screen_once() -> None:
    sentence = HARBOUR.sentence_text(1)
    said, spans = point(HARBOUR, sentence, 1), cited(HARBOUR, 1)
    summary = summary_of(
        HARBOUR,
        headline=point(HARBOUR, "Cracks close the bridge", 1),
        abstract=(said, point(HARBOUR, "Nobody was hurt.", 2)),
        key_points=(said,),
        five_ws=FiveWs(
            who=point(HARBOUR, "The harbour authority of Port Ellery", 1),
            what=said,
            when=None,
            where=point(HARBOUR, "Port Ellery", 1),
            why=None,
            how=None,
        ),
        quotes=(Quote(text=sentence[4:80], speaker=None, speaker_role=None, evidence=spans),),
        figures=(Figure(text="two", measures=sentence, value=2, unit=None, evidence=spans),),
        timeline=(Event(date="2024-05-14", text=sentence, evidence=spans),),
    )
    assert plain(summary, width=400).count(sentence[4:80]) == 1
    assert "Where  Port Ellery" in plain(summary)  # a short answer within a sentence is no repetition
    assert "Who    The harbour authority of Port Ellery" in plain(summary)
    full = plain(summary, width=400, full=True)
    assert "2024-05-14  as above [1]" in full and "two  as above [1]" in full


def test_what_a_speaker_is_stands_at_the_first_of_the_quotes() -> None:
    quotes = tuple(
        Quote(text=HARBOUR.sentence_text(at), speaker="Miriam Okafor", speaker_role="chief engineer", evidence=())
        for at in (3, 4)
    )
    page = plain(summary_of(HARBOUR, quotes=quotes))
    assert page.count("— Miriam Okafor") == 2 and page.count("— Miriam Okafor, chief engineer\n") == 1


def test_of_two_quotes_one_in_the_other_a_screen_has_the_longer() -> None:
    whole = HARBOUR.sentence_text(3)
    quotes = tuple(Quote(text=text, speaker=None, speaker_role=None, evidence=()) for text in (whole[:44], whole))
    page = plain(summary_of(HARBOUR, quotes=quotes), width=300)
    assert page.count(whole[:44]) == page.count(whole) == 1


def test_the_line_below_says_what_it_cost_and_how_to_check_it() -> None:
    page = plain(harbour(), width=120, check="summarizer text bridge.txt")
    assert page.endswith("openai:gpt-6-luna · 6.2 s · $0.0024 · check [n]: summarizer text bridge.txt\n")
    by_rules = run_of(HARBOUR, model="extractive", recipe="extractive", requests=(), cost=None)
    assert "extractive · 6.2 s · no cost" in plain(harbour().model_copy(update={"run": by_rules}))


@pytest.mark.parametrize("status", ["too_short", "not_an_article", "paywalled", "refused", "filtered"])
def test_a_record_without_points_says_why_and_nothing_else(status: Any) -> None:
    page = plain(summary_of(HARBOUR, status=status, status_reason="Only 12 words were found."))
    words = [line.strip("┏━┓┃┗┛ ") for line in page.splitlines()]
    assert [line for line in words if line] == [wording.STATUSES[status].upper(), "Only 12 words were found."]


def test_colour_changes_nothing_but_colour() -> None:
    coloured = terminal.render(harbour(), HARBOUR, color=True)
    assert "\x1b[1;31m!1 error" in coloured
    assert [line.rstrip() for line in STYLE.sub("", coloured).splitlines()] == plain(harbour()).splitlines()


def test_the_environment_has_no_say_in_what_render_returns(monkeypatch: pytest.MonkeyPatch) -> None:
    before = [terminal.render(harbour(), HARBOUR, width=100, color=color) for color in (True, False)]
    for name, value in {"NO_COLOR": "1", "FORCE_COLOR": "1", "COLUMNS": "40", "TERM": "dumb"}.items():
        monkeypatch.setenv(name, value)
    assert [terminal.render(harbour(), HARBOUR, width=100, color=color) for color in (True, False)] == before


def test_show_prints_plain_text_where_there_is_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.show(harbour(), HARBOUR)
    assert "\x1b" not in (printed := capsys.readouterr().out)
    assert "KEY POINTS" in printed


@given(outside, st.integers(30, 130), st.booleans(), st.booleans())
def test_nothing_from_outside_acts_on_the_terminal(text: str, width: int, color: bool, full: bool) -> None:
    page = STYLE.sub("", terminal.render(*filled_with(text), width=width, color=color, full=full, check=text))
    acting = [
        c for c in page if c != "\n" and (unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp") or c in OVERRIDES)
    ]
    assert not acting
    assert all(cell_len(line) <= width for line in page.split("\n"))


@pytest.mark.parametrize("text", ["[red]x[/red]", "[link=https://evil.example]x[/]", ":smile:", "\\[b]", "[/]"])
def test_markup_is_shown_as_it_is_written(text: str) -> None:
    assert f"“{text}”" in plain(*filled_with(text), full=True)


@pytest.mark.parametrize("text", ["הנמל נסגר ביום שלישי", "港が火曜日に閉鎖された。", "می‌خواهم", "👩‍🚒 क्षि"])
def test_every_script_is_shown_as_it_is_written(text: str) -> None:
    assert f"“{text}”" in plain(*filled_with(text), full=True)


def test_printable_shows_what_would_act_and_leaves_out_what_is_not_seen() -> None:
    assert printable("a\x1b[31mb\x00\x7f") == "a␛[31mb␀␡"
    assert printable("\x9b2J \u202edlrow \ud800") == "�2J �dlrow �"
    assert printable("a\u200bb\ufeff\xad\U000e0041\u200e") == "ab"
    assert printable("one\n\ttwo\u2028three\xa0four") == "one\n\ttwo\nthree\xa0four"


# --- the words both readers' views share ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("", ""),
        ("headline.text", "headline"),
        ("key_points[2].text", "key point 3"),
        ("quotes[0].speaker", "quote 1, speaker"),
        ("five_ws.why.evidence", "why"),
        ("disputes[0].positions[1].holder", "dispute 1, version 2, holder"),
        ("their_own[0].field_name", "their own 1, field name"),
    ],
)
def test_a_path_is_told_in_words(path: str, words: str) -> None:
    assert wording.place(path) == words


@given(st.sets(st.integers(1, 11)))
def test_sentence_numbers_say_exactly_which_sentences(numbers: set[int]) -> None:
    told = wording.sentence_numbers(HARBOUR, cited(HARBOUR, *numbers))
    ranges = [part.split("–") for part in told.split(", ") if part]
    assert {n for ends in ranges for n in range(int(ends[0]), int(ends[-1]) + 1)} == numbers
    assert len(ranges) == sum(n - 1 not in numbers for n in numbers)


def test_lines_kept_as_metadata_are_not_counted_as_removed() -> None:
    kept = (Removed("title", "A"), Removed("byline", "B"), Removed("date", "C"))
    assert wording.removed(article_of(("A.",), removed=kept)) is None
    assert (
        wording.removed(article_of(("A.",), removed=(*kept, Removed("ad", "Ad")))) == "Removed 1 line: 1 advertising"
    )
    other = Removed("some_new_rule", "x")
    assert wording.removed(article_of(("A.",), removed=(other,))) == "Removed 1 line: 1 some new rule"


def test_the_run_says_what_was_spent_and_by_which_prices() -> None:
    assert "· $0.0024" in wording.run(run_of(HARBOUR))
    assert "· $0.0024 (prices of May)" in wording.run(run_of(HARBOUR, price_list="prices of May"))


def test_the_run_says_what_a_cache_has_saved() -> None:
    first, second, made = (
        Call(purpose="record", tokens_in=500, tokens_cached=0, tokens_out=20, seconds=0, outcome=outcome)
        for outcome in ("cached invalid", "cached", "ok")
    )
    saved, none = Tokens(input=1000, cached=0, output=40), Tokens(input=0, cached=0, output=0)
    whole = run_of(HARBOUR, requests=(first, second), tokens=none, saved=saved, cost=0.0)
    assert " · 1 answer from the cache, saved 1,000 tokens in, 40 out · 6.2 s · $0.0000" in wording.run(whole)
    assert "request" not in wording.run(whole).replace("one_request", "")
    partly = run_of(HARBOUR, requests=(second, made), saved=Tokens(input=500, cached=0, output=20))
    assert "1 request: 2,214 tokens in (1,024 cached), 988 out · 1 answer from the cache" in wording.run(partly)


def test_the_run_says_when_the_model_did_not_see_everything() -> None:
    partly = run_of(HARBOUR, coverage=Coverage(given=9000, seen=6000), cost=None, seconds=0.25)
    assert wording.run(partly).endswith(
        "988 out · 250 ms · price not known · the model saw 6,000 of 9,000 characters"
    )
    assert wording.run(run_of(HARBOUR, model="extractive", recipe="extractive", requests=())).startswith(
        "extractive ·"
    )


# --- Markdown ---------------------------------------------------------------------------------------------------

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def tokens(document: str) -> Iterator[Token]:
    for token in PARSER.parse(document):
        yield token
        yield from token.children or ()


@given(outside, st.sampled_from(["", "- ", "1. ", "> ", "# "]))
def test_escaped_text_is_shown_as_it_is(text: str, start: str) -> None:
    line = " ".join(printable(text).split())
    found = [token for token in tokens(start + markdown.escape(text) + " x") if token.type == "inline"]
    shown = "".join(child.content for token in found for child in token.children or ())
    assert shown == f"{line} x".strip()
    assert {child.type for token in found for child in token.children or ()} <= {"text", "text_special"}


@given(outside)
def test_nothing_from_outside_becomes_markup(text: str) -> None:
    document = markdown.render(*filled_with(text))
    kinds = {token.type for token in tokens(document)}
    ours = {"heading", "paragraph", "bullet_list", "ordered_list", "list_item", "blockquote", "strong", "em"}
    assert kinds <= {f"{kind}_{end}" for kind in ours for end in ("open", "close")} | {
        *("inline", "text", "text_special", "hr", "softbreak", "hardbreak")
    }
    assert not re.search(r"https?://|www\.", document, re.IGNORECASE)


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("$5 or $6, 2*3*4", r"\$5 or \$6, 2\*3\*4"),
        ("~~x~~ a|b `c`", r"\~\~x\~\~ a\|b \`c\`"),
        ("_www.evil.example http://evil.example", r"\_www\.evil.example http\://evil.example"),
        ("1. May, 6.4 million", r"1\. May, 6.4 million"),
        ("- 3 degrees", r"\- 3 degrees"),
        ("AT&T <b> [x](y)", r"AT\&T \<b\> \[x\](y)"),
    ],
)
def test_only_what_could_be_markup_is_escaped(text: str, escaped: str) -> None:
    assert markdown.escape(text) == escaped


def test_the_markdown_of_a_record() -> None:
    document = markdown.render(harbour(), HARBOUR)
    expected = (
        "# Cracked bearings close Port Ellery's Kestrel Bridge until September [1, 5]\n",
        "*Port Ellery closes its harbour bridge after cracks are found*\n",
        "4. A report in 2022 had advised replacing all bearings within five years. [11] **!2**\n",
        "- **Who:** harbour authority of Port Ellery [1]\n",
        "> — **Tomas Lindgren** [9] **!1**\n",
        "- **6.4 million euros:** cost of the repairs [5]\n",
        "- **Ellery Hauliers' Association:** closer to 400,000 euros a week [8]\n",
        "- **!1 error: Quote not in the article (quote 2).** ",
        "- [10] The bridge was opened in June 1978.\n",
    )
    assert [line for line in expected if line not in document] == []
    assert "[2] Nobody was hurt." not in document  # nothing rests on it


def test_the_markdown_of_a_record_without_points_says_why() -> None:
    summary = summary_of(HARBOUR, status="paywalled", status_reason="The page shows 2 of 20 paragraphs.")
    assert markdown.render(summary, HARBOUR) == "# Behind a paywall\n\nThe page shows 2 of 20 paragraphs.\n"


# --- JSON-LD ----------------------------------------------------------------------------------------------------

THING = {"@type", "name", "description"}
WORK = THING | {"text", "creator", "about"}
VOCABULARY = {
    "NewsArticle": WORK
    | {
        "@context",
        "headline",
        "alternativeHeadline",
        "abstract",
        "datePublished",
        "dateModified",
        "author",
        "publisher",
    }
    | {"url", "inLanguage", "genre", "wordCount", "articleSection", "keywords", "mentions", "hasPart"},
    "Quotation": WORK,
    "Claim": WORK,
    "Event": THING | {"startDate"},
    "QuantitativeValue": THING | {"value", "unitText"},
    **dict.fromkeys(("Person", "Organization", "Place", "Product", "CreativeWork", "Thing"), THING),
}
"""The properties that schema.org has for each type, as far as they are used here."""


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
        yield from (node for child in value.values() for node in nodes(child))
    elif isinstance(value, list):
        yield from (node for child in value for node in nodes(child))


def test_json_ld_has_only_properties_that_schema_org_gives_the_type() -> None:
    for node in nodes(json.loads(jsonld.render(harbour()))):
        assert node.keys() <= VOCABULARY[node["@type"]]


def test_json_ld_says_who_said_what_about_whom() -> None:
    article = jsonld.node(harbour())
    assert article["about"] == [
        {"@type": "Place", "name": "Port Ellery"},
        {"@type": "Place", "name": "Kestrel Bridge", "description": "closed bridge"},
    ]
    assert {"@type": "Event", "name": "The bridge is opened.", "startDate": "1978-06"} in article["mentions"]
    quotation, *_, claim = article["hasPart"]
    assert quotation["creator"] == {"@type": "Person", "name": "Miriam Okafor", "description": "chief engineer"}
    assert claim["creator"] == {"@type": "Organization", "name": "Ellery Hauliers' Association"}


def test_json_ld_leaves_out_what_is_not_known() -> None:
    article = article_of(("A short text.",))
    assert jsonld.node(summary_of(article)) == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "wordCount": 3,
    }


@given(outside)
def test_json_ld_is_valid_and_can_stand_in_a_script_element(text: str) -> None:
    summary, _ = filled_with(text)
    written = jsonld.render(summary)
    assert not set("<>&\x7f\x9b\u2028\u2029" + OVERRIDES) & set(written)
    assert not {c for c in written if unicodedata.category(c) in ("Cc", "Cs")} - {"\n"}
    assert json.loads(written) == jsonld.node(summary)


@pytest.mark.parametrize(
    ("value", "written"), [(3.0, 3), (2.5, 2.5), (math.inf, None), (math.nan, None), (None, None)]
)
def test_json_ld_numbers_are_numbers_of_json(value: float | None, written: float | None) -> None:
    figure = Figure(text="3", measures="things", value=value, unit=None, evidence=())
    (told,) = jsonld.node(summary_of(HARBOUR, figures=(figure,)))["mentions"]
    assert json.dumps(told.get("value")) == json.dumps(written)


def test_json_reads_back_and_acts_on_no_terminal() -> None:
    hostile = "a\x9b31m\u202eb\x7f"
    changed = harbour().model_copy(update={"status_reason": hostile})
    text = json_view.render(changed)
    assert not set(text) & set("\x9b\u202e\x7f")
    assert Summary.model_validate_json(text) == changed


def test_an_abstract_that_the_key_points_repeat_is_printed_once() -> None:
    summary = harbour()
    repeated = summary.model_copy(update={"abstract": summary.key_points[:1]})
    words = repeated.abstract[0].text[:30]
    assert plain(repeated, width=200).count(words) == plain(repeated, width=200, full=True).count(words) == 1
    assert markdown.render(repeated, HARBOUR).count(markdown.escape(words)) == 1


def test_garbled_words_that_were_restored_are_said() -> None:
    article = article_of(("The council met.",), removed=(Removed("char.garbled", "JosÃ©", 0, 5),))
    assert wording.removed(article) == "Read 1 garbled word in the charset that was meant"
