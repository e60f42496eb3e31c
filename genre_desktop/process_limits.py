"""Limits that a child process sets itself before it touches what strangers have made."""

from __future__ import annotations

import contextlib
import sys
from pathlib import Path

MIB = 1 << 20
GIB = 1 << 30


def limit_memory(n_bytes: int) -> bool:
    """Let this process have so much more memory than it has now, and never more again.

    What is beyond it fails where it is asked for: in Python with a `MemoryError`, in a codec with an error or a crash
    of its own. Address space is counted, of which libraries and the stacks of threads reserve more than they use: a
    figure wants room for that.

    Parameters
    ----------
    n_bytes : int
        Above what is mapped now, so that the number of processors, for each of which libraries reserve some, does
        not matter.

    Returns
    -------
    bool
        Whether the limit holds. macOS takes the number and does not keep to it, and Windows has limits for jobs alone,
        which the parent would have to set: there nothing is done, and nothing pretended.
    """
    if sys.platform != "linux":
        return False
    import resource

    try:
        n_pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
        wanted = n_pages * resource.getpagesize() + n_bytes
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        # A limit that somebody else has set may be kept or lowered, and not raised.
        most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, most))
    except (OSError, ValueError):  # a system without /proc, or with rules of its own
        return False
    return True


def leave_no_core() -> None:
    """Let a crash write no image of the memory: it would hold what is in there, and fill the disk."""
    if sys.platform == "win32":  # whose crash reports are the system's own
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
