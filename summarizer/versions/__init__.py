"""Versions: what changed from one version of an article, or of its record, to the next; what disagrees inside one."""

from typing import TYPE_CHECKING

from summarizer.lazy import lazily

if TYPE_CHECKING:
    from summarizer.versions.change import Change, Compared, Diff, Disagreement, Disagreements, Stated
    from summarizer.versions.comparing import compare, find_disagreements

__all__ = ["Change", "Compared", "Diff", "Disagreement", "Disagreements", "Stated", "compare", "find_disagreements"]

__getattr__ = lazily(
    __name__,
    {
        "Change": "change",
        "Compared": "change",
        "Diff": "change",
        "Disagreement": "change",
        "Disagreements": "change",
        "Stated": "change",
        "compare": "comparing",
        "find_disagreements": "comparing",
    },
)


def __dir__() -> list[str]:
    return __all__
