"""Tracks as a Qt model, without widgets."""
