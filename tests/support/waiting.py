"""How long tests wait for what comes in the end."""

from __future__ import annotations

PATIENCE_S = 240.0
"""Longer than anything takes on the busiest machine; whoever waits goes on as soon as it is there.

No test depends on how quickly a model loads or a machine works: a shorter wait says that the machine is busy, no more.
"""
