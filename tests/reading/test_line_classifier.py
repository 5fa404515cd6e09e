"""What is left of a copied page: the traits of its lines, the path through them, comments and teasers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from summarizer.reading import read_article
from summarizer.reading.pasted.line_classifier import likely_lines, trained_weights
from summarizer.reading.pasted.line_features import traits
from summarizer.reading.pasted.pasted_text import page_of, suspicions

TITLE = "Vestby harbour stays open as council puts off repairs"
BODY = [
    "The harbour of Vestby will stay open through the winter, the town council decided on Monday evening.",
    "Fishermen had feared that the quay would be closed for repairs until the end of the cod season.",
    "“We can wait until May,” said Mayor Ida Holt, “when most of the boats are out at sea anyway.”",
    "The repairs are expected to cost four million crowns, of which the county pays a little more than half.",
    "About sixty boats land their catch in the harbour every week between October and the end of April.",
]
MENU = ["Skip to content", "News", "Sport", "Weather", "Sign in", "Subscribe"]
COMMENTS = [
    "12 Comments",
    "skipper58",
    "2 days ago at 07:47 am",
    "I have moored there for thirty years and never once have they asked any of us what we think about it.",
    "Reply",
    "dockrat",
    "2 days ago at 08:12 am",
    "It is always the same with them, they talk for months and then they put it off for yet another year.",
    "Reply",
    "north wind",
    "1 day ago at 11:05 pm",
    "Four million crowns for a few planks, and my taxes go up again, that is all that I have to say here.",
    "Reply",
]
TEASERS = [
    "Latest stories",
    "Ferry strike enters its third week",
    "16 hours ago",
    "Crews on the island route have refused a second offer from the company and want to meet the minister.",
    "Cod prices fall again",
    "19 hours ago",
    "Buyers in the south paid a tenth less for fresh fish this week than they did in the same week last year.",
    "Museum opens new wing",
    "2 days ago",
    "Visitors can see three wooden boats that were raised from the bottom of the fjord some forty years ago.",
]


def kept(*lines: str) -> list[str]:
    return read_article("\n".join(lines), kind="text").text.split("\n\n")


def test_comments_of_readers_go() -> None:
    assert kept(*MENU, TITLE, *BODY, *COMMENTS) == BODY


def test_teasers_in_full_sentences_go() -> None:
    assert kept(*MENU, TITLE, *BODY, "Share", *TEASERS) == BODY


def test_an_article_keeps_its_short_lines_on_a_copied_page() -> None:
    body = [*BODY[:3], "What happens next", *BODY[3:]]
    assert kept(*MENU, TITLE, "Share", *body, *COMMENTS) == body


def test_every_dropped_line_of_a_copied_page_has_a_rule() -> None:
    lines = [*MENU, TITLE, *BODY, "Share", *TEASERS]
    article = read_article("\n".join(lines), kind="text")
    assert [entry.text for entry in article.removed] == [line for line in lines if line not in BODY]
    assert all(entry.rule for entry in article.removed)


def test_each_trait_has_its_weight_and_each_weight_its_trait() -> None:
    page = page_of("\n".join([TITLE, *BODY]))
    [names] = {tuple(seen) for seen in traits(page, suspicions(page))}
    assert {*names, "bias"} == set(trained_weights())


TRAITS = st.dictionaries(st.sampled_from(sorted(set(trained_weights()) - {"bias"})), st.floats(-3, 3))


@given(st.lists(st.tuples(TRAITS, st.integers(0, 200))))
def test_any_lines_get_an_answer_each(lines: list[tuple[dict[str, float], int]]) -> None:
    answers = likely_lines([seen for seen, _ in lines], [words for _, words in lines])
    assert len(answers) == len(lines)


def test_a_doubtful_line_goes_with_its_neighbours() -> None:
    weights = {"bias": 0.0, "good": 1.0}
    sure, doubtful, bad = ({"good": value} for value in (5.0, -0.2, -9.0))
    assert likely_lines([sure, doubtful, sure], [9, 9, 9], weights) == [True, True, True]
    assert likely_lines([bad, doubtful, bad], [9, 9, 9], weights) == [False, False, False]
    assert likely_lines([sure, bad, sure], [9, 9, 9], weights) == [True, False, True]
