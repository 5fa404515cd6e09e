"""What a reader presses on the page, and where the answer is shown; check.js brings it to life."""

from __future__ import annotations

from summarizer.views.html.markup import Markup, element, joined

_KEYS = {
    "j": "the next doubt",
    "k": "the doubt before it",
    "Enter": "on a number: show that sentence; on a sentence’s number: what rests on it",
    "Esc": "put the lights out",
    "?": "these keys",
}


def keys(record: str) -> Markup:
    """What `?` opens, for the record of this key."""
    name = f"{record}-keys"
    rows = (joined(element("dt", element("kbd", key)), element("dd", does)) for key, does in _KEYS.items())
    return element(
        "dialog",
        element("h2", "Keys", id=name),
        element("dl", *rows),
        element("label", Markup('<input type="checkbox" class="keys-on" checked> '), "j, k and ? are on"),
        element("button", "Close", type="button", class_="close"),
        class_="keys",
        aria_labelledby=name,
    )


STEPS = element(
    "div",
    element("button", "Previous", type="button", class_="previous", aria_keyshortcuts="k"),
    element("button", "Next", type="button", class_="next", aria_keyshortcuts="j"),
    element("button", "Keys", type="button", class_="show-keys", aria_keyshortcuts="?"),
    class_="steps",
    hidden=True,
)
"""From doubt to doubt; hidden until the script runs."""

TRAY = joined(
    element("p", class_="hidden live", role="status"),
    element(
        "aside",
        element("h2", class_="tray-title"),
        element("button", "Close", type="button", class_="close"),
        element("ul", role="list"),
        class_="tray",
        hidden=True,
        aria_label="What rests on what",
    ),
)
"""Where it is shown what rests on a sentence, and on a narrow screen what a statement rests on."""
