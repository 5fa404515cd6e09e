"""Views: a Summary as terminal text, Markdown or JSON-LD."""
