"""Choosing, importing and comparing models."""
