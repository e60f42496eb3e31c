"""Tests of robustness with synthetic sound: signals that are no music, small pieces of music, degraded recordings."""
