"""The tables of a language: which keys each file has, and of what kind; what each is for stands in the files of `en`.

Words are written between commas, in any number of lines; a space at the border of a word as `_`. Patterns are regular
expressions, in single quotes. A key that stands in no class here is an error, and so is a value of another kind.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictFloat, StrictInt


def _listed(text: object) -> list[str]:
    if not isinstance(text, str):
        raise ValueError('words stand between commas in one text: "one, two, three"')
    return [word.strip().replace("_", " ") for word in text.split(",") if word.strip()]


Words = Annotated[frozenset[str], BeforeValidator(_listed)]
Phrases = Annotated[tuple[str, ...], BeforeValidator(_listed)]
"""Words whose order is kept."""
Patterns = tuple[str, ...]
Forms = tuple[Phrases, ...]
"""The forms of each name in a row of names, such as the months."""
Values = Mapping[str, StrictInt | StrictFloat]
Kind = Literal["person", "organization", "place", "event", "product", "work", "other"]


class Table(BaseModel):
    """A file of a language, or a part of one."""

    model_config = ConfigDict(frozen=True, extra="forbid", defer_build=True)


class WritingTable(Table):
    """How the language is written."""

    nouns_capitalised: StrictBool = False
    names_inflected: StrictBool = False
    prefixes: Words = frozenset()
    unspaced: StrictBool = False
    quotes: Annotated[str, Field(min_length=2, max_length=2)] = "“”"
    stemmer: str | None = None
    ending_after_apostrophe: StrictBool = False
    wording_tried: StrictBool = False


class CalendarTable(Table):
    """What dates are made of at the head of a text."""

    months: Forms = ()
    weekdays: Words = frozenset()
    joints: Words = frozenset()
    month_first: StrictBool = False


class Distances(Table):
    """Phrases by how far from the date of publication they are."""

    day: Mapping[int, Phrases] = {}
    month: Mapping[int, Phrases] = {}
    part_of_month: Mapping[int, Phrases] = {}
    year: Mapping[int, Phrases] = {}


class DateWords(Table):
    """Words beside dates."""

    next: Phrases = ()
    next_behind: Phrases = ()
    last: Phrases = ()
    last_behind: Phrases = ()
    future: Phrases = ()
    future_endings: Phrases = ()
    future_behind: Phrases = ()
    within: Phrases = ()
    before_year: Phrases = ()
    month_behind: Phrases = ()
    year_behind: Phrases = ()
    day: Phrases = ()
    day_behind: Phrases = ()
    on: Phrases = ()
    part_of_day: Phrases = ()
    of: Phrases = ()
    ordinals: Phrases = ()
    range: Phrases = ()
    clitics: Phrases = ()
    duration: Phrases = ()
    never_behind: Phrases = ()
    other: Phrases = ()


class DatesTable(Table):
    """Dates in running text."""

    capitalised: StrictBool = False
    months: Forms = ()
    weekdays: Forms = ()
    year_first: StrictBool = False
    glued_before: StrictBool = False
    glued_behind: StrictBool = False
    days_alone: StrictBool = False
    before_christ: Patterns = ()
    eras: Mapping[str, int] = {}
    feasts: Mapping[str, Phrases] = {}
    movable_feasts: Phrases = ()
    relative: Distances = Distances.model_construct()
    week: Mapping[int, Phrases] = {}
    words: DateWords = DateWords.model_construct()


class InstructionsTable(Table):
    """How a language model is spoken to."""

    phrases: Patterns = ()
    openers: Patterns = ()
    orders: Patterns = ()
    changes: Patterns = ()
    last_orders: Patterns = ()
    last_changes: Patterns = ()
    forms: Patterns = ()
    machines: Patterns = ()
    reading: Patterns = ()
    duties: Patterns = ()
    readers: Patterns = ()
    questions: Patterns = ()


class NamesTable(Table):
    """Names, and what stands beside them."""

    roles: Words = frozenset()
    people: Patterns = ()
    titles: Words = frozenset()
    modifiers: Words = frozenset()
    portfolios: Words = frozenset()
    bodies: Words = frozenset()
    places: Words = frozenset()
    events: Words = frozenset()
    given: Words = frozenset()
    feminine: Words = frozenset()
    known_bodies: Words = frozenset()
    known_places: Words = frozenset()
    belonging: Words = frozenset()
    trades: Words = frozenset()
    particles: Words = frozenset()
    no_particles: Words = frozenset()
    own_articles: Words = frozenset()
    articles: Words = frozenset()
    links: Words = frozenset()
    joins: Words = frozenset()
    abbreviations: Words = frozenset()
    elided: Words = frozenset()
    numerals: Words = frozenset()
    tails: Words = frozenset()
    calendar_small: StrictBool = False
    compounds: StrictBool = False
    surnames_joined: StrictBool = False
    aliases: Mapping[str, str] = {}
    countries: Mapping[str, Words] = {}
    kinds: Mapping[Kind, Words] = {}


class NegationTable(Table):
    """Words that deny."""

    words: Words = frozenset()
    beginnings: Phrases = ()
    other_beginnings: Phrases = ()
    endings: Phrases = ()
    parts: Phrases = ()
    implicit: Phrases = ()
    implicit_parts: Phrases = ()
    empty: Words = frozenset()
    until: Words = frozenset()
    only: Words = frozenset()
    without: Words = frozenset()
    never_behind: Words = frozenset()
    excepting: Words = frozenset()
    contrasting: Words = frozenset()
    after_only: StrictBool = False


class NumbersTable(Table):
    """Numbers in digits and in words."""

    decimal: str = "."
    group: str = ","
    percent: Phrases = ()
    percent_before: Phrases = ()
    vague: Words = frozenset()
    connectors: Words = frozenset()
    articles: Words = frozenset()
    counted: Phrases = ()
    counted_before: Phrases = ()
    endings: Phrases = ()
    of: Phrases = ()
    exact: Words = frozenset()
    ten_joins: StrictBool = False
    chained: StrictBool = False
    values: Values = {}
    numerals: Values = {}
    scales: Values = {}
    money_scales: Values = {}
    signed_scales: Values = {}
    parts: Values = {}
    ordinals: Values = {}
    implied: Values = {}
    units: Mapping[str, str] = {}
    currencies: Mapping[str, str] = {}


class OppositesTable(Table):
    """Words that turn a statement round."""

    pairs: tuple[tuple[Phrases, Phrases], ...] = ()
    possible: Phrases = ()
    units: tuple[tuple[Phrases, ...], ...] = ()
    certain: Phrases = ()
    unsure: Phrases = ()
    negative: Phrases = ()
    above: Phrases = ()
    below: Phrases = ()
    strict: Phrases = ()
    about: Phrases = ()


class CorrectionsTable(Table):
    """How an article takes back what was said before."""

    old: Phrases = ()
    new: Phrases = ()
    versions: Phrases = ()


class PagesTable(Table):
    """Pages that are no article."""

    cookie: Patterns = ()
    consent: Patterns = ()
    recipe: Patterns = ()
    measure: Patterns = ()
    shop: Patterns = ()
    paywall: Patterns = ()


class PasteTable(Table):
    """What is copied along with an article."""

    ad: Patterns = ()
    share: Words = frozenset()
    promo: Patterns = ()
    calls: Patterns = ()
    info: Patterns = ()
    rights: Phrases = ()
    related: Patterns = ()
    section: Patterns = ()
    closing: Patterns = ()
    credit: Patterns = ()
    by: Phrases = ()
    by_alone: Words = frozenset()
    joints: Phrases = ()
    published: Phrases = ()
    modified: Phrases = ()
    offices: Patterns = ()
    notice: Patterns = ()
    bio: Patterns = ()
    agencies: Words = frozenset()


class SentencesTable(Table):
    """Where a full stop ends no sentence."""

    ordinal_before: Words | None = None
    """None where a full stop makes no number an ordinal."""
    before_number: Words = frozenset()
    before_number_endings: Phrases = ()
    before_name: Words = frozenset()
    after_quote: Phrases = ()


class SpeechTable(Table):
    """How speech is reported."""

    verbs: Words = frozenset()
    judging: Words = frozenset()
    participles: Words = frozenset()
    pronouns: Words = frozenset()
    according: Words = frozenset()
    subject_ends: Words = frozenset()
    auxiliaries: Words = frozenset()
    adverbs: Words = frozenset()
    unnamed: Words = frozenset()
    determiners: Words = frozenset()
    relatives: Words = frozenset()
    of: Words = frozenset()
    passive: Words = frozenset()
    agents: Words = frozenset()
    claims: Phrases = ()
    moods: Phrases = ()
    doubted: Phrases = ()
    views: Phrases = ()
    drops_subject: StrictBool = False
    dashes: StrictBool = False


class WordsTable(Table):
    """Small words, and the forms of others."""

    stop: Words = frozenset()
    hanging: Words = frozenset()
    linking: Words = frozenset()
    speaking: Words = frozenset()
    anaphors: Words = frozenset()
    possessives: Words = frozenset()
    locative: Words = frozenset()
    relative: Words = frozenset()
    uncounted: Words = frozenset()
    per: Words = frozenset()
    ones: Words = frozenset()
    alternatives: Words = frozenset()
    halves: Words = frozenset()
    durations: Words = frozenset()
    hours: Words = frozenset()
    plurals: Words = frozenset()
    plural_endings: Phrases = ()
    singular_endings: Phrases = ()
    adjective_endings: Phrases = ()
    adjectives_behind: StrictBool = False


class ControlsTable(Table):
    """What stands on buttons."""

    more: Patterns = ()


class CurrenciesTable(Table):
    """Currencies by their codes."""

    codes: Mapping[str, str] = {}


class Genres(Table):
    """How genres are called."""

    opinion: Patterns = ()
    analysis: Patterns = ()
    review: Patterns = ()
    interview: Patterns = ()
    obituary: Patterns = ()
    live: Patterns = ()
    release: Patterns = ()
    news: Patterns = ()


class GenresTable(Table):
    """How genres are called in a line above the title, and in what a page declares of itself."""

    labels: Genres = Genres.model_construct()
    declared: Genres = Genres.model_construct()


class MailTable(Table):
    """The fields of a mail that was forwarded."""

    sender: Patterns = ()
    sent: Patterns = ()
    subject: Patterns = ()
    other: Patterns = ()
    forwarded: Patterns = ()


class Sample(Table):
    """A text, and what the rules must find in it."""

    text: str
    finds: tuple[str, ...]


class SamplesTable(Table):
    """A sample for each table that has words."""

    calendar: Sample | None = None
    corrections: Sample | None = None
    dates: Sample | None = None
    instructions: Sample | None = None
    names: Sample | None = None
    negation: Sample | None = None
    numbers: Sample | None = None
    opposites: Sample | None = None
    pages: Sample | None = None
    paste: Sample | None = None
    sentences: Sample | None = None
    speech: Sample | None = None
    words: Sample | None = None
