"""The file object that decoders read from, and the errors of opening it."""

from __future__ import annotations

import errno
import io
import os
import stat
from pathlib import Path

from genre_desktop.core.errors import (
    AudioEmptyError,
    AudioError,
    AudioIsFolderError,
    AudioNotFoundError,
    AudioPermissionError,
    AudioReadError,
)
from genre_desktop.core.i18n import tr

# libsndfile reads 8 KiB at a time, mostly from this buffer.
_BUFFER_BYTES = 1 << 17

# Windows reports EINVAL for characters that a name cannot have.
_NO_SUCH_NAME = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG, errno.EINVAL}


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

    Raises
    ------
    AudioNotFoundError, AudioPermissionError, AudioIsFolderError, AudioEmptyError, AudioReadError
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        super().__init__()
        self.path = Path(os.fsdecode(path))
        self.error: OSError | None = None
        self.base = 0
        self._seeks_left: int | None = None
        raw = open_regular(self.path)
        self._total = os.fstat(raw.fileno()).st_size
        self._file = io.BufferedReader(raw, _BUFFER_BYTES)

    @property
    def size(self) -> int:
        """Bytes that the decoders see."""
        return self._total - self.base

    def start_at(self, offset: int) -> None:
        """Hide the bytes before `offset` from the decoders."""
        self.base = offset
        self.seek(0)

    def limit_seeks(self, count: int | None) -> None:
        """End the file for the decoders after `count` more calls of `seek`; ``None`` lifts the limit."""
        self._seeks_left = count

    def peek_at(self, offset: int, count: int) -> bytes:
        """Up to `count` bytes from `offset` in the whole file; the position stays."""
        try:
            position = self._file.tell()
            self._file.seek(offset)
            data = self._file.read(count)
            self._file.seek(position)
            return data
        except OSError as error:
            self.error = self.error or error
            return b""

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
        try:
            return self._file.readinto(buffer)
        except OSError as error:
            self.error = self.error or error
            return 0

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Move within the file; offsets outside of it, as damaged headers have them, are clipped."""
        if self._seeks_left is not None:
            self._seeks_left -= 1
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self.tell(), io.SEEK_END: self.size}.get(whence, 0)
        target = min(max(0, start + offset), self.size)
        try:
            self._file.seek(self.base + target)
        except OSError as error:
            self.error = self.error or error
        return self.tell()

    def tell(self) -> int:
        """Bytes from `base`."""
        try:
            return max(0, self._file.tell() - self.base)
        except OSError as error:
            self.error = self.error or error
            return 0

    def close(self) -> None:
        """Close the file."""
        if not self.closed:
            self._file.close()
        super().close()


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
    if isinstance(error, ValueError) or error.errno in _NO_SUCH_NAME:
        return AudioNotFoundError(path=path)
    return AudioReadError(path=path, reason=error.strerror or str(error))
