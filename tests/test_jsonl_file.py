"""A file that only grows: whole lines, whatever happens to the one that is being written."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import OutputFailed
from summarizer.jsonl_file import AppendOnlyFile, lines_of

LINES = st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=40), max_size=8)


@given(LINES, st.integers(0, 500))
def test_a_file_cut_anywhere_keeps_its_whole_lines_and_goes_on(
    tmp_path_factory: pytest.TempPathFactory, written: list[str], cut: int
) -> None:
    path = tmp_path_factory.mktemp("appended") / "x.jsonl"
    first = AppendOnlyFile(path)
    starts = [first.append(line) for line in written]
    assert [first.at(start).decode() for start in starts] == [f"{line}\n" for line in written]
    first.close()
    content = path.read_bytes()[:cut] if path.exists() else b""
    path.write_bytes(content)
    again = AppendOnlyFile(path)
    again.append("last")
    whole = content[: content.rfind(b"\n") + 1]
    assert b"".join(line for _, line in again.lines()) == whole + b"last\n"


def test_half_a_line_may_be_long(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"one\n" + b"x" * 300_000)
    AppendOnlyFile(path)
    assert path.read_bytes() == b"one\n"


def test_lines_of_a_growing_file_are_its_whole_ones(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"one\ntwo\nthr")
    assert [line for _, line in lines_of(path)] == [b"one\n", b"two\n"]
    assert path.read_bytes() == b"one\ntwo\nthr"


def test_only_the_lines_wanted_are_kept(tmp_path: Path) -> None:
    file = AppendOnlyFile(tmp_path / "x.jsonl")
    starts = [file.append(line) for line in ("one", "two", "three")]
    file.keep({starts[0], starts[2]})
    file.append("four")
    assert [line for _, line in file.lines()] == [b"one\n", b"three\n", b"four\n"]
    assert [path.name for path in tmp_path.iterdir()] == ["x.jsonl"]


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(OutputFailed, match="Is a directory"):
        AppendOnlyFile(tmp_path)
