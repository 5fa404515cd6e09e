"""Quotes: what stands in quotation marks, and who said it."""
