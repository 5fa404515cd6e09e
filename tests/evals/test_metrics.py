"""Metrics: what each of them sees in a record, what it does not, and what must never move them."""

from __future__ import annotations

import hashlib
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from records import HARBOUR, cited, point, run_of, summary_of
from repository import EVALS
from snowballstemmer import stemmer

from summarizer.article import Article
from summarizer.evals.scoring.assignment import best_match
from summarizer.evals.scoring.metrics import METRICS_VERSION, SCORES, Scored, measure
from summarizer.evals.scoring.tokens import content_words
from summarizer.evals.suites.cases import load_suite
from summarizer.evals.suites.labels import (
    DateLabel,
    EntityLabel,
    Fact,
    FigureLabel,
    FiveWsLabels,
    Labels,
    QuoteLabel,
)
from summarizer.languages.language import with_table
from summarizer.record import (
    Call,
    Cited,
    Dispute,
    Entity,
    Event,
    Figure,
    Finding,
    FiveWs,
    Position,
    Quote,
    Summary,
)
from summarizer.text.terms import stop_words

A = HARBOUR
TUNED = {case.name: case.metadata for case in load_suite(EVALS) if case.metadata.split == "tune"}


def labels(language: str = "en", **expected: Any) -> Labels:
    given = {"kind": "hard_news", "language": language, "split": "tune", "status": "ok"}
    return Labels.model_validate(given | expected)


def points(*texts: str) -> Summary:
    return summary_of(A, key_points=tuple(point(A, text, 1) for text in texts))


def scored(expected: Labels, summary: Summary, article: Article = A) -> Scored:
    return measure(expected, summary, article)


def score(name: str, summary: Summary, language: str = "en", **expected: Any) -> float | None:
    return scored(labels(language, **expected), summary).scores[name]


def five_ws(**answers: str) -> Summary:
    given = {name: dict(point(A, text, 1)) for name, text in answers.items()}
    return summary_of(A, five_ws=FiveWs.model_validate(given))


def entity(name: str, kind: Any = "person") -> Entity:
    return Entity(name=name, type=kind, role=None)


def figure(text: str, value: float | None = None, unit: str | None = None) -> Figure:
    return Figure(text=text, measures="something", value=value, unit=unit, evidence=cited(A, 1))


def quote(text: str, speaker: str | None = None) -> Quote:
    return Quote(text=text, speaker=speaker, speaker_role=None, evidence=cited(A, 3))


# --- facts ------------------------------------------------------------------------------------------------------

BRIDGE = Fact(
    fact="The harbour authority closed the Kestrel Bridge after engineers found cracks.",
    any_of=("Cracked bearings shut the Kestrel Bridge.",),
)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The harbour authority closed the Kestrel Bridge after engineers had found cracks.", True),
        ("Engineers find cracks, and the authority closes the Kestrel Bridge.", True),
        ("Because bearings had cracked, the Kestrel Bridge was shut.", True),
        ("Hauliers complain about a detour over the Kestrel Bridge.", False),
        ("It was closed after them.", False),
    ],
)
def test_a_fact_is_told_in_other_forms_of_its_words_and_in_a_wording_that_counts(text: str, told: bool) -> None:
    result = scored(labels(facts=[BRIDGE]), points(text))
    assert result.scores["facts"] == float(told)
    assert result.missing_facts == (() if told else (BRIDGE.fact,))


def test_a_fact_may_be_told_in_pieces_in_headline_abstract_and_points() -> None:
    summary = summary_of(
        A,
        headline=point(A, "Kestrel Bridge closed", 1),
        abstract=(point(A, "Cracks were found by engineers.", 1),),
        key_points=(point(A, "The harbour authority has decided so.", 1),),
    )
    assert score("facts", summary, facts=[BRIDGE.model_copy(update={"any_of": ()})]) == 1


def test_five_ws_quotes_and_figures_tell_no_facts() -> None:
    answers = five_ws(what=BRIDGE.fact).model_copy(update={"quotes": (quote(BRIDGE.fact),)})
    assert score("facts", answers, facts=[BRIDGE]) == 0


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Repairs of the bridge cost 6.4 million euros.", True),
        ("Repairs of the bridge cost €6,400,000.", True),
        ("Repairs of the bridge cost 7.4 million euros.", False),
        ("Repairs of the bridge cost 6.4 euros.", False),
        ("Repairs of the bridge cost millions of euros.", False),
    ],
)
def test_a_number_must_be_there_however_it_is_written(text: str, told: bool) -> None:
    fact = Fact(fact="The repairs of the bridge cost 6.4 million euros.", numbers=("6.4",))
    assert score("facts", points(text), facts=[fact]) == float(told)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Nineteen bearings were replaced.", True),
        ("19 bearings were replaced.", True),
        ("Bearings were replaced.", False),
    ],
)
def test_a_number_in_words_is_the_same_number(text: str, told: bool) -> None:
    fact = Fact(fact="Nineteen bearings were replaced.", numbers=("19",))
    assert score("facts", points(text), facts=[fact]) == float(told)


def test_a_word_that_all_facts_share_tells_little() -> None:
    subject = "Miriam Okafor, chief engineer of Port Ellery,"
    facts = [Fact(fact=f"{subject} {told}.") for told in ("resigned", "drowned", "sang beautifully", "flew abroad")]
    result = scored(labels(facts=facts), points(f"{subject} resigned."))
    assert result.missing_facts == tuple(fact.fact for fact in facts[1:])


def test_a_negated_fact_can_not_be_told_from_the_fact() -> None:
    """What words can't show; the findings for negations and people's eyes have to."""
    assert (
        score(
            "facts",
            points("The harbour authority has not closed the Kestrel Bridge: engineers found cracks."),
            facts=[BRIDGE],
        )
        == 1
    )


def test_essential_facts_have_a_score_of_their_own() -> None:
    facts = [BRIDGE.model_copy(update={"essential": True}), Fact(fact="Nobody drowned.")]
    result = scored(labels(facts=facts), points(BRIDGE.fact))
    assert (result.scores["facts_essential"], result.scores["facts"]) == (1, 0.5)


@pytest.mark.parametrize(
    ("language", "fact", "told", "other"),
    [
        pytest.param(
            "zh",
            "云泽地铁6号线因信号故障停运两小时。",
            "信号故障使6号线停运了两小时",
            "云泽地铁6号线总投资238亿元",
            id="zh",
        ),
        pytest.param(
            "ja",
            "蒼海精機は岐阜県内にロボットの新工場を建てる。",
            "蒼海精機、ロボットの新工場を岐阜県に",
            "蒼海精機の株価は下がった",
            id="ja",
        ),
        pytest.param(
            "ar",
            "سدّت قناديل البحر مآخذ المياه في المحطة.",
            "قناديل بحر تسد مآخذ مياه المحطة",
            "أحالت الوزارة موزعين",
            id="ar",
        ),
        pytest.param(
            "hi",
            "पुल गिरने से बारह लोगों की मौत हुई।",
            "पुल गिरा, बारह लोगों की मौत",
            "सरकार ने जांच के आदेश दिए",
            id="hi",
        ),
        pytest.param(
            "ru",
            "Суд отклонил иск компании на особняк.",
            "Особняк: судом отклонены иски компаний",
            "Открылась гостиница",
            id="ru",
        ),
        pytest.param(
            "tr",
            "Karaçam'daki depremde 12 kişi öldü.",
            "Karaçam depreminde ölen 12 kişi",
            "Okullar kapalı kalacak",
            id="tr",
        ),
        pytest.param(
            "uk",
            "Суд відхилив позов компанії.",
            "Судом відхилено позови компаній",
            "Лікарня відкрила відділення",
            id="uk",
        ),
        pytest.param(
            "ko",
            "서울시가 지하철 2호선을 연장한다.",
            "지하철 2호선 연장, 서울시 발표",
            "부산에서 축제가 열린다",
            id="ko",
        ),
    ],
)
def test_facts_in_other_scripts(language: str, fact: str, told: str, other: str) -> None:
    assert score("facts", points(told), language, facts=[Fact(fact=fact)]) == 1
    assert score("facts", points(other), language, facts=[Fact(fact=fact)]) == 0


def test_numbers_of_other_scripts_are_numbers() -> None:
    fact = Fact(fact="انقطعت المياه عن ٧٠ ألف منزل", numbers=("٧٠",))
    assert score("facts", points("انقطعت المياه عن 70 ألف منزل"), "ar", facts=[fact]) == 1
    assert score("facts", points("انقطعت المياه عن ٩٠ ألف منزل"), "ar", facts=[fact]) == 0


# --- names ------------------------------------------------------------------------------------------------------

OKAFOR = EntityLabel(name="Miriam Okafor", type="person", aliases=("Okafor", "Dr Miriam Okafor"))
HAULIERS = EntityLabel(name="Ellery Hauliers’ Association", type="organization")


@pytest.mark.parametrize("name", ["Miriam Okafor", "Okafor", "Dr Miriam Okafor", "MIRIAM OKAFOR"])
def test_a_name_counts_in_each_of_its_forms(name: str) -> None:
    assert score("entities_f1", summary_of(A, entities=(entity(name),)), entities=[OKAFOR]) == 1


def test_articles_accents_and_apostrophes_make_no_other_name() -> None:
    summary = summary_of(A, entities=(entity("The Ellery Hauliers' Association"), entity("Bati-Lor")))
    assert score("entities_f1", summary, entities=[HAULIERS, EntityLabel(name="Bâti-Lor", type="organization")]) == 1


def test_one_name_counts_once() -> None:
    summary = summary_of(A, entities=(entity("Miriam Okafor"), entity("Okafor"), entity("Okafor")))
    result = scored(labels(entities=[OKAFOR, HAULIERS]), summary)
    assert result.scores["entities_precision"] == pytest.approx(1 / 3)
    assert result.scores["entities_recall"] == 0.5
    assert result.scores["entities_f1"] == pytest.approx(0.4)


def test_of_two_that_share_a_name_each_gets_its_own() -> None:
    town = EntityLabel(name="Ellery", type="place")
    port = EntityLabel(name="Port Ellery", type="organization", aliases=("Ellery",))
    summary = summary_of(A, entities=(entity("Ellery", "organization"), entity("Ellery", "place")))
    result = scored(labels(entities=[port, town]), summary)
    assert (result.scores["entities_f1"], result.scores["entity_types"]) == (1, 1)


def test_types_are_judged_among_the_right_names() -> None:
    summary = summary_of(A, entities=(entity("Okafor", "place"), entity("Nobody", "person")))
    assert score("entity_types", summary, entities=[OKAFOR]) == 0
    assert score("entity_types", summary, entities=[HAULIERS]) is None


def test_the_best_assignment_is_found() -> None:
    likeness = {("a", 1): 1.0, ("a", 2): 0.9, ("b", 1): 0.8}
    pairs = best_match(("a", "b"), (1, 2), lambda e, f: likeness.get((e, f), 0.0))
    assert set(pairs) == {("a", 2), ("b", 1)}


# --- figures ----------------------------------------------------------------------------------------------------


def figure_label(text: str, value: float | None = None, unit: str | None = None) -> FigureLabel:
    return FigureLabel(text=text, value=value, unit=unit, measures="cost")


@pytest.mark.parametrize(
    ("expected", "found", "is_same"),
    [
        (figure_label("£1.2 million", 1.2e6, "GBP"), figure("£1.2m", 1.2e6, "pounds"), True),
        (figure_label("£1.2 million", 1.2e6, "GBP"), figure("£1.2m", 1.2e6, None), True),
        (figure_label("£1.2 million", 1.2e6, "GBP"), figure("1.2 million", 1.2e6, "euros"), False),
        (figure_label("£1.2 million", 1.2e6, "GBP"), figure("£1.2 million", 1.2, "million pounds"), False),
        (figure_label("$3", 3, "USD"), figure("3 dollars", 3, "dollars"), True),
        (figure_label("43%", 43, "percent"), figure("43 per cent", 43, "%"), True),
        (figure_label("nine", 9), figure("nine percent", 9, "percent"), False),
        (figure_label("22 people", 22, "people"), figure("22 workers", None, None), True),
        (figure_label("four millimetres", 4, "mm"), figure("four millimetres wide", 4, "millimetres"), True),
        (figure_label("twenty kilos", 20, "kg"), figure("twenty kilos", 20, "kilos"), True),
        (figure_label("a third", 33.3, "percent"), figure("a third", 1 / 3, None), True),
        (figure_label("a third", 33.3, "percent"), figure("a quarter", 25, "percent"), False),
        (figure_label("between 5,000 and 7,000"), figure("between 5,000 and 7,000 eels"), True),
        (figure_label("between 5,000 and 7,000"), figure("5,000", 5000), False),
        (figure_label("one of five tests"), figure("five tests", 5), False),
        (figure_label("one of five tests"), figure("one of five", None), True),
    ],
)
def test_figures_agree_by_value_and_unit_else_by_text(expected: FigureLabel, found: Figure, is_same: bool) -> None:
    assert score("figures_f1", summary_of(A, figures=(found,)), figures=[expected]) == float(is_same)


def test_one_figure_counts_once() -> None:
    twice = [figure_label("six", 6), figure_label("six of nine", 6)]
    result = scored(labels(figures=twice), summary_of(A, figures=(figure("six", 6),)))
    assert (result.scores["figures_precision"], result.scores["figures_recall"]) == (1, 0.5)


def test_an_empty_list_expects_nothing_and_one_left_out_has_no_score() -> None:
    empty, full = summary_of(A), summary_of(A, figures=(figure("six", 6),))
    assert score("figures_f1", empty, figures=[]) == 1
    assert score("figures_f1", full, figures=[]) == 0
    assert score("figures_precision", full, figures=[]) == 0
    assert score("figures_recall", full, figures=[]) is None
    assert score("figures_f1", full) is None
    assert score("figures_f1", empty, figures=[figure_label("six", 6)]) == 0


# --- quotes -----------------------------------------------------------------------------------------------------

FIRST = QuoteLabel(text="We could not rule out that a bearing fails", speaker="Miriam Okafor")
SECOND = QuoteLabel(text="That is not a risk we take", speaker="Miriam Okafor")


def quotes(*found: Quote, expected: list[QuoteLabel]) -> tuple[float | None, float | None]:
    result = scored(labels(quotes=expected, entities=[OKAFOR]), summary_of(A, quotes=found))
    return result.scores["quotes_recall"], result.scores["quotes_speaker"]


def test_a_quote_is_found_whatever_its_typography() -> None:
    label = QuoteLabel(text="It’s not a risk - we can’t take it.", speaker=None)
    assert quotes(quote("“It's not a risk – we can't take it”"), expected=[label]) == (1, 1)


def test_a_changed_word_is_another_quote() -> None:
    assert quotes(quote("We could rule out that a bearing fails", "Okafor"), expected=[FIRST]) == (0, None)


def test_the_parts_of_a_broken_quote_count_each_in_one_that_joins_them() -> None:
    joined = quote("We could not rule out that a bearing fails ... That is not a risk we take", "Okafor")
    assert quotes(joined, expected=[FIRST, SECOND]) == (1, 1)
    assert quotes(quote(FIRST.text, "Okafor"), expected=[FIRST, SECOND]) == (0.5, 1)


def test_a_part_of_a_longer_quote_is_found_and_half_a_quote_is_not() -> None:
    long = quote("We could not rule out that a bearing fails under a loaded lorry,", "Miriam Okafor")
    assert quotes(long, expected=[FIRST]) == (1, 1)
    assert quotes(quote("We could not rule out", "Miriam Okafor"), expected=[FIRST]) == (0, None)


@pytest.mark.parametrize(
    ("expected", "given", "is_right"),
    [
        ("Miriam Okafor", "Dr Miriam Okafor", 1),
        ("Miriam Okafor", "Okafor", 1),
        ("Miriam Okafor", "Tomas Lindgren", 0),
        ("Miriam Okafor", None, 0),
        (None, None, 1),
        (None, "Miriam Okafor", 0),
        ("Pat", "Pat", 1),
    ],
)
def test_the_speaker_is_right_by_any_of_the_names_and_nobody_is_nobody(
    expected: str | None, given: str | None, is_right: int
) -> None:
    label = QuoteLabel(text="That is not a risk we take", speaker=expected)
    assert quotes(quote(label.text, given), expected=[label]) == (1, is_right)


def test_a_record_that_names_two_speakers_is_not_right() -> None:
    assert quotes(quote(FIRST.text, "Okafor"), quote(FIRST.text, "Pat"), expected=[FIRST]) == (1, 0)


# --- five Ws and dates ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "wording", "answer", "is_right"),
    [
        ("who", "the harbour authority of Port Ellery", "Port Ellery's harbour authority", 1),
        ("who", "Teresa Alcántara", "Remedios Alcántara", 0),
        ("who", "Miriam Okafor", "Okafor", 1),
        ("what", "closed the Kestrel Bridge", "the Kestrel Bridge is closed", 1),
        ("what", "closed the Kestrel Bridge", "lorries must take a detour", 0),
        ("what", "bridge closed", "the authority closed a bridge on Tuesday after cracks in two bearings", 1),
        ("where", "Port Ellery", None, 0),
        ("when", "14 May 2024", "on Tuesday", 1),
        ("when", "on Tuesday", "14 May 2024", 1),
        ("when", "on Tuesday", "on Monday", 0),
        ("why", "because of it", "because of it", 1),
    ],
)
def test_an_answer_shares_enough_words_with_a_wording(
    question: str, wording: str, answer: str | None, is_right: int
) -> None:
    expected = FiveWsLabels.model_validate({question: (wording, "zzz")})
    result = scored(labels(five_ws=expected), five_ws(**{question: answer} if answer else {}))
    assert result.scores[f"five_ws_{question}"] == is_right
    assert result.scores["five_ws"] == is_right


def test_a_question_without_label_has_no_score() -> None:
    result = scored(labels(five_ws=FiveWsLabels(who=("Okafor",))), five_ws(who="Okafor", why="for fun"))
    assert result.scores["five_ws_why"] is None and result.scores["five_ws"] == 1


def test_dates_count_as_precise_as_they_are_labelled_and_once() -> None:
    dates = [DateLabel(date="2022-03", what="report"), DateLabel(date="1978-06", what="opening")]
    events = tuple(
        Event(date=date, text="Something.", evidence=cited(A, 10)) for date in ("2022-03", "2022-03", "1978-06-01")
    )
    assert score("dates_f1", summary_of(A, timeline=events), dates=dates) == pytest.approx(2 / 5)


@pytest.mark.parametrize(("expected", "right"), [("2024-05-14", 1), ("2024-05", 1), ("2024-05-15", 0), (None, None)])
def test_the_date_of_publication(expected: str | None, right: int | None) -> None:
    assert score("published", summary_of(A), published=expected) == right


# --- soundness --------------------------------------------------------------------------------------------------


def test_evidence_holds_where_it_is_there_and_raises_no_alarm() -> None:
    finding = Finding(code="negation_differs", severity="error", path="key_points[1].text", message="not")
    note = Finding(code="quote_repeated", severity="note", path="key_points[0].text", message="twice")
    summary = summary_of(
        A,
        headline=Cited(text="No evidence", evidence=()),
        key_points=tuple(point(A, text, 1) for text in "ab"),
        abstract=(point(A, "c", 2),),
        findings=(finding, note),
    )
    assert score("evidence", summary) == 0.5
    assert score("evidence", summary_of(A)) is None


def test_a_misquote_breaks_an_invariant() -> None:
    assert scored(labels(), summary_of(A, quotes=(quote("Nobody was hurt"),))).invariants["verbatim"]
    assert not scored(labels(), summary_of(A, quotes=(quote("Somebody was hurt"),))).invariants["verbatim"]
    assert not scored(labels(), summary_of(A, figures=(figure("400 euros", 400),))).invariants["verbatim"]


def test_a_span_beside_its_place_breaks_an_invariant() -> None:
    beside = A.span(0, 10).model_copy(update={"start": 1})
    assert scored(labels(), points("a")).invariants["offsets"]
    for summary in (
        summary_of(A, key_points=(Cited(text="a", evidence=(beside,)),)),
        summary_of(
            A, findings=(Finding(code="no_evidence", severity="note", path="", message="", evidence=(beside,)),)
        ),
        summary_of(A, entities=(entity("a").model_copy(update={"mentions": (beside,)}),)),
    ):
        assert not scored(labels(), summary).invariants["offsets"]


JUNK = "Sign up for our newsletter"
LEAKS: dict[str, dict[str, Any]] = {
    "headline": {"headline": point(A, f"News. {JUNK}!", 1)},
    "abstract": {"abstract": (point(A, JUNK, 1),)},
    "key points": {"key_points": (point(A, JUNK, 1),)},
    "five Ws": {"five_ws": five_ws(why=JUNK).five_ws},
    "entities": {"entities": (entity(JUNK),)},
    "roles": {"entities": (entity("Okafor").model_copy(update={"role": JUNK}),)},
    "quotes": {"quotes": (quote(JUNK),)},
    "speakers": {"quotes": (quote("Nobody was hurt", JUNK),)},
    "figures": {"figures": (figure("6").model_copy(update={"measures": JUNK}),)},
    "timeline": {"timeline": (Event(date="2024", text=JUNK, evidence=cited(A, 1)),)},
    "disputes": {"disputes": (Dispute(about="it", positions=(Position(holder="a", text=JUNK, evidence=()),)),)},
    "evidence": {"key_points": (Cited(text="a", evidence=(A.span(0, 5).model_copy(update={"text": JUNK}),)),)},
    "line breaks": {"headline": point(A, "Sign up\nfor  our newsletter", 1)},
}


@pytest.mark.parametrize("field", LEAKS)
def test_junk_leaks_in_any_field(field: str) -> None:
    result = scored(labels(forbidden=[JUNK, "Cookie settings"]), summary_of(A, **LEAKS[field]))
    assert result.leaked == (JUNK,)
    assert result.scores["no_leak"] == 0 and not result.invariants["no_leak"]


def test_a_finding_may_quote_the_order_it_warns_of_and_provenance_is_no_leak() -> None:
    warning = Finding(
        code="instruction_in_article", severity="warning", path="", message=JUNK, evidence=(A.span(0, 9),)
    )
    article = summary_of(A).article.model_copy(update={"title": JUNK, "site": JUNK})
    summary = summary_of(A, findings=(warning,), run=run_of(A, model=JUNK)).model_copy(update={"article": article})
    result = scored(labels(forbidden=[JUNK]), summary)
    assert result.scores["no_leak"] == 1 and result.invariants["no_leak"]
    assert score("no_leak", summary) is None


def test_status() -> None:
    assert score("status", summary_of(A)) == 1
    assert score("status", summary_of(A, status="paywalled", status_reason="it stops")) == 0


def test_measures_are_figures_and_not_scores() -> None:
    finding = Finding(code="negation_differs", severity="warning", path="key_points[0].text", message="not")
    note = Finding(code="written_by_rules", severity="note", path="", message="by rules")
    summary = points("Two words", "and three more").model_copy(update={"findings": (finding, note)})
    measures = scored(labels(), summary).measures
    assert measures == {
        "words": 5, "findings": 1, "tokens_in": 2214, "tokens_out": 988, "cost": 0.0024, "seconds": 6.2, "requests": 1
    }  # fmt: skip


def test_tokens_that_no_server_counted_are_unknown() -> None:
    call = Call(purpose="record", tokens_in=None, tokens_cached=None, tokens_out=None, seconds=1, outcome="ok")
    measures = scored(labels(), summary_of(A, run=run_of(A, requests=(call,)))).measures
    assert (measures["tokens_in"], measures["requests"]) == (None, 1)


# --- what holds for all of them ---------------------------------------------------------------------------------


def record_of(expected: Labels, article: Article) -> Summary:
    """A record that says what the labels say."""

    def said(wordings: tuple[str, ...] | None) -> Cited | None:
        return Cited(text=wordings[0], evidence=(article.span(0, 1),)) if wordings else None

    span = (article.span(0, 1),)
    asked = expected.five_ws or FiveWsLabels()
    summary = summary_of(
        article,
        status=expected.status,
        key_points=tuple(Cited(text=fact.fact, evidence=span) for fact in expected.facts or ()),
        five_ws=FiveWs.model_validate(
            {name: dict(said(getattr(asked, name)) or ()) or None for name in FiveWs.model_fields}
        ),
        entities=tuple(Entity(name=e.name, type=e.type, role=None) for e in expected.entities or ()),
        quotes=tuple(
            Quote(text=q.text, speaker=q.speaker, speaker_role=None, evidence=span) for q in expected.quotes or ()
        ),
        figures=tuple(
            Figure(text=f.text, measures=f.measures, value=f.value, unit=f.unit, evidence=span)
            for f in expected.figures or ()
        ),
        timeline=tuple(Event(date=d.date, text=d.what, evidence=span) for d in expected.dates or ()),
    )
    article_info = summary.article.model_copy(update={"published": expected.published})
    return summary.model_copy(update={"article": article_info})


@pytest.mark.parametrize("name", TUNED)
def test_a_record_that_says_what_the_labels_say_scores_1(name: str) -> None:
    scores = scored(TUNED[name], record_of(TUNED[name], A)).scores
    assert {name: score for name, score in scores.items() if score not in (None, 1)} == {}


WORDS = "bridge harbour crack bearing lorry authority detour engineer repair 12 1.5 million nine not"
word = st.sampled_from(WORDS.split(" "))
phrase = st.lists(word, min_size=1, max_size=6).map(" ".join).filter(lambda text: text.strip("not ") != "")


wordings = st.none() | st.lists(phrase, max_size=2)
facts = st.builds(Fact, fact=phrase, any_of=st.lists(phrase, max_size=2))
entities = st.builds(EntityLabel, name=phrase, type=st.sampled_from(["person", "place"]))
quoted = st.builds(QuoteLabel, text=phrase, speaker=st.none() | phrase)
numbered = st.builds(
    FigureLabel, text=phrase, value=st.none() | st.floats(0, 9), unit=st.none() | word, measures=phrase
)
dated = st.builds(DateLabel, date=st.sampled_from(["2024", "2024-05"]), what=phrase)


@st.composite
def expectations(draw: st.DrawFn) -> Labels:
    lists: dict[str, st.SearchStrategy[Any]] = {
        "facts": facts,
        "entities": entities,
        "quotes": quoted,
        "figures": numbered,
        "dates": dated,
    }
    expected: dict[str, Any] = {name: draw(st.none() | st.lists(label, max_size=4)) for name, label in lists.items()}
    asked = st.none() | st.builds(FiveWsLabels, who=wordings, when=wordings, why=wordings)
    return labels(**expected, five_ws=draw(asked), forbidden=draw(wordings))


LISTS = ("key_points", "entities", "quotes", "figures", "timeline")


@settings(max_examples=60)
@given(expectations(), expectations(), st.randoms(use_true_random=False))
def test_scores_run_from_0_to_1_and_the_order_of_lists_is_nothing(
    expected: Labels, other: Labels, throw: Any
) -> None:
    summary = record_of(other, A)
    first = scored(expected, summary)
    assert set(first.scores) == set(SCORES)
    assert all(score is None or 0 <= score <= 1 for score in first.scores.values())
    mixed = {name: tuple(throw.sample(getattr(summary, name), len(getattr(summary, name)))) for name in LISTS}
    shuffled = {
        name: tuple(throw.sample(given, len(given)))
        for name in ("facts", "entities", "quotes", "figures", "dates")
        if (given := getattr(expected, name)) is not None
    }
    second = scored(expected.model_copy(update=shuffled), summary.model_copy(update=mixed))
    assert second.scores == pytest.approx(first.scores) and second.invariants == first.invariants


@settings(max_examples=60)
@given(expectations())
def test_saying_all_that_is_expected_scores_1(expected: Labels) -> None:
    # The same words said by two people are told apart by nobody, and what is forbidden is not for saying.
    quoted_once = tuple({quote.text: quote for quote in expected.quotes or ()}.values())
    expected = expected.model_copy(update={"quotes": quoted_once, "forbidden": None})
    scores = scored(expected, record_of(expected, A)).scores
    assert {name: score for name, score in scores.items() if score not in (None, 1)} == {}


@settings(max_examples=60)
@given(expectations())
def test_saying_nothing_scores_nothing_where_something_is_expected(expected: Labels) -> None:
    scores = scored(expected, summary_of(A)).scores
    for name, listed in (
        ("facts", expected.facts),
        ("entities_f1", expected.entities),
        ("quotes_recall", expected.quotes),
    ):
        if listed:
            assert scores[name] == 0


def test_stop_lists_are_part_of_what_the_metrics_mean() -> None:
    """Whoever changes one raises METRICS_VERSION, and this hash with it: stored scores would not compare."""
    listed = "\n".join(
        f"{code} {' '.join(sorted(stop_words(code)))}" for code in with_table("words") if stop_words(code)
    )
    assert (METRICS_VERSION, hashlib.sha256(listed.encode()).hexdigest()[:12]) == ("1", "ed293231aafd")


def test_forms_of_a_word_are_one() -> None:
    assert content_words("The engineers’ bearings cracked", "en") == content_words("engineer bearing cracks", "en")
    assert content_words("№ 7, seven and 7.0", "en") == ["#7", "#7", "#7"]


def test_words_stemmed_in_many_threads_are_stemmed_right() -> None:
    endings = ("ing", "ational", "ness", "ed", "ly")
    words = [f"{a}{b}{c}m{ending}" for a in "bdfgh" for b in "aeiou" for c in "klnprst" for ending in endings]
    right = {word: stemmer("english").stemWord(word) for word in words}
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            stemmed = list(threads.map(lambda word: content_words(word, "en"), words))
    finally:
        sys.setswitchinterval(interval)
    assert stemmed == [[right[word]] for word in words]
