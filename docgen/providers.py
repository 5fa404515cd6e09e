"""The catalogue of providers as a table, with what is sent when nobody says anything."""

from __future__ import annotations

import json

from docgen.page import table
from summarizer.models.providers.catalogue import PROVIDERS
from summarizer.models.providers.provider import Provider

HEAD = ("provider", "key", "model", "context", "schema", "bounds", "thinking off", "besides")


def provider_reference() -> str:
    """A row a provider."""
    return table(HEAD, map(_row, PROVIDERS))


def _row(row: Provider) -> tuple[str, ...]:
    sent = json.dumps(row.reasoning.get("none", {}))[1:-1]
    besides = [
        f"limit as `{row.max_tokens_name}`",
        {"always": "", "unless thinking": "no temperature while it thinks", "never": "no temperature"}[row.sampling],
        "thinks always" if row.always_thinks else "",
        "no `$defs`" if row.inlines else "",
        "no stream with a schema" if not row.streams else "",
        f"`{json.dumps(row.further)[1:-1]}`" if row.further else "",
    ]
    return (
        f"[{row.name}]({row.source})",
        f"`{row.key_variable}`" if row.key_variable else "none",
        f"`{row.default_model}`" if row.default_model else "yours",
        f"{row.context_tokens:,}",
        f"`{row.structured}`" if row.api == "openai" else "`output_config`",
        ", ".join(f"`{keyword}`" for keyword in sorted(row.bounds)) or "none",
        f"`{sent}`" if sent else "nothing is sent",
        "; ".join(filter(None, besides)),
    )
