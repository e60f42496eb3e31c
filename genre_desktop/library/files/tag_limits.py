"""Limits of what mutagen reads of one file: tags of strangers can be made to take gigabytes or hours.

mutagen has no limits: a tag of a million frames takes it a minute, and a compressed frame of a megabyte a gigabyte.
"""

from __future__ import annotations

import io
import os
import sys
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

MAX_READ_BYTES = 128 << 20
"""Bytes read of one file. The largest covers have 30 MB; mutagen holds what it reads three times."""

MAX_UNPACKED_BYTES = 4 << 20
"""Most bytes of all compressed ID3 frames of a file. No current program writes such frames."""

MAX_CALLS = 3_000_000
"""Calls of functions while one file is read, which take some seconds; ordinary tags take some hundred, and ten for each
character of a long text in UTF-16."""


class TagLimitError(Exception):
    """The tags of a file are beyond all limits."""


class _LimitReached(BaseException):
    """Not an `Exception`: mutagen swallows those while it looks through a damaged tag."""


class BoundedFile(io.FileIO):
    """A file of which so many bytes can be read.

    Parameters
    ----------
    path : path-like
        Also the attribute `name`, by whose ending mutagen tells formats apart.
    """

    def __init__(self, path: Any) -> None:
        super().__init__(path)
        self._n_left = MAX_READ_BYTES

    def read(self, size: int | None = -1, /) -> bytes:
        """Read up to `size` bytes, fewer only at the end of the file."""
        # Not more than there is: `FileIO` allocates what it is asked for.
        n_behind = max(0, os.fstat(self.fileno()).st_size - self.tell())
        wanted = min(n_behind, self._n_left + 1, n_behind if size is None or size < 0 else size)
        parts = []
        while wanted > 0 and (part := super().read(wanted)):
            parts.append(part)
            wanted -= len(part)
            self._n_left -= len(part)
        if self._n_left < 0:
            raise _LimitReached
        return b"".join(parts)


class BoundedZlib:
    """A replacement of the module `zlib` in mutagen, which decompresses within a limit for each file."""

    error = zlib.error
    _thread = threading.local()

    @classmethod
    def start(cls) -> None:
        """Begin with another file."""
        cls._thread.n_left = MAX_UNPACKED_BYTES

    @classmethod
    def decompress(cls, data: bytes) -> bytes:
        """As `zlib.decompress`."""
        unpacking = zlib.decompressobj()
        n_left: int = getattr(cls._thread, "n_left", MAX_UNPACKED_BYTES)
        unpacked = unpacking.decompress(data, max(1, n_left))
        cls._thread.n_left = max(0, n_left - len(unpacked))
        if unpacking.unconsumed_tail or len(unpacked) > n_left:
            raise zlib.error(f"more than {MAX_UNPACKED_BYTES:,} bytes")
        if not unpacking.eof:
            raise zlib.error("it is cut off")
        return unpacked


@contextmanager
def limits() -> Iterator[None]:
    """A context in which this thread may make `MAX_CALLS` calls.

    Raises
    ------
    TagLimitError
        At the end of the context, once this or another limit was exceeded.
    """
    n_calls = 0

    def count(_frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal n_calls
        if event in ("call", "c_call"):
            n_calls += 1
            if n_calls > MAX_CALLS:
                raise _LimitReached

    BoundedZlib.start()
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield
    except _LimitReached as reached:
        raise TagLimitError("too much for tags") from reached
    finally:
        sys.setprofile(before)
