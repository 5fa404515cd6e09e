"""A record in which every text that comes from outside tries to be markup."""

from __future__ import annotations

from dataclasses import replace

from records import article_of, cited, point, run_of, summary_of

from summarizer.article import Article, Removed
from summarizer.record import (
    BY_MODEL,
    Cited,
    CitedTime,
    Correction,
    Dispute,
    Entity,
    Event,
    Figure,
    Finding,
    FiveWs,
    Position,
    PromptInfo,
    Quote,
    Review,
    Summary,
)

MARKUP = (
    "</script></style></title><script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp; <b id=r>b</b> \u202e\x00"
)
SCRIPTED = "javascript:alert(3)//https://evil.example"

ARTICLE: Article = replace(
    article_of((MARKUP, f"Second {MARKUP}")),
    title=MARKUP,
    authors=(MARKUP,),
    site=MARKUP,
    url=SCRIPTED,
    language='en" onload="alert(4)',
    removed=(Removed("ad", MARKUP), Removed("hidden.style", MARKUP)),
)


def hostile() -> Summary:
    """The record of ARTICLE."""
    evidence, said = cited(ARTICLE, 1), point(ARTICLE, MARKUP, 1)
    position = Position(holder=MARKUP, text=MARKUP, evidence=evidence)
    return summary_of(
        ARTICLE,
        status_reason=MARKUP,
        headline=said,
        abstract=(said,),
        key_points=(Cited(text=f"Point {MARKUP}", evidence=cited(ARTICLE, 2)),),
        five_ws=FiveWs(
            who=said, what=None, when=CitedTime(**dict(said), date=MARKUP), where=None, why=None, how=None
        ),
        entities=(Entity(name=MARKUP, type="person", role=MARKUP, affiliation=MARKUP, mentions=evidence),),
        quotes=(Quote(text=MARKUP, speaker=MARKUP, speaker_role=MARKUP, evidence=evidence),),
        figures=(Figure(text=MARKUP, measures=MARKUP, value=1, unit=MARKUP, evidence=evidence),),
        timeline=(Event(date=MARKUP, text=MARKUP, evidence=evidence),),
        disputes=(Dispute(about=MARKUP, positions=(position,)),),
        corrections=(Correction(text=MARKUP, was=MARKUP, evidence=evidence),),
        data={MARKUP: [{MARKUP: MARKUP}]},
        evidence={MARKUP: evidence},
        findings=(
            Finding(code="no_evidence", severity="error", path=f"key_points[0].{MARKUP}", message=MARKUP),
            Finding(code="not_in_article", severity="warning", path=MARKUP, message=MARKUP, evidence=evidence),
            Finding(code="small_model", severity="note", path=MARKUP, message=MARKUP),
        ),
        run=run_of(
            ARTICLE,
            model=MARKUP,
            recipe=MARKUP,
            prompt=PromptInfo(name=MARKUP, version=MARKUP, sha256=MARKUP),
            price_list=MARKUP,
            summarizer_version=MARKUP,
            digital_source_type=BY_MODEL,
            review=Review(by=MARKUP, at=MARKUP),
        ),
    )
