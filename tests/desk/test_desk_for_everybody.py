"""The desk for everybody: at every width, in light and dark, in every direction, and whatever an article says."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browsing import Visit, chromium, visited
from desk_server import started
from harbour import HARBOUR
from hostile import ARTICLE, MARKUP, hostile
from playwright.sync_api import Browser, expect
from records import HARBOUR as ARTICLE_OF_RECORD
from records import article_of, harbour, point, run_of, summary_of

from summarizer.article import Article
from summarizer.batch.result import BatchResult
from summarizer.record import BY_MODEL, Finding, Summary

OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
ARABIC = article_of(
    ("أغلقت سلطة ميناء إليري جسر كيستريل يوم الثلاثاء.", "لم يصب أحد بأذى."),
    ("وستستمر أعمال الإصلاح حتى سبتمبر.",),
    title="إغلاق الجسر",
    language="ar",
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started_browser:
        yield started_browser


def lines(folder: Path, *records: tuple[Summary, Article]) -> Path:
    """A file of a batch with these records, each with its article."""
    file = folder / "out.jsonl"
    whole = [
        summary.model_copy(update={"article": summary.article.with_text(article)}) for summary, article in records
    ]
    rows = [
        BatchResult(id=f"{at}", key=f"row {at}", job="j", record=each).model_dump_json()
        for at, each in enumerate(whole)
    ]
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return file


def named(visit: Visit) -> None:
    visit.page.get_by_label("Your name").fill("Ann")
    visit.page.keyboard.press("Enter")
    visit.page.locator(".checkable").wait_for()


def opened(visit: Visit, name: str | None = None) -> None:
    """Opens the first record, or the one of this title, from the queue."""
    visit.page.get_by_role("link", name="Queue").click()
    rows = visit.page.locator(".rows:not([aria-label]) > li > a")
    (rows.filter(has_text=name) if name else rows.last).first.click()
    named(visit)


def model_record() -> tuple[Summary, Article]:
    run = run_of(ARTICLE_OF_RECORD, digital_source_type=BY_MODEL)
    return harbour().model_copy(update={"run": run}), ARTICLE_OF_RECORD


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_and_nothing_runs_over(
    browser: Browser, bare: None, tmp_path: Path, scheme: Any, width: int
) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe: pip install -e '.[dev]'").Axe()

    def look(visit: Visit) -> None:
        found = axe.run(visit.page).response["violations"]
        assert [(each["id"], [node["html"][:200] for node in each["nodes"]]) for each in found] == []
        assert visit.page.evaluate(OVERFLOW) <= 0

    file = lines(tmp_path, model_record())
    size = {"width": width, "height": 900}
    words = ("--records", tmp_path / "records", "--suite", tmp_path / "suite", "--lines", file)
    with started(*words) as address, visited(browser, address, color_scheme=scheme, viewport=size) as visit:
        page = visit.page
        page.get_by_role("button", name="Summarise").wait_for()
        page.get_by_role("button", name="Summarise").click()
        look(visit)
        page.get_by_role("link", name="Queue").click()
        page.locator(".rows a").first.wait_for()
        look(visit)
        page.locator(".rows a").last.click()
        page.get_by_label("Your name").wait_for()
        look(visit)
        named(visit)
        look(visit)
        page.keyboard.press("j")
        page.keyboard.press("a")
        page.keyboard.press("j")
        page.keyboard.press("e")
        page.locator(".editor").wait_for()
        look(visit)
        page.keyboard.press("Escape")
        page.locator('.statement[data-path="entities[0]"] .line').click()
        page.keyboard.press("e")
        page.locator(".editor").wait_for()
        look(visit)
        page.keyboard.press("Escape")
        expect(page.locator(".editor")).to_have_count(0)
        page.keyboard.press("?")
        look(visit)
        page.keyboard.press("Escape")
        page.keyboard.press("l")
        page.get_by_role("dialog", name="A labelled case").wait_for()
        look(visit)
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Reviewing as Ann").click()
        page.get_by_label("Your name").fill("Bo")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Reviewing as Bo").wait_for()
        page.locator(".checkable").wait_for()
        page.locator(".doubt").first.focus()
        page.keyboard.press("x")
        expect(page.locator(".doubt")).to_have_count(1)
        page.keyboard.press("s")
        page.get_by_role("link", name="Compare with Ann").click()
        page.locator(".share").wait_for()
        look(visit)


def test_markup_from_outside_is_text_in_every_view(browser: Browser, bare: None, tmp_path: Path) -> None:
    prompt = tmp_path / "<img src=x onerror=alert(5)>"
    prompt.mkdir()
    (prompt / "prompt.toml").write_text('extends = "brief"\n')
    file = lines(tmp_path, (hostile(), ARTICLE))
    alerts: list[str] = []
    with (
        started("--records", tmp_path / "records", "--lines", file, "--prompt", prompt) as address,
        visited(browser, address, viewport={"width": 1280, "height": 900}) as visit,
    ):
        page = visit.page
        page.on("dialog", lambda dialog: alerts.append(dialog.message))
        expect(page.get_by_label("Prompt")).to_contain_text("onerror=alert(5)")
        page.get_by_label("Text or address of the article").fill(f"{MARKUP}\n\n{HARBOUR.read_text(encoding='utf-8')}")
        page.get_by_label("Prompt").select_option(index=0)
        page.get_by_role("button", name="Summarise").click()
        page.get_by_label("Your name").fill("<img src=x onerror=alert(6)>")
        page.keyboard.press("Enter")
        page.locator(".checkable").wait_for()
        page.keyboard.press("s")
        expect(page.locator(".saved")).to_contain_text("saved")
        page.get_by_role("link", name="Queue").click()
        page.locator(".rows a", has_text="alert(1)").last.click()
        page.locator(".checkable").wait_for()
        for path in ("key_points[0]", "entities[0]", "quotes[0]", "disputes[0].positions[0]", "figures[0]"):
            page.locator(f'.statement[data-path="{path}"]').focus()
            page.keyboard.press("e")
            expect(page.locator(".editor")).to_be_visible()
            page.keyboard.press("Escape")
            expect(page.locator(".editor")).to_have_count(0)
        assert page.locator("main img, main script, main b#r").count() == 0
        assert page.locator("a[href^='javascript']").count() == 0
        assert (alerts, visit.violations) == ([], [])
        assert all(each.startswith(address) for each in visit.requests)


def test_an_article_from_right_to_left_is_read_and_written_so(browser: Browser, bare: None, tmp_path: Path) -> None:
    said = point(ARABIC, "أغلق الجسر ولم يصب 9 أشخاص.", 1)
    doubt = Finding(code="number_not_in_evidence", severity="warning", path="key_points[0].text", message="9")
    file = lines(tmp_path, (summary_of(ARABIC, key_points=(said,), findings=(doubt,)), ARABIC))
    with (
        started("--records", tmp_path / "records", "--lines", file) as address,
        visited(browser, address, viewport={"width": 360, "height": 800}) as visit,
    ):
        opened(visit)
        visit.page.keyboard.press("j")
        visit.page.keyboard.press("e")
        text = visit.page.locator(".editor textarea")
        assert text.evaluate("element => getComputedStyle(element).direction") == "rtl"
        assert visit.page.evaluate(OVERFLOW) <= 0


def test_values_of_a_schema_of_ones_own_are_edited_with_what_they_rest_on(
    browser: Browser, bare: None, tmp_path: Path
) -> None:
    record = summary_of(
        ARTICLE_OF_RECORD,
        data={"cost": 9, "bridge": "Kestrel Bridge"},
        evidence={"cost": point(ARTICLE_OF_RECORD, "", 5).evidence},
    )
    file = lines(tmp_path, (record, ARTICLE_OF_RECORD))
    with started("--records", tmp_path / "records", "--lines", file) as address, visited(browser, address) as visit:
        page = visit.page
        opened(visit)
        page.locator('.statement[data-path="data.cost"]').focus()
        page.keyboard.press("e")
        page.locator(".editor").get_by_label("text", exact=True).fill("19000")
        page.locator(".editor").get_by_label("rests on sentences").fill("4")
        page.get_by_role("button", name="Done").click()
        expect(page.locator(".editor")).to_have_count(0)
        page.keyboard.press("s")
        expect(page.locator(".saved")).to_contain_text("Review of Ann saved.")
    [file] = (tmp_path / "records").glob("*/reviews/*.json")
    kept = json.loads(file.read_text())["value"]
    assert kept["data"]["cost"] == 19000
    assert [span["sentence"] for span in kept["evidence"]["cost"]] == [4]
