"""Any stretch of a file in FFmpeg, in all its channels."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.decoder import BrokeOffError, CannotSeekError, is_cut_off, mix_down, require_rate
from genre_desktop.audio.decode.pyav_decoder import PyAVDecoder, to_channels
from genre_desktop.audio.decode.pyav_frames import frame_array
from genre_desktop.audio.decode.source_file import SourceFile
from genre_desktop.core.i18n import tr

_PREROLL_S = 0.5
"""Decoded before a stretch and thrown away, see `genre_desktop.audio.decode.pyav_excerpts`."""

_NEAR_S = 2.0
"""A stretch that begins this little behind the last one is decoded up to, and not gone to."""

_CODECS = frozenset({"aac", "ac3", "alac", "eac3", "flac", "mp1", "mp2", "mp3", "opus", "vorbis"})
_PLAIN = frozenset({"mp3", "aac"})
"""Formats whose packets lie in the file as they are decoded."""

_COARSEST_TICK_S = 1.0 / 8_000
_MAX_JUMP_S = 0.2


class PyAVRandomAccess:
    """Decodes a file from any place on.

    All packets are counted first, which costs a fifteenth of decoding them. In MP3 and AAC streams FFmpeg's own
    seeking guesses by the bit rate; there the packets are taken from the file where they were met. Other
    containers have a table or times of their own.

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
            codec = self._decoder.info.codec.removesuffix("float").removesuffix("_fixed")
            self._tick_s = float(self._stream.time_base or 1)
            if codec not in _CODECS or self._tick_s > _COARSEST_TICK_S:
                raise CannotSeekError(tr("{codec} is read in full", codec=codec))
            self._is_plain = self._decoder.container.format.name in _PLAIN
            # Of each packet, in 20 bytes: three hours of MP3 have 400 000.
            self._times, self._places, self._sizes = array("q"), array("q"), array("i")
            self._count()
            promised_s = self._decoder.info.promised_s
            if promised_s is not None and is_cut_off(promised_s, self.n_frames / self.sample_rate):
                raise CannotSeekError(tr("the end is missing"))
        except BaseException:
            self._decoder.close()
            raise
        self._run: _DecodedRange | None = None

    def _count(self) -> None:
        first: Any = None
        expected = end = 0
        try:
            for number, packet in enumerate(self._decoder.packets()):
                if number % 1_000 == 0 and self._is_cancelled():
                    raise CannotSeekError(tr("cancelled"))
                if not packet.size:
                    continue
                if packet.pts is None or not packet.duration or (self._is_plain and packet.pos is None):
                    raise CannotSeekError(tr("times are missing"))
                if end and abs(packet.pts - expected) * self._tick_s > _MAX_JUMP_S:
                    raise CannotSeekError(tr("times jump"))
                expected = end = packet.pts + packet.duration
                if self._is_plain:
                    self._times.append(packet.pts)
                    self._places.append(packet.pos)
                    self._sizes.append(packet.size)
                if first is None:
                    first = next(iter(_decode(self._stream.codec_context, packet)), None)
        except BrokeOffError as error:
            raise CannotSeekError(error.reason) from error
        if first is None or first.pts is None:
            raise CannotSeekError(tr("nothing could be decoded"))
        self._origin = first.pts  # the encoder's delay is cut off before it
        self.sample_rate = require_rate(first.sample_rate)
        self.channels = int(first.layout.nb_channels)
        self.n_frames = max(0, self._frame_at(end))
        promised_s = self._decoder.info.promised_s
        if promised_s is not None and self._is_plain:  # what an encoder filled its last frame up with is no sound
            self.n_frames = min(self.n_frames, round(promised_s * self.sample_rate))

    def frames_at(self, start: int, count: int) -> NDArray[np.float32]:
        """Decode a stretch.

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
        run = self._run
        if run is None or not run.begin <= start <= run.end + _NEAR_S * self.sample_rate:
            self._run = run = self._go_to(start)
        while run.end < end and run.advance():
            if self._is_cancelled():
                break
        samples = run.cut(start, end)
        if self._source.error is not None:
            raise CannotSeekError(tr("the drive fails"))
        return samples

    def close(self) -> None:
        """Free what FFmpeg holds, and close the file."""
        self._run = None
        self._decoder.close()
        self._source.close()

    def _frame_at(self, time: int | None) -> int:
        if time is None:
            raise CannotSeekError(tr("times are missing"))
        seconds: float = (time - self._origin) * self._tick_s
        return round(seconds * self.sample_rate)

    def _go_to(self, start: int) -> _DecodedRange:
        wanted = self._origin + int((start / self.sample_rate - _PREROLL_S) / self._tick_s)
        self._stream.codec_context.flush_buffers()
        if self._is_plain:
            first = max(0, bisect_right(self._times, wanted) - 1)
            packets = self._packets_from(first)
        else:
            try:
                self._decoder.container.seek(wanted, stream=self._stream)
            except Exception as error:  # whatever the library says of it
                raise CannotSeekError(str(error)) from error
            packets = self._decoder.packets()
        run = _DecodedRange(self._stream.codec_context, packets, self._frame_at, self.sample_rate, self.channels)
        while run.advance():
            if run.end > start:
                break
        if run.begin > start:
            raise CannotSeekError(tr("sample {sample} is not where it should be", sample=start))
        return run

    def _packets_from(self, first: int) -> Iterator[Any]:
        import av

        for number in range(first, len(self._times)):
            packet = av.Packet(self._source.peek_at(self._source.base + self._places[number], self._sizes[number]))
            packet.pts = packet.dts = self._times[number]
            packet.time_base = self._stream.time_base
            yield packet
        yield None  # what the decoder holds back


class _DecodedRange:
    """Frames decoded one after the other, the last few seconds of them kept."""

    def __init__(
        self,
        codec: Any,
        packets: Iterator[Any],
        frame_at: Callable[[int | None], int],
        sample_rate: int,
        channels: int,
    ) -> None:
        self._codec = codec
        self._packets = packets
        self._frame_at = frame_at
        self._sample_rate = sample_rate
        self._channels = channels
        self._arrays: list[NDArray[np.float32]] = []
        self._is_going = False
        self.begin = self.end = 0

    def advance(self) -> bool:
        """Decode one more packet; False at the end."""
        try:
            packet = next(self._packets, None)
        except BrokeOffError as error:
            raise CannotSeekError(error.reason) from error
        ended = packet is None or not packet.size
        try:
            frames = _decode(self._codec, packet)
        except CannotSeekError:
            if self._is_going or ended:
                raise
            return True  # a frame that refers to one which was left out
        for frame in frames:
            self._push(frame)
        return not ended

    def _push(self, frame: Any) -> None:
        if frame.sample_rate != self._sample_rate:
            raise CannotSeekError(tr("the kind of sound changes"))
        kind = (frame.format.name, frame.layout.nb_channels, frame.sample_rate)
        samples = to_channels([frame_array(frame)], kind)
        if samples.shape[1] != self._channels:
            samples = np.repeat(mix_down(samples)[:, np.newaxis], self._channels, axis=1)
        at = self._frame_at(frame.pts)
        if not self._is_going:
            self.begin = self.end = at
            self._is_going = True
        elif at < self.end and len(self._arrays) < _SETTLING:
            # FFmpeg says a time up to a block too late for the first Vorbis frame of a page, never one too early.
            self.begin -= self.end - at
            self.end = at
        if abs(at - self.end) > _MAX_JUMP_S * self._sample_rate:
            raise CannotSeekError(tr("times jump"))
        self._arrays.append(samples)
        self.end += len(samples)

    def cut(self, start: int, end: int) -> NDArray[np.float32]:
        """Samples from `start` to before `end`, as far as they are here; what is before them is let go."""
        while self._arrays and self.begin + len(self._arrays[0]) <= start and len(self._arrays) > 1:
            self.begin += len(self._arrays.pop(0))
        if not self._arrays:
            return np.empty((0, self._channels), dtype=np.float32)
        joined = np.concatenate(self._arrays)
        self._arrays = [joined]
        return joined[max(0, start - self.begin) : max(0, end - self.begin)]


_SETTLING = 8
"""Frames after going somewhere whose times may correct it."""


def _decode(codec: Any, packet: Any) -> list[Any]:
    import av

    try:
        frames: list[Any] = codec.decode(packet)
        return frames
    except av.error.EOFError:
        return []
    except Exception as error:
        raise CannotSeekError(str(error)) from error
