"""Who speaks beside a quote, by the people named in its sentence, or before it in its paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarizer.article import Sentence
from summarizer.checking.analysis import ArticleAnalysis
from summarizer.checking.people import People, PersonMention
from summarizer.languages.language import language_of
from summarizer.record import Quote
from summarizer.text.gazetteer import gazetteer
from summarizer.text.quotations import Quotation
from summarizer.text.reporting_words import claims, cues
from summarizer.text.terms import stop_words
from summarizer.text.words import LETTERS, fold

BESIDE = 3
"""Words between a verb that reports speech and the name of who speaks."""

REACH = 60
"""Characters in which those stand."""

BEFORE = 6
"""Sentences before a quote in which those are sought of whom it goes on to speak."""

FEWEST = 2
"""Answers that show whose interview it is."""

_OPENING = " \n“\"„«‘'‚–—「『"
"""What stands between a colon and the words of a quote."""

_ENDED = re.compile(r"[.:;]\s")

_PLACE = tuple[int, int]


@dataclass(frozen=True)
class SpeakerContext:
    """The people of a record around its quotes."""

    article: ArticleAnalysis
    people: People
    quotations: Sequence[Quotation]
    holders: Mapping[str, str]
    """Whose an office is that one person of the record has alone, by its word in lower case."""

    def names_beside(self, person: str, places: Sequence[_PLACE]) -> bool:
        """Whether the sentences of a quote name a person outside of it."""
        own = self._around(places)
        return own is not None and own.names(person)

    def other_speaker(self, speaker: str, places: Sequence[_PLACE]) -> str | None:
        """The one person who says a quote by what stands around it, where that is not this speaker."""
        own = self._around(places)
        if own is None:
            return None
        if own.mentions:
            is_sure = own.has_speaker and not own.has_pronoun and not own.names(speaker)
            return own.only_person if is_sure else None
        if (holder := own.by_office) and holder not in self.people.named(speaker):
            return holder
        is_spaced = not language_of(self.article.language).writing.unspaced
        return self._going_on(speaker, own.sentences[0], own) if is_spaced and self._is_marked(places[0]) else None

    def _around(self, places: Sequence[_PLACE]) -> _Surroundings | None:
        article = self.article.article
        first, last = article.sentence_at(places[0][0]), article.sentence_at(places[-1][1] - 1)
        if first is None or last is None:
            return None
        return _Surroundings(self, article.sentences[first.number - 1 : last.number], places)

    def _going_on(self, speaker: str, first: Sentence, own: _Surroundings) -> str | None:
        """Who was speaking in the last sentence before that names anybody, where a quote goes on from it."""
        sentences = self.article.article.sentences[max(0, first.number - 1 - BEFORE) : first.number - 1]
        before = [_Surroundings(self, [each], own.places) for each in sentences]
        inside = [each for each in before if each.sentences[0].paragraph == first.paragraph]
        if any(each.names(speaker) for each in inside or before[-1:]):
            return None
        for there in reversed(inside or before[-1:]):
            if there.mentions:
                is_next = there is before[-1]
                goes_on = (
                    own.is_plain
                    or (inside and there.has_verb_beside and not own.has_office)
                    or (is_next and own.has_pronoun and not own.has_office)
                )
                is_speaker = there.has_speaker if inside else there.has_verb_beside
                return there.only_person if is_speaker and goes_on else None
            if there.has_office or there.has_pronoun:
                return None
        return None

    def interviewed(self, quote: Quote, quotes: Sequence[Quote]) -> str | None:
        """Whose all other quotes are that stand in no quotation marks, if they are one's: an interview's answers."""
        here = self.article.places_of(quote.text, quote.evidence)
        if not quote.speaker or not here or self._is_marked(here[0]):
            return None
        others = [
            each.speaker
            for each in quotes
            if each is not quote
            and (places := self.article.places_of(each.text, each.evidence))
            and not self._is_marked(places[0])
        ]
        sentence = self.article.article.sentence_at(here[0][0])
        if len(others) < FEWEST or len(set(others)) > 1 or sentence is None:
            return None
        paragraph = [each for each in self.article.article.sentences if each.paragraph == sentence.paragraph]
        return None if _Surroundings(self, paragraph, here).names(quote.speaker) else others[0]

    def _is_marked(self, place: _PLACE) -> bool:
        """Whether a quote stands in quotation marks, unlike the answers of an interview."""
        return any(each.start <= place[0] < each.end for each in self.quotations)


@dataclass(frozen=True)
class _Surroundings:
    """What some sentences have outside of quotation marks."""

    context: SpeakerContext
    sentences: Sequence[Sentence]
    places: Sequence[_PLACE]

    @property
    def mentions(self) -> list[PersonMention]:
        start, end = self.sentences[0].start, self.sentences[-1].end
        return [each for each in self.context.people.between(start, end) if self._is_outside(each.start)]

    @property
    def only_person(self) -> str | None:
        """The one who is named, if it is one."""
        people = {each.people for each in self.mentions}
        return next(iter(next(iter(people)))) if len(people) == 1 and all(len(each) == 1 for each in people) else None

    def names(self, person: str) -> bool:
        """Whether a person may be named."""
        named = self.context.people.named(person)
        return any(each.people & named for each in self.mentions)

    @property
    def by_office(self) -> str | None:
        """The one person whose office stands beside a verb of speech, or before a colon and the quote."""
        holders, text = self.context.holders, self.context.article.text
        offices = [word for word in self._words() if word.group().lower() in holders]
        found = {holders[word.group().lower()] for word in offices}
        is_led = text[: self.places[0][0]].rstrip(_OPENING).endswith(":")
        is_said = any(
            self._is_beside_verb(word.span()) or (is_led and word.start() < self.places[0][0]) for word in offices
        )
        return next(iter(found)) if len(found) == 1 and is_said else None

    @property
    def has_speaker(self) -> bool:
        """Whether the one who is named first is the subject of the sentence, or stands beside a verb of speech."""
        first = self.mentions[0]
        is_near = first.start < self.places[0][0] or self._follows(first)
        return (is_near and self._leads(first)) or self.has_verb_beside

    def _follows(self, mention: PersonMention) -> bool:
        """Whether a name stands right behind the quote: `“…”, cut in Moe`."""
        ends = [end for _, end in self.places if end <= mention.start]
        between = self.context.article.text[max(ends) : mention.start] if ends else ""
        return bool(ends) and len(LETTERS.findall(between)) <= BESIDE and not _ENDED.search(between)

    @property
    def has_verb_beside(self) -> bool:
        return any(self._is_beside_verb((each.start, each.end)) for each in self.mentions)

    @property
    def is_plain(self) -> bool:
        """Whether nothing is said but that somebody goes on to speak."""
        language = self.context.article.language
        speech, stop = cues(language), stop_words(language)
        small = speech.verbs | speech.pronouns | speech.adverbs | speech.auxiliaries
        return all(word.group().lower() in small or fold(word.group()) in stop for word in self._words())

    @property
    def has_pronoun(self) -> bool:
        """Whether a pronoun may stand for who speaks."""
        pronouns = cues(self.context.article.language).pronouns
        return any(word.group().lower() in pronouns for word in self._words())

    @property
    def has_office(self) -> bool:
        """Whether somebody may be meant by what he or she is."""
        known, words = gazetteer(self.context.article.language), [word.group() for word in self._words()]
        return any(known.is_role(word) or word.lower() in self.context.article.role_words for word in words)

    def _words(self) -> Iterator[re.Match[str]]:
        text, start, end = self.context.article.text, self.sentences[0].start, self.sentences[-1].end
        return (word for word in LETTERS.finditer(text, start, end) if self._is_outside(word.start()))

    def _is_outside(self, at: int) -> bool:
        if any(start <= at < end for start, end in self.places):
            return False
        return not any(each.start <= at < each.end for each in self.context.quotations)

    def _leads(self, mention: PersonMention) -> bool:
        """Whether a name comes before any pronoun and is governed by no preposition."""
        speech, known = cues(self.context.article.language), gazetteer(self.context.article.language)
        before = [word.group().lower() for word in self._words() if word.start() < mention.start]
        while before and before[-1] in speech.determiners:
            before.pop()
        is_governed = bool(before) and before[-1] in (speech.of | known.locative | speech.agents)
        text = self.context.article.text
        is_possessive = text[mention.end : mention.end + 2] in ("'s", "’s")
        return not (is_governed or is_possessive or speech.pronouns.intersection(before))

    def _is_beside_verb(self, place: _PLACE) -> bool:
        words = claims(self.context.article.language)
        if words is None:
            return False
        text, sentence = self.context.article.text, self.sentences
        start, end = max(sentence[0].start, place[0] - REACH), min(sentence[-1].end, place[1] + REACH)
        for verb in words.verbs.finditer(text, start, end):
            between = text[verb.end() : place[0]] if verb.end() <= place[0] else text[place[1] : verb.start()]
            if self._is_outside(verb.start()) and len(LETTERS.findall(between)) < BESIDE:
                return True
        return False
