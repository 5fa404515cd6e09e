"""Links to the publisher's page, and to the very words on it."""

from __future__ import annotations

from urllib.parse import quote, urlsplit

from summarizer.article import Span, is_unspaced

_WORDS, _CHARACTERS = 5, 16
"""Of each end of a passage: enough to be found once, few enough to bear a change in its middle."""


def web_address(url: str | None) -> str | None:
    """The address where it is one of the web; None for whatever else a browser would do with it."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    is_clean = bool(url) and url.isprintable() and " " not in url if url else False
    return url if is_clean and parts.scheme in ("http", "https") and parts.hostname else None


def to_words(url: str | None, span: Span) -> str | None:
    """The address of these words on the page at `url`, as a text fragment; None where it is no page of the web."""
    address, directive = web_address(url), _directive(" ".join(span.text.split()))
    if address is None or not directive:
        return None
    return f"{address}{'' if '#' in address else '#'}:~:text={directive}"


def _directive(passage: str) -> str:
    """The passage, or the two ends of a long one."""
    words = passage.split()
    if any(map(is_unspaced, passage)):
        ends = (passage[:_CHARACTERS], passage[-_CHARACTERS:]) if len(passage) > 3 * _CHARACTERS else (passage,)
    elif len(words) > 3 * _WORDS:
        ends = (" ".join(words[:_WORDS]), " ".join(words[-_WORDS:]))
    else:
        ends = (passage,)
    return ",".join(map(_encoded, ends))


def _encoded(words: str) -> str:
    """Percent-encoded, the hyphen too: it marks what stands before or behind a passage."""
    return quote(words, safe="", errors="replace").replace("-", "%2D")
