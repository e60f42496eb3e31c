"""The file object that decoders read from, and the errors of opening it."""

from __future__ import annotations

import errno
import io
import os
import re
import stat
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate
from pathlib import Path

from genre_desktop.core.errors import (
    AddressNotPathError,
    AudioEmptyError,
    AudioError,
    AudioIsFolderError,
    AudioNotFoundError,
    AudioPermissionError,
    AudioReadError,
    PathTooLongError,
)
from genre_desktop.core.i18n import tr

# libsndfile reads 8 KiB at a time, mostly from this buffer.
_BUFFER_BYTES = 1 << 17

_SEARCH_BYTES = 1 << 20

# Windows reports EINVAL for characters that a name cannot have.
_NO_SUCH_NAME = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.EINVAL}

_LONGEST_NAME = 255
"""Bytes of the longest name that file systems take: there is no file with a longer one."""

# `Path` makes one slash of two.
_ADDRESS = re.compile(r"([A-Za-z][A-Za-z0-9+.-]+:)[/\\]{1,2}(?=\S)")


Segment = bytes | tuple[int, int]
"""A piece of what decoders see: bytes that are not in the file, or a range of it (first byte, and the one behind)."""


class SourceFile(io.RawIOBase):
    """A regular file, open for reading by libsndfile or FFmpeg.

    Decoders get this object and never the name: it works the same with any name on any platform, and neither library
    can guess the format by the ending. An `OSError` must not be raised through their C code: it is kept in `error`, and
    the decoder reads the end of the file.

    Parameters
    ----------
    path : path-like

    Attributes
    ----------
    path : Path
    base : int
        Byte at which the sound begins. Decoders see the file from there on, without the tags before it.
    error : OSError or None
    size : int
        Bytes that the decoders see.
    total : int
        Bytes of the file.
    promised_share : float
        Sound that the header promises, divided by the sound that decoders see; set by whoever knows the format.
    ends_early : bool
        True for a file that was cut off inside a part of its container; set by the same.

    Raises
    ------
    AudioNotFoundError, AudioPermissionError, AudioIsFolderError, AudioEmptyError, AudioReadError
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        super().__init__()
        self.path = Path(os.fsdecode(path))
        self.error: OSError | None = None
        self.promised_share = 1.0
        self.ends_early = False
        self._seeks_left: int | None = None
        raw = open_regular(self.path)
        self.total = os.fstat(raw.fileno()).st_size
        self._file = io.BufferedReader(raw, _BUFFER_BYTES)
        self._file_at = 0  # its position; -1 where unknown
        self.start_at(0)

    def start_at(self, offset: int) -> None:
        """Hide the bytes before `offset` from the decoders."""
        self.show([(offset, max(offset, self.total))])

    def show(self, segments: Sequence[Segment]) -> None:
        """Show decoders these pieces, one after the other, instead of the file; they begin with the first byte."""
        self._segments = [segment for segment in segments if _length(segment)] or [(self.total, self.total)]
        self._lengths = list(map(_length, self._segments))
        self._starts = [0, *accumulate(self._lengths)]
        self.size = self._starts.pop()
        self.base = next((segment[0] for segment in self._segments if isinstance(segment, tuple)), 0)
        self._at = 0
        self._number = 0  # of the segment read last

    def limit_seeks(self, count: int | None) -> None:
        """End the file for the decoders after `count` more calls of `seek`; ``None`` lifts the limit."""
        self._seeks_left = count

    def peek_at(self, offset: int, count: int) -> bytes:
        """Up to `count` bytes from `offset` in the whole file, none outside of it; the position stays."""
        if not 0 <= offset < self.total or count <= 0:
            return b""
        self._file_at = -1
        try:
            self._file.seek(offset)
            return self._file.read(count)
        except OSError as error:
            self.error = self.error or error
            return b""

    def find_all(self, pattern: re.Pattern[bytes], start: int, end: int, *, longest: int) -> Iterator[int]:
        """Where a pattern of at most `longest` bytes matches within a range of the whole file."""
        for at in range(start, end, _SEARCH_BYTES):
            block = self.peek_at(at, min(_SEARCH_BYTES + longest - 1, end - at))
            for match in pattern.finditer(block):
                if match.start() < _SEARCH_BYTES:
                    yield at + match.start()

    def look_at(self, offset: int, count: int) -> bytes:
        """Up to `count` bytes from `offset` in what decoders see; the position stays."""
        position, seeks_left = self._at, self._seeks_left
        self._at, self._seeks_left = min(max(0, offset), self.size), None
        buffer = bytearray(count)
        n_read = self.readinto(memoryview(buffer))
        self._at, self._seeks_left = position, seeks_left
        return bytes(buffer[:n_read])

    def read_error(self) -> AudioReadError | None:
        """The error that the drive reported, if any."""
        if self.error is None:
            return None
        return AudioReadError(path=self.path, reason=self.error.strerror or str(self.error))

    # --- io.RawIOBase, for the decoders -----------------------------------------------------

    def readable(self) -> bool:
        """Always true."""
        return True

    def seekable(self) -> bool:
        """Always true."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Fill `buffer`; 0 bytes at the end, when the drive fails, and after too many seeks."""
        if self._seeks_left is not None and self._seeks_left < 0:
            return 0
        buffer = memoryview(buffer).cast("B")
        n_read, n_wanted = 0, len(buffer)
        while n_read < n_wanted and self._at < self.size:
            count = self._read_segment(buffer[n_read:] if n_read else buffer)
            if not count:
                break
            n_read += count
            self._at += count
        return n_read

    def _read_segment(self, buffer: memoryview) -> int:
        """Fill `buffer` as far as the segment at the position goes."""
        segment, offset = self._segments[self._number], self._at - self._starts[self._number]
        if not 0 <= offset < self._lengths[self._number]:
            self._number = bisect_right(self._starts, self._at) - 1
            segment, offset = self._segments[self._number], self._at - self._starts[self._number]
        if isinstance(segment, bytes):
            piece = segment[offset : offset + len(buffer)]
            buffer[: len(piece)] = piece
            return len(piece)
        at, n_left = segment[0] + offset, segment[1] - segment[0] - offset
        try:
            if at != self._file_at:
                self._file_at = -1
                self._file.seek(at)
            n_read = self._file.readinto(buffer if len(buffer) <= n_left else buffer[:n_left])
            self._file_at = at + n_read
            return n_read
        except OSError as error:
            self.error, self._file_at = self.error or error, -1
            return 0

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move within what decoders see; offsets outside of it, as damaged headers have them, are clipped."""
        if self._seeks_left is not None:
            self._seeks_left -= 1
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self.size}.get(whence, 0)
        self._at = min(max(0, start + offset), self.size)
        return self._at

    def tell(self) -> int:
        """Bytes from the beginning of what decoders see."""
        return self._at

    def close(self) -> None:
        """Close the file."""
        if not self.closed:
            self._file.close()
        super().close()


def _length(segment: Segment) -> int:
    return len(segment) if isinstance(segment, bytes) else max(0, segment[1] - segment[0])


def open_regular(path: Path) -> io.FileIO:
    """Open a file that has content, unbuffered.

    Raises
    ------
    AudioNotFoundError, AudioPermissionError, AudioIsFolderError, AudioEmptyError, AudioReadError
    """
    try:
        # Opening a pipe would wait for a writer, so the kind of file is checked first.
        status = os.stat(path)
        _require_regular(path, status.st_mode)
        if not status.st_size:
            raise AudioEmptyError(path=path)
        return io.FileIO(path)
    except (OSError, ValueError) as error:  # ValueError: a name with a null character
        raise opening_error(path, error) from error


def _require_regular(path: Path, mode: int) -> None:
    if stat.S_ISREG(mode):
        return
    if stat.S_ISDIR(mode):
        kind = tr("folder")
    elif stat.S_ISFIFO(mode):
        kind = tr("pipe")
    elif stat.S_ISSOCK(mode):
        kind = tr("socket")
    else:
        kind = tr("device")
    raise AudioIsFolderError(path=path, kind=kind)


def opening_error(path: Path, error: OSError | ValueError) -> AudioError:
    """The error to report where a file cannot be looked up or opened."""
    if isinstance(error, PermissionError):
        return AudioPermissionError(path=path)
    is_too_long = error.errno == errno.ENAMETOOLONG if isinstance(error, OSError) else False
    if is_too_long and all(len(os.fsencode(part)) <= _LONGEST_NAME for part in path.parts):
        return PathTooLongError(path=path)
    if isinstance(error, ValueError) or is_too_long or error.errno in _NO_SUCH_NAME:
        return _not_found_error(path)
    return AudioReadError(path=path, reason=error.strerror or str(error))


def _not_found_error(path: Path) -> AudioNotFoundError:
    """The error for a path at which there is nothing."""
    address = _ADDRESS.match(str(path))
    if address is None:
        return AudioNotFoundError(path=path)
    slashes = "///" if address[1].lower() == "file:" else "//"
    return AddressNotPathError(path=f"{address[1]}{slashes}{str(path)[address.end() :]}")
