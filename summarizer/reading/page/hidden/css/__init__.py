"""CSS: what the sheets of a page say of each of its elements."""
