"""Some stretches of a file in FFmpeg, without decoding the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.decoder import BrokeOffError, CannotOpenError, CannotSeekError, require_rate
from genre_desktop.audio.decode.pyav_decoder import PyAVDecoder, to_mono
from genre_desktop.audio.decode.pyav_frames import frame_array
from genre_desktop.core.i18n import tr

_CODECS = frozenset({"aac", "ac3", "alac", "eac3", "flac", "mp1", "mp2", "mp3", "opus", "vorbis"})
"""Those whose frames come out the same whether or not those long before were decoded (tested for each)."""

_PREROLL_S = 0.5
"""Decoded before a stretch and thrown away. An MP3 frame refers to bytes of up to ten frames before it (0.26 s at
44.1 kHz), Opus wants 80 ms, AAC and Vorbis overlap with one frame."""

_COARSEST_TICK_S = 1.0 / 8_000
"""Matroska and ASF count milliseconds, which cannot say where a sample stands."""

_MAX_JUMP_S = 0.2
"""Between the times of packets: more is a hole, or another stream behind the first. A long Vorbis block is 0.1 s."""

_KEPT_BYTES = 32 << 20
"""Packets are kept for the next round up to here, a quarter of an hour of MP3; longer files are read again."""


class PyAVExcerpts:
    """Decodes chosen packets of a file.

    All packets are taken from the file, and few of them decoded. That costs a fifteenth of decoding all,
    and times are counted from the first packet on, as when reading in full. Seeking in the
    file would be cheaper still and lands where the container says: the table in the
    header of an MP3 is a second off, and without one the place is a guess from the bit rate. What does not seek
    cannot hang in a seek either.

    Parameters
    ----------
    reopen : callable
        Opens the file in FFmpeg, at its beginning.
    is_cancelled : callable
        Asked now and then while packets go by.

    Attributes
    ----------
    rate : int
        Sampling rate of what is decoded, in Hz.
    n_samples : int
        Length of the sound, by the times of its packets.

    Raises
    ------
    CannotOpenError
    CannotSeekError
        Where times are missing, too coarse, or jump, and when cancelled.
    """

    def __init__(self, reopen: Callable[[], PyAVDecoder], is_cancelled: Callable[[], bool]) -> None:
        self._reopen = reopen
        self._is_cancelled = is_cancelled
        self._decoder = reopen()
        self.info = self._decoder.info
        try:
            codec = self.info.codec.removesuffix("float").removesuffix("_fixed")
            if codec not in _CODECS:
                raise CannotSeekError(tr("{codec} is read in full", codec=codec))
            self._tick_s = float(self._decoder.stream.time_base or 1)
            if self._tick_s > _COARSEST_TICK_S:
                raise CannotSeekError(tr("times in steps of {step_ms:.1f} ms", step_ms=1_000 * self._tick_s))
            self._kept: list[Any] | None = None
            self._measure()
        except BaseException:
            self.close()
            raise

    def _measure(self) -> None:
        kept: list[Any] = []
        n_bytes = end = 0
        first: Any = None
        for packet in self._fresh_packets():
            if packet.size:
                end = packet.pts + (packet.duration or 0)
                if first is None:
                    first = next(iter(_decode(packet)), None)
            n_bytes += packet.size
            if n_bytes <= _KEPT_BYTES:
                kept.append(packet)
            else:
                kept.clear()
        if self._is_cancelled():
            raise CannotSeekError(tr("cancelled"))
        if first is None or first.pts is None:
            raise CannotSeekError(tr("nothing could be decoded"))
        self._kind = _kind(first)
        self._origin = first.pts  # the encoder's delay is cut off before it
        self.rate = require_rate(first.sample_rate)
        self.n_samples = max(0, self._sample_at(end))
        if n_bytes <= _KEPT_BYTES:
            self._kept = kept

    def stretches(self, spans: Sequence[tuple[int, int]]) -> Iterator[NDArray[np.float32]]:
        """Decode some stretches.

        Parameters
        ----------
        spans : sequence of (int, int)
            First sample and the one behind the last, in the file's rate, in the order of
            their beginnings. They may overlap.

        Yields
        ------
        ndarray of float32 [shape=(n,)]
            Mono; shorter where the sound ends before.

        Raises
        ------
        CannotSeekError
            At the first damage.
        """
        waiting = list(reversed(spans))
        run: _DecodedRange | None = None  # None while packets are passed over
        needed_from = self._preroll_of(waiting)
        for packet in self._packets_again():
            if not waiting:
                return
            if packet.size and packet.pts + packet.duration <= needed_from:
                run = None
                continue
            if run is None:
                if not packet.size:
                    break
                self._decoder.stream.codec_context.flush_buffers()
                run = _DecodedRange(self._kind)
            try:
                # The empty packet at the end brings out what the decoder holds back.
                frames = _decode(packet)
            except CannotSeekError:
                if not packet.size or self._sample_at(packet.pts) >= waiting[-1][0] - self.rate * _PREROLL_S / 2:
                    raise
                run = _DecodedRange(self._kind)  # a frame that refers to one which was left out
                continue
            for frame in frames:
                run.push(frame, self._sample_at(frame.pts))
            while waiting and run.end >= waiting[-1][1]:
                yield run.cut(*waiting.pop())
                needed_from = self._preroll_of(waiting)
        if self._is_cancelled():
            return
        run = run or _DecodedRange(self._kind)
        while waiting:
            yield run.cut(*waiting.pop())

    def close(self) -> None:
        """Free what FFmpeg holds."""
        self._kept = None
        self._decoder.close()

    def _preroll_of(self, waiting: Sequence[tuple[int, int]]) -> float:
        """Time, in the ticks of packets, from which on packets are needed for the next of some spans."""
        start = waiting[-1][0] if waiting else self.n_samples
        return float(self._origin + (start / self.rate - _PREROLL_S) / self._tick_s)

    def _sample_at(self, time: int | None) -> int:
        if time is None:
            raise CannotSeekError(tr("times are missing"))
        seconds: float = (time - self._origin) * self._tick_s
        return round(seconds * self.rate)

    def _packets_again(self) -> Iterator[Any]:
        if self._kept is not None:
            return iter(self._kept)
        self._decoder.close()
        self._decoder = self._reopen()
        return self._fresh_packets()

    def _fresh_packets(self) -> Iterator[Any]:
        expected: int | None = None
        try:
            for number, packet in enumerate(self._decoder.packets()):
                if number % 1_000 == 0 and self._is_cancelled():
                    return
                if packet.size:
                    if packet.pts is None or not packet.duration:
                        raise CannotSeekError(tr("times are missing"))
                    if expected is not None and abs(packet.pts - expected) * self._tick_s > _MAX_JUMP_S:
                        raise CannotSeekError(tr("times jump"))
                    expected = packet.pts + packet.duration
                yield packet
        except BrokeOffError as error:
            raise CannotSeekError(error.reason) from error


class _DecodedRange:
    """Frames decoded one after the other."""

    def __init__(self, kind: tuple[str, int, int]) -> None:
        self._kind = kind
        self._arrays: list[NDArray[Any]] = []
        self._ends: list[int] = []
        self._begin: int | None = None

    @property
    def end(self) -> int:
        """The sample behind the last one; -1 before the first frame."""
        return -1 if self._begin is None else self._begin + self._ends[-1]

    def push(self, frame: Any, at: int) -> None:
        """Take a frame that begins with sample `at`, as its time says."""
        if _kind(frame) != self._kind:
            raise CannotSeekError(tr("the kind of sound changes"))
        so_far = self._ends[-1] if self._ends else 0
        # FFmpeg says a time up to a block too late for the first Vorbis frame of a page, and never one too early.
        begin = at - so_far
        if self._begin is None or begin < self._begin:
            self._begin = begin
        if begin - self._begin > _MAX_JUMP_S * self._kind[2]:
            raise CannotSeekError(tr("times jump"))
        self._arrays.append(frame_array(frame))
        self._ends.append(so_far + frame.samples)

    def cut(self, start: int, end: int) -> NDArray[np.float32]:
        """Mono samples from `start` to before `end`, as far as they are here."""
        begin = self._begin or 0
        first = int(np.searchsorted(self._ends, start - begin, side="right"))
        last = int(np.searchsorted(self._ends, end - begin, side="left")) + 1
        if begin > start or first >= len(self._arrays):
            return np.empty(0, dtype=np.float32)
        begin += self._ends[first - 1] if first else 0
        return to_mono(self._arrays[first:last], self._kind)[start - begin : end - begin]


def open_pyav_excerpts(reopen: Callable[[], PyAVDecoder], is_cancelled: Callable[[], bool]) -> PyAVExcerpts:
    """`PyAVExcerpts`, or `CannotSeekError` for whatever is in its way."""
    try:
        return PyAVExcerpts(reopen, is_cancelled)
    except CannotOpenError as error:
        raise CannotSeekError(error.reason) from error


def _kind(frame: Any) -> tuple[str, int, int]:
    return frame.format.name, frame.layout.nb_channels, frame.sample_rate


def _decode(packet: Any) -> list[Any]:
    import av

    try:
        frames: list[Any] = packet.decode()
        return frames
    except av.error.EOFError:
        return []
    except Exception as error:  # the full pass goes on behind it and says what was lost
        raise CannotSeekError(str(error)) from error
