"""Stands for a child process of a `ProcessClient`."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any


class FakeProcess:
    """A process whose messages a test sends, on another thread as a real one's come."""

    def __init__(self, on_message: Callable[[Any], None], on_end: Callable[[], None]) -> None:
        self._on_message, self._on_end = on_message, on_end
        self.received: list[object] = []
        self.is_closed = False

    def send(self, message: object) -> None:
        self.received.append(message)

    def close(self) -> None:
        self.is_closed = True

    def send_back(self, message: object) -> None:
        _elsewhere(lambda: self._on_message(message))

    def crash(self) -> None:
        _elsewhere(self._on_end)


def _elsewhere(do: Callable[[], None]) -> None:
    thread = threading.Thread(target=do)
    thread.start()
    thread.join()
