"""Running: a suite through a model, what is kept of it, and what a judge says of that."""
