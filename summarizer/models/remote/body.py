"""What a server has sent with status 200, as JSON: a body, or a stream, asked for or not."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx2

from summarizer.models.complaints.complaint import about_version
from summarizer.models.complaints.error_bodies import is_page, visible
from summarizer.models.remote.errors import NoCompletion, excerpt
from summarizer.models.remote.stream import Stream, is_stream, lines_of


async def received(response: httpx2.Response, stream: Stream, came: Callable[[str], None]) -> Any:
    """The body; `came` is called with the text so far each time that more of a stream has come.

    Raises NoCompletion where it is no JSON, NotConnected where a stream has broken off.
    """
    if "event-stream" not in response.headers.get("content-type", ""):
        return body_of(await response.aread(), str(response.url), stream)
    content = b""
    async for lines in _lines(response):
        content = content + "\n".join((*lines, "")).encode() if stream.is_empty else b""
        for line in lines:
            stream.read(line)
        came(stream.answer.text)
    return body_of(content, str(response.url), stream)


async def _lines(response: httpx2.Response) -> AsyncIterator[list[str]]:
    """The lines of a body, as many as come at a time."""
    decode, rest = codecs.getincrementaldecoder("utf-8")("replace").decode, ""
    async for part in response.aiter_bytes():
        *lines, rest = lines_of(rest + decode(part))
        yield lines
    yield [rest]


def body_of(content: bytes, address: str, stream: Stream) -> Any:
    """What `content` is, or else the stream that has been read from it."""
    try:
        text = content.decode(json.detect_encoding(content), "surrogatepass").lstrip("\ufeff \r\n\t")
        if stream.is_empty and not is_stream(text):
            return _json(text)
        for line in lines_of(text) if stream.is_empty else ():
            stream.read(line)
        return stream.completion()
    except (ValueError, RecursionError) as error:
        raise _no_json(content.decode(errors="replace"), address, error) from error


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        value, end = json.JSONDecoder().raw_decode(text)
        if not is_stream(text[end:].lstrip()):  # which a gateway sets behind a whole answer
            raise
        return value


def _no_json(text: str, address: str, error: Exception) -> NoCompletion:
    """The error, with the advice that fits: a page or a word comes from another address than that of the model."""
    begins_as_json = re.match(r"\s*(?:[\[{]|data:)", text)
    said = f"broken JSON: {error}" if begins_as_json else excerpt(visible(text)) or "an empty body"
    if is_page(text):
        said = f"a page: {said}"
    return NoCompletion(said, "" if begins_as_json or not text.strip() else about_version(address))
