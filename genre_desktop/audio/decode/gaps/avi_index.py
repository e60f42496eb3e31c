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
        self._last: Any = entries[-1] if len(entries) > 1 and entries[0].timestamp == 0 else None
        # Where all samples have one size, the index counts bytes, whatever the unit of times.
        self._counts_bytes = len(entries) > 1 and entries[1].timestamp == entries[0].size
        self._time_s = self._at_s = 0.0
        self._read = self._size = self._position = self._largest_step = 0

    def push(self, packet: Any, *, is_decoded: bool) -> None:
        """Take in the next packet."""
        position = packet.pos or 0
        step, self._position = position - self._position, position
        if step > self._largest_step > 0:
            self._at_s = self._time_s
        self._largest_step = max(self._largest_step, step, 1)
        time = packet.pts
        if time is not None:
            self._time_s = time * self._tick_s
        if self._counts_bytes:
            self._read += self._size
            self._size = packet.size
        elif time is not None:
            self._read = time

    def holes(self, seconds: float) -> HoleSum:
        """The hole of a stream that was read to its end, of which `seconds` were decoded."""
        holes = HoleSum()
        if self._last is not None and self._position >= self._last.pos:
            missing = max(0, self._last.timestamp - self._read)
            holes.add(self._at_s, missing * seconds / max(1, self._read + self._size))
        return holes
