"""Uncaught errors, and the check of how the previous run ended."""
