"""The error of a check of this folder; `checked_network` adds the name of the model to it."""

from __future__ import annotations


class RefusalError(ValueError):
    """A part of a model that this program does not accept; the message is the reason, for people."""
