"""Rules that read an article without a model: sentences that matter, quotes, names, figures, dates."""
