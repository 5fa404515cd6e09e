"""Many short articles, each different from the others, and an answer that suits them all."""

from __future__ import annotations

import json
from typing import Any

ANSWER = {
    "headline": {"text": "The council closes the bridge after cracks are found", "evidence": [1]},
    "key_points": [{"text": "Nobody was hurt.", "evidence": [3]}],
    "five_ws": {"who": {"text": "The council", "evidence": [1]}, "what": None, "when": None, "where": None},
}
"""Fits the prompt `brief`."""

GOOD = json.dumps(ANSWER)
TOKENS = (1000, 0, 50)
"""What the scripted server counts for one."""


def town(number: int) -> str:
    """Article `number`: four sentences, long enough to be summarised."""
    return (
        f"The council of Aldermoor {number} closed the Kestrel Bridge on Monday after cracks were found "
        "in two bearings. "
        f"Some {100 + number} people who live beyond the river now take the ferry, which runs twice an hour. "
        "Nobody was hurt, and the council said that there was no sign of movement in the deck. "
        "Repairs are expected to last until the end of September, and the region has agreed to pay half of them.\n"
    )


def row(number: int, **more: Any) -> dict[str, Any]:
    """The article as a row of a table."""
    return {"id": f"town-{number}", "text": town(number), **more}
