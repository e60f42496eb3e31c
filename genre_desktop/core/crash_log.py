"""``crash.log``: the stacks of processes that crashed in native code (a codec, a driver)."""

from __future__ import annotations

import contextlib
from pathlib import Path
from typing import TextIO

from genre_desktop.core import locations

MOST_BYTES = 256_000
"""Beyond which a new file is begun; the one before it is kept."""


def crash_log() -> Path:
    """Where the stacks are written, by all processes of the program."""
    return locations.user_log() / "crash.log"


def roomy_crash_log() -> Path:
    """The same for a process that is about to write there: one that has grown large becomes ``crash.log.1``.

    Processes that have it open go on in the old one. Each start looks, so that a folder of a thousand files that
    crash the decoder does not fill the disk.
    """
    path = crash_log()
    with contextlib.suppress(OSError):  # there is none yet; or, on Windows, somebody has it open: the next start may do
        if path.stat().st_size > MOST_BYTES:
            path.replace(path.with_name("crash.log.1"))
    return path


def open_crash_log(path: Path) -> TextIO:
    """Open it to write behind what is there.

    Raises
    ------
    OSError
    """
    locations.private_folder(path.parent)
    return open(path, "a", encoding="utf-8", errors="backslashreplace", opener=locations.private_opener)


def append(text: str) -> None:
    """Write something behind what is there; nothing happens where that is impossible."""
    path = roomy_crash_log()
    with contextlib.suppress(OSError), open_crash_log(path) as file:
        file.write(text.rstrip("\n") + "\n")
