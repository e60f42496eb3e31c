"""Metrics as files and plots."""
