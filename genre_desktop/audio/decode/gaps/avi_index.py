"""The index of an AVI file, which tells how long its sound is.

Times in AVI are counted from what is there, so that those behind a hole are too early.
"""

from __future__ import annotations

from typing import Any

from genre_desktop.audio.decode.gaps.missing_sound import HoleSum


class AviIndex:
    """A hole between packets, by the last time in the index.

    Parameters
    ----------
    stream : av.audio.stream.AudioStream
        As it was opened: an index that is missing in the file is made while it is read, of what is there.
    tick_s : float
        Unit of times in seconds.

    Attributes
    ----------
    limit, is_waiting : int, bool
        See `genre_desktop.audio.decode.gaps.hole_detector.PacketHoles`.
    """

    def __init__(self, stream: Any, tick_s: float) -> None:
        entries = stream.index_entries
        self._tick_s = tick_s
        self.limit, self.is_waiting = 0, True
        self._last: Any = entries[-1] if entries else None
        self._at_s = 0.0
        self._end = self._position = self._largest_step = 0

    def push(self, packet: Any, *, is_decoded: bool) -> None:
        """Take in the next packet."""
        position = packet.pos or 0
        if position - self._position > self._largest_step > 0:
            self._at_s = self._end * self._tick_s
        self._largest_step = max(self._largest_step, position - self._position, 1)
        self._position = position
        self._end = packet.pts if packet.pts is not None else self._end

    def holes(self, seconds: float) -> HoleSum:
        """The hole of a stream that was read to its end; `seconds` is of no use."""
        holes = HoleSum()
        if self._last is not None and self._position >= self._last.pos:
            holes.add(self._at_s, max(0, self._last.timestamp - self._end) * self._tick_s)
        return holes
