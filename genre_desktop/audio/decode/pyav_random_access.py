"""Random access to a file in FFmpeg, in all its channels."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.decoder import BrokeOffError, CannotSeekError, is_cut_off
from genre_desktop.audio.decode.pyav_decoder import PyAVDecoder
from genre_desktop.audio.decode.pyav_frames import FrameFormat
from genre_desktop.audio.decode.pyav_packets import (
    DecodedRange,
    PacketTally,
    SampleClock,
    decode_packet,
    require_exact_times,
    timed_packets,
)
from genre_desktop.audio.decode.source_file import SourceFile
from genre_desktop.core.i18n import tr

_NEAR_S = 2.0
"""A range that begins at most this far behind the last one is reached by decoding on, without a seek."""

_MOST_FILLING = 4_608
"""Samples that an encoder adds at most: LAME's delay of 1 105, and up to two frames behind the end."""

_PLAIN = frozenset({"mp3", "aac"})
"""Formats whose packets lie in the file as they are decoded."""


class PyAVRandomAccess:
    """Decodes any range of a file.

    All packets are counted first, which costs a fifteenth of decoding them. In MP3 and AAC streams FFmpeg's own seeking
    guesses by the bit rate; there packets are read from the offsets noted while counting. Other containers have a table
    or times of their own.

    Parameters
    ----------
    source : SourceFile
        Closed with this.
    open_decoder : callable
        Opens the file in FFmpeg, at its beginning.
    is_cancelled : callable

    Attributes
    ----------
    sample_rate, channels, n_frames : int
        A frame is one sample of each channel.

    Raises
    ------
    CannotOpenError
    CannotSeekError
        Where times are missing, too coarse, or jump, and when cancelled.
    """

    def __init__(
        self, source: SourceFile, open_decoder: Callable[[], PyAVDecoder], is_cancelled: Callable[[], bool]
    ) -> None:
        self._source = source
        self._is_cancelled = is_cancelled
        self._decoder = open_decoder()
        try:
            self._stream = self._decoder.stream
            self._is_plain = self._decoder.container.format.name in _PLAIN
            # Of each packet, in 20 bytes: three hours of MP3 have 400 000.
            self._times, self._offsets, self._sizes = array("q"), array("q"), array("i")
            self._count(require_exact_times(self._decoder))
            promised_s = self._decoder.info.promised_s
            if promised_s is not None and is_cut_off(promised_s, self.n_frames / self.sample_rate):
                raise CannotSeekError(tr("the end is missing"))
        except BaseException:
            self._decoder.close()
            raise
        self._range: DecodedRange | None = None
        self._packets: Iterator[Any] = iter(())

    def _count(self, tick_s: float) -> None:
        tally = PacketTally(self._decoder, tick_s)
        for packet in timed_packets(self._decoder, tick_s, self._is_cancelled):
            if not packet.size:
                continue
            tally.push(packet)
            if self._is_plain:
                if packet.pos is None:
                    raise CannotSeekError(tr("times are missing"))
                self._times.append(packet.pts)
                self._offsets.append(packet.pos)
                self._sizes.append(packet.size)
        if self._is_cancelled():
            raise CannotSeekError(tr("cancelled"))
        self._clock = SampleClock.starting_with(tally.first, tick_s)
        tally.require_fit()
        self.sample_rate = self._clock.sample_rate
        self._format = FrameFormat.of(tally.first)
        self.channels = self._format.channels
        self.n_frames = max(0, self._clock.sample_at(tally.end))
        promised_s = self._decoder.info.promised_s
        if promised_s is not None and self._is_plain:
            # Without the silence that fills an encoder's last frames; a header may also be that of another file.
            promised = round(promised_s * self.sample_rate)
            if self.n_frames - promised <= _MOST_FILLING:
                self.n_frames = min(self.n_frames, promised)

    def frames_at(self, start: int, count: int) -> NDArray[np.float32]:
        """Decode a range.

        Returns
        -------
        ndarray of float32 [shape=(n, n_channels)]
            Shorter than `count` only at the end.

        Raises
        ------
        CannotSeekError
            At damage.
        """
        end = min(start + count, self.n_frames)
        if end <= start:
            return np.empty((0, self.channels), dtype=np.float32)
        decoded = self._range
        if decoded is None or not decoded.begin <= start <= decoded.end + _NEAR_S * self.sample_rate:
            decoded = self._seek(start)
        while decoded.end < end and self._decode_next(decoded):
            if self._is_cancelled():
                break
        samples = np.ascontiguousarray(decoded.cut(start, end))
        if self._source.error is not None:
            raise CannotSeekError(tr("the drive fails"))
        return samples

    def close(self) -> None:
        """Free what FFmpeg holds, and close the file."""
        self._range, self._packets = None, iter(())
        self._decoder.close()
        self._source.close()

    def _seek(self, start: int) -> DecodedRange:
        """Begin a new range that holds sample `start`."""
        self._range = None
        wanted = self._clock.origin + int(self._clock.preroll_ticks(start))
        self._stream.codec_context.flush_buffers()
        if self._is_plain:
            self._packets = self._packets_from(max(0, bisect_right(self._times, wanted) - 1))
        else:
            try:
                self._decoder.container.seek(wanted, stream=self._stream)
            except Exception as error:  # whatever the library raises
                raise CannotSeekError(str(error)) from error
            self._packets = self._decoder.packets()
        decoded = DecodedRange(self._clock, self._format, may_vary=True)
        while self._decode_next(decoded):
            if decoded.end > start:
                break
        if decoded.begin > start:
            raise CannotSeekError(tr("sample {sample} is not where it should be", sample=start))
        self._range = decoded
        return decoded

    def _packets_from(self, first: int) -> Iterator[Any]:
        import av

        for number in range(first, len(self._times)):
            packet = av.Packet(self._source.look_at(self._offsets[number], self._sizes[number]))
            packet.pts = packet.dts = self._times[number]
            packet.time_base = self._stream.time_base
            yield packet
        yield None  # flushes the decoder

    def _decode_next(self, decoded: DecodedRange) -> bool:
        """Decode one more packet into a range; False at the end."""
        try:
            packet = next(self._packets, None)
        except BrokeOffError as error:
            raise CannotSeekError(error.reason) from error
        is_last = packet is None or not packet.size
        try:
            frames = decode_packet(self._stream.codec_context, packet)
        except CannotSeekError:
            if is_last or not decoded.is_empty:
                raise
            return True  # refers to a frame before the first one decoded
        for frame in frames:
            decoded.push(frame)
        return not is_last
