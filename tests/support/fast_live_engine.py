"""Live mode faster than real time, for tests that do not check the clock of an input."""

from __future__ import annotations

from typing import Any

from genre_desktop.model.live.live_engine import LiveEngine


class FastLiveEngine(LiveEngine):
    """A live engine that plays simulated inputs at four times their speed."""

    def listen(self, key: str | None = None, **how: Any) -> int:
        return super().listen(key, **{"speed": 4.0, **how})
