"""Prices: what requests cost by the list of genai-prices, an offline snapshot, where that package is installed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from typing import TYPE_CHECKING

from summarizer.record import Call

if TYPE_CHECKING:
    from genai_prices.types import ModelInfo

PACKAGE = "genai-prices"

_ANSWERS = ("ok", "invalid", "objected", "refused", "filtered", "truncated", "empty")
"""Outcomes of requests that were answered, and so have their price."""


def cost(model_name: str, calls: Iterable[Call]) -> float | None:
    """US dollars for these calls to `provider:model`.

    None when its price is not known, or when the server answered without a count of the tokens.
    """
    calls = tuple(calls)
    if any(call.tokens_in is None or call.tokens_out is None for call in calls if call.outcome in _ANSWERS):
        return None
    # One by one: a long request may have a price of its own.
    prices = [
        _price(model_name, call.tokens_in or 0, call.tokens_cached or 0, call.tokens_out or 0) for call in calls
    ]
    return _sum(prices) if prices else _sum([_price(model_name, 0, 0, 0)])


def estimate(model_name: str, tokens_in: int, tokens_out: int) -> float | None:
    """US dollars for one request of this size to `provider:model`; None when its price is not known."""
    return _sum([_price(model_name, tokens_in, 0, tokens_out)])


def _sum(prices: Iterable[Decimal | None]) -> float | None:
    known: list[Decimal] = []
    for price in prices:
        if price is None:
            return None
        known.append(price)
    return float(sum(known))


def _price(model_name: str, tokens_in: int, tokens_cached: int, tokens_out: int) -> Decimal | None:
    provider, _, model = model_name.partition(":")
    if not model or not is_installed():
        return None
    from genai_prices import Usage, calc_price

    usage = Usage(input_tokens=tokens_in, cache_read_tokens=tokens_cached, output_tokens=tokens_out)
    try:
        found = calc_price(usage, model, provider_id=provider)
    except (LookupError, ValueError):  # not in the list; more tokens cached than there were
        return None
    # The list also takes a provider for one that it resembles: a server of one's own is not what it is called after.
    return found.total_price if found.provider.id == provider else None


@cache
def is_installed() -> bool:
    """Whether there are prices at all: the extra `[prices]`."""
    return find_spec("genai_prices") is not None


@cache
def price_list() -> str | None:
    """The price list and its day, as `genai-prices 0.2.3 of 2026-10-14`: the newest day from which one of its prices
    holds, as it bears no date of its own. None where it is not installed."""
    if not is_installed():
        return None
    from genai_prices.data_snapshot import get_snapshot

    today = datetime.now(UTC).date()
    starts = (start for row in get_snapshot().providers for model in row.models for start in _starts(model))
    newest = max((start for start in starts if start <= today), default=None)
    return f"{PACKAGE} {version(PACKAGE)}" + (f" of {newest}" if newest else "")


def _starts(model: ModelInfo) -> Iterator[date]:
    """Days from which the prices of a model hold, where the list says so."""
    from genai_prices.types import StartDateConstraint

    changing = model.prices if isinstance(model.prices, list) else []
    for price in (*changing, *(model.price_variants or ())):
        if isinstance(price.constraint, StartDateConstraint):
            yield price.constraint.start_date
