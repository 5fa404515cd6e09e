"""The end of an answer that drips: its body is whole within the time for one read, or that is a timeout.

The client's own timeout is for each read, and a server that sends a byte now and then never meets it. (An event loop
has a timeout for the whole; blocking calls need this.)
"""

from __future__ import annotations

import time
from collections.abc import Iterator

import httpx2


def end_drip(response: httpx2.Response) -> None:
    """A hook for responses: the rest of this one has as long as a single read may take."""
    seconds = response.request.extensions.get("timeout", {}).get("read")
    if seconds is not None and isinstance(response.stream, httpx2.SyncByteStream):
        response.stream = _Timed(response.stream, time.monotonic() + seconds)


class _Timed(httpx2.SyncByteStream):
    def __init__(self, stream: httpx2.SyncByteStream, ends: float) -> None:
        self._stream = stream
        self._ends = ends

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._stream:
            if time.monotonic() > self._ends:
                raise httpx2.ReadTimeout("the answer was still coming in when its time was over")
            yield piece

    def close(self) -> None:
        self._stream.close()
