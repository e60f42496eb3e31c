"""Times of decoded frames, which jump where sound is missing."""

from __future__ import annotations

from typing import Final

from genre_desktop.audio.decode.gaps.missing_sound import HoleSum

FORMATS: Final = frozenset({"asf", "flac", "flv", "matroska", "mov", "mpeg", "mpegts", "nut", "ogg", "wtv", "wv"})
"""FFmpeg's names of formats that have times of their own; in others they are counted from what is there."""

_JITTER_S = 0.004
"""Times are rounded to milliseconds in Matroska, ASF and FLV. Those of Vorbis go forth by up to a block and back again,
which cancels out."""

_LONGEST_S = 600.0
"""Times that jump further than this, forth or back, are wrong, or those of another recording behind the first, as where
broadcasts were joined."""

_LONGEST_PAUSE_S = {"opus": 0.45}
"""What encoders leave out of silence: Opus sends one packet in 400 ms then (RFC 6716, 2.1.9)."""


class FrameTimes:
    """Holes between frames, by their times.

    Parameters
    ----------
    tick_s : float
        Unit of times in seconds.
    codec : str
        FFmpeg's name.

    Attributes
    ----------
    holes : HoleSum
    """

    def __init__(self, tick_s: float, codec: str) -> None:
        self._tick_s = tick_s
        self._pause_s = _LONGEST_PAUSE_S.get(codec, 0.0)
        self._jitter = _JITTER_S / tick_s
        self.holes = HoleSum()
        self._origin = 0
        self._expected: float | None = None

    def push(self, time: int | None, samples: int, sample_rate: int) -> None:
        """Take in the next frame: its time in ticks, if it has one, and its length and rate."""
        expected = self._expected
        ticks = samples / (sample_rate * self._tick_s) if sample_rate > 0 else 0.0
        if time is None:
            if expected is not None:
                self._expected = expected + ticks
            return
        if expected is None:
            self._origin = time
        elif not -self._jitter <= time - expected <= self._jitter:
            self._jump(expected, (time - expected) * self._tick_s)
        self._expected = time + ticks

    def push_failed(self, time: int | None) -> None:
        """Take in the time of a packet that cannot be decoded: the first frame may be behind some of these."""
        if self._expected is None and time is not None:
            self._origin = self._expected = time

    def _jump(self, at: float, seconds: float) -> None:
        if -_LONGEST_S <= seconds < 0.0 or self._pause_s < seconds <= _LONGEST_S:
            self.holes.add((at - self._origin) * self._tick_s, seconds)
