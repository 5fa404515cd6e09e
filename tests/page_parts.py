"""Copied pages made of parts: menus, an article, what is strewn into it, teasers, comments and a foot."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Language:
    """The parts in one language."""

    title: str
    byline: str
    date: str
    paragraphs: list[str]
    menu: list[str]
    strewn: list[str]
    heading: str
    """Of a list of other stories."""
    stories: list[list[str]]
    """The headline of each, and its teaser."""
    comments: list[str]
    foot: list[str]


@dataclass(frozen=True)
class Parts:
    """A page, and the paragraphs of its article."""

    name: str
    text: str
    title: str
    paragraphs: list[str]


LANGUAGES = {
    code: Language(**parts)
    for code, parts in tomllib.loads(Path(__file__).with_name("page_parts.toml").read_text(encoding="utf-8")).items()
}


def pages(seeds: range) -> Iterator[Parts]:
    """So many pages of every language, each with other parts in other places."""
    for seed in seeds:
        for code, language in LANGUAGES.items():
            yield _page(f"{code}-{seed}", language, random.Random(f"{code}{seed}"))


def _page(name: str, said: Language, dice: random.Random) -> Parts:
    paragraphs = said.paragraphs[: dice.randint(4, len(said.paragraphs))]
    sep = dice.choice(["\n", "\n\n"])
    top = [line for part in (_menu, _listed) if dice.random() < 0.7 for line in part(said, dice)]
    head = [said.title, *dice.choice([(), (said.byline,), (said.byline, said.date), (said.date,)])]
    body = list(paragraphs)
    for at in sorted(dice.sample(range(1, len(body)), dice.randint(0, 3)), reverse=True):
        block = _listed(said, dice) if dice.random() < 0.4 else [dice.choice(said.strewn)]
        body[at:at] = block
    lists = [_listed(said, dice), said.comments, said.foot]
    below = [line for part in lists if dice.random() < 0.7 for line in part]
    return Parts(name, "\n".join([*top, *head, "", sep.join(body), "", *below]), said.title, paragraphs)


def _menu(said: Language, dice: random.Random) -> list[str]:
    return list(said.menu[: dice.randint(3, len(said.menu))])


def _listed(said: Language, dice: random.Random) -> list[str]:
    """A list of other stories: their headlines, or each with its teaser."""
    stories = dice.sample(said.stories, dice.randint(2, 4))
    with_teasers = dice.random() < 0.5
    return [said.heading, *(line for story in stories for line in (story if with_teasers else story[:1]))]
