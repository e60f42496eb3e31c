"""The tags of a file as a mutagen object, with a limit for compressed frames, which mutagen lacks."""

from __future__ import annotations

import os
import zlib
from typing import Any

MAX_UNPACKED_BYTES = 4 << 20
"""Most bytes of a compressed ID3 frame. No current program writes such frames; a hundred kilobytes of them unpack to a
hundred megabytes."""


class _BoundedZlib:
    """A replacement of the module `zlib` in mutagen, which decompresses within a limit."""

    error = zlib.error

    @staticmethod
    def decompress(data: bytes) -> bytes:
        unpacking = zlib.decompressobj()
        unpacked = unpacking.decompress(data, MAX_UNPACKED_BYTES)
        if unpacking.unconsumed_tail:
            raise zlib.error(f"more than {MAX_UNPACKED_BYTES:,} bytes")
        if not unpacking.eof:
            raise zlib.error("it is cut off")
        return unpacked


def open_tag_file(path: str | os.PathLike[str]) -> Any:
    """Open a file with `mutagen.File`; None for a format that mutagen does not know.

    Raises
    ------
    Exception
        Of any type, for damaged files.
    """
    import mutagen
    from mutagen.id3 import _frames

    # mutagen calls zlib.decompress, and has no option for a limit.
    _frames.zlib = _BoundedZlib
    return mutagen.File(path)
