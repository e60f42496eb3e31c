"""Atomic writing: a file appears whole or not at all, and does not replace a file that this program did not write."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from typing import IO, Any

from genre_desktop.core.errors import ExportTargetError, StorageError
from genre_desktop.core.i18n import tr
from genre_desktop.library.scan.scan import AUDIO_ENDINGS

HEAD_BYTES = 1024
"""Bytes that `require_replaceable` reads of a file to recognise it."""


def require_replaceable(path: str | os.PathLike[str], is_ours: Callable[[bytes], bool]) -> None:
    """Refuse a path at which a file of others would be lost.

    Parameters
    ----------
    path : path-like
    is_ours : callable
        Whether the first `HEAD_BYTES` of an existing file are those of an earlier export. An
        empty file may always be replaced.

    Raises
    ------
    ExportTargetError
        If something else is there, or the ending is that of a sound file.
    StorageError
        If the existing file cannot be read.
    """
    name = os.fspath(path)
    if os.path.splitext(name)[1].lower() in AUDIO_ENDINGS:
        raise ExportTargetError(path=name, reason=tr("its ending is that of a sound file"))
    try:
        os.lstat(name)
    except (FileNotFoundError, NotADirectoryError):
        return
    except OSError as error:  # a name that is too long, which would be found out after the work
        raise StorageError(path=name, reason=error.strerror or str(error)) from error
    if not os.path.isfile(name):
        raise ExportTargetError(path=name, reason=tr("it is no file"))
    try:
        with open(name, "rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError as error:
        raise StorageError(path=name, reason=error.strerror or str(error)) from error
    if head and not is_ours(head):
        raise ExportTargetError(path=name, reason=tr("it holds something else, which would be lost"))


def require_writable(folder: str) -> None:
    """Refuse a folder in which nothing can be written.

    Raises
    ------
    StorageError
    """
    probe = os.path.join(folder, f".genre-desktop-{uuid.uuid4().hex}.part")
    try:
        with open(probe, "xb"):
            pass
        os.unlink(probe)
    except OSError as error:
        raise StorageError(path=folder, reason=error.strerror or str(error)) from error


def require_folder(folder: str | os.PathLike[str]) -> None:
    """Create a folder unless it exists, and refuse one in which nothing can be written.

    Raises
    ------
    ExportTargetError, StorageError
    """
    try:
        os.makedirs(folder, exist_ok=True)
    except FileExistsError as error:
        raise ExportTargetError(path=folder, reason=tr("a folder is wanted, and this is a file")) from error
    except OSError as error:
        raise StorageError(path=folder, reason=error.strerror or str(error)) from error
    require_writable(os.fspath(folder))


class _StorageFile(io.FileIO):
    """A new file whose errors of writing are those of the target that it will replace."""

    def __init__(self, name: str, target: str | os.PathLike[str]) -> None:
        super().__init__(name, "xb")
        self._target = os.fspath(target)

    def write(self, data: Any, /) -> int:
        try:
            return super().write(data)
        except OSError as error:
            raise StorageError(path=self._target, reason=error.strerror or str(error)) from error


@contextlib.contextmanager
def atomic_write(path: str | os.PathLike[str]) -> Iterator[IO[bytes]]:
    """A temporary file that replaces `path` at the end of the block; after an exception nothing is changed.

    Raises
    ------
    StorageError
        If it cannot be written; also from the methods of the file.
    """
    # A link is kept, and the file that it points to is replaced.
    name = os.path.realpath(path)
    # In the same folder, as a rename is atomic only within one file system. Not by tempfile,
    # whose files have permissions for their owner alone.
    temporary = os.path.join(os.path.dirname(name), f".genre-desktop-{uuid.uuid4().hex}.part")
    try:
        with io.BufferedWriter(_StorageFile(temporary, path)) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileNotFoundError):
            shutil.copymode(name, temporary)
        os.replace(temporary, name)
    except OSError as error:
        raise StorageError(path=os.fspath(path), reason=error.strerror or str(error)) from error
    finally:
        with contextlib.suppress(OSError):  # usually it has been renamed
            os.unlink(temporary)
