"""Models behind an OpenAI-compatible endpoint: the one package that knows its client."""
