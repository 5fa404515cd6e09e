"""`summarizer cache`: the replies that are kept, so that nothing is paid for twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from summarizer.cli.exit_codes import NOT_OK, fail, reported_errors

if TYPE_CHECKING:
    from summarizer.models.reply_store import ReplyStore

cache = typer.Typer(help="The replies that are kept, so that nothing is paid for twice.", no_args_is_help=True)


@cache.command("info")
def cache_info() -> None:
    """Where replies are kept, how many by which model, and the room they take."""
    with reported_errors():
        store = _store()
        info = store.info() if store.path.exists() else None
        if info is None and store.path.exists():
            fail(f"{store.path} can't be read as a cache", NOT_OK)
    typer.echo(store.path)
    if info is None:
        typer.echo("nothing is kept yet")
        return
    typer.echo(f"{info.replies:,} replies, {info.bytes / 1e6:.1f} of {store.most_bytes / 1e6:,.0f} MB")
    for model, replies in info.models.items():
        typer.echo(f"{replies:>9,}  {model}")


@cache.command("clear")
def cache_clear() -> None:
    """Forget every reply."""
    with reported_errors():
        store = _store()
        gone = store.clear() if store.path.exists() else 0
        if gone is None:
            fail(f"{store.path} can't be cleared", NOT_OK)
    typer.echo(f"{gone:,} replies forgotten")


def _store() -> ReplyStore:
    from summarizer.models.cache import default_cache, open_store
    from summarizer.settings import Settings

    settings = Settings.load()
    return open_store(settings.cache or default_cache(), settings)
