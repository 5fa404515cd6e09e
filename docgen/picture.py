"""The picture of a marked error: what the terminal shows of a record in which a model has dropped a "not"."""

from __future__ import annotations

import io
import json
import re

from rich.console import Console
from rich.terminal_theme import MONOKAI

from summarizer import read_article, summarize
from summarizer.models.base import Reply, Request, Stateless
from summarizer.settings import RecipeName
from summarizer.views.terminal import so_far

ARTICLE = """\
Harbour chief stays after bridge inquiry

21 May 2024

Harbour chief Ingrid Solberg did not resign after the bridge inquiry.

The inquiry found on Monday that 12 of the bridge's 14 bearings had not been replaced in time, although a report of \
March 2022 had asked for it. Repairs will cost 6.4 million euros and last until the end of September.

"I will finish this work," said Solberg, who has led the authority of Port Ellery since 2016. The city council will \
discuss the report on Thursday.
"""

ANSWER = {
    "headline": {"text": "Twelve of 14 bearings were not replaced in time", "evidence": [2]},
    "key_points": [
        {"text": "Ingrid Solberg did resign after the bridge inquiry.", "evidence": [1]},
        {"text": "Repairs will cost 6.4 million euros.", "evidence": [3]},
    ],
    "five_ws": dict.fromkeys(("who", "what", "when", "where")),
}
"""What a careless model might say: the first key point lacks a "not"."""

WIDTH = 80


class CarelessModel(Stateless):
    """Gives `ANSWER`, whatever it is asked."""

    name = "careless"
    recipe: RecipeName = "one_request"
    context_tokens = 100_000

    def complete(self, request: Request) -> Reply:
        """The answer."""
        return Reply(json.dumps(ANSWER))


def picture() -> str:
    """The record as an SVG, in the colours of a terminal."""
    article = read_article(ARTICLE)
    summary = summarize(article, prompt="brief", model=CarelessModel())
    console = Console(record=True, width=WIDTH, file=io.StringIO(), force_terminal=True, color_system="standard")
    console.print(so_far(summary, article))
    image = console.export_svg(title="summarizer", theme=MONOKAI, unique_id="record")
    without_fonts = re.sub(r"\s*@font-face \{.*?\n\s*\}", "", image, flags=re.DOTALL)
    return "\n".join(line.rstrip() for line in without_fonts.splitlines()) + "\n"
