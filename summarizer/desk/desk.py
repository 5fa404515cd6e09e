"""The desk itself: what is offered, where records are kept, which suite is labelled, whose turn it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from starlette.requests import Request

from summarizer.desk.offer import Offer
from summarizer.desk.review.lines import Batch
from summarizer.desk.review.store import Store
from summarizer.desk.turns import Turns


@dataclass(frozen=True)
class Desk:
    """All that an endpoint works with."""

    offer: Offer
    store: Store
    suite: Path | None = None
    batches: tuple[Batch, ...] = ()
    turns: Turns = field(default_factory=Turns)


def desk_of(request: Request) -> Desk:
    """The one that answers this request."""
    desk: Desk = request.app.state.desk
    return desk
