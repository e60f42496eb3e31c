"""Saving results and pictures."""
