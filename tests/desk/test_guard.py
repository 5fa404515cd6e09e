"""Who may ask the desk: by Host, Origin and token, within sizes, and what every answer tells a browser."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from desk_server import served
from harbour import HARBOUR

TOKEN = "a-token-of-this-test-1234"
ARTICLE = {"text": HARBOUR.read_text(encoding="utf-8"), "model": "extractive"}


@pytest.fixture
def open_desk(bare: None, tmp_path: Path) -> Iterator[httpx2.Client]:
    with served(tmp_path / "records") as client:
        yield client


@pytest.fixture
def closed_desk(bare: None, tmp_path: Path) -> Iterator[httpx2.Client]:
    with served(tmp_path / "records", token=TOKEN) as client:
        yield client


class TestHost:
    @pytest.mark.parametrize(
        "host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil.example", "192.0.2.7"]
    )
    def test_a_name_that_was_made_to_point_here_is_turned_away(self, open_desk: httpx2.Client, host: str) -> None:
        answer = open_desk.get("/records", headers={"host": host})
        assert answer.status_code == 421
        assert "--name" in answer.json()["detail"]

    @pytest.mark.parametrize("host", ["localhost:1", "127.0.0.1", "[::1]:8765"])
    def test_this_machine_is_served_by_all_its_names(self, open_desk: httpx2.Client, host: str) -> None:
        assert open_desk.get("/records", headers={"host": host}).status_code == 200

    def test_a_server_for_all_is_known_by_addresses_and_by_the_names_it_was_given(
        self, bare: None, tmp_path: Path
    ) -> None:
        with served(tmp_path / "records", host="0.0.0.0", token=TOKEN, names=frozenset({"desk.example"})) as client:
            by_host = {
                host: client.get("/health", headers={"host": host}).status_code
                for host in ("192.0.2.7:80", "desk.example", "evil.example")
            }
        assert by_host == {"192.0.2.7:80": 200, "desk.example": 200, "evil.example": 421}


class TestOrigin:
    @pytest.mark.parametrize(
        "headers",
        [
            {"origin": "https://evil.example"},
            {"origin": "null"},
            {"origin": "http://127.0.0.1:1"},
            {"sec-fetch-site": "cross-site"},
            {"sec-fetch-site": "same-site"},
        ],
    )
    @pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
    def test_a_page_from_elsewhere_changes_nothing(
        self, open_desk: httpx2.Client, method: str, headers: dict[str, str]
    ) -> None:
        answer = open_desk.request(method, "/records/0123456789abcdef/drafts/Ann", json={}, headers=headers)
        assert answer.status_code == 403

    def test_the_desks_own_page_may(self, open_desk: httpx2.Client) -> None:
        own = str(open_desk.base_url).rstrip("/")
        answer = open_desk.post("/summaries", json=ARTICLE, headers={"origin": own, "sec-fetch-site": "same-origin"})
        assert answer.status_code == 201

    def test_no_other_origin_reads_an_answer_unless_it_was_named(self, bare: None, tmp_path: Path) -> None:
        cms, other = "https://cms.example", "https://other.example"
        with served(tmp_path / "records", origins=frozenset({cms})) as client:
            allowed, foreign = (client.get("/records", headers={"origin": each}) for each in (cms, other))
            posted = client.post("/summaries", json=ARTICLE, headers={"origin": cms, "sec-fetch-site": "cross-site"})
        assert allowed.headers["access-control-allow-origin"] == cms
        assert "access-control-allow-origin" not in foreign.headers
        assert posted.status_code == 201

    def test_no_origin_is_allowed_by_default(self, open_desk: httpx2.Client) -> None:
        answer = open_desk.get("/records", headers={"origin": "https://cms.example"})
        assert not [name for name in answer.headers if name.startswith("access-control")]


class TestToken:
    def test_without_it_nothing_is_told_but_that_the_server_is_there(self, closed_desk: httpx2.Client) -> None:
        paths = ("/", "/records", "/choices", "/openapi.json", "/nothing", "/?token=wrong", "/?token=")
        assert {closed_desk.get(path).status_code for path in paths} == {401}
        assert closed_desk.get("/health").json() == {"status": "ok"}

    @pytest.mark.parametrize("given", [f"Bearer {TOKEN}x", f"Bearer {TOKEN[:-1]}", "Bearer", f"Basic {TOKEN}", "é"])
    def test_another_one_is_none(self, closed_desk: httpx2.Client, given: str) -> None:
        answer = closed_desk.get("/records", headers={b"authorization": given.encode()})
        assert answer.status_code == 401
        assert TOKEN not in answer.text

    def test_it_comes_as_a_bearers(self, closed_desk: httpx2.Client) -> None:
        assert closed_desk.get("/records", headers={"authorization": f"Bearer {TOKEN}"}).status_code == 200

    def test_the_printed_address_is_exchanged_for_a_cookie_that_pages_can_t_read(
        self, closed_desk: httpx2.Client
    ) -> None:
        answer = closed_desk.get(f"/?token={TOKEN}")
        assert (answer.status_code, answer.headers["location"]) == (303, "/")
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=strict" in cookie
        assert closed_desk.get("/records").status_code == 200

    def test_it_is_taken_from_an_address_at_the_door_alone(self, closed_desk: httpx2.Client) -> None:
        assert closed_desk.get(f"/records?token={TOKEN}").status_code == 401


class TestSizes:
    def test_more_than_the_command_reads_is_not_read(self, open_desk: httpx2.Client) -> None:
        answer = open_desk.post("/summaries", json={"text": "a " * 3_000_000})
        assert answer.status_code == 413

    def test_nor_where_nobody_said_how_much_comes(self, open_desk: httpx2.Client) -> None:
        pieces = (b" " * 100_000 for _ in range(60))
        answer = open_desk.post("/summaries", content=pieces, headers={"content-type": "application/json"})
        assert answer.status_code == 413


class TestAnswers:
    @pytest.mark.parametrize("path", ["/", "/health", "/records", "/nothing", "/openapi.json"])
    def test_each_has_the_headers_that_keep_a_browser_in(self, open_desk: httpx2.Client, path: str) -> None:
        headers = open_desk.get(path).headers
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert "frame-ancestors 'none'" in policy and "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["cross-origin-opener-policy"] == "same-origin"
        assert headers["cache-control"] == "no-store"

    def test_those_that_say_no_have_them_too(self, open_desk: httpx2.Client) -> None:
        answer = open_desk.get("/records", headers={"host": "evil.example"})
        assert answer.headers["x-content-type-options"] == "nosniff"

    def test_what_is_not_there_is_a_problem_that_says_where_to_look(self, open_desk: httpx2.Client) -> None:
        answer = open_desk.get("/nothing")
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["status"] == 404 and "/openapi.json" in answer.json()["detail"]

    def test_an_error_that_nobody_foresaw_tells_neither_client_nor_log_what_it_says(
        self, bare: None, tmp_path: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.ERROR), served(tmp_path / "records") as client:
            at = client.post("/summaries", json=ARTICLE).headers["location"]
            (tmp_path / at.strip("/") / "record.json").write_text('{"secret": ')
            answer = client.put(f"{at}/reviews/Ann", json={})
        assert answer.status_code == 500
        assert "Traceback" not in answer.text and "secret" not in answer.text
        assert "ValidationError at" in caplog.text and "secret" not in caplog.text
