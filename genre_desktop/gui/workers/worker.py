"""The one way work leaves the GUI thread.

A `Worker` owns a thread and a function. A frozen request goes in by `Worker.submit`;
progress, partial results and a result *or* an error come out as signals on the thread
the worker lives on. The function gets a `TaskContext` and asks it often whether it was
cancelled; it never touches a widget or a view model.
"""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from genre_desktop.core.errors import GenreDesktopError, InternalError

_log = logging.getLogger(__name__)

_DELIVERY_S = 0.005
"""Time that one delivery of results may take before painting and input get their turn."""

_NICENESS = 10


class Stoppable(Protocol):
    """Work that is to end with the window."""

    def stop(self) -> None:
        """End soon, without being waited for."""

    def shutdown(self) -> bool:
        """End, and be waited for; False when it would not."""


def _step_back() -> None:
    """Let the window's thread go before this one, and before those it starts."""
    # Windows and macOS prefer the foreground window's thread by themselves.
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)


class TaskContext:
    """What a work function tells while it runs (on its own thread)."""

    def __init__(self, request: object, post: Callable[[TaskContext, str, object], None]) -> None:
        self.request = request
        self._post = post
        self._cancel = threading.Event()

    def progress(self, fraction: float) -> None:
        """Say how far the work is, 0..1."""
        self._post(self, "progressed", fraction)

    def partial(self, value: object) -> None:
        """Hand over a part of the result."""
        self._post(self, "partial", value)

    def is_cancelled(self) -> bool:
        """Tell whether the answer is still wanted."""
        return self._cancel.is_set()


class Worker(QObject):
    """A thread that answers requests one after the other.

    Parameters
    ----------
    name : str
        Name of the thread, for the log.
    work : callable
        ``work(request, report) -> result``; may raise. An error that is no
        `GenreDesktopError` arrives as `InternalError`, with the traceback in the log.
    """

    # No signal is called `finished`: QThread has one, and PySide mixes them up.
    progressed = Signal(float)
    partial = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)
    idle = Signal()  # nothing is wanted any more: all done, or cancelled
    _posted = Signal()

    def __init__(self, name: str, work: Callable[[Any, TaskContext], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._work = work
        self._requests: queue.SimpleQueue[tuple[object, TaskContext] | None] = queue.SimpleQueue()
        self._live: list[TaskContext] = []  # GUI thread only: what is still wanted, in order
        self._inbox: deque[tuple[TaskContext, str, object]] = deque()
        self._thread: threading.Thread | None = None
        self._is_finishing = False
        self._has_moved = threading.Event()  # something was told since anybody asked
        # Coalesced: ten thousand quick results must not be ten thousand events in a row.
        self._is_announced = threading.Event()
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._deliver)
        self._posted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Whether an answer is still to come."""
        return bool(self._live)

    @property
    def wanted(self) -> tuple[Any, ...]:
        """Requests whose answer is still to come, in their order."""
        return tuple(report.request for report in self._live)

    def submit(self, request: object) -> None:
        """Queue a request (an immutable object)."""
        report = TaskContext(request, self._post)
        self._live.append(report)
        self._requests.put((request, report))
        if self._thread is None:
            # A Python thread and not a QThread: it has a full-size stack on every platform.
            self._thread = threading.Thread(target=self._run, name=self.objectName(), daemon=True)
            self._thread.start()

    def cancel(self) -> None:
        """Give up all requests: none of them is heard of again, `idle` comes at once.

        The function itself ends when it next asks; a new request waits for that.
        """
        if not self._live:
            return
        for report in self._live:
            report._cancel.set()
        self._live.clear()
        self.idle.emit()

    def hear_out(self) -> None:
        """Tell at once what has been answered so far: of a request that is given up after this it counts, too."""
        while self._inbox:
            self._deliver()

    def stop(self) -> None:
        """Cancel and let the thread end, without waiting for it."""
        self.cancel()
        self._requests.put(None)

    def finish(self) -> None:
        """Let the thread end once it has done all that was asked, without waiting for it; nothing is heard of it."""
        self._is_finishing = True
        self._live.clear()
        self._requests.put(None)

    def shutdown(self, timeout_s: float = 20.0) -> bool:
        """Cancel, and wait until the thread has ended; after `finish` for as long as it gets on with what was asked.

        Returns
        -------
        bool
            False when it did not end in time (a network drive that hangs).
        """
        self.stop()
        thread, self._thread = self._thread, None
        self._again.stop()
        if thread is None:
            return True
        self._has_moved.clear()
        thread.join(timeout_s)
        while self._is_finishing and thread.is_alive() and self._has_moved.is_set():
            self._has_moved.clear()
            thread.join(timeout_s)
        self._inbox.clear()
        return not thread.is_alive()

    # -- on the GUI thread ---------------------------------------------------------------

    def _deliver(self) -> None:
        self._is_announced.clear()
        until = time.perf_counter() + _DELIVERY_S
        while self._inbox:
            if time.perf_counter() > until:
                self._again.start()
                return
            report, kind, value = self._inbox.popleft()
            if report not in self._live:
                continue  # cancelled in the meantime
            if kind in ("succeeded", "failed"):
                self._live.remove(report)
            getattr(self, kind).emit(value)
            if kind in ("succeeded", "failed") and not self._live:
                self.idle.emit()

    # -- on the worker's thread ----------------------------------------------------------

    def _post(self, report: TaskContext, kind: str, value: object) -> None:
        if report.is_cancelled():
            return
        self._has_moved.set()
        self._inbox.append((report, kind, value))
        if not self._is_announced.is_set():
            self._is_announced.set()
            self._posted.emit()

    def _run(self) -> None:
        _step_back()
        while (task := self._requests.get()) is not None:
            request, report = task
            try:
                if report.is_cancelled():
                    continue
                result = self._work(request, report)
            except GenreDesktopError as error:
                _log.info("%s: %s", self.objectName(), error)
                self._post(report, "failed", error)
            except Exception as error:
                if report.is_cancelled():
                    continue  # whatever a cancelled piece of work raises to get out
                _log.exception("unexpected error in %s", self.objectName())
                self._post(report, "failed", InternalError(reason=f"{type(error).__name__}: {error}"))
            else:
                self._post(report, "succeeded", result)
            # The loop waits with these names bound: let go of models and arrays.
            request = result = task = None
