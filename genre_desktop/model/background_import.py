"""Import of heavy modules on a worker thread without blocking the window."""

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
    """Load shared libraries of a package before it is imported, without the global interpreter lock.

    An import statement holds the lock while the system links the libraries: half a second for
    TensorFlow, during which the window cannot be painted.

    Parameters
    ----------
    package : str
        Name of the package, which is not imported here.
    *patterns : str
        Of file names in the package's folder, in the order of loading.

    Returns
    -------
    list of str
        File names of those loaded; none on Windows, where extensions contain what they need.
    """
    if sys.platform == "win32":
        return []
    spec = importlib.util.find_spec(package)
    folders = (spec.submodule_search_locations or []) if spec is not None else []
    # A call through ctypes releases the lock; the call within an import statement does not.
    dlopen = ctypes.CDLL(None).dlopen
    dlopen.argtypes = (ctypes.c_char_p, ctypes.c_int)
    dlopen.restype = ctypes.c_void_p
    loaded = []
    for folder in folders:
        for pattern in patterns:
            for library in sorted(Path(folder).glob(pattern)):
                # A library that cannot be loaded is left to the import, whose error has the reason.
                if dlopen(os.fsencode(library), os.RTLD_NOW):
                    loaded.append(library.name)
    return loaded


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the garbage collector, and exempt the objects made meanwhile from later collections.

    Importing TensorFlow makes half a million objects that are never freed. A collection that
    visits all of them stops every thread for a quarter of a second, several times during the
    import and now and then afterwards.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was_enabled:
            gc.enable()
