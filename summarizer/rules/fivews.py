"""The five Ws: who, what, when, where and why, as short phrases of title and first sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from summarizer.article import Article
from summarizer.languages import primary, table
from summarizer.rules.answer import Answer
from summarizer.rules.gazetteer import gazetteer
from summarizer.rules.mentioned import Mentioned, forms_of, is_located, names_in
from summarizer.rules.names import Name
from summarizer.rules.when import find_when
from summarizer.rules.where import find_where
from summarizer.rules.who import find_who
from summarizer.rules.words import word_set

FIRST_SENTENCES = 5
"""When, where and why are sought in so many of the first sentences: people find 88 of 100 places there."""

MOST_WORDS = 18
"""A longer clause is no short answer."""

LABEL_WORDS = 4
"""Words of a label before the news at most."""

FEWEST_WORDS_OF_NEWS = 2
"""Words behind which what goes on beside the news may begin."""

MOST_LETTERS = 110
"""A longer headline is a sentence of the text, of which the clause behind its subject is enough."""

_MARKS = tuple("'\"‘“„«")
_AGENTS = {"person": 0, "organization": 1}
_BREAK = re.compile(r"[,;:.!?](?=\s|$)|[()—“”\"«»„]|\s[–-]\s")


@dataclass(frozen=True)
class Answers:
    """What the rules found; None where they found nothing."""

    who: Answer | None = None
    what: Answer | None = None
    when: Answer | None = None
    where: Answer | None = None
    why: Answer | None = None
    how: Answer | None = None


def find_five_ws(
    article: Article, names: Sequence[Name], headline: Answer | None, skipped: frozenset[int] = frozenset()
) -> Answers:
    """Answers by rules. `headline` is the line that says the news: the title, or the sentence that stands for it."""
    read = [sentence.number for sentence in article.sentences if sentence.number not in skipped]
    lead = read[:FIRST_SENTENCES]
    forms = forms_of(article, names)
    acting = _acting(headline.text, forms, article.language) if headline else None
    return Answers(
        who=find_who(article, names, forms, headline, acting, lead),
        what=_what(headline, acting, article.language),
        when=find_when(article, headline, read[: 2 * FIRST_SENTENCES]),
        where=find_where(article, names, forms, headline, lead),
        why=_introduced(article, lead, "because"),
        how=_introduced(article, lead, "by"),
    )


# --- the answers --------------------------------------------------------------------------------------------------


def _acting(line: str, forms: Mapping[str, Name], language: str) -> Mentioned | None:
    """The name with which a line begins, else the first person in it, else the first body, else the first name. It
    is none where something happens, nor a place in capitals, which is that of a dateline."""
    label = _label(line, forms)
    found = [
        name
        for name in names_in(line, forms)
        if not (name.name.type == "place" and (name.form.isupper() or is_located(line, name.at, language)))
    ]
    behind = [name for name in found if name.at >= label] or found
    first = min(behind, key=lambda name: (name.at > label and _AGENTS.get(name.name.type, 2), name.at), default=None)
    return _holder(line, first, behind, language) if first else None


def _label(line: str, forms: Mapping[str, Name]) -> int:
    """Where the news begins behind a label (`US election 2016: …`); what a colon ends that is a name is a speaker."""
    before, colon, rest = line.partition(": ")
    is_label = colon and len(before.split()) <= LABEL_WORDS < len(rest.split()) and before not in forms
    return len(before) + len(colon) if is_label and not rest.startswith(_MARKS) else 0


def _holder(line: str, first: Mentioned, found: Sequence[Mentioned], language: str) -> Mentioned:
    """Who holds the office that stands behind the first name: `Harbour Board chief Miriam Okafor`."""
    known = gazetteer(language)
    for other in found:
        between = line[first.at + len(first.form) : other.at].strip()
        if other.name.type == "person" and known.is_role(between):
            return Mentioned(other.name, line[first.at : other.at + len(other.form)], first.at)
    return first


def _what(headline: Answer | None, acting: Mentioned | None, language: str) -> Answer | None:
    """What the headline says of the one who acts in it; the whole of it where that can't be told."""
    if headline is None or acting is None:
        return headline
    rest = headline.text[acting.at + len(acting.form) :]
    is_long = len(headline.text) > MOST_LETTERS
    said = _BREAK.split(rest.removeprefix(",").strip(), maxsplit=1)[0] if is_long else _news(rest, language)
    before = headline.text[: acting.at]
    is_subject = not before or before.endswith(": ") or is_long
    if is_subject and rest[:1] in " ," and said.strip()[:1].islower() and len(said.split()) > 1:
        return Answer(said.strip(), headline.sentences)
    return headline


def _news(said: str, language: str) -> str:
    """A headline without what goes on beside the news: `… as talks begin`."""
    words = said.split(" ")
    beside = word_set(language, "words", "beside")
    at = next((at for at, word in enumerate(words) if word in beside and at > FEWEST_WORDS_OF_NEWS), len(words))
    return " ".join(words[:at])


def _introduced(article: Article, lead: Sequence[int], key: str) -> Answer | None:
    """The phrase that the words of this key introduce (`because`, `citing`)."""
    words = sorted(table(primary(article.language), "words").get(key, ()), key=len, reverse=True)
    if not words:
        return None
    pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\s", re.IGNORECASE)
    for number in lead:
        text = article.sentence_text(number)
        match = pattern.search(text)
        if match is None:
            continue
        end = _BREAK.search(text, match.end())
        phrase = text[match.start() : end.start() if end else len(text)].strip(" ,;:")
        if 3 < len(phrase.split()) <= MOST_WORDS:
            return Answer(phrase, (number,))
    return None
