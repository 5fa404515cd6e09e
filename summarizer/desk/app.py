"""The application: every route, with what it takes and gives, behind the guard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio import to_thread
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from summarizer.desk import records, summaries
from summarizer.desk.bodies import (
    Agreement,
    CaseRequest,
    CheckRequest,
    EditRequest,
    Kept,
    Rechecked,
    ReviewRequest,
    Rows,
    SummaryRequest,
)
from summarizer.desk.desk import Desk, desk_of
from summarizer.desk.front.files import ROUTES
from summarizer.desk.guard import Access, Guard
from summarizer.desk.headers import SecurityHeaders
from summarizer.desk.openapi import Operation, document
from summarizer.desk.problems import reported, unrouted
from summarizer.outside import Checked
from summarizer.record import Summary

THREADS = 2
"""That read files and render pages beside the loop: Python runs one at a time, and with more the loop waits longer
for its turn."""


async def health(request: Request) -> Response:
    """Whether the server is there."""
    return JSONResponse({"status": "ok"})


async def choices(request: Request) -> Response:
    """The models, prompts and schemas that can be chosen, by name; the first model is taken where none is."""
    return JSONResponse(desk_of(request).offer.choices())


async def batches(request: Request) -> Response:
    """The batches that are open, each with its records in the order of its lines, and the lines that have none."""
    return JSONResponse({"batches": [batch.model_dump(mode="json") for batch in desk_of(request).batches]})


async def openapi(request: Request) -> Response:
    """This document."""
    return JSONResponse(document(OPERATIONS))


OPERATIONS = (
    Operation("GET", "/health", health),
    Operation("GET", "/openapi.json", openapi),
    Operation("GET", "/choices", choices),
    Operation("GET", "/batches", batches),
    Operation("POST", "/summaries", summaries.post_summary, SummaryRequest, Summary, 201, takes_files=True),
    Operation("POST", "/checks", summaries.post_check, CheckRequest, Checked),
    Operation("GET", "/records", records.list_records, None, Rows, query=("state", "batch", "first", "most")),
    Operation("GET", "/records/{id}", records.get_record, None, Summary, query=("by", "made")),
    Operation("POST", "/records/{id}/check", records.recheck_record, EditRequest, Rechecked, query=("html",)),
    Operation("GET", "/records/{id}/reviews", records.list_reviews),
    Operation("PUT", "/records/{id}/reviews/{name}", records.put_review, EditRequest, Kept, is_versioned=True),
    Operation("PUT", "/records/{id}/settled", records.put_settled, ReviewRequest, Kept, is_versioned=True),
    Operation("GET", "/records/{id}/agreement", records.get_agreement, None, Agreement, query=("a", "b")),
    Operation("GET", "/records/{id}/drafts/{name}", records.get_draft, None, Kept),
    Operation("PUT", "/records/{id}/drafts/{name}", records.put_draft, None, Kept, is_versioned=True),
    Operation("DELETE", "/records/{id}/drafts/{name}", records.delete_draft, status=204),
    Operation("POST", "/records/{id}/case", records.post_case, CaseRequest, None, 201),
)


def application(desk: Desk, access: Access) -> Starlette:
    """The desk as an ASGI application."""
    cors = Middleware(
        CORSMiddleware,
        allow_origins=sorted(access.origins),
        allow_methods=["GET", "POST", "PUT", "DELETE"],
        allow_headers=["Authorization", "Content-Type", "If-Match"],
        expose_headers=["ETag", "Location", "Retry-After"],
    )
    app = Starlette(
        routes=[
            *ROUTES,
            *(Route(each.path, reported(each.endpoint), methods=[each.method]) for each in OPERATIONS),
        ],
        middleware=[Middleware(SecurityHeaders), *([cors] if access.origins else []), Middleware(Guard, access)],
        exception_handlers={HTTPException: unrouted},
        lifespan=_few_threads,
    )
    app.state.desk = desk
    return app


@asynccontextmanager
async def _few_threads(app: Starlette) -> AsyncIterator[None]:
    to_thread.current_default_thread_limiter().total_tokens = THREADS
    yield
    app.state.desk.turns.close()
