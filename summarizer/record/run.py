"""How a record came to be: requests, tokens, cost, who wrote it and who has read it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

from summarizer.record.parts import Part

TIMEOUT = "timeout"
"""The outcome of a request that had no answer in time."""


class Call(Part):
    """One request as it went over the wire. Token counts are the server's own; None where it gave none."""

    purpose: str
    tokens_in: int | None
    tokens_cached: int | None
    tokens_out: int | None
    """All that was written and is billed, thoughts too."""
    tokens_thought: int | None = None
    """Those of it that the model thought with."""
    seconds: float
    outcome: str
    """ok, invalid, objected (valid, but something in it can't be right), refused, filtered, truncated, empty, or what
    failed: `status 500`, `timeout`. `cached` is one that was not made again, `cached invalid` its first try: a cache
    had what came of it."""

    @property
    def saved(self) -> bool:
        """Whether it was made, and counted, at an earlier time: a cache had what came of it."""
        return self.outcome.startswith("cached")


class Tokens(Part):
    """Sums over requests, re-asked and failed ones too, as far as the servers counted."""

    input: int
    cached: int
    output: int
    thought: int = 0
    """Those of the output that models thought with."""

    @classmethod
    def of(cls, calls: Iterable[Call]) -> Tokens:
        """What these requests come to."""
        calls = tuple(calls)
        return cls(
            input=sum(call.tokens_in or 0 for call in calls),
            cached=sum(call.tokens_cached or 0 for call in calls),
            output=sum(call.tokens_out or 0 for call in calls),
            thought=sum(call.tokens_thought or 0 for call in calls),
        )


class PromptInfo(Part):
    """Which prompt it was; the hash covers its settings, its templates and its examples."""

    name: str
    version: str
    sha256: str


class Coverage(Part):
    """Characters of the article's text, and how many of them the model was shown."""

    given: int
    seen: int


SourceType = Literal[
    "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia",
    "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia",
    "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia",
    "http://cv.iptc.org/newscodes/digitalsourcetype/humanEdits",
]
"""Terms of IPTC's vocabulary: what a language model has written, the same edited by a person, what rules have put
together of the article's own sentences, the same edited by a person."""

BY_MODEL: SourceType = "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"
BY_RULES: SourceType = "http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia"

EDITED: Mapping[SourceType, SourceType] = {
    BY_MODEL: "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia",
    BY_RULES: "http://cv.iptc.org/newscodes/digitalsourcetype/humanEdits",
}
"""What a text is that a person has changed."""


class Review(Part):
    """That a person has read the record, and what they changed."""

    by: str
    at: str
    """ISO 8601, in UTC."""
    changed: tuple[str, ...] = ()
    """Paths of what they edited, added or took out."""


class Run(Part):
    """How the record came to be."""

    model: str
    recipe: str
    prompt: PromptInfo | None
    schema_sha256: str | None
    summarizer_version: str
    requests: tuple[Call, ...]
    tokens: Tokens
    """What was spent for this record."""
    saved: Tokens = Tokens(input=0, cached=0, output=0)
    """What was spent earlier on answers that a cache had."""
    cost: float | None
    """US dollars for what was spent; None when no price is known."""
    price_list: str | None = None
    """Where the price is from, and of what day."""
    seconds: float
    coverage: Coverage
    digital_source_type: SourceType | None = None
    """Who wrote it, for machines; None where nothing was written."""
    review: Review | None = None
    """None: nobody has said that they read it."""
