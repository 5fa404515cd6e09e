"""Recipes: how an article becomes a record."""
