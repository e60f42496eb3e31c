"""One call of a network in a process of its own, before this one has anything to do with it.

By then nothing foreign can run (`genre_desktop.model.checks.network`): what is left are holes in the libraries that
calculate, and our own mistakes about memory. The process has a limit of memory and of processor time, writes no file
and leaves no core.

The memory that counts is what stands in it, and a thread of the process watches that: oneDNN reserves addresses by the
gigabyte, ten for the shipped default model, and hardly touches them, so that the system's limit of addresses can only
stop what is absurd. Windows has no such limits for a process by itself: there the bounds that `network` computes hold,
and the time.
"""

from __future__ import annotations

import os
import queue
from collections.abc import Callable
from multiprocessing.connection import Connection

from genre_desktop.core.child_process import ChildProcess
from genre_desktop.core.errors import GenreDesktopError, TrialError
from genre_desktop.core.i18n import tr
from genre_desktop.core.untrusted.process_limits import (
    GIB,
    MIB,
    end_out_of_memory,
    forbid_file_growth,
    limit_processor_time,
    watch_memory,
)
from genre_desktop.model.bundles.bundle import ModelBundle

MEMORY_BYTES = 1280 * MIB
"""What a network may take beside TensorFlow: weights, one batch, and what is calculated in between."""

ADDRESS_BYTES, ADDRESS_BYTES_PER_CORE = 32 * GIB, 4 * GIB
"""What it may reserve, see above."""

CPU_S = 120
"""Processor time for building it and calling it once; a second or two on any machine of today."""

START_S, WALL_S = 300.0, 300.0
"""Until TensorFlow is there, and from then on: only what hangs takes so long, even on a machine that is busy."""

_PASSED = "passed"
_READY = "ready"


def run_trial(bundle: ModelBundle, score: Callable[[ModelBundle], None]) -> None:
    """Load a bundle in a guarded process and let it score one full batch.

    Parameters
    ----------
    bundle : ModelBundle
    score : callable
        Loads a bundle and scores a batch with it; a function of a module, for the other process to find.

    Raises
    ------
    TrialError
        Where the process falls, or needs too much memory or time.
    GenreDesktopError
        What loading it raises there.
    """
    heard: queue.SimpleQueue[object] = queue.SimpleQueue()
    servant = ChildProcess(
        "model trial",
        _serve,
        (bundle, score),
        on_message=heard.put,
        on_end=lambda: heard.put(None),
        memory_bytes=ADDRESS_BYTES + ADDRESS_BYTES_PER_CORE * (os.cpu_count() or 1),
    )
    try:
        answer = _next(heard, START_S, bundle)
        if answer == _READY:
            answer = _next(heard, WALL_S, bundle)
    finally:
        servant.close()
    if answer is None:
        reason = tr("it ended the process that tried it, or took more than {mb:,} MB", mb=MEMORY_BYTES // MIB)
        raise TrialError(name=bundle.name, reason=reason)
    if isinstance(answer, GenreDesktopError):
        raise answer
    if answer != _PASSED:
        raise TrialError(name=bundle.name, reason=tr("it gave no answer"))


def _next(heard: queue.SimpleQueue[object], seconds: float, bundle: ModelBundle) -> object:
    try:
        return heard.get(timeout=seconds)
    except queue.Empty:
        raise TrialError(name=bundle.name, reason=tr("it took too long")) from None


def _serve(connection: Connection, bundle: ModelBundle, score: Callable[[ModelBundle], None]) -> None:
    """What runs in the guarded process."""
    from genre_desktop.model.keras_backend import load_backend

    load_backend()
    _start_threads()
    forbid_file_growth()
    limit_processor_time(CPU_S)
    watch_memory(MEMORY_BYTES)
    connection.send(_READY)
    answer: object = _PASSED
    try:
        score(bundle)
    except GenreDesktopError as error:
        answer = error
    except MemoryError:
        end_out_of_memory()
    except Exception as error:  # TensorFlow's own, which say that memory is short or a shape unsuitable
        answer = TrialError(name=bundle.name, reason=f"{type(error).__name__}: {str(error)[:200]}")
    connection.send(answer)
    connection.recv()  # until the other end has heard it


def _start_threads() -> None:
    """Let TensorFlow start its threads, whose stacks count as memory, by a convolution of its own."""
    import keras
    import numpy as np

    patch = keras.Input((8, 8, 1))
    model = keras.Model(patch, keras.layers.Dense(2)(keras.layers.Conv2D(2, 3)(patch)))
    model(np.zeros((64, 8, 8, 1), np.float32))
