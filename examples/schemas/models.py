"""Three schemas of one's own: what a desk wants of a court report, of quarterly results and of a product recall."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field


class Charge(BaseModel):
    name: str
    outcome: Literal["convicted", "acquitted", "dropped", "pending"]


class CourtReport(BaseModel):
    court: str = Field(description="the court that heard the case")
    decided_on: date | None = Field(description="day of the verdict or ruling; null if there is none yet")
    defendant: str
    charges: list[Charge]
    sentence_months: int | None = Field(description="prison term in months; null if none was given")
    ruling: str = Field(description="what was decided, in a sentence")
    defence_quote: str | None = Field(description="what the defence said, word for word")
    appeal: Literal["filed", "announced", "ruled out", "not said"]


class Segment(BaseModel):
    name: str
    revenue: float | None = Field(description="in the unit of revenue_unit")
    change_percent: float | None = Field(description="against a year earlier; negative for a fall")


class Earnings(BaseModel):
    company: str
    period: str = Field(description="as the article puts it, e.g. third quarter of 2026")
    revenue: float
    revenue_unit: str = Field(description="e.g. million euros")
    profit: float | None = Field(description="net profit in the same unit; negative for a loss")
    segments: list[Segment]
    outlook: str | None = Field(description="what the company expects, in a sentence")
    outlook_changed: Literal["raised", "lowered", "confirmed", "not said"]


class Batch(BaseModel):
    code: str
    best_before: date | None = None


class Recall(BaseModel):
    product: str
    maker: str
    units: int | None = Field(description="items recalled, at the latest count")
    hazard: str = Field(description="what can happen, in a sentence")
    injuries: int | None = Field(
        description="people hurt so far; 0 if it is said that nobody was, null if nothing is said"
    )
    batches: list[Batch]
    sold_in: list[str] = Field(description="countries")
    advice: str = Field(description="what buyers are told to do")
