"""Characters: bytes as clean text, with the way back to the original."""
