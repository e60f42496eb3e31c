"""Figures over many results."""
