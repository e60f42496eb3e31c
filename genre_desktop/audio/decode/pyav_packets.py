"""Packets whose times tell the number of a sample: what reading parts of a file in FFmpeg stands on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.decoder import MAX_RATE, MIN_RATE, BrokeOffError, CannotSeekError, mix_down
from genre_desktop.audio.decode.pyav_decoder import PyAVDecoder
from genre_desktop.audio.decode.pyav_frames import FrameBuffer, FrameFormat
from genre_desktop.core.i18n import tr

PREROLL_S = 0.5
"""Decoded before a range and thrown away. An MP3 frame refers to bytes of up to ten frames before it (0.26 s at
44.1 kHz), Opus needs 80 ms, AAC and Vorbis overlap with one frame."""

_CODECS = frozenset({"aac", "ac3", "alac", "eac3", "flac", "mp1", "mp2", "mp3", "opus", "vorbis"})
"""Codecs whose frames come out the same whether or not the frames long before were decoded (tested for each)."""

_COARSEST_TICK_S = 1.0 / 8_000
"""Matroska and ASF count milliseconds, too coarse to tell one sample from the next."""

_MAX_JUMP_S = 0.2
"""Largest gap between the times of two packets: more is a hole, or another stream behind the first. A long Vorbis
block is 0.1 s."""

_LONGEST_PACKET_S = 10.0
"""The longest FLAC frame has 65 535 samples: 8 s at 8 kHz. More comes from a wrong time at the end of an Ogg stream."""

_EQUAL = frozenset({"aac", "ac3", "alac", "mp1", "mp2", "mp3"})
"""Codecs whose frames all have the same length, apart from the last."""

_CANCEL_EVERY = 1_000
"""Packets between two calls of `is_cancelled`."""

_MEASURED_FRAMES = 2
_SETTLING_FRAMES = 8
"""Frames at the beginning of a range whose times may correct where it begins."""


@dataclass(frozen=True)
class SampleClock:
    """Conversion between the times of packets and numbers of samples.

    Attributes
    ----------
    tick_s : float
        Unit of packet times, in seconds.
    origin : int
        Time of the first decoded sample, in ticks: the encoder's delay is cut off before it.
    sample_rate : int
        In Hz.
    """

    tick_s: float
    origin: int
    sample_rate: int

    @classmethod
    def starting_with(cls, frame: Any, tick_s: float) -> SampleClock:
        """The clock of a stream whose first frame is `frame` (None where nothing could be decoded).

        Raises
        ------
        CannotSeekError
        """
        if frame is None or frame.pts is None:
            raise CannotSeekError(tr("nothing could be decoded"))
        if not MIN_RATE <= frame.sample_rate <= MAX_RATE:
            raise CannotSeekError(tr("a sample rate of {rate} Hz", rate=frame.sample_rate))
        return cls(tick_s, frame.pts, frame.sample_rate)

    def sample_at(self, time: int | None) -> int:
        """Number of the sample at a time in ticks.

        Raises
        ------
        CannotSeekError
            For a packet or frame without a time.
        """
        if time is None:
            raise CannotSeekError(tr("times are missing"))
        seconds: float = (time - self.origin) * self.tick_s
        return round(seconds * self.sample_rate)

    def preroll_ticks(self, sample: int) -> float:
        """Ticks from `origin` to where decoding must begin for all samples from `sample` on to be right."""
        return (sample / self.sample_rate - PREROLL_S) / self.tick_s


def require_exact_times(decoder: PyAVDecoder) -> float:
    """Unit of a stream's packet times in seconds.

    Raises
    ------
    CannotSeekError
        For a codec whose frames depend on the whole past, and for times too coarse to tell samples apart.
    """
    codec = _plain_name(decoder)
    if codec not in _CODECS:
        raise CannotSeekError(tr("{codec} is read in full", codec=codec))
    tick_s = float(decoder.stream.time_base or 1)
    if tick_s > _COARSEST_TICK_S:
        raise CannotSeekError(tr("times in steps of {step_ms:.1f} ms", step_ms=1_000 * tick_s))
    return tick_s


def _plain_name(decoder: PyAVDecoder) -> str:
    return decoder.info.codec.removesuffix("float").removesuffix("_fixed")


def timed_packets(decoder: PyAVDecoder, tick_s: float, is_cancelled: Callable[[], bool]) -> Iterator[Any]:
    """All packets of a stream from its beginning, each checked to follow the one before; fewer when cancelled.

    Yields
    ------
    av.Packet
        With a time and a duration; an empty one at the end flushes the decoder.

    Raises
    ------
    CannotSeekError
        Where times are missing or jump, at damage, and where the packets show that sound is missing between them.
    """
    expected: int | None = None
    begin = 0
    holes = decoder.holes.packets
    longest, jump = _LONGEST_PACKET_S / tick_s, _MAX_JUMP_S / tick_s
    try:
        for number, packet in enumerate(decoder.packets()):
            if number % _CANCEL_EVERY == 0 and is_cancelled():
                return
            size = packet.size
            if size:
                time, duration = packet.pts, packet.duration  # asked once: there are ten thousand packets in a track
                if time is None or not duration:
                    raise CannotSeekError(tr("times are missing"))
                if not 0 < duration <= longest:
                    raise CannotSeekError(tr("times jump"))
                if expected is not None and not -jump <= time - expected <= jump:
                    raise CannotSeekError(tr("times jump"))
                if expected is None:
                    begin = time
                expected = time + duration
                if holes.is_waiting or size > holes.limit:
                    holes.push(packet, is_decoded=size <= holes.limit)
            yield packet
    except BrokeOffError as error:
        raise CannotSeekError(error.reason) from error
    if holes.holes(((expected or 0) - begin) * tick_s).missing() is not None:
        raise CannotSeekError(tr("sound is missing"))


def decode_packet(codec_context: Any, packet: Any) -> list[Any]:
    """Frames of a packet.

    Raises
    ------
    CannotSeekError
        At damage: reading in full goes on behind it and reports what was lost.
    """
    try:
        frames: list[Any] = codec_context.decode(packet)
        return frames
    except EOFError:  # PyAV's own is a kind of it
        return []
    except Exception as error:  # whatever the library raises
        raise CannotSeekError(str(error)) from error


class PacketTally:
    """The packets of a stream from its beginning, of which the first are decoded to know their sound.

    Parameters
    ----------
    decoder : PyAVDecoder
    tick_s : float
        Unit of packet times, in seconds.

    Attributes
    ----------
    first : av.AudioFrame or None
    end : int
        Time behind the last packet, in ticks.
    """

    def __init__(self, decoder: PyAVDecoder, tick_s: float) -> None:
        self._context = decoder.stream.codec_context
        self._is_equal = _plain_name(decoder) in _EQUAL
        self._has_adts = decoder.container.format.name == "aac"
        self._kind = b""
        self._tick_s = tick_s
        self._begin: int | None = None
        self._n_packets = self._n_frames = 0
        self._frame_s = 0.0
        self.first: Any = None
        self.end = 0

    def push(self, packet: Any) -> None:
        """Count a packet that is not empty.

        Raises
        ------
        CannotSeekError
            At damage in one of the first packets, and where the sound changes in an AAC stream.
        """
        if self._has_adts:
            head = bytes(memoryview(packet)[:4])
            kind = bytes((head[2] & 0x3D, head[3] & 0xC0)) if len(head) == 4 else b""
            if kind != (self._kind or kind):
                raise CannotSeekError(tr("the kind of sound changes"))
            self._kind = kind
        self._n_packets += 1
        if self._begin is None:
            self._begin = packet.pts
        self.end = packet.pts + packet.duration
        if self._n_frames < _MEASURED_FRAMES:
            for frame in decode_packet(self._context, packet):
                self.first = self.first or frame
                # The first is cut off where an encoder's delay is in it.
                is_whole = frame.samples == self._context.frame_size
                self._n_frames += _MEASURED_FRAMES if is_whole else 1
                self._frame_s = max(self._frame_s, frame.samples / max(1, frame.sample_rate))

    def require_fit(self) -> None:
        """Check that the times of the packets are as long as the sound in them.

        Raises
        ------
        CannotSeekError
            Where a header gives wrong times, or the sampling rate changes.
        """
        length_s = (self.end - (self._begin or 0)) * self._tick_s
        if self._is_equal and abs(self._n_packets * self._frame_s - length_s) > _MAX_JUMP_S:
            raise CannotSeekError(tr("times do not fit the sound"))


class DecodedRange:
    """Frames decoded one after the other, cut by the numbers of their samples.

    Samples are converted when they are cut: most of a preroll never is.

    Parameters
    ----------
    clock : SampleClock
    frame_format : FrameFormat
        Of the first frame of the file.
    may_vary : bool
        Accept frames with another sample format or number of channels, which are mixed down and repeated.

    Attributes
    ----------
    begin, end : int
        The first sample held, and the one behind the last.
    """

    def __init__(self, clock: SampleClock, frame_format: FrameFormat, *, may_vary: bool = False) -> None:
        self._clock = clock
        self._format = frame_format
        self._may_vary = may_vary
        self._buffers: list[FrameBuffer] = []
        self._n_pushed = 0
        self.begin = self.end = 0

    @property
    def is_empty(self) -> bool:
        """True before the first frame."""
        return not self._n_pushed

    def push(self, frame: Any) -> None:
        """Append an `av.AudioFrame`.

        Raises
        ------
        CannotSeekError
            When its time or its format does not fit.
        """
        frame_format = FrameFormat.of(frame)
        if frame_format != self._format and (
            not self._may_vary or frame_format.sample_rate != self._format.sample_rate
        ):
            raise CannotSeekError(tr("the kind of sound changes"))
        at = self._clock.sample_at(frame.pts)
        if self.is_empty:
            self.begin = self.end = at
        elif at < self.end and self._n_pushed < _SETTLING_FRAMES:
            # FFmpeg's time of the first Vorbis frame of a page is up to a block too late, and never too early.
            self.begin -= self.end - at
            self.end = at
        if abs(at - self.end) > _MAX_JUMP_S * self._clock.sample_rate:
            raise CannotSeekError(tr("times jump"))
        if not self._buffers or self._buffers[-1].format != frame_format:
            self._buffers.append(FrameBuffer(frame_format))
        self._buffers[-1].push(frame)
        self._n_pushed += 1
        self.end += frame.samples

    def cut(self, start: int, end: int) -> NDArray[np.float32]:
        """Samples from `start` to before `end`, as far as they were pushed; frames before `start` are dropped.

        Returns
        -------
        ndarray of float32 [shape=(n, channels)]
            Empty where the range begins after `start`.
        """
        self._drop_before(start)
        if not self._buffers or self.begin > start:
            return np.empty((0, self._format.channels), dtype=np.float32)
        parts, at = [], self.begin
        for buffer in self._buffers:
            parts.append(self._converted(buffer, end - at))
            at += sum(buffer.lengths)
            if at >= end:
                break
        joined = parts[0] if len(parts) == 1 else np.concatenate(parts)
        return joined[start - self.begin : max(start, end) - self.begin]

    def _drop_before(self, start: int) -> None:
        """Drop the frames that end before `start`, except the last."""
        while self._buffers:
            lengths, is_last = self._buffers[0].lengths, len(self._buffers) == 1
            n_dropped = 0
            while n_dropped < len(lengths) - is_last and self.begin + lengths[n_dropped] <= start:
                self.begin += lengths[n_dropped]
                n_dropped += 1
            self._buffers[0].drop(n_dropped)
            if lengths or is_last:
                return
            del self._buffers[0]

    def _converted(self, buffer: FrameBuffer, count: int) -> NDArray[np.float32]:
        """The frames of a buffer that hold its first samples, with the channels of the others."""
        samples = buffer.samples(int(np.searchsorted(np.cumsum(buffer.lengths), count)) + 1)
        if buffer.format.channels == self._format.channels:
            return samples
        return np.repeat(mix_down(samples)[:, np.newaxis], self._format.channels, axis=1)
