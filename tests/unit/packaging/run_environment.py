"""Calls of pip that a test recorded."""

from __future__ import annotations


def extras(calls: list[list[str]]) -> list[str]:
    """The extras that each installation asked for."""
    return [call[-1] for call in calls if call[-2] == "--requirement"]
