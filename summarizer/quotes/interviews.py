"""Interviews: paragraphs that begin with who speaks in them, without quotation marks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from summarizer.article import Article
from summarizer.names.entities import Name
from summarizer.quotes.quote_attribution import NOBODY, Speaker
from summarizer.text.quotations import paragraph_spans

FEWEST_TURNS, FEWEST_A_SPEAKER = 4, 2
"""From so many labelled paragraphs on, two or more of each speaker, a text is an interview."""

SHARE = 0.5
"""So many of its paragraphs have a label at least."""

FEWEST_ANSWERS, SHARE_OF_ANSWERS = 3, 0.3
"""Where only the answers have a label, so many of them make an interview, and so many of the paragraphs."""

_LABEL = re.compile(r"([^\W\d_][\w.'’-]*(?:\s[^\W\d_][\w.'’-]*){0,3}):\s+(?=\S)")
_QUESTION = "?？؟"
_MOST_INITIALS = 2


@dataclass(frozen=True, slots=True)
class InterviewAnswer:
    """What is said in a paragraph, from `start` to `end`."""

    start: int
    end: int
    speaker: Speaker


def find_turns(article: Article, names: Sequence[Name]) -> tuple[InterviewAnswer, ...]:
    """The answers of an interview in their order, without the questions; empty for any other text."""
    labelled = _labelled(article) or _answers(article, names)
    asking = _asking(article, labelled)
    people = [name for name in names if name.type == "person"]
    return tuple(
        InterviewAnswer(match.end(), end, _speaker(match[1], people, labelled[0][0].start()))
        for match, end in labelled
        if match[1] not in asking
    )


def _labelled(article: Article) -> list[tuple[re.Match[str], int]]:
    """The labels, each with the end of its paragraph; none where they don't make an interview."""
    paragraphs = paragraph_spans(article)
    found = [(match, end) for start, end in paragraphs if (match := _LABEL.match(article.text, start, end))]
    often = {label for label, count in Counter(match[1] for match, _ in found).items() if count >= FEWEST_A_SPEAKER}
    turns = [(match, end) for match, end in found if match[1] in often]
    is_interview = len(often) > 1 and len(turns) >= max(FEWEST_TURNS, SHARE * len(paragraphs))
    return turns if is_interview else []


def _answers(article: Article, names: Sequence[Name]) -> list[tuple[re.Match[str], int]]:
    """The paragraphs with the one label that there is, somebody's name, where questions without one stand before."""
    paragraphs = paragraph_spans(article)
    found = [
        (match, end, article.text[paragraphs[at - 1][1] - 1] in _QUESTION)
        for at, (start, end) in enumerate(paragraphs)
        if at and (match := _LABEL.match(article.text, start, end))
    ]
    labels = Counter(match[1] for match, _, _ in found).most_common(1)
    if not labels or not _is_person(labels[0][0], names):
        return []
    answers = [(match, end, is_asked) for match, end, is_asked in found if match[1] == labels[0][0]]
    asked = sum(is_asked for _, _, is_asked in answers)
    is_interview = len(answers) >= max(FEWEST_ANSWERS, SHARE_OF_ANSWERS * len(paragraphs))
    return [(match, end) for match, end, _ in answers] if is_interview and 2 * asked >= len(answers) else []


def _is_person(label: str, names: Sequence[Name]) -> bool:
    return any(name.type == "person" and label in (name.text, name.text.split()[-1]) for name in names)


def _asking(article: Article, labelled: Sequence[tuple[re.Match[str], int]]) -> set[str]:
    """The labels of those who mostly ask; nobody where that would be all."""
    turns = Counter(match[1] for match, _ in labelled)
    questions = Counter(match[1] for match, end in labelled if article.text[end - 1] in _QUESTION)
    asking = {label for label in turns if 2 * questions[label] > turns[label]}
    return asking if len(asking) < len(turns) else set()


def _speaker(label: str, people: Sequence[Name], opening: int) -> Speaker:
    """Who is meant by a label: somebody's name or surname; by initials the one whom the opening names most."""
    initials = label.replace(".", "")
    fitting = [name for name in people if label in (name.text, name.text.split()[-1])]
    if not fitting and len(initials) > _MOST_INITIALS:
        return Speaker(label, None)
    fitting = fitting or [name for name in people if initials == "".join(word[0] for word in name.text.split())]
    fitting = fitting or [name for name in people if name.mentions[0].start < opening]
    return Speaker(fitting[0].text, fitting[0].role) if fitting else NOBODY
