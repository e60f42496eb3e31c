"""Hooks of decoding processes that fail for files of certain names; spawned processes can import them."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import time


def fail_by_name(path: str) -> None:
    """Hang, crash, exit, use too much memory or raise an error, as the name of the file says."""
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


def wait_for_disk(_path: str) -> None:
    """Wait as for a slow disk."""
    time.sleep(0.02)


def replace_once(path: str) -> None:
    """Put another file, if there is one for it, in the place of the one that is about to be decoded."""
    with contextlib.suppress(FileNotFoundError):
        os.replace(f"{path}.other", path)


def refuse_tensorflow(_path: str) -> None:
    """Raise an error where the process has loaded Keras or its backend."""
    loaded = {"keras", "tensorflow"} & set(sys.modules)
    if loaded:
        raise RuntimeError(f"loaded: {', '.join(sorted(loaded))}")
