"""Addresses: what is fetched, by which name and from which address, and what is refused with which words.

A real server on this machine answers. Where a host has to be public, `Detour` leads the connection here in its last
step, so that nothing is ever sent anywhere else.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import shutil
import socket
import ssl
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterable, Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path
from typing import Any

import httpcore2
import pytest
from commands import run_command
from hypothesis import given
from hypothesis import strategies as st

from summarizer import Settings, asummarize, read_article, summarize
from summarizer.errors import (
    AddressNotAllowed,
    ReadingError,
    SourceEmpty,
    SourceNotFound,
    SourceRefused,
    SourceUnreachable,
    SourceUnsupported,
)
from summarizer.reading.source.fetch import LARGEST_BODY, Fetched, fetch
from summarizer.reading.source.public_ip import why_not_public

FIRST = "The harbour of Vestby will stay open through the winter, the town council decided on Monday evening."
SECOND = "Fishermen had feared that the quay would be closed for repairs until the end of the cod season."
TEXT = f"{FIRST}\n\n{SECOND}\n"
PUBLIC, OTHER_PUBLIC = "93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"


def html(head: str = "") -> bytes:
    body = f"<article><h1>Harbour</h1><p>{FIRST}</p><p>{SECOND}</p></article>"
    return f"<!doctype html><html><head><title>Harbour</title>{head}</head><body>{body}</body></html>".encode()


class Handler(BaseHTTPRequestHandler):
    """Answers as the site's page says, in raw bytes where it wants to."""

    server: Site

    def do_GET(self) -> None:
        self.server.requests.append((self.path, dict(self.headers)))
        try:
            self.server.pages[self.path.partition("?")[0]](self)
        except (BrokenPipeError, ConnectionResetError):
            self.server.hung_up.set()

    def answer(self, body: bytes, status: int = 200, **headers: str) -> None:
        self.send_response(status)
        fields = {"Content-Type": "text/html", "Content-Length": str(len(body))}
        for name, value in (fields | {name.replace("_", "-"): value for name, value in headers.items()}).items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments: Any) -> None:
        """Nothing on standard error."""


Page = Callable[[Handler], None]


class Site(ThreadingHTTPServer):
    """A site on this machine."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.pages: dict[str, Page] = {"/": page(html())}
        self.requests: list[tuple[str, dict[str, str]]] = []
        self.hung_up = threading.Event()
        self.url = f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Clients that hang up are what is tested."""


def page(body: bytes, status: int = 200, **headers: str) -> Page:
    return lambda handler: handler.answer(body, status, **headers)


def redirect(location: str, **headers: str) -> Page:
    return page(b"", 302, Location=location, **headers)


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield server
        server.shutdown()


class Detour(httpcore2.NetworkBackend):
    """Opens every connection to the site on this machine, and keeps the address that was asked for."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.asked_for: list[str] = []

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.NetworkStream:
        self.asked_for.append(host)
        return httpcore2.SyncBackend().connect_tcp("127.0.0.1", self.port, timeout, None, ())


class Names:
    """A resolver that knows these names, each answer of a name in its turn, and counts the questions."""

    def __init__(self, names: Mapping[str, list[list[str]]]) -> None:
        self.names = names
        self.asked: list[str] = []

    def __call__(self, host: str, port: int) -> list[str]:
        answers = self.names.get(host, [[]])
        self.asked.append(host)
        return answers[min(self.asked.count(host), len(answers)) - 1]


NAMES = {
    "news.test": [[PUBLIC]],
    "www.news.test": [[PUBLIC]],
    "other.test": [[OTHER_PUBLIC]],
    "inside.test": [["10.0.0.7"]],
}


def get(site: Site, path: str = "/", *, seconds: float = 10.0) -> Fetched:
    """The page of a public site, `news.test`."""
    return fetch(f"http://news.test{path}", resolver=Names(NAMES), network=Detour(site.server_port), seconds=seconds)


def read(site: Site, path: str = "/") -> Any:
    return read_article(site.url + path, allow_private_hosts=True)


# --- what is fetched --------------------------------------------------------------------------------------------


def test_a_page_is_fetched_and_read_and_says_where_it_was(site: Site) -> None:
    article = read(site, "/?id=3#part")
    assert article.text.endswith(f"{FIRST}\n\n{SECOND}")
    assert article.url == f"{site.url}/?id=3"
    assert [path for path, _ in site.requests] == ["/?id=3"]


def test_spaces_and_capitals_around_an_address_do_not_matter(site: Site) -> None:
    assert read_article(f" {site.url.replace('http', 'HTTP')}/\n", allow_private_hosts=True).status == "ok"


def test_the_library_takes_an_address_with_the_permission_in_its_settings(site: Site) -> None:
    settings = Settings(model="extractive", allow_private_hosts=True)
    assert summarize(f"{site.url}/", settings=settings).article.url == f"{site.url}/"
    with pytest.raises(AddressNotAllowed):
        summarize(f"{site.url}/", settings=Settings(model="extractive"))


def test_a_slow_page_does_not_block_the_event_loop(site: Site) -> None:
    def slow(handler: Handler) -> None:
        time.sleep(0.5)
        handler.answer(html())

    async def ticks_meanwhile() -> int:
        settings = Settings(model="extractive", allow_private_hosts=True)
        task = asyncio.create_task(asummarize(f"{site.url}/slow", settings=settings))
        ticks = 0
        while not task.done():
            await asyncio.sleep(0.02)
            ticks += 1
        assert (await task).status == "ok"
        return ticks

    site.pages["/slow"] = slow
    assert asyncio.run(ticks_meanwhile()) > 5


def test_the_request_names_the_product_its_version_and_what_it_reads(site: Site) -> None:
    get(site)
    headers = site.requests[0][1]
    assert headers["User-Agent"].startswith("checked-summarizer/0.")
    assert headers["Host"] == "news.test"
    assert "text/html" in headers["Accept"] and headers["Accept-Encoding"] == "gzip"


def test_proxies_and_passwords_of_the_environment_are_not_used(
    site: Site, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login ann password secret")
    monkeypatch.setenv("NETRC", str(netrc))
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert read(site).status == "ok"
    assert "Authorization" not in site.requests[0][1]


@pytest.mark.parametrize(
    ("canonical", "url"),
    [
        ("http://news.test/harbour", "http://news.test/harbour"),
        ("https://www.news.test/harbour", "https://www.news.test/harbour"),
        ("https://other.test/harbour", None),
        ("http://[broken/", None),
        ("/harbour", None),
    ],
)
def test_a_page_may_name_its_canonical_address_on_its_own_host_only(
    site: Site, canonical: str, url: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.pages["/"] = page(html(f'<link rel="canonical" href="{canonical.replace("news.test", "localhost")}">'))
    address = f"http://localhost:{site.server_port}/?utm_source=x"
    article = read_article(address, allow_private_hosts=True)
    assert article.url == (url.replace("news.test", "localhost") if url else address)


def test_the_address_of_the_caller_goes_before_that_of_the_page(site: Site) -> None:
    article = read_article(site.url, url="https://news.example/harbour", allow_private_hosts=True)
    assert article.url == "https://news.example/harbour"


# --- hosts ------------------------------------------------------------------------------------------------------

LOOPBACK = (
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "0x7f000001",
    "0x7f.0.0.1",
    "2130706433",
    "017700000001",
    "localhost",
    "LOCALHOST",
    "0",
    "0.0.0.0",
    "[::]",
    "[::1]",
    "[0:0:0:0:0:0:0:1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
)


@pytest.mark.parametrize("host", LOOPBACK)
def test_this_machine_is_refused_in_every_form(site: Site, host: str) -> None:
    with pytest.raises(AddressNotAllowed, match="--allow-private-hosts"):
        fetch(f"http://{host}:{site.server_port}/")
    assert not site.requests


@pytest.mark.parametrize("host", ["localhost.", "127.0.0.1.", "0177.0.0.1", "①②⑦.0.0.1", "%31%32%37.0.0.1", "x..y"])
def test_stranger_forms_still_lead_nowhere(site: Site, host: str) -> None:
    with pytest.raises(ReadingError):
        fetch(f"http://{host}:{site.server_port}/")
    assert not site.requests


NOT_PUBLIC = (
    "0.1.2.3",
    "10.0.0.1",
    "100.64.0.1",
    "100.100.100.200",
    "127.255.255.254",
    "168.63.129.16",
    "169.254.169.254",
    "172.16.0.1",
    "192.0.0.192",
    "192.0.2.1",
    "192.88.99.1",
    "192.168.1.1",
    "198.18.0.1",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:a9fe:a9fe",
    "64:ff9b::7f00:1",
    "64:ff9b::169.254.169.254",
    "64:ff9b:1::808:808",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "3fff::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "fd00:ec2::254",
    "fc00::1",
    "fe80::1",
    "fe80::1%2",
    "fec0::1",
    "ff02::1",
)


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_a_name_that_stands_for_an_address_that_is_not_public_is_refused(site: Site, address: str) -> None:
    network = Detour(site.server_port)
    with pytest.raises(AddressNotAllowed, match=r"news\.test stands for"):
        fetch("http://news.test/", resolver=Names({"news.test": [[address]]}), network=network)
    assert not network.asked_for


@pytest.mark.parametrize(
    "address", [PUBLIC, OTHER_PUBLIC, "8.8.8.8", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"]
)
def test_a_public_address_is_public_in_every_form(address: str) -> None:
    assert why_not_public(address) is None


@given(st.ip_addresses(v=4))
def test_an_address_that_carries_another_is_judged_by_it(address: IPv4Address) -> None:
    number = int(address)
    carriers = (0xFFFF << 32 | number, 0x64FF9B << 96 | number, 0x2002 << 112 | number << 80)
    assert {why_not_public(str(IPv6Address(carrier))) for carrier in carriers} == {why_not_public(str(address))}


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("127.1.1.1", "loopback"),
        ("::ffff:169.254.169.254", "link-local"),
        ("10.0.0.7", "private"),
        ("ff02::1", "multicast"),
    ],
)
def test_the_kind_of_an_address_is_named(address: str, kind: str) -> None:
    assert kind in (why_not_public(address) or "")


def test_one_private_address_among_public_ones_is_enough(site: Site) -> None:
    network = Detour(site.server_port)
    names = Names({"news.test": [[PUBLIC, OTHER_PUBLIC, "10.0.0.7"]]})
    with pytest.raises(AddressNotAllowed, match=r"10\.0\.0\.7, a private"):
        fetch("http://news.test/", resolver=names, network=network)
    assert not network.asked_for


def test_a_name_is_resolved_once_and_the_checked_address_connected_to(site: Site) -> None:
    names = Names({"news.test": [[PUBLIC], ["127.0.0.1"]]})  # rebinding: public for the check, then this machine
    network = Detour(site.server_port)
    assert fetch("http://news.test:8080/", resolver=names, network=network).content == html()
    assert (names.asked, network.asked_for) == (["news.test"], [PUBLIC])
    assert site.requests[0][1]["Host"] == "news.test:8080"


def test_a_name_that_turns_private_at_the_next_connection_is_refused_there(site: Site) -> None:
    names = Names({"news.test": [[PUBLIC], ["127.0.0.1"]]})
    network = Detour(site.server_port)
    site.pages["/"] = redirect("http://news.test/next")
    with pytest.raises(AddressNotAllowed):
        fetch("http://news.test/", resolver=names, network=network)
    assert (network.asked_for, len(site.requests)) == ([PUBLIC], 1)


def test_the_next_address_is_tried_when_one_does_not_answer(site: Site) -> None:
    names = Names({"news.test": [["127.0.0.2", "127.0.0.3", "127.0.0.1"]]})
    address = f"http://news.test:{site.server_port}/"
    assert fetch(address, resolver=names, allow_private_hosts=True).content == html()


def test_an_unknown_host_is_unreachable(site: Site) -> None:
    with pytest.raises(SourceUnreachable, match=r"nowhere\.test: no such host"):
        fetch("http://nowhere.test/", resolver=Names(NAMES), network=Detour(site.server_port))


@pytest.mark.parametrize("label", ["x" * 300, "a..b"])
def test_a_name_that_can_not_be_one_is_unreachable(label: str) -> None:
    with pytest.raises(ReadingError):
        fetch(f"http://{label}.test/")


# --- addresses --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("port", [0, 22, 25, 81, 445, 1023, 65536, 99999])
def test_ports_of_other_services_are_refused(port: int) -> None:
    with pytest.raises(AddressNotAllowed, match=f"port {port}"):
        fetch(f"http://news.test:{port}/", resolver=Names(NAMES))


@pytest.mark.parametrize(
    "trick", ["http://news.test@127.0.0.1/", "http://ann:secret@news.test/", "http://news.test\\@127.0.0.1/"]
)
def test_a_user_name_is_refused_and_never_repeated(trick: str) -> None:
    with pytest.raises(AddressNotAllowed, match="user name") as error:
        fetch(trick, resolver=Names(NAMES))
    assert "secret" not in str(error.value)


@pytest.mark.parametrize(
    "address", ["http://", "http:///harbour", "http://:80/", "https://news.test:80:80/", "http://[::1/"]
)
def test_what_is_no_address_says_so(address: str) -> None:
    with pytest.raises(SourceNotFound, match="address"):
        fetch(address, resolver=Names(NAMES))


def test_a_password_in_what_is_no_address_is_not_repeated() -> None:
    with pytest.raises(SourceNotFound) as error:
        fetch("http://ann:secret@news.test:80:80/", resolver=Names(NAMES))
    assert "secret" not in str(error.value)


# --- redirects --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_and_the_last_address_is_kept(site: Site, status: int) -> None:
    site.pages["/a"] = page(b"", status, Location="b?x=1")
    site.pages["/b"] = page(html())
    fetched = get(site, "/a")
    assert (fetched.url, fetched.content) == ("http://news.test/b?x=1", html())


def test_each_host_on_the_way_is_resolved_and_checked(site: Site) -> None:
    site.pages["/"] = redirect("http://other.test/b")
    site.pages["/b"] = page(html())
    names, network = Names(NAMES), Detour(site.server_port)
    assert fetch("http://news.test/", resolver=names, network=network).url == "http://other.test/b"
    assert (names.asked, network.asked_for) == (["news.test", "other.test"], [PUBLIC, OTHER_PUBLIC])
    assert [headers["Host"] for _, headers in site.requests] == ["news.test", "other.test"]


@pytest.mark.parametrize(
    "location",
    [
        "http://inside.test/",
        "http://10.0.0.7/",
        "//169.254.169.254/latest/meta-data/",
        "http://[::ffff:127.0.0.1]/",
        "http://news.test:25/",
        "http://other.test@news.test/",
        "ftp://news.test/a",
        "file:///etc/passwd",
        "gopher://news.test:70/",
        "ws://news.test/",
    ],
)
def test_a_redirect_may_lead_nowhere_that_an_address_may_not(site: Site, location: str) -> None:
    site.pages["/"] = redirect(location)
    network = Detour(site.server_port)
    with pytest.raises(AddressNotAllowed):
        fetch("http://news.test/", resolver=lambda host, _: NAMES.get(host, [[host]])[0], network=network)
    assert network.asked_for == [PUBLIC] and len(site.requests) == 1


def test_five_redirects_are_followed_and_no_more(site: Site) -> None:
    for number in range(6):
        site.pages[f"/{number}"] = redirect(f"/{number + 1}")
    site.pages["/6"] = page(html())
    assert get(site, "/1").url == "http://news.test/6"
    with pytest.raises(SourceUnreachable, match="more than 5"):
        get(site, "/0")
    assert [path for path, _ in site.requests][-6:] == [f"/{number}" for number in range(6)]


def test_a_loop_ends(site: Site) -> None:
    site.pages["/"] = redirect("/")
    with pytest.raises(SourceUnreachable, match="from page to page"):
        get(site)
    assert len(site.requests) == 6


@pytest.mark.parametrize(
    "location", ["http://[broken", "javascript:alert(1)", "http://news.test:80:80/", "http://①②⑦.⓪/"]
)
def test_a_redirect_to_no_address_is_unreachable(site: Site, location: str) -> None:
    site.pages["/"] = redirect(location.encode().decode("latin-1"))
    with pytest.raises(ReadingError):
        get(site)
    assert len(site.requests) == 1


def test_a_cookie_set_on_the_way_is_sent_on_to_its_host_only(site: Site) -> None:
    site.pages["/"] = redirect("/b", Set_Cookie="consent=1")
    site.pages["/b"] = redirect("http://other.test/c")
    site.pages["/c"] = page(html())
    get(site)
    assert [headers.get("Cookie") for _, headers in site.requests] == [None, "consent=1", None]


# --- size and time ----------------------------------------------------------------------------------------------


def endless(handler: Handler, piece: bytes, pause: float = 0.0, **headers: str) -> None:
    handler.send_response(200)
    for name, value in ({"Content-Type": "text/html"} | headers).items():
        handler.send_header(name.replace("_", "-"), value)
    handler.end_headers()
    for _ in range(100_000):
        handler.wfile.write(piece)
        time.sleep(pause)


def test_a_page_as_large_as_allowed_is_fetched_and_a_larger_one_refused(site: Site) -> None:
    site.pages["/most"] = page(b"x" * LARGEST_BODY)
    site.pages["/more"] = page(b"x" * (LARGEST_BODY + 1))
    assert len(get(site, "/most").content) == LARGEST_BODY
    with pytest.raises(SourceUnsupported, match="larger than 5 MB"):
        get(site, "/more")


def test_a_page_without_an_end_is_left_at_the_cap(site: Site) -> None:
    site.pages["/"] = lambda handler: endless(handler, b"x" * 65536)
    with pytest.raises(SourceUnsupported, match="larger"):
        get(site)
    assert site.hung_up.wait(5)


@pytest.mark.parametrize("coding", ["gzip", "x-gzip"])
def test_a_bomb_is_stopped_at_the_cap_and_not_in_memory(site: Site, coding: str) -> None:
    site.pages["/"] = page(gzip.compress(bytes(200_000_000), 1), Content_Encoding=coding)
    tracemalloc.start()
    with pytest.raises(SourceUnsupported, match="larger"):
        get(site)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 * LARGEST_BODY


def test_packed_bytes_that_unpack_to_nothing_end_at_the_cap_too(site: Site) -> None:
    nothing = gzip.compress(b"") * 5_000
    site.pages["/"] = lambda handler: endless(handler, nothing, Content_Encoding="gzip")
    with pytest.raises(SourceUnsupported, match="larger"):
        get(site)


def test_packed_pages_are_unpacked_every_member_of_them(site: Site) -> None:
    content = html()
    site.pages["/"] = page(gzip.compress(content[:50]) + gzip.compress(content[50:]), Content_Encoding="GZIP")
    assert get(site).content == content


@pytest.mark.parametrize(
    ("body", "said"),
    [(gzip.compress(html())[:-20], "too early"), (b"no gzip at all", "header"), (b"", "too early")],
)
def test_damaged_packing_is_unreachable(site: Site, body: bytes, said: str) -> None:
    site.pages["/"] = page(body, Content_Encoding="gzip")
    with pytest.raises(SourceUnreachable, match=said):
        get(site)


@pytest.mark.parametrize("coding", ["br", "gzip, gzip", "deflate"])
def test_packing_that_was_not_asked_for_is_named(site: Site, coding: str) -> None:
    site.pages["/"] = page(b"...", Content_Encoding=coding)
    with pytest.raises(SourceUnsupported, match=f"packed as {coding}"):
        get(site)


def drip_in_the_head(handler: Handler) -> None:
    for byte in b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nX-Slow: " + b"x" * 1000:
        handler.wfile.write(bytes([byte]))
        time.sleep(0.05)


def silence(handler: Handler) -> None:
    if not handler.connection.recv(1):
        handler.server.hung_up.set()


@pytest.mark.parametrize("slow", [drip_in_the_head, silence, lambda handler: endless(handler, b"<p>", 0.05)])
def test_the_deadline_is_for_all_and_no_drip_outlasts_it(site: Site, slow: Page) -> None:
    site.pages["/"] = slow
    with pytest.raises(SourceUnreachable, match=r"within 0\.4 seconds"):
        get(site, seconds=0.4)
    assert site.hung_up.wait(10)


def test_redirects_share_the_deadline(site: Site) -> None:
    def late(handler: Handler) -> None:
        time.sleep(0.25)
        handler.answer(b"", 302, Location="/")

    site.pages["/"] = late
    with pytest.raises(SourceUnreachable, match="within"):
        get(site, seconds=0.6)
    assert len(site.requests) <= 3


def test_a_silent_name_server_does_not_outlast_the_deadline() -> None:
    over, answers = threading.Event(), list[str]()

    def silent(host: str, port: int) -> list[str]:
        over.wait(60)
        answers.append(PUBLIC)
        return answers

    with pytest.raises(SourceUnreachable, match="within"):
        fetch("http://news.test/", resolver=silent, seconds=0.3)
    assert not answers
    over.set()


# --- what arrives -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("media_type", "found"),
    [
        ("application/pdf", "application/pdf"),
        ("application/json; charset=utf-8", "application/json"),
        ("image/png", "image/png"),
        ("application/octet-stream", "octet-stream"),
        ("application/rss+xml", r"rss\+xml"),
        ("TEXT/CSS", "text/css"),
        ("nonsense", "nonsense"),
    ],
)
def test_other_types_are_refused_by_name_and_not_read(site: Site, media_type: str, found: str) -> None:
    site.pages["/"] = lambda handler: endless(handler, b"x" * 1000, 0.01, Content_Type=media_type)
    with pytest.raises(SourceUnsupported, match=found):
        get(site)
    assert site.hung_up.wait(5)


def test_a_pdf_that_is_called_a_page_is_named_for_what_it_is(site: Site) -> None:
    site.pages["/"] = page(b"%PDF-1.7\n%\xe2\xe3\n")
    with pytest.raises(SourceUnsupported, match="a PDF"):
        read(site)


MAIL = f"From: Ann Byrd <ann@news.example>\r\nSubject: Harbour\r\nMIME-Version: 1.0\r\n\r\n{TEXT}".encode()
MARKDOWN = f"# Harbour\n\n{FIRST}\n\n*{SECOND}*\n".encode()


@pytest.mark.parametrize(
    ("path", "body", "media_type", "title"),
    [
        ("/a", html(), "text/html", "Harbour"),
        ("/a", html(), "TEXT/HTML; Charset=UTF-8", "Harbour"),
        ("/a", html(), "application/xhtml+xml", "Harbour"),
        ("/a", f"<p>{FIRST}<p>{SECOND}".encode(), "text/html", None),
        ("/a", TEXT.encode(), "text/plain", None),
        ("/a", MARKDOWN, "text/markdown", "Harbour"),
        ("/a.md?raw=1", MARKDOWN, "text/plain; charset=utf-8", "Harbour"),
        ("/a", MAIL, "message/rfc822", "Harbour"),
        ("/a", html(), "", "Harbour"),
        ("/a", TEXT.encode(), "", None),
    ],
)
def test_each_type_is_read_as_what_it_is(
    site: Site, path: str, body: bytes, media_type: str, title: str | None
) -> None:
    site.pages[path.partition("?")[0]] = page(body, Content_Type=media_type)
    article = read(site, path)
    assert article.text.endswith(f"{FIRST}\n\n{SECOND}")
    assert (article.title, article.url) == (title, site.url + path)


RUSSIAN = "Порт останется открытым всю зиму, решил городской совет в понедельник вечером. "


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("text/plain; charset=windows-1251", RUSSIAN),
        ('text/html; charset="koi8-r"', f"<html><body><article><p>{RUSSIAN * 3}</p></article></body></html>"),
        (
            "text/html; charset=koi8-r",
            f"<html><head><meta charset='windows-1251'></head><body><p>{RUSSIAN * 3}</p></body></html>",
        ),
    ],
)
def test_the_charset_is_the_one_the_server_names(site: Site, media_type: str, body: str) -> None:
    charset = media_type.partition("=")[2].strip('"')
    site.pages["/"] = page(body.encode(charset), Content_Type=media_type)
    assert read(site).text.startswith(RUSSIAN.strip())


def test_an_empty_page_is_empty(site: Site) -> None:
    site.pages["/"] = page(b" \n")
    with pytest.raises(SourceEmpty, match=site.url):
        read(site)


@pytest.mark.parametrize(
    ("status", "error", "said"),
    [
        (401, SourceRefused, "login"),
        (402, SourceRefused, "payment"),
        (403, SourceRefused, "programs"),
        (404, SourceNotFound, "no such page"),
        (410, SourceNotFound, "no such page"),
        (418, SourceRefused, "does not accept"),
        (429, SourceRefused, "too often"),
        (451, SourceRefused, "legal"),
        (304, SourceUnreachable, "304"),
        (500, SourceUnreachable, "500"),
        (503, SourceUnreachable, "503"),
    ],
)
def test_a_status_is_an_error_of_its_kind_and_not_an_article(
    site: Site, status: int, error: type[ReadingError], said: str
) -> None:
    site.pages["/"] = page(html() if status != 304 else b"", status)
    with pytest.raises(error, match=said) as raised:
        get(site)
    assert type(raised.value) is error and str(status) in str(raised.value)


def raw(data: bytes) -> Page:
    def send(handler: Handler) -> None:
        handler.wfile.write(data)

    return send


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"garbage\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9999\r\n\r\n<p>half",
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<p>ha",
        b"HTTP/1.1 200 OK\r\n" + b"X: " + b"x" * 1_000_000,
    ],
)
def test_a_broken_answer_is_unreachable_and_half_a_page_no_article(site: Site, data: bytes) -> None:
    site.pages["/"] = raw(data)
    with pytest.raises(SourceUnreachable, match="can't be fetched"):
        get(site)


def test_a_host_where_nothing_listens_is_unreachable() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    with pytest.raises(SourceUnreachable, match="refused"):
        fetch(f"http://127.0.0.1:{port}/", allow_private_hosts=True)


# --- encryption -------------------------------------------------------------------------------------------------


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A certificate for news.test that this test's process trusts."""
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed, and no key is kept in this repository")
    file = tmp_path / "news.test.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=news.test"
    names = ["-addext", "subjectAltName=DNS:news.test", "-keyout", str(file), "-out", str(tmp_path / "cert.pem")]
    subprocess.run([*command.split(), *names], check=True, capture_output=True)
    file.write_text(file.read_text() + (tmp_path / "cert.pem").read_text())
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "cert.pem"))
    return file


@pytest.fixture
def names_in_handshakes(site: Site, certificate: Path) -> list[str | None]:
    """The site speaks TLS, and this is what it was called by."""
    called: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda _socket, name, _context: called.append(name)
    site.socket = context.wrap_socket(site.socket, server_side=True)
    return called


def test_the_certificate_is_checked_for_the_name_and_not_for_the_address(
    site: Site, names_in_handshakes: list[str | None]
) -> None:
    network = Detour(site.server_port)
    assert fetch("https://news.test/", resolver=Names(NAMES), network=network).content == html()
    assert (network.asked_for, names_in_handshakes) == ([PUBLIC], ["news.test"])
    assert site.requests[0][1]["Host"] == "news.test"


def test_a_certificate_for_another_name_is_unreachable(site: Site, names_in_handshakes: list[str | None]) -> None:
    with pytest.raises(SourceUnreachable, match="certificate"):
        fetch("https://other.test/", resolver=Names(NAMES), network=Detour(site.server_port))
    assert names_in_handshakes == ["other.test"] and not site.requests


# --- the command ------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("bare")
def test_the_command_takes_an_address(site: Site) -> None:
    done = run_command(f"{site.url}/", "--allow-private-hosts", "-f", "json", "--model", "extractive")
    assert json.loads(done.stdout)["article"]["url"] == f"{site.url}/"
    assert run_command("prompts", "render", f"{site.url}/", SUMMARIZER_ALLOW_PRIVATE_HOSTS="1").returncode == 0


@pytest.mark.usefixtures("bare")
def test_the_command_says_how_to_allow_a_private_host(site: Site) -> None:
    done = run_command(f"{site.url}/")
    assert (done.returncode, done.stdout, site.requests) == (1, "", [])
    assert "--allow-private-hosts" in done.stderr and "Traceback" not in done.stderr


def test_reading_what_is_no_address_loads_no_client() -> None:
    code = f"import sys, summarizer; summarizer.read_article({TEXT!r}); print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"httpx2", "httpcore2"} & set(done.stdout.split())
