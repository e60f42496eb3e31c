"""Stands for the process that plays."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from genre_desktop.audio.playback import messages
from genre_desktop.audio.playback.messages import PlayState


class FakeVoice:
    """The process that plays: a test says what it says."""

    def __init__(self, on_message: Callable[[Any], None], on_end: Callable[[], None]) -> None:
        self.tell, self.end = on_message, on_end
        self.got: list[Any] = []
        self.is_closed = False

    def send(self, message: object) -> None:
        self.got.append(message)

    def close(self) -> None:
        self.is_closed = True


class Voices:
    def __init__(self) -> None:
        self.made: list[FakeVoice] = []

    def __call__(self, on_message: Callable[[Any], None], on_end: Callable[[], None]) -> FakeVoice:
        self.made.append(FakeVoice(on_message, on_end))
        return self.made[-1]

    @property
    def last(self) -> FakeVoice:
        return self.made[-1]

    def plays(self, path: str, seconds: float = 0.0, duration_s: float = 5.0) -> None:
        """Let it say that it plays."""
        self.last.tell(messages.StateChanged(PlayState.PLAYING, path, duration_s))
        self.last.tell(messages.Position(path, seconds, time.perf_counter(), True))
