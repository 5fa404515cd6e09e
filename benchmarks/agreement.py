"""How far two labellers of the same cases agree: each one's labels as a record, scored by the other's.

python -m benchmarks.agreement [SUITE]

The second labels are `second.yaml` beside `case.yaml`. The scores are those of the metrics, so what is printed is how
well a careful person does by them: no model can be told to be better.
"""

from __future__ import annotations

import statistics
import sys
from collections import defaultdict
from pathlib import Path

from summarizer.article import Article
from summarizer.evals.gate import t_quantile
from summarizer.evals.scoring.metrics import measure
from summarizer.evals.suites.cases import Case, load_case
from summarizer.evals.suites.labels import Labels
from summarizer.reading import read_article
from summarizer.record import (
    ArticleInfo,
    Cited,
    Coverage,
    Entity,
    Event,
    Figure,
    FiveWs,
    Quote,
    Run,
    Summary,
    Tokens,
)

SECOND_FILE = "second.yaml"
MEANINGLESS = {"evidence", "no_leak"}
"""Scores that say nothing of labels: they cite no sentences, and hold no junk."""


def main() -> None:
    """Prints the mean of each score over both directions, with its 95 % interval over cases."""
    suite = Path(sys.argv[1] if len(sys.argv) > 1 else "evals")
    scores: dict[str, list[float]] = defaultdict(list)
    folders = [file.parent for file in sorted(suite.glob(f"cases/*/{SECOND_FILE}"))]
    for folder in folders:
        for name, values in both_ways(load_case(folder), load_case(folder, SECOND_FILE), folder).items():
            scores[name].append(statistics.fmean(values))
    print(f"{len(folders)} cases, labelled twice")
    for name, values in scores.items():
        reach = t_quantile(0.975, len(values) - 1) * statistics.stdev(values) / len(values) ** 0.5
        print(f"{name:20} {statistics.fmean(values):.3f} ±{reach:.3f} ({len(values)} cases)")


def both_ways(first: Case, second: Case, folder: Path) -> dict[str, list[float]]:
    """The scores of one case: the second labels by the first, and the first by the second."""
    article = read_article(folder / first.inputs.file)
    scores: dict[str, list[float]] = defaultdict(list)
    for expected, given in ((first, second), (second, first)):
        result = measure(expected.metadata, as_record(given.metadata, article), article)
        for name, score in result.scores.items():
            if score is not None and name not in MEANINGLESS:
                scores[name].append(score)
    return scores


def as_record(labels: Labels, article: Article) -> Summary:
    """The record that says what the labels say."""
    info = ArticleInfo.of(article).model_copy(update={"published": labels.published})
    return Summary(
        status=labels.status,
        article=info,
        key_points=tuple(Cited(text=fact.fact, evidence=()) for fact in labels.facts or ()),
        five_ws=five_ws(labels),
        entities=tuple(Entity(name=one.name, type=one.type, role=None) for one in labels.entities or ()),
        quotes=tuple(
            Quote(text=one.text, speaker=one.speaker, speaker_role=None, evidence=()) for one in labels.quotes or ()
        ),
        figures=tuple(
            Figure(text=one.text, measures=one.measures, value=one.value, unit=one.unit, evidence=())
            for one in labels.figures or ()
        ),
        timeline=tuple(Event(date=one.date, text=one.what, evidence=()) for one in labels.dates or ()),
        run=RUN,
    )


def five_ws(labels: Labels) -> FiveWs:
    """The first wording of each answer."""
    wordings = labels.five_ws.model_dump() if labels.five_ws else {}
    answers = {name: Cited(text=texts[0], evidence=()) for name, texts in wordings.items() if texts}
    return FiveWs(**{name: answers.get(name) for name in FiveWs.model_fields})


RUN = Run(
    model="people",
    recipe="labels",
    prompt=None,
    schema_sha256=None,
    summarizer_version="",
    requests=(),
    tokens=Tokens(input=0, cached=0, output=0),
    cost=None,
    seconds=0.0,
    coverage=Coverage(given=0, seen=0),
)

if __name__ == "__main__":
    main()
