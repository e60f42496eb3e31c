"""Whole runs: train, evaluate."""
