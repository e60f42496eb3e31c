"""Packets that cannot be decoded, in formats whose packets have no times of their own."""

from __future__ import annotations

import sys
from typing import Any

from genre_desktop.audio.decode.gaps.missing_sound import HoleSum


class FailedPackets:
    """Holes made of packets that fail between others that do not.

    Parameters
    ----------
    tick_s : float
        Unit of times in seconds.

    Attributes
    ----------
    limit, is_waiting : int, bool
        See `genre_desktop.audio.decode.gaps.hole_detector.PacketHoles`.
    """

    limit = sys.maxsize

    def __init__(self, tick_s: float) -> None:
        self._tick_s = tick_s
        self._holes = HoleSum()
        self._at_s = self._failed_s = 0.0
        self.is_waiting = False

    def push(self, packet: Any, *, is_decoded: bool) -> None:
        """Take in a packet."""
        if is_decoded:
            self._holes.add(self._at_s, self._failed_s)
            self._failed_s, self.is_waiting = 0.0, False
            return
        if not self.is_waiting:
            self._at_s = (packet.pts or 0) * self._tick_s
        self._failed_s += max(0, packet.duration or 0) * self._tick_s
        self.is_waiting = True

    def holes(self, seconds: float) -> HoleSum:
        """The holes up to here; `seconds` is of no use."""
        return self._holes
