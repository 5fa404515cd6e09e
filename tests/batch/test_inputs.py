"""What can be given to `summarizer batch`: files, folders, patterns, tables, lists of addresses, feeds, a pipe."""

from __future__ import annotations

import codecs
import csv
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from batch_runs import batch, lines
from towns import row, town

from summarizer.batch.input.inputs import Inputs
from summarizer.batch.input.rows import Fields
from summarizer.batch.item import content_key
from summarizer.errors import ReadingError

RULES = ("-o", "out.jsonl", "--model", "extractive", "-q")


@pytest.fixture(autouse=True)
def elsewhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def keys_of(*arguments: str, fields: Fields | None = None, **options: Any) -> list[str]:
    return [item.key for item in Inputs(arguments, fields=fields or Fields(), **options)]


def failures() -> dict[str, str]:
    return {line.key: line.error.message for line in lines() if line.error}


def failures_by_place() -> dict[str, str]:
    """By FILE:LINE, which a message begins with."""
    return {":".join(message.split(":")[:2]): message for message in failures().values()}


def titles() -> dict[str, str | None]:
    return {line.key: line.record.article.title for line in lines() if line.record}


def write_jsonl(path: str, rows: Iterable[Any]) -> None:
    Path(path).write_text("".join(json.dumps(each) + "\n" for each in rows), encoding="utf-8")


# --- files ------------------------------------------------------------------------------------------------------


def test_folders_patterns_and_files_come_in_order() -> None:
    for name in ("a/2.txt", "a/1.md", "a/deep/3.html", "a/.git/4.txt", "b/5.eml", "b/notes.pdf"):
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(town(1))
    assert keys_of("a") == ["a/1.md", "a/2.txt", "a/deep/3.html"]
    assert keys_of("**/*.html", "b/*") == ["a/deep/3.html", "b/5.eml", "b/notes.pdf"]
    assert keys_of("a/2.txt", "b") == ["a/2.txt", "b/5.eml"]
    assert Inputs(("a", "b")).count() == 4


def test_a_name_that_is_no_utf_8_has_a_key_all_the_same() -> None:
    Path(os.fsdecode(b"caf\xe9.txt")).write_text(town(1))
    assert batch(".", *RULES).returncode == 0
    assert [line.key for line in lines()] == ["caf?.txt"]
    assert batch(".", *RULES).returncode == 0 and len(lines()) == 1


def test_a_file_that_may_not_be_read_is_one_line() -> None:
    Path("a.jsonl").symlink_to("nowhere.jsonl")
    Path("b.txt").write_text(town(1))
    assert batch(".", *RULES).returncode == 1
    assert failures() == {"a.jsonl": "a.jsonl can't be read: No such file or directory"}


# --- tables -----------------------------------------------------------------------------------------------------


def test_rows_of_jsonl_are_known_by_id_address_or_content() -> None:
    texts = [{"text": town(number)} for number in range(3)]
    write_jsonl("in.jsonl", [{**texts[0], "id": 7}, {**texts[1], "url": "https://example.org/1"}, texts[2]])
    assert batch("in.jsonl", *RULES).returncode == 0
    assert sorted(line.key for line in lines()) == [
        content_key("", town(2).strip(), ""),
        "7",
        "https://example.org/1",
    ]
    assert {line.record.article.url for line in lines() if line.record} == {None, "https://example.org/1"}


def test_fields_have_the_names_that_are_given() -> None:
    write_jsonl(
        "in.jsonl", [{"nr": "x", "body": town(1), "head": "Bridge closed", "day": "2024-05-14", "text": "no"}]
    )
    named = ("--text-field", "body", "--title-field", "head", "--id-field", "nr", "--date-field", "day")
    assert batch("in.jsonl", *named, *RULES).returncode == 0
    [line] = lines()
    assert line.record and (line.key, line.record.article.title) == ("x", "Bridge closed")
    assert line.record.article.published == "2024-05-14"


def test_a_bad_row_is_one_line_and_the_others_go_on() -> None:
    good = json.dumps(row(1))
    content = [good, "{half", "[1, 2]", '{"story": "x"}', '{"id": "e", "text": " "}', "", "[" * 100_000, "\udcff"]
    Path("in.jsonl").write_text("\n".join(content) + "\n", errors="surrogateescape")
    assert batch("in.jsonl", *RULES).returncode == 1
    said = failures_by_place()
    assert set(said) == {f"in.jsonl:{number}" for number in (2, 3, 4, 5, 7, 8)} and "e" in failures()
    assert "no JSON" in said["in.jsonl:2"] and "a list" in said["in.jsonl:3"]
    assert "the row has: story" in said["in.jsonl:4"] and "--text-field" in said["in.jsonl:4"]
    assert list(titles()) == ["town-1"]


def test_a_text_is_never_taken_for_a_path_or_an_address() -> None:
    Path("secret.txt").write_text(town(1))
    write_jsonl("in.jsonl", [{"text": "secret.txt"}, {"text": "http://127.0.0.1:9/"}, {"text": "/etc/passwd"}])
    batch("in.jsonl", *RULES)
    assert [line.record.status for line in lines() if line.record] == ["too_short"] * 3


def test_text_in_any_script_and_broken_characters_come_through() -> None:
    Path("in.jsonl").write_text(json.dumps({"id": "\ud800x", "text": town(1) + "Łódź 東京 \ud83d"}) + "\n")
    assert batch("in.jsonl", *RULES).returncode == 0
    assert [line.key for line in lines()] == ["?x"]


@pytest.mark.parametrize(("suffix", "delimiter"), [(".csv", ","), (".csv", ";"), (".tsv", "\t")])
def test_rows_of_csv(suffix: str, delimiter: str) -> None:
    path = Path(f"in{suffix}")
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerow(["title", "text"])
        writer.writerow(['Bridge; "closed", again', town(1).replace(". ", ".\n\n")])
        writer.writerow(["Long", town(2) * 700])  # beyond the csv module's own limit
    assert batch(path, *RULES).returncode == 0
    assert sorted(filter(None, titles().values())) == ['Bridge; "closed", again', "Long"]
    assert Inputs((str(path),)).count() == 2


def test_quotes_behind_a_backslash_are_quotes_and_other_backslashes_stay() -> None:
    Path("in.csv").write_text('id,text\n1,"He said \\"so, C:\\new\\\\\\""\n2,x\n')
    first, second = Inputs(("in.csv",))
    assert first.source == codecs.BOM_UTF8 + b'He said "so, C:\\new\\"' and (first.key, second.key) == ("1", "2")
    Path("in.csv").write_text('id,text\n1,"C:\\new ""so"", D:\\"\n2,x\n')
    assert next(item.source for item in Inputs(("in.csv",))) == codecs.BOM_UTF8 + b'C:\\new "so", D:\\'


@pytest.mark.parametrize("bad", ["3,Bridge closed, it said", "3"])
def test_a_row_whose_fields_are_not_those_of_the_columns_is_an_error_and_no_shorter_article(bad: str) -> None:
    Path("in.csv").write_text(f'id,text\n1,"{town(1)}"\n{bad}\n')
    assert batch("in.csv", *RULES).returncode == 1
    assert list(titles()) == ["1"]
    [message] = failures().values()
    assert re.match(r"in\.csv(: no CSV from the row at in\.csv)?:\d+", message)


def test_empty_fields_at_the_end_of_a_row_do_no_harm() -> None:
    Path("in.csv").write_text(f'id,text\n1,"{town(1)}",,\n')
    assert batch("in.csv", *RULES).returncode == 0 and list(titles()) == ["1"]


def test_a_quote_out_of_place_makes_no_articles_of_the_lines_after_it() -> None:
    Path("in.csv").write_text(f'id,text\n1,"{town(1)}"\n2,"He said "no" at once.\n\nThe pump, he said"\n')
    assert batch("in.csv", *RULES).returncode == 1
    assert list(titles()) == ["1"] and "from the row at in.csv:" in failures()["in.csv"]


def test_what_comes_before_a_row_does_not_decide_its_key() -> None:
    write_jsonl("in.jsonl", [{"text": town(1)}])
    assert batch("in.jsonl", *RULES).returncode == 0
    [before] = lines()
    write_jsonl("in.jsonl", [{"text": town(2)}, {"text": town(1)}])
    assert batch("in.jsonl", *RULES).returncode == 0
    assert before in lines() and len(lines()) == 2


def test_an_id_that_two_articles_have_is_told_and_neither_is_lost() -> None:
    write_jsonl("in.jsonl", [{"id": 7, "text": town(1)}, {"id": 7, "text": town(2)}, {"id": 8, "text": town(3)}])
    for _ in range(2):
        done = batch("in.jsonl", *RULES[:-1])
        assert done.returncode == 0 and "more than one article, each with a line of its own: 7\n" in done.stderr
    assert sorted(line.key for line in lines()) == ["7", "7", "8"]


@pytest.mark.parametrize("name", ["earlier.jsonl", "earlier.ndjson", "earlier.txt"])
def test_lines_of_an_earlier_run_are_left_aside_and_that_is_said(name: str) -> None:
    Path("a.txt").write_text(town(1))
    assert batch("a.txt", "-o", name, "--format", "jsonl", "--model", "extractive", "-q").returncode == 0
    done = batch(".", "*", *RULES[:-1])
    assert done.returncode == 0 and "2 of an earlier run" in done.stderr
    assert [line.key for line in lines()] == ["a.txt"]


def test_a_table_of_an_earlier_run_is_left_aside() -> None:
    pytest.importorskip("pyarrow")
    Path("a.txt").write_text(town(1))
    assert batch("a.txt", "-o", "earlier.parquet", "--model", "extractive", "-q").returncode == 0
    assert keys_of(".") == ["a.txt"]


def test_a_table_of_something_else_in_a_folder_is_one_line() -> None:
    Path("news").mkdir()
    Path("news/prices.csv").write_text("fruit,price\napple,2\n")
    Path("news/x.txt").write_text(town(1))
    assert batch("news", *RULES).returncode == 1
    assert "neither a column 'text' nor 'url'" in failures()["news/prices.csv"] and len(lines()) == 2


def test_a_csv_in_another_charset_says_so() -> None:
    Path("in.csv").write_bytes(b"id,text\nx,Caf\xe9\n")
    assert batch("in.csv", *RULES).returncode == 1
    assert failures() == {"in.csv": "in.csv: not UTF-8 from here on. Save it as UTF-8."}


def test_rows_of_parquet() -> None:
    import pyarrow
    from pyarrow import parquet

    rows = [{**row(number), "date": date(2024, 5, number % 31 + 1), "rest": [1]} for number in range(130)]
    parquet.write_table(pyarrow.Table.from_pylist(rows), "in.parquet")
    assert batch("in.parquet", *RULES).returncode == 0
    published = {line.key: line.record.article.published for line in lines() if line.record}
    assert len(published) == 130 and published["town-7"] == "2024-05-08"
    assert Inputs(("in.parquet",)).count() == 130


def test_a_file_that_only_says_that_it_is_parquet() -> None:
    Path("in.parquet").write_text("no")
    assert batch("in.parquet", *RULES).returncode == 1
    assert "no Parquet that can be read" in failures()["in.parquet"]


def test_a_row_at_a_time_is_read() -> None:
    write_jsonl("in.jsonl", [row(number) for number in range(3)])
    stream = iter(Inputs(("in.jsonl",)))
    assert next(stream).key == "town-0"
    with Path("in.jsonl").open("a") as file:
        file.write(json.dumps(row(9)) + "\n")
    assert [item.key for item in stream] == ["town-1", "town-2", "town-9"]


def test_standard_input_is_jsonl() -> None:
    command = [sys.executable, "-m", "summarizer", "batch", "-", *RULES]
    content = "".join(json.dumps(each) + "\n" for each in (row(1), {"text": town(2)}))
    done = subprocess.run(command, input=content, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert sorted(line.key for line in lines()) == [content_key("", town(2).strip(), ""), "town-1"]
    assert Inputs(("-",)).count() is None


# --- addresses --------------------------------------------------------------------------------------------------


@dataclass
class Site:
    """A site on this machine, and what was asked of it."""

    address: str
    pages: dict[str, tuple[str, str]]
    asked: list[str] = field(default_factory=list)


@contextmanager
def site(pages: Mapping[str, tuple[str, str]]) -> Iterator[Site]:
    """Serves type and content by path; 404 for the rest."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # the name that http.server calls
            served.asked.append(self.path)
            media_type, content = served.pages.get(self.path, ("text/html", ""))
            body = content.encode()
            self.send_response(200 if content else 404)
            self.send_header("content-type", media_type)
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Site(f"http://127.0.0.1:{server.server_port}", dict(pages))
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()


def page(number: int) -> tuple[str, str]:
    paragraphs = town(number).replace(". ", ".</p><p>")
    title = f"Town {number}"
    return (
        "text/html",
        f"<html><head><title>{title}</title></head><body><article><p>{paragraphs}</p></article></body>",
    )


PAGES = {f"/{number}": page(number) for number in range(4)}
HERE = (*RULES, "--allow-private-hosts")


def test_addresses_as_arguments_and_in_a_list() -> None:
    with site(PAGES) as served:
        listed = "\n".join(["# the morning's", f"{served.address}/1", "", f"{served.address}/2", "htp:/typo"])
        Path("urls.txt").write_text(listed)
        done = batch(f"{served.address}/0", "urls.txt", f"{served.address}/missing", *HERE)
        assert done.returncode == 1
        assert {line.key for line in lines() if line.record} == {f"{served.address}/{number}" for number in range(3)}
        said = failures()
        assert "urls.txt:5 is no address: htp:/typo." in said.values()
        assert "404" in said[f"{served.address}/missing"]
        assert Inputs(("urls.txt",)).count() == 3


def test_what_was_fetched_is_not_fetched_again_but_for_failures_and_other_prompts() -> None:
    with site(PAGES) as served:
        inputs = [f"{served.address}/{name}" for name in ("0", "1", "missing")]
        batch(*inputs, *HERE)
        assert sorted(served.asked) == ["/0", "/1", "/missing"]
        batch(*inputs, *HERE)
        assert len(served.asked) == 3
        batch(*inputs, *HERE, "--retry-failed")
        assert served.asked[3:] == ["/missing"]
        batch(*inputs[:2], *HERE, "--prompt", "brief")
        assert sorted(served.asked[4:]) == ["/0", "/1"]


def test_an_address_twice_is_fetched_once() -> None:
    with site(PAGES) as served:
        write_jsonl("in.jsonl", [{"id": number, "url": f"{served.address}/1"} for number in range(3)])
        assert batch("in.jsonl", *HERE).returncode == 0
        assert served.asked == ["/1"]
    assert sorted(line.key for line in lines()) == ["0", "1", "2"]
    assert sum(line.same_as is None for line in lines()) == 1


def test_a_private_address_is_refused_unless_allowed() -> None:
    with site(PAGES) as served:
        assert batch(f"{served.address}/1", *RULES).returncode == 1
        assert served.asked == []
    assert [line.error.type for line in lines() if line.error] == ["AddressNotAllowed"]


def test_a_password_in_an_address_is_not_written_down() -> None:
    batch("https://me:secret@example.org/x", *RULES)
    assert "secret" not in Path("out.jsonl").read_text()


def test_an_article_that_begins_with_its_address_is_no_list() -> None:
    Path("article.txt").write_text("https://example.org/bridge\n\n" + town(1).replace(". ", ".\n\n"))
    assert batch("article.txt", *RULES).returncode == 0
    assert [line.key for line in lines()] == ["article.txt"]


RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>News</title>
<item><title>Town one</title><link>{0}/1</link><pubDate>Tue, 14 May 2024 08:00:00 GMT</pubDate></item>
<item><title>Town two</title><guid>two</guid><description>{1}</description></item>
<item><guid>three</guid></item></channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>News</title>
<entry><id>x</id><title>Town one</title><link href="{0}/1"/><updated>2024-05-14T08:00:00Z</updated></entry></feed>"""


def test_entries_of_a_feed_are_the_pages_they_link_to() -> None:
    with site(PAGES) as served:
        Path("news.rss").write_text(RSS.format(served.address, town(2)))
        served.pages["/atom"] = ("application/atom+xml", ATOM.format(served.address))
        done = batch("news.rss", "--feed", f"{served.address}/atom", *HERE)
        assert done.returncode == 1
        assert sorted(served.asked) == ["/1", "/atom"]
        assert titles() == {f"{served.address}/1": "Town one", "two": "Town two"}
        assert failures() == {"three": "news.rss:3: the entry has neither a link nor a text"}
        dates = {line.record.article.published for line in lines() if line.record}
        assert "2024-05-14T08:00:00Z" in dates


def test_what_is_no_feed_is_one_line() -> None:
    Path("page.xml").write_text("<html><body>no</body></html>")
    assert batch("page.xml", "--feed", "missing.rss", *RULES).returncode == 1
    assert failures() == {
        "page.xml": "page.xml is no RSS or Atom feed.",
        "missing.rss": "missing.rss can't be read: No such file or directory",
    }


def test_a_feed_never_makes_the_parser_open_a_file_or_an_address() -> None:
    with site(PAGES) as served:
        Path("evil.rss").write_text(f"{served.address}/1")
        batch("evil.rss", *HERE)
        assert served.asked == [] and "no RSS" in failures()["evil.rss"]


def test_every_item_that_can_not_be_read_says_why_in_one_line() -> None:
    Path("x.json").write_text("{}")
    [item] = Inputs(("x.json",))
    assert isinstance(item.source, ReadingError) and "JSONL" in str(item.source)
