"""`summarizer batch` and its commands."""
