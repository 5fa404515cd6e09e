"""A language: its tables, each read and checked once, when it is first asked for."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Generic, TypeVar

from pydantic import ValidationError

from summarizer.errors import LanguageInvalid
from summarizer.faults import faults_of
from summarizer.languages import primary, tables
from summarizer.languages.alternation import any_of

ALL = "mul"
"""The folder of what holds for all languages, by ISO 639 for "multiple languages"."""

ANYTHING = ".{0,600}"
"""What `.*` in a list of expressions stands for: the rest of a line that may be the page's; a longer one is not."""

_Table = TypeVar("_Table", bound=tables.Table)


class _File(Generic[_Table]):
    """A table of a language, read from its file; an empty one where there is no file."""

    def __init__(self, kind: type[_Table]) -> None:
        self.kind = kind

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, language: Language, owner: type) -> _Table:
        file = language.folder / f"{self.name}.toml"
        table = self._read(file) if file.is_file() else self.kind()
        language.__dict__[self.name] = table  # from now on found before this is asked
        return table

    def _read(self, file: Traversable) -> _Table:
        try:
            return self.kind.model_validate(tomllib.loads(file.read_text(encoding="utf-8")))
        except ValidationError as error:
            faults = faults_of(error, form=self.kind)
            raise LanguageInvalid(f"{file}: {faults} (docs/languages.md says what a table holds)") from error
        except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise LanguageInvalid(f"{file}: {error}. A text stands in quotes, a list in [ ].") from error


class Language:
    """What is known of a language, one attribute a table."""

    def __init__(self, folder: Traversable) -> None:
        self.folder = folder

    def __repr__(self) -> str:
        return f"Language({self.code!r})"

    @property
    def code(self) -> str:
        """The first subtag of its BCP-47 tags."""
        return self.folder.name

    @cached_property
    def table_names(self) -> tuple[str, ...]:
        """The names of the files that it has, in alphabetical order."""
        names = [file.name for file in self.folder.iterdir()] if self.folder.is_dir() else []
        return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))

    def table(self, name: str) -> tables.Table:
        """The table of this name."""
        known = [key for key, value in vars(Language).items() if isinstance(value, _File)]
        if name not in known:
            raise LanguageInvalid(f"{self.folder / name}.toml: no such table; there are {', '.join(sorted(known))}")
        table: tables.Table = getattr(self, name)
        return table

    writing = _File(tables.WritingTable)
    calendar = _File(tables.CalendarTable)
    corrections = _File(tables.CorrectionsTable)
    dates = _File(tables.DatesTable)
    instructions = _File(tables.InstructionsTable)
    names = _File(tables.NamesTable)
    negation = _File(tables.NegationTable)
    numbers = _File(tables.NumbersTable)
    opposites = _File(tables.OppositesTable)
    pages = _File(tables.PagesTable)
    paste = _File(tables.PasteTable)
    sentences = _File(tables.SentencesTable)
    speech = _File(tables.SpeechTable)
    words = _File(tables.WordsTable)
    samples = _File(tables.SamplesTable)
    # what stands in `mul` alone
    controls = _File(tables.ControlsTable)
    currencies = _File(tables.CurrenciesTable)
    genres = _File(tables.GenresTable)
    mail = _File(tables.MailTable)


@lru_cache(maxsize=256)
def language_of(tag: str) -> Language:
    """The language of a BCP-47 tag, of which the first subtag counts; it knows nothing where it has no folder."""
    return _language(primary(tag))


@cache
def _language(code: str) -> Language:
    return Language(files(__package__) / (code if code.isalpha() else "und"))  # a tag may be any text of a page


@cache
def languages() -> tuple[Language, ...]:
    """All languages that have a folder, and `mul`, in alphabetical order."""
    folders = sorted(file.name for file in files(__package__).iterdir() if file.is_dir())
    return tuple(_language(code) for code in folders if not code.startswith("_"))


@cache
def with_table(name: str) -> tuple[str, ...]:
    """Codes of the languages that have this table, in alphabetical order."""
    return tuple(language.code for language in languages() if name in language.table_names)


def alternatives(listed: Callable[[Language], Iterable[str]]) -> str:
    """The expressions that the languages list, as the alternatives of one."""
    return any_of(entry.replace(".*", ANYTHING) for language in languages() for entry in listed(language))


def lower(text: str) -> str:
    """`text` in lower case, as long as it was: the patterns of the tables, which are in lower case, match
    this in a third of the time that they take with no regard to case."""
    return text.replace("İ", "i").lower()
