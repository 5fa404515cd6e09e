"""Merging the answers to overlapping parts: what is the same is said once, what differs stays."""

from __future__ import annotations

from typing import Any

from records import HARBOUR, article_of

from summarizer.answer_schema import answer_type
from summarizer.article import Article
from summarizer.checking.grounding import accept
from summarizer.evidence import Grounding
from summarizer.recipes.merging import joined, merged
from summarizer.record import Entity


def merge(field: str, *parts: Any, article: Article = HARBOUR) -> Any:
    """What becomes of the answers of several parts to one field."""
    kind = answer_type((field,))
    answers = [kind.model_validate({field: part}, context=Grounding(article=article)) for part in parts]
    return merged(answers, article, article.language)[field]


def cited(text: str, *evidence: int) -> dict[str, Any]:
    return {"text": text, "evidence": evidence}


def texts(items: Any) -> list[str]:
    return [item.text for item in items]


# --- points -----------------------------------------------------------------------------------------------------


def test_two_readings_of_one_sentence_are_one_point_the_one_that_says_more() -> None:
    short = cited("The Kestrel Bridge was closed on Tuesday.", 1)
    long = cited("The Kestrel Bridge was closed on Tuesday because of cracks in two bearings.", 1)
    assert texts(merge("key_points", [short], [long])) == [long["text"]]
    assert texts(merge("key_points", [long], [short])) == [long["text"]]


def test_points_of_one_sentence_that_say_different_things_stay() -> None:
    closed = cited("The harbour authority closed the bridge on Tuesday.", 1)
    cracks = cited("Engineers found cracks in two bearings.", 1)
    assert len(merge("key_points", [closed], [cracks])) == 2


def test_another_number_or_a_denial_is_another_point() -> None:
    loss = "The loss to local firms is {} euros a week."
    assert len(merge("key_points", [cited(loss.format("150,000"), 7)], [cited(loss.format("400,000"), 7)])) == 2
    hurt = [cited("Somebody was hurt on the bridge.", 2)], [cited("Nobody was hurt on the bridge.", 2)]
    assert len(merge("key_points", *hurt)) == 2


def test_the_same_words_about_other_sentences_are_another_point() -> None:
    assert len(merge("key_points", [cited("The bridge was closed.", 1)], [cited("The bridge was closed.", 10)])) == 2


def test_what_one_part_says_twice_stays_as_it_says_it() -> None:
    twice = [cited("The bridge was closed on Tuesday.", 1), cited("The bridge was closed on Tuesday morning.", 1)]
    assert len(merge("key_points", twice, [])) == 2


def test_points_without_spaces_between_words_are_compared_too() -> None:
    article = article_of(("检查人员在高架桥上发现了裂缝。", "没有人受伤。"), language="zh")
    found = [cited("检查人员发现了裂缝", 1)], [cited("检查人员在高架桥上发现了裂缝", 1)]
    assert texts(merge("key_points", *found, article=article)) == ["检查人员在高架桥上发现了裂缝"]


def test_time_grows_with_the_number_of_items() -> None:
    """Of 3,000 posts, read in 60 parts that overlap by five, each is compared with itself alone."""
    compared = 0

    def same(a: int, b: int) -> bool:
        nonlocal compared
        compared += 1
        return a == b

    parts = [range(max(0, start - 5), start + 50) for start in range(0, 3000, 50)]
    assert joined(parts, lambda item: [item], same, lambda a, b: a) == tuple(range(3000))
    assert compared == 59 * 5


# --- lists ------------------------------------------------------------------------------------------------------


def entity(name: str, kind: str = "person", role: str | None = None) -> dict[str, Any]:
    return {"name": name, "type": kind, "role": role}


def names(*parts: Any) -> dict[str, Entity]:
    return {entity.name: entity for entity in merge("entities", *parts)}


def test_a_name_is_listed_once_with_what_any_part_knows_of_it() -> None:
    found = names([entity("Miriam Okafor")], [entity("miriam okafor", role="chief engineer")])
    assert found["Miriam Okafor"].role == "chief engineer" and len(found) == 1
    found = names([entity("Kestrel Bridge", "other")], [entity("Kestrel Bridge", "place")])
    assert found["Kestrel Bridge"].type == "place"


def test_surnames_and_initials_join_the_full_name() -> None:
    okafor = names([entity("Okafor", role="chief engineer")], [entity("Miriam Okafor")])
    assert list(okafor) == ["Miriam Okafor"] and okafor["Miriam Okafor"].role == "chief engineer"
    body = names([entity("EHA", "organization")], [entity("Ellery Hauliers' Association", "organization")])
    assert list(body) == ["Ellery Hauliers' Association"]


def test_a_short_form_that_may_stand_for_two_stays() -> None:
    found = names([entity("Okafor")], [entity("Miriam Okafor")], [entity("Daniel Okafor")])
    assert set(found) == {"Okafor", "Miriam Okafor", "Daniel Okafor"}
    assert len(names([entity("Ellery", "place")], [entity("Port Ellery", "place")])) == 2


def test_those_named_most_come_first() -> None:
    found = names([entity("Tomas Lindgren")], [entity("authority", "organization")])
    assert list(found) == ["authority", "Tomas Lindgren"]


def quote(text: str, *evidence: int, speaker: str | None = None) -> dict[str, Any]:
    return {"text": text, "speaker": speaker, "speaker_role": None, "evidence": evidence}


RISK = "That is not a risk we take with 19,000 vehicles a day."


def test_a_quote_is_listed_once_with_the_speaker_that_one_part_knows() -> None:
    [found] = merge("quotes", [quote(RISK, 4)], [quote(RISK.rstrip("."), 4, speaker="Miriam Okafor")])
    assert (found.text, found.speaker) == (RISK, "Miriam Okafor")


def test_of_a_quote_and_a_piece_of_it_the_whole_is_kept() -> None:
    [found] = merge("quotes", [quote("That is not a risk we take", 4, speaker="Miriam Okafor")], [quote(RISK, 4)])
    assert (found.text, found.speaker) == (RISK, "Miriam Okafor")


def test_the_same_words_of_two_people_are_two_quotes() -> None:
    said = [quote(RISK, 4, speaker="Miriam Okafor")], [quote(RISK, 9, speaker="Tomas Lindgren")]
    assert len(merge("quotes", *said)) == 2


def figure(text: str, measures: str, *evidence: int, value: float | None = None) -> dict[str, Any]:
    return {"text": text, "measures": measures, "value": value, "unit": None, "evidence": evidence}


def test_a_figure_is_listed_once_where_it_stands_or_for_what_it_measures() -> None:
    told = figure("12 bearings", "bearings", 1), figure("12 bearings", "all the bearings", 1, value=12)
    assert [item.value for item in merge("figures", [told[0]], [told[1]])] == [12]
    assert (
        len(merge("figures", [figure("12 bearings", "the bearings", 1)], [figure("12 bearings", "bearings", 11)]))
        == 1
    )
    assert len(merge("figures", [figure("12", "bearings", 1)], [figure("12", "months", 11)])) == 2


def event(date: str, text: str, *evidence: int) -> dict[str, Any]:
    return {"date": date, "text": text, "evidence": evidence}


def test_an_event_is_listed_once_with_the_more_precise_date_earliest_first() -> None:
    opened = event("1978", "The bridge was opened.", 10), event("1978-06", "The bridge is opened.", 10)
    found = merge("timeline", [event("2022-03", "A report advises.", 11), opened[0]], [opened[1]])
    assert [item.date for item in found] == ["1978-06", "2022-03"]


def test_two_events_of_one_day_stay() -> None:
    assert len(merge("timeline", [event("2022", "A report.", 11)], [event("2022", "The work is put off.", 11)])) == 2


def test_a_dispute_is_listed_once_with_the_positions_of_all_parts() -> None:
    def position(holder: str, text: str, number: int) -> dict[str, Any]:
        return {"holder": holder, "text": text, "evidence": [number]}

    theirs, ours = position("harbour authority", "150,000 euros", 7), position("Hauliers", "400,000 euros", 8)
    one, two = (
        {"about": "loss to firms", "positions": [theirs]},
        {"about": "loss of firms", "positions": [theirs, ours]},
    )
    [found] = merge("disputes", [one], [two])
    assert [item.holder for item in found.positions] == ["harbour authority", "Hauliers"]
    assert len(merge("disputes", [one], [{"about": "who knew of the report", "positions": [theirs]}])) == 2


def test_the_topics_are_those_of_most_parts() -> None:
    assert merge("topics", ["health", "sport"], ["society"], ["society", "sport"]) == ("sport", "society")


# --- five Ws ----------------------------------------------------------------------------------------------------

CLOSED = cited("closed the Kestrel Bridge", 1)


def five_ws(**told: dict[str, Any]) -> dict[str, Any]:
    return dict.fromkeys(("who", "what", "when", "where", "why", "how")) | told


def test_the_five_ws_are_those_of_the_part_that_tells_what_happened() -> None:
    first, second = five_ws(where=cited("Port Ellery", 1)), five_ws(what=CLOSED, who=cited("The authority", 1))
    found = merge("five_ws", first, second)
    assert (found.what.text, found.who.text, found.where) == (CLOSED["text"], "The authority", None)


def test_a_gap_is_filled_by_a_part_that_tells_of_the_same_event() -> None:
    later = five_ws(what=cited("closed the Kestrel Bridge on Tuesday", 1), why=cited("cracks in two bearings", 1))
    found = merge("five_ws", five_ws(what=CLOSED), later)
    assert (found.what.text, found.why.text) == (CLOSED["text"], "cracks in two bearings")


def test_a_part_about_another_event_fills_no_gap() -> None:
    other = five_ws(what=cited("the bridge was opened", 10), when=cited("in June 1978", 10))
    assert merge("five_ws", five_ws(what=CLOSED), other).when is None
    unclear = five_ws(when=cited("in June 1978", 10))
    assert merge("five_ws", five_ws(what=CLOSED), unclear).when is None
    half = five_ws(what=CLOSED, when=cited("on Monday", 1), where=cited("Norwick", 1))
    assert merge("five_ws", five_ws(what=CLOSED, when=cited("on Tuesday", 1)), half).where is None


def test_nothing_told_is_nothing() -> None:
    assert merge("five_ws", five_ws(), five_ws()) == merge("five_ws", five_ws())
    assert merge("five_ws", five_ws()).what is None


# --- citing what was shown --------------------------------------------------------------------------------------


def test_a_sentence_that_was_not_shown_is_left_out_and_said() -> None:
    text = '{"key_points": [{"text": "Nobody was hurt.", "evidence": [2, 9, 40]}]}'
    accepted = accept(text, answer_type(("key_points",)), HARBOUR, frozenset({1, 2, 3}))
    [point] = accepted.answer.model_dump()["key_points"]
    assert [span["text"] for span in point["evidence"]] == ["Nobody was hurt."]
    assert accepted.problems[0].message == "The model cites 9, 40 here; it was shown the sentences 1 to 3."
    assert accept(text.replace(", 9, 40", ""), answer_type(("key_points",)), HARBOUR, frozenset({2})).problems == ()
