"""Whether an office that the record gives to somebody is another one's in the article."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarizer.checking.analysis import Analysis, ArticleAnalysis
from summarizer.checking.people import PersonMention
from summarizer.checking.statements.word_alignment import Token, tokens
from summarizer.record import Entity, Finding, Quote
from summarizer.text.gazetteer import gazetteer
from summarizer.text.words import LETTERS

MOST = 6
"""Words before a name in a statement that may be an office."""

LONGEST = 8
"""Telling words of an office; more tell a story."""

APART = 30
"""Characters between two words of one office."""

REACH = 60
"""Characters between an office and the name of its bearer."""

AS_NEAR = 2
"""Characters by which one name is nearer than another without being more likely the bearer's."""

MUCH = 0.75
"""Share of the words of an office that another person's name must have beside it."""

MORE = 0.5
"""By how much that share must be greater than the bearer's own."""

_SENTENCE_END = re.compile(r"[.!?:;]\s")
_PART_ENDS = re.compile(r"[,;(]")


def role_findings(entities: Sequence[Entity], quotes: Sequence[Quote], article: ArticleAnalysis) -> Iterator[Finding]:
    """Roles of people, and of those who are quoted, that the article or the record tells of others."""
    quoted = {
        each.speaker: Analysis(each.speaker_role, article.language)
        for each in quotes
        if each.speaker and each.speaker_role
    }
    given = [
        (f"entities[{at}].role", each.name, each.role, quoted.get(each.name))
        for at, each in enumerate(entities)
        if each.type == "person"
    ]
    given += [
        (f"quotes[{at}].speaker_role", each.speaker, each.speaker_role, article.roles.get(each.speaker))
        for at, each in enumerate(quotes)
        if each.speaker
    ]
    for path, name, role, known in given:
        office = _office(Analysis(_PART_ENDS.split(role or "")[0], article.language), article)
        own = _office(known, article) if known else frozenset()
        if office and (holder := _other_holder(office, name, own, article)):
            yield Finding(
                code="role_differs",
                severity="warning",
                path=path,
                message=f"The article says “{role}” of “{holder}”, not of “{name}”.",
            )


def _office(role: Analysis, article: ArticleAnalysis) -> frozenset[str]:
    """The stems of a role, without names of people; none of one that tells a story."""
    words = [
        word for word in role.seen_as(tokens) if word.is_telling and not article.named_people.has_part(word.text)
    ]
    return frozenset(word.stem for word in words) if len(words) <= LONGEST else frozenset()


def role_of_another(said: Analysis, article: ArticleAnalysis) -> tuple[str, str, str] | None:
    """An office before a name in a statement that the article tells beside another person: the office, the name and
    the other one."""
    for mention in article.named_people.mentioned_in(said.text):
        if len(mention.people) > 1:
            continue
        name = next(iter(mention.people))
        own = _office(article.roles[name], article)
        for role in _offices_before(mention, said, article):
            office = frozenset(word.stem for word in role)
            holder = _other_holder(office, name, own, article)
            listed = _office(article.roles[holder], article) if holder else frozenset()
            if holder and len(office & listed) > MORE * len(listed):
                return said.text[role[0].start : role[-1].end], name, holder
    return None


def _offices_before(mention: PersonMention, said: Analysis, article: ArticleAnalysis) -> Iterator[Sequence[Token]]:
    """The telling words before a name from each of them on, as long as a word for an office is among them."""
    known = gazetteer(article.language)
    words = said.seen_as(tokens)
    start = first = sum(word.start < mention.start for word in words)
    while first > 0 and start - first < MOST and words[first - 1].stem:
        if article.named_people.has_part(words[first - 1].text):
            break
        first -= 1
    role = [word for word in words[first:start] if word.is_telling]
    offices = known.titles | article.role_words
    last = max((at for at, word in enumerate(role) if word.text in offices or known.is_role(word.text)), default=-1)
    return (role[at:] for at in range(last + 1))


def _other_holder(office: frozenset[str], name: str, known: frozenset[str], article: ArticleAnalysis) -> str | None:
    """Who has most words of an office beside the name, where the article has few of them beside this one; or who has
    them in the record, where this one has others. `known` are those of another place in the record."""
    own = article.named_people.named(name)
    if not own or len(office & known) >= MORE * len(office):
        return None
    shares = _Shares(office, article)
    mine = max((shares.possible.get(each, 0.0) for each in own), default=0.0)
    others = [each for each in article.roles if each not in own]
    listed = [each for each in others if len(office & _office(article.roles[each], article)) >= MUCH * len(office)]
    best = max(others if known else listed, key=lambda each: shares.sure.get(each, 0.0), default=None)
    if best and shares.sure.get(best, 0.0) >= max(MUCH, mine + MORE):
        return best
    return listed[0] if known and len(listed) == 1 and mine < MORE else None


class _Shares:
    """For each person the share of the words of an office that the article has together beside the name."""

    def __init__(self, office: frozenset[str], article: ArticleAnalysis) -> None:
        self.sure: dict[str, float] = {}
        self.possible: dict[str, float] = {}
        """With those who share a surname, and who was named in a sentence before."""
        self._article = article
        for group in _together(office, article):
            share = len({word.stem for word in group}) / len(office)
            beside = self._beside(group[0].start, group[-1].end)
            for mention in beside:
                for person in mention.people:
                    self.possible[person] = max(share, self.possible.get(person, 0.0))
                    if len(mention.people) == 1 and self._is_apposed(mention, group[0].start, group[-1].end):
                        self.sure[person] = max(share, self.sure.get(person, 0.0))

    def _is_apposed(self, mention: PersonMention, start: int, end: int) -> bool:
        """`Mayor Moe`, `the mayor, Moe`; `Moe, the mayor`."""
        if end <= mention.start:
            between = self._article.text[end : mention.start]
            return not LETTERS.search(between) and not _SENTENCE_END.search(between)
        if self._article.article.sentence_at(start) != self._article.article.sentence_at(mention.start):
            return False
        behind = Analysis(self._article.text[mention.end : start], self._article.language).seen_as(tokens)
        return bool(behind) and not behind[0].stem and not any(word.is_telling for word in behind)

    def _are_joined(self, near: Sequence[PersonMention], other: PersonMention) -> bool:
        """Whether nothing but a small word or a sign is between two names: `the ministers Moe and Lund`."""
        gaps = (self._article.text[min(each.end, other.end) : max(each.start, other.start)] for each in near)
        return any(len(gap) <= APART and len(LETTERS.findall(gap)) < 2 for gap in gaps)

    def _beside(self, start: int, end: int) -> list[PersonMention]:
        """The mentions next to an office in its sentence; else those of the sentences around it."""
        article, people = self._article.article, self._article.named_people
        sentence = article.sentence_at(start)
        if sentence is None:
            return []
        inside = people.between(sentence.start, sentence.end)
        gaps = [max(each.start - end, start - each.end) for each in inside]
        near = [each for each, gap in zip(inside, gaps, strict=True) if gap <= min(REACH, min(gaps) + AS_NEAR)]
        if near:
            return near + [each for each in inside if each not in near and self._are_joined(near, each)]
        around = article.sentences[max(0, sentence.number - 3) : sentence.number + 1]
        return list(people.between(around[0].start, around[-1].end))


def _together(office: frozenset[str], article: ArticleAnalysis) -> Iterator[list[Token]]:
    """The words of an office where they stand side by side in the article."""
    index = article.seen_as(_by_stem)
    words = sorted((word for stem in office for word in index.get(stem, ())), key=lambda word: word.start)
    group: list[Token] = []
    for word in words:
        if group and (word.start - group[-1].end > APART or "." in article.text[group[-1].end : word.start]):
            yield group
            group = []
        group.append(word)
    if group:
        yield group


def _by_stem(text: Analysis) -> dict[str, list[Token]]:
    found: dict[str, list[Token]] = {}
    for word in text.seen_as(tokens):
        found.setdefault(word.stem, []).append(word)
    return found
