"""Starting Python processes that take no module from the folder in which the user stands."""

from __future__ import annotations

import os
import threading
from multiprocessing.process import BaseProcess

_SAFE_PATH = "PYTHONSAFEPATH"

_lock = threading.Lock()


def start_process(process: BaseProcess) -> None:
    """Start a spawned process, and with it what `multiprocessing` needs beside it.

    Both begin as ``python -c "from multiprocessing…"``, which looks for that module in the current folder first: in a
    model or an album from a stranger it would be whatever they have put there. The variable stays no longer than that,
    for a program that the window opens may be one of Python that finds its parts beside itself.

    Raises
    ------
    OSError
    """
    with _lock:
        before = os.environ.get(_SAFE_PATH)
        os.environ[_SAFE_PATH] = "1"
        try:
            process.start()
        finally:
            if before is None:
                del os.environ[_SAFE_PATH]
            else:
                os.environ[_SAFE_PATH] = before
