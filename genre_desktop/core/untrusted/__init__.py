"""Handling of untrusted input: bounded reading, safe text, limits for processes."""
