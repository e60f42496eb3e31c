"""Files that say by themselves whether the process that writes them still runs."""

from __future__ import annotations

import os
import sys

_FAR_OFF = 0x7FFF_0000
"""The byte that is locked on Windows, where nobody else may read what is locked: beyond what others look at."""


def hold_lock(descriptor: int) -> bool:
    """Hold an open file for as long as it is open here.

    The system lets go of it whatever becomes of the process. No number of a process is compared: the numbers of
    those that have ended are given to others.

    Parameters
    ----------
    descriptor : int
        Of a file that is open for writing. Children that are spawned do not inherit it.

    Returns
    -------
    bool
        False where somebody else holds it, in another process or this one, and where the file system knows no locks:
        what cannot be known to be abandoned is to be left alone.
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
