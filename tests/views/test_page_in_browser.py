"""The page to check a record on, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import Visit, chromium, opened
from hostile import ARTICLE, hostile
from playwright.sync_api import Browser
from records import HARBOUR, article_of, harbour, point, run_of, summary_of

from summarizer.record import BY_MODEL, Finding, Summary
from summarizer.views import html

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
WITHOUT_HIGHLIGHTS = "delete globalThis.Highlight;"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture
def visit(browser: Browser, tmp_path: Path) -> Iterator[Visit]:
    with opened(browser, page(), tmp_path, viewport={"width": 1280, "height": 900}) as opened_page:
        yield opened_page


def summary() -> Summary:
    return harbour().model_copy(update={"run": run_of(HARBOUR, digital_source_type=BY_MODEL)})


def page() -> str:
    return html.page(summary(), HARBOUR)


def sentences(*numbers: int) -> list[str]:
    return [HARBOUR.sentence_text(number) for number in numbers]


def test_a_statement_that_is_clicked_lights_up_what_it_rests_on(visit: Visit) -> None:
    visit.page.get_by_text("hauliers and the authority differ").click()
    assert visit.lit() == sentences(5, 7, 8)
    assert visit.page.locator(".statement.current").count() == 1
    visit.page.keyboard.press("Escape")
    assert visit.lit() == [] and visit.page.locator(".current").count() == 0


def test_hovering_lights_up_for_as_long_as_it_lasts(visit: Visit) -> None:
    visit.page.get_by_text("Repairs will last until September and cost 6.4 million euros.").first.hover()
    assert visit.lit() == sentences(5)
    visit.page.get_by_role("heading", name="Key points").hover()
    assert visit.lit() == []


def test_a_name_lights_up_where_it_stands(visit: Visit) -> None:
    visit.page.locator('[data-field="entities"]').get_by_text("Miriam Okafor").click()
    assert visit.lit() == ["Miriam Okafor"]


def test_a_sentence_that_is_clicked_shows_what_rests_on_it(visit: Visit) -> None:
    visit.page.locator(".s", has_text="The authority puts the loss").click()
    assert visit.lit() == sentences(7)
    resting = visit.page.locator(".statement.rests .line").all_text_contents()
    assert len(resting) == 2 and any("150,000 euros a week" in text for text in resting)
    tray = visit.page.get_by_role("complementary", name="What rests on what")
    assert tray.get_by_role("link").count() == 2
    tray.get_by_role("link").first.click()
    assert visit.lit() == sentences(5, 7, 8) and visit.focused == visit.page.locator(
        ".statement.current"
    ).get_attribute("id")


def test_what_a_check_looked_at_is_marked_otherwise_than_what_a_statement_rests_on(
    browser: Browser, tmp_path: Path
) -> None:
    finding = harbour().findings[1].model_copy(update={"path": "key_points[2].text"})
    doubted = harbour().model_copy(update={"findings": (finding,)})
    with opened(browser, html.page(doubted, HARBOUR), tmp_path) as visit:
        visit.page.keyboard.press("j")
        assert visit.lit() == sentences(5) and visit.lit("looked") == sentences(11)


def test_j_and_k_lead_from_one_doubt_to_the_next_and_round(visit: Visit) -> None:
    seen = []
    for key in "jjjkk":
        visit.page.keyboard.press(key)
        seen.append(visit.focused.partition("-")[2])
    assert seen == ["d1", "d2", "d1", "d2", "d1"]
    assert visit.lit() == sentences(9)


def test_the_buttons_do_what_the_keys_do(visit: Visit) -> None:
    visit.page.get_by_role("button", name="Next").click()
    visit.page.get_by_role("button", name="Next").click()
    assert visit.focused.endswith("-d2")
    visit.page.get_by_role("button", name="Previous").click()
    assert visit.focused.endswith("-d1")


def test_a_question_mark_shows_the_keys_and_they_can_be_turned_off(visit: Visit) -> None:
    visit.page.keyboard.press("?")
    dialog = visit.page.get_by_role("dialog", name="Keys")
    assert dialog.is_visible()
    dialog.get_by_role("checkbox").uncheck()
    visit.page.keyboard.press("Escape")
    assert not dialog.is_visible()
    visit.page.keyboard.press("j")
    assert visit.page.locator(".current").count() == 0


def test_a_key_with_ctrl_is_left_to_the_browser(visit: Visit) -> None:
    visit.page.keyboard.press("Control+j")
    assert visit.page.locator(".current").count() == 0


def test_all_of_it_works_with_the_keyboard_alone(visit: Visit) -> None:
    visit.page.keyboard.press("j")
    visit.page.keyboard.press("Tab")
    assert visit.page.evaluate("document.activeElement.textContent") == "sentence 9"
    assert visit.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    visit.page.keyboard.press("Enter")
    assert visit.focused.endswith("-s9")
    for _ in range(40):
        visit.page.keyboard.press("Shift+Tab")
        if visit.page.evaluate("document.activeElement.matches('button.n')"):
            break
    visit.page.keyboard.press("Enter")
    assert visit.page.get_by_role("complementary").get_by_role("link").count() >= 1
    assert "rest" in visit.page.locator("[role=status]").inner_text()


def test_without_highlights_the_words_are_marked_overlapping_ones_too(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, page(), tmp_path, WITHOUT_HIGHLIGHTS, viewport={"width": 1280, "height": 900}) as visit:
        before = visit.page.locator(".text").inner_text()
        visit.page.get_by_text("hauliers and the authority differ").click()
        assert visit.page.locator("mark").all_inner_texts() == sentences(5, 7, 8)
        visit.page.locator('[data-field="entities"]').get_by_text("Miriam Okafor").click()
        assert visit.page.locator("mark").all_inner_texts() == ["Miriam Okafor"]
        visit.page.keyboard.press("Escape")
        assert visit.page.locator("mark").count() == 0
        assert visit.page.locator(".text").inner_text() == before and not visit.complaints


def test_words_beside_a_character_that_scripts_count_as_two_are_lit_exactly(browser: Browser, tmp_path: Path) -> None:
    article = article_of(("One 😀😀 two three.",))
    start = article.text.index("two")
    said = point(article, "Two.", 1).model_copy(update={"evidence": (article.span(start, start + 3),)})
    with opened(browser, html.page(summary_of(article, key_points=(said,)), article), tmp_path) as visit:
        visit.page.get_by_text("Two.").first.click()
        assert visit.lit() == ["two"]


@pytest.mark.parametrize("made", ["record", "hostile record"])
def test_the_page_asks_for_nothing_and_its_policy_has_nothing_to_forbid(
    browser: Browser, tmp_path: Path, made: str
) -> None:
    text = page() if made == "record" else html.page(hostile(), ARTICLE)
    with opened(browser, text, tmp_path, viewport={"width": 1280, "height": 900}) as visit:
        for key in ("j", "j", "k", "?", "Escape"):
            visit.page.keyboard.press(key)
        visit.page.locator(".statement[data-spans]").first.click()
        visit.page.locator("button.n").last.click()
        assert len(visit.requests) == 1 and not visit.complaints and not visit.violations


def test_the_policy_forbids_a_script_that_is_not_the_pages_own(browser: Browser, tmp_path: Path) -> None:
    text = page().replace(
        "</main>", "</main><script>document.title = 'taken'</script><img src='https://evil.example/x'>"
    )
    with opened(browser, text, tmp_path) as visit:
        assert visit.page.title() != "taken" and {*visit.violations} == {"script-src-elem", "img-src"}


@pytest.mark.parametrize("width", [320, 360, 800, 1280])
def test_nothing_makes_the_page_wider_than_its_window(browser: Browser, tmp_path: Path, width: int) -> None:
    for text in (page(), html.page(hostile(), ARTICLE)):
        with opened(browser, text, tmp_path, viewport={"width": width, "height": 780}) as visit:
            visit.page.keyboard.press("j")
            assert visit.page.evaluate(OVERFLOW) == 0


def test_on_a_narrow_screen_the_sentences_are_shown_at_hand(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, page(), tmp_path, viewport={"width": 360, "height": 780}) as visit:
        visit.page.get_by_text("hauliers and the authority differ").click()
        tray = visit.page.get_by_role("complementary", name="What rests on what")
        assert tray.get_by_role("listitem").all_inner_texts() == sentences(5, 7, 8)
        tray.get_by_role("button", name="Close").click()
        assert not tray.is_visible()


def test_what_is_shown_at_hand_does_not_hide_the_doubt_that_it_is_of(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, page(), tmp_path, viewport={"width": 360, "height": 780}) as visit:
        visit.page.keyboard.press("j")
        visit.page.keyboard.press("j")
        card, tray = (visit.page.locator(name).bounding_box() for name in (".doubt.current .place", ".tray"))
        assert card and tray and 0 <= card["y"] < tray["y"] - 100


def test_it_is_dark_where_that_is_asked_for(browser: Browser, tmp_path: Path) -> None:
    grounds = []
    for scheme in ("light", "dark"):
        with opened(browser, page(), tmp_path, color_scheme=scheme) as visit:
            ground = visit.page.evaluate("getComputedStyle(document.body).backgroundColor")
            grounds.append(sum(map(int, ground.removeprefix("rgb(").removesuffix(")").split(","))))
    assert grounds[0] > 650 > 150 > grounds[1]


def test_on_paper_all_of_the_article_is_there_and_nothing_to_press(browser: Browser, tmp_path: Path) -> None:
    with opened(browser, page(), tmp_path, viewport={"width": 1280, "height": 900}) as visit:
        visit.page.emulate_media(media="print")
        assert not visit.page.get_by_role("button", name="Next").is_visible()
        assert visit.page.locator(".article").evaluate("pane => pane.scrollHeight - pane.clientHeight") == 0
        assert visit.page.get_by_text("ad: ADVERTISEMENT").is_visible()


def test_two_records_on_one_page_do_not_get_into_each_others_way(browser: Browser, tmp_path: Path) -> None:
    other = article_of(("Another article.",), title="Other")
    one = html.fragment(summary(), HARBOUR)
    points = (point(other, "It is another.", 1),)
    doubt = Finding(code="no_evidence", severity="error", path="key_points[0].text", message="None.")
    two = html.fragment(summary_of(other, key_points=points, findings=(doubt,)), other)
    text = html.document("Two", one + two, styles=[html.asset("check.css")], scripts=[html.asset("check.js")])
    with opened(browser, text, tmp_path) as visit:
        visit.page.keyboard.press("j")
        assert visit.page.locator(".current").count() == 1 and visit.lit() == sentences(9)
        visit.page.get_by_text("It is another.").last.click()
        assert visit.lit() == ["Another article."]
        visit.page.get_by_text("hauliers and the authority differ").click()
        assert visit.lit() == sentences(5, 7, 8)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(browser: Browser, tmp_path: Path, scheme: Any, width: int) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe: pip install -e '.[dev]'").Axe()
    for text in (page(), html.page(hostile().model_copy(update={"findings": ()}), ARTICLE)):
        size = {"width": width, "height": 900}
        with opened(browser, text, tmp_path, color_scheme=scheme, viewport=size) as visit:
            visit.page.keyboard.press("j")
            visit.page.locator("button.n").first.click()
            visit.page.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
            found = axe.run(visit.page).response["violations"]
            assert [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found] == []
            visit.page.keyboard.press("?")
            assert [each["id"] for each in axe.run(visit.page).response["violations"]] == []
