"""File names that are no longer than a file system allows, made of names that may be."""

from __future__ import annotations

import hashlib
import os

LONGEST_BYTES = 255
"""Most bytes of a name on nearly all file systems (NAME_MAX of Linux; 255 characters on Windows and macOS)."""

_MARK_DIGITS = 8


def short_name(stem: str, ending: str, longest: int = LONGEST_BYTES) -> str:
    """The file name of a stem and an ending; a longer one than `longest` bytes is cut within the stem.

    It is cut between characters, and marked by a hash of the whole stem, so that different long names stay different
    and a name is the same in each run.

    Examples
    --------
    >>> short_name("a long name", ".txt", longest=14)
    'a~5e9edc57.txt'
    """
    name = stem + ending
    if len(os.fsencode(name)) <= longest:
        return name
    whole = os.fsencode(stem)
    mark = "~" + hashlib.sha256(whole).hexdigest()[:_MARK_DIGITS]
    room = longest - len(os.fsencode(mark + ending))
    kept = whole[:room].decode("utf-8", "ignore").rstrip(" .")
    return kept + mark + ending
