"""What each setting is, in the words of `Settings`, of the options of commands and of docs/settings.md."""

from types import MappingProxyType

DESCRIPTIONS = MappingProxyType(
    {
        "model": "`provider:model`, `local`, `local:PATH.gguf`, `replay:DIR` or `extractive`; with "
        "`base_url`, the name that the server knows it by. None: that of the first provider whose "
        "key is set, else `extractive`.",
        "base_url": "Any OpenAI-compatible endpoint.",
        "api_key": "Instead of the provider's own key variable.",
        "prompt": "A prompt that ships, or a folder (in Python a Path). Unless one is named, an embedded "
        "model is asked by `brief`.",
        "own_schema": "A schema of your own in place of the record's fields: a JSON schema, or `FILE.py:Class`.",
        "recipe": "How the record is made, instead of the way that the catalogue names for the model.",
        "language": "BCP-47 tag of the written parts. None: the article's own.",
        "max_tokens": "Tokens an answer may have (2000 where an embedded model writes); a cut answer is asked "
        "for once more with twice as many.",
        "temperature": "None: the provider's default for an endpoint (some models take no other), 0 for the "
        "embedded model.",
        "context_tokens": "Tokens the model takes, instead of the limit that the catalogue names.",
        "reasoning": "How much a model that can think does so; summaries get no truer by it, but dearer.",
        "structured": "How the schema is put to the server, instead of the way the catalogue names.",
        "timeout": "Seconds one try may take, or each further piece of an answer that is streamed. An "
        "embedded model has as much from token to token, and may read as long as it needs.",
        "deadline": "Seconds one request may take with all its retries; an embedded model has no such limit.",
        "tries": "Times one request is sent before it counts as failed.",
        "raw": "Remove nothing of a source as junk: menus, teasers and comments are read as the article's.",
        "allow_private_hosts": "Fetch addresses in private networks and on this machine, too.",
        "with_text": "Put the clean text and its numbered sentences into the record, as `article.text` and "
        "`article.sentences`.",
        "record": "A folder to write every reply into, for `replay:DIR`.",
        "cache": "A file that keeps valid replies, so that nothing is paid for twice. None: no cache. The "
        "usual one is `summarizer.models.cache.default_cache()`.",
        "cache_megabytes": "How large that file may grow; what was not used for longest goes first.",
        "priced_as": "The `provider:model` whose prices hold, where the model's own name does not say: for a "
        "`base_url`, an alias. Empty: none do.",
    }
)
"""Without pydantic, which would slow the start of every command."""
