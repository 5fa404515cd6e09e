"""The values that an element has of its own, var() put in, inherit and initial replaced by what they stand for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from summarizer.reading.page.hidden.css.values import Quantity


@dataclass(frozen=True, slots=True)
class Own:
    """Values by property. What is not of the kind that is asked for can't be told, and hides nothing."""

    values: Mapping[str, object] = field(default_factory=dict)

    def word(self, name: str, otherwise: str = "") -> str:
        """A keyword; `otherwise` where nothing is said."""
        value = self.values.get(name, otherwise)
        return value if isinstance(value, str) else otherwise

    def words(self, name: str) -> frozenset[str]:
        """Keywords."""
        value = self.values.get(name)
        return value if isinstance(value, frozenset) else frozenset()

    def number(self, name: str, otherwise: float) -> float:
        """A number or share."""
        value = self.values.get(name)
        return value if isinstance(value, float) else otherwise

    def pixels(self, name: str, font: float, otherwise: float = 0.0, *, whole: float = 0.0) -> float:
        """A length."""
        value = self.values.get(name)
        return value.pixels(font, whole) if isinstance(value, Quantity) else otherwise

    def is_true(self, name: str) -> bool:
        """Whether a shape or the like leaves nothing."""
        return self.values.get(name) is True
