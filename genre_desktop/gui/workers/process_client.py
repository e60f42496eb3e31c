"""The GUI thread's end of a child process: start, send, receive, restart, end."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from genre_desktop.gui.workers.queued_delivery import QueuedDelivery

_SILENCE_CHECK_MS = 1_000


class Process(Protocol):
    """A running process, as `genre_desktop.core.child_process.ChildProcess` is; tests put others in its place."""

    def send(self, message: object) -> None:
        """Send a picklable message, without waiting."""

    def close(self) -> None:
        """End the process and wait for its end."""


StartProcess = Callable[[Callable[[Any], None], Callable[[], None]], Process]
"""``start(on_message, on_end)``: starts a process. Both functions may be called on any thread: `on_message` with each
message of the process, `on_end` when the process has ended by itself."""


class ProcessClient(QObject):
    """A child process that is started when it is first needed, and again after it has crashed.

    All signals are emitted on the GUI thread, and none of them for a process that has been given up: messages of
    an earlier process that are still on their way are dropped.

    Parameters
    ----------
    start_process : callable
        See `StartProcess`.
    silence_limit_s : float or None
        A process that owes an answer (`expect_answer`) and sends nothing for longer is ended.
    restart_limit : int or None
        After so many ends that nobody asked for, no process is started until `allow_restart`.

    Attributes
    ----------
    silence_limit_s : float or None
    """

    received = Signal(object)  # a message of the process
    ended = Signal()  # the process has ended by itself: it crashed, or was killed
    timed_out = Signal()  # the process owed an answer, sent nothing for `silence_limit_s`, and was ended

    def __init__(
        self,
        start_process: StartProcess,
        *,
        silence_limit_s: float | None = None,
        restart_limit: int | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._start_process = start_process
        self.silence_limit_s = silence_limit_s
        self._restart_limit = restart_limit
        self._process: Process | None = None
        self._generation = 0
        self._n_failures = 0
        self._is_stopped = False
        self._received_at = 0.0
        self._delivery = QueuedDelivery(self)
        self._delivery.ready.connect(self._on_ready)
        self._silence_check = QTimer(self, interval=_SILENCE_CHECK_MS)
        self._silence_check.timeout.connect(self._check_silence)

    @property
    def is_running(self) -> bool:
        """Whether there is a process, as far as the GUI thread knows."""
        return self._process is not None

    def start(self) -> bool:
        """Start the process if there is none; False if there may be none (see `send`)."""
        if self._is_stopped:
            return False
        if self._process is None:
            if self._restart_limit is not None and self._n_failures >= self._restart_limit:
                return False
            self._generation += 1
            generation, post = self._generation, self._delivery.post
            self._process = self._start_process(
                lambda message: post((generation, False, message)), lambda: post((generation, True, None))
            )
        return True

    def send(self, message: object) -> bool:
        """Send a message, without waiting; starts the process first if there is none.

        Returns
        -------
        bool
            False if the message was not sent: after `stop`, or once the restart limit is reached.
        """
        if not self.start():
            return False
        assert self._process is not None
        self._process.send(message)
        return True

    def expect_answer(self, is_expected: bool = True) -> None:
        """Set whether the process owes an answer; its silence counts only then, from now on."""
        self._received_at = time.monotonic()
        if is_expected and self.silence_limit_s is not None and not self._is_stopped:
            self._silence_check.start()
        else:
            self._silence_check.stop()

    def allow_restart(self) -> None:
        """Count the failures anew: what is asked next has not crashed a process yet."""
        self._n_failures = 0

    def stop(self) -> None:
        """Start and send nothing any more, emit nothing any more; the process itself ends with `shutdown`."""
        self._is_stopped = True
        self._silence_check.stop()

    def shutdown(self) -> bool:
        """Stop, end the process and wait for its end.

        Returns
        -------
        bool
            True, as `genre_desktop.gui.workers.worker.Stoppable` asks for: a process that hangs is killed.
        """
        self.stop()
        self._give_up_process()
        self._delivery.clear()
        return True

    def _give_up_process(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.close()

    def _on_ready(self) -> None:
        for generation, is_end, message in self._delivery.turn():
            if generation != self._generation or self._process is None or self._is_stopped:
                continue  # of a process that has been given up
            self._received_at = time.monotonic()
            if is_end:
                self._on_failure()
                self.ended.emit()
            else:
                self.received.emit(message)

    def _check_silence(self) -> None:
        if self.silence_limit_s is not None and time.monotonic() - self._received_at > self.silence_limit_s:
            self._on_failure()
            self.timed_out.emit()

    def _on_failure(self) -> None:
        self._n_failures += 1
        self._silence_check.stop()
        self._give_up_process()
