"""Names: who and what is named in an article, of what type it is, and where it is mentioned."""

from __future__ import annotations

import itertools
import re
from bisect import insort
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from summarizer.article import Article
from summarizer.names.capitalized_spans import NameSpan, find_runs
from summarizer.names.names_without_case import Uncased, find_uncased
from summarizer.names.roles import role_after, without_role
from summarizer.record import EntityType
from summarizer.text.gazetteer import Gazetteer, gazetteer
from summarizer.text.words import WORD

MOST_LETTERS_OF_ACRONYM = 6

MOST_ALONE = 3
"""A thing's full name is used at least once for so many times that one word of it is; who is a person may be named in
full once."""

MOST_WORDS = 4
"""Words of a person's name, of which only the first is known for one."""

LONGEST_VERB = 20
"""Characters behind a name in which the verb ends that follows it."""

_QUOTES = tuple("“\"„«‘'‚")
_BEFORE = re.compile(r"(?<![^\W\d_])(?:(?P<first>[^\W\d_]++) )?(?P<last>[^\W\d_]++) [“\"„«‘'‚]?$")
_NEXT = re.compile(r" ([^\W\d_]+)[ '’]([^\W\d_]+)")
_CAPITAL_BEFORE = re.compile(r"[^\W\d_] ([A-ZÀ-Þ][^\W\d_]+) $")
"""A word with a capital before a name, which may go with it: `Istituto di Ricerche Farmacologiche Mario Negri`."""

_CUT = re.compile(r" & |[+@/]| \d{1,2}(?![\d.:,])")
_CUT_BEFORE = re.compile(r"(?:\d|\b[VT](?:an|on|er|en)(?: de[rn]?)?|\bv[ao]n de[rn]) $")
_JOINED = re.compile(r"(?:^|[^\W\d_] )([^\W\d_]+) ([^\W\d_]+)[ '’]$")
_AGE = re.compile(r",? \((?:1[5-9]|[2-9]\d)\)|, (?:1[5-9]|[2-9]\d),")
_LIES_IN = re.compile(r",? \(?((?:[^\W\d_][\w'’.-]*)(?: [^\W\d_][\w'’-]*){0,2}?)(?:[,;)]|\.(?:\s|$))")


@dataclass(frozen=True, slots=True)
class Mention:
    """One place where a name stands."""

    start: int
    end: int


@dataclass(frozen=True)
class Name:
    """Somebody or something with a name; `text` is the fullest form in the article. `type` is None without a sure
    sign of one."""

    text: str
    type: EntityType | None
    role: str | None
    mentions: tuple[Mention, ...]


def find_names(article: Article, skipped: frozenset[int] = frozenset()) -> tuple[Name, ...]:
    """The names in an article, those mentioned most first; sentences whose numbers are in `skipped` are not read.

    In scripts without capital letters only people are found, and only beside an office.
    """
    known = gazetteer(article.language)
    found = list(find_runs(article, known, skipped))
    surnames = _surnames(found, known) & known.demonyms
    runs = (run if run.texts[0] in surnames else without_role(article.text, run, known) for run in found)
    whole = [run for run in runs if run and not _is_cut(article.text, run)]
    kept = _without_common_words(whole, article.text, known)
    bearers = list(_bearers(article.text, kept, known))
    last = frozenset(bearer.words[-1] for bearer in bearers if bearer.is_person and len(bearer.words) > 1)
    names = [_name(article.text, bearer, last, known) for bearer in bearers]
    names += [_uncased(person) for person in find_uncased(article, skipped)]
    return tuple(sorted(names, key=lambda name: (-len(name.mentions), name.mentions[0].start)))


def starts_of(names: Iterable[Name]) -> list[int]:
    """The offsets at which names stand, in order."""
    return sorted(mention.start for name in names for mention in name.mentions)


def _uncased(person: Uncased) -> Name:
    mentions = tuple(Mention(start, end) for start, end in person.places)
    return Name(person.text, "person", person.role, mentions)


def _is_cut(text: str, run: NameSpan) -> bool:
    """Whether a name is a part of one with a number, a sign or a particle in it: `Movimento 5 Stelle`, `France 3`,
    `Sleep & Ageing`, `Agencia I+D`, `Van der Ende`."""
    return bool(_CUT_BEFORE.search(text, max(0, run.start - 12), run.start) or _CUT.match(text, run.end))


# --- names or common words ---------------------------------------------------------------------------------------


def _without_common_words(runs: list[NameSpan], text: str, known: Gazetteer) -> list[NameSpan]:
    """Runs without what owes its capital to its place in the sentence, or to a language's nouns."""
    inside = {word for run in runs for word in run.texts[run.initial :]}
    small = {word for word in WORD.findall(text) if word[0].islower()}
    surnames = _surnames(runs, known)
    speaking = {run.start for run in runs if len(run.words) == 1 and _speaks(run, text, known)}
    inside |= {run.texts[0] for run in runs if run.start in speaking}
    trimmed = (_without_common_first(_from_given_name(run, known), inside, small, known) for run in runs)
    return [run for run in trimmed if run.words and (not known.nouns_capitalised or _is_sure(run, surnames, known))]


def _speaks(run: NameSpan, text: str, known: Gazetteer) -> bool:
    """Whether a single word is followed by a verb that reports: `Lindgren said`; but not `Critics said`."""
    word = run.texts[0].lower()
    is_common = not word.isalpha() or word.endswith("s") or known.is_role(word) or known.is_body(word)
    return not is_common and _reports(text, run, known)


def _surnames(runs: Iterable[NameSpan], known: Gazetteer) -> set[str]:
    """Last words of the full names of people; one of them may be a demonym too, as Greco is."""
    return {run.texts[-1] for run in runs if len(run.words) > 1 and _is_person(run, known)}


def _from_given_name(run: NameSpan, known: Gazetteer) -> NameSpan:
    """Where every noun has a capital, without the one before a full name, which tells what they do: `Schreiner`."""
    is_led = known.nouns_capitalised and len(run.words) > 2 and run.texts[1] in known.given
    if not is_led or run.texts[0] in known.given or any(map(known.is_body, run.texts)):
        return run
    role = run.texts[0] if known.is_role(run.texts[0]) else None
    return replace(run, words=run.words[1:], initial=False, role=role, titled=True)


def _without_common_first(run: NameSpan, inside: set[str], small: set[str], known: Gazetteer) -> NameSpan:
    """At the beginning of a sentence without its first word, when that is no name for all we know."""
    first = run.texts[0]
    if not run.initial or run.titled or _is_known(first, known) or " ".join(run.texts) in known.known_places:
        return run
    names_kind = len(run.words) > 1 and first.lower() in known.kinds and not known.is_body(first)  # Trawler Corvane
    names_kind = names_kind or (len(run.words) == 2 and _is_acronym(run.texts[1]))  # Coalitiepartner CDA
    is_common = names_kind or first.lower() in small or (len(run.words) == 1 and first not in inside)
    return replace(run, words=run.words[1:], before=first.lower()) if is_common else run


def _is_known(word: str, known: Gazetteer) -> bool:
    """Whether a word stands in the gazetteer; a dateline's place does so in capitals."""
    return word in known.given or not {word, word.title()}.isdisjoint(known.names)


def _is_person(run: NameSpan, known: Gazetteer) -> bool:
    return run.titled or run.texts[0] in known.given


def _is_sure(run: NameSpan, surnames: set[str], known: Gazetteer) -> bool:
    """Whether a run is a name in a language where every noun has a capital."""
    name = " ".join(run.texts)
    if name in known.known_places or name in known.known_bodies or run.titled:
        return True
    if len(run.words) == 1:
        return name in surnames or _is_acronym(name)
    return run.texts[0] in known.given


def _is_acronym(word: str) -> bool:
    return word.isupper() and 2 <= len(word) <= MOST_LETTERS_OF_ACRONYM


# --- bearers: runs that name the same ----------------------------------------------------------------------------


@dataclass
class _Bearer:
    """Whom or what one or more runs name; `runs` are in the order of the text, `full` of them the whole name."""

    text: str
    words: tuple[str, ...]
    is_person: bool = False
    runs: list[NameSpan] = field(default_factory=list)
    full: int = 0

    def add(self, run: NameSpan) -> None:
        """Takes `run` for one that names the same."""
        insort(self.runs, run, key=lambda run: run.start)
        self.full += run.texts == self.words


def _bearers(text: str, runs: list[NameSpan], known: Gazetteer) -> Iterator[_Bearer]:
    """Runs by whom they name. A surname, a given name or an acronym joins the full name that it fits."""
    bearers: dict[str, _Bearer] = {}
    parts: dict[str, list[_Bearer]] = {}
    alone = Counter(run.texts[0] for run in runs if len(run.words) == 1)
    for run in sorted(runs, key=lambda run: _is_short(run, known)):
        form = text[run.start : run.end]
        name = known.aliases.get(form, form)
        is_place = form in known.known_places
        bearer = bearers.get(name)
        if bearer is None and not is_place and _is_short(run, known):
            bearer = _fitting(parts, run, alone)
        if bearer is None:
            bearer = bearers[name] = _Bearer(form, run.texts, _is_person(run, known))
            for part in _parts(text, run, known):
                parts.setdefault(part, []).append(bearer)
        bearer.add(run)
    return iter(bearers.values())


def _parts(text: str, run: NameSpan, known: Gazetteer) -> tuple[str, ...]:
    """What a full name may be called later: by its last word, somebody by the first, a body by the acronym in
    brackets behind it."""
    if len(run.words) == 1:
        return ()
    acronym = re.match(r" \(([A-Z]{2,8})\)", text[run.end : run.end + 12])
    if acronym and acronym[1][0] == run.texts[0][0]:
        return (run.texts[-1], acronym[1])
    is_thing = any(known.is_body(word) or word.lower() in known.places | known.events for word in run.texts)
    if is_thing and run.texts[-2] in known.links:
        return ()  # Leeds is not the University of Leeds
    return (run.texts[-1],) if is_thing else (run.texts[-1], run.texts[0])


def _fitting(parts: dict[str, list[_Bearer]], run: NameSpan, alone: Mapping[str, int]) -> _Bearer | None:
    """The bearer of a full name that a single word is part of: by its surname before its given name; nobody where two
    have it. What mostly stands alone is a name of its own."""
    *article, word = run.texts
    fitting = [
        bearer
        for bearer in parts.get(word, ())
        if (bearer.is_person or alone[word] <= MOST_ALONE * bearer.full) and _has_particle(bearer, article)
    ]
    surnamed = [bearer for bearer in fitting if bearer.words[-1] == word] or fitting
    return surnamed[0] if len(surnamed) == 1 else None


def _is_short(run: NameSpan, known: Gazetteer) -> bool:
    """Whether it is one word, or one with its article: `De Wit` of `Sanne de Wit`."""
    return len(run.words) == 1 or (len(run.words) == 2 and run.words[0].lower in known.own_articles)


def _has_particle(bearer: _Bearer, article: list[str]) -> bool:
    return not article or [word.lower() for word in bearer.words[-2:-1]] == [word.lower() for word in article]


# --- types -------------------------------------------------------------------------------------------------------


def _name(text: str, bearer: _Bearer, surnames: frozenset[str], known: Gazetteer) -> Name:
    role = next(filter(None, (run.role or _role_behind(text, run, known) for run in bearer.runs)), None)
    kind = _said_kind(text, bearer, known) or _type(text, bearer, surnames, known)
    return Name(
        text=bearer.text,
        type=kind,
        role=role if kind == "person" else None,
        mentions=tuple(Mention(run.start, run.end) for run in bearer.runs),
    )


def _role_behind(text: str, run: NameSpan, known: Gazetteer) -> str | None:
    """The role behind a name, but for `born in Skellow, the daughter of …`, and `, of the hospital of …`."""
    role = None if run.before in known.locative else role_after(text, run.end, known)
    return None if role and role.split()[0].lower() in (known.links | known.elided) - known.determiners else role


def _said_kind(text: str, bearer: _Bearer, known: Gazetteer) -> EntityType | None:
    """The type that a noun before a mention says: `the tug Corvane`. Of two words that begin with a given name it
    says nothing: `the ship Ada Kern built`."""
    if any(run.titled for run in bearer.runs):
        return None
    for run in bearer.runs:
        noun = _noun_before(text, run, known)
        is_quoted = text[run.start - 1 : run.start] in _QUOTES
        is_named = len(bearer.words) == 1 or bearer.words[0] not in known.given
        if noun and (is_quoted or is_named) and not _is_acronym(bearer.text):
            return known.kinds[noun]
    return None


def _noun_before(text: str, run: NameSpan, known: Gazetteer) -> str | None:
    """The noun of a kind before a name, with an adjective between at most: `hospital comarcal Santa Orosia`."""
    if run.before not in known.kinds and run.before not in known.tails:
        return None
    match = _BEFORE.search(text, max(0, run.start - 60), run.start)
    if match is None:
        return None
    noun = (match["first"] if run.before in known.tails else match["last"]) or ""
    return noun.lower() if noun.lower() in known.kinds else None


def _type(text: str, bearer: _Bearer, surnames: frozenset[str], known: Gazetteer) -> EntityType | None:
    """The type that a sure sign tells; None without one. A place may be somebody's surname in this article."""
    ends = {bearer.words[0].lower(), bearer.words[-1].lower()}
    if bearer.text in known.known_places or bearer.text.title() in known.known_places:
        is_people = bearer.text in known.demonyms and all(run.before not in known.locative for run in bearer.runs)
        is_own = not is_people and any(not _is_inside(text, run, known) for run in bearer.runs)
        return "place" if is_own and bearer.text not in surnames else None
    if any(run.titled for run in bearer.runs):
        is_half = len(bearer.words) == 1 and (bearer.text in known.given or _is_acronym(bearer.text))
        is_noun = known.nouns_capitalised and len(bearer.words) == 1 and bearer.text not in surnames
        return None if is_half or is_noun or _begins_with_place(bearer, known) else "person"
    if len(bearer.words) == 1:
        return _type_of_word(text, bearer, known)
    if bearer.words[-1].lower() in known.trades or bearer.text in known.known_bodies:
        return "organization"
    later = len(bearer.words) >= MOST_WORDS and not known.given.isdisjoint(bearer.words[1:])
    if later and bearer.words[0] not in known.given:  # Ku Klux Klan Grand Wizard David Duke
        return None
    pairs = itertools.pairwise(bearer.words)
    has_body = any(known.is_body(head) and link in known.links for head, link in pairs)  # Board of Elections
    if has_body or known.is_body(bearer.words[0]) or known.is_body(bearer.words[-1]):
        is_led = len(bearer.words) > MOST_WORDS - 1 and bearer.words[-2] in known.given  # Agencia Sur Edwin Mamani
        return None if is_led or _goes_on(text, bearer, known) else "organization"
    if bearer.words[0].lower() in known.own_articles:
        return None
    if bearer.words[0] in known.given and not known.particles.isdisjoint(bearer.words[1:-1]):
        return "person"
    if not known.places.isdisjoint(ends):
        return "place"
    is_joined = bearer.words[1] in known.links
    if bearer.words[-1].lower() in known.events or (is_joined and bearer.words[0].lower() in known.events):
        return None if _goes_on(text, bearer, known) else "event"
    if _is_named_person(text, bearer, known):
        return "person"
    return "place" if _lies_in(text, bearer, known) else None


def _type_of_word(text: str, bearer: _Bearer, known: Gazetteer) -> EntityType | None:
    word = bearer.text
    is_acronym = _is_acronym(word) and (known.is_body(word) or any(_reports(text, r, known) for r in bearer.runs))
    if word in known.known_bodies or is_acronym:
        return "organization"
    return "place" if _lies_in(text, bearer, known) else None


def _is_named_person(text: str, bearer: _Bearer, known: Gazetteer) -> bool:
    """Whether a name of some words is a person's: by the given name, an age beside it, or since its last word alone
    speaks."""
    if any(word.istitle() and word.lower() in known.own_articles for word in bearer.words):  # De Lindehoeve
        return bearer.words[0] in known.given and len(bearer.words) <= MOST_WORDS
    is_there = all(run.before in known.locative for run in bearer.runs)  # a Martina Franca
    if is_there or _has_article(bearer, known) or _begins_with_place(bearer, known):
        return False
    if not all(word[0].isupper() or word in known.particles for word in bearer.words):
        return False
    full = [run for run in bearer.runs if run.texts == bearer.words]
    most = MOST_WORDS if known.surnames_joined or not known.particles.isdisjoint(bearer.words) else MOST_WORDS - 1
    is_given = bearer.words[0] in known.given and len(bearer.words) <= most
    is_part = any(_CAPITAL_BEFORE.search(text, max(0, run.start - 40), run.start) for run in full)
    has_age = any(_AGE.match(text, run.end) for run in full)
    speaks = any(run.texts == bearer.words[-1:] and _reports(text, run, known) for run in bearer.runs)
    return (is_given and (not is_part or known.nouns_capitalised)) or has_age or speaks


def _begins_with_place(bearer: _Bearer, known: Gazetteer) -> bool:
    """Whether the first words are a place's: `New York Yankees`."""
    return any(" ".join(bearer.words[:end]) in known.known_places for end in range(1, len(bearer.words) + 1))


def _reports(text: str, run: NameSpan, known: Gazetteer) -> bool:
    """Whether a verb that reports follows a name: `Lindgren said`."""
    following = WORD.match(text, run.end + 1, run.end + LONGEST_VERB)
    return following is not None and following[0] in known.reporting


def _is_inside(text: str, run: NameSpan, known: Gazetteer) -> bool:
    """Whether a place's name is a part of another name: `via Roma`, `Giro d'Italia`."""
    joined = _JOINED.search(text, max(0, run.start - 40), run.start)
    is_linked = joined is not None and joined[2].lower() in known.links | known.elided
    head = joined[1] if joined else ""
    is_part = is_linked and (head[0].isupper() or head in known.places or known.is_body(head))
    return run.before in known.places | known.tails or is_part


def _lies_in(text: str, bearer: _Bearer, known: Gazetteer) -> bool:
    """Whether a known place follows a name as what it lies in: `Sinop, Brazil,`."""
    found = (_LIES_IN.match(text, run.end) for run in bearer.runs if run.before in known.locative)
    return any(match is not None and match[1] in known.known_places for match in found)


def _goes_on(text: str, bearer: _Bearer, known: Gazetteer) -> bool:
    """Whether the name of a body is longer than what was found of it: `Agence nationale de sécurité`, `Consiglio
    regionale del Molise`."""
    following = (_NEXT.match(text, run.end) for run in bearer.runs if run.texts == bearer.words)
    small = (known.links | known.elided) - known.joins
    found = [words for words in following if words]
    is_joined = any(words[1] in known.joins and words[2][0].isupper() for words in found)
    return is_joined or bearer.words[-1] in known.tails or any(words[1] in small for words in found)


def _has_article(bearer: _Bearer, known: Gazetteer) -> bool:
    """Whether a name mostly stands behind an article, as those of ships do: `the Grace Ollard`."""
    full = [run for run in bearer.runs if run.texts == bearer.words]
    return 2 * sum(run.before in known.articles for run in full) > len(full)
