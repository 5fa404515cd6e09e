"""Instructions: what in an article speaks to a language model instead of a reader."""
