"""Errors nobody expected, and what became of the previous run."""
