"""Listening to an input, and recording it."""
