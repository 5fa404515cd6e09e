"""Reviewing: a record with a person's edits, its evidence placed and its checks run again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pydantic_core import to_json

from summarizer.article import TITLE_NUMBER, Article
from summarizer.checking.pieces import StreamedPiece, pieces_of
from summarizer.desk.bodies import Edits, Rechecked
from summarizer.desk.problems import Problem, fitting
from summarizer.desk.review.comparing import EDITABLE, differences
from summarizer.evidence import Grounding
from summarizer.outside.record import checked_record
from summarizer.recipes.base import with_findings
from summarizer.record import Content, Finding, Summary
from summarizer.views.kept_article import kept_article


def article_of(summary: Summary) -> Article:
    """The article as the record keeps it. Raises Problem where it keeps no text."""
    info = summary.article
    if not info.text:
        raise Problem(409, "This record keeps no text, so that nothing can be held against it: make it --with-text.")
    known = {name: getattr(info, name) for name in ("authors", "published", "modified", "site", "url", "genre")}
    return replace(kept_article(summary), language=info.language, **known)


def rechecked(summary: Summary, edits: Edits, language: str | None = None) -> Rechecked:
    """The record with these edits, all of it checked as it is now, and what they have changed.

    `language` is that of its written parts, None the article's. Raises Problem for a field that nobody can edit,
    for what does not fit the record, and for evidence that does not stand in the article.
    """
    if foreign := sorted(edits.keys() - EDITABLE):
        raise Problem(422, f"{', '.join(foreign)} can't be edited; these can: {', '.join(sorted(EDITABLE))}")
    article = article_of(summary)
    before = _content(summary)
    placed = {name: _placed(value, article, name) for name, value in edits.items()}
    with fitting("the edits"):
        content = Content.model_validate(
            {**before.model_dump(mode="json"), **placed}, context=Grounding(article=article)
        )
    changed = tuple(difference.path for difference in differences(before, content))
    if not changed:
        return Rechecked(record=summary, changed=())
    again = checked_record(Summary(**dict(content), run=summary.run), article, language)
    again = again.model_copy(update={**_of_the_article(summary), "data": content.data})
    return Rechecked(
        record=Summary(**dict(with_findings(again, *_carried(summary, again))), run=summary.run), changed=changed
    )


def _content(summary: Summary) -> Content:
    return Content(**{name: getattr(summary, name) for name in Content.model_fields})


def _of_the_article(summary: Summary) -> dict[str, Any]:
    """What reading found, which no edit changes."""
    return {name: getattr(summary, name) for name in ("article", "status", "status_reason")}


def _carried(summary: Summary, again: Content) -> Iterator[Finding]:
    """What was found when the record was made and can't be found again, as that it was read in parts or that a model
    cited what is not there: of the record as a whole, and of each statement that stands as it was."""
    yield from (found for found in summary.findings if not found.path and found not in again.findings)
    now = {_value(piece): piece for piece in pieces_of(again)}
    for piece in pieces_of(summary):
        if there := now.get(_value(piece)):
            known = {(found.code, found.path) for found in there.findings}
            moved = (_moved(found, piece.path, there.path) for found in piece.findings)
            yield from (found for found in moved if (found.code, found.path) not in known)


def _value(piece: StreamedPiece) -> tuple[str, bytes]:
    """A piece without its place in its list."""
    return piece.path.partition("[")[0], to_json(piece.value)


def _moved(found: Finding, path: str, to: str) -> Finding:
    return found.model_copy(update={"path": to + found.path[len(path) :]})


def _sentence(number: int, article: Article, path: str) -> dict[str, Any]:
    """The span of a sentence by its number, 0 for the title."""
    if number == TITLE_NUMBER and article.title_span is not None:
        return article.title_span.model_dump()
    if not 0 < number <= len(article.sentences):
        raise Problem(422, f"{path}: the article has no sentence {number}")
    sentence = article.sentence(number)
    return article.span(sentence.start, sentence.end).model_dump()


def _placed(value: Any, article: Article, path: str) -> Any:
    """JSON whose spans are those of the article, each with the number of its sentence."""
    match value:
        case {"of": "title", "start": int(), "end": int(), "text": str()}:
            if article.title_span is None or value != article.title_span.model_dump():
                raise Problem(422, f"{path}: this is not the title of the article")
            return value
        case {"start": int(start), "end": int(end), "text": str(text)}:
            if start < 0 or article.text[start:end] != text or not text:
                raise Problem(422, f"{path}: the article has no “{text}” from {start} to {end}")
            return article.span(start, end).model_dump()
        case int(number) if path.startswith("evidence."):  # what stands in no type of ours, whose fields say it
            return _sentence(number, article, path)
        case Mapping():
            return {name: _placed(each, article, f"{path}.{name}") for name, each in value.items()}
        case list():
            return [_placed(each, article, f"{path}[{at}]") for at, each in enumerate(value)]
    return value
