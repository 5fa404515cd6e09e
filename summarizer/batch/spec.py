"""A spec: what is asked of every article, the same for all of them, and the hash that tells it from another."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from summarizer.answer_schema import schema_sha256
from summarizer.article import Article
from summarizer.models.base import Model
from summarizer.models.choosing import EXTRACTIVE, recipe_of
from summarizer.models.throttle import Throttle
from summarizer.pipeline import Job, Notify, Work
from summarizer.prices import listed_name
from summarizer.prompts import Prompt
from summarizer.record import Summary
from summarizer.settings import RecipeName, Settings


@dataclass(frozen=True)
class Spec:
    """The model (None: none at all), the prompt and the settings."""

    model: Model | None
    prompt: Prompt
    settings: Settings
    around: Callable[[Model, Article], Model] = lambda model, article: model
    """What stands around the model, or in its place, when it is asked about an article."""
    notify: Notify | None = None
    """Is called with every request before it is sent."""
    throttle: Throttle | None = None
    """What its requests go through, where that is in this process."""

    @property
    def model_name(self) -> str:
        """As it goes into the record."""
        return self.model.name if self.model else EXTRACTIVE

    @property
    def priced_as(self) -> str:
        """The name under which its price is looked up: none for a server of one's own, unless the settings say."""
        return listed_name(self.model_name, self.settings)

    @property
    def recipe(self) -> RecipeName:
        """What the settings say, else what suits the model."""
        return recipe_of(self.model, self.settings)

    @cached_property
    def sha256(self) -> str:
        """Hash of all that decides a record besides its article. The address of the server is not in it."""
        decides = [
            self.model_name,
            self.recipe,
            self.settings.language,
            self.prompt.sha256,
            schema_sha256(self.prompt.answer),
        ]
        return hashlib.sha256(json.dumps(decides).encode()).hexdigest()

    def id_of(self, article: Article) -> str:
        """Hash of all that decides this article's record; its date is what weekdays are told by."""
        decides = [self.sha256, article.sha256, article.dated]
        return hashlib.sha256(json.dumps(decides).encode()).hexdigest()

    async def ask(self, article: Article, work: Work) -> Summary:
        """The article's record, checked by `work`. Raises ModelError."""
        job = Job.of(article, self.prompt, self.model, self.settings, self.notify)
        return await job.arun(self.model and self.around(self.model, article), work)
