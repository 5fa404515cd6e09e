"""Whether an office that the record gives to somebody is another one's in the article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from summarizer.checking.analysis import Analysis, ArticleAnalysis
from summarizer.checking.statements.word_alignment import Token, tokens
from summarizer.record import Entity, Finding
from summarizer.text.gazetteer import gazetteer
from summarizer.text.words import JOINED

MOST = 5
"""Words before a name in a statement that may be an office."""

LONGEST = 4
"""Telling words of an office; more tell a story."""

LAST = 3
"""Of those, so many next to the name say which office it is."""

BESIDE = 4
"""Words between a name and an office of its bearer."""

HALF = 0.5
"""Share of the words of an office that a sentence must have to speak of it."""


def role_findings(entities: Sequence[Entity], article: ArticleAnalysis) -> Iterator[Finding]:
    """Roles of people that the article tells beside others alone."""
    for at, entity in enumerate(entities):
        role = _office(entity, article) if entity.type == "person" else []
        if role and (holder := _other_holder(role, article.key_of_last(entity.name), article)):
            yield Finding(
                code="role_differs",
                severity="warning",
                path=f"entities[{at}].role",
                message=f"The article says “{entity.role}” of “{holder}”, not of “{entity.name}”.",
            )


def _office(entity: Entity, article: ArticleAnalysis) -> list[str]:
    """The stems of a role that is an office; none of one that tells a story, or names somebody else."""
    known = gazetteer(article.language)
    words = JOINED.findall(entity.role or "")
    stems = [word.stem for word in Analysis(entity.role or "", article.language).seen_as(tokens) if word.is_telling]
    is_office = any(word.lower() in known.roles or word.lower() in known.titles for word in words)
    names_another = any(article.key_of(word) in article.people for word in words)
    return stems if is_office and not names_another and len(stems) <= LONGEST else []


def role_of_another(said: Analysis, article: ArticleAnalysis) -> tuple[str, str, str] | None:
    """An office before a name in a statement that the article tells beside another person alone: the office, the name
    and the other one."""
    words = said.seen_as(tokens)
    known = gazetteer(article.language)
    for at, word in enumerate(words):
        name = article.people.get(article.key_of(word.text))
        if name is None:
            continue
        own = {article.key_of(each) for each in JOINED.findall(name)}
        start = at
        while start > 0 and (article.key_of(words[start - 1].text) in own or len(words[start - 1].text) == 1):
            start -= 1
        first = start
        while first > 0 and start - first < MOST and _may_be_role(words[first - 1], article):
            first -= 1
        role = words[first:start]
        if any(
            each.text in known.roles or each.text in known.titles or each.text in article.role_words for each in role
        ):
            last = [each.stem for each in role[-LAST:]]
            if holder := _other_holder(last, article.key_of(word.text), article):
                return said.text[role[0].start : role[-1].end], name, holder
    return None


def _other_holder(role: Sequence[str], own: str, article: ArticleAnalysis) -> str | None:
    """The person beside whose name the article has the words of a role; None where it may be this one's, because it
    speaks of the role elsewhere, too."""
    wanted = set(role)
    holders: set[str] = set()
    for sentence in article.article.sentences:
        words = article.cited([article.article.span(sentence.start, sentence.end)]).seen_as(tokens)
        places = [at for at, word in enumerate(words) if word.stem in wanted]
        if not places or len({words[at].stem for at in places}) < HALF * len(wanted):
            continue
        keys = [article.key_of(word.text) for word in words]
        beside = [
            article.people[key]
            for at, key in enumerate(keys)
            if key in article.people and _touches(at, places, words, keys, article)
        ]
        if own in keys:
            return None
        holders.update(beside)
    return holders.pop() if len(holders) == 1 else None


def _may_be_role(word: Token, article: ArticleAnalysis) -> bool:
    return word.is_telling and article.key_of(word.text) not in article.people


def _touches(
    at: int, places: Sequence[int], words: Sequence[Token], keys: Sequence[str], article: ArticleAnalysis
) -> bool:
    """Whether nothing but signs and small words is between a name, of which this is the last word, and a role."""
    own = {article.key_of(each) for each in JOINED.findall(article.people[keys[at]])}
    start = at
    while start > 0 and (keys[start - 1] in own or (len(words[start - 1].text) == 1 and words[start - 1].stem)):
        start -= 1
    for place in places:
        if place < start:  # `Mayor Moe`, `the mayor, Moe`
            between = words[place + 1 : start]
            is_beside = all(not word.stem for word in between)
        else:  # `Moe, the mayor`
            between = words[at + 1 : place]
            is_beside = bool(between) and not between[0].stem and not any(word.is_telling for word in between)
        if is_beside and len(between) <= BESIDE:
            return True
    return False
