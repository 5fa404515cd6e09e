"""Batches of a provider: requests as files, answered within a day at a lower price."""
