"""Schemas of the user's own: any pydantic model or JSON schema, asked for with evidence beside it."""

from summarizer.schemas.loading import load_schema
from summarizer.schemas.schema import Schema, schema_of

__all__ = ["Schema", "load_schema", "schema_of"]
