"""Pasted text: which lines of a copied page are the article."""
