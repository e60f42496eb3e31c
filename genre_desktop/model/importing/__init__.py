"""Import of bundles from files into the user's models."""
