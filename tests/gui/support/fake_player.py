"""Stands for the player process."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent

from genre_desktop.audio.playback import messages
from genre_desktop.audio.playback.messages import PlayState


class FakePlayer:
    """A player process whose messages a test sends; each is delivered before `send_back` or `crash` returns."""

    def __init__(self, on_message: Callable[[Any], None], on_end: Callable[[], None]) -> None:
        self._on_message, self._on_end = on_message, on_end
        self.received: list[Any] = []
        self.is_closed = False

    def send(self, message: object) -> None:
        self.received.append(message)

    def close(self) -> None:
        self.is_closed = True

    def send_back(self, message: messages.Event) -> None:
        self._on_message(message)
        _deliver()

    def crash(self) -> None:
        self._on_end()
        _deliver()


class FakePlayers:
    """Stands for `Services.start_player`; keeps all that were started."""

    def __init__(self) -> None:
        self.started: list[FakePlayer] = []

    def __call__(self, on_message: Callable[[Any], None], on_end: Callable[[], None]) -> FakePlayer:
        self.started.append(FakePlayer(on_message, on_end))
        return self.started[-1]

    @property
    def last(self) -> FakePlayer:
        return self.started[-1]

    def report_playing(self, path: str, seconds: float = 0.0, duration_s: float = 5.0) -> None:
        """Let the last one report that it plays a track."""
        self.last.send_back(messages.StateChanged(PlayState.PLAYING, path, duration_s))
        self.last.send_back(messages.Position(path, seconds, time.perf_counter(), True))


def _deliver() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.MetaCall.value)
