"""What a command owes to who types it: its version, its help, what is near to what was typed, what does nothing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from commands import run_command, summarizer
from harbour import GOOD, HARBOUR
from stub_server import StubServer, answer
from typer.main import get_command

from summarizer import read_article
from summarizer.cli import app
from summarizer.errors import SourceUnsupported

pytestmark = pytest.mark.usefixtures("bare")

ROW = json.dumps({"id": "a", "text": HARBOUR.read_text(encoding="utf-8")}).encode()


def test_the_version_is_told() -> None:
    assert run_command("--version").stdout == "summarizer 0.1.0\n"


@pytest.mark.parametrize("command", ["", "article", "batch", "batch run", "eval", "eval gate", "models check"])
def test_h_is_short_for_help(command: str) -> None:
    short, long = run_command(*command.split(), "-h"), run_command(*command.split(), "--help")
    assert short.returncode == 0 and short.stdout == long.stdout and "Usage: summarizer" in short.stdout


def _commands() -> Iterator[str]:
    """Every command, as a shell sees it on its way."""

    def below(group: Any, words: str) -> Iterator[str]:
        for name, each in getattr(group, "commands", {}).items():
            yield f"{words}{name}"
            yield from below(each, f"{words}{name} ")

    return below(get_command(app), "")


def test_a_shell_completes_commands_and_the_options_of_one_that_is_left_out() -> None:
    def completed(line: str) -> list[str]:
        cursor = str(len(line.split()) - 1)
        return run_command(_SUMMARIZER_COMPLETE="complete_bash", COMP_WORDS=line, COMP_CWORD=cursor).stdout.split()

    assert completed("summarizer mod") == ["models"]
    assert completed("summarizer models pu") == ["pull"]
    assert completed("summarizer news.txt --lang") == ["--language"]
    assert completed("summarizer batch news --retry") == ["--retry-failed"]
    assert completed("summarizer modles --lang") == ["--language"]
    assert completed("summarizer article --format j") == ["json", "jsonld"]
    for command in _commands():
        assert "--help" in completed(f"summarizer {command} --"), command


# --- standard input ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [["-f", "json"], ["article", "-f", "json"]])
def test_what_is_piped_in_is_read_where_no_article_is_named(command: list[str]) -> None:
    done = summarizer(*command, stdin=HARBOUR.read_bytes())
    assert json.loads(done.stdout)["article"]["title"].startswith("Port Ellery closes")


def test_an_article_piped_into_the_name_alone_is_summarised() -> None:
    assert "Port Ellery closes" in summarizer(stdin=HARBOUR.read_bytes()).stdout


def test_an_article_that_is_named_comes_before_what_is_piped_in() -> None:
    assert "Port Ellery" in summarizer(HARBOUR, "-q", stdin=b"Something else.").stdout


def test_rows_piped_into_a_batch_are_read_where_no_input_is_named() -> None:
    assert summarizer("batch", "-o", "lines.jsonl", "--model", "extractive", stdin=ROW).returncode == 0
    assert json.loads(Path("lines.jsonl").read_text())["key"] == "a"


def test_messages_are_rendered_for_an_article_that_is_piped_in() -> None:
    assert "[0] Port Ellery" in summarizer("prompts", "render", stdin=HARBOUR.read_bytes()).stdout


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("-q", "name an article, or pipe one in: summarizer article < article.txt"),
        ("check sum.md", "name an article, or pipe one in: summarizer check RECORD < article.txt"),
        ("show", "name a record, or pipe one in: summarizer show < record.json"),
        ("batch -o x.jsonl", "name what to read"),
        ("-", "no text"),
    ],
)
def test_where_nothing_is_named_and_nothing_piped_in_that_is_said(command: str, said: str) -> None:
    done = run_command(*command.split())
    assert done.returncode != 0 and said in done.stderr and done.stdout == ""


# --- slips -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("modles", "summarizer models"),
        ("modles list", "summarizer models"),
        ("promt show brief", "summarizer prompts"),
        ("Schema", "summarizer schema"),
        ("evals", "summarizer eval"),
        ("version", "summarizer --version"),
        ("help", "summarizer --help"),
        ("batch exprot asked", "summarizer batch export"),
        ("eval acept", "summarizer eval accept"),
    ],
)
def test_a_slip_in_a_command_is_met_with_the_nearest_one(typed: str, meant: str) -> None:
    done = run_command(*typed.split())
    assert done.returncode == 2 and f"Did you mean `{meant}`?" in done.stderr


def test_a_file_comes_before_a_command_that_is_called_nearly_so() -> None:
    Path("modles").write_bytes(HARBOUR.read_bytes())
    assert "Port Ellery" in run_command("modles", "-q").stdout


@pytest.mark.parametrize("name", ["article.txt", "harbour", "./modles", "moon"])
def test_a_file_that_is_missing_is_no_slip_in_a_command(name: str) -> None:
    done = run_command(name)
    assert done.returncode == 1 and "no such file" in done.stderr and "Did you mean" not in done.stderr


# --- addresses ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", ["www.bbc.com/news", "bbc.co.uk", "//bbc.com", "http:/bbc.com/a", "HTTPS:bbc.com"])
def test_an_address_without_its_beginning_is_not_fetched_but_told_in_full(typed: str) -> None:
    meant = f"https://{typed.split(':')[-1].lstrip('/')}"
    alone, many = run_command(typed), run_command("batch", typed, "-o", "lines.jsonl")
    assert alone.returncode == many.returncode == 1
    assert f": summarizer {meant}\n" in alone.stderr and f"write {meant}\n" in many.stderr
    assert run_command("batch", "--feed", typed, "-o", "lines.jsonl").stderr == many.stderr


@pytest.mark.parametrize("name", ["article.txt", "README.md", "news/today", "my.folder/article.txt", "report.pdf"])
def test_a_missing_file_is_not_taken_for_an_address(name: str) -> None:
    assert "https://" not in run_command(name).stderr
    assert "https://" not in run_command("batch", name, "-o", "lines.jsonl").stderr


def test_an_address_without_its_beginning_is_told_in_python_and_in_lists_of_addresses() -> None:
    with pytest.raises(SourceUnsupported, match=r"write https://www\.bbc\.com/news"):
        read_article("www.bbc.com/news")
    Path("list.txt").write_text("http://127.0.0.1:9/a\nhttp://127.0.0.1:9/b\nwww.bbc.com/news\n")
    run_command("batch", "list.txt", "-o", "lines.jsonl", "--model", "extractive")
    assert "https://www.bbc.com/news" in Path("lines.jsonl").read_text()


@pytest.mark.parametrize(
    "address", ["https://", "http://bad host/x", "http://a..b/x", "http://localhost:99999/x", "http://h:x/"]
)
def test_a_page_at_no_possible_address_is_not_asked_for(address: str) -> None:
    done = run_command(address)
    assert done.returncode == 1 and f"{address} is no address" in done.stderr


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("localhost:8000/v1", "http://"),
        ("ftp://localhost/v1", "http://"),
        ("http://localhost:99999/v1", "port"),
        ("http://localhost:x/v1", "port"),
        ("http://localhost:0/v1", "port"),
        ("http://[::1/v1", "host"),
        ("http://300.1.1.1/v1", "host"),
        ("http:///v1", "host"),
        ("http://a..b/v1", "host"),
        (f"http://{'a' * 64}.com/v1", "host"),
        ("http://no such host/v1", "blank"),
    ],
)
@pytest.mark.parametrize("command", [["article", HARBOUR], ["models", "check"], ["batch", HARBOUR, "-o", "x.jsonl"]])
def test_a_server_at_no_possible_address_is_never_tried(command: list[str | Path], address: str, said: str) -> None:
    model = ["m"] if command[0] == "models" else ["--model", "m"]
    done = run_command(*command, *model, "--base-url", address)
    assert done.returncode == 1
    [line] = (done.stdout + done.stderr).splitlines()
    assert "no server can be at --base-url" in line and said in line


def test_an_address_that_a_variable_is_a_part_of_is_looked_at_too() -> None:
    done = run_command(HARBOUR, "--model", "azure:x", AZURE_OPENAI_ENDPOINT="foo", AZURE_OPENAI_API_KEY="k")
    assert done.returncode == 1 and "http://" in done.stderr and "AZURE_OPENAI_ENDPOINT" in done.stderr


@pytest.mark.parametrize("host", ["my_server", "xn--bcher-kva.example.", "[::1]", "127.0.0.1"])
def test_hosts_that_may_be_are_tried(host: str) -> None:
    done = run_command(HARBOUR, "--model", "m", "--base-url", f"http://{host}:1/v1", SUMMARIZER_TRIES="1")
    assert done.returncode == 1 and "no server can be" not in done.stderr


# --- who works ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("command", [["article", HARBOUR], ["batch", HARBOUR, "-o", "x.jsonl"]])
def test_who_works_is_said_when_the_key_was_found_and_not_before(command: list[str | Path]) -> None:
    done = run_command(*command, "--model", "openai:gpt-6-luna")
    assert done.returncode == 1 and done.stderr.startswith("error: openai needs a key")
    with StubServer() as server:
        asked = run_command(*command, "--model", "m", "--base-url", server.base_url, SUMMARIZER_TRIES="1")
    assert asked.stderr.startswith("m at http")


def test_who_works_is_not_said_of_an_article_that_is_not_there() -> None:
    assert run_command("none.txt").stderr == (
        "error: none.txt: there is no such file. Check the spelling and the working folder.\n"
    )


def test_a_models_name_is_shown_as_it_is() -> None:
    with StubServer() as server:
        where = ("--model", "llama:x:[red]", "--base-url", server.base_url)
        assert "llama:x:[red] at" in run_command(HARBOUR, *where, SUMMARIZER_TRIES="1").stderr


@pytest.mark.parametrize("options", [["--prompt", "./houze"], ["--prompt", "nws"], ["--schema", "none.json"]])
def test_who_works_is_not_said_where_the_prompt_or_the_schema_is_not_there(options: list[str]) -> None:
    done = run_command(HARBOUR, *options)
    assert done.returncode == 2 and done.stderr.startswith("error: ")


# --- what needs no key -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", ["openai:gpt-6-luna", "anthropic", "azure:mine"])
def test_a_rehearsal_needs_no_key(model: str) -> None:
    done = run_command("batch", HARBOUR, "--dry-run", "--model", model, ANTHROPIC_API_KEY="")
    assert done.returncode == 0 and "requests        1\n" in done.stdout


def test_a_rehearsal_knows_the_lines_of_a_run_with_a_key() -> None:
    with StubServer(answer(GOOD)) as server:
        where = ("batch", HARBOUR, "-o", "x.jsonl", "-p", "brief", "--model", "m", "--base-url", server.base_url)
        run_command(*where, SUMMARIZER_API_KEY="k")
    assert "there already   1\n" in run_command(*where, "--dry-run").stdout


# --- schemas -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("wire", [[], ["--wire"]])
def test_a_schema_of_a_prompt_that_is_not_there_fails(wire: list[str]) -> None:
    done = run_command("schema", "-p", "nosuch", *wire)
    assert (done.returncode, done.stdout) == (2, "") and "brief, news" in done.stderr


def test_that_a_prompt_changes_nothing_in_the_schema_of_the_record_is_said() -> None:
    assert "--prompt does nothing without --wire" in run_command("schema", "-p", "brief").stderr
    assert run_command("schema", "-p", "brief", "--wire").stderr == run_command("schema").stderr == ""


# --- formats -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "start"),
    [("x.html", "<!DOCTYPE html>"), ("x.HTM", "<!DOCTYPE html>"), ("x.md", "# "), ("x.Json", "{"), ("x.txt", "Port")],
)
def test_a_file_is_written_in_the_format_that_it_ends_in(name: str, start: str) -> None:
    assert run_command(HARBOUR, "-q", "-o", name).returncode == 0
    assert Path(name).read_text(encoding="utf-8").startswith(start)


def test_a_page_says_its_charset_and_title_and_nothing_of_an_article_is_markup_in_it() -> None:
    text = f"<script>alert(1)</script> & Söhne close\n\n{HARBOUR.read_text(encoding='utf-8')}"
    shown = run_command("-", "-f", "html", stdin=text.encode()).stdout
    assert '<meta charset="utf-8">' in shown and "<title>" in shown and "<script>alert" not in shown


@pytest.mark.parametrize("name", ["x.pdf", "x.docx", "harbour.news"])
def test_an_ending_that_no_format_has_is_met_with_those_there_are(name: str) -> None:
    done = run_command(HARBOUR, "-o", name)
    assert done.returncode == 2 and ".html, .htm, .json, .jsonld" in done.stderr and not Path(name).exists()
    assert run_command(HARBOUR, "-q", "-f", "json", "-o", name).returncode == 0


def test_a_table_that_no_batch_writes_is_met_with_those_there_are() -> None:
    done = run_command("batch", HARBOUR, "-o", "x.csv", "--model", "extractive")
    assert done.returncode == 2 and ".jsonl and .parquet" in done.stderr and not Path("x.csv").exists()
    assert run_command("batch", HARBOUR, "-f", "jsonl", "-o", "x.csv", "--model", "extractive").returncode == 0


# --- what does nothing -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--language", "de"], "--language does nothing here: no model is asked"),
        (["--record", "kept"], "--record does nothing here: no model is asked"),
        (["--language", "de", "--reasoning", "low"], "--reasoning and --language do nothing here"),
        (["--cache"], "--cache does nothing here"),
        (["--base-url", "http://127.0.0.1:9/v1"], "--base-url does nothing here"),
        (["--allow-private-hosts"], "--allow-private-hosts does nothing here: no page is fetched"),
        (["--force"], "--force does nothing here: no file is written"),
    ],
)
def test_an_option_that_does_nothing_says_so(options: list[str], said: str) -> None:
    loud = run_command(HARBOUR, "--model", "extractive", *options)
    assert loud.returncode == 0 and said in loud.stderr
    assert run_command(HARBOUR, "--model", "extractive", *options, "--quiet").stderr == ""


def test_what_of_a_prompt_is_for_models_alone_does_nothing_by_rules() -> None:
    run_command("prompts", "new", "house")
    assert "nothing here" not in run_command(HARBOUR, "--prompt", "./house").stderr
    Path("house/extra.md").write_text("Every headline names the town.")
    for command in ([], ["batch", "-o", "x.jsonl"]):
        said = run_command(*command, HARBOUR, "--prompt", "./house", "--model", "extractive").stderr
        assert said.startswith("house/extra.md does nothing here: no model is asked\n")
    Path("house/article.md").write_text("{{ sentences }}")
    assert "house/extra.md and house/article.md do nothing here" in run_command(HARBOUR, "-p", "./house").stderr


@pytest.mark.parametrize("option", ["--language de", "--max-tokens 9", "--workers 2", "--ray-address auto"])
def test_an_option_of_a_batch_that_does_nothing_says_so(option: str) -> None:
    done = run_command("batch", HARBOUR, "-o", "x.jsonl", "--model", "extractive", *option.split())
    assert f"{option.split()[0]} does nothing here" in done.stderr


def test_options_that_do_something_and_settings_for_all_runs_are_not_remarked_upon() -> None:
    with StubServer(answer(GOOD)) as server:
        where = ("--model", "m", "--base-url", server.base_url, "-p", "brief", "--reasoning", "none", "--cache")
        asked = run_command(HARBOUR, *where, "--language", "en", "--record", "kept", "--force", "-o", "x.json")
    assert asked.returncode == 0 and "nothing here" not in asked.stderr
    assert "nothing here" not in run_command(HARBOUR, SUMMARIZER_LANGUAGE="de", SUMMARIZER_RECORD="kept").stderr
    assert "nothing here" not in run_command("batch", HARBOUR, "-o", "y.jsonl", "--model", "extractive").stderr


def test_with_recorded_answers_what_is_for_a_server_does_nothing() -> None:
    with StubServer(answer(GOOD)) as server:
        where = ("--model", "m", "--base-url", server.base_url, "-p", "brief", "--record", "kept")
        run_command(HARBOUR, *where)
    done = run_command(HARBOUR, "--model", "replay:kept", "-p", "brief", "--reasoning", "low")
    assert done.returncode == 0 and "--reasoning does nothing here: the answers are recorded ones" in done.stderr


def test_a_model_that_the_recipe_does_not_ask_needs_no_key_and_is_not_named_as_the_author() -> None:
    done = run_command(HARBOUR, "--recipe", "extractive", "--model", "openai:gpt-6-luna", "-f", "json")
    assert json.loads(done.stdout)["run"]["model"] == "extractive"
    assert "--model does nothing here" in done.stderr and "language model" not in done.stderr


# --- what a newcomer types ---------------------------------------------------------------------------------------


def test_a_folder_is_met_with_the_command_for_all_of_it() -> None:
    Path("news").mkdir()
    assert "summarizer batch news -o records.jsonl" in run_command("news").stderr


def test_a_rehearsal_of_one_article_is_met_with_the_commands_for_it() -> None:
    done = run_command(HARBOUR, "--dry-run")
    assert done.returncode == 2 and "--dry-run" not in run_command("article", "--help").stdout
    assert "summarizer batch ARTICLE --dry-run" in done.stderr and "summarizer prompts render ARTICLE" in done.stderr


@pytest.mark.parametrize("options", [["-o", "x.jsonl"], ["--dry-run"]])
def test_the_first_articles_that_fail_are_named_with_the_reason(options: list[str]) -> None:
    Path("news").mkdir()
    for at in range(7):
        Path(f"news/{at}.txt").write_bytes(b"")
    done = run_command("batch", "news", *options, "--model", "extractive")
    told = done.stderr.splitlines()
    assert (
        len([line for line in told if line.endswith("holds no text. Give an article of at least a few sentences.")])
        == 5
    )
    assert "  and 2 more" in told


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ("--format pdf", "'-f': 'pdf' is not one of 'terminal'"),
        ("--fail-on note", "'--fail-on': 'note' is not one of 'error'"),
        ("--language klingon", "language (from the arguments): it is no language tag (BCP-47), as de, pt-BR"),
        ("--model gpt-4o", "did you mean openai:gpt-4o?"),
    ],
)
def test_a_value_that_an_option_does_not_take_is_met_in_our_words(options: str, said: str) -> None:
    done = run_command(HARBOUR, *options.split())
    assert done.returncode == 2 and said in done.stderr


@pytest.mark.parametrize(
    ("value", "said"), [("0", "at least 1"), ("100000000", "at most 10000"), ("many", "a whole number")]
)
def test_a_number_that_an_option_does_not_take_is_met_with_what_it_takes(value: str, said: str) -> None:
    done = run_command("batch", HARBOUR, "-o", "x.jsonl", "--concurrency", value)
    assert done.returncode == 2 and f"'--concurrency': it has to be {said}" in done.stderr


@pytest.mark.parametrize(
    ("file", "said"),
    [("none/x{}", "Make the folder first, or name a file in one that is there."), ("kept{}", "Name a file in it.")],
)
@pytest.mark.parametrize(
    ("command", "option", "ending"),
    [
        ([HARBOUR], "-o", ".json"),
        (["show", "record.json"], "-o", ".md"),
        (["batch", HARBOUR, "--model", "extractive"], "-o", ".jsonl"),
        (["eval", "suite", "--model", "extractive"], "--report", ".html"),
    ],
)
def test_a_file_that_can_not_come_to_be_is_said_before_anything_is_done_for_it(
    command: list[str | Path], option: str, ending: str, file: str, said: str
) -> None:
    Path(f"kept{ending}").mkdir()
    run_command("eval", "init", "suite")
    done = run_command(*command, option, file.format(ending))
    assert done.returncode == 1 and done.stderr.startswith("error: ") and said in done.stderr
