"""What tests let decoding processes do with files of certain names: functions that spawned processes can import."""

from __future__ import annotations

import os
import signal
import sys
import time


def odd(path: str) -> None:
    """Hang, die or stumble where the file's name says so."""
    name = os.path.basename(path)
    if name.startswith("hangs"):
        time.sleep(3_600)
    elif name.startswith("crashes"):
        if sys.platform == "win32":
            os._exit(139)
        os.kill(os.getpid(), signal.SIGSEGV)
    elif name.startswith("exits"):
        os._exit(3)
    elif name.startswith("hogs"):
        bytearray(8 << 30)  # not written to: nothing is taken from the machine
    elif name.startswith("stumbles"):
        raise RuntimeError("a fault in the hook")
    elif name.startswith("slow"):
        time.sleep(0.3)


def unhurried(_path: str) -> None:
    """A disk that takes its time."""
    time.sleep(0.02)
