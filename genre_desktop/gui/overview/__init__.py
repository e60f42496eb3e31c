"""The page with figures and charts over the whole list."""
