"""Locks on files, by which other processes can tell whether the one that writes a file still runs."""

from __future__ import annotations

import os
import sys

_FAR_OFF = 0x7FFF_0000
"""Offset of the locked byte on Windows, where a locked byte cannot be read by others: beyond the end of any file."""


def hold_lock(descriptor: int) -> bool:
    """Lock an open file for as long as it is open in this process.

    The system releases the lock however the process ends. Process numbers would not do: those of processes that have
    ended are reused.

    Parameters
    ----------
    descriptor : int
        Of a file that is open for writing. Spawned children do not inherit it.

    Returns
    -------
    bool
        False where the file is locked already, by another process or this one, and where the file system has no locks:
        a file that may be in use must not be touched.
    """
    try:
        if sys.platform == "win32":
            import msvcrt

            place = os.lseek(descriptor, 0, os.SEEK_CUR)
            os.lseek(descriptor, _FAR_OFF, os.SEEK_SET)
            try:
                msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            finally:
                os.lseek(descriptor, place, os.SEEK_SET)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
