"""Long articles: read in parts, each by the request that a short article is asked with, and put together again."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from summarizer.article import Article
from summarizer.checking.analysis import ArticleAnalysis
from summarizer.checking.grounding import Accepted, accept, ground
from summarizer.errors import ContextExceeded, ModelError
from summarizer.models.base import Reply, Request, estimate_tokens
from summarizer.prompts import Prompt, as_data, stated
from summarizer.recipes.asking import merge_request, record_request
from summarizer.recipes.base import REPAIRED, Steps, TokenBudget, with_findings
from summarizer.recipes.merging import merged
from summarizer.recipes.parts import Part, cut
from summarizer.record import SECTIONS, Cited, Finding

STATEMENT_WORDS = 45
"""Room that is planned for one statement: the 30 words that prompts allow a point, and half as much again."""

NUMBERS_TOKENS = 8
"""The same for the numbers of the sentences before it."""

ANSWER_STATEMENTS = 4
"""Statements in a merging answer beside the key points: headline and abstract."""

LINE_TOKENS = 1
"""What the line break behind a sentence takes, and what is lost in rounding."""

FRAME_TOKENS = 2
"""The same for the text around the sentences."""

STATED = {"key_points": None, "abstract": 3, "headline": 1}
"""Fields that say what a part is about, the best first, and how many statements each has; None: as many as the prompt
allows."""


@dataclass(frozen=True)
class Plan:
    """What an article is asked for: its parts, and in each round of merging at most so many requests."""

    parts: tuple[Part, ...]
    rounds: tuple[int, ...]
    statement_tokens: int
    """What the statements of one merging request may take."""
    tokens_in: int
    """Estimated tokens of all requests."""

    @property
    def requests(self) -> int:
        """How many there are at most, without what is sent again."""
        return len(self.parts) + sum(self.rounds)


def plan(article: Article, prompt: Prompt, language: str | None, room: TokenBudget) -> Plan:
    """How the article is read. Raises ContextExceeded, with the reason, when that is impossible."""
    frame = record_request(article, prompt, language, ())
    free = room.left_by(frame) - FRAME_TOKENS
    costs = [_tokens(f"[{s.number}] {as_data(article.text[s.start : s.end])}") for s in article.sentences]
    if (longest := max(costs)) > free:
        number = costs.index(longest) + 1
        raise ContextExceeded(
            "the article can't be read in parts either: with the instructions and the answer, sentence "
            f"{number} alone takes {longest - free:,} tokens more than the context has"
        )
    parts = tuple(cut(article.sentences, costs, _with_reserve(free, room.max_tokens)))
    shown = sum(costs[sentence.number - 1] for part in parts for sentence in part)
    rounds = _rounds(len(parts), article, prompt, language, room)
    return Plan(
        parts=parts,
        rounds=tuple(each.requests for each in rounds),
        statement_tokens=rounds[0].space if rounds else 0,
        tokens_in=len(parts) * frame.estimated_tokens + shown + sum(each.tokens_in for each in rounds),
    )


def _tokens(line: str) -> int:
    return estimate_tokens(line) + LINE_TOKENS


def _with_reserve(free: int, answer: int) -> int:
    """What to fill of the tokens that are free: an answer of so many may have to be asked for again, itself in the
    request or with twice the room; and all tokens are estimated. Never less than half."""
    return max(free // 2, free - answer)


@dataclass(frozen=True)
class _Round:
    """One round of merging: its requests, what the statements in each may take, and the tokens of all."""

    requests: int
    space: int
    tokens_in: int


def _rounds(parts: int, article: Article, prompt: Prompt, language: str | None, room: TokenBudget) -> list[_Round]:
    """The rounds at most: out of one request come as many statements as out of one part."""
    if not _written_anew(prompt):
        return []
    frame = merge_request(article, prompt, language, _written_anew(prompt), ())
    each = max(prompt.max_points, STATED[_stating(prompt)] or 0)
    tokens = NUMBERS_TOKENS + STATEMENT_WORDS * estimate_tokens(article.text) // max(1, article.words)
    space = _with_reserve(room.left_by(frame) - FRAME_TOKENS, (each + ANSWER_STATEMENTS) * tokens)
    at_once = max(0, space // tokens)
    if at_once < 2 * each:  # or they would never become few enough
        raise ContextExceeded(
            "the article can't be read in parts either: there is room for merging "
            f"{at_once} statements, and two parts have {2 * each}"
        )
    rounds: list[_Round] = []
    statements = parts * each
    while not rounds or rounds[-1].requests > 1:
        requests = -(-statements // at_once)
        rounds.append(_Round(requests, space, requests * frame.estimated_tokens + statements * tokens))
        statements = requests * each
    return rounds


def _written_anew(prompt: Prompt) -> tuple[str, ...]:
    return tuple(field for field, section in SECTIONS.items() if section.is_written_anew and field in prompt.fields)


def _stating(prompt: Prompt) -> str:
    """The field whose texts are merged."""
    return next(field for field in STATED if field in prompt.fields)


# --- the recipe -------------------------------------------------------------------------------------------------


def in_parts(article: Article, prompt: Prompt, language: str | None, planned: Plan) -> Steps:
    """Asks for each part, then for what only the whole can tell, and checks all of it against the whole article."""
    reading = PartsReading(article, prompt, language, planned)
    answers = yield from reading.parts()
    fields = merged(answers, article, language or article.language)
    statements: tuple[Cited, ...] = next((fields[name] for name in STATED if fields.get(name)), ())
    wanted = [name for name in _written_anew(prompt) if name != "key_points" or len(statements) > prompt.max_points]
    if wanted and statements:
        fields |= yield from reading.whole(statements, wanted)
    content = ground(prompt.answer(**fields), ArticleAnalysis(article), reading.problems, language=language)
    came_of_it = (
        f"which gave {len(statements)} different statements; what the record says of the whole was written from these"
    )
    return with_findings(content, *reading.findings(came_of_it))


Asking = Generator[Request, Reply, Accepted[Any]]


class PartsReading:
    """One long article being read, with what was doubtful on the way."""

    def __init__(self, article: Article, prompt: Prompt, language: str | None, planned: Plan) -> None:
        self.article, self.prompt, self.language, self.planned = article, prompt, language, planned
        self.problems: list[Finding] = []
        self.is_repaired = False
        self.left_out = 0

    def parts(self) -> Generator[Request, Reply, list[BaseModel]]:
        """The answers to the parts."""
        answers: list[BaseModel] = []
        for number, part in enumerate(self.planned.parts, 1):
            purpose = f"part {number} of {len(self.planned.parts)}"
            request = record_request(self.article, self.prompt, self.language, part, purpose)
            accepted = yield from self._asked(request)
            self._keep(accepted.problems, purpose)
            answers.append(accepted.answer)
        return answers

    def whole(self, statements: Sequence[Cited], wanted: Sequence[str]) -> Generator[Request, Reply, dict[str, Any]]:
        """The fields `wanted`, written from statements: from all at once or, round by round, from fewer."""
        for most in self.planned.rounds[:-1]:
            groups = self._grouped(statements, most)
            if len(groups) == 1:
                break
            chosen: list[Cited] = []
            for number, group in enumerate(groups, 1):
                accepted = yield from self._merged(group, ("key_points",), f"merging {number} of {len(groups)}")
                self._keep(accepted.problems, f"merging {number} of {len(groups)}")
                chosen += accepted.answer.key_points
            statements = chosen
        [group] = self._grouped(statements, 1)
        accepted = yield from self._merged(group, wanted, "merging")
        self.problems += accepted.problems
        return {name: getattr(accepted.answer, name) for name in wanted}

    def _merged(self, statements: Sequence[Cited], fields: Sequence[str], purpose: str) -> Asking:
        return self._asked(merge_request(self.article, self.prompt, self.language, fields, statements, purpose))

    def _asked(self, request: Request) -> Asking:
        try:
            reply = yield request
            accepted = accept(reply.text, request.answer, self.article, request.shown)
        except ModelError as error:
            error.args = (f"{request.purpose}: {error}",)  # which of many requests it was
            raise
        self.is_repaired |= reply.reasked and not accepted.problems
        return accepted

    def _keep(self, problems: Sequence[Finding], purpose: str) -> None:
        """Problems of an answer that is no record yet: their paths lead nowhere in the record."""
        for problem in problems:
            message = f"{purpose}, {problem.path}: {problem.message}"
            self.problems.append(problem.model_copy(update={"path": "", "message": message}))

    def _grouped(self, statements: Sequence[Cited], most: int) -> list[list[Cited]]:
        """The statements in groups for one request each, at most `most`. Those for which there is no room, since
        statements are longer than they may be, are counted."""
        space = self.planned.statement_tokens
        lines = [_Line(statement, _tokens(stated(statement, self.article))) for statement in statements]
        groups = _packed(lines, space)
        if len(groups) > most:
            short = [line for line in lines if line.tokens <= space // 2]  # so that every group is at least half full
            groups = _packed(_thinned(short, most * (space // 2)), space)
            self.left_out += len(lines) - sum(map(len, groups))
        return [[line.statement for line in group] for group in groups]

    def findings(self, came_of_it: str) -> Iterator[Finding]:
        """That the article was read in parts, and what came of it."""
        parts = len(self.planned.parts)
        message = f"The article is longer than the model's context. It was read in {parts} parts, {came_of_it}."
        if self.left_out:
            message += f" For {self.left_out} of them there was no room."
        severity: Literal["warning", "note"] = "warning" if self.left_out else "note"
        yield Finding(code="read_in_parts", severity=severity, path="", message=message)
        if self.is_repaired:
            yield REPAIRED


@dataclass(frozen=True, slots=True)
class _Line:
    """A statement, and the tokens that its line takes."""

    statement: Cited
    tokens: int


def _packed(lines: Sequence[_Line], space: int) -> list[list[_Line]]:
    """The lines in their order, in groups of at most so many tokens, unless one line has more."""
    groups: list[list[_Line]] = [[]]
    taken = 0
    for line in lines:
        if groups[-1] and taken + line.tokens > space:
            groups.append([])
            taken = 0
        groups[-1].append(line)
        taken += line.tokens
    return groups


def _thinned(lines: Sequence[_Line], most: int) -> list[_Line]:
    """Lines of at most so many tokens together, from all over the article."""
    share = min(1.0, most / max(1, sum(line.tokens for line in lines)))
    kept: list[_Line] = []
    seen = taken = 0
    for line in lines:
        seen += line.tokens
        if taken + line.tokens <= share * seen:
            kept.append(line)
            taken += line.tokens
    return kept
