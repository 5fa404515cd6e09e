"""The desk in a real browser: from an article to a review, a labelled case, and what two people settle."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from browsing import Visit, chromium, tab, visited
from commands import summarizer
from desk_server import started
from harbour import HARBOUR, brief, cited
from playwright.sync_api import Browser, BrowserContext, Locator, ViewportSize, expect
from stub_server import StubServer, error, streamed

WRONG = cited("The authority puts the loss at 510,000 euros a week.", 10)
GOOD = cited("Nobody was hurt.", 3)
ANSWER = json.dumps(brief(GOOD, WRONG))
WIDE: ViewportSize = {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started_browser:
        yield started_browser


@contextmanager
def desk(folder: Path, *words: str | Path, answers: Any = ANSWER) -> Iterator[str]:
    """The address of a desk with a suite, whose model answers so."""
    step = streamed(answers) if isinstance(answers, str) else answers
    with StubServer(step) as server:
        named = (
            "--records",
            folder / "records",
            "--suite",
            folder / "suite",
            "--model",
            "m",
            "--model",
            "extractive",
        )
        environment = {"SUMMARIZER_PROMPT": "brief", "SUMMARIZER_API_KEY": "sk-none", "SUMMARIZER_TRIES": "1"}
        with started(*named, "--base-url", server.base_url, *words, **environment) as address:
            yield address


@pytest.fixture
def address(bare: None, tmp_path: Path) -> Iterator[str]:
    with desk(tmp_path) as at:
        yield at


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(reduced_motion="reduce", viewport=WIDE)
    yield made
    made.close()


@pytest.fixture
def visit(context: BrowserContext, address: str) -> Iterator[Visit]:
    """The review of a record that was just made."""
    with tab(context, address) as opened:
        made(opened)
        yield opened
        assert is_quiet(opened, address)


def is_quiet(visit: Visit, address: str) -> bool:
    """Whether it asked nobody else for anything, and did nothing that is forbidden to it."""
    loud = [each for each in visit.complaints if "status of 404" not in each]  # a draft that there is not yet
    assert (loud, visit.violations) == ([], [])
    return all(each.startswith((address, "data:")) for each in visit.requests)


def made(visit: Visit, text: str | None = None, name: str = "Ann") -> None:
    page = visit.page
    page.get_by_label("Text or address of the article").fill(text or HARBOUR.read_text(encoding="utf-8"))
    page.get_by_role("button", name="Summarise").click()
    known = page.get_by_label("Your name")
    known.or_(page.locator(".checkable")).first.wait_for()
    if known.is_visible():
        known.fill(name)
        page.get_by_role("button", name="Save", exact=True).click()
    page.locator(".bar-of-review").get_by_role("button", name="Save review").wait_for()


def statement(visit: Visit, path: str) -> Locator:
    return visit.page.locator(f'.statement[data-path="{path}"]')


def edit(visit: Visit, path: str, text: str) -> Locator:
    """The form of a statement, with another text in it."""
    statement(visit, path).locator(".line").click()
    visit.page.keyboard.press("e")
    form = visit.page.locator(".editor")
    form.get_by_label("text", exact=True).fill(text)
    return form


def said(visit: Visit, words: str) -> None:
    expect(visit.page.locator(".saved")).to_contain_text(words)


def review_of(folder: Path) -> dict[str, Any]:
    [file] = (folder / "records").glob("*/reviews/*.json")
    value: dict[str, Any] = json.loads(file.read_text())["value"]
    return value


def test_a_record_is_seen_coming_and_can_be_cancelled(browser: Browser, bare: None, tmp_path: Path) -> None:
    held = threading.Event()
    try:
        with (
            desk(tmp_path, answers=replace(streamed(ANSWER), held=held)) as address,
            visited(browser, address) as visit,
        ):
            page = visit.page
            page.get_by_label("Text or address of the article").fill(HARBOUR.read_text(encoding="utf-8"))
            page.get_by_role("button", name="Summarise").click()
            expect(page.locator(".piece").first).to_contain_text("Port Ellery closes the Kestrel Bridge")
            page.get_by_role("button", name="Cancel").click()
            expect(page.get_by_role("alert")).to_contain_text("Cancelled")
            page.get_by_role("link", name="Queue").click()
            expect(page.get_by_text("Nothing here yet")).to_be_visible()
            assert is_quiet(visit, address)
    finally:
        held.set()


def test_what_goes_wrong_is_told_in_words(browser: Browser, bare: None, tmp_path: Path) -> None:
    with desk(tmp_path, answers=error(401)) as address, visited(browser, address) as visit:
        page = visit.page
        page.get_by_role("button", name="Summarise").click()
        expect(page.get_by_role("alert")).to_contain_text("Paste a text or an address")
        page.get_by_label("Text or address of the article").fill("http://127.0.0.1/private")
        page.get_by_role("button", name="Summarise").click()
        expect(page.get_by_role("alert")).to_contain_text("--allow-private-hosts")
        page.get_by_label("Text or address of the article").fill(HARBOUR.read_text(encoding="utf-8"))
        page.get_by_role("button", name="Summarise").click()
        expect(page.get_by_role("alert")).to_contain_text("key")


def test_a_file_is_chosen_or_dropped(browser: Browser, address: str) -> None:
    with visited(browser, address) as visit:
        page = visit.page
        page.get_by_label("File with the article").set_input_files(HARBOUR)
        expect(page.get_by_text("File: harbour.txt")).to_be_visible()
        dropped = page.evaluate_handle(
            """text => {
              const data = new DataTransfer();
              data.items.add(new File([text], "dropped.txt"));
              return data;
            }""",
            HARBOUR.read_text(encoding="utf-8"),
        )
        page.locator("form.new").dispatch_event("drop", {"dataTransfer": dropped})
        expect(page.get_by_text("File: dropped.txt")).to_be_visible()
        page.get_by_label("Model").select_option("extractive")
        page.get_by_role("button", name="Summarise").click()
        expect(page.get_by_label("Your name")).to_be_visible()


def test_an_edit_is_checked_as_one_types_saved_labelled_and_run(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    expect(page.locator(".doubt")).to_have_count(1)
    page.keyboard.press("j")
    page.keyboard.press("e")
    form = page.locator(".doubt .editor")
    expect(form.locator(".live-findings")).to_contain_text("510,000")
    form.get_by_label("text", exact=True).fill("The authority puts the loss at 150,000 euros a week.")
    expect(form.locator(".live-findings li")).to_have_count(0)
    page.keyboard.press("Enter")
    expect(page.locator(".doubt")).to_have_count(0)
    page.keyboard.press("s")
    said(visit, "Review of Ann saved.")
    assert review_of(tmp_path)["key_points"][1]["text"] == "The authority puts the loss at 150,000 euros a week."
    assert review_of(tmp_path)["run"]["review"]["changed"] == ["key_points[1].text"]
    page.keyboard.press("l")
    dialog = page.get_by_role("dialog", name="A labelled case")
    dialog.get_by_label("Name", exact=True).fill("harbour")
    dialog.get_by_label("The authority puts the loss").check()
    dialog.get_by_label("Forbidden words").fill("Hannah Brekke")
    dialog.get_by_role("button", name="Write the case").click()
    told = page.get_by_role("dialog", name="The case is written")
    expect(told).to_contain_text("cases/harbour/case.yaml")
    command = told.locator("pre").inner_text().split()
    assert command[:2] == ["summarizer", "eval"]
    done = summarizer(*command[1:], "--model", "extractive", "--quiet")
    assert done.returncode == 0 and "facts" in done.stdout, done.stderr


def test_all_is_done_by_keys_alone(context: BrowserContext, address: str, tmp_path: Path) -> None:
    with tab(context, address) as visit:
        page, press = visit.page, visit.page.keyboard.press
        page.get_by_role("button", name="Summarise").wait_for()
        press("Tab")  # over the link to the content
        press("Enter")
        press("Tab")
        page.keyboard.insert_text(HARBOUR.read_text(encoding="utf-8"))
        while page.evaluate("document.activeElement.textContent") != "Summarise":
            press("Tab")
        press("Enter")
        page.get_by_label("Your name").wait_for()
        page.keyboard.type("Ann")
        press("Enter")
        expect(page.locator(".doubt")).to_have_count(1)
        press("j")
        press("a")
        expect(page.locator(".doubt.decided")).to_have_count(1)
        expect(page.get_by_text("1 of 1 doubts decided")).to_be_visible()
        press("u")
        expect(page.locator(".doubt.decided")).to_have_count(0)
        press("j")
        press("x")
        expect(page.locator(".doubt")).to_have_count(0)
        press("?")
        expect(page.get_by_role("dialog", name="Keys")).to_contain_text("save the review")
        press("Escape")
        press("s")
        said(visit, "Review of Ann saved.")
        assert [each["text"] for each in review_of(tmp_path)["key_points"]] == ["Nobody was hurt."]


def test_keys_of_one_letter_can_be_turned_off(visit: Visit) -> None:
    page = visit.page
    page.keyboard.press("?")
    page.get_by_label("All keys of one letter are on").uncheck()
    page.get_by_role("dialog").get_by_role("button", name="Close").click()
    page.locator(".doubt").focus()
    page.keyboard.press("x")
    expect(page.locator(".doubt")).to_have_count(1)


def test_escape_leaves_a_statement_as_it_was(visit: Visit) -> None:
    edit(visit, "key_points[0]", "Everybody was hurt.")
    visit.page.keyboard.press("Escape")
    expect(statement(visit, "key_points[0]")).to_contain_text("Nobody was hurt.")


@pytest.mark.parametrize("before", ["", "👩‍🚒👩‍🚒 "])
def test_evidence_is_selected_in_the_article_in_characters_and_not_in_code_units(
    context: BrowserContext, address: str, tmp_path: Path, before: str
) -> None:
    text = HARBOUR.read_text(encoding="utf-8").replace("Nobody was hurt", f"{before}𝐍obody was hurt")
    with tab(context, address) as visit:
        made(visit, text)
        form = edit(visit, "key_points[0]", "Nobody was hurt.")
        visit.page.locator(".s", has_text="The authority puts the loss").click()
        expect(form.get_by_label("rests on sentences")).to_have_value("3, 10")
        visit.page.locator(".s", has_text="The authority puts the loss").click()
        form.get_by_label("rests on sentences").fill("")
        select(visit, "𝐍obody was hurt")
        expect(form.get_by_role("button", name="Take out: 𝐍obody was hurt")).to_be_visible()
        expect(form.locator(".live-findings li")).to_have_count(0)
        assert visit.lit() == ["𝐍obody was hurt"]
        form.get_by_role("button", name="Done").click()
        expect(form).to_have_count(0)
        visit.page.keyboard.press("s")
        said(visit, "Review of Ann saved.")
    review = review_of(tmp_path)
    [span] = review["key_points"][0]["evidence"]
    assert review["article"]["text"][span["start"] : span["end"]] == span["text"] == "𝐍obody was hurt"


def select(visit: Visit, words: str) -> None:
    """Selects these words of one sentence of the article, and lets the button of the mouse go there."""
    visit.page.evaluate(
        """words => {
          const sentence = [...document.querySelectorAll(".article .text p .s")]
            .find(each => each.textContent.includes(words));
          const text = sentence.firstChild, range = new Range(), at = text.data.indexOf(words);
          range.setStart(text, at);
          range.setEnd(text, at + words.length);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
          sentence.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
        }""",
        words,
    )


def test_a_quote_that_lacks_is_added_from_the_words_that_are_selected(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    select(visit, "forgets the drivers")
    page.keyboard.press("+")
    page.get_by_role("dialog", name="What is lacking?").get_by_role("button", name="quote").click()
    form = page.locator(".editor")
    expect(form.get_by_label("text", exact=True)).to_have_value("forgets the drivers")
    form.get_by_label("speaker", exact=True).fill("Tomas Lindgren")
    page.keyboard.press("Escape")
    form = page.locator(".editor")
    expect(form).to_have_count(0)
    page.keyboard.press("e")
    form.get_by_label("speaker", exact=True).fill("Tomas Lindgren")
    form.get_by_role("button", name="Done").click()
    expect(form).to_have_count(0)
    page.keyboard.press("s")
    said(visit, "Review of Ann saved.")
    [quote] = review_of(tmp_path)["quotes"]
    assert (quote["text"], quote["speaker"]) == ("forgets the drivers", "Tomas Lindgren")
    assert [span["text"] for span in quote["evidence"]] == ["forgets the drivers"]


def test_what_is_typed_outlives_a_reload_in_the_middle(visit: Visit) -> None:
    edit(visit, "key_points[0]", "Nobody at all was hurt.")
    visit.page.reload()
    expect(statement(visit, "key_points[0]")).to_contain_text("Nobody at all was hurt.")


def test_what_is_typed_while_the_server_is_away_is_kept_here(visit: Visit, context: BrowserContext) -> None:
    context.set_offline(True)
    edit(visit, "key_points[0]", "Nobody at all was hurt.")
    said(visit, "kept in this browser")
    context.set_offline(False)
    said(visit, "Draft saved.")
    visit.complaints.clear()  # of the browser, that it is offline
    visit.page.reload()
    expect(statement(visit, "key_points[0]")).to_contain_text("Nobody at all was hurt.")


@pytest.mark.parametrize("kept", ["Keep what is here", "Take the other"])
def test_of_two_tabs_the_later_one_shows_both_and_nothing_is_lost(
    visit: Visit, context: BrowserContext, kept: str
) -> None:
    with tab(context, visit.page.url) as other:
        statement(other, "key_points[0]").wait_for()
        edit(visit, "key_points[0]", "Nobody at all was hurt.")
        said(visit, "Draft saved.")
        edit(other, "key_points[0]", "No one was hurt.")
        dialog = other.page.get_by_role("dialog", name="This was saved elsewhere, too")
        expect(dialog).to_contain_text("Nobody at all was hurt.")
        expect(dialog).to_contain_text("No one was hurt.")
        dialog.get_by_role("button", name=kept).click()
        said(other, "Draft saved.")
        other.page.reload()
        chosen = "No one was hurt." if kept == "Keep what is here" else "Nobody at all was hurt."
        expect(statement(other, "key_points[0]")).to_contain_text(chosen)


def test_two_people_see_how_far_they_agree_and_settle_the_rest(visit: Visit, address: str, tmp_path: Path) -> None:
    page = visit.page
    edit(visit, "key_points[1]", "The loss is 150,000 euros a week.")
    page.keyboard.press("Enter")
    expect(page.locator(".editor")).to_have_count(0)
    page.keyboard.press("s")
    said(visit, "Review of Ann saved.")
    page.get_by_role("button", name="Reviewing as Ann").click()
    page.get_by_label("Your name").fill("Bo")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("button", name="Reviewing as Bo")).to_be_visible()
    expect(statement(visit, "key_points[1]")).to_contain_text("510,000")
    said(visit, "What counts is the version of Ann.")
    statement(visit, "key_points[0]").locator(".line").click()
    page.keyboard.press("x")
    expect(page.locator('[data-field="key_points"] .statement')).to_have_count(1)
    page.keyboard.press("s")
    said(visit, "Review of Bo saved.")
    page.get_by_role("link", name="Compare with Ann").click()
    expect(page.locator(".share")).to_contain_text("statements are the same")
    first = page.get_by_role("group", name="key points 1", exact=True)
    expect(first).to_contain_text("Nobody was hurt.")
    first.get_by_role("radio", name="Bo nothing").check()
    text = page.get_by_role("group", name="key points 2, text")
    text.get_by_role("textbox").fill("Firms lose 150,000 euros a week, the authority says.")
    page.get_by_role("button", name="Settle").click()
    expect(page.locator(".state.settled")).to_be_visible()
    [settled] = (tmp_path / "records").glob("*/settled/*.json")
    points = json.loads(settled.read_text())["value"]["key_points"]
    assert [each["text"] for each in points] == ["Firms lose 150,000 euros a week, the authority says."]


def test_a_batch_is_worked_through_article_by_article(browser: Browser, bare: None, tmp_path: Path) -> None:
    text = HARBOUR.read_text(encoding="utf-8")
    rows = [{"id": each, "text": text.replace("Kestrel", each)} for each in ("Alder", "Birch")]
    (tmp_path / "in.jsonl").write_text("\n".join(map(json.dumps, rows)))
    summarizer("batch", "in.jsonl", "-o", "out.jsonl", "--model", "extractive", "--with-text")
    with desk(tmp_path, "--lines", tmp_path / "out.jsonl") as address, visited(browser, address) as visit:
        page = visit.page
        page.get_by_role("link", name="Queue").click()
        expect(page.get_by_text("0 of 2 read")).to_be_visible()
        page.get_by_role("link", name="out.jsonl").click()
        expect(page.locator(".rows > li")).to_have_count(2)
        page.get_by_role("link", name="All records").click()
        page.get_by_role("link", name="go on").click()
        page.get_by_label("Your name").fill("Ann")
        page.keyboard.press("Enter")
        page.locator(".checkable").wait_for()
        page.get_by_text("1 of 2", exact=True).wait_for()
        page.keyboard.press("s")
        said(visit, "Review of Ann saved.")
        page.keyboard.press("n")
        page.get_by_text("2 of 2", exact=True).wait_for()
        page.get_by_role("link", name="Queue").click()
        expect(page.get_by_text("1 of 2 read")).to_be_visible()


def test_of_two_reviews_by_one_person_neither_writes_over_the_other(
    visit: Visit, context: BrowserContext, tmp_path: Path
) -> None:
    with tab(context, visit.page.url) as other:
        statement(other, "key_points[0]").wait_for()
        edit(visit, "key_points[0]", "Nobody at all was hurt.")
        visit.page.keyboard.press("Enter")
        expect(visit.page.locator(".editor")).to_have_count(0)
        visit.page.keyboard.press("s")
        said(visit, "Review of Ann saved.")
        other.page.keyboard.press("s")
        dialog = other.page.get_by_role("dialog", name="This was saved elsewhere, too")
        expect(dialog).to_contain_text("Nobody at all was hurt.")
        dialog.get_by_role("button", name="Take the other").click()
        said(other, "Review of Ann saved.")
    assert review_of(tmp_path)["key_points"][0]["text"] == "Nobody at all was hurt."


def test_an_answer_that_lacks_is_added(visit: Visit, tmp_path: Path) -> None:
    page = visit.page
    page.keyboard.press("+")
    page.get_by_role("dialog", name="What is lacking?").get_by_role("button", name="where").click()
    form = page.locator(".editor")
    form.get_by_label("text", exact=True).fill("Port Ellery")
    form.get_by_label("rests on sentences").fill("1")
    form.get_by_role("button", name="Done").click()
    expect(form).to_have_count(0)
    page.keyboard.press("s")
    said(visit, "Review of Ann saved.")
    assert review_of(tmp_path)["five_ws"]["where"]["text"] == "Port Ellery"


def test_words_of_two_sentences_are_selected_with_the_mouse(visit: Visit) -> None:
    form = edit(visit, "key_points[0]", "Nobody was hurt.")
    mouse, first, last = visit.page.mouse, place(visit, "Nobody"), place(visit, "bearing fails")
    mouse.move(first["left"] + 1, first["middle"])
    mouse.down()
    mouse.move(last["right"] - 1, last["middle"], steps=8)
    mouse.up()
    words = form.get_by_role("button", name="Take out: Nobody was hurt")
    expect(words).to_contain_text("a bearing fails")
    words.click()
    expect(words).to_have_count(0)


def place(visit: Visit, words: str) -> dict[str, float]:
    """Where these words of the article are on the screen."""
    found: dict[str, float] = visit.page.evaluate(
        """words => {
          const text = [...document.querySelectorAll(".article p .s")].map(each => each.firstChild)
            .find(each => each.data.includes(words));
          const range = new Range(), at = text.data.indexOf(words);
          range.setStart(text, at);
          range.setEnd(text, at + words.length);
          const { left, right, top, height } = range.getBoundingClientRect();
          return { left, right, middle: top + height / 2 };
        }""",
        words,
    )
    return found
