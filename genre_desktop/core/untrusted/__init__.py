"""Input that comes from strangers: bounded reading, safe text, limits for processes."""
