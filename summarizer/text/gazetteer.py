"""The gazetteer of a language: which words are offices, bodies, places, given names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from summarizer.languages import primary, table
from summarizer.record import EntityType
from summarizer.text.terms import stop_words, word_set

_CONTINENTS = ("150", "002", "009", "019", "142")
_NO_COUNTRIES = ("EU", "EZ", "UN", "ZZ", "QO", "XA", "XB")
"""Keys of CLDR for unions, the unknown and tests."""

_MANY = "mul"
"""The folder of what holds for many languages."""


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
    code = primary(language)
    names = table(code, "names")
    peoples: dict[str, str] = names.get("countries", {})
    demonyms = frozenset(word for words in peoples.values() for word in words.split())

    def words(key: str) -> frozenset[str]:
        return word_set(code, "names", key)

    return Gazetteer(
        titles=words("titles"),
        modifiers=words("modifiers"),
        roles=words("roles"),
        portfolios=words("portfolios"),
        bodies=words("bodies"),
        places=words("places"),
        events=words("events"),
        given=word_set(_MANY, "names", "given", "feminine"),
        known_bodies=words("known_bodies"),
        known_places=words("known_places") | words("known_places_of_two_words") | peoples.keys() | countries(code),
        demonyms=demonyms | words("belonging"),
        trades=word_set(_MANY, "names", "trades"),
        particles=word_set(_MANY, "names", "particles") - words("no_particles"),
        own_articles=word_set(_MANY, "names", "own_articles"),
        links=words("links"),
        joins=words("joins"),
        abbreviations=words("abbreviations"),
        elided=words("elided"),
        numerals=words("numerals"),
        tails=words("tails"),
        calendar=frozenset(_calendar(code)),
        calendar_small=bool(names.get("calendar_small", False)),
        stop=stop_words(code),
        locative=word_set(code, "words", "in"),
        determiners=word_set(code, "speech", "determiners") | word_set(code, "speech", "unnamed"),
        relatives=word_set(code, "words", "relative"),
        reporting=word_set(code, "speech", "verbs"),
        surnames_joined=bool(names.get("surnames_joined", False)),
        nouns_capitalised=bool(names.get("nouns_capitalised", False)),
        compounds=bool(names.get("compounds", False)),
        aliases=names.get("aliases", {}),
        kinds={word: kind for kind, listed in names.get("kinds", {}).items() for word in listed.split()},
        articles=words("articles"),
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


def _calendar(code: str) -> Iterable[str]:
    months: list[list[str]] = table(code, "calendar").get("months", [])
    days: list[list[str]] = table(code, "dates").get("weekdays", [])
    return (name for names in (*months, *days) for name in names)
