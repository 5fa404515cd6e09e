"""Markup that was left in plain text: entities become their characters, and `<br>` the end of a line."""

from __future__ import annotations

import re
from html import unescape

from summarizer.reading.characters.decoding import plain
from summarizer.reading.characters.offset_map import Edit, MappedText

RULE = "char.markup"

_MARKUP = re.compile(
    r"(?P<entity>&(?:amp;)*(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,30});)"
    r"|<br\s*/?>\n?",
    re.IGNORECASE,
)


def unescaped(source: MappedText) -> MappedText:
    """The text with such markup resolved, all of which is listed; what only looks like an entity stays."""
    return source.edit(
        Edit(*match.span(), shown, RULE)
        for match in _MARKUP.finditer(source.text)
        if (shown := _shown(match)) != match[0]
    )


def _shown(match: re.Match[str]) -> str:
    if match["entity"] is None:
        return "\n"
    return plain(unescape(re.sub("&(?:amp;)+(?=.)", "&", match[0], flags=re.IGNORECASE)))
