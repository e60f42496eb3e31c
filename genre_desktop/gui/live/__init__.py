"""Live mode: the genre of what is playing now."""
