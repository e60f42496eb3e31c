"""Excerpts of a file in FFmpeg, without decoding the rest."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.decoder import CannotSeekError
from genre_desktop.audio.decode.pyav_decoder import PyAVDecoder
from genre_desktop.audio.decode.pyav_frames import FrameFormat
from genre_desktop.audio.decode.pyav_packets import (
    PREROLL_S,
    DecodedRange,
    PacketTally,
    SampleClock,
    decode_packet,
    require_exact_times,
    timed_packets,
)
from genre_desktop.core.i18n import tr

_KEPT_BYTES = 32 << 20
"""Packets are kept in memory for decoding up to here, a quarter of an hour of MP3; longer files are read again."""


class PyAVExcerpts:
    """Decodes chosen packets of a file.

    All packets are read from the file, and few of them decoded. That costs a fifteenth of decoding all, and times are
    counted from the first packet on, as when reading in full. Seeking in the file would be cheaper still, but lands
    where the container says: the table in the header of an MP3 is a second off, and without one the place is a guess
    from the bit rate. What does not seek cannot hang in a seek either.

    Parameters
    ----------
    open_decoder : callable
        Opens the file in FFmpeg, at its beginning; called again where packets do not fit in memory.
    is_cancelled : callable
        Called now and then while packets are read.

    Attributes
    ----------
    info : StreamInfo
    notes : tuple of AudioError
    sample_rate : int
        Of what is decoded, in Hz.
    n_samples : int
        Length of the sound, by the times of its packets.

    Raises
    ------
    CannotOpenError
    CannotSeekError
        Where times are missing, too coarse, or jump, and when cancelled.
    """

    def __init__(self, open_decoder: Callable[[], PyAVDecoder], is_cancelled: Callable[[], bool]) -> None:
        self._open_decoder = open_decoder
        self._is_cancelled = is_cancelled
        self._decoder = open_decoder()
        self.info, self.notes = self._decoder.info, self._decoder.notes
        try:
            self._tick_s = require_exact_times(self._decoder)
            self._kept: list[Any] | None = None
            self._ends: list[int] = []  # of the packets kept, in ticks; never falling
            self._measure()
        except BaseException:
            self.close()
            raise

    def _measure(self) -> None:
        kept: list[Any] = []
        n_bytes, end = 0, -sys.maxsize
        tally = PacketTally(self._decoder, self._tick_s)
        for packet in timed_packets(self._decoder, self._tick_s, self._is_cancelled):
            size = packet.size
            if size:
                tally.push(packet)
                end = max(end, tally.end)
            else:
                end = sys.maxsize  # is always needed
            n_bytes += size
            if n_bytes <= _KEPT_BYTES:
                kept.append(packet)
                self._ends.append(end)
            else:
                kept.clear()
                self._ends.clear()
        if self._is_cancelled():
            raise CannotSeekError(tr("cancelled"))
        self._clock = SampleClock.starting_with(tally.first, self._tick_s)
        tally.require_fit()
        self._format = FrameFormat.of(tally.first)
        self.sample_rate = self._clock.sample_rate
        self.n_samples = max(0, self._clock.sample_at(tally.end))
        if n_bytes <= _KEPT_BYTES:
            self._kept = kept

    def read(self, ranges: Sequence[tuple[int, int]]) -> Iterator[NDArray[np.float32]]:
        """Decode some ranges.

        Parameters
        ----------
        ranges : sequence of (int, int)
            First sample and the one behind the last, in the file's rate, in the order of
            their beginnings. They may overlap.

        Yields
        ------
        ndarray of float32 [shape=(n, n_channels)]
            Shorter where the sound ends before.

        Raises
        ------
        CannotSeekError
            At the first damage.
        """
        waiting = list(reversed(ranges))
        decoded: DecodedRange | None = None  # None while packets are passed over
        needed_from = self._needed_from(waiting)
        packets = self._packets_for(waiting)
        codec_context = self._decoder.stream.codec_context
        for packet in packets:
            if not waiting:
                return
            if packet.size and packet.pts + packet.duration <= needed_from:
                decoded = None
                continue
            if decoded is None:
                if not packet.size:
                    break
                codec_context.flush_buffers()
                decoded = self._new_range()
            try:
                # The empty packet at the end flushes the decoder.
                frames = decode_packet(codec_context, packet)
            except CannotSeekError:
                in_preroll_until = waiting[-1][0] - self.sample_rate * PREROLL_S / 2
                if not packet.size or self._clock.sample_at(packet.pts) >= in_preroll_until:
                    raise
                decoded = self._new_range()  # the packet refers to a frame that was passed over
                continue
            for frame in frames:
                decoded.push(frame)
            while waiting and decoded.end >= waiting[-1][1]:
                yield decoded.cut(*waiting.pop())
                needed_from = self._needed_from(waiting)
        if self._is_cancelled():
            return
        decoded = decoded or self._new_range()
        while waiting:
            yield decoded.cut(*waiting.pop())

    def close(self) -> None:
        """Free what FFmpeg holds."""
        self._kept = None
        self._decoder.close()

    def _new_range(self) -> DecodedRange:
        return DecodedRange(self._clock, self._format)

    def _needed_from(self, waiting: Sequence[tuple[int, int]]) -> float:
        """Time, in the ticks of packets, from which on packets are needed for the next of some ranges."""
        start = waiting[-1][0] if waiting else self.n_samples
        return self._clock.origin + self._clock.preroll_ticks(start)

    def _packets_for(self, waiting: Sequence[tuple[int, int]]) -> Iterator[Any]:
        """The packets in order; of those in memory that no waiting range is in need of, only the last."""
        if self._kept is not None:
            return self._kept_packets(self._kept, waiting)
        self._decoder.close()
        self._decoder = self._open_decoder()
        return timed_packets(self._decoder, self._tick_s, self._is_cancelled)

    def _kept_packets(self, kept: Sequence[Any], waiting: Sequence[tuple[int, int]]) -> Iterator[Any]:
        # The last that is not needed is yielded too: it tells that something was passed over.
        number, n_waiting = 0, -1
        while number < len(kept):
            if len(waiting) != n_waiting:
                n_waiting = len(waiting)
                number = max(number, bisect_right(self._ends, self._needed_from(waiting)) - 1)
            yield kept[number]
            number += 1
