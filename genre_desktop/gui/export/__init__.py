"""Export of results, and of what the canvas shows."""
