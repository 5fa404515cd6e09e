"""Models behind Anthropic's own API: the one package that knows its client."""
