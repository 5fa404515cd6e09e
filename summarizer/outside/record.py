"""A record of ours against an article: its own, or a later version of it."""

from __future__ import annotations

from typing import Any

from summarizer.article import Article
from summarizer.checking.analysis import ArticleAnalysis
from summarizer.checking.data_checks import ground_data
from summarizer.checking.grounding import ground
from summarizer.record import Content, Finding, Summary
from summarizer.schemas.schema import Filled, PathEvidence


def checked_record(summary: Summary, article: Article, language: str | None = None) -> Content:
    """The content of the record as the checks of today see it beside this article.

    Where the article has another text than the one that the record is of, what was cited is looked up in it; a
    finding names what it no longer has.
    """
    lost: list[str] = []
    content = Content.model_validate(_moved(Content(**_content(summary)).model_dump(mode="json"), article, lost))
    problems = [_gone(text) for text in dict.fromkeys(lost)]
    analysis = ArticleAnalysis(article)
    if content.data is None:
        return ground(content, analysis, problems, language=language)
    evidence = [PathEvidence.model_construct(path=path, sentences=spans) for path, spans in content.evidence.items()]
    return ground_data(Filled(content.data, None), evidence, None, analysis, problems, language=language)


def _content(summary: Summary) -> dict[str, Any]:
    """What the model said; findings are made anew."""
    return {name: getattr(summary, name) for name in Content.model_fields if name != "findings"}


def _gone(text: str) -> Finding:
    message = f"The record cites words that this article does not have: “{text}”"
    return Finding(code="no_evidence", severity="warning", path="", message=message)


def _moved(value: Any, article: Article, lost: list[str]) -> Any:
    """JSON with every span at the place where its text stands in the article; without those that it lacks."""
    if isinstance(value, dict):
        return {name: _moved(part, article, lost) for name, part in value.items()}
    if not isinstance(value, list):
        return value
    moved = []
    for item in value:
        if isinstance(item, dict) and {"start", "end", "text"} <= item.keys():
            span = _found(item, article)
            if span is None:
                lost.append(item["text"])
            else:
                moved.append(span)
        else:
            moved.append(_moved(item, article, lost))
    return moved


def _found(span: dict[str, Any], article: Article) -> dict[str, Any] | None:
    """Where the text of a span stands: where it says, else the first place that has it."""
    text = (article.title or "") if span.get("of") == "title" else article.text
    if text[span["start"] : span["end"]] == span["text"]:
        return span
    start = text.find(span["text"])
    return None if start < 0 else {**span, "start": start, "end": start + len(span["text"])}
