"""Suites: labelled articles as data."""
