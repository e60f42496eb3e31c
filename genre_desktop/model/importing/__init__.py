"""Taking a stranger's bundle to the user's models."""
