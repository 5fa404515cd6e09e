"""The header of an article: title, byline, dates and what else is said of it."""
