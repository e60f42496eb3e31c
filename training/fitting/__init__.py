"""Recipes and their fitting."""
