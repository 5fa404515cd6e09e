"""Text that a reader can't see: found by what the page's own style sheets come to for each element, and taken out."""

from summarizer.reading.page.hidden.removal import drop, remove_hidden

__all__ = ["drop", "remove_hidden"]
