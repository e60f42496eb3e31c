"""Opening a file for a decoder, and what can go wrong before any decoding."""

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

# libsndfile asks for 8 KiB at a time; most of that is answered from this buffer.
_BUFFER_BYTES = 1 << 17

# EINVAL is what Windows reports for characters a name cannot have.
_NO_SUCH_NAME = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG, errno.EINVAL}


class SourceFile(io.RawIOBase):
    """A regular file, open for reading, as libsndfile and FFmpeg want it.

    Decoders get this object and never the name: it works the same with any name on any
    platform, and neither library can judge a file by its ending. An `OSError` must not
    fly through their C code, so it is kept in `error` and the decoder sees the end of the
    file.

    Parameters
    ----------
    path : path-like

    Attributes
    ----------
    path : Path
    base : int
        Where the sound begins: decoders see the file from there, so that a tag of several
        megabytes in front does not exist for them.
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
        """Let the decoders see the file from `offset` (bytes from its true beginning) on."""
        self.base = offset
        self.seek(0)

    def limit_seeks(self, count: int | None) -> None:
        """Let the file seem to end after `count` more calls of `seek`; ``None`` lifts the limit."""
        self._seeks_left = count

    def peek_at(self, offset: int, count: int) -> bytes:
        """Up to `count` bytes from `offset` of the true beginning, leaving the position as it is."""
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
        """What the drive reported, if anything."""
        if self.error is None:
            return None
        return AudioReadError(path=self.path, reason=self.error.strerror or str(self.error))

    # --- what the decoders call -----------------------------------------------------------

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
        """Go to a place within the file."""
        if self._seeks_left is not None:
            self._seeks_left -= 1
        # Damaged headers lead decoders to places that do not exist.
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
        # Opening a pipe would wait for a writer, so the kind of file is asked first.
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
    """What it means for a person that a file cannot be asked for or opened."""
    if isinstance(error, PermissionError):
        return AudioPermissionError(path=path)
    if isinstance(error, ValueError) or error.errno in _NO_SUCH_NAME:
        return AudioNotFoundError(path=path)
    return AudioReadError(path=path, reason=error.strerror or str(error))
