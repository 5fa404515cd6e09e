"""Findings on one written text: what in it does not stand in its evidence.

They are findings, not a judgement: a text that raises none may still be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from summarizer.article import Span
from summarizer.checking.analysis import Analysis, ArticleAnalysis
from summarizer.checking.statements.additions import addition
from summarizer.checking.statements.attribution import lost_attribution
from summarizer.checking.statements.certainty import certainty_findings
from summarizer.checking.statements.citations import citation_findings
from summarizer.checking.statements.dates import undated_words
from summarizer.checking.statements.denial import denial_findings
from summarizer.checking.statements.finding import StatementFinding, as_tried, in_place_of
from summarizer.checking.statements.names.foreign_names import foreign_name
from summarizer.checking.statements.names.roles import role_of_another
from summarizer.checking.statements.names.swapped_names import exchanged_names
from summarizer.checking.statements.names.unknown_names import missing_names
from summarizer.checking.statements.numbers import number_findings
from summarizer.checking.statements.opposites import certain_words, opposite_words, other_units
from summarizer.checking.statements.word_alignment import Alignment, alignment
from summarizer.languages.language import language_of
from summarizer.text.terms import terms

FEWEST_QUOTED = 4
"""Words between quote marks that are taken for a quotation; fewer are often a term, a title or irony."""

LONGEST_FRAGMENT = 8
"""Words of a quotation that may be a paraphrase in quotation marks; more are a sentence that nobody has said."""

FEWEST_TERMS = 3
"""Telling words by which such a paraphrase is known."""

FEW_SOURCES = 4
"""Sentences of its evidence that a statement is held against all together; of more against the closest."""

CLOSEST = 2
"""How many those are."""

ALMOST_AS_CLOSE = 0.7
"""The second counts too, if it comes so close in proportion to the first."""

_QUOTED = re.compile(
    r"“([^”“]+)”|\"([^\"]+)\"|«([^«»]+)»|»([^«»]+)«|„([^“”„]+)[“”]|「([^「」]+)」|『([^『』]+)』"
    r"|(?<!\w)[‘'](?![smtnk] )([^‘’']+(?:[’']\w[^‘’']*){0,20})[’'](?!\w)"
)


def findings(
    text: str,
    evidence: Sequence[Span],
    article: ArticleAnalysis,
    *,
    language: str | None = None,
    is_loose: bool = False,
) -> list[StatementFinding]:
    """What is doubtful in `text`, which is written in `language` (None: the article's) and rests on `evidence`."""
    said, support = Analysis(text, language or article.language), article.cited(evidence)
    cited = [article.cited([span]) for span in evidence]
    found = [
        *citation_findings(said, evidence, article),
        *undated_words(said, support, article),
        *_names(said, article),
        *_quotations(said, article),
    ]
    for sentence in _sentences_of(said):
        aligned = None if article.is_translated(said.language) else _aligned(sentence, evidence, article)
        found += number_findings(sentence, cited, aligned, article)
        if aligned and not any(each.code == "unit_differs" for each in found):
            found += [in_place_of("unit_differs", turned) for turned in other_units(aligned)]
        if aligned and not is_loose:
            found += _compared(aligned, article)
            if turned := foreign_name(sentence, evidence, article):
                found.append(in_place_of("role_differs", turned))
        elif aligned:
            found += [in_place_of("negation_differs", turned) for turned in opposite_words(aligned)]
            found += [in_place_of("certainty_differs", turned) for turned in certain_words(aligned)]
    return found


_SENTENCE_END = re.compile(r"(?<=[.!?])(?<!\b\d\.)(?<!\b\d\d\.)[\"'”’»)]*\s+(?=[^\W\d_a-zà-ÿ])|(?<=[。！？])")


def _sentences_of(text: Analysis) -> list[Analysis]:
    """The sentences of a statement; that of one is the statement."""
    parts = [part for part in _SENTENCE_END.split(text.text) if part.strip()]
    return [text] if len(parts) < 2 else [Analysis(part, text.language) for part in parts]


def _aligned(said: Analysis, evidence: Sequence[Span], article: ArticleAnalysis) -> Alignment | None:
    """The statement beside its evidence; of much evidence beside what it comes closest to."""
    sources = [sentence for span in evidence for sentence in article.sentences_in(span)]
    if len(sources) > FEW_SOURCES:
        shares = [len(said.terms & source.terms) for source in sources]
        best = sorted(range(len(sources)), key=lambda at: -shares[at])[:CLOSEST]
        sources = [sources[at] for at in sorted(best) if shares[at] >= ALMOST_AS_CLOSE * max(shares)]
    return alignment(said, sources)


COPIED = 0.75
"""Share of a statement's telling words that its only sentence has, from which on it is a copy of that."""


def _compared(aligned: Alignment, article: ArticleAnalysis) -> Iterator[StatementFinding]:
    """What the statement turns round in its sources, leaves out of them or adds."""
    is_copied = len(aligned.sources) == 1 and (aligned.share >= COPIED or aligned.lacks_one)
    yield from (as_tried(each, article.language, is_copied=is_copied) for each in denial_findings(aligned))
    yield from (in_place_of("negation_differs", turned) for turned in opposite_words(aligned))
    yield from (in_place_of("certainty_differs", turned) for turned in certain_words(aligned))
    yield from (in_place_of("role_differs", turned) for turned in exchanged_names(aligned, article))
    if other := role_of_another(aligned.said, article):
        role, name, holder = other
        message = f"The article says “{role}” of “{holder}”, not of “{name}”."
        yield StatementFinding("role_differs", "warning", message)
    yield from (as_tried(each, article.language, is_copied=is_copied) for each in certainty_findings(aligned))
    if lost := lost_attribution(aligned, article):
        yield as_tried(lost, article.language, is_copied=is_copied)
    if added := addition(aligned, article):
        yield StatementFinding("not_in_article", "warning", f"The article has nothing of this: “{added}”.")


def _names(said: Analysis, article: ArticleAnalysis) -> Iterator[StatementFinding]:
    is_translated = article.is_translated(said.language)
    reason = "; in a text in another language it may be a translation" if is_translated else ""
    for name in missing_names(said, article, article.vocabulary):
        if name.is_put_together:
            message = f"The article has the words of “{name.text}”, but never together{reason}."
        else:
            message = f"The article does not have “{name.text}”{reason}."
        may_be_two = name.is_put_together and language_of(article.language).writing.names_inflected
        yield StatementFinding("name_not_in_article", "note" if may_be_two else "warning", message)


def _quotations(said: Analysis, article: ArticleAnalysis) -> Iterator[StatementFinding]:
    """Words in quotation marks that nobody says in the article.

    An error, unless they are a fragment that a sentence of the article says in other words. That is no quotation
    either, and an editor wants to know; but the statement holds, and people who judge summaries call it faithful
    (19 of 140 summaries of news, all of one article), so it is a note and no finding.
    """
    for match in _QUOTED.finditer(said.text):
        quote = next(words for words in match.groups() if words)
        if len(quote.split()) < FEWEST_QUOTED or article.locator.locate(quote).spans:
            continue
        if source := _in_other_words(Analysis(quote, article.language), article):
            message = f"Not word for word: “{quote}” are not the words of the article, which says: “{source}”"
            yield StatementFinding("quote_not_found", "note", message)
        else:
            message = f"The words in quotation marks are not in the article like this: “{quote}”"
            yield StatementFinding("quote_not_found", "error", message)


def _in_other_words(quote: Analysis, article: ArticleAnalysis) -> str | None:
    """The sentence that has all telling words of a quote, denies as it does and turns none of it round."""
    if len(quote.text.split()) > LONGEST_FRAGMENT or len(terms(quote.text, quote.language)) < FEWEST_TERMS:
        return None
    for sentence in article.article.sentences:
        source = article.cited([article.article.span(sentence.start, sentence.end)])
        if not quote.terms <= source.terms:
            continue
        aligned = alignment(quote, [source])
        mine, theirs = quote.polarity, source.polarity
        is_alike = mine is None or theirs is None or bool(mine.negations) == bool(theirs.negations)
        if is_alike and not (aligned and any(opposite_words(aligned))):
            return source.text
    return None
