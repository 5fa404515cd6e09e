"""The files of the desk's page: its own, and those that it shares with the page of a record."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from pathlib import PurePath

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from summarizer.desk.problems import Problem, reported
from summarizer.views.html import asset

PAGE = "desk.html"
SHARED = ("look.css", "check.css", "check.js")
"""Of the page of a record, so that there is one look."""
TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


async def page(request: Request) -> Response:
    """The desk."""
    return _file(PAGE)


async def part(request: Request) -> Response:
    """A style sheet or a script of it. Raises Problem."""
    name = request.path_params["name"]
    if name not in _names():
        raise Problem(404, "There is no such file.")
    return _file(name)


ROUTES = (Route("/", reported(page), methods=["GET"]), Route("/desk/{name}", reported(part), methods=["GET"]))


@cache
def _names() -> frozenset[str]:
    """Of all that a browser may ask for: no path is made of what it sends."""
    own = (each.name for each in files(__package__).iterdir() if PurePath(each.name).suffix in TYPES)
    return frozenset((*SHARED, *own))


@cache
def _text(name: str) -> str:
    return asset(name) if name in SHARED else files(__package__).joinpath(name).read_text(encoding="utf-8")


def _file(name: str) -> Response:
    return Response(_text(name), media_type=TYPES[PurePath(name).suffix])
