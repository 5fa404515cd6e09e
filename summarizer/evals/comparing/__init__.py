"""Comparing: two runs, case by case, and the reports on them."""
