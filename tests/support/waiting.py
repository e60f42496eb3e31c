"""Time limit of tests that wait for a condition."""

from __future__ import annotations

PATIENCE_S = 240.0
"""Longer than anything takes on a busy machine; a test that waits continues as soon as its condition holds.

No test depends on how quickly a model loads or a machine works: a shorter wait says that the machine is busy, no more.
"""
