"""The genre of what is playing now."""
