"""Text and values of strangers, made fit for a terminal, a log or a sentence."""

from __future__ import annotations

import re
import reprlib
from typing import Final

# Control characters, lone surrogates, line breaks of any kind, and marks that turn the direction of writing or cannot
# be seen: a file name could clear the screen or pretend another ending with them.
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


_BREAKS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")

OVERRIDES: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Overrides of the reading direction: "exe.3pm" passes for "mp3.exe" by them."""


def on_one_line(text: str) -> str:
    """The text with each run of line breaks, tabs and other control characters as one blank."""
    return _BREAKS.sub(" ", text)


def brief(value: object) -> str:
    """A value that was received as a sentence names it: its beginning, where it is long."""
    try:
        return reprlib.repr(value)
    except ValueError:  # a number of more digits than Python writes
        return type(value).__name__


def printable(text: str, keep: str = "") -> str:
    r"""The text with everything that a terminal would obey, or cannot show, as ``\x1b``.

    Parameters
    ----------
    text : str
    keep : str
        Characters that stay as they are all the same.
    """
    return _UNPRINTABLE.sub(
        lambda match: match[0] if match[0] in keep else match[0].encode("unicode_escape").decode("ascii"), text
    )
