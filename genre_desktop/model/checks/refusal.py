"""What a check raises, before it is known which model it speaks of."""

from __future__ import annotations


class RefusalError(ValueError):
    """A part of a model is not what this program takes; the text is a reason for people."""
