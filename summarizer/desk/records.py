"""Records: listed, shown, and saved with what people found in them."""

from __future__ import annotations

import json
import shlex
from collections.abc import Callable
from functools import lru_cache, partial
from typing import TypeVar

from anyio import to_thread
from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from summarizer.desk.bodies import CaseRequest, EditRequest, Kept, Rechecked, ReviewRequest
from summarizer.desk.desk import Desk, desk_of
from summarizer.desk.headers import policy_of
from summarizer.desk.problems import Problem
from summarizer.desk.review.comparing import agreement
from summarizer.desk.review.labelling import write_case
from summarizer.desk.review.reviewing import article_of, rechecked
from summarizer.desk.review.store import SETTLED, Room
from summarizer.desk.sources import body_of
from summarizer.record import EDITED, Summary
from summarizer.views import html
from summarizer.views.json import ACTING, escape, render

T = TypeVar("T")
MOST_ROWS = 500
PAGES = 64
"""That are kept as they were rendered, 100 kB each."""
MOST_OF_A_NAME = 80


async def list_records(request: Request) -> Response:
    """The records, those that need a look first."""
    asked = request.query_params
    first, most = (_number(asked.get(name, default)) for name, default in (("first", "0"), ("most", "100")))
    store = desk_of(request).store
    return _json(
        store.rows(state=asked.get("state"), batch=asked.get("batch"), first=first, most=min(most, MOST_ROWS))
    )


async def get_record(request: Request) -> Response:
    """A record: as settled, as reviewed where all reviews say the same, else as it was made. `?made` is the last, and
    `?by=NAME` what this person made of it."""
    desk, id_, by = desk_of(request), request.path_params["id"], request.query_params.get("by")
    text = await _in_thread(_shown, desk, id_, by, "made" in request.query_params)
    if "text/html" not in request.headers.get("accept", ""):
        return Response(escape(text, ACTING), media_type="application/json")
    page = await _in_thread(_page, text)
    return Response(page, headers={"content-security-policy": policy_of(page)}, media_type="text/html")


async def recheck_record(request: Request) -> Response:
    """The record with edits, as the checks see it; nothing is saved. `?html` adds it as the part of a page."""
    found = await _rechecked(request, await body_of(request, EditRequest))
    if "html" not in request.query_params:
        return _json(found)
    return _json(found.model_copy(update={"html": await _in_thread(_shown_as_edited, found)}))


async def list_reviews(request: Request) -> Response:
    """What everybody has found, each with its version."""
    reviews = await _in_thread(desk_of(request).store.all_kept, request.path_params["id"], "reviews")
    return JSONResponse({"reviews": [review.model_dump(mode="json") for review in reviews]})


async def put_review(request: Request) -> Response:
    """Saves what a person has found, and forgets their draft."""
    name, body = _name(request), await body_of(request, EditRequest)
    kept = await _save(request, "reviews", name, await _rechecked(request, body))
    await _in_thread(desk_of(request).store.drop, request.path_params["id"], "drafts", name)
    return kept


async def put_settled(request: Request) -> Response:
    """Saves what was found in the end."""
    body = await body_of(request, ReviewRequest)
    return await _save(request, "settled", body.by, await _rechecked(request, body))


async def get_draft(request: Request) -> Response:
    """What a person has not done yet."""
    kept = await _in_thread(desk_of(request).store.kept, request.path_params["id"], "drafts", _name(request))
    if kept is None:
        raise Problem(404, "There is no draft of this name.")
    return _versioned(kept)


async def put_draft(request: Request) -> Response:
    """Saves any JSON object as a person's draft."""
    body = await body_of(request, _Draft)
    return await _keep(request, "drafts", _name(request), body.model_dump(mode="json"))


async def delete_draft(request: Request) -> Response:
    """Forgets a draft."""
    await _in_thread(desk_of(request).store.drop, request.path_params["id"], "drafts", _name(request))
    return Response(status_code=204)


async def get_agreement(request: Request) -> Response:
    """How far two people agree: `?a=NAME&b=NAME`."""
    pair = [request.query_params.get(name, "") for name in ("a", "b")]
    reviews = [await _review(request, name) for name in pair]
    return _json(await _in_thread(agreement, *reviews))


async def post_case(request: Request) -> Response:
    """Writes a labelled case into the suite."""
    desk, id_, body = desk_of(request), request.path_params["id"], await body_of(request, CaseRequest)
    if desk.suite is None:
        raise Problem(409, "No suite is open here. Name its folder with --suite when the server is started.")
    summary = Summary.model_validate_json(await _in_thread(_shown, desk, id_, body.by, False))
    if summary.run.review is None:
        raise Problem(409, "Nobody's review counts yet: save one, settle what differs, or say by whom with `by`.")
    await _in_thread(write_case, desk.suite, summary, desk.store.source(id_), body)
    command = f"summarizer eval {shlex.quote(str(desk.suite))} --case {body.name}"
    return JSONResponse({"name": body.name, "file": f"cases/{body.name}/case.yaml", "command": command}, 201)


class _Draft(BaseModel, extra="allow"):
    """Any object."""


def _shown(desk: Desk, id_: str, by: str | None, made: bool) -> str:
    """The record that is asked for, as JSON; it is not validated anew for each reader."""
    if by is not None:
        return json.dumps(_found(desk, id_, by).value)
    if not made and desk.store.row(id_).state in ("reviewed", "settled"):
        settled = desk.store.kept(id_, "settled")
        counts = settled or max(desk.store.all_kept(id_, "reviews"), key=lambda review: review.at)
        return json.dumps(counts.value)
    return desk.store.text(id_)


def _found(desk: Desk, id_: str, by: str) -> Kept:
    if review := desk.store.kept(id_, "reviews", by):
        return review
    raise Problem(404, f"{by!r} has not reviewed this record.")


async def _review(request: Request, by: str) -> Kept:
    return await _in_thread(_found, desk_of(request), request.path_params["id"], by)


async def _rechecked(request: Request, body: EditRequest) -> Rechecked:
    """In its turn, for it takes a processor as the making of a record does."""
    store, id_ = desk_of(request).store, request.path_params["id"]

    def checked() -> Rechecked:
        return rechecked(store.record(id_), body.edits, store.origin(id_).language)

    return await desk_of(request).turns.work(request, partial(to_thread.run_sync, checked))


async def _save(request: Request, room: Room, by: str, found: Rechecked) -> Response:
    reviewed = found.record.reviewed(by, found.changed)
    return await _keep(request, room, by, reviewed.model_dump(mode="json"))


async def _keep(request: Request, room: Room, by: str, value: object) -> Response:
    """Saves it where the version is there that the client says it goes on from: If-Match, or nothing for a first."""
    said = request.headers.get("if-match", "0").strip().strip('"')
    name = SETTLED if room == "settled" else by
    keep = partial(desk_of(request).store.keep, request.path_params["id"], room, by, value, _number(said), name)
    return _versioned(await _in_thread(keep))


def _name(request: Request) -> str:
    name = str(request.path_params["name"])
    if not name.strip() or name != name.strip() or len(name) > MOST_OF_A_NAME:
        raise Problem(
            422, f"{name[:MOST_OF_A_NAME]!r} is no name: up to {MOST_OF_A_NAME} characters, no space around"
        )
    return name


def _number(said: str) -> int:
    if not said.isdecimal() or len(said) > 9:
        raise Problem(
            422, f"{said[:40]!r} is no number. An ETag is one that was given here; `first` and `most`, too."
        )
    return int(said)


def _versioned(kept: Kept) -> Response:
    return _json(kept, ETag=f'"{kept.version}"')


def _json(part: BaseModel, **headers: str) -> Response:
    return Response(render(part), headers=headers, media_type="application/json")


def _shown_as_edited(found: Rechecked) -> str:
    """What somebody is writing does not look like the article's words, nor a model's."""
    record, kind = found.record, found.record.run.digital_source_type
    if found.changed and kind:
        run = record.run.model_copy(update={"digital_source_type": EDITED.get(kind, kind)})
        record = record.model_copy(update={"run": run})
    return html.fragment(record, article_of(record))


@lru_cache(PAGES)
def _page(text: str) -> str:
    summary = Summary.model_validate_json(text)
    return html.page(summary, article_of(summary) if summary.article.text else None)


async def _in_thread(function: Callable[..., T], *arguments: object) -> T:
    return await to_thread.run_sync(function, *arguments)
