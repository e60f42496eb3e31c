"""The tags of a file as a mutagen object, read within limits."""

from __future__ import annotations

import os
from typing import Any

from genre_desktop.library.files.tag_limits import BoundedFile, BoundedZlib, limits


def open_tag_file(path: str | os.PathLike[str]) -> Any:
    """Read the tags of a file with `mutagen.File`; None for a format that mutagen does not know.

    Raises
    ------
    TagLimitError
        For tags beyond all limits.
    Exception
        Of any type, for damaged files.
    """
    import mutagen
    from mutagen.id3 import _frames

    # mutagen calls zlib.decompress, and has no option for a limit.
    _frames.zlib = BoundedZlib
    with BoundedFile(path) as file, limits():
        return mutagen.File(file)
