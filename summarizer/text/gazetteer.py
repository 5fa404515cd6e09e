"""The gazetteer of a language: which words are offices, bodies, places, given names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from summarizer.languages import primary
from summarizer.languages.language import ALL, Language, language_of
from summarizer.record import EntityType
from summarizer.text.terms import stop_words

_CONTINENTS = ("150", "002", "009", "019", "142")
_NO_COUNTRIES = ("EU", "EZ", "UN", "ZZ", "QO", "XA", "XB")
"""Keys of CLDR for unions, the unknown and tests."""


@dataclass(frozen=True)
class Gazetteer:
    """What is known of names in a language. Words are in lower case but those of `known_*` and `numerals`."""

    titles: frozenset[str]
    modifiers: frozenset[str]
    roles: frozenset[str]
    portfolios: frozenset[str]
    bodies: frozenset[str]
    places: frozenset[str]
    events: frozenset[str]
    given: frozenset[str]
    known_bodies: frozenset[str]
    known_places: frozenset[str]
    demonyms: frozenset[str]
    trades: frozenset[str]
    particles: frozenset[str]
    own_articles: frozenset[str]
    links: frozenset[str]
    joins: frozenset[str]
    abbreviations: frozenset[str]
    elided: frozenset[str]
    numerals: frozenset[str]
    tails: frozenset[str]
    calendar: frozenset[str]
    calendar_small: bool
    stop: frozenset[str]
    locative: frozenset[str]
    determiners: frozenset[str]
    relatives: frozenset[str]
    reporting: frozenset[str]
    nouns_capitalised: bool
    surnames_joined: bool
    """Whether particles join surnames: `Larissa Frasao de Almeida`."""
    compounds: bool
    aliases: Mapping[str, str]
    kinds: Mapping[str, EntityType]
    articles: frozenset[str]

    @cached_property
    def names(self) -> frozenset[str]:
        """Names of places and bodies."""
        return self.known_places | self.known_bodies

    def is_role(self, word: str) -> bool:
        """Whether `word` is an office or an occupation, or a compound of one: `president-elect`, `ex-minister`."""
        lower = word.lower()
        if lower in self.roles or not self.roles.isdisjoint(lower.split("-")):
            return True
        return self.compounds and any(lower.endswith(role) for role in self.roles if len(role) > 4)

    def is_body(self, word: str) -> bool:
        """Whether `word` belongs to the name of a body."""
        lower = word.lower()
        if lower in self.bodies:
            return True
        return self.compounds and any(lower.endswith(body) for body in self.bodies if len(body) > 4)


@cache
def gazetteer(language: str) -> Gazetteer:
    """The gazetteer of a language; one that has no table knows given names and particles only."""
    own, shared = language_of(language), language_of(ALL).names
    names, peoples = own.names, own.names.countries
    return Gazetteer(
        titles=names.titles,
        modifiers=names.modifiers,
        roles=names.roles,
        portfolios=names.portfolios,
        bodies=names.bodies,
        places=names.places,
        events=names.events,
        given=shared.given | shared.feminine,
        known_bodies=names.known_bodies,
        known_places=names.known_places | peoples.keys() | countries(language),
        demonyms=names.belonging.union(*peoples.values()),
        trades=shared.trades,
        particles=shared.particles - names.no_particles,
        own_articles=shared.own_articles,
        links=names.links,
        joins=names.joins,
        abbreviations=names.abbreviations,
        elided=names.elided,
        numerals=names.numerals,
        tails=names.tails,
        calendar=frozenset(_calendar(own)),
        calendar_small=names.calendar_small,
        stop=stop_words(language),
        locative=own.words.locative,
        determiners=own.speech.determiners | own.speech.unnamed,
        relatives=own.words.relative,
        reporting=own.speech.verbs,
        surnames_joined=names.surnames_joined,
        nouns_capitalised=own.writing.nouns_capitalised,
        compounds=names.compounds,
        aliases=names.aliases,
        kinds={word: kind for kind, words in names.kinds.items() for word in words},
        articles=names.articles,
    )


@cache
def countries(language: str) -> frozenset[str]:
    """Countries and continents by the names that Unicode's CLDR has for them; none for a language that it lacks."""
    from babel import Locale, UnknownLocaleError

    try:
        territories = Locale.parse(primary(language)).territories
    except (UnknownLocaleError, ValueError):
        return frozenset()
    return frozenset(name for key, name in territories.items() if _is_country(key))


def _is_country(key: str) -> bool:
    return key in _CONTINENTS or (len(key) == 2 and key not in _NO_COUNTRIES)


def _calendar(language: Language) -> Iterable[str]:
    return (name for names in (*language.calendar.months, *language.dates.weekdays) for name in names)
