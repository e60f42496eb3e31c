"""Writing model bundles."""
