"""`summarizer serve`: the desk, on this machine or, with a token, for others."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from summarizer.cli.exit_codes import USAGE, fail, reported_errors, say
from summarizer.cli.options import BaseUrl, Language, PrivateHosts

NEEDED = ("starlette", "uvicorn", "sse_starlette", "python_multipart")
SHORTEST_TOKEN = 16
"""Characters."""
IDLE_SECONDS = 60
"""That a connection is kept while nothing is asked: people read between two clicks."""


def serve_command(
    host: Annotated[str, typer.Option(help="Address to listen on; any but this machine's own needs a token.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 8765,
    token: Annotated[
        str | None,
        typer.Option(
            envvar="SUMMARIZER_TOKEN",
            help="What clients have to show; better set as SUMMARIZER_TOKEN, as `ps` shows options. Default: none "
            "on this machine, elsewhere one that is made up and printed.",
            show_default=False,
            show_envvar=False,
        ),
    ] = None,
    name: Annotated[
        list[str] | None, typer.Option("--name", help="A host name it is reached by; again for more.", metavar="NAME")
    ] = None,
    allow_origin: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-origin", help="Another origin whose pages may ask, as https://cms.example.", metavar="ORIGIN"
        ),
    ] = None,
    records: Annotated[
        Path, typer.Option(help="Folder of the records, their drafts and reviews.", metavar="FOLDER")
    ] = Path("records"),
    suite: Annotated[
        Path | None, typer.Option(help="Folder of the eval suite that cases are written to.", metavar="SUITE")
    ] = None,
    lines: Annotated[
        list[Path] | None,
        typer.Option("--lines", help="Output of a batch to open; again for more.", metavar="FILE"),
    ] = None,
    model: Annotated[
        list[str] | None,
        typer.Option("--model", "-m", help="A model to offer, the first as the default; again for more."),
    ] = None,
    prompt: Annotated[
        list[str] | None,
        typer.Option("--prompt", "-p", help="Folder of a prompt to offer besides those that ship; again for more."),
    ] = None,
    schema: Annotated[
        list[Path] | None, typer.Option("--schema", help="A schema to offer; again for more.", metavar="FILE")
    ] = None,
    base_url: BaseUrl = None,
    language: Language = None,
    allow_private_hosts: PrivateHosts = None,
) -> None:
    """Serve the desk: make, check and review records in a browser or over HTTP."""
    if lacking := [package for package in NEEDED if find_spec(package) is None]:
        fail(f"serving needs {', '.join(lacking)}: pip install 'checked-summarizer[serve]'", USAGE)
    if token is not None and len(token) < SHORTEST_TOKEN:
        fail(f"a token has {SHORTEST_TOKEN} characters at least", USAGE)
    with reported_errors():
        import secrets

        from summarizer.desk.app import application
        from summarizer.desk.desk import Desk
        from summarizer.desk.guard import LOOPBACK, Access
        from summarizer.desk.offer import Offer
        from summarizer.desk.review.lines import open_lines
        from summarizer.desk.review.store import Store
        from summarizer.settings import Settings

        settings = Settings.load(base_url=base_url, language=language, allow_private_hosts=allow_private_hosts)
        offer = Offer.of(settings, model or (), prompt or (), schema or ())
        store = Store(records)
        batches = tuple(open_lines(store, path) for path in lines or ())
        given = token or (None if host in LOOPBACK else secrets.token_urlsafe(32))
        names = frozenset(each.lower() for each in name or ())
        access = Access(host, port, given, names, frozenset(allow_origin or ()))
        desk = Desk(offer, store, suite, batches)
        say(f"records in {records}, models {', '.join(offer.models)}")
        for batch in batches:
            say(f"{batch.name}: {len(batch.records)} records, {len(batch.unopened)} lines without one")
        shown = f"?token={given}" if given and not token else ""
        say(f"http://{f'[{host}]' if ':' in host else host}:{port}/{shown}")
        run(application(desk, access), host, port)


def run(app: object, host: str, port: int) -> None:
    """Serves until it is interrupted. No line is logged for a request: addresses may hold the token."""
    import uvicorn

    uvicorn.run(
        app,  # type: ignore[arg-type]  # any ASGI application
        host=host,
        port=port,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_keep_alive=IDLE_SECONDS,
    )
