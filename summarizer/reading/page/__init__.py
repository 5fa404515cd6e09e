"""Pages: the article in HTML."""
