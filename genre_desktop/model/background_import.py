"""Importing heavy modules beside a window that must not stand still."""

from __future__ import annotations

import ctypes
import gc
import importlib.util
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def link(package: str, *patterns: str) -> list[str]:
    """Load shared libraries of a package before it is imported, without the interpreter's lock.

    An import statement holds the lock while the system links what it loads: half a second
    for TensorFlow, during which no window can be painted.

    Parameters
    ----------
    package : str
        Not imported here.
    *patterns : str
        Of file names in the package's folder, in the order of loading.

    Returns
    -------
    list of str
        Names of those loaded: none on Windows, where extensions carry what they need.
    """
    if sys.platform == "win32":
        return []
    spec = importlib.util.find_spec(package)
    folders = (spec.submodule_search_locations or []) if spec is not None else []
    # Called through ctypes it gives the lock away; an import statement's own call does not.
    dlopen = ctypes.CDLL(None).dlopen
    dlopen.argtypes = (ctypes.c_char_p, ctypes.c_int)
    dlopen.restype = ctypes.c_void_p
    loaded = []
    for folder in folders:
        for pattern in patterns:
            for library in sorted(Path(folder).glob(pattern)):
                # What cannot be loaded is left to the import, which can say why.
                if dlopen(os.fsencode(library), os.RTLD_NOW):
                    loaded.append(library.name)
    return loaded


@contextmanager
def collector_paused() -> Iterator[None]:
    """Let the garbage collector rest, and exempt what was made meanwhile for good.

    Half a million objects come with TensorFlow and stay. Walking through them all stops
    every thread for a quarter of a second, several times while it is imported and again
    whenever the collector feels like it.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()
