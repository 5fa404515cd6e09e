"""Records over HTTP: whole or as they are written, from what may be chosen, in turns."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
from desk_server import served
from harbour import GOOD, HARBOUR
from jsonschema import Draft202012Validator
from polling import wait_for
from pydantic import SecretStr
from stub_server import StubServer, answer, error, html, streamed

from summarizer import Settings, Summary
from summarizer.desk.turns import Turns
from summarizer.models.waiting import without_waiting

TEXT = HARBOUR.read_text(encoding="utf-8")
KEY = "sk-a-key-that-nobody-may-see"
EVENTS = {"accept": "text/event-stream"}


@pytest.fixture(autouse=True)
def no_waits(bare: None) -> Iterator[None]:
    with without_waiting():
        yield


@pytest.fixture
def client(tmp_path: Path) -> Iterator[httpx2.Client]:
    with served(tmp_path / "records") as client:
        yield client


def settings(server: StubServer) -> Settings:
    return Settings(model="m", base_url=server.base_url, prompt="brief", api_key=SecretStr(KEY), tries=1)


def events_of(answer: httpx2.Response) -> list[tuple[str, Any]]:
    found, name = [], ""
    for line in answer.iter_lines():
        if line.startswith("event:"):
            name = line.removeprefix("event:").strip()
        elif line.startswith("data:"):
            found.append((name, json.loads(line.removeprefix("data:"))))
    return found


class TestWhole:
    def test_a_record_is_answered_and_kept(self, client: httpx2.Client) -> None:
        made = client.post("/summaries", json={"text": TEXT, "title": "Bridge shut", "published": "2024-05-15"})
        assert made.status_code == 201
        summary = Summary.model_validate_json(made.text)
        assert (summary.article.title, summary.article.published) == ("Bridge shut", "2024-05-15")
        assert summary.article.text
        assert client.get(made.headers["location"]).json() == made.json()

    def test_a_file_is_read_by_the_ending_of_its_name(self, client: httpx2.Client) -> None:
        page = f"<html><body><article><h1>Bridge shut</h1><p>{TEXT}</p></article></body></html>"
        files = {"file": ("page.html", page.encode(), "application/octet-stream")}
        made = client.post("/summaries", files=files, data={"model": "extractive"})
        assert made.status_code == 201
        assert "<article>" not in made.json()["article"]["text"]

    def test_a_record_is_a_page_for_who_wants_one(self, client: httpx2.Client) -> None:
        at = client.post("/summaries", json={"text": TEXT}).headers["location"]
        page = client.get(at, headers={"accept": "text/html"})
        assert page.headers["content-type"].startswith("text/html")
        assert page.text.startswith("<!DOCTYPE html>")
        policy = page.headers["content-security-policy"]
        assert "frame-ancestors 'none'" in policy and "'self'" not in policy and "unsafe" not in policy

    def test_a_text_is_never_opened_as_a_path_or_an_address(self, client: httpx2.Client, tmp_path: Path) -> None:
        (tmp_path / "secret.txt").write_text("The secret word is porcupine. " * 20)
        with StubServer(answer("{}"), pages={"/v1/page": html()}) as server:
            for text in (str(tmp_path / "secret.txt"), f"{server.base_url}/page", "file:///etc/hostname"):
                made = client.post("/summaries", json={"text": text})
                assert "porcupine" not in made.text and "log in" not in made.text


class TestChoices:
    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("model", "local:/etc/passwd"),
            ("model", "replay:/etc"),
            ("model", "openai:gpt-6-luna"),
            ("prompt", "../prompts/news"),
            ("prompt", "/etc"),
            ("schema", "schema.json"),
        ],
    )
    def test_nothing_is_taken_but_what_was_offered(self, client: httpx2.Client, field: str, value: str) -> None:
        refused = client.post("/summaries", json={"text": TEXT, field: value})
        assert refused.status_code == 422
        assert f"no {field} {value!r} is offered here" in refused.json()["detail"]

    @pytest.mark.parametrize("field", ["base_url", "api_key", "record", "cache", "allow_private_hosts", "records"])
    def test_a_clients_settings_are_none(self, client: httpx2.Client, field: str) -> None:
        refused = client.post("/summaries", json={"text": TEXT, field: "http://evil.example"})
        assert refused.status_code == 422
        assert field in refused.json()["detail"]

    def test_names_alone_are_listed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        with served(tmp_path / "others") as client:
            listed = client.get("/choices")
        assert listed.json()["models"] == ["openai:gpt-6-luna", "extractive"]
        assert {"brief", "news"} <= {*listed.json()["prompts"]}
        assert KEY not in listed.text

    @pytest.mark.parametrize(
        "url", ["http://127.0.0.1/x", "http://169.254.169.254/latest", "http://[::1]/", "http://10.0.0.1/"]
    )
    def test_a_private_address_is_not_fetched(self, client: httpx2.Client, url: str) -> None:
        for path, body in (("/summaries", {"url": url}), ("/checks", {"record": "So.", "article": {"url": url}})):
            refused = client.post(path, json=body)
            assert (refused.status_code, refused.json()["error"]) == (422, "AddressNotAllowed")

    def test_unless_the_server_was_started_so(self, tmp_path: Path) -> None:
        page = replace(html(), body=f"<article><p>{TEXT}</p></article>".encode())
        with (
            StubServer(answer("{}"), pages={"/page": page}) as pages,
            served(tmp_path / "others", Settings(allow_private_hosts=True)) as client,
        ):
            made = client.post("/summaries", json={"url": pages.base_url.replace("/v1", "/page")})
        assert made.status_code == 201

    @pytest.mark.parametrize(
        "body", [{}, {"text": TEXT, "html": TEXT}, {"text": "  "}, {"url": "file:///etc/passwd"}]
    )
    def test_what_is_no_article_is_told_by_its_field(self, client: httpx2.Client, body: dict[str, str]) -> None:
        assert client.post("/summaries", json=body).status_code == 422

    def test_other_types_than_json_are_not_read(self, client: httpx2.Client) -> None:
        plain = client.post("/summaries", content=json.dumps({"text": TEXT}), headers={"content-type": "text/plain"})
        assert plain.status_code == 415


class TestStream:
    def test_pieces_come_and_then_the_record_that_is_kept(self, tmp_path: Path) -> None:
        with StubServer(streamed(GOOD)) as server, served(tmp_path / "others", settings(server)) as client:
            with client.stream("POST", "/summaries", json={"text": TEXT}, headers=EVENTS) as answered:
                told = events_of(answered)
            names = [name for name, _ in told]
            assert names == ["piece"] * (len(told) - 1) + ["record"]
            assert told[0][1]["path"] == "headline" and told[0][1]["findings"] == []
            record = told[-1][1]
            assert client.get(record["location"]).json() == record["record"]

    def test_what_goes_wrong_is_its_last_event(self, tmp_path: Path) -> None:
        with StubServer(error(500)) as server, served(tmp_path / "others", settings(server)) as client:
            with client.stream("POST", "/summaries", json={"text": TEXT}, headers=EVENTS) as answered:
                [(name, problem)] = events_of(answered)
            assert (name, problem["status"], problem["error"]) == ("problem", 502, "ProviderFailed")
            assert client.get("/records").json()["total"] == 0

    @pytest.mark.parametrize("headers", [EVENTS, {}], ids=["events", "whole"])
    def test_who_leaves_cancels_the_work_and_frees_the_place(self, tmp_path: Path, headers: dict[str, str]) -> None:
        held = threading.Event()
        step = replace(streamed(GOOD) if headers else answer(GOOD), held=held)
        turns = Turns(1, 0)
        with StubServer(step) as server, served(tmp_path / "others", settings(server), turns=turns) as client:
            leaving = httpx2.Client(base_url=client.base_url, timeout=0.5)
            with pytest.raises(httpx2.TimeoutException), leaving:
                leaving.post("/summaries", json={"text": TEXT}, headers=headers)
            again = {"text": TEXT, "model": "m"}
            held.set()
            wait_for(lambda: client.post("/summaries", json=again).status_code == 201)
            assert client.get("/records").json()["total"] == 1


class TestTurns:
    def test_who_comes_while_all_places_are_taken_is_told_when_to_come_again(self, tmp_path: Path) -> None:
        held = threading.Event()
        step = replace(answer(GOOD), held=held)
        with StubServer(step) as server, served(tmp_path / "others", settings(server), turns=Turns(1, 1)) as client:
            codes: list[int] = []

            def ask() -> None:
                codes.append(client.post("/summaries", json={"text": TEXT}).status_code)

            threads = [threading.Thread(target=ask) for _ in range(4)]
            for thread in threads:
                thread.start()
            wait_for(lambda: len(codes) == 2)
            busy = client.post("/summaries", json={"text": TEXT}, headers=EVENTS)
            assert client.get("/records").status_code == 200
            held.set()
            for thread in threads:
                thread.join()
        assert sorted(codes) == [201, 201, 503, 503]
        assert busy.status_code == 503 and int(busy.headers["retry-after"]) > 0


class TestKeys:
    def test_no_answer_holds_the_key_that_a_server_turned_down(
        self, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        with StubServer(error(401, f"bad key {KEY}")) as server, served(tmp_path / "o", settings(server)) as client:
            refused = client.post("/summaries", json={"text": TEXT})
            with client.stream("POST", "/summaries", json={"text": TEXT}, headers=EVENTS) as answered:
                told = json.dumps(events_of(answered))
        assert refused.status_code == 502
        assert KEY not in refused.text + told + "".join(capfd.readouterr())


class TestChecks:
    def test_what_others_wrote_is_held_against_its_article(self, client: httpx2.Client) -> None:
        body = {"record": "Some 46 companies lose 400,000 euros.", "article": {"text": TEXT}}
        checked = client.post("/checks", json=body).json()
        assert [finding["code"] for finding in checked["findings"]] == ["number_not_in_evidence"]

    def test_so_is_json_by_the_kinds_of_its_values(self, client: httpx2.Client) -> None:
        body = {"record": {"who": ["Miriam Okafor", "Jo Doe"]}, "article": {"text": TEXT}, "kinds": {"who[]": "name"}}
        checked = client.post("/checks", json=body).json()
        assert [finding["path"] for finding in checked["findings"]] == ["who[1]"]


class TestDocument:
    def test_it_is_whole(self, client: httpx2.Client) -> None:
        document = client.get("/openapi.json").json()
        schemas = document["components"]["schemas"]
        assert document["openapi"].startswith("3.1")
        for schema in schemas.values():
            Draft202012Validator.check_schema(schema)
        named = {each.removeprefix("#/components/schemas/") for each in references(document)}
        assert named and named <= schemas.keys()
        for path, methods in document["paths"].items():
            for operation in methods.values():
                there = {each["name"] for each in operation["parameters"] if each["in"] == "path"}
                assert all(f"{{{name}}}" in path for name in there) and path.count("{") == len(there)
                assert operation["summary"] and operation["responses"]
        ids = [each["operationId"] for methods in document["paths"].values() for each in methods.values()]
        assert len(ids) == len({*ids})

    def test_a_record_that_is_answered_fits_it(self, client: httpx2.Client) -> None:
        document = client.get("/openapi.json").json()
        content = document["paths"]["/summaries"]["post"]["responses"]["201"]["content"]["application/json"]
        schema = {**content["schema"], "components": document["components"]}
        made = client.post("/summaries", json={"text": TEXT}).json()
        assert [*Draft202012Validator(schema).iter_errors(made)] == []


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for value in part.values():
            yield from references(value)
    elif isinstance(part, list):
        for value in part:
            yield from references(value)
