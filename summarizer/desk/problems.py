"""Problems: every error as JSON that says what was wrong and what to do (RFC 9457), and never as a traceback."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from summarizer.errors import (
    ContextExceeded,
    ModelError,
    OutputFailed,
    SourceRefused,
    SourceUnreachable,
    SummarizerError,
)
from summarizer.faults import faults_of

Endpoint = Callable[[Request], Awaitable[Response]]

STATUSES: tuple[tuple[type[SummarizerError], int], ...] = (
    (SourceUnreachable, 502),
    (SourceRefused, 502),
    (ContextExceeded, 422),
    (ModelError, 502),
    (OutputFailed, 507),
    (SummarizerError, 422),
)
"""What an error of the library is over HTTP; the first that fits."""


class Problem(Exception):
    """What a client is told instead of an answer; `more` stands beside it."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        error: str | None = None,
        headers: Mapping[str, str] | None = None,
        **more: Any,
    ) -> None:
        super().__init__(detail)
        self.status, self.headers = status, headers
        named = {"error": error} if error else {}
        self.body = {"title": HTTPStatus(status).phrase, "status": status, "detail": detail, **named, **more}

    def response(self) -> JSONResponse:
        """The answer that tells it."""
        return JSONResponse(self.body, self.status, self.headers, media_type="application/problem+json")


@contextmanager
def fitting(whole: str) -> Iterator[None]:
    """What does not fit its type here is the client's to mend; `whole` names what has it."""
    try:
        yield
    except ValidationError as error:
        raise Problem(422, faults_of(error, whole)) from None


def problem_of(error: Exception) -> Problem:
    """What there is to be told of an error."""
    match error:
        case Problem():
            return error
        case SummarizerError():
            status = next(status for kind, status in STATUSES if isinstance(error, kind))
            return Problem(status, str(error), error=type(error).__name__)
        case HTTPException():
            return Problem(error.status_code, f"{error.detail}. What there is: /openapi.json", headers=error.headers)
        case TimeoutError():
            return Problem(504, "This took too long, and was given up. Try a shorter article or a faster model.")
    at = traceback.extract_tb(error.__traceback__)[-1]
    # Not what it says: that may be somebody's text, or a key.
    logging.getLogger(__name__).error("%s at %s:%s", type(error).__name__, at.filename, at.lineno)
    return Problem(500, "Something failed here that should not have. The server's log names the place.")


def reported(endpoint: Endpoint) -> Endpoint:
    """The endpoint, whose errors are answers."""

    async def answered(request: Request) -> Response:
        try:
            return await endpoint(request)
        except Exception as error:
            return problem_of(error).response()

    return answered


async def unrouted(request: Request, error: Exception) -> Response:
    """What is answered where no endpoint is."""
    return problem_of(error).response()
