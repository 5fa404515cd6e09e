"""What the embedded model adds: each closed question against the rule that answers it.

python -m benchmarks.embedded DATA [kinds] [speakers] [sentences] [shortening]

DATA holds polnear.jsonl, giveme5w1h.jsonl and realsumm.jsonl. About half a second a question on two shared cores.
"""

from __future__ import annotations

import json
import random
import re
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from pydantic import create_model

from summarizer.article import Article
from summarizer.errors import ModelError
from summarizer.models.base import Message, Model, Request
from summarizer.models.connect import connect
from summarizer.prompt import Prompt, load_prompt
from summarizer.reading import read_article
from summarizer.recipes.extractive import skeleton
from summarizer.recipes.staged import kind_requests
from summarizer.rules.names import find_names
from summarizer.rules.negation import polarity
from summarizer.rules.numbers import find_numbers
from summarizer.rules.opposites import opposites
from summarizer.rules.quotes import find_quotations
from summarizer.rules.ranking import rank
from summarizer.rules.words import fold, terms
from summarizer.settings import Settings
from summarizer.summary import Entity, Part

QUESTIONS = 60
"""Of each sort: a quarter of an hour for all of them."""
NOBODY = "nobody"
CONTRAST = 0.05
"""Share of the facts by which one sentence must tell more than another to be the better one."""

SPEAKERS = [
    ("“We had no warning,” said Ida Falk, who lives near the plant.", "We had no warning,", "Ida Falk; Brightwater"),
    ("Tom Reyes met Ana Lind. “It was a good talk,” Lind said.", "It was a good talk,", "Ana Lind; Tom Reyes"),
    ("Moe told Lund that the ferry was “a wreck”.", "a wreck", "Moe; Lund"),
    ("The wall says “Nothing lasts”, and Ada Kern passes it.", "Nothing lasts", "nobody; Ada Kern"),
]
"""The right answer stands first here, and not in the question."""
SENTENCES = [
    ("The council of Norwick will close two schools.", "Parents met in the rain outside the town hall.", "first"),
    ("She has lived there since she was a child.", "A fire destroyed the last ropeworks of Harl.", "second"),
    ("Brightwater was fined 2 million for the spill.", "The company was founded in 1902.", "first"),
    ("It was raining when the bus left.", "Twelve people were hurt when a bus overturned near Ostby.", "second"),
]
SHORTER = [
    (
        "The council of Norwick, which met for six hours on Monday, voted to close two schools, officials said.",
        "The council of Norwick voted to close two schools.",
    ),
    (
        "Twelve people were hurt, two of them badly, when a bus on its way to the coast overturned near Ostby.",
        "Twelve people were hurt when a bus overturned near Ostby.",
    ),
    (
        "Brightwater, the largest supplier in the region, may not reopen its plant before May, Ida Falk said.",
        "Brightwater may not reopen its plant before May.",
    ),
]

Example = tuple[str, str]
"""A question and its answer."""


def ask(model: Model, examples: Sequence[Example], question: str, answer: Any) -> str:
    """The answer to a question that stands after some others and their answers; empty when there is no valid one."""
    turns: list[Message] = []
    for asked, answered in examples:
        turns += [Message("user", asked), Message("assistant", json.dumps({"answer": answered}, ensure_ascii=False))]
    shape = create_model("Answer", __base__=Part, answer=(answer, ...))
    request = Request("benchmark", (*turns, Message("user", question)), shape, max_tokens=120)
    try:
        return str(json.loads(model.complete(request).text)["answer"])
    except (ModelError, ValueError):
        return ""


def show(name: str, hits: Sequence[bool]) -> None:
    """One line: the share of hits with its 95 % interval."""
    mean = sum(hits) / max(1, len(hits))
    print(f"{name}: {mean:.2f} ±{1.96 * (mean * (1 - mean) / max(1, len(hits))) ** 0.5:.2f} (n {len(hits)})")


def rows(data: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a set."""
    return [json.loads(line) for line in (data / f"{name}.jsonl").open(encoding="utf-8")]


# --- what kind of name is it? -------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Labelled:
    """A name in a sentence, its type as a person sees it, and as the rules do."""

    name: str
    type: str
    by_rules: str
    sentence: int
    article: Article


def labelled_names(data: Path) -> Iterator[Labelled]:
    """The names of `name_kinds.toml` at their first place in their articles."""
    texts = {row["id"]: row["text"] for name in ("polnear", "giveme5w1h") for row in rows(data, name)}
    labels = tomllib.loads(Path(__file__).with_name("name_kinds.toml").read_text(encoding="utf-8"))
    for identifier, types in labels.items():
        article = read_article(texts[identifier], kind="text")
        found = find_names(article)
        for type_, names in types.items():
            for name in names.split(";"):
                start = article.text.find(name)
                sentence = article.sentence_at(start) if start >= 0 else None
                if sentence:
                    exact = [other.type for other in found if other.text == name]
                    around = [o.type for o in found for m in o.mentions if m.start <= start < m.end]
                    by_rules = [*exact, *around, "other"][0]
                    yield Labelled(name, type_, by_rules, sentence.number, article)


def kinds(model: Model, data: Path) -> None:
    """The question of the staged recipe beside the rules, where these have none and where they have one."""
    names = list(labelled_names(data))
    prompt = load_prompt("news")
    show("kinds, rules, all names", [name.type == name.by_rules for name in names])
    unknown = [name for name in names if name.by_rules == "other"]
    known = [name for name in names if name.by_rules != "other"]
    for title, group in (("where rules have none", unknown), ("where rules have one", known)):
        some = random.Random(1).sample(group, min(QUESTIONS, len(group)))
        answers = [_kinds(model, name, prompt) for name in some]
        most = Counter(name.type for name in some).most_common(1)[0][0]
        show(f"kinds, {title}, model", [a[0] == name.type for a, name in zip(answers, some, strict=True)])
        show(f"kinds, {title}, rules", [name.by_rules == name.type for name in some])
        show(f"kinds, {title}, always “{most}”", [name.type == most for name in some])
        both = [(a[0], name) for a, name in zip(answers, some, strict=True) if a[0] == a[1]]
        show(f"kinds, {title}, model, the same in both orders", [a == name.type for a, name in both])
        show(f"kinds, {title}, the same names, rules", [name.by_rules == name.type for _, name in both])
        show(f"kinds, {title}, the same names, always “{most}”", [name.type == most for _, name in both])
        print(f"  its answers: {dict(Counter(a for a, _ in both))}")


def _kinds(model: Model, name: Labelled, prompt: Prompt) -> list[str]:
    requests = kind_requests(name.name, name.sentence, name.article, prompt)
    return [str(json.loads(model.complete(request).text)["answer"]) for request in requests]


# --- who said this? -----------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Quoted:
    """A quotation, who said it as a person sees it and as the rules do, and what the model is shown."""

    text: str
    speaker: str
    by_rules: str | None
    paragraph: str
    names: tuple[str, ...]


def quoted(data: Path) -> Iterator[Quoted]:
    """The quotations of PolNeAR whose speaker is named, not by a pronoun, and that have names near them."""
    for row in rows(data, "polnear"):
        article = read_article(row["text"], kind="text")
        content = skeleton(article, ("entities", "quotes"), 7)
        for quote in content.quotes:
            speaker = _speaker_in(row, quote.text)
            place = article.sentence_at(quote.evidence[0].start)
            if place and speaker and fold(speaker) not in {"he", "she", "they", "it", "i", "we"}:
                paragraph, names = _near(place.paragraph, content.entities, article)
                if names:
                    yield Quoted(quote.text, speaker, quote.speaker, paragraph, names)


def _speaker_in(row: dict[str, Any], text: str) -> str | None:
    start = row["text"].find(text)
    for attribution in row["attributions"]:
        for places, _ in attribution.get("content", []):
            overlap = max(min(end, start + len(text)) - max(begin, start) for begin, end in places)
            if start >= 0 and overlap > len(text) / 2 and attribution.get("source"):
                return str(attribution["source"][0][1])
    return None


def _near(paragraph: int, entities: Sequence[Entity], article: Article) -> tuple[str, tuple[str, ...]]:
    """The paragraph and who is named in it; with the one before where nobody is."""
    for wanted in ({paragraph}, {paragraph - 1, paragraph}):
        sentences = [sentence for sentence in article.sentences if sentence.paragraph in wanted]
        start, end = sentences[0].start, sentences[-1].end
        able = [entity for entity in entities if entity.type in ("person", "organization")]
        names = tuple(e.name for e in able if any(start <= span.start < end for span in e.mentions))
        if names:
            break
    return article.text[start:end], names


def speakers(model: Model, data: Path) -> None:
    """The model's speakers beside those of the rules, and where these have none."""
    quotes = list(quoted(data))
    show("speakers, rules, all quotes with names near them", [_is_same(q.by_rules, q.speaker) for q in quotes])
    unknown = [quote for quote in quotes if quote.by_rules is None]
    known = [quote for quote in quotes if quote.by_rules and len(quote.names) > 1]
    for title, some in (("where rules have none", unknown), ("where rules have one of several", known)):
        some = random.Random(1).sample(some, min(QUESTIONS, len(some)))
        answers = [_who(model, quote, quote.names) for quote in some]
        again = [_who(model, quote, quote.names[::-1]) for quote in some]
        show(f"speakers, {title}, model", [_is_same(a, q.speaker) for a, q in zip(answers, some, strict=True)])
        show(f"speakers, {title}, rules", [_is_same(q.by_rules, q.speaker) for q in some])
        show(f"speakers, {title}, the right one is among the choices", [_can_be(q) for q in some])
        both = [(a, q) for a, b, q in zip(answers, again, some, strict=True) if a == b]
        show(f"speakers, {title}, model, the same in two orders", [_is_same(a, q.speaker) for a, q in both])
        differs = [_is_same(q.by_rules, q.speaker) for a, q in both if not _is_same(a, q.by_rules or "")]
        show(f"speakers, {title}, rules right where the model says another twice", differs)


def _who(model: Model, quote: Quoted, names: tuple[str, ...]) -> str:
    examples = []
    for text, words, choices in SPEAKERS:
        right, other = choices.split("; ")
        examples.append((f"{text}\nWho said “{words}”? {other}; {right}", right))
    question = f"{quote.paragraph[:900]}\nWho said “{quote.text[:80]}”? {'; '.join(names)}; {NOBODY}"
    return ask(model, examples, question, Literal[(*names, NOBODY)])


def _is_same(name: str | None, gold: str) -> bool:
    return bool(set(terms(name or "", "en")) & set(terms(gold, "en")))


def _can_be(quote: Quoted) -> bool:
    return any(_is_same(name, quote.speaker) for name in quote.names)


# --- which sentence tells the main event? -------------------------------------------------------------------------


def sentences(model: Model, data: Path) -> None:
    """The better of two sentences, by the key facts that people wrote; the rule prefers the one it ranks higher."""
    draw = random.Random(2)
    by_rules, by_model, answers = [], [], Counter[str]()
    for row in rows(data, "realsumm"):
        article = read_article(row["text"], kind="text")
        ranked = rank(article, find_quotations(article), frozenset())
        for one, other in ((0, 1), (0, 2), (1, 3)):
            if other >= len(ranked):
                continue
            pair = [article.sentence_text(ranked[at].number) for at in (one, other)]
            worth = [_facts(text, row["key_facts"]) for text in pair]
            if abs(worth[0] - worth[1]) < CONTRAST:
                continue
            shown = draw.sample((0, 1), 2)
            answer = _better(model, pair[shown[0]], pair[shown[1]])
            answers[answer] += 1
            better = 0 if worth[0] > worth[1] else 1
            by_rules.append(better == 0)
            by_model.append(shown[0 if answer == "first" else 1] == better)
    show("sentences, rules", by_rules)
    show("sentences, model", by_model)
    print(f"  its answers: {dict(answers)}")


def _facts(text: str, facts: Sequence[str]) -> float:
    """The share of the words of the key facts that a sentence has, on average over the facts."""
    have = set(terms(text, "en"))
    wanted = [terms(fact, "en") for fact in facts]
    return sum(len(have.intersection(words)) / max(1, len(words)) for words in wanted) / len(facts)


def _better(model: Model, one: str, other: str) -> str:
    examples = [(f"First: {a}\nSecond: {b}\nWhich tells the main event?", right) for a, b, right in SENTENCES]
    question = f"First: {one[:400]}\nSecond: {other[:400]}\nWhich tells the main event?"
    return ask(model, examples, question, Literal["first", "second"])


# --- can it shorten a sentence? -----------------------------------------------------------------------------------


def shortening(model: Model, data: Path) -> None:
    """What becomes of the first sentence: a deletion that drops no negation, number or hedge, or something else.

    The deletions that pass are printed: whether they are true is for a person to say.
    """
    outcomes = Counter[str]()
    for row in rows(data, "realsumm") + rows(data, "giveme5w1h")[::2]:
        sentence = read_article(row["text"], kind="text").sentence_text(1)[:600]
        examples = [(f"Shorten by leaving out words: {long}", short) for long, short in SHORTER]
        short = ask(model, examples, f"Shorten by leaving out words: {sentence}", str)
        outcome = judged(sentence, short)
        outcomes[outcome] += 1
        if outcome == "passes":
            print(f"  {sentence}\n    -> {short}")
    print(f"shortening: {dict(outcomes)}")


def judged(sentence: str, short: str) -> str:
    """Whether `short` is `sentence` with words left out, and none of those that turn it round."""
    long_words, short_words = (re.findall(r"\w+", fold(text)) for text in (sentence, short))
    rest = iter(long_words)
    if not short_words or not all(word in rest for word in short_words):
        return "has other words"
    if short_words == long_words:
        return "is the same"
    return "passes" if _turning_words(sentence) == _turning_words(short) else "drops a negation, number or hedge"


def _turning_words(text: str) -> tuple[list[str], list[float | None], list[str]]:
    denied, words = polarity(text, "en"), opposites("en")
    negations = [negation.word for negation in denied.negations] if denied else []
    hedges = words.possible.findall(text) if words else []
    return negations, [number.value for number in find_numbers(text, "en")], hedges


def main() -> None:
    """Asks all the questions, or the sorts that are named."""
    data, wanted = Path(sys.argv[1]), sys.argv[2:]
    with connect("local", Settings()) as model:
        for sort in (kinds, speakers, sentences, shortening):
            if not wanted or sort.__name__ in wanted:
                sort(model, data)


if __name__ == "__main__":
    main()
