"""Reading a path only if it is a regular file, and not an endless pipe, a device, or a link to a private file."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import BinaryIO


class NoRegularFileError(ValueError):
    """The path is no regular file, or a link where none is allowed."""


class FileTooLongError(ValueError):
    """The file is longer than the limit."""


def read_regular_file(path: Path, max_bytes: int) -> bytes:
    """Read a regular file of at most `max_bytes`.

    Raises
    ------
    NoRegularFileError, FileTooLongError
    OSError
    """
    with open_regular_file(path) as file:
        data = file.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise FileTooLongError(f"{path.name} is longer than {max_bytes:,} bytes")
    return data


def open_regular_file(path: Path, *, follow_links: bool = True, several_names: bool = True) -> BinaryIO:
    """Open a regular file for reading, not a folder, a pipe or a device.

    Parameters
    ----------
    path : Path
    follow_links : bool
        Whether `path` may be a symbolic link.
    several_names : bool
        Whether the file may have other names (hard links).

    Raises
    ------
    NoRegularFileError
    OSError
    """
    if not follow_links and path.is_symlink():
        raise NoRegularFileError(f"{path.name} is a link")
    # Without O_NONBLOCK opening a pipe waits for a writer; O_NOFOLLOW refuses a link made after the check above.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)
    if not follow_links:
        flags |= getattr(os, "O_NOFOLLOW", 0)
    file = os.fdopen(os.open(path, flags), "rb")
    status = os.fstat(file.fileno())
    if not stat.S_ISREG(status.st_mode):
        file.close()
        raise NoRegularFileError(f"{path.name} is no regular file")
    if not several_names and status.st_nlink > 1:
        file.close()
        raise NoRegularFileError(f"{path.name} is a link")
    return file
