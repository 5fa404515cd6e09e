"""The file that keeps replies: many writers at once, a bound on its size, and whatever may be wrong with a file."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from pathlib import Path

import pytest

from summarizer.models import reply_store
from summarizer.models.reply_store import ReplyStore

ROOM = 10_000_000


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "replies.sqlite3"


def filled(file: Path, *keys: str, room: int = ROOM, size: int = 10) -> ReplyStore:
    store = ReplyStore(file, room)
    for key in keys:
        store.put(key, "stub", "x" * size)
    return store


def among(store: ReplyStore, keys: Iterable[str]) -> list[str]:
    return [key for key in keys if store.get(key) is not None]


def names(count: int) -> list[str]:
    return [f"{number:03}" for number in range(count)]


def test_what_is_put_is_there_after_a_restart(file: Path) -> None:
    store = ReplyStore(file, ROOM)
    store.put("a", "stub", 'ä "\x00" 水\n')
    store.close()
    again = ReplyStore(file, ROOM)
    assert (again.get("a"), again.get("b")) == ('ä "\x00" 水\n', None)


def test_the_last_reply_under_a_key_counts(file: Path) -> None:
    store = filled(file, "a")
    store.put("a", "stub", "other")
    info = store.info()
    assert store.get("a") == "other"
    assert info is not None and info.replies == 1


def test_it_says_what_it_holds_and_forgets_it(file: Path) -> None:
    store = filled(file, "a", "b", size=50_000)
    store.put("c", "another", "x")
    info = store.info()
    assert info is not None
    assert (info.replies, dict(info.models)) == (3, {"another": 1, "stub": 2})
    assert 100_000 < info.bytes < 200_000
    assert store.clear() == 3
    assert among(store, "abc") == []
    store.close()
    assert file.stat().st_size < 50_000


def test_nobody_else_may_read_it(file: Path) -> None:
    filled(file, "a")
    assert {path.stat().st_mode & 0o077 for path in file.parent.iterdir()} == {0}


# --- room -------------------------------------------------------------------------------------------------------


def test_what_was_not_used_for_longest_goes_first(file: Path) -> None:
    keys = names(40)
    store = filled(file, *keys, room=1_000_000, size=20_000)
    assert among(store, keys[:5]) == keys[:5]  # and so they are used
    for number in range(20):
        store.put(f"new {number}", "stub", "x" * 20_000)
    left = among(store, keys)
    assert left[:5] == keys[:5]
    assert left[5:] == keys[-len(left[5:]) :]
    assert 5 < len(left) < 40
    assert len(among(store, [f"new {number}" for number in range(20)])) == 20


@pytest.mark.parametrize("size", [300, 9_000, 100_000])
def test_the_file_stays_within_its_room(file: Path, size: int) -> None:
    room = 1_000_000
    store = filled(file, *names(3 * room // size), room=room, size=size)
    info = store.info()
    store.close()
    assert file.stat().st_size <= room + size + 10_000
    assert info is not None and info.bytes > 0.8 * room  # and nearly fills it


def test_a_reply_larger_than_the_room_is_not_kept(file: Path) -> None:
    store = filled(file, "a", room=100_000, size=200_000)
    store.put("b", "stub", "small")
    assert among(store, "ab") == ["b"]


# --- many at once -----------------------------------------------------------------------------------------------

WRITER = """
import sys
from pathlib import Path
from summarizer.models.reply_store import ReplyStore
store = ReplyStore(Path(sys.argv[1]), 10_000_000)
sys.stdin.readline()
for number in range(100):
    store.put(f"{sys.argv[2]}/{number}", "stub", sys.argv[2] * 2000)
    store.put(f"shared/{number}", "stub", sys.argv[2] * 2000)
    assert store.get(f"{sys.argv[2]}/{number}") == sys.argv[2] * 2000, number
"""


def test_processes_that_write_at_once_lose_nothing(file: Path) -> None:
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, str(file), name],
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for name in "abcd"
    ]
    for writer in writers:  # all begin with a file that isn't there yet
        assert writer.stdin is not None
        writer.stdin.write("\n")
        writer.stdin.flush()
    said = [writer.communicate()[1] for writer in writers]
    assert said == [""] * 4
    store = ReplyStore(file, ROOM)
    for name in "abcd":
        assert all(store.get(f"{name}/{number}") == name * 2000 for number in range(100))
    assert all((store.get(f"shared/{number}") or "")[1:] in [name * 1999 for name in "abcd"] for number in range(100))


def test_two_may_make_the_same_file(file: Path) -> None:
    """The second has seen that it is empty, and waits until the first has made the tables."""
    file.parent.mkdir()
    first = sqlite3.connect(file, isolation_level=None)
    first.execute("BEGIN IMMEDIATE")
    second = ReplyStore(file, ROOM)
    waiting = threading.Thread(target=second.put, args=("a", "stub", "x"))
    waiting.start()
    time.sleep(0.1)
    for statement in reply_store.TABLES.split(";"):
        first.execute(statement)
    first.execute(f"PRAGMA application_id = {reply_store.APPLICATION}")
    first.execute(f"PRAGMA user_version = {reply_store.VERSION}")
    first.execute("COMMIT")
    waiting.join()
    assert second.get("a") == "x"


def test_threads_share_a_store(file: Path) -> None:
    store = ReplyStore(file, ROOM)

    def write(name: str) -> None:
        for number in range(50):
            store.put(f"{name}/{number}", "stub", name)

    threads = [threading.Thread(target=write, args=(name,)) for name in "abcdefgh"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    info = store.info()
    assert info is not None and info.replies == 400


def test_a_process_that_hangs_while_it_writes_holds_nobody_up(
    file: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(reply_store, "BUSY_SECONDS", 0.05)
    store = filled(file, "a")
    hanging = sqlite3.connect(file, isolation_level=None)
    hanging.execute("BEGIN IMMEDIATE")
    store.put("b", "stub", "x")
    hanging.execute("ROLLBACK")
    store.put("b", "stub", "x")  # it rests, and does not even try
    assert store.get("a") is not None
    assert store.get("b") is None
    assert [record.getMessage().count("locked") for record in caplog.records] == [1]


# --- a file that is not as it should be -------------------------------------------------------------------------


def garbage(file: Path) -> None:
    file.write_bytes(b"\x00\xff not a database " * 1000)


def torn(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def scribbled(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[4096:] = os.urandom(len(data) - 4096)  # all but the header
    file.write_bytes(data)


@pytest.mark.parametrize("damage", [garbage, torn, scribbled])
def test_a_damaged_file_is_set_aside_and_a_new_one_begun(
    file: Path, damage: object, caplog: pytest.LogCaptureFixture
) -> None:
    assert callable(damage)
    filled(file, *names(50), size=3000).close()
    damage(file)
    damaged = file.read_bytes()
    store = ReplyStore(file, ROOM)
    for key in names(50):
        store.get(key)
        store.put(key, "stub", "new")
    assert [store.get(key) for key in names(50)][1:] == ["new"] * 49  # at most the one that met the damage is lost
    [aside] = file.parent.glob("*.damaged-*")
    assert len(aside.read_bytes()) == len(damaged)
    [message] = [record.getMessage() for record in caplog.records]
    assert str(file) in message and aside.name in message


def test_two_that_meet_the_same_damage_set_it_aside_once(file: Path) -> None:
    filled(file, *names(50), size=3000).close()
    stores = [ReplyStore(file, ROOM) for _ in range(2)]
    assert [store.get("000") is None for store in stores] == [False, False]
    scribbled(file)
    for store in stores:
        for key in names(50):
            store.get(key)
    for number, store in enumerate(stores):
        store.put(f"new {number}", "stub", "x")
    assert [among(store, ["new 0", "new 1"]) for store in stores] == [["new 0", "new 1"]] * 2
    moved = [path.name.partition(".damaged-")[2] for path in file.parent.glob("*.damaged-*")]
    assert len({name.partition("-")[0] for name in moved}) == 1
    # With its log, which beside a new file would be taken for that one's.
    assert {name.partition("-")[2] for name in moved} == {"", "wal", "shm"}


def test_the_database_of_another_program_is_left_alone(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    file.parent.mkdir()
    other = sqlite3.connect(file)
    other.execute("CREATE TABLE accounts (name)")
    other.close()
    before = file.read_bytes()
    store = filled(file, "a")
    assert store.get("a") is None
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == [file.name]
    assert [record.getMessage().count("another program") for record in caplog.records] == [1]


def test_a_file_of_another_version_is_left_alone(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    filled(file, "a").close()
    later = sqlite3.connect(file)
    later.execute("PRAGMA user_version = 99")
    later.close()
    assert filled(file, "b").get("a") is None
    assert [record.getMessage().count("another version") for record in caplog.records] == [1]


def test_where_there_can_be_no_file_there_is_no_cache(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("")
    store = filled(tmp_path / "file" / "replies.sqlite3", "a", "b")
    assert among(store, "ab") == []
    assert [record.getMessage().count("without a cache") for record in caplog.records] == [1]
    folder = filled(tmp_path, "a")
    assert folder.get("a") is None


FULL = """
import resource, sys
from pathlib import Path
from summarizer.models.reply_store import ReplyStore
store = ReplyStore(Path(sys.argv[1]), 10_000_000)
store.put("first", "stub", "x" * 50_000)
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
for number in range(20):
    store.put(str(number), "stub", "x" * 50_000)
print(len(store.get("first")))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no limit on file sizes to be set there")
def test_a_full_disk_ends_nothing(file: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(file)], capture_output=True, text=True, check=True, timeout=30
    )
    assert done.stdout == "50000\n"
    assert len(done.stderr.splitlines()) == 1 and "the run goes on" in done.stderr
    assert ReplyStore(file, ROOM).get("first") is not None


def test_a_writer_killed_in_the_middle_leaves_a_whole_file(file: Path) -> None:
    filled(file, "a").close()
    script = f"""
import os, sqlite3
database = sqlite3.connect({str(file)!r}, isolation_level=None)
database.execute("BEGIN IMMEDIATE")
database.execute("INSERT INTO replies (key, model, value, used) VALUES ('b', 'stub', 'x', 1)")
os._exit(9)
"""
    subprocess.run([sys.executable, "-c", script], check=False)
    store = ReplyStore(file, ROOM)
    store.put("c", "stub", "x")
    assert among(store, "abc") == ["a", "c"]
