"""``crash.log``: stacks of processes that crashed in native code (a codec, a driver)."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TextIO

from genre_desktop.core import locations

MOST_BYTES = 256_000
"""Size at which a new file is begun; the file before it is kept."""


def crash_log() -> Path:
    """Path of the file, to which all processes of the program write."""
    return locations.user_log() / "crash.log"


def rotated_crash_log() -> Path:
    """Path of the file after rotating it: a large one becomes ``crash.log.1``.

    Called at each start of a process, so that a folder of a thousand files that crash the decoder does not fill the
    disk. Processes that have the file open go on writing to the old one.
    """
    path = crash_log()
    with contextlib.suppress(OSError):  # missing, or, on Windows, open elsewhere: until the next start
        if path.stat().st_size > MOST_BYTES:
            path.replace(path.with_name("crash.log.1"))
    return path


def open_crash_log(path: Path) -> TextIO:
    """Open the file for appending.

    Raises
    ------
    OSError
    """
    locations.private_folder(path.parent)
    return open(path, "a", encoding="utf-8", errors="backslashreplace", opener=locations.private_opener)


def append(text: str) -> None:
    """Append a text; does nothing where that is impossible."""
    path = rotated_crash_log()
    with contextlib.suppress(OSError), open_crash_log(path) as file:
        file.write(text.rstrip("\n") + "\n")
