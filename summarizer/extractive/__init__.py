"""The record without a model: what rules find in an article, each only where a sign is sure."""
