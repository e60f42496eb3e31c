"""The page with statistics and charts of the whole list."""
