"""Reports: one diff as text for a terminal, Markdown, and a page."""
