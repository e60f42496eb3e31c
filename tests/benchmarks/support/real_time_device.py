"""A device without a sound card that takes blocks as fast as they would be heard, and keeps count."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

from genre_desktop.audio.devices.sound_system import Latency
from tests.support.fake_portaudio import SPEAKERS, FakeSoundSystem, FakeStream

BLOCK = 512
BUFFER_S = 0.1
"""What a device holds: a call that comes later than this is heard as a gap."""


class RealTimeStream(FakeStream):
    """Calls back on a thread of its own, once a block."""

    thread: threading.Thread | None = None
    log: dict[str, list[float]]

    def start(self) -> None:
        super().start()
        self.thread = threading.Thread(target=self._run)
        self.thread.start()

    def stop(self) -> None:
        super().stop()
        if self.thread is not None:
            self.thread.join()
            self.thread = None

    def close(self) -> None:
        self.stop()
        super().close()

    def _run(self) -> None:
        block = np.zeros((BLOCK, self.channels), dtype=np.float32)
        was_silent = True
        cpu_at, began_at = time.process_time(), time.perf_counter()
        due = time.perf_counter()
        while self.is_running:
            time.sleep(max(0.0, due - time.perf_counter()))
            began = time.perf_counter()
            is_late = began - due > BUFFER_S
            self.callback(block, self.latency_s, is_late)
            ended = time.perf_counter()
            is_silent = not block.any()
            self.log["callback_s"].append(ended - began)
            self.log["late_s"].append(began - due)
            if was_silent and not is_silent:
                self.log["sound_at"].append(ended)
            was_silent = is_silent
            due = (began if is_late else due) + BLOCK / self.sample_rate
        # Of the whole process: decoding, this thread and the pipe.
        self.log["cpu_s"].append(time.process_time() - cpu_at)
        self.log["wall_s"].append(time.perf_counter() - began_at)


class RealTimeSystem(FakeSoundSystem):
    """Writes what it counted to a file whenever a stream is closed."""

    def __init__(self, results: Path) -> None:
        super().__init__(SPEAKERS, latency_s=BUFFER_S)
        self._results = results
        self._log: dict[str, list[float]] = {
            name: [] for name in ("callback_s", "late_s", "sound_at", "cpu_s", "wall_s")
        }

    def open_output(
        self,
        device: Any,
        sample_rate: float,
        channels: int,
        callback: Any,
        on_finished: Callable[[], None],
        latency: Latency = BUFFER_S,
    ) -> FakeStream:
        system = self

        class Stream(RealTimeStream):
            log = self._log

            def close(self) -> None:
                super().close()
                system._results.write_text(json.dumps(system._log))

        stream = Stream(self, device, sample_rate, channels, callback, on_finished)
        self.streams.append(stream)
        return stream
