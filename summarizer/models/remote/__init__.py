"""Models behind an address: what is the same whatever their provider speaks."""
