"""Scoring: a record against the labels of its article."""
