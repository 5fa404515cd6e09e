"""Models behind one port: what a model is, what it is asked and answers, and how a name becomes one."""

from typing import TYPE_CHECKING

from summarizer.lazy import lazily

if TYPE_CHECKING:
    from summarizer.models.base import Message, Model, Reply, Request, Stateless
    from summarizer.models.connecting import connect

__all__ = ["Message", "Model", "Reply", "Request", "Stateless", "connect"]

__getattr__ = lazily(
    __name__,
    {
        "Message": "base",
        "Model": "base",
        "Reply": "base",
        "Request": "base",
        "Stateless": "base",
        "connect": "connecting",
    },
)


def __dir__() -> list[str]:
    return __all__
