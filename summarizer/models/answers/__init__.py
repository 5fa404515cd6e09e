"""What a model has said, read without knowing who brought it."""
