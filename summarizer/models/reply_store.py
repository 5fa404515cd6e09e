"""The file that keeps replies: SQLite, for any number of processes and threads, no larger than it may be."""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

_log = logging.getLogger(__name__)

APPLICATION = 0x53554D52
"""Marks a file of ours (SQLite's application_id), so that no other database is ever written into."""

VERSION = 1
"""Of the tables below (SQLite's user_version)."""

TABLES = """
CREATE TABLE replies (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  model TEXT NOT NULL,
  value TEXT NOT NULL,
  used INTEGER NOT NULL
);
CREATE INDEX by_use ON replies (used);
"""
# With a row id, unlike one by key, replies of one time lie together: taking the oldest away frees whole pages.

BUSY_SECONDS = 5.0
"""How long to wait for another process that writes; one write takes about a millisecond."""

REST_SECONDS = 60.0
"""How long nothing is written after such a wait in vain: a process that hangs must not hold up a whole run."""

LEFT_FULL = 0.98
"""How much of the room is left full when it gets too small: more would be lost at once, less be done too often."""

_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)

Result = TypeVar("Result")


@dataclass(frozen=True)
class StoreInfo:
    """What a file holds."""

    replies: int
    bytes: int
    models: Mapping[str, int]
    """Replies by the model's name."""


class _NotOurs(Exception):
    """The file is a database, but not one to write into."""


class ReplyStore:
    """Replies by key. Nothing that is wrong with the file is an error for who asks: it is logged, and there is no
    reply. A damaged file is set aside, and a new one begun."""

    def __init__(self, path: Path, most_bytes: int) -> None:
        self.path = path
        self.most_bytes = most_bytes
        self._lock = threading.Lock()
        self._database: sqlite3.Connection | None = None
        self._file: os.stat_result | None = None
        self._is_off = False
        self._rests_until = 0.0
        self._said: set[str] = set()

    def get(self, key: str) -> str | None:
        """What is kept under `key`, which thereby counts as used."""
        return self._tried(lambda database: _get(database, key))

    def put(self, key: str, model: str, value: str) -> None:
        """Keeps `value`, and lets go what was not used for longest where there is no room."""
        if time.monotonic() >= self._rests_until:
            self._tried(lambda database: _put(database, key, model, value, self.most_bytes))

    def info(self) -> StoreInfo | None:
        """What the file holds; None when it can't be read."""
        return self._tried(_info)

    def clear(self) -> int | None:
        """Takes everything out, and says how many replies that were; None when it can't be done."""
        return self._tried(_clear)

    def close(self) -> None:
        """Closes the file; the next call opens it again."""
        with self._lock:
            self._close()

    def _tried(self, work: Callable[[sqlite3.Connection], Result]) -> Result | None:
        with self._lock:
            if self._is_off:
                return None
            try:
                if self._database is None:
                    self._database = self._opened()
                return work(self._database)
            except sqlite3.Error as error:
                self._met(error)
            except (OSError, _NotOurs) as error:
                self._is_off = True
                self._say(f"{self.path} can't keep replies: {error}. This run goes on without a cache.")
        return None

    def _opened(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.touch(mode=0o600)  # what people summarise is nobody else's business
        database = sqlite3.connect(
            self.path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )  # threads take turns, by the lock
        self._file = self.path.stat()
        try:
            _prepare(database)
        except BaseException:
            database.close()
            raise
        return database

    def _met(self, error: sqlite3.Error) -> None:
        was_open = self._database is not None
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code in _DAMAGED:
            self._close()
            self._set_aside(error)
            return
        if code == sqlite3.SQLITE_BUSY:
            self._rests_until = time.monotonic() + REST_SECONDS
        self._is_off = not was_open  # what can't be opened now won't be for the next reply
        self._say(f"{self.path}: {error}. This reply was not looked up or kept; the run goes on.")

    def _set_aside(self, error: sqlite3.Error) -> None:
        """Moves the damaged file out of the way, unless another process has done so already."""
        aside = self.path.with_name(f"{self.path.name}.damaged-{time.time_ns()}")
        try:
            if self._file is None or not os.path.samestat(self.path.stat(), self._file):
                return
            # The log first: beside a new file it would be taken for that one's.
            for suffix in ("-shm", "-wal", ""):
                with suppress(FileNotFoundError):
                    Path(f"{self.path}{suffix}").replace(f"{aside}{suffix}")
        except OSError as failed:
            self._is_off = True
            self._say(f"{self.path} is damaged ({error}) and can't be moved: {failed}. Delete it.")
        else:
            self._say(f"{self.path} is damaged ({error}): it is now {aside.name}, and a new one is begun.")

    def _say(self, message: str) -> None:
        if message not in self._said:
            self._said.add(message)
            _log.warning("%s", message)

    def _close(self) -> None:
        if self._database:
            with suppress(sqlite3.Error):
                self._database.close()
        self._database = None


# --- in SQL -----------------------------------------------------------------------------------------------------


def _prepare(database: sqlite3.Connection) -> None:
    """Makes the tables in a new file. Raises _NotOurs for a database of somebody else's or of another version."""
    if _is_new(database):
        with _transaction(database):
            if _is_new(database):  # still, now that nobody else can write
                for statement in TABLES.strip().split(";")[:-1]:
                    database.execute(statement)
                database.execute(f"PRAGMA application_id = {APPLICATION}")
                database.execute(f"PRAGMA user_version = {VERSION}")
    if _number(database, "PRAGMA application_id") != APPLICATION:
        raise _NotOurs("it is the database of another program")
    if (found := _number(database, "PRAGMA user_version")) != VERSION:
        raise _NotOurs(
            f"another version of this program has made it ({found}, not {VERSION}); delete it, or name another"
        )
    with suppress(sqlite3.OperationalError):  # another process opens it at this moment; it is as safe without
        database.execute("PRAGMA journal_mode = WAL").fetchall()
    database.execute("PRAGMA synchronous = NORMAL")  # a power cut may lose the last replies, never the file


def _is_new(database: sqlite3.Connection) -> bool:
    return _number(database, "SELECT count(*) FROM sqlite_master") == 0 and not _number(
        database, "PRAGMA user_version"
    )


def _get(database: sqlite3.Connection, key: str) -> str | None:
    found = database.execute("SELECT value FROM replies WHERE key = ?", (key,)).fetchall()
    if not found:
        return None
    database.execute("PRAGMA busy_timeout = 0")  # not worth a wait
    with suppress(sqlite3.OperationalError):  # a full disk, another writer: the reply is good all the same
        database.execute("UPDATE replies SET used = ? WHERE key = ?", (time.time_ns(), key))
    database.execute(f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000:.0f}")
    value: str = found[0][0]
    return value


def _put(database: sqlite3.Connection, key: str, model: str, value: str, most_bytes: int) -> None:
    with _transaction(database):
        row = (key, model, value, time.time_ns())
        database.execute("INSERT OR REPLACE INTO replies (key, model, value, used) VALUES (?, ?, ?, ?)", row)
        if _bytes(database) > most_bytes:
            _evict(database, int(LEFT_FULL * most_bytes))


def _evict(database: sqlite3.Connection, most_bytes: int) -> None:
    least_used = "DELETE FROM replies WHERE id = (SELECT id FROM replies ORDER BY used LIMIT 1)"
    while _bytes(database) > most_bytes and database.execute(least_used).rowcount:
        pass


def _bytes(database: sqlite3.Connection) -> int:
    """What the replies take; room that is free in the file is used again before it grows."""
    pages = _number(database, "PRAGMA page_count") - _number(database, "PRAGMA freelist_count")
    return pages * _number(database, "PRAGMA page_size")


def _info(database: sqlite3.Connection) -> StoreInfo:
    models = dict(database.execute("SELECT model, count(*) FROM replies GROUP BY model ORDER BY model"))
    return StoreInfo(sum(models.values()), _bytes(database), MappingProxyType(models))


def _clear(database: sqlite3.Connection) -> int:
    gone = database.execute("DELETE FROM replies").rowcount
    with suppress(sqlite3.OperationalError):  # another process reads: the room is then used again, not given back
        database.execute("VACUUM")
    return gone


def _number(database: sqlite3.Connection, query: str) -> int:
    number: int = database.execute(query).fetchall()[0][0]
    return number


@contextmanager
def _transaction(database: sqlite3.Connection) -> Iterator[None]:
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with suppress(sqlite3.Error):  # a full disk has ended it already
            database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")
