"""Limits that a child process sets itself before it touches what strangers have made."""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from pathlib import Path
from typing import NoReturn

MIB = 1 << 20
GIB = 1 << 30

OUT_OF_MEMORY = 71
"""Exit status of a process that wanted more: it is replaced rather than trusted, for what it has left is in pieces."""

_WATCH_S = 0.02


def end_out_of_memory() -> NoReturn:
    """End this process at once, by an exit status that says why."""
    os._exit(OUT_OF_MEMORY)


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
        _limit(resource.RLIMIT_AS, n_pages * resource.getpagesize() + n_bytes)
    except (OSError, ValueError):  # a system without /proc, or with rules of its own
        return False
    return True


def leave_no_core() -> None:
    """Let a crash write no image of the memory: it would hold what is in there, and fill the disk."""
    if sys.platform == "win32":  # whose crash reports are the system's own
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        _limit(resource.RLIMIT_CORE, 0)


def write_no_file() -> None:
    """Let no file become longer than it is; where the system has no such limit (Windows), nothing is done."""
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        _limit(resource.RLIMIT_FSIZE, 0)


def limit_processor_time(seconds: int) -> None:
    """Let this process calculate for so long from now on, all threads together; on Windows nothing is done."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    with contextlib.suppress(OSError, ValueError):
        _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + seconds)


def watch_memory(n_bytes: int) -> None:
    """End this process by `OUT_OF_MEMORY` when it fills so much more memory than it ever has; not on Windows.

    For what reserves far more addresses than it uses, so that `limit_memory` says nothing of it. A thread looks fifty
    times a second.
    """
    if sys.platform != "win32":
        most = most_filled() + n_bytes
        threading.Thread(target=_watch, args=(most,), name="memory", daemon=True).start()


def _watch(most_bytes: int) -> None:
    while most_filled() <= most_bytes:
        time.sleep(_WATCH_S)
    end_out_of_memory()


def most_filled() -> int:
    """The most bytes of memory that this process has filled so far; 0 on Windows."""
    if sys.platform == "win32":
        return 0
    if sys.platform == "linux":
        # Not ru_maxrss, in which a spawned process begins with what its parent has filled.
        with contextlib.suppress(OSError, StopIteration), open("/proc/self/status", encoding="ascii") as status:
            return int(next(line for line in status if line.startswith("VmHWM")).split()[1]) * 1024
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _limit(kind: int, wanted: int) -> None:
    import resource

    _, hard = resource.getrlimit(kind)
    # A limit that somebody else has set may be kept or lowered, and not raised.
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(kind, (most, most))
