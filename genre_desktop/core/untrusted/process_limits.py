"""Resource limits that a child process sets itself before it reads untrusted files."""

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
"""Exit status of a process that ran out of memory: its state is unreliable, so that it ends and is replaced."""

_WATCH_S = 0.02


def end_out_of_memory() -> NoReturn:
    """End this process at once, with the exit status `OUT_OF_MEMORY`."""
    os._exit(OUT_OF_MEMORY)


def limit_memory(n_bytes: int) -> bool:
    """Limit the memory of this process to what it has mapped now plus some bytes; the limit cannot be raised again.

    An allocation beyond it fails: in Python with a `MemoryError`, in a codec with an error or a crash. Address space is
    counted, of which libraries and the stacks of threads reserve more than they use: leave room for that.

    Parameters
    ----------
    n_bytes : int
        Above what is mapped now, which depends on the number of processors: libraries reserve memory for each.

    Returns
    -------
    bool
        Whether the limit was set. macOS accepts such a limit and ignores it, and Windows has limits only for jobs,
        which the parent would have to set: nothing is done there.
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


def disable_core_dumps() -> None:
    """Disable core dumps, which would write the user's data to the disk, and fill it."""
    if sys.platform == "win32":  # crash reports are the system's own there
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        _limit(resource.RLIMIT_CORE, 0)


def forbid_file_growth() -> None:
    """Forbid this process to make any file longer; does nothing on Windows, which has no such limit."""
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        _limit(resource.RLIMIT_FSIZE, 0)


def limit_processor_time(seconds: int) -> None:
    """Limit the processor time of this process from now on, of all threads together; does nothing on Windows."""
    if sys.platform == "win32":
        return
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    with contextlib.suppress(OSError, ValueError):
        _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + seconds)


def watch_memory(n_bytes: int) -> None:
    """End this process with `OUT_OF_MEMORY` when its peak memory grows by more than some bytes; not on Windows.

    For code that reserves far more addresses than it uses, for which `limit_memory` is no measure. A thread checks it
    fifty times a second.
    """
    if sys.platform != "win32":
        most = peak_memory() + n_bytes
        threading.Thread(target=_watch, args=(most,), name="memory", daemon=True).start()


def _watch(most_bytes: int) -> None:
    while peak_memory() <= most_bytes:
        time.sleep(_WATCH_S)
    end_out_of_memory()


def peak_memory() -> int:
    """Peak of the physical memory of this process so far, in bytes; 0 on Windows."""
    if sys.platform == "win32":
        return 0
    if sys.platform == "linux":
        # Not ru_maxrss, which in a spawned process begins with the peak of its parent.
        with contextlib.suppress(OSError, StopIteration), open("/proc/self/status", encoding="ascii") as status:
            return int(next(line for line in status if line.startswith("VmHWM")).split()[1]) * 1024
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024


def _limit(kind: int, wanted: int) -> None:
    import resource

    _, hard = resource.getrlimit(kind)
    # An existing hard limit may be kept or lowered, and not raised.
    most = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(kind, (most, most))
