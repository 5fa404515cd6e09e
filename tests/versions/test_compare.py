"""Two versions of an article: what changed is told once, with both places, and what did not is not."""

from __future__ import annotations

from pathlib import Path

import pytest
import version_pairs as pairs

from summarizer import Settings, read_article, summarize
from summarizer.errors import SourceNotFound, SourceUnsupported
from summarizer.versions import Change, Diff, compare


def told(changes: tuple[Change, ...]) -> list[tuple[str | None, str | None]]:
    return [(each.old.text if each.old else None, each.new.text if each.new else None) for each in changes]


def test_a_corrected_number_is_told_once_with_all_its_places_in_both_versions() -> None:
    old, new = read_article(pairs.FERRY), read_article(pairs.FERRY_CORRECTED)
    diff = compare(old, new)
    assert told(diff.figures) == [("12", "21"), ("184", "148")]
    for change in diff.figures:
        assert change.old and change.new
        for article, stated in ((old, change.old), (new, change.new)):
            texts = {"title": article.title or "", "text": article.text}
            for span in stated.spans:
                assert texts[getattr(span, "of", "text")][span.start : span.end] == span.text == stated.text
    assert [span.sentence for span in diff.figures[0].new.spans] == [0, 1]  # type: ignore[union-attr]  # asserted above


def test_the_headline_stands_apart_from_the_statements() -> None:
    diff = compare(pairs.FERRY, pairs.FERRY_CORRECTED)
    assert told(diff.headline) == [
        ("Ferry fire off Ostermund leaves 12 injured", "Ferry fire off Ostermund leaves 21 injured")
    ]
    assert not any("leaves" in (new or "") for _, new in told(diff.statements))


def test_a_statement_that_was_added_has_no_old_one() -> None:
    assert (None, "An earlier version of this article gave the number of passengers as 184.") in told(
        compare(pairs.FERRY, pairs.FERRY_CORRECTED).statements
    )
    assert compare(pairs.FERRY_CORRECTED, pairs.FERRY).statements[-1].new is None


def test_a_quote_that_was_cut_is_told_with_what_it_was() -> None:
    assert told(compare(pairs.FERRY, pairs.FERRY_CORRECTED).quotes) == [
        ("Nobody panicked, and the crew did a great job.", "The crew did a great job.")
    ]
    [(was, now)] = told(compare(pairs.MAYOR, pairs.MAYOR_CUT).quotes)
    assert was and now and was.endswith("dans cette affaire") and now.endswith("en 2017")


def test_another_speaker_is_told_with_the_quote_and_another_spelling_is_not_another_speaker() -> None:
    diff = compare(pairs.POOL, pairs.POOL_CORRECTED)
    assert told(diff.speakers) == told(diff.names) == [("Anja Petzold", "Karin Wolff")]
    assert diff.speakers[0].about == "Das ist ein guter Tag für die Familien dieser Stadt"
    assert told(diff.dates) == [("2028", "2029")]


def test_a_speaker_of_the_same_family_name_is_another_one() -> None:
    diff = compare(pairs.FOREST, pairs.FOREST_UPDATED)
    assert told(diff.speakers) == [("Jordi Puig", "Núria Puig")] == told(diff.names)


@pytest.mark.parametrize(
    "new",
    ["Plan nicht kritisiert", "Plan womöglich kritisiert", "Plan nie kritisiert"],
)
def test_a_little_word_that_turns_a_statement_round_is_no_small_edit(new: str) -> None:
    diff = compare(pairs.POOL, pairs.POOL.replace("Plan kritisiert", new))
    assert len(diff.statements) == 1 and not diff.small_edits


def test_a_bound_and_a_possibility_are_told() -> None:
    olds = [old for old, _ in told(compare(pairs.FOREST, pairs.FOREST_UPDATED).statements)]
    assert "La causa del incendio fue un rayo, según los agentes rurales." in olds
    assert any(old and old.startswith("El fuego ha quemado 120") for old in olds)


def test_paragraphs_that_were_moved_are_neither_dropped_nor_added() -> None:
    diff = compare(pairs.MUSEUM, pairs.MUSEUM_MOVED)
    assert diff.is_empty and diff.moved == 2 and not diff.small_edits


def test_typography_is_only_counted() -> None:
    diff = compare(pairs.TRAINS, pairs.TRAINS_RESET)
    assert diff.is_empty and diff.small_edits


def test_the_same_text_gives_nothing() -> None:
    for text in (pairs.FERRY, pairs.POOL, pairs.MAYOR, pairs.MUSEUM, pairs.TRAINS, pairs.FOREST):
        diff = compare(text, text)
        assert diff.is_empty and not diff.small_edits and not diff.moved


def test_a_sentence_that_was_cut_in_two_is_one_change() -> None:
    text = "lost. A third was restored in Edinburgh."
    diff = compare(pairs.MUSEUM, pairs.MUSEUM.replace(text, "lost and a third was restored in Edinburgh."))
    assert not any(old is None or new is None for old, new in told(diff.statements))


@pytest.mark.parametrize("threshold", [0, 1, 5, 100])
def test_a_higher_threshold_tells_fewer_edits_and_counts_the_others(threshold: int) -> None:
    everything = compare(pairs.FERRY, pairs.FERRY_CORRECTED, threshold=0)
    diff = compare(pairs.FERRY, pairs.FERRY_CORRECTED, threshold=threshold)
    edits = len(everything.statements) + len(everything.headline)
    assert len(diff.statements) + len(diff.headline) + diff.small_edits == edits
    assert (None, "An earlier version of this article gave the number of passengers as 184.") in told(diff.statements)
    assert told(diff.figures) == told(everything.figures)


def test_only_keeps_the_sections_that_are_named() -> None:
    diff = compare(pairs.FERRY, pairs.FERRY_CORRECTED).only(["headline", "figures"])
    assert diff.headline and diff.figures and not diff.statements and not diff.quotes
    assert compare(pairs.MAYOR, pairs.MAYOR_CUT).only(["figures"]).is_empty


def test_two_records_are_compared_by_what_they_say(tmp_path: Path) -> None:
    old, new = (summarize(text, model="extractive") for text in (pairs.FERRY, pairs.FERRY_CORRECTED))
    (tmp_path / "old.json").write_text(old.model_dump_json(), encoding="utf-8")
    diff = compare(tmp_path / "old.json", new)
    assert ("12", "21") in told(diff.figures)
    assert all(each.path for change in diff.statements for each in (change.old, change.new) if each)
    assert compare(tmp_path / "old.json", old).is_empty


def test_a_record_that_keeps_its_article_is_held_against_an_article() -> None:
    kept = summarize(pairs.POOL, settings=Settings(model="extractive", with_text=True))
    diff = compare(kept, pairs.POOL_CORRECTED)
    assert diff == compare(pairs.POOL, pairs.POOL_CORRECTED)


def test_a_record_without_its_article_and_an_article_can_not_be_compared() -> None:
    with pytest.raises(SourceUnsupported, match="--with-text"):
        compare(summarize(pairs.POOL, model="extractive"), pairs.POOL_CORRECTED)


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(SourceNotFound):
        compare(tmp_path / "none.txt", pairs.FERRY)


def test_a_diff_reads_back_from_its_json() -> None:
    diff = compare(pairs.FERRY, pairs.FERRY_CORRECTED)
    assert Diff.model_validate_json(diff.model_dump_json()) == diff


def test_a_number_that_was_corrected_in_one_place_only_is_told_as_a_disagreement() -> None:
    old = "Fire\n\nA hotel fire in Lowford injured 12 people on Monday. Police closed the road. All were thanked.\n"
    old += "\nThe rooms will be closed until May. The hotel fire injured 12 people.\n"
    diff = compare(old, old.replace("12", "21", 1))
    assert [(each.first.text, each.second.text) for each in diff.disagreements] == [("21 people", "12 people")]
