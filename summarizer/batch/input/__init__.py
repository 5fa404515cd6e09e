"""Input: where the articles of a batch come from."""
