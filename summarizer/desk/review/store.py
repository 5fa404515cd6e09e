"""The store: a folder with a folder for each record, in which drafts and reviews stand by the names of people."""

from __future__ import annotations

import hashlib
import json
import re
import threading
from codecs import BOM_UTF8
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from summarizer.desk.bodies import Kept, Row, Rows
from summarizer.desk.problems import Problem
from summarizer.errors import OutputFailed
from summarizer.jsonl_file import take_alone
from summarizer.record import Part, Summary
from summarizer.written import write_file

Room = Literal["drafts", "reviews", "settled"]
"""What is saved of a record: work that is not done, what somebody has found, what was found in the end."""

ID = re.compile(r"[0-9a-f]{16}")
SETTLED = "settled"
"""Under which name the one thing in that room stands."""


class Origin(Part):
    """What is known of a record besides what stands in it."""

    added: str
    batch: str | None = None
    key: str | None = None
    language: str | None = None
    """That its written parts were asked for in."""
    suffix: str | None = None
    """Of the file with the article as it came; None where there is none."""


class Store:
    """The records of a folder, which this process has alone. Raises OutputFailed where it can't be had or written,
    and Problem for what is not there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock_file = (folder / ".lock").open("ab")
        except OSError as error:
            raise OutputFailed(f"{folder}: {error.strerror}. Name another folder with --records.") from error
        take_alone(self._lock_file, folder)
        self._writing = threading.Lock()
        self._rows = {path.parent.name: self._row(path.parent.name) for path in folder.glob("*/record.json")}

    def close(self) -> None:
        """Lets others have the folder."""
        self._lock_file.close()

    def add(
        self,
        summary: Summary,
        *,
        batch: str | None = None,
        key: str | None = None,
        language: str | None = None,
        source: bytes | None = None,
        suffix: str = ".txt",
    ) -> str:
        """Keeps a record under the hash of what it says, with its article as it came; says the hash."""
        text = summary.model_dump_json(indent=2)
        id_ = hashlib.sha256(text.encode()).hexdigest()[:16]
        if id_ in self._rows:
            return id_
        at = self.folder / id_
        at.mkdir(exist_ok=True)
        if source is not None:
            (at / f"source{suffix}").write_bytes(source.removeprefix(BOM_UTF8))
        kept = suffix if source is not None else None
        origin = Origin(added=_now(), batch=batch, key=key, language=language, suffix=kept)
        write_file(at / "origin.json", origin.model_dump_json(indent=2))
        write_file(at / "record.json", text)  # the last, for it is what makes this a record
        self._rows[id_] = self._row(id_)
        return id_

    def text(self, id_: str) -> str:
        """A record as it was made, as JSON."""
        return (self._at(id_) / "record.json").read_text(encoding="utf-8")

    def record(self, id_: str) -> Summary:
        """A record as it was made."""
        return Summary.model_validate_json(self.text(id_))

    def origin(self, id_: str) -> Origin:
        """What else is known of it."""
        return Origin.model_validate_json((self._at(id_) / "origin.json").read_bytes())

    def source(self, id_: str) -> Path | None:
        """The file with its article as it came."""
        suffix = self.origin(id_).suffix
        return self._at(id_) / f"source{suffix}" if suffix else None

    def kept(self, id_: str, room: Room, by: str = SETTLED) -> Kept | None:
        """What somebody has saved; None for nothing."""
        file = self._at(id_) / room / _file(by)
        return Kept.model_validate_json(file.read_bytes()) if file.is_file() else None

    def all_kept(self, id_: str, room: Room) -> tuple[Kept, ...]:
        """What everybody has saved, by name."""
        files = (self._at(id_) / room).glob("*.json")
        return tuple(
            sorted((Kept.model_validate_json(file.read_bytes()) for file in files), key=lambda each: each.by)
        )

    def keep(self, id_: str, room: Room, by: str, value: Any, expected: int, name: str | None = None) -> Kept:
        """Saves this in the place of the version that is `expected` to be there (0: nothing). Raises Problem with
        the one that is, where that is another: what was saved elsewhere is not lost."""
        file = self._at(id_) / room / _file(name or by)
        with self._writing:
            there = self.kept(id_, room, name or by)
            if expected != (version := there.version if there else 0):
                detail = f"Version {version} is there, not {expected}: put yours together with it, then save that."
                raise Problem(412, detail, current=there and there.model_dump(mode="json"))
            kept = Kept(version=version + 1, by=by, at=_now(), value=value)
            file.parent.mkdir(exist_ok=True)
            write_file(file, kept.model_dump_json(indent=2))
            self._rows[id_] = self._row(id_)
        return kept

    def drop(self, id_: str, room: Room, by: str) -> None:
        """Forgets what somebody has saved."""
        with self._writing:
            (self._at(id_) / room / _file(by)).unlink(missing_ok=True)
            self._rows[id_] = self._row(id_)

    def rows(self, *, state: str | None, batch: str | None, first: int, most: int) -> Rows:
        """The list: what nobody has settled before what is done, the gravest first, then the newest."""
        wanted = [row for row in self._rows.values() if state in (None, row.state) and batch in (None, row.batch)]
        newest = sorted(wanted, key=lambda row: row.added, reverse=True)
        urgent = sorted(newest, key=_urgency, reverse=True)
        return Rows(total=len(urgent), records=tuple(urgent[first : first + most]))

    def row(self, id_: str) -> Row:
        """A record's line in the list."""
        self._at(id_)
        return self._rows[id_]

    def _at(self, id_: str) -> Path:
        if not ID.fullmatch(id_) or not (self.folder / id_ / "record.json").is_file():
            raise Problem(404, f"There is no record {id_[:40]!r}. Those that there are: GET /records")
        return self.folder / id_

    def _row(self, id_: str) -> Row:
        record = json.loads((self.folder / id_ / "record.json").read_bytes())
        origin, reviews = self.origin(id_), self.all_kept(id_, "reviews")
        return Row(
            id=id_,
            title=(record["headline"] or {}).get("text") or record["article"]["title"],
            **{name: record["article"][name] for name in ("url", "language")},
            status=record["status"],
            model=record["run"]["model"],
            **origin.model_dump(include={"added", "batch", "key"}),
            findings=Counter(finding["severity"] for finding in record["findings"]),
            state=self._state(id_, reviews),
            reviewers=tuple(each.by for each in reviews),
            drafts=tuple(each.by for each in self.all_kept(id_, "drafts")),
        )

    def _state(self, id_: str, reviews: tuple[Kept, ...]) -> Literal["unread", "reviewed", "differing", "settled"]:
        if self.kept(id_, "settled"):
            return "settled"
        differing = any(_said(each) != _said(reviews[0]) for each in reviews)
        return "differing" if differing else "reviewed" if reviews else "unread"


def _said(review: Kept) -> dict[str, Any]:
    """What a reviewed record says, whoever has reviewed it."""
    return {name: value for name, value in review.value.items() if name != "run"}


def _urgency(row: Row) -> tuple[bool, int, int]:
    return row.state in ("unread", "differing"), row.findings.get("error", 0), row.findings.get("warning", 0)


def _file(name: str) -> str:
    """A name may hold what a file's can't."""
    return f"{hashlib.sha256(name.encode()).hexdigest()[:16]}.json"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
