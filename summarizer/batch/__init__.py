"""Thousands of articles: a line for each, nothing lost, nothing paid twice."""
