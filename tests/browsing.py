"""A real browser, where there is one."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_QUIET = ("--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync")

PATIENCE = 15_000
"""Milliseconds that something may take to be there."""

_WATCH = """
globalThis.violations = [];
document.addEventListener("securitypolicyviolation", (event) => violations.push(event.violatedDirective));
"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """The browser; tests that ask for it are skipped where there is none."""
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    if path is None:
        pytest.skip("no Chromium is installed: apt-get install chromium")
    sandbox = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []  # root has none
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*_QUIET, *sandbox])
        yield browser
        browser.close()


@dataclass
class Visit:
    """A page that is open, and what it did."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def lit(self, name: str = "evidence") -> list[str]:
        """The words that are lit."""
        found: list[str] = self.page.evaluate(f"[...(CSS.highlights.get('{name}') ?? [])].map(String)")
        return found

    @property
    def focused(self) -> str:
        """The name of the element that has the focus."""
        return str(self.page.evaluate("document.activeElement.id"))

    @property
    def violations(self) -> list[str]:
        """What the policy of the page has kept from happening."""
        found: list[str] = self.page.evaluate("violations")
        return found


@contextmanager
def opened(browser: Browser, html: str, folder: Path, before: str = "", **options: Any) -> Iterator[Visit]:
    """The page from a file; `before` is a script that runs ahead of all of its own."""
    file = folder / "page.html"
    file.write_text(html, encoding="utf-8")
    with visited(browser, file.as_uri(), before, **options) as visit:
        yield visit


@contextmanager
def visited(browser: Browser, address: str, before: str = "", **options: Any) -> Iterator[Visit]:
    """The page at an address, seen by somebody who was never there."""
    context = browser.new_context(reduced_motion="reduce", **options)
    with tab(context, address, before) as visit:
        yield visit
    context.close()


@contextmanager
def tab(context: BrowserContext, address: str, before: str = "") -> Iterator[Visit]:
    """The page in one more tab of a browser."""
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.add_init_script(_WATCH + before)
    visit = Visit(page)
    page.on("request", lambda request: visit.requests.append(request.url))
    page.on("console", lambda message: visit.complaints.append(message.text))
    page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    page.goto(address)
    yield visit
