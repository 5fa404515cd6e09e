"""Running: a suite through a model, and what is kept of it."""
