"""A thread that answers requests: the one way in which work of this process leaves the GUI thread.

A `Worker` owns a thread and a function. A frozen request goes in by `Worker.submit`;
progress, partial results and a result *or* an error come out as signals on the GUI
thread. The function gets a `TaskContext` and asks it often whether it was cancelled;
it never touches a widget or a view model.
"""

from __future__ import annotations

import contextlib
import logging
import os
import queue
import sys
import threading
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from genre_desktop.core.errors import GenreDesktopError, InternalError
from genre_desktop.gui.workers.queued_delivery import QueuedDelivery

_log = logging.getLogger(__name__)

_NICENESS = 10


class Stoppable(Protocol):
    """A thread or process that ends with the window."""

    def stop(self) -> None:
        """Let it end soon, without waiting for it."""

    def shutdown(self) -> bool:
        """End it and wait for its end; False when it did not end in time."""


def _lower_priority() -> None:
    """Let the window's thread run before this one, and before those it starts."""
    # Windows and macOS prefer the foreground window's thread by themselves.
    if sys.platform == "linux":
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)


class TaskContext:
    """What a work function reports to and asks while it runs; used on its own thread."""

    def __init__(self, request: object, post: Callable[[tuple[TaskContext, str, object]], None]) -> None:
        self.request = request
        self._post = post
        self._cancel = threading.Event()

    def progress(self, fraction: float) -> None:
        """Report how far the work is, 0..1."""
        self.post("progressed", fraction)

    def partial(self, value: object) -> None:
        """Report a part of the result."""
        if not self._cancel.is_set():
            self._post((self, "partial", value))

    def post(self, kind: str, value: object) -> None:
        """Report a value by the signal called `kind`, unless the request has been cancelled."""
        if not self._cancel.is_set():
            self._post((self, kind, value))

    def is_cancelled(self) -> bool:
        """Whether the request has been cancelled, so that its result would be dropped."""
        return self._cancel.is_set()


class Worker(QObject):
    """A thread that answers requests one after the other; its signals come on the GUI thread.

    Parameters
    ----------
    name : str
        Name of the thread, for the log.
    work : callable
        ``work(request, context) -> result``; may raise. An error that is no
        `GenreDesktopError` arrives as `InternalError`, with the traceback in the log.
    """

    # No signal is called `finished`: QThread has one, and PySide mixes them up.
    progressed = Signal(float)
    partial = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)
    idle = Signal()  # no request is pending any more: all answered, or cancelled

    def __init__(self, name: str, work: Callable[[Any, TaskContext], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._work = work
        self._requests: queue.SimpleQueue[tuple[object, TaskContext] | None] = queue.SimpleQueue()
        self._pending: list[TaskContext] = []  # GUI thread only: requests without an answer, in order
        self._thread: threading.Thread | None = None
        self._is_draining = False
        self._delivery = QueuedDelivery(self)
        self._delivery.ready.connect(self._on_ready)

    @property
    def busy(self) -> bool:
        """Whether a request is pending."""
        return bool(self._pending)

    @property
    def pending_requests(self) -> tuple[Any, ...]:
        """Requests whose answer is still to come, in their order."""
        return tuple(context.request for context in self._pending)

    def submit(self, request: object) -> None:
        """Queue a request (an immutable object)."""
        context = TaskContext(request, self._delivery.post)
        self._pending.append(context)
        self._requests.put((request, context))
        if self._thread is None:
            # A Python thread and not a QThread: it has a full-size stack on every platform.
            self._thread = threading.Thread(target=self._run, name=self.objectName(), daemon=True)
            self._thread.start()

    def cancel(self) -> None:
        """Cancel all requests: no signal but `idle`, which comes at once, is emitted for them any more.

        The work function itself ends when it next asks `TaskContext.is_cancelled`; a new request waits for that.
        """
        if not self._pending:
            return
        for context in self._pending:
            context._cancel.set()
        self._pending.clear()
        self.idle.emit()

    def cancel_flushed(self) -> None:
        """As `cancel`, but what was posted by then is emitted first, so that it counts.

        The work function knows: what it posted before `TaskContext.is_cancelled` told it so is emitted.
        """
        for context in self._pending:  # before, and not after: something might be posted in between
            context._cancel.set()
        self._delivery.flush()
        self.cancel()

    def stop(self) -> None:
        """Cancel and let the thread end, without waiting for it."""
        self.cancel()
        self._requests.put(None)

    def drain(self) -> None:
        """Let the thread end once it has done all that was requested, without waiting for it and without signals."""
        self._is_draining = True
        self._pending.clear()
        self._requests.put(None)

    def shutdown(self, timeout_s: float = 20.0) -> bool:
        """Cancel, and wait until the thread has ended; after `drain` for as long as the work makes progress.

        Returns
        -------
        bool
            False when it did not end in time (a network drive that hangs).
        """
        self.stop()
        thread, self._thread = self._thread, None
        if thread is None:
            self._delivery.clear()
            return True
        n_posted = -1
        while thread.is_alive() and n_posted != self._delivery.n_posted:
            n_posted = self._delivery.n_posted
            thread.join(timeout_s)
            if not self._is_draining:
                break
        self._delivery.clear()
        return not thread.is_alive()

    # -- on the GUI thread ---------------------------------------------------------------

    def _on_ready(self) -> None:
        for context, kind, value in self._delivery.turn():
            if context not in self._pending:
                continue  # cancelled in the meantime
            is_answer = kind in ("succeeded", "failed")
            if is_answer:
                self._pending.remove(context)
            getattr(self, kind).emit(value)
            if is_answer and not self._pending:
                self.idle.emit()

    # -- on the worker's thread ----------------------------------------------------------

    def _run(self) -> None:
        _lower_priority()
        while (task := self._requests.get()) is not None:
            request, context = task
            try:
                if context.is_cancelled():
                    continue
                result = self._work(request, context)
            except GenreDesktopError as error:
                _log.info("%s: %s", self.objectName(), error)
                context.post("failed", error)
            except Exception as error:
                if context.is_cancelled():
                    continue  # whatever a cancelled work function raises to get out
                _log.exception("unexpected error in %s", self.objectName())
                context.post("failed", InternalError(reason=f"{type(error).__name__}: {error}"))
            else:
                context.post("succeeded", result)
            # The loop waits with these names bound: let go of models and arrays.
            request = result = task = None
