"""Loading of Keras and its backend, once and without output on the terminal."""

from __future__ import annotations

import importlib
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from genre_desktop.core import locations
from genre_desktop.core.untrusted.root_folder import call_in_root_folder
from genre_desktop.model.background_import import collector_paused, link

LOG_NAME = "backend.log"

_lock = threading.Lock()


def load_backend() -> None:
    """Import Keras with its backend and the program's own layers; later calls do nothing.

    The first call takes seconds. TensorFlow's C++ part writes messages to the standard error
    stream before its log level applies; they are written to ``backend.log`` in the log folder
    instead.
    """
    with _lock:
        if "genre_desktop.model.layers" in sys.modules:
            return
        os.environ.setdefault("KERAS_BACKEND", "tensorflow")
        os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "2")
        with _native_stderr_to_log(), collector_paused():
            if os.environ["KERAS_BACKEND"] == "tensorflow":
                link("tensorflow", "libtensorflow_framework*", "libtensorflow_cc*")
            call_in_root_folder(_import)


def _import() -> None:
    importlib.import_module("genre_desktop.model.layers")
    if os.environ["KERAS_BACKEND"] == "tensorflow":
        # Once in a process, when first asked for any, TensorFlow looks for more of them.
        kernels = importlib.import_module("tensorflow.python.framework.kernels")
        kernels.get_registered_kernels_for_op("NoOp")


@contextmanager
def _native_stderr_to_log() -> Iterator[None]:
    try:
        folder = locations.private_folder(locations.user_log())
        log = os.open(folder / LOG_NAME, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    except OSError:
        log = os.open(os.devnull, os.O_WRONLY)
    saved: int | None = None
    try:
        with suppress(OSError):  # a windowed program on Windows has no stream 2
            saved = os.dup(2)
            os.dup2(log, 2)
        yield
    finally:
        if saved is not None:
            os.dup2(saved, 2)
            os.close(saved)
        os.close(log)
