"""Loading libraries that look for files of theirs in the folder in which the user stands.

In a model or an album from a stranger that is whatever they have put there. Matplotlib, which Keras imports, reads a
``matplotlibrc`` from there before any other, which may let it draw pictures of gigabytes or call LaTeX. TensorFlow
takes the first word of the command line that is no option for the place of the program, ``genre_desktop`` of
``python -m genre_desktop``, and runs the ``tensorflow/core/kernels/libtfkernel*.so`` below it. Neither can be told not
to, but for the current folder.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

_CLONE_FS = 0x200

_Result = TypeVar("_Result")


def call_in_root_folder(function: Callable[[], _Result]) -> _Result:
    """Call a function in a thread whose current folder is the root, whatever that of the others is.

    Where a thread cannot have one of its own (outside of Linux, and in some containers), the whole process goes there
    as long as that takes, if anything that would be taken lies in the current folder.
    """
    outcome: Future[_Result] = Future()

    def work() -> None:
        try:
            with _in_root_folder():
                outcome.set_result(function())
        except BaseException as error:
            outcome.set_exception(error)

    thread = threading.Thread(target=work, name="root folder", daemon=True)
    thread.start()
    try:
        return outcome.result()
    finally:
        thread.join()  # also after Ctrl+C: Python must not end while a library is being loaded


def load_matplotlib() -> None:
    """Import Matplotlib, and no settings with it but its own and the user's; later calls cost nothing."""
    if "matplotlib" not in sys.modules:
        call_in_root_folder(lambda: importlib.import_module("matplotlib"))


def _in_root_folder() -> contextlib.AbstractContextManager[None]:
    root = os.path.abspath(os.sep)
    if _has_own_folder():
        os.chdir(root)
        return contextlib.nullcontext()
    return contextlib.chdir(root) if _is_anything_to_be_taken() else contextlib.nullcontext()


def _has_own_folder() -> bool:
    """Part this thread from the current folder of the others."""
    if sys.platform != "linux":
        return False
    try:
        return bool(ctypes.CDLL(None).unshare(_CLONE_FS) == 0)
    except (OSError, AttributeError):
        return False


def _is_anything_to_be_taken() -> bool:
    here = Path()
    return os.path.lexists("matplotlibrc") or any(here.glob("*.runfiles")) or any(here.glob("*/tensorflow"))
