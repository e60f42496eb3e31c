"""Model bundles in the window: choosing, comparing, importing, exporting and removing them."""
