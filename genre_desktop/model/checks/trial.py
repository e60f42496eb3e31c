"""The trial of a network: one call in a process of its own, before this process uses it.

There NumPy computes it, too: where that gives the same, TensorFlow is not needed any more.

A network that was checked runs no code of a stranger (`genre_desktop.model.checks.network_plan`). What remains are
vulnerabilities of the libraries that calculate, and mistakes of this program about memory. The process has a limit of
memory and of processor time, cannot write a file and leaves no core dump.

The limit applies to the memory in use, which a thread of the process measures. A limit of the address space, which the
system enforces, can only stop the absurd: oneDNN reserves gigabytes of addresses, ten for the shipped default model,
and hardly uses them. Windows has no such limits: there the bounds that `network_plan` computes apply, and the time.
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
"""Memory for a network beside TensorFlow's: weights, one batch, and the outputs of its layers."""

ADDRESS_BYTES, ADDRESS_BYTES_PER_CORE = 32 * GIB, 4 * GIB
"""Address space that the process may reserve."""

CPU_S = 120
"""Processor time for building the network and calling it once; it takes a second or two on today's machines."""

START_S, WALL_S = 300.0, 300.0
"""Time until TensorFlow is loaded, and from then on: even on a busy machine only a process that hangs takes so long."""

_PASSED, _PASSED_WITH_NUMPY = "passed", "passed with NumPy"
_READY = "ready"


def run_trial(bundle: ModelBundle, score: Callable[[ModelBundle], bool]) -> bool:
    """Load a bundle in a limited process and score one full batch with it.

    Parameters
    ----------
    bundle : ModelBundle
    score : callable
        Loads a bundle and scores a batch with it; a function of a module, so that the other process can import it.
        It returns whether NumPy gives the same scores.

    Returns
    -------
    bool
        What `score` returned.

    Raises
    ------
    TrialError
        Where the process crashes, or needs too much memory or time.
    GenreDesktopError
        Raised in the process by `score`.
    """
    received: queue.SimpleQueue[object] = queue.SimpleQueue()
    process = ChildProcess(
        "model trial",
        _load_and_score,
        (bundle, score),
        on_message=received.put,
        on_end=lambda: received.put(None),
        memory_bytes=ADDRESS_BYTES + ADDRESS_BYTES_PER_CORE * (os.cpu_count() or 1),
    )
    try:
        answer = _next(received, START_S, bundle)
        if answer == _READY:
            answer = _next(received, WALL_S, bundle)
    finally:
        process.close()
    if answer is None:
        reason = tr("it ended the process that tried it, or took more than {mb:,} MB", mb=MEMORY_BYTES // MIB)
        raise TrialError(name=bundle.name, reason=reason)
    if isinstance(answer, GenreDesktopError):
        raise answer
    if answer not in (_PASSED, _PASSED_WITH_NUMPY):
        raise TrialError(name=bundle.name, reason=tr("it gave no answer"))
    return answer == _PASSED_WITH_NUMPY


def _next(received: queue.SimpleQueue[object], seconds: float, bundle: ModelBundle) -> object:
    try:
        return received.get(timeout=seconds)
    except queue.Empty:
        raise TrialError(name=bundle.name, reason=tr("it took too long")) from None


def _load_and_score(connection: Connection, bundle: ModelBundle, score: Callable[[ModelBundle], bool]) -> None:
    """What the limited process runs."""
    from genre_desktop.model.keras_backend import load_backend

    load_backend()
    _start_threads()
    forbid_file_growth()
    limit_processor_time(CPU_S)
    watch_memory(MEMORY_BYTES)
    connection.send(_READY)
    answer: object
    try:
        answer = _PASSED_WITH_NUMPY if score(bundle) else _PASSED
    except GenreDesktopError as error:
        answer = error
    except MemoryError:
        end_out_of_memory()
    except Exception as error:  # such as TensorFlow's own for too little memory or an unsuitable shape
        answer = TrialError(name=bundle.name, reason=f"{type(error).__name__}: {str(error)[:200]}")
    connection.send(answer)
    connection.recv()  # until the other end has received it and closes the connection


def _start_threads() -> None:
    """Make TensorFlow start its threads, whose stacks count as memory, by calling a small network."""
    import keras
    import numpy as np

    patch = keras.Input((8, 8, 1))
    model = keras.Model(patch, keras.layers.Dense(2)(keras.layers.Conv2D(2, 3)(patch)))
    model(np.zeros((64, 8, 8, 1), np.float32))
