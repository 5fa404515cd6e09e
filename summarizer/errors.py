"""The errors of this package. Catch `SummarizerError` for all of them.

SummarizerError
├── SettingsError              a setting has a value that can't be used
├── ReadingError               the source can't be read as an article
│   ├── SourceNotFound         no such file or page, or no right to read it
│   ├── SourceEmpty            nothing in it
│   ├── SourceUnsupported      not text, HTML or mail: says what was found
│   ├── SourceUnreachable      no page arrives: no such host, no answer in time, a server that fails
│   ├── SourceRefused          the site does not give the page: login, payment, robots, limits
│   └── AddressNotAllowed      not fetched at all: a private host, a scheme or port that is not the web's
├── PromptError                the prompt's folder can't be used
│   ├── PromptNotFound
│   └── PromptInvalid          names every missing variable or wrong field at once
├── SchemaInvalid              a schema of the user's own can't be asked for: says fields and ways out
├── OutputFailed               the file can't be written: a full disk, a file of something else, another run at it
├── LanguageInvalid            a table of a language can't be read: says file and key
├── WorkerLost                 every process that was given this article has died (only on a cluster)
├── EvalInvalid                labels or rows that can't be read, runs that can't be compared
│   └── CaseInvalid            a case's labels are wrong: says file, line and field
└── ModelError                 no usable answer; `calls` holds what was spent
    ├── ModelNotFound          the name means no model
    ├── ModelNotReady          an extra, the weights or the server is missing
    ├── KeyRejected            no key, or one the provider does not take
    ├── QuotaExhausted         no credit left: retrying does not help
    ├── ProviderFailed         still failing after every retry: limits, 5xx, timeouts, connections
    ├── RequestRejected        the provider says the request itself is wrong
    ├── ContextExceeded        the article does not fit, in parts neither: says both sizes
    ├── LimitReached           the tokens or the cost that a run may have are spent; this request was not sent
    ├── AnswerRefused          the model declined
    ├── AnswerFiltered         the provider's filter stopped the answer
    ├── AnswerTruncated        cut at its token limit, also at the doubled one
    ├── AnswerEmpty            nothing came back
    ├── AnswerInvalid          still not the schema after one re-ask; `answer` holds the text
    └── ReplayMissing          no recorded reply for this request
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from summarizer.record import Call


def nearest(name: str, known: Iterable[str], cutoff: float = 0.7) -> str | None:
    """The known name that one which is not known was likely meant to be."""
    from difflib import get_close_matches

    return next(iter(get_close_matches(name.lower(), [*known], n=1, cutoff=cutoff)), None)


def meant(name: str, known: Iterable[str]) -> str:
    """` (did you mean system.md?)`, to stand behind a name that is not known; empty where none is near."""
    near = nearest(name, known)
    return f" (did you mean {near}?)" if near else ""


def path_of(location: Sequence[int | str]) -> str:
    """`key_points[2].evidence` for ("key_points", 2, "evidence")."""
    joined = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in location)
    return joined.removeprefix(".")


class SummarizerError(Exception):
    """Base of every error raised on purpose; its text says what was wrong and what to do."""


class SettingsError(SummarizerError):
    """A setting has a value that can't be used."""


class ReadingError(SummarizerError):
    """The source can't be read as an article."""


class SourceNotFound(ReadingError):
    """The file or the page is not there, or the file may not be read."""


class SourceEmpty(ReadingError):
    """The source holds no text."""


class SourceUnsupported(ReadingError):
    """The source is neither text nor HTML nor mail."""


class SourceUnreachable(ReadingError):
    """No page arrived from the address: no such host, no answer in time, or a server that fails."""


class SourceRefused(ReadingError):
    """The site answered, and does not give the page."""


class AddressNotAllowed(ReadingError):
    """The address is not fetched: its host is private, or its scheme or port is not the web's."""


class PromptError(SummarizerError):
    """A prompt's folder can't be used."""


class PromptNotFound(PromptError):
    """No folder of that name, neither the user's nor one that ships."""


class PromptInvalid(PromptError):
    """The folder lacks a file, names a variable that nothing fills, or a field the record lacks."""


class SchemaInvalid(SummarizerError):
    """A schema of the user's own that can't be read, or that no provider, or not this one, carries."""


class OutputFailed(SummarizerError):
    """The file can't be written: the disk is full, the file holds something else, or another run writes it."""

    @classmethod
    def of(cls, path: Path, error: OSError) -> Self:
        """What the system says, and what to do."""
        return cls(f"{path}: {error.strerror}. {_ADVICE.get(error.errno or 0, '')}".rstrip())


_FULL, _FORBIDDEN = "Make room, then go on.", "Name a file where you may write."
_ADVICE = {
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
    errno.EFBIG: _FULL,
    errno.ENOENT: "Make the folder first, or name a file in one that is there.",
    errno.ENOTDIR: "Name a file in a folder.",
    errno.EISDIR: "Name a file in it.",
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EROFS: _FORBIDDEN,
}


class LanguageInvalid(SummarizerError):
    """A table of a language has a key that it does not know, or a value of another kind; says file and key."""


class WorkerLost(SummarizerError):
    """Every process of a cluster that was given this article has died."""


class EvalInvalid(SummarizerError):
    """Labels or rows that can't be read, or runs that can't be compared."""


class CaseInvalid(EvalInvalid):
    """Labels that do not fit the format or their article; says file, line and field of each."""


class ModelError(SummarizerError):
    """No usable answer came from the model.

    `calls` lists the requests that were made before giving up, so that nothing spent goes unreported.
    """

    def __init__(self, message: str, *, calls: Sequence[Call] = ()) -> None:
        super().__init__(message)
        self.calls = tuple(calls)


class ModelNotFound(ModelError):
    """The name stands for no model."""


class ModelNotReady(ModelError):
    """The model is known, but an extra, its weights or its server is missing."""


class KeyRejected(ModelError):
    """No API key, or one that the provider does not take."""


class QuotaExhausted(ModelError):
    """The account has no credit left."""


class ProviderFailed(ModelError):
    """Limits, server errors, timeouts or broken connections, after every retry."""


class RequestRejected(ModelError):
    """The provider says that the request itself is wrong."""


class ContextExceeded(ModelError):
    """The article does not fit the model's context, and can't be read in parts either."""


class LimitReached(ModelError):
    """The tokens or the cost that a run may have are spent; the request was not sent."""


class AnswerRefused(ModelError):
    """The model declined to answer."""


class AnswerFiltered(ModelError):
    """The provider's content filter stopped the answer."""


class AnswerTruncated(ModelError):
    """The answer was cut at its token limit, and again at twice that limit."""


class AnswerEmpty(ModelError):
    """The model answered nothing."""


class AnswerInvalid(ModelError):
    """The answer still does not fit the schema after one re-ask; `answer` holds its text."""

    def __init__(self, message: str, *, answer: str, calls: Sequence[Call] = ()) -> None:
        super().__init__(message, calls=calls)
        self.answer = answer


class ReplayMissing(ModelError):
    """No reply is recorded for this request."""


FATAL = (SettingsError, PromptError, ModelNotFound, ModelNotReady, KeyRejected, QuotaExhausted, ReplayMissing)
"""Errors that no other article would escape: they end a run of many instead of failing each one."""
