"""Text from outside with nothing in it that acts on a terminal."""

from __future__ import annotations

import unicodedata


def printable(text: str) -> str:
    """`text` with nothing in it that acts on a terminal: control characters become visible symbols, and overrides
    of the writing direction the replacement character. Other characters that no reader sees are left out."""
    return text if text.isprintable() else "".join(map(_printable, text))


_JOINERS = "\u200c\u200d"  # Persian and emoji are spelt with them


def _printable(character: str) -> str:
    if character >= " " and character.isprintable():
        return character
    category = unicodedata.category(character)
    if character in "\n\t" or character in _JOINERS or category == "Zs":
        return character
    if character < " " or character == "\x7f":
        return chr(0x2421 if character == "\x7f" else 0x2400 + ord(character))
    if category in ("Zl", "Zp"):
        return "\n"
    if category == "Cf" and unicodedata.bidirectional(character) not in _OVERRIDES:
        return ""
    return character if category in ("Co", "Cn") else "\ufffd"


_OVERRIDES = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
