"""Model bundles: folder, card, versions, catalogue."""
