"""Making untrusted text and values safe for a terminal, a log or a sentence."""

from __future__ import annotations

import re
import reprlib
from typing import Final

# Control characters, lone surrogates, all line breaks, and characters that change the writing direction or are
# invisible: with them a file name could clear the screen or fake another ending.
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)


_BREAKS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")

OVERRIDES: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Overrides of the writing direction, by which "exe.3pm" looks like "mp3.exe"."""


def on_one_line(text: str) -> str:
    """Replace each run of line breaks, tabs and other control characters by one space."""
    return _BREAKS.sub(" ", text)


def brief(value: object) -> str:
    """A received value for a sentence, abbreviated where it is long."""
    try:
        return reprlib.repr(value)
    except ValueError:  # a number with more digits than Python prints
        return type(value).__name__


def printable(text: str, keep: str = "") -> str:
    r"""Escape all characters that a terminal would obey, or cannot show, as in ``\x1b``.

    Parameters
    ----------
    text : str
    keep : str
        Characters that are not escaped.
    """
    return _UNPRINTABLE.sub(
        lambda match: match[0] if match[0] in keep else match[0].encode("unicode_escape").decode("ascii"), text
    )
