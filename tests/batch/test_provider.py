"""Batches of a provider: the requests are the live ones, and answers become the lines that live ones would."""

from __future__ import annotations

import json
import re
import shlex
import sys
from pathlib import Path
from typing import Any

import pytest
from batch_runs import read_lines
from batch_server import EXPIRED, BatchServer, Outcome, completed, town_of
from commands import Done, run_command
from repository import DOCS, EXAMPLES
from stub_server import answer, error, json_step
from towns import GOOD, TOKENS, row, town

from summarizer.batch.provider.manifest import AskedItem, Folder
from summarizer.batch.provider.requests import RequestFiles
from summarizer.batch.result import BatchResult
from summarizer.models.providers import catalogue
from summarizer.models.providers.provider import BatchLimits
from summarizer.models.waiting import without_waiting
from summarizer.reading import read_article

LINES = Path("out.jsonl")
FOLDER = Path("asked")
INVALID = answer(json.dumps({"headline": 7}), tokens=TOKENS)


pytestmark = pytest.mark.usefixtures("bare")


def news(*numbers: int) -> Path:
    folder = Path("news")
    folder.mkdir(exist_ok=True)
    for number in numbers:
        (folder / f"{number}.txt").write_text(town(number))
    return folder


def options(server: BatchServer) -> list[str]:
    return ["--model", "stub", "--base-url", server.base_url, "--prompt", "brief"]


def export(server: BatchServer, *numbers: int, more: tuple[str, ...] = ()) -> Done:
    return provider("export", news(*numbers), "-o", FOLDER, "--lines", LINES, *options(server), *more)


def provider(command: str, *words: str | Path) -> Done:
    with without_waiting():
        return run_command("batch", command, *words)


def live(server: BatchServer, *more: str) -> Done:
    return run_command("batch", "news", "-o", LINES, "--no-cache", *options(server), *more)


def requests(path: Path = FOLDER) -> list[dict[str, Any]]:
    files = sorted(path.glob("requests-*.jsonl"))
    return [json.loads(line) for file in files for line in file.read_text().splitlines()]


def lines() -> dict[str, BatchResult]:
    found = [*read_lines(LINES)]
    assert len({line.key for line in found}) == len(found)
    return {line.key: line for line in found}


def ended_as(line: BatchResult) -> str:
    return line.error.type if line.error else line.record.status if line.record else ""


# --- there and back ---------------------------------------------------------------------------------------------


def five(said: str) -> Outcome:
    match town_of(said):
        case 3:
            return completed(INVALID)
        case 4:
            return EXPIRED
        case 5:
            return completed(error(400, "this is not allowed"))
    return completed()


def test_five_articles_there_and_back_and_the_rest_live() -> None:
    with BatchServer(five) as server:
        server.status = "in_progress"
        assert export(server, 1, 2, 3, 4, 5).returncode == 0
        assert provider("submit", FOLDER).returncode == 0
        server.status = "expired"
        status = provider("status", FOLDER)
        assert status.stdout == "requests-001.jsonl       5  expired: 3 answered, 2 failed\n"
        done = provider("import", FOLDER)
        assert done.returncode == 1 and "1 article without an answer" in done.stderr
        assert "2 records · 2 failed" in done.stderr
        assert {key: ended_as(line) for key, line in lines().items()} == {
            "news/1.txt": "ok",
            "news/2.txt": "ok",
            "news/3.txt": "AnswerInvalid",
            "news/5.txt": "RequestRejected",
        }
        failed = lines()["news/3.txt"].error
        assert failed and [(call.outcome, call.tokens_in) for call in failed.calls] == [("invalid", 1000)]
        refused = lines()["news/5.txt"].error
        assert refused and "this is not allowed" in refused.message and refused.calls[0].outcome == "status 400"
        assert live(server, "--retry-failed").returncode == 0
        assert sorted(map(town_of, map(bytes.decode, server.live))) == [3, 4, 5]
        assert {ended_as(line) for line in lines().values()} == {"ok"} and len(lines()) == 5


def test_import_twice_adds_nothing() -> None:
    with BatchServer(five) as server:
        export(server, 1, 2, 3, 4, 5)
        provider("submit", FOLDER)
        provider("import", FOLDER)
        before = LINES.read_bytes()
        again = provider("import", FOLDER)
        assert LINES.read_bytes() == before
        assert "0 records · 2 there already · 2 failed" in again.stderr


def test_a_record_is_the_live_one_but_for_its_price_and_its_time() -> None:
    with BatchServer() as server:
        export(server, 1)
        provider("submit", FOLDER)
        provider("import", FOLDER)
        from_batch = lines()["news/1.txt"]
        LINES.unlink()
        live(server)
    from_live = lines()["news/1.txt"]
    assert from_batch.id == from_live.id == requests()[0]["custom_id"]
    assert without_times(from_batch) == without_times(from_live)
    assert from_batch.record and from_batch.record.key_points[0].evidence[0].text in town(1)


def without_times(line: BatchResult) -> Any:
    record = json.loads(line.model_dump_json())["record"]
    record["run"]["seconds"] = record["run"]["requests"][0]["seconds"] = None
    return record


def test_the_body_is_the_live_one_byte_for_byte() -> None:
    with BatchServer() as server:
        news(1)
        Path("news/2.txt").write_text(town(2).replace("council", "Council “Łódź” 😀 </article> \u2028"))
        export(server)
        live(server)
        written = {line.partition('"body": ')[2][:-1].encode() for line in request_lines()}
        assert len(written) == 2 and written <= set(server.live)  # an answer is asked for again


def request_lines() -> list[str]:
    return (FOLDER / "requests-001.jsonl").read_text().split("\n")[:-1]


def test_a_file_of_requests_is_what_the_provider_takes() -> None:
    with BatchServer() as server:
        export(server, 1)
        provider("submit", FOLDER)
        assert server.files["file-1"] == (FOLDER / "requests-001.jsonl").read_bytes()
    (request,) = requests()
    assert (request["method"], request["url"]) == ("POST", "/v1/chat/completions")
    assert request["body"]["response_format"]["json_schema"]["strict"] is True


# --- what is exported -------------------------------------------------------------------------------------------


def test_limits_split_the_requests_into_files() -> None:
    with BatchServer() as server:
        export(server, *range(5), more=("--requests-per-file", "2"))
        assert [len(path.read_text().splitlines()) for path in sorted(FOLDER.glob("requests-*"))] == [2, 2, 1]
        assert len({request["custom_id"] for request in requests()}) == 5
        submitted = provider("submit", FOLDER)
        assert len(server.batches) == 3 and submitted.stdout.count("completed") == 3
        assert provider("import", FOLDER).returncode == 0
        assert len(lines()) == 5


def test_no_file_is_larger_than_the_limit() -> None:
    FOLDER.mkdir()
    folder, most = Folder(FOLDER), 2500
    files = RequestFiles(folder, BatchLimits(requests=100, bytes=most))
    for number in range(6):
        article = read_article(town(number))
        files.add(
            AskedItem(id=str(number), key=str(number), url=None, article=article), lambda: b'"%s"' % (b"x" * 900)
        )
    files.close()
    sizes = [(FOLDER / file.name).stat().st_size for file in files.files]
    assert len(sizes) == 3 and all(size <= most for size in sizes)
    assert [file.requests for file in files.files] == [2, 2, 2]


def test_the_limits_are_those_of_the_provider() -> None:
    openai = catalogue.provider("openai")
    assert openai and openai.batch == BatchLimits(requests=50_000, bytes=200_000_000)


def test_nothing_to_ask_is_a_line_at_once_and_the_same_article_is_asked_once() -> None:
    with BatchServer() as server:
        news(1)
        Path("news/again.txt").write_text(town(1))
        Path("news/short.txt").write_text("The council met.")
        Path("news/empty.txt").write_text("")
        done = export(server)
        assert done.returncode == 1 and "1 request in 1 file; nothing is sent yet" in done.stderr
        assert {key: ended_as(line) for key, line in lines().items()} == {
            "news/empty.txt": "SourceEmpty",
            "news/short.txt": "too_short",
        }
        provider("submit", FOLDER)
        provider("import", FOLDER)
        both = [lines()["news/1.txt"], lines()["news/again.txt"]]
        assert sorted(line.same_as is None for line in both) == [False, True]
        assert live(server).returncode == 1 and server.live == []


def test_what_has_its_line_is_not_exported() -> None:
    with BatchServer() as server:
        news(1)
        live(server)
        done = export(server, 1, 2)
        assert "1 there already" in done.stderr
        assert [town_of(json.dumps(request)) for request in requests()] == [2]


def test_an_article_of_several_requests_is_left_to_the_live_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_CONTEXT_TOKENS", "9000")
    with BatchServer() as server:
        news(1)
        Path("news/long.txt").write_text("\n\n".join(town(number) for number in range(200)))
        done = export(server)
        assert done.returncode == 0 and "1 too long for one request" in done.stderr
        assert len(requests()) == 1 and not lines()


def test_a_row_of_a_table_needs_no_table_to_be_imported() -> None:
    table = Path("rows.jsonl")
    table.write_text("".join(f"{json.dumps(row(number, title=f'Bridge {number}'))}\n" for number in (1, 2)))
    with BatchServer() as server:
        provider("export", table, "-o", FOLDER, "--lines", LINES, *options(server))
        table.unlink()
        provider("submit", FOLDER)
        assert provider("import", FOLDER).returncode == 0
    record = lines()["town-2"].record
    assert record and record.article.title == "Bridge 2"


def test_an_address_is_not_fetched_again() -> None:
    with BatchServer() as server:
        page = f"{server.base_url}/pages/1"
        words = [page, "--allow-private-hosts", *options(server)]
        provider("export", *words, "-o", FOLDER, "--lines", LINES)
        provider("submit", FOLDER)
        assert provider("import", FOLDER).returncode == 0
        assert lines()[page].url == page
        assert run_command("batch", *words, "-o", LINES).returncode == 0
        assert (server.fetched, server.live) == (1, [])


def test_an_address_in_several_rows_is_one_request() -> None:
    with BatchServer() as server:
        page = f"{server.base_url}/pages/1"
        Path("table.csv").write_text("id,url\n" + "".join(f"{key},{page}\n" for key in "abc"))
        words = ["table.csv", "--allow-private-hosts", *options(server)]
        done = provider("export", *words, "-o", FOLDER, "--lines", LINES)
        assert done.returncode == 0 and "1 request in 1 file" in done.stderr
        provider("submit", FOLDER)
        assert provider("import", FOLDER).returncode == 0
        assert sorted(lines()) == ["a", "b", "c"] and all(line.record for line in lines().values())


def test_a_folder_within_the_input_is_no_input() -> None:
    with BatchServer() as server:
        folder = news(1) / "asked"
        folder.mkdir()
        (folder / "requests-001.jsonl").write_text("{}\n")
        assert provider("export", "news", "-o", folder, *options(server)).returncode == 0
        assert len(requests(folder)) == 1 and not (folder / "records.jsonl").read_text()


def test_an_export_that_was_broken_off_begins_anew_and_a_finished_one_stays() -> None:
    with BatchServer() as server:
        FOLDER.mkdir()
        (FOLDER / "requests-001.jsonl").write_text('{"custom_id": "old"}\n')
        (FOLDER / "requests-002.jsonl").write_text('{"custom_id": "older"}\n')
        (FOLDER / "articles.jsonl").write_text('{"id": "old"}\n')
        mine = FOLDER / "requests-001-mine.jsonl"
        mine.write_text("keep")
        assert export(server, 1).returncode == 0
        assert mine.read_text() == "keep"
        mine.unlink()  # or `requests` would read it
        assert len(requests()) == 1 and "old" not in (FOLDER / "articles.jsonl").read_text()
        again = export(server, 1, 2)
        assert again.returncode == 2 and "holds an export already" in again.stderr
        assert len(requests()) == 1


def test_to_export_takes_no_key_and_to_submit_does() -> None:
    words = ("--provider", "openai", "--prompt", "brief")
    assert provider("export", news(1), "-o", FOLDER, *words).returncode == 0
    assert len(requests()) == 1 and requests()[0]["body"]["model"] == "gpt-6-luna"
    done = provider("submit", FOLDER)
    assert done.returncode == 1 and "set OPENAI_API_KEY" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="has no such lock")
@pytest.mark.parametrize("command", ["submit", "status", "import"])
def test_two_commands_at_a_time_in_one_folder_do_not_pay_twice(command: str) -> None:
    with BatchServer() as server:
        export(server, 1)
        with Folder(FOLDER).alone():
            done = provider(command, FOLDER)
        assert done.returncode == 1 and "another run has this file" in done.stderr and not server.files
        assert provider("submit", FOLDER).returncode == 0


def test_no_key_is_in_the_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SUMMARIZER_API_KEY", "sk-secret")
    with BatchServer() as server:
        export(server, 1)
        provider("submit", FOLDER)
        provider("import", FOLDER)
    assert not any("sk-secret" in path.read_text() for path in (*FOLDER.iterdir(), LINES))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--model", "extractive"], "there is nothing to connect to"),
        (["--model", "ollama:qwen3"], "ollama:qwen3 takes no batches"),
    ],
)
def test_a_model_without_batches_is_said_before_anything_is_written(words: list[str], said: str) -> None:
    done = provider("export", news(1), "-o", FOLDER, *words)
    assert done.returncode == 2 and said in done.stderr and not FOLDER.exists()


# --- what breaks off --------------------------------------------------------------------------------------------


def test_half_done_batches_give_what_is_there_and_later_the_rest() -> None:
    with BatchServer() as server:
        server.status = "in_progress"
        export(server, *range(4), more=("--requests-per-file", "2"))
        provider("submit", FOLDER)
        none = provider("import", FOLDER)
        assert none.returncode == 1 and "2 files not through" in none.stderr and "4 articles without" in none.stderr
        server.batches["batch_1"]["status"] = "completed"
        half = provider("import", FOLDER)
        assert half.returncode == 1 and "1 file not through" in half.stderr and len(lines()) == 2
        assert provider("status", FOLDER).returncode == 1
        server.status = "completed"
        assert provider("status", FOLDER).returncode == 0
        assert provider("import", FOLDER).returncode == 0 and len(lines()) == 4
        assert live(server).returncode == 0 and server.live == []


def test_submit_twice_sends_nothing_twice() -> None:
    with BatchServer() as server:
        server.status = "in_progress"
        export(server, 1, 2)
        for _ in range(2):
            assert provider("submit", FOLDER).returncode == 0
        assert (len(server.files), len(server.batches)) == (1, 1)


def test_a_batch_whose_creation_was_not_heard_of_is_found_again() -> None:
    with BatchServer() as server:
        server.status, server.swallow_creation = "in_progress", True
        export(server, 1)
        assert provider("submit", FOLDER).returncode == 1
        server.swallow_creation = False
        assert provider("submit", FOLDER).returncode == 0
        assert (len(server.files), len(server.batches)) == (1, 1)


def test_a_batch_that_was_refused_as_a_whole_is_submitted_again_without_another_upload() -> None:
    with BatchServer() as server:
        server.status = "failed"
        export(server, 1)
        provider("submit", FOLDER)
        status = provider("status", FOLDER)
        assert "failed: Enqueued token limit reached" in status.stdout
        server.status = "completed"
        server.batches["batch_1"]["status"] = "failed"
        provider("submit", FOLDER)
        assert (len(server.batches), [*server.files][:1]) == (2, ["file-1"])
        assert server.batches["batch_2"]["input_file_id"] == "file-1"
        assert provider("import", FOLDER).returncode == 0 and len(lines()) == 1


def test_a_server_that_stumbles_is_asked_again() -> None:
    with BatchServer() as server:
        export(server, 1)
        server.refused = ["/v1/files"]
        assert provider("submit", FOLDER).returncode == 0
        server.refused = ["/v1/files/file-2/content"]
        assert provider("import", FOLDER).returncode == 0
        assert len(server.files) == 2 and len(lines()) == 1


# --- what comes back --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("outcome", "ends"),
    [
        (completed(answer(None, refusal="I can't")), "refused"),
        (completed(answer(GOOD, finish="content_filter")), "filtered"),
        (completed(answer(GOOD[:40], finish="length")), "AnswerTruncated"),
        (completed(answer("")), "AnswerEmpty"),
        (completed(error(429, "slow down")), "ProviderFailed"),
        (completed(error(429, "no credit", code="insufficient_quota")), "ProviderFailed"),
        (completed(error(401, "no such key")), "ProviderFailed"),
        (completed(json_step({"nothing": 1})), "ProviderFailed"),
        (completed(json_step(["no", "completion"])), "ProviderFailed"),
        ({"response": None, "error": {"code": "server_error", "message": "sorry"}}, "ProviderFailed"),
    ],
)
def test_whatever_comes_back_is_a_line_as_it_would_be_live(outcome: Outcome, ends: str) -> None:
    with BatchServer(lambda said: outcome) as server:
        export(server, 1)
        provider("submit", FOLDER)
        provider("import", FOLDER)
    assert ended_as(lines()["news/1.txt"]) == ends


def test_a_number_that_no_sentence_has_and_a_false_figure_do_not_go_unseen() -> None:
    wrong = json.loads(GOOD)
    wrong["key_points"][0] = {"text": "Some 900 people were hurt.", "evidence": [3]}
    with BatchServer(lambda said: completed(answer(json.dumps(wrong), tokens=TOKENS))) as server:
        export(server, 1)
        provider("submit", FOLDER)
        provider("import", FOLDER)
    record = lines()["news/1.txt"].record
    assert record and {"number_not_in_evidence"} <= {finding.code for finding in record.findings}


def test_lines_that_can_not_be_read_and_ids_of_nothing_are_no_answers() -> None:
    with BatchServer() as server:
        export(server, 1, 2)
        provider("submit", FOLDER)
        provider("status", FOLDER)
        answers = next(id_ for id_ in server.files if id_ != "file-1")
        first = server.files[answers].splitlines()[0]
        strange = json.dumps({"custom_id": "strange", **completed()}).encode()
        server.files[answers] = b"\n".join([first, b"{broken", b"[]", strange, first, b""])
        done = provider("import", FOLDER)
    assert "2 lines of the provider's can't be read" in done.stderr and "1 article without" in done.stderr
    assert len(lines()) == 1


def test_answers_to_another_prompt_are_not_imported() -> None:
    Path("mine").mkdir()
    prompt = Path("mine/prompt.toml")
    prompt.write_text('version = "1"\ndescription = "x"\nextends = "brief"\nfields = ["headline", "key_points"]\n')
    with BatchServer() as server:
        provider("export", news(1), "-o", FOLDER, *options(server)[:-1], "./mine")
        provider("submit", FOLDER)
        prompt.write_text(prompt.read_text() + "max_points = 2\n")
        done = provider("import", FOLDER)
    assert done.returncode == 2 and "has changed since" in done.stderr
    assert not (FOLDER / "records.jsonl").read_text()


def test_examples_are_in_every_exported_request_and_answers_to_others_are_not_imported() -> None:
    examples = Path("mine/examples")
    examples.mkdir(parents=True)
    (examples.parent / "prompt.toml").write_text('extends = "brief"')
    (examples / "town.txt").write_text(town(9))
    (examples / "town.json").write_text(GOOD)
    with BatchServer() as server:
        provider("export", news(1, 2), "-o", FOLDER, *options(server)[:-1], "./mine")
        sent = [request["body"]["messages"] for request in requests()]
        provider("submit", FOLDER)
        (examples / "town.json").write_text(GOOD.replace("Nobody was hurt.", "Nobody was hurt at all."))
        done = provider("import", FOLDER)
    assert len(sent) == 2 and sent[0][:3] == sent[1][:3]
    assert [each["role"] for each in sent[0]] == ["system", "user", "assistant", "user"]
    assert done.returncode == 2 and "has changed since" in done.stderr


def test_answers_are_read_by_the_settings_of_the_export(monkeypatch: pytest.MonkeyPatch) -> None:
    with BatchServer() as server:
        export(server, 1)
        provider("submit", FOLDER)
        monkeypatch.setenv("SUMMARIZER_CONTEXT_TOKENS", "1000")
        monkeypatch.setenv("SUMMARIZER_MAX_TOKENS", "900")
        assert provider("import", FOLDER).returncode == 0


@pytest.mark.parametrize(
    ("name", "value"), [("BASE_URL", "http://127.0.0.1:9/v1"), ("LANGUAGE", "fr"), ("RECIPE", "extractive")]
)
def test_what_the_export_left_open_is_not_settled_by_today_s_environment(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    from summarizer.batch.provider.manifest import Folder

    monkeypatch.setenv("OPENAI_API_KEY", "sk-none")
    news(1)
    done = provider("export", "news", "-o", FOLDER, "--provider", "openai", "--prompt", "brief")
    assert done.returncode == 0, done.stderr
    monkeypatch.setenv(f"SUMMARIZER_{name}", value)
    settings = Folder(FOLDER).load().settings()
    assert (settings.base_url, settings.language, settings.recipe) == (None, None, "one_request")


def test_the_commands_of_the_page_run(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("examples").symlink_to(EXAMPLES)
    page = (DOCS / "provider-batch.md").read_text()
    commands = [line for block in re.findall(r"^```sh\n(.*?)^```", page, re.M | re.S) for line in block.splitlines()]
    assert len(commands) == 5
    with BatchServer() as server:
        monkeypatch.setenv("SUMMARIZER_BASE_URL", server.base_url)
        for command in commands:
            done = run_command(*shlex.split(command, comments=True)[1:])
            assert done.returncode == 0, done.stderr
        assert server.live == []


def test_a_folder_without_an_export_says_so() -> None:
    FOLDER.mkdir()
    for command in ("submit", "status", "import"):
        done = provider(command, FOLDER)
        assert done.returncode == 2 and "holds no finished export" in done.stderr


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("manifest.json", '{"version": 2}', "manifest.json can't be read: version: it has to be 1; job: it is miss"),
        ("articles.jsonl", '{"id": "x"}\n', "articles.jsonl, line 1 can't be read: key: it is missing"),
    ],
)
def test_a_damaged_folder_is_one_message(name: str, content: str, said: str) -> None:
    with BatchServer() as server:
        export(server, 1)
        provider("submit", FOLDER)
        (FOLDER / name).write_text(content)
        done = provider("import", FOLDER)
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr, done.stderr
