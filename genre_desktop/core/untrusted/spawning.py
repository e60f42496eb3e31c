"""Starting Python processes that take no module from the folder in which the user stands, and are deaf to Ctrl+C."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Iterator
from multiprocessing.process import BaseProcess

from genre_desktop.core.errors import ProcessStartError
from genre_desktop.core.i18n import tr

_SAFE_PATH = "PYTHONSAFEPATH"

_lock = threading.Lock()


def start_process(process: BaseProcess) -> None:
    """Start a spawned process, and with it what `multiprocessing` needs beside it.

    Both begin as ``python -c "from multiprocessing…"``, which looks for that module in the current folder first: in a
    model or an album from a stranger it would be whatever they have put there. The variable stays no longer than that,
    for a program that the window opens may be one of Python that finds its parts beside itself.

    Ctrl+C reaches all processes of a terminal. These never hear it: their parent ends them.

    Raises
    ------
    ProcessStartError
        The system has no process or no file left, or the current folder is gone.
    """
    with _lock:
        before = os.environ.get(_SAFE_PATH)
        os.environ[_SAFE_PATH] = "1"
        try:
            with _interrupts_blocked():
                process.start()
        except OSError as error:
            raise ProcessStartError(reason=_reason(error)) from error
        finally:
            if before is None:
                del os.environ[_SAFE_PATH]
            else:
                os.environ[_SAFE_PATH] = before


def _reason(error: OSError) -> str:
    try:
        os.getcwd()
    except OSError:
        return tr("the current folder is gone")
    return error.strerror or str(error)


@contextlib.contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Block SIGINT for children, which inherit it: interrupted while they import, they would print a traceback."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    from multiprocessing import resource_tracker

    # It starts with the first process otherwise, and lifts the block before that one begins.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
