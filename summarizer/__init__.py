"""Checked, structured summaries of articles."""
