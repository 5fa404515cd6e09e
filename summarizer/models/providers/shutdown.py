"""The day on which a model is shut down: from when on it is told, and in which words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from summarizer.models.providers.provider import Provider

NOTICE = timedelta(days=90)
"""How long before that day it is told."""


@dataclass(frozen=True)
class Shutdown:
    """The day on which a model is or was shut down, seen from `today`; and the model to take instead, if any."""

    model: str
    day: date
    today: date
    instead: str = ""

    @property
    def is_over(self) -> bool:
        """Whether the day has passed."""
        return self.day < self.today

    @property
    def brief(self) -> str:
        """`ends 2026-12-11`, or `ended`."""
        return f"{'ended' if self.is_over else 'ends'} {self.day}"

    @property
    def notice(self) -> str:
        """The model, the day, how far off it is, and what to use instead, in one line."""
        when = f"was shut down on {self.day}" if self.is_over else f"is shut down on {self.day}, {self._far_off}"
        return f"{self.model} {when}{self.instead and f'; {self.instead}'}"

    @property
    def _far_off(self) -> str:
        days = (self.day - self.today).days
        return f"in {days} days" if days > 1 else ("today", "tomorrow")[days]


def shutdown(row: Provider, model: str, today: date | None = None) -> Shutdown | None:
    """The shutdown of a model of this provider, when it is near or over; None where it is far off, or not known."""
    today = today or date.today()
    day = row.ends_on(model)
    if day is None or today < day - NOTICE:
        return None
    is_lasting = row.default_model and (row.ends_on(row.default_model) or date.max) >= today
    instead = is_lasting and model != row.default_model
    return Shutdown(model, day, today, f"the default of {row.name} is {row.default_model}" if instead else "")


def shutdowns(row: Provider, today: date | None = None) -> list[Shutdown]:
    """Of all models of a provider those that are still to come, and near."""
    found = (shutdown(row, model, today) for model in row.ends)
    return [each for each in found if each and not each.is_over]
