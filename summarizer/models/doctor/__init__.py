"""What works here, and what would not."""
