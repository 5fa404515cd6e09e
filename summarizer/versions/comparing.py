"""Comparing: two versions in, what changed out."""

from __future__ import annotations

from collections.abc import Iterable

from summarizer.article import Article
from summarizer.reading.source.raw_source import Source
from summarizer.record import Content
from summarizer.versions.change import Change, Diff, Disagreements
from summarizer.versions.details import Edited, Known, Read, changed_names, changed_values
from summarizer.versions.disagreements import disagreeing_counts, new_disagreements
from summarizer.versions.edits import edits_between, weight
from summarizer.versions.opening import alike, as_article, opened
from summarizer.versions.pairing import Pair, paired
from summarizer.versions.quoted import changed_quotes
from summarizer.versions.tokens import Tokenizer
from summarizer.versions.version import Statement, Version

THRESHOLD = 1
"""Words that weigh, from which on an edit is told."""


def compare(
    old: Source | Article | Content,
    new: Source | Article | Content,
    *,
    threshold: int = THRESHOLD,
    allow_private_hosts: bool = False,
) -> Diff:
    """What changed from one version to the next: two articles, or two records, each one itself or where it is.

    A Path is a file with an article or a record in JSON; a string a text, an address, or that of a page in an archive
    (https://web.archive.org/web/TIMESTAMP/ADDRESS). An edit of fewer words than `threshold` that weigh is only
    counted: spelling, punctuation, "the" for "a"; with 0 every edit is told. A record that keeps its article's text
    can be held against an article. Raises what `read_article` does.
    """
    versions = (opened(each, allow_private_hosts=allow_private_hosts) for each in (old, new))
    return _Comparison(*alike(*versions), threshold).diff()


def find_disagreements(of: Source | Article | Content, *, allow_private_hosts: bool = False) -> Disagreements:
    """What disagrees inside one article, or inside that which a record keeps. Raises what `compare` does."""
    version = as_article(opened(of, allow_private_hosts=allow_private_hosts))
    assert isinstance(version.of, Article)
    return Disagreements(of=version.compared, disagreements=disagreeing_counts(version.of))


class _Comparison:
    """The work of comparing two versions."""

    def __init__(self, old: Version, new: Version, threshold: int) -> None:
        self.old, self.new, self.threshold = old, new, threshold
        names = (form for version in (old, new) for name in version.names for form in name.forms)
        self.tokenizer = Tokenizer.knowing(new.language, names)

    def diff(self) -> Diff:
        """All that changed."""
        pairing = paired(self.old, self.new)
        headline, edited = self._headline(), [self._edited(pair) for pair in pairing.pairs]
        everything = [*headline, *edited]
        told = [each for each in everything if self._is_told(each)]
        old, new = self._known(self.old), self._known(self.new)
        quotes = changed_quotes(self.old, self.new, old, new, self.tokenizer)
        return Diff(
            old=self.old.compared,
            new=self.new.compared,
            headline=tuple(_whole(each) for each in told if each in headline),
            figures=changed_values(everything, "number", old, new),
            dates=changed_values(everything, "date", old, new),
            names=changed_names(everything, self.old.names, self.new.names, old, new),
            quotes=quotes.quotes,
            speakers=quotes.speakers,
            statements=_in_order(_whole(each) for each in told if each not in headline),
            small_edits=len(everything) - len(told),
            moved=pairing.moved,
            disagreements=new_disagreements(self.old.of, self.new.of),
        )

    def _headline(self) -> list[Edited]:
        old, new = self.old.headline, self.new.headline
        is_same = (old and old.text) == (new and new.text)
        return [] if is_same else [self._edited(Pair(old, new))]

    def _edited(self, pair: Pair) -> Edited:
        old = self._read(pair.old) if pair.old else None
        new = self._read(pair.new) if pair.new else None
        return Edited(old, new, edits_between(old.tokens, new.tokens) if old and new else ())

    def _read(self, statement: Statement) -> Read:
        return Read(statement, self.tokenizer.tokens(statement.text))

    def _is_told(self, edited: Edited) -> bool:
        """Whether an edit weighs enough; a statement that one version lacks always does."""
        if edited.old is None or edited.new is None:
            return True
        old, new = edited.old.statement.text, edited.new.statement.text
        return weight(edited.edits, old, new, self.new.language) >= self.threshold

    def _known(self, version: Version) -> Known:
        heading = [version.headline] if version.headline else []
        return Known.of(self._read(statement) for statement in (*heading, *version.statements))


def _whole(edited: Edited) -> Change:
    return Change(
        old=edited.old.statement.stated if edited.old else None,
        new=edited.new.statement.stated if edited.new else None,
    )


def _in_order(changes: Iterable[Change]) -> tuple[Change, ...]:
    """What changed, what was added, what was dropped, each in the order of its version."""
    return tuple(sorted(changes, key=lambda change: (change.old is None) + 2 * (change.new is None)))
