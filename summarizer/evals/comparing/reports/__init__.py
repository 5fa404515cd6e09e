"""Reports: one comparison as text, Markdown, JUnit XML and a page."""
