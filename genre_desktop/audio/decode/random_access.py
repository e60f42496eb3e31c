"""Random access to a sound file in all its channels: for playing it and for drawing parts of it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable, Iterator
from functools import partial
from types import TracebackType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.audio_reader import AudioReader, open_audio
from genre_desktop.audio.decode.containers.streams import show_only_stream
from genre_desktop.audio.decode.decoder import CannotOpenError, CannotSeekError, replace_non_finite
from genre_desktop.audio.decode.downmix import downmix, segment_frames
from genre_desktop.audio.decode.file_format import OGG
from genre_desktop.audio.decode.pyav_decoder import PyAVDecoder
from genre_desktop.audio.decode.pyav_random_access import PyAVRandomAccess
from genre_desktop.audio.decode.soundfile_decoder import CONTAINERS as SOUNDFILE_CONTAINERS
from genre_desktop.audio.decode.soundfile_random_access import SoundFileRandomAccess
from genre_desktop.audio.decode.source_file import SourceFile

_BLOCK_S = 1.0
"""Seconds decoded at a time where a file is read from its beginning."""


class _Frames(Protocol):
    """Frames of a file by their number, in one decoding library."""

    sample_rate: int
    channels: int
    n_frames: int

    def frames_at(self, start: int, count: int) -> NDArray[np.float32]: ...

    def close(self) -> None: ...


class RandomAccessReader:
    """An open sound file of which any range can be read, at its own rate.

    Made by `open_random_access`. Reading on where the last range ended is cheap.

    Attributes
    ----------
    sample_rate : int
        Of the file, in Hz.
    channels : int
        1 for a file that can only be read from its beginning (a damaged one), whatever it has.
    n_frames : int
        Samples of each channel; what the header says, where the true length is known only at the end.
    """

    def __init__(self, path: str | os.PathLike[str], frames: _Frames, is_cancelled: Callable[[], bool]) -> None:
        self._path = path
        self._frames = frames
        self._is_cancelled = is_cancelled
        self.sample_rate, self.channels, self.n_frames = frames.sample_rate, frames.channels, frames.n_frames

    @property
    def is_seekable(self) -> bool:
        """Whether any range is quickly read; otherwise all before it is decoded, and again to go back."""
        return not isinstance(self._frames, _SequentialFrames)

    def read(self, start: int, count: int) -> NDArray[np.float32]:
        """Decode a range.

        Parameters
        ----------
        start, count : int
            In samples of each channel.

        Returns
        -------
        ndarray of float32 [shape=(n, channels)]
            Finite. Shorter than `count` only where the sound ends.

        Raises
        ------
        AudioReadError
            When the drive fails.
        """
        start = max(start, 0)
        try:
            samples = self._frames.frames_at(start, count)
        except CannotSeekError:
            # Damage found only now: reading in order gives what comes before and behind it.
            self._frames.close()
            self._frames = _SequentialFrames(self._path, self._is_cancelled)
            samples = self._frames.frames_at(start, count)
        samples = replace_non_finite(samples)
        if samples.shape[1] != self.channels:
            samples = np.repeat(samples, self.channels, axis=1)
        return samples

    def read_mono(self, start: int, count: int) -> NDArray[np.float32]:
        """Decode a range and mix it down [shape=(n,)] as `AudioReader` does; see `read`."""
        start = max(start, 0)
        segment = segment_frames(self.channels, self.sample_rate)
        if self.channels == 1 or count >= segment:
            return downmix(self.read(start, count), self.sample_rate, start)
        before = start % segment  # a short range alone does not tell how it is mixed
        frames = self.read(start - before, max(before + count, segment))
        return downmix(frames, self.sample_rate, start - before)[before : before + count]

    def close(self) -> None:
        """Close the file; harmless when done twice."""
        self._frames.close()

    def __enter__(self) -> RandomAccessReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_random_access(
    path: str | os.PathLike[str], is_cancelled: Callable[[], bool] = lambda: False
) -> RandomAccessReader:
    """Open a sound file, whose format is told by its content and never by its name.

    Parameters
    ----------
    path : path-like
    is_cancelled : callable, optional
        Called now and then while packets are counted or passed over; what is read after it returned True is of no use.

    Returns
    -------
    RandomAccessReader
        To be closed, best by ``with``.

    Raises
    ------
    AudioError
        As `genre_desktop.audio.decode.audio_reader.open_audio` does.
    """
    source = SourceFile(path)
    try:
        frames = _open_seekable(source, show_only_stream(source), is_cancelled)
    except CannotSeekError:
        source.close()
        return RandomAccessReader(path, _SequentialFrames(path, is_cancelled), is_cancelled)
    except BaseException:
        source.close()
        raise
    return RandomAccessReader(path, frames, is_cancelled)


def _open_seekable(source: SourceFile, container: str, is_cancelled: Callable[[], bool]) -> _Frames:
    try:
        if container in SOUNDFILE_CONTAINERS and container != OGG:
            return SoundFileRandomAccess(source, container)
        return PyAVRandomAccess(source, partial(PyAVDecoder, source, container), is_cancelled)
    except CannotOpenError as error:
        raise CannotSeekError(error.reason) from error


class _SequentialFrames:
    """Frames of a file decoded in order, and from its beginning again to go back: slow, but gets past damage."""

    channels = 1

    def __init__(self, path: str | os.PathLike[str], is_cancelled: Callable[[], bool]) -> None:
        self._path = path
        self._is_cancelled = is_cancelled
        self._reader: AudioReader = open_audio(path)
        self.sample_rate = self._reader.info.sample_rate
        self.n_frames = round((self._reader.info.duration_s or 0.0) * self.sample_rate)
        self._start_over()

    def _start_over(self) -> None:
        self._blocks: Iterator[NDArray[np.float32]] = self._reader.blocks(self.sample_rate, _BLOCK_S)
        self._buffer = np.empty(0, dtype=np.float32)
        self._buffer_start = 0

    def frames_at(self, start: int, count: int) -> NDArray[np.float32]:
        if start < self._buffer_start:
            self._reader.close()
            self._reader = open_audio(self._path)
            self._start_over()
        while self._buffer_start + self._buffer.size < start + count and not self._is_cancelled():
            block = next(self._blocks, None)
            if block is None:
                break
            if self._buffer_start + self._buffer.size <= start:  # none of it is wanted
                self._buffer_start += self._buffer.size
                self._buffer = block
            else:
                self._buffer = np.concatenate((self._buffer, block))
        first = min(start - self._buffer_start, self._buffer.size)
        samples = self._buffer[first : first + count]
        self._buffer_start += first  # kept from here on: the same range may be read again
        self._buffer = self._buffer[first:]
        return samples[:, np.newaxis]

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._reader.close()
