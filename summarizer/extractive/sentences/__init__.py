"""Sentences: which of them carry an article and can stand alone."""
