"""What a server has sent with status 200, as JSON: a body, or a stream that nobody asked for."""

from __future__ import annotations

import json
import re
from typing import Any

import httpx2
import openai

from summarizer.models.error_bodies import is_page, visible
from summarizer.models.failures import about_version
from summarizer.models.openai.errors import NoCompletion, excerpt
from summarizer.models.openai.stream import assemble, events_in, is_stream


def body_of(response: httpx2.Response) -> Any:
    """The body. Raises NoCompletion where it is no JSON, APIConnectionError where a stream has broken off."""
    try:
        encoding = json.detect_encoding(response.content)
        text = response.content.decode(encoding, "surrogatepass").lstrip("\ufeff \r\n\t")
        if not is_stream(text):
            return _json(text)
        stream = assemble(events_in(text))
    except (ValueError, RecursionError) as error:
        raise _no_json(response, error) from error
    if not stream.is_ended:
        said = f"the stream ended before the answer did, after {len(stream.text):,} characters"
        raise openai.APIConnectionError(message=said, request=response.request)
    return stream.completion()


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except json.JSONDecodeError:
        value, end = json.JSONDecoder().raw_decode(text)
        if not is_stream(text[end:].lstrip()):  # which a gateway sets behind a whole answer
            raise
        return value


def _no_json(response: httpx2.Response, error: Exception) -> NoCompletion:
    """The error, with the advice that fits: a page or a word comes from another address than that of the model."""
    text = response.text
    begins_as_json = re.match(r"\s*(?:[\[{]|data:)", text)
    said = f"broken JSON: {error}" if begins_as_json else excerpt(visible(text)) or "an empty body"
    if is_page(text):
        said = f"a page: {said}"
    return NoCompletion(said, "" if begins_as_json or not text.strip() else about_version(str(response.url)))
