"""Every regular expression that the package compiles, with the place in the source that asks for it.

Run as a program, it imports all of the package, builds the tables of every language, reads the articles of the suite,
makes and checks their records, and writes a JSON object for each expression: what is compiled at import, from tables
and in passing is found alike.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cached_property
from importlib import import_module
from inspect import signature
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

from repository import EVALS, ROOT

PACKAGE = ROOT / "summarizer"
FUNCTIONS = frozenset(("compile", "search", "match", "fullmatch", "sub", "subn", "findall", "finditer", "split"))


@dataclass(frozen=True)
class Compiled:
    """An expression, its flags, and the file and line that compile it."""

    pattern: str
    flags: int
    file: str
    line: int


@dataclass(frozen=True)
class Place:
    """A function of `re` in the source, the literal it is given if it is one, and what is done with what it makes."""

    file: str
    first: int
    last: int
    literal: str | None
    uses: frozenset[str]

    @property
    def searches(self) -> bool:
        """Whether the expression is tried at every place of a text."""
        return not self.uses or not self.uses <= {"match", "fullmatch"}

    @property
    def fills(self) -> bool:
        """Whether it has to match all of a text."""
        return "fullmatch" in self.uses

    def holds(self, compiled: Compiled) -> bool:
        """Whether the expression was compiled here."""
        is_here = compiled.file == self.file and self.first <= compiled.line <= self.last
        return is_here and self.literal in (None, compiled.pattern)


def places() -> Iterator[Place]:
    """Every such place of the package."""
    trees = {file: ast.parse(file.read_text(encoding="utf-8")) for file in sorted(PACKAGE.rglob("*.py"))}
    everywhere = _uses(trees.values())
    for file, tree in trees.items():
        here, names = _uses([tree]), dict(_named(tree))
        calls = {id(node.func): node for node in ast.walk(tree) if isinstance(node, ast.Call)}
        for node in filter(_is_of_re, ast.walk(tree)):
            assert isinstance(node, ast.Attribute)
            call, name = calls.get(id(node)), names.get(id(node))
            known = here if name and name.startswith("_") else everywhere
            uses = known.get(name, set()) & FUNCTIONS if name else set()
            yield Place(
                str(file.relative_to(ROOT)),
                node.lineno,
                (call or node).end_lineno or node.lineno,
                _literal(call),
                frozenset(uses if node.attr == "compile" else [node.attr]),
            )


def _is_of_re(node: ast.AST) -> bool:
    """Whether it is `re.search` or the like."""
    if not (isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)):
        return False
    return node.value.id == "re" and node.attr in FUNCTIONS


def _literal(call: ast.Call | None) -> str | None:
    value = call.args[0].value if call and isinstance(call.args[0], ast.Constant) else None
    return value if isinstance(value, str) else None


def _named(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """What compiles an expression, with the name of the constant, the field or the function that it is for."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            name, value = node.targets[0].id, node.value
        elif isinstance(node, ast.keyword) and node.arg:
            name, value = node.arg, node.value
        elif isinstance(node, ast.FunctionDef) and isinstance(node.body[-1], ast.Return) and node.body[-1].value:
            name, value = node.name, node.body[-1].value
        else:
            continue
        if isinstance(value, ast.Call):
            yield id(value.func), name


def _uses(trees: Iterable[ast.Module]) -> dict[str, set[str]]:
    """What is asked of each name, as in `_DATE.match`, `words.events.sub` or `_office().sub`."""
    found: dict[str, set[str]] = {}
    for node in (node for tree in trees for node in ast.walk(tree)):
        if isinstance(node, ast.Attribute):
            of = node.value.func if isinstance(node.value, ast.Call) else node.value
            name = of.id if isinstance(of, ast.Name) else of.attr if isinstance(of, ast.Attribute) else ""
            found.setdefault(name, set()).add(node.attr)
    return found


def compiled() -> list[Compiled]:
    """What is compiled while the package is imported and at work, in a process of its own."""
    ended = subprocess.run([sys.executable, __file__], capture_output=True, text=True, check=True, cwd=ROOT)
    return [Compiled(**json.loads(line)) for line in ended.stdout.splitlines()]


def _record() -> Iterator[Compiled]:
    found: dict[Compiled, None] = {}
    compile_one = re._compile  # type: ignore[attr-defined]  # it is not in the stubs

    def noted(pattern: Any, flags: Any) -> Any:
        caller = sys._getframe(2)
        file = Path(caller.f_code.co_filename)
        if isinstance(pattern, str | bytes) and file.is_relative_to(PACKAGE):
            text = pattern if isinstance(pattern, str) else pattern.decode("latin-1")
            found[Compiled(text, int(flags), str(file.relative_to(ROOT)), caller.f_lineno)] = None
        return compile_one(pattern, flags)

    re._compile = noted  # type: ignore[attr-defined]  # it is not in the stubs
    _build_tables()
    _work()
    re._compile = compile_one  # type: ignore[attr-defined]  # it is not in the stubs
    yield from found


def _build_tables() -> None:
    import summarizer

    for found in walk_packages(summarizer.__path__, "summarizer."):
        if not found.name.startswith(("summarizer.ray.", "summarizer.__main__")):
            import_module(found.name)
    languages = [folder.name for folder in (PACKAGE / "languages").iterdir() if folder.is_dir()]
    for name, module in list(sys.modules.items()):
        if name.startswith("summarizer."):
            for item in list(vars(module).values()):
                _build(item, languages)


def _build(item: Any, languages: list[str]) -> None:
    """Calls a function that keeps what it makes of a language, or of nothing, and fills in the fields of that."""
    if not hasattr(item, "cache_parameters"):
        return
    arguments = list(signature(item).parameters)
    made = [item()] if not arguments else []
    if arguments in (["code"], ["language"]):
        made = [item(language) for language in languages]
    for one in made:
        for name, attribute in vars(type(one)).items():
            if isinstance(attribute, cached_property):
                getattr(one, name)


def _work() -> None:
    from summarizer.checking.field_checks import check
    from summarizer.checking.people import People
    from summarizer.evals.suites.cases import article_file, load_suite
    from summarizer.extractive.language_check import check_language
    from summarizer.extractive.recipe import extract
    from summarizer.languages.language import language_of
    from summarizer.prompts import load_prompt
    from summarizer.reading import read_article
    from summarizer.reading.page.html import LONGEST_TAG
    from summarizer.versions import compare
    from summarizer.views.json import ACTING, escape

    prompt = load_prompt("news")
    for case in load_suite(EVALS):
        article = read_article(article_file(EVALS, case))
        content = extract(article, prompt.fields, prompt.max_points)
        check(content, article)
    escape(content.model_dump_json(), ACTING)
    compare(article, article)
    list(check_language(language_of("en")))
    list(People({"山田太郎": ""}, "山田太郎", "ja", str).mentioned_in("山田"))
    read_article(f"<p>{'Long page. ' * LONGEST_TAG}</p>", kind="html")


if __name__ == "__main__":
    for expression in _record():
        sys.stdout.write(json.dumps(asdict(expression)) + "\n")
