"""An article of the examples, and an answer to the prompt `brief` that suits it."""

from __future__ import annotations

import json
from typing import Any

from repository import EXAMPLES

HARBOUR = EXAMPLES / "harbour.txt"


def cited(text: str, *evidence: int) -> dict[str, Any]:
    """A statement and the sentences that it cites."""
    return {"text": text, "evidence": list(evidence)}


def brief(*points: dict[str, Any]) -> dict[str, Any]:
    """The answer with these key points."""
    return {
        "headline": cited("Port Ellery closes the Kestrel Bridge after cracks are found", 1),
        "key_points": list(points) or [cited("Nobody was hurt.", 3)],
        "five_ws": {
            "who": cited("The harbour authority of Port Ellery", 1),
            "what": None,
            "when": None,
            "where": None,
        },
    }


GOOD = json.dumps(brief())
