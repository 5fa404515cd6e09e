"""Findings against what people judged: false ones on good answers, and errors planted in them that are found.

python -m benchmarks.findings [--data FOLDER] [--rounds NAME ...] [--most-false SHARE] [--least-recall SHARE]

evals/findings/README.md says how a round is made. A planted error counts as found where its statement has a warning
or an error that the good answer has not.
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict

from summarizer.article import Article
from summarizer.checking.analysis import ArticleAnalysis
from summarizer.checking.grounding import accept, ground
from summarizer.prompts import load_prompt
from summarizer.reading import read_article
from summarizer.record import Finding

ROUNDS = Path(__file__).parent.parent / "evals" / "findings"

Kind = Literal[
    "number",
    "unit",
    "sign",
    "date",
    "name",
    "role",
    "speaker",
    "negation",
    "litotes",
    "direction",
    "certainty",
    "attribution",
    "subject",
    "added",
    "citation",
    "corrected",
    "instruction",
]


class _Closed(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Source(_Closed):
    """Where the article is: a file beside the answer, or a text of the public data by its set and id."""

    file: str | None = None
    set: str | None = None
    id: str | int | None = None


class Verdict(_Closed):
    """What a second reader said of a finding on the good answer; false includes pedantic."""

    code: str
    path: str
    verdict: Literal["true", "false", "pedantic"]
    why: str = ""


class Inserted(_Closed):
    """A paragraph that is put into the article behind a sentence, for an error that needs one."""

    after: int
    text: str


class Planted(_Closed):
    """An error: the value at `path` becomes `to`; a path that ends in `[+]` adds an item. In lists of sentences
    "new" is the inserted one."""

    kind: Kind
    path: str
    to: Any
    insert: Inserted | None = None


class Answered(_Closed):
    """A good answer to one article, with its verdicts and the errors planted in it. A quote's text of an article that
    is not ours is given by its offsets."""

    source: Source
    answer: dict[str, Any]
    verdicts: tuple[Verdict, ...] = ()
    planted: tuple[Planted, ...] = ()


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints both tables; 1 when a bar is missed or a finding has no verdict."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="the folder of public data; without it our own articles alone")
    parser.add_argument("--rounds", nargs="*", help="names of rounds; all without it")
    parser.add_argument("--most-false", type=float, default=math.inf, help="false warnings and errors a record")
    parser.add_argument("--least-recall", type=float, default=0.0, help="mean over the kinds of errors")
    parser.add_argument("-v", "--verbose", action="store_true", help="each finding and each error that was missed")
    options = parser.parse_args(arguments)
    rounds = options.rounds or sorted(folder.name for folder in ROUNDS.iterdir() if folder.is_dir())
    results = [result for name in rounds for result in _results(ROUNDS / name, options.data)]
    if not results:
        print("no answers to score: give --data, or a round with articles of ours")
        return 1
    false, unjudged = _print_findings(results, options.verbose)
    recall = _print_recall(results, options.verbose)
    return int(unjudged > 0 or false > options.most_false or recall < options.least_recall)


class Result:
    """One answer: its findings with their verdicts, and which planted errors were found."""

    def __init__(self, name: str, case: Answered, text: str) -> None:
        self.name = name
        verdicts = {(verdict.code, verdict.path): verdict.verdict for verdict in case.verdicts}
        good = findings_of(case.answer, text)
        self.findings = [(finding, verdicts.get((finding.code, finding.path))) for finding in good]
        known = {(finding.code, finding.path) for finding in good}
        self.planted = [(error, _is_found(error, case.answer, text, known)) for error in case.planted]


def _results(folder: Path, data: Path | None) -> Iterator[Result]:
    for file in sorted(folder.glob("*.json")):
        case = Answered.model_validate_json(file.read_bytes())
        text = _text(case.source, folder, data)
        if text is not None:
            yield Result(f"{folder.name}/{file.stem}", case, text)


def _text(source: Source, folder: Path, data: Path | None) -> str | None:
    if source.file:
        return (folder / source.file).read_text(encoding="utf-8")
    return _texts(data, source.set or "")[str(source.id)] if data else None


@cache
def _texts(data: Path, name: str) -> dict[str, str]:
    rows = [json.loads(line) for line in (data / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]
    return {str(row.get("id", at)): row["text"] for at, row in enumerate(rows)}


@cache
def _article(text: str) -> Article:
    return read_article(text, kind="text")


def findings_of(answer: dict[str, Any], text: str) -> tuple[Finding, ...]:
    """What is found in the record that comes of an answer."""
    article = _article(text)
    accepted = accept(json.dumps(_with_quotes(answer, article)), load_prompt("news").answer, article)
    return ground(accepted.answer, ArticleAnalysis(article), accepted.problems).findings


def _with_quotes(answer: dict[str, Any], article: Article) -> dict[str, Any]:
    """The answer with the words of quotes that are given by their offsets."""
    quotes = [
        {**quote, "text": " ... ".join(article.text[start:end] for start, end in quote["text"])}
        if isinstance(quote["text"], list)
        else quote
        for quote in answer.get("quotes", ())
    ]
    return {**answer, "quotes": quotes} if quotes else answer


def _is_found(error: Planted, answer: dict[str, Any], text: str, known: set[tuple[str, str]]) -> bool:
    changed, new = copy.deepcopy(answer), 0
    if error.insert:
        text, changed, new = _inserted(error.insert, text, changed)
    item = _plant(error, changed, new)
    found = findings_of(changed, text)
    return any(
        finding.severity != "note"
        and (finding.code, finding.path) not in known
        and (finding.path == item or finding.path.startswith((f"{item}.", f"{item}[")))
        for finding in found
    )


def _plant(error: Planted, answer: dict[str, Any], new: int) -> str:
    """Changes the answer, and says which item of the record holds the error."""
    steps = [int(step) if step.isdigit() else step for step in re.findall(r"[^.\[\]]+", error.path)]
    value = json.loads(json.dumps(error.to).replace('"new"', str(new)))
    at: Any = answer
    for step in steps[:-1]:
        at = at[step]
    if steps[-1] == "+":
        at.append(value)
        return error.path.replace("[+]", f"[{len(at) - 1}]")
    at[steps[-1]] = value
    item = re.match(r"\w+\[\d+\]|five_ws\.\w+|\w+", error.path)
    return item.group() if item else error.path


def _inserted(insert: Inserted, text: str, answer: dict[str, Any]) -> tuple[str, dict[str, Any], int]:
    """The text with the paragraph, the answer with the numbers that its sentences have now, and its own number."""
    before = _article(text)
    sentence = before.sentence_text(insert.after)
    place = text.index(sentence[-40:]) + len(sentence[-40:])
    after = text.find("\n", place)
    place = after if after >= 0 else len(text)
    longer = f"{text[:place]}\n\n{insert.text}\n\n{text[place:].lstrip()}"
    article = _article(longer)
    numbers: dict[str, list[int]] = defaultdict(list)
    for each in article.sentences:
        numbers[article.sentence_text(each.number)].append(each.number)
    moved = {
        each.number: places.pop(0)
        for each in before.sentences
        if (places := numbers[before.sentence_text(each.number)])
    }
    new = next(each.number for each in article.sentences if article.sentence_text(each.number) in insert.text)
    return longer, _renumbered(answer, moved), new


def _renumbered(value: Any, moved: dict[int, int], *, is_evidence: bool = False) -> Any:
    if isinstance(value, dict):
        return {key: _renumbered(item, moved, is_evidence=key == "evidence") for key, item in value.items()}
    if isinstance(value, list):
        return [_renumbered(item, moved, is_evidence=is_evidence) for item in value]
    return moved.get(value, value) if is_evidence and isinstance(value, int) else value


def _print_findings(results: Sequence[Result], verbose: bool) -> tuple[float, int]:
    """The verdicts by severity and by code; false warnings and errors a record, and findings without a verdict."""
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for result in results:
        for finding, verdict in result.findings:
            counts[finding.severity, finding.code][verdict or "unjudged"] += 1
            if verbose and verdict != "true" and finding.severity != "note":
                print(f"  {verdict or 'UNJUDGED':9} {result.name} {finding.path}: {finding.code}: {finding.message}")
    print(f"{len(results)} answers" + "finding".rjust(30) + "   true  false  pedantic  unjudged")
    for (severity, code), verdicts in sorted(counts.items()):
        print(f"{severity:9}{code:32}" + "".join(f"{verdicts[name]:8}" for name in _VERDICTS))
    for severity in ("error", "warning", "note"):
        verdicts = sum((found for (each, _), found in counts.items() if each == severity), Counter[str]())
        judged = verdicts["true"] + verdicts["false"] + verdicts["pedantic"]
        print(f"{severity}s right: {_share(verdicts['true'], judged)}")
    doubted = sum((found for (each, _), found in counts.items() if each != "note"), Counter[str]())
    a_record = (doubted["false"] + doubted["pedantic"]) / len(results)
    print(f"false warnings and errors a record: {a_record:.2f}")
    return a_record, doubted["unjudged"]


_VERDICTS = ("true", "false", "pedantic", "unjudged")


def _print_recall(results: Sequence[Result], verbose: bool) -> float:
    """The share of the planted errors that was found, by kind; the mean over the kinds."""
    found: dict[str, list[bool]] = defaultdict(list)
    for result in results:
        for error, is_found in result.planted:
            found[error.kind].append(is_found)
            if verbose and not is_found:
                print(f"  missed {result.name} {error.kind} {error.path}: {error.to}")
    for kind in get_args(Kind):
        if found[kind]:
            print(f"{kind:12}{_share(sum(found[kind]), len(found[kind]))}")
    shares = [sum(each) / len(each) for each in found.values() if each]
    mean = sum(shares) / len(shares) if shares else 0.0
    print(f"mean recall over {len(shares)} kinds: {mean:.3f}")
    return mean


def _share(found: int, total: int) -> str:
    """A share with its 95 % interval (Wilson)."""
    if not total:
        return "none"
    share, z = found / total, 1.96
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    reach = z / (1 + z * z / total) * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total))
    return f"{found}/{total} = {share:.2f} [{middle - reach:.2f}, {middle + reach:.2f}]"


if __name__ == "__main__":
    sys.exit(main())
