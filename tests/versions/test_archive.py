"""A page as an archive of the web has kept it: its own text, its date, and nothing of the archive's."""

from __future__ import annotations

import pytest
import version_pairs as pairs
from commands import run_command
from stub_server import Step, StubServer

from summarizer.errors import AddressNotAllowed, SourceNotFound, SourceUnsupported
from summarizer.versions import compare

PAGE = "https://news.example/ferry"
BANNER = "<div id='wm-ipp'>The archive has 37 captures of this page between March and May of the year 2026.</div>"


def html(text: str, top: str = "") -> Step:
    title, *paragraphs = text.strip().split("\n\n")
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    page = f"<!DOCTYPE html><html><body>{top}<article><h1>{title}</h1>{body}</article></body></html>"
    return Step(page.encode("utf-8"), content_type="text/html; charset=utf-8")


def archive(**pages: Step) -> StubServer:
    return StubServer(pages={f"/web/{at.strip('_')}id_/{PAGE}": page for at, page in pages.items()})


def address(server: StubServer, at: str) -> str:
    return f"{server.base_url.removesuffix('/v1')}/web/{at}/{PAGE}"


def test_the_page_is_read_without_the_banner_and_with_its_date() -> None:
    with archive(_20260314093000=html(pairs.FERRY)) as server:
        server.pages = {**server.pages, f"/web/20260314093000/{PAGE}": html(pairs.FERRY, BANNER)}
        diff = compare(address(server, "20260314093000"), pairs.FERRY_CORRECTED, allow_private_hosts=True)
    assert diff.old.archived == "2026-03-14T09:30:00+00:00" and diff.new.archived is None
    assert diff.old.article.url == PAGE
    assert [change.old.text for change in diff.figures if change.old] == ["12", "184"]
    assert not any("captures" in change.old.text for change in diff.statements if change.old)


@pytest.mark.parametrize("asked", ["20260314093000if_", "20260314093000im_"])
def test_an_address_that_asks_for_another_form_is_read_as_the_page(asked: str) -> None:
    with archive(_20260314093000=html(pairs.FERRY)) as server:
        assert compare(address(server, asked), pairs.FERRY, allow_private_hosts=True).old.article.url == PAGE


def test_a_short_timestamp_leads_to_the_nearest_version_whose_date_is_told() -> None:
    with archive(_20260315120000=html(pairs.FERRY)) as server:
        moved = Step(b"", 302, {"location": f"/web/20260315120000id_/{PAGE}"}, "text/html")
        server.pages = {**server.pages, f"/web/2026id_/{PAGE}": moved}
        diff = compare(address(server, "2026"), pairs.FERRY, allow_private_hosts=True)
    assert diff.old.archived == "2026-03-15T12:00:00+00:00"


def test_the_report_says_when_the_version_was_kept(bare: None) -> None:
    with archive(_20260314093000=html(pairs.FERRY)) as server:
        kept = address(server, "20260314093000")
        done = run_command("diff", kept, "-", "--allow-private-hosts", stdin=pairs.FERRY_CORRECTED.encode())
    assert done.returncode == 4 and "archived 2026-03-14 09:30 UTC" in " ".join(done.stdout.split())


def test_what_leads_out_of_the_archive_is_no_old_version() -> None:
    with archive() as server:
        moved = Step(b"", 302, {"location": "/ferry"}, "text/html")
        server.pages = {f"/web/20260314093000id_/{PAGE}": moved, "/ferry": html(pairs.FERRY)}
        with pytest.raises(SourceUnsupported, match="leads out of the archive"):
            compare(address(server, "20260314093000"), pairs.FERRY, allow_private_hosts=True)


def test_the_rules_for_addresses_hold_for_archives() -> None:
    with archive(_20260314093000=html(pairs.FERRY)) as server, pytest.raises(AddressNotAllowed):
        compare(address(server, "20260314093000"), pairs.FERRY)


def test_a_version_that_the_archive_has_not_is_an_error_that_names_it() -> None:
    with archive() as server, pytest.raises(SourceNotFound, match="20260314093000"):
        compare(address(server, "20260314093000"), pairs.FERRY, allow_private_hosts=True)


def test_the_charset_that_the_archive_names_is_the_one_that_holds() -> None:
    plain = html(pairs.POOL.replace("„", '"').replace("“", '"')).body.decode().encode("latin-1")
    latin = Step(plain, content_type="text/html; charset=iso-8859-1")
    with archive(_20260314093000=latin) as server:
        diff = compare(address(server, "20260314093000"), pairs.POOL, allow_private_hosts=True)
    assert diff.old.article.title == "Stadtrat von Lindenau beschließt neues Freibad"
