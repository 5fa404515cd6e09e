"""Mentioned: the names in a line that may not be a part of the text, such as its title."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from summarizer.article import Article
from summarizer.rules.gazetteer import gazetteer
from summarizer.rules.names import Name

LONGEST_LINE = 1000
"""Characters of a line in which names are sought: no sentence that says the news is longer."""

LONGEST_NAME = 8
"""Words of a name at most."""

REACH, REACH_OF = 3, 5
"""Words before a name among which a preposition of place stands; more of them before `city of`."""

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A name in a line, and the form in which it stands there."""

    name: Name
    form: str
    at: int

    @property
    def end(self) -> int:
        return self.at + len(self.form)


def forms_of(article: Article, names: Sequence[Name]) -> dict[str, Name]:
    """Every form in which a name is mentioned, and the surname that a headline may give a person; where two names
    share one, it means the name that comes first."""
    forms: dict[str, Name] = {}
    for name in names:
        for form in (name.text, *(article.text[mention.start : mention.end] for mention in name.mentions)):
            forms.setdefault(form, name)
    for name in names:
        if name.type == "person":
            forms.setdefault(name.text.split()[-1], name)
    return forms


def names_in(line: str, forms: Mapping[str, Name]) -> Iterator[Mentioned]:
    """The names of a line in their order, each in its longest form."""
    words = list(_WORD.finditer(line, 0, LONGEST_LINE))
    at = 0
    while at < len(words):
        start = words[at].start()
        ends = [(end, words[end].end()) for end in range(min(at + LONGEST_NAME, len(words)) - 1, at - 1, -1)]
        found = next(((end, line[start:stop]) for end, stop in ends if line[start:stop] in forms), None)
        if found:
            yield Mentioned(forms[found[1]], found[1], start)
        at = found[0] + 1 if found else at + 1


def is_located(line: str, at: int, language: str) -> bool:
    """Whether a preposition of place is among the words just before `at`, or before `city of`."""
    known = gazetteer(language)
    before = line[max(0, at - 60) : at].lower().split()
    reach = REACH_OF if before and before[-1] in known.links else REACH
    return not known.locative.isdisjoint(before[-reach:])
