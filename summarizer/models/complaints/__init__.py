"""What servers say when they do not answer."""
