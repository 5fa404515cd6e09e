"""Names: who and what is named, of what kind, with which role."""
