"""`summarizer batch` as its users run it: interrupted, killed, on a full disk, over and over, and what it says."""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from batch_runs import OUT, batch, lines, read_lines
from polling import PATIENCE, wait_for
from stub_server import Step, StubServer, answer, error
from towns import GOOD, TOKENS, row, town

from summarizer.batch.stats import Tally
from summarizer.cli.progress import so_far
from summarizer.errors import SettingsError
from summarizer.models.waiting import duration
from summarizer.ray import summarize_dataset

OK = answer(GOOD, tokens=TOKENS)
NEVER = Step(OK.body, delay=10 * PATIENCE)
COMMAND = [sys.executable, "-m", "summarizer", "batch"]


pytestmark = pytest.mark.usefixtures("bare")


def asking(server: StubServer, *more: str) -> list[str]:
    """Options that ask the server."""
    served = ["--model", "stub", "--base-url", server.base_url, "--prompt", "brief", "--no-cache"]
    return [*served, "-o", str(OUT), *more]


def folder(*numbers: int) -> Path:
    """A folder with these articles."""
    path = Path("news")
    path.mkdir(exist_ok=True)
    for number in numbers:
        (path / f"{number}.txt").write_text(town(number))
    return path


def keys() -> list[str]:
    return sorted(line.key for line in lines())


# --- a run ------------------------------------------------------------------------------------------------------


def test_a_folder_becomes_a_line_an_article_and_the_same_again_costs_nothing() -> None:
    with StubServer(OK) as server:
        done = batch(folder(1, 2, 3), *asking(server))
        assert done.returncode == 0, done.stderr
        assert keys() == ["news/1.txt", "news/2.txt", "news/3.txt"]
        assert "3 records · 3 requests, 3,000 tokens in and 150 out" in done.stderr
        again = batch(folder(1, 2, 3), *asking(server))
        assert again.returncode == 0 and "3 there already" in again.stderr
        assert len(server.requests) == 3 and len(lines()) == 3


def test_a_line_is_json_with_the_record_as_the_article_command_gives_it() -> None:
    batch(folder(1), "-o", OUT, "--model", "extractive")
    line = json.loads(OUT.read_text())
    assert line["key"] == "news/1.txt" and line["error"] is None
    assert line["record"]["key_points"][0]["evidence"][0]["text"] in town(1)


def test_failures_are_counted_by_kind_and_tried_again_on_demand() -> None:
    script = (OK, error(400, "no"), error(400, "no"), OK)
    with StubServer(*script) as server:
        Path("news").mkdir()
        Path("news/empty.txt").write_text(" ")
        done = batch(folder(1, 2, 3), *asking(server, "--concurrency", "1", "-q"))
        assert done.returncode == 1
        [counted, *named] = done.stderr.splitlines()
        assert (
            counted
            == "failed: 2 RequestRejected, 1 SourceEmpty. Their lines say why; --retry-failed tries them again."
        )
        refused, refused_too, empty = sorted(named)
        assert refused.startswith("  news/2.txt: ") and refused_too.startswith("  news/3.txt: ")
        assert empty.startswith("  news/empty.txt holds no text")
        assert len(lines()) == 4
        same = batch("news", *asking(server))
        assert same.returncode == 1 and "2 RequestRejected, 1 SourceEmpty" in same.stderr
        assert len(server.requests) == 3
        mended = batch("news", *asking(server, "--retry-failed"))
        assert mended.returncode == 1 and "failed: 1 SourceEmpty." in mended.stderr
        assert len(server.requests) == 5
    assert sorted(line.error.type if line.error else "" for line in lines()) == ["", "", "", "SourceEmpty"]


def test_a_changed_prompt_replaces_the_lines_and_leaves_those_of_other_articles() -> None:
    batch(folder(1, 2), "-o", OUT, "--model", "extractive")
    done = batch("news/1.txt", "-o", OUT, "--model", "extractive", "--prompt", "brief")
    assert "1 earlier line of these articles replaced" in done.stderr
    assert keys() == ["news/1.txt", "news/2.txt"]
    assert len({line.job for line in lines()}) == 2


def test_a_changed_article_replaces_its_line() -> None:
    batch(folder(1, 2), "-o", OUT, "--model", "extractive", "-q")
    Path("news/1.txt").write_text(town(7))
    batch("news", "-o", OUT, "--model", "extractive", "-q")
    assert keys() == ["news/1.txt", "news/2.txt"]
    assert any(
        "Aldermoor 7" in (line.record.headline.text if line.record and line.record.headline else "")
        for line in lines()
    )


def test_lines_that_say_nothing_are_named() -> None:
    batch(folder(1), "-o", OUT, "--model", "extractive", "-q")
    OUT.write_text("\n" * 7 + OUT.read_text())
    done = batch("news", "-o", OUT, "--model", "extractive", "-q")
    assert done.stderr.startswith("out.jsonl: passed over, since nothing can be read there: lines 1, 2, 3, 4, 5 ...;")


def test_a_record_is_not_given_up_for_a_failure() -> None:
    batch(folder(1), "-o", OUT, "--model", "extractive", "-q")
    with StubServer(error(400, "no")) as server:
        assert batch("news", *asking(server)).returncode == 1
    assert [line.error is None for line in lines()] == [True, False]


def test_replies_are_kept_unless_told_otherwise() -> None:
    with StubServer(OK) as server:
        options = [option for option in asking(server) if option != "--no-cache"]
        batch(folder(1), *options)
        OUT.unlink()
        done = batch("news", *options)
        assert len(server.requests) == 1 and "1,050 saved by the cache" in done.stderr
        OUT.unlink()
        batch("news", *asking(server))
        assert len(server.requests) == 2


def test_files_that_are_no_articles_are_said_and_the_output_is_no_input() -> None:
    folder(1)
    Path("news/photo.jpg").write_bytes(b"\xff\xd8\xff")
    Path("news/.hidden.txt").write_text(town(2))
    for _ in range(2):
        done = batch("news", "-o", "news/out.jsonl", "--model", "extractive")
        assert done.returncode == 0 and "left aside, as no articles: 1 .jpg" in done.stderr
    assert [line.key for line in read_lines(Path("news/out.jsonl"))] == ["news/1.txt"]


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["missing.csv", "-o", "out.jsonl"], 1, "missing.csv: there is no such file"),
        (["news/*.html", "-o", "out.jsonl"], 1, "nothing matches it"),
        (["news"], 2, "name the file to write with -o"),
        (["-o", "out.jsonl"], 2, "name what to read"),
        (["news", "-o", "no/such/folder/out.jsonl"], 1, "no/such/folder/out.jsonl: No such file or directory"),
        (["news", "-o", "news"], 1, "news: Is a directory"),
        (["news", "-o", "out.jsonl", "--prompt", "nwes"], 2, "brief, news"),
        (["news", "-o", "out.jsonl", "--max-cost", "1"], 2, "Limit the tokens instead"),
        (["table.csv", "-o", "out.jsonl"], 2, "has neither a column 'text' nor 'url', but: story, headline"),
        (["table.csv", "-f", "jsonl", "-o", "news/1.txt"], 1, "news/1.txt, line 1 is no line of a batch"),
    ],
)
def test_what_can_not_be_run_is_one_message_and_an_exit_code(arguments: list[str], code: int, said: str) -> None:
    folder(1)
    Path("table.csv").write_text("story,headline\nx,y\n")
    done = batch(*arguments, "--model", "extractive", "-q")
    assert (done.returncode, done.stdout) == (code, "") and said in done.stderr, done.stderr


@pytest.mark.parametrize("name", ["folder", "rows.jsonl", "rows.csv", "head.csv"])
def test_where_there_is_nothing_to_read_there_are_no_lines(name: str) -> None:
    Path("folder").mkdir()
    Path("rows.jsonl").write_text("\n")
    Path("rows.csv").touch()
    Path("head.csv").write_text("text,title\n")
    done = batch(name, "-o", OUT, "--model", "extractive")
    assert done.returncode == 0 and "0 records" in done.stderr and lines() == []


def test_what_can_not_be_opened_is_a_line_and_the_others_go_on() -> None:
    (folder(1) / "gone.txt").symlink_to("nowhere")
    for name in ("loop.csv", "loop.txt"):
        Path("news", name).symlink_to(name)
    done = batch("news", "-o", OUT, "--model", "extractive", "-q")
    assert done.returncode == 1 and done.stderr.startswith("failed: ")
    assert {line.key: line.error.type if line.error else "" for line in lines()} == {
        "news/1.txt": "",
        "news/gone.txt": "SourceNotFound",
        "news/loop.csv": "ReadingError",
        "news/loop.txt": "ReadingError",
    }


def test_an_output_that_can_not_be_written_is_found_out_before_anything_is_asked() -> None:
    with StubServer(OK) as server:
        done = batch(folder(1), *asking(server)[:-2], "-o", "no/such/folder/out.jsonl")
        assert done.returncode == 1 and server.requests == []


# --- limits and forecasts ---------------------------------------------------------------------------------------


def test_a_limit_stops_before_the_next_request_and_the_command_goes_on_from_there() -> None:
    with StubServer(OK) as server:
        done = batch(folder(*range(6)), *asking(server, "--max-tokens", "3500", "--concurrency", "1"))
        assert done.returncode == 1 and "error: the limit of 3,500 tokens" in done.stderr
        made = len(lines())
        assert 0 < made < 6 and len(server.requests) == made
        assert batch("news", *asking(server)).returncode == 0
        assert len(server.requests) == 6


def test_a_dry_run_reads_everything_asks_nothing_and_writes_nothing() -> None:
    with StubServer(OK) as server:
        batch(folder(1, 2), *asking(server))
        before = OUT.read_bytes()
        folder(3, 4, 5)
        Path("news/again.txt").write_text(town(3))
        Path("news/short.txt").write_text("The council met.")
        Path("news/empty.txt").write_text("")
        done = batch("news", *asking(server, "--dry-run", "-q"))
        assert len(server.requests) == 2 and OUT.read_bytes() == before
    said = dict(re.split(r"  +", line.strip(), maxsplit=1) for line in done.stdout.splitlines())
    assert said["articles"] == "8" and said["requests"] == "3"
    assert said["would fail"] == "1 SourceEmpty" and done.returncode == 1
    assert (said["there already"], said["nothing to ask"]) == ("2", "1 too_short")
    assert said["tokens out"] == "at most 12,000"
    assert 1500 < int(said["tokens in"].removeprefix("about ").replace(",", "")) < 6000


def test_a_dry_run_tells_the_cost_where_the_price_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    done = batch(folder(1), "--dry-run", "--model", "openai:gpt-6-luna", "-q")
    assert re.search(r"^cost +at most \$0\.01$", done.stdout, re.MULTILINE), done.stdout
    assert not OUT.exists()


# --- interruptions ----------------------------------------------------------------------------------------------


def started(*arguments: str | Path, **options: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [*COMMAND, *map(str, arguments)], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True, **options
    )


def said_of(what: str, running: subprocess.Popen[str]) -> str:
    """The next line on its standard error that says something of this."""
    assert running.stderr
    return next(line for line in running.stderr if what in line)


def test_a_run_that_was_killed_goes_on_and_asks_only_what_was_under_way() -> None:
    with StubServer(OK, OK, OK, NEVER) as server:
        running = started(folder(*range(8)), *asking(server, "--concurrency", "2"))
        wait_for(lambda: OUT.exists() and OUT.read_bytes().count(b"\n") == 3 and len(server.requests) == 5)
        running.send_signal(signal.SIGKILL)
        running.wait()
        with OUT.open("a", encoding="utf-8") as file:
            file.write('{"key": "news/3.t')  # what a kill in the middle of a write leaves
        server.script = [OK]
        server.requests.clear()
        done = batch("news", *asking(server))
        assert done.returncode == 0, done.stderr
        assert len(server.requests) == 5
    assert keys() == [f"news/{number}.txt" for number in range(8)]


def test_ctrl_c_finishes_what_is_under_way_and_says_how_to_go_on() -> None:
    go_on = threading.Event()
    held = replace(OK, held=go_on)
    with StubServer(OK, held, held, OK) as server:
        running = started(folder(*range(9)), *asking(server, "--concurrency", "2"))
        wait_for(lambda: len(server.requests) == 3 and OUT.read_bytes().count(b"\n") == 1)
        running.send_signal(signal.SIGINT)
        said = said_of("under way", running)
        go_on.set()
        _, then = running.communicate(timeout=PATIENCE)
        assert running.returncode == 130
        # The first article is under way until its line is safe on the disk, which is later than it is seen here.
        assert re.fullmatch(r"finishing the [23] under way; Ctrl-C again stops at once\n", said)
        assert then.endswith("stopped before the end. The same command goes on from here.\n")
        assert len(server.requests) == 3 and len(lines()) == 3


def test_a_second_ctrl_c_stops_at_once_and_loses_only_what_was_under_way() -> None:
    with StubServer(OK, NEVER) as server:
        running = started(folder(1, 2, 3), *asking(server, "--concurrency", "1"))
        wait_for(lambda: len(server.requests) == 2)
        running.send_signal(signal.SIGINT)
        assert said_of("under way", running)
        running.send_signal(signal.SIGINT)
        running.communicate(timeout=PATIENCE)
        assert running.returncode == 130 and server.under_way == 1
    assert len(lines()) == 1


@pytest.mark.parametrize("step", [error(429, "slow down", retry_after="150"), NEVER])
def test_sigterm_ends_every_wait_at_once_and_what_was_done_is_whole(step: Step) -> None:
    with StubServer(OK, OK, step) as server:
        running = started(folder(*range(9)), *asking(server, "--concurrency", "2"))
        wait_for(lambda: len(server.requests) >= 3 and OUT.read_bytes().count(b"\n") == 2)
        running.send_signal(signal.SIGTERM)
        _, said = running.communicate(timeout=PATIENCE)
        assert running.returncode == 143
        assert said.endswith("stopped before the end. The same command goes on from here.\n")
        assert OUT.read_bytes().endswith(b"\n") and len(lines()) == 2
        server.script = [OK]
        assert batch("news", *asking(server)).returncode == 0
    assert [line.error for line in lines()] == [None] * 9


def test_sigterm_does_not_wait_for_a_page_that_does_not_come() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        page = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        inputs = (folder(1), page, "--allow-private-hosts", "--model", "extractive")
        running = started(*inputs, "-o", OUT)
        connection, _ = silent.accept()
        with connection:
            wait_for(lambda: OUT.read_bytes())
            running.send_signal(signal.SIGTERM)
            _, said = running.communicate(timeout=PATIENCE)
            assert running.returncode == 143
            assert "1 record" in said and len(lines()) == 1


def test_ctrl_c_does_not_wait_for_a_pipe_that_stays_silent() -> None:
    with StubServer(OK) as server:
        running = started("-", *asking(server), stdin=subprocess.PIPE)
        assert running.stdin
        running.stdin.write(json.dumps(row(1)) + "\n")
        running.stdin.flush()
        wait_for(lambda: OUT.exists() and OUT.read_bytes())
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=PATIENCE) == 130
        assert keys() == ["town-1"]


def test_a_full_disk_ends_with_one_message_and_whole_lines() -> None:
    def small_files() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))

    arguments = (folder(*range(30)), "-o", OUT, "--model", "extractive", "-q")
    running = started(*arguments, preexec_fn=small_files)
    _, said = running.communicate(timeout=PATIENCE)
    assert running.returncode == 1
    assert said == "error: out.jsonl: File too large. Make room, then go on.\n"
    assert 0 < len(lines()) < 30 and OUT.read_bytes().endswith(b"\n")
    assert batch(*arguments).returncode == 0
    assert len(lines()) == 30


def test_two_runs_do_not_write_one_file_at_a_time() -> None:
    with StubServer(OK, NEVER) as server:
        running = started(folder(1, 2), *asking(server, "--concurrency", "1"))
        wait_for(lambda: OUT.exists() and OUT.read_bytes())
        done = batch("news", *asking(server))
        running.kill()
        running.communicate()
    assert done.returncode == 1 and "another run has this file" in done.stderr


# --- progress ---------------------------------------------------------------------------------------------------


def test_progress_says_all_there_is_to_know() -> None:
    tally = Tally(total=1000, lines=100, made=95, requests=110, tokens_in=200_000, tokens_out=40_000, cost=1.5)
    tally.failed["ProviderFailed"] = 5
    tally.started -= 60
    assert so_far(tally) == (
        "100 of 1,000 done · 5 failed · 100 a minute · 110 requests, 200,000 tokens in and 40,000 out, $1.50"
        " · 9 min 0 s left"
    )
    assert "left" not in so_far(Tally())


@pytest.mark.parametrize(("seconds", "said"), [(0.2, "0 s"), (59.6, "1 min 0 s"), (7500, "2 h 5 min")])
def test_durations_read_well(seconds: float, said: str) -> None:
    assert duration(seconds) == said


def test_without_a_terminal_progress_is_a_line_every_few_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.cli.progress.REPEATED", 0.2)
    with StubServer(OK, Step(OK.body, delay=0.7)) as server:
        done = batch(folder(1, 2), *asking(server, "--concurrency", "1"))
    assert re.search(
        r"^1 of 2 done · \d+ a minute · 1 request, 1,000 tokens in and 50 out · \d+ s left$", done.stderr, re.M
    )


def test_a_wait_is_said_while_it_lasts_and_in_the_last_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.cli.progress.REPEATED", 0.3)
    with StubServer(OK, error(429, "slow down", retry_after="1.2"), OK) as server:
        done = batch(folder(1, 2, 3), *asking(server, "--concurrency", "1"))
    assert done.returncode == 0 and len(lines()) == 3
    assert re.search(r"^1 of 3 done · .* · waiting 1 s more, as the server asks: slow down", done.stderr, re.M)
    last = done.stderr.splitlines()[-1]
    assert last.startswith("3 records · ") and last.endswith(" · 1 s of it waited: slow down (status 429)")


def test_a_wait_of_a_day_ends_its_articles_and_says_how_long_it_is() -> None:
    with StubServer(OK, error(429, "no more today", retry_after="88200")) as server:
        done = batch(folder(*range(9)), *asking(server, "--concurrency", "1"))
        assert done.returncode == 1 and len(server.requests) == 3
    told = [line.error.message for line in lines() if line.error]
    assert len(told) == 8 and all("no more today" in said and "a wait of 24 h" in said for said in told)
    assert "8 failed" in done.stderr
    assert re.search(r"the server wants a wait of 24 h \d+ min more: no more today", done.stderr)


def test_such_a_wait_of_one_article_is_not_the_others() -> None:
    with StubServer(OK, error(429, "no", retry_after="86400"), OK) as server:
        batch(folder(*range(9)), *asking(server, "--concurrency", "1"))
    assert len(lines()) == 9 and sum(line.error is not None for line in lines()) == 1


def test_that_nothing_is_answered_is_said_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("summarizer.cli.progress.REPEATED", 0.2)
    monkeypatch.setattr("summarizer.batch.runner.SILENCE", 0.5)
    with StubServer(OK, Step(OK.body, delay=1.5), OK) as server:
        done = batch(folder(1, 2, 3), *asking(server, "--concurrency", "1"))
    assert re.search(r"^1 of 3 done · .* · no answer for 1 s$", done.stderr, re.M)


# --- Parquet ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [("-o", "out.parquet"), ("-o", "out.jsonl", "--format", "parquet")])
def test_the_lines_are_a_table_as_well(options: tuple[str, ...]) -> None:
    from pyarrow import parquet

    folder(1, 2)
    Path("news/empty.txt").write_text("")
    assert batch("news", *options, "--model", "extractive", "-q").returncode == 1
    rows = {row["key"]: row for row in parquet.read_table("out.parquet").to_pylist()}
    assert set(rows) == {"news/1.txt", "news/2.txt", "news/empty.txt"} and len(lines()) == 3
    first, empty = rows["news/1.txt"], rows["news/empty.txt"]
    assert first["status"] == "ok" and first["key_points"] and first["error"] is None
    assert json.loads(first["record"])["article"]["sha256"]
    assert empty["error"] == "SourceEmpty" and empty["record"] is None


def test_a_table_of_something_else_is_not_written_over() -> None:
    pyarrow = pytest.importorskip("pyarrow")
    pytest.importorskip("pyarrow.parquet").write_table(pyarrow.table({"text": [town(1)]}), "in.parquet")
    content = Path("in.parquet").read_bytes()
    done = batch("in.parquet", "-o", "in.parquet", "--model", "extractive")
    assert done.returncode == 1 and "no table of a batch" in done.stderr
    assert Path("in.parquet").read_bytes() == content


def test_parquet_without_pyarrow_is_said_before_anything_is_asked() -> None:
    blocked = "import sys; sys.modules['pyarrow'] = None; from summarizer.cli import main; main()"
    command = [sys.executable, "-c", blocked, "batch", str(folder(1)), "-o", "x.parquet", "--model", "extractive"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=dict(os.environ))
    assert done.returncode == 2 and "pip install 'checked-summarizer[parquet]'" in done.stderr
    assert not Path("x.jsonl").exists()


def test_without_ray_its_engine_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    done = batch(folder(1), "-o", OUT, "--model", "extractive", "--engine", "ray")
    assert done.returncode == 2 and "pip install 'checked-summarizer[ray]'" in done.stderr
    with pytest.raises(SettingsError, match="needs Ray, which is not installed"):
        summarize_dataset(None)  # type: ignore[arg-type]  # a dataset there can't be
