"""Statements: what a sentence of the record says against what its evidence says."""
