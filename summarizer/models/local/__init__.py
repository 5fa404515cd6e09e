"""A model in this process, and its weights."""
