"""The tags of a file as mutagen has them, with a limit where it has none."""

from __future__ import annotations

import os
import zlib
from typing import Any

MAX_UNPACKED_BYTES = 4 << 20
"""Of a compressed frame of ID3. No program of today writes such; a hundred kilobytes of them unpack to a hundred
megabytes."""


class _BoundedZlib:
    """Stands for `zlib` where mutagen unpacks frames."""

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
    """What `mutagen.File` makes of a file; None for one of a kind that it does not know.

    Raises
    ------
    Exception
        Of any kind, where a damaged file makes mutagen stumble.
    """
    import mutagen
    from mutagen.id3 import _frames

    # It unpacks with a bare zlib.decompress, and offers no way to say how much.
    _frames.zlib = _BoundedZlib
    return mutagen.File(path)
