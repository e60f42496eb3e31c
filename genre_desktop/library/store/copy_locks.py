"""Lock files beside the copies of a store, by which other processes can tell whether a copy may still be wanted."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from genre_desktop.core import locations
from genre_desktop.core.file_lock import hold_lock

ENDING = ".held"
"""Of a lock file, after the whole name of the copy: SQLite's own locks would be lost with the first descriptor of the
copy that is closed."""


class CopyLocks:
    """The copies that one window may still want back, locked until `release` or the end of the process."""

    def __init__(self) -> None:
        self._descriptors: dict[Path, int] = {}

    def hold(self, copy: Path) -> bool:
        """Lock a copy, which need not exist yet; False where another window holds it, or locks are not possible."""
        lock = Path(f"{copy}{ENDING}")
        try:
            descriptor = locations.private_opener(str(lock), os.O_WRONLY | os.O_CREAT)
        except OSError:
            return False
        if not hold_lock(descriptor):
            os.close(descriptor)
            return False
        self._descriptors[lock] = descriptor
        return True

    def release(self) -> None:
        """Release all locks; a second call does nothing."""
        while self._descriptors:
            lock, descriptor = self._descriptors.popitem()
            os.close(descriptor)
            with contextlib.suppress(OSError):
                lock.unlink()
