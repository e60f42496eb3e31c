"""The table of tracks, its filters and columns."""
