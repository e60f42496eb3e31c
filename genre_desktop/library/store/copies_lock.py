"""The lock file of a store's copies: one process at a time may delete them."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from genre_desktop.core import locations
from genre_desktop.core.file_lock import hold_lock
from genre_desktop.library.store.store_copy import delete_copies


class CopiesLock:
    """Permission of this process to delete the copies of a store: another window may still want to undo with its own.

    Parameters
    ----------
    path : Path or None
        Of the store; None for one in memory, which has no copies.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        # A file of its own: SQLite's locks on a copy would be lost with the first descriptor of it that is closed.
        self._name = None if path is None else path.with_name(f"{path.stem}.held")
        self._descriptor: int | None = None
        with contextlib.suppress(OSError):
            if self._name is not None:
                self._descriptor = locations.private_opener(str(self._name), os.O_WRONLY | os.O_CREAT)
        self._is_held = self._descriptor is not None and hold_lock(self._descriptor)

    def delete_copies(self) -> None:
        """Delete the copies, if this process holds the lock."""
        if self._is_held:
            delete_copies(self._path)

    def close(self) -> None:
        """Release the lock."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None and self._name is not None:
            os.close(descriptor)
            if self._is_held:
                with contextlib.suppress(OSError):
                    self._name.unlink()
