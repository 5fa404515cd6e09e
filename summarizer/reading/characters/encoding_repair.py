"""UTF-8 that was once read as Latin-1 or Windows-1252, `JosÃ©` for `José`, read again as what it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from summarizer.reading.characters.offset_map import Edit, MappedText

LEAST_SHARE = 0.8
"""Of the characters that could begin a garbled one, those that do: in sound text `é` is followed by a letter."""

_WITHOUT_CHARACTER = b"\x81\x8d\x8f\x90\x9d"
_AS_BYTES = {
    ord(bytes([byte]).decode("cp1252")): byte for byte in range(0x80, 0xA0) if byte not in _WITHOUT_CHARACTER
}
"""What Windows-1252 shows for the bytes from 80 to 9F; Latin-1 has control characters there."""
_GARBLED = re.compile("[\xc2-\xdb][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
# Not \xdc to \xdf: „Spaß“ is sound, and Syriac rare. Before a space, what followed was a byte A0 that was tidied up.
_LEAD = re.compile("[\xc2-\xdb\xe0-\xf4](?! )")
_CERTAIN = re.compile("[\xc2-\xf4][\x80-\x9f]|[ÃÄÅÐÑâ][€‚ƒ„†‡ˆ‰Š‹ŒŽ™š›œžŸ]|[ÂÃ][\xa0-\xbf]")
"""What no sound text holds."""


def fix_encoding(source: MappedText) -> MappedText:
    """The text with its garbled characters restored, each run listed; as it was if it shows no sign of them."""
    while edits := _restored(source.text):
        runs = [source.listed("char.garbled", *run) for run in _runs(edits)]
        restored = source.edit(edits)
        source = replace(restored, removed=(*restored.removed, *runs))
    return source


def _restored(text: str) -> list[Edit]:
    """An edit for each garbled character; none for a sound text."""
    if not _CERTAIN.search(text):
        return []
    characters = text.translate(_AS_BYTES)
    edits = list(_decoded(characters))
    return edits if len(edits) >= LEAST_SHARE * len(_LEAD.findall(characters)) else []


def _decoded(characters: str) -> Iterator[Edit]:
    for match in _GARBLED.finditer(characters):
        try:
            yield Edit(*match.span(), match[0].encode("latin-1").decode("utf-8"))
        except UnicodeDecodeError:
            continue


def _runs(edits: list[Edit]) -> Iterator[tuple[int, int]]:
    """Stretches of edits that adjoin."""
    start, end = edits[0].start, edits[0].end
    for edit in edits[1:]:
        if edit.start != end:
            yield start, end
            start = edit.start
        end = edit.end
    yield start, end
