"""Review: records that are kept, what people found in them, and what comes of that."""
