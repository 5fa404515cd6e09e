"""What becomes of "did resign" when the article says "did not resign", here and in libraries that locate quotes.

python -m benchmarks.misquoted

Needs `pip install langextract regex` for the others; what is not installed is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

ARTICLE = "The minister did not resign on Monday, she said."
QUOTE = "The minister did resign on Monday"


def here() -> str:
    """The places that the locator of quotes gives."""
    from summarizer.checking.quote_location import Locator

    return f"places: {Locator(ARTICLE).locate(QUOTE).spans}"


def by_langextract() -> str:
    """The place and the status of its alignment, by its defaults."""
    from langextract.core.data import Extraction
    from langextract.resolver import WordAligner

    (aligned,), *_ = WordAligner().align_extractions([[Extraction("quote", QUOTE)]], ARTICLE)
    place = aligned.char_interval
    return f"{aligned.alignment_status.value}: {ARTICLE[place.start_pos : place.end_pos] if place else None!r}"


def by_instructor() -> str:
    """The quote as its CitationMixin leaves it."""
    from instructor.dsl.citation import CitationMixin

    answer: Any = CitationMixin.model_validate({"substring_quotes": [QUOTE]}, context={"context": ARTICLE})
    return f"quotes: {answer.substring_quotes}"


LIBRARIES: Mapping[str, Callable[[], str]] = {
    "summarizer": here,
    "langextract": by_langextract,
    "instructor": by_instructor,
}


def main() -> None:
    """Prints a line for each."""
    for name, locate in LIBRARIES.items():
        try:
            print(f"{name}: {locate()}")
        except ImportError as error:
            print(f"{name}: {error.name} is not installed")


if __name__ == "__main__":
    main()
