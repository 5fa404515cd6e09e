"""Lines that may be none of the article's stay, marked: rules choose none of them, and a model is told which."""

from __future__ import annotations

import pytest

from summarizer import read_article, summarize
from summarizer.article import Article
from summarizer.prompts import DOUBT, DOUBTS_TOLD, load_prompt, numbered

BODY = [
    "Tollby have signed the midfielder Halvard Ness from Brann for a fee of £4m, the club said on Monday.",
    "Ness, 24, passed a medical at the weekend and will wear the number eight shirt at Tollby until the summer.",
    "“I have dreamt of this ground since I was a boy,” Ness told the website of the club after training on Monday.",
    "Manager Rob Hartley said that the midfielder would give his side legs and lungs for the rest of the season.",
]
CALLS = {
    "en": "Bet £10 and get £30 in free bets when you join the bookmaker before the match on Saturday evening.",
    "en, readers": "Have you been affected by the strike of the bus drivers? Tell us what you have seen on your way.",
    "de": "Was denken Sie über den Wechsel des jungen Norwegers? Schreiben Sie uns bis Freitag Ihre Meinung.",
    "fr": "Vous étiez au stade samedi soir pour ce match ? Partagez votre témoignage avec toute la rédaction.",
    "es": "Cuéntanos qué te parece este fichaje y comparte tu opinión con los demás lectores del periódico.",
    "it": "Raccontateci che cosa pensate di questo acquisto e condividi la tua opinione con gli altri lettori.",
}


def doubted(article: Article) -> str:
    return " ".join(article.sentence_text(number) for number in sorted(article.doubtful))


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_a_sentence_to_the_readers_of_a_site_stays_as_doubtful(call: str) -> None:
    article = read_article("\n\n".join([*BODY[:2], call, *BODY[2:]]))
    assert article.text.split("\n\n") == [*BODY[:2], call, *BODY[2:]]
    assert article.doubtful
    assert doubted(article) in call


def test_what_is_said_to_somebody_is_no_call_of_the_site() -> None:
    said = "“Let us know what you think and tell us what you need,” Hartley said to the supporters at the gate."
    assert not read_article("\n\n".join([*BODY, said])).doubtful


def test_other_rumours_under_their_heading_are_doubtful_where_the_text_is_no_copy_of_a_page() -> None:
    rumours = [
        "Arsenal are weighing up a £60m move for the Valencia winger Pepe Sanz, according to reports in Spain.",
        "Chelsea want to sell their goalkeeper before the window shuts, and Juventus are thought to be keen.",
    ]
    article = read_article("\n".join([*BODY, "Transfer rumours", *rumours]))
    assert doubted(article) == " ".join(rumours)


def test_a_menu_below_a_text_is_doubtful() -> None:
    article = read_article("\n\n".join([*BODY, "\n".join(["Home", "News", "Sport", "Weather"])]))
    assert doubted(article) == "Home News Sport Weather"


def test_a_clean_article_has_no_doubts_and_its_prompt_no_marks() -> None:
    article = read_article("\n\n".join(BODY))
    assert not article.doubtful
    assert DOUBT not in load_prompt("news").article(article, None)


def test_a_model_is_shown_which_sentences_are_doubtful_and_what_that_means() -> None:
    article = read_article("\n\n".join([*BODY, CALLS["en"]]))
    lines = numbered(article).split("\n")
    assert lines[0] == DOUBTS_TOLD
    assert [line for line in lines if f"] {DOUBT} " in line] == [f"[5] {DOUBT} {CALLS['en']}"]


def test_rules_choose_nothing_that_is_doubtful() -> None:
    record = summarize(read_article("\n\n".join([*BODY, CALLS["en"]])), model="extractive")
    assert "bets" not in record.model_copy(update={"findings": ()}).model_dump_json()


def test_an_article_is_another_one_to_a_model_when_its_doubts_are() -> None:
    article = read_article("\n\n".join([*BODY, CALLS["en"]]))
    assert article.sha256 != Article(text=article.text, sentences=article.sentences).sha256


CAPTIONS = [
    "Image copyright Getty Images Image caption The ground at Tollby holds 31,000 The club was founded in 1884.",
    "We are glad to have him. pic.twitter.com/Ab3dEf — Tollby (@tollby) March 3, 2025 The fee is a record.",
    "Bildunterschrift Das Stadion von Tollby Der Verein wurde im Jahr 1884 von Lehrern gegründet.",
]


@pytest.mark.parametrize("glued", CAPTIONS)
def test_a_caption_or_a_post_glued_to_a_sentence_makes_it_doubtful(glued: str) -> None:
    article = read_article("\n\n".join([*BODY[:2], glued, *BODY[2:]]))
    assert article.text.split("\n\n")[2] == glued
    assert doubted(article)[:20] in glued


def test_a_heading_of_one_word_that_says_whose_words_follow_stays() -> None:
    parts = [BODY[0], "Facebook.", BODY[2], "Twitter.", BODY[3]]
    assert read_article("\n\n".join(parts)).text.split("\n\n") == parts
