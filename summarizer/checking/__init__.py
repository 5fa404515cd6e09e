"""Checking: what an answer claims, against the article."""
