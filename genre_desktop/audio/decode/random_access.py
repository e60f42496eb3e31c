"""A sound file read here and there, in all its channels: for playing it and for looking at parts of it."""

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
from genre_desktop.audio.decode.decoder import CannotOpenError, CannotSeekError, finite, is_cut_off
from genre_desktop.audio.decode.file_format import OGG, detect_format
from genre_desktop.audio.decode.pyav_decoder import PyAVDecoder
from genre_desktop.audio.decode.pyav_random_access import PyAVRandomAccess
from genre_desktop.audio.decode.soundfile_decoder import CONTAINERS as SOUNDFILE_CONTAINERS
from genre_desktop.audio.decode.soundfile_decoder import SoundFileDecoder
from genre_desktop.audio.decode.source_file import SourceFile
from genre_desktop.core.i18n import tr

_BLOCK_S = 1.0


class _Frames(Protocol):
    sample_rate: int
    channels: int
    n_frames: int

    def frames_at(self, start: int, count: int) -> NDArray[np.float32]: ...

    def close(self) -> None: ...


class RandomAccessReader:
    """An open sound file of which any stretch can be had, at its own rate.

    Made by `open_access`. Reading on where the last stretch ended is cheap.

    Attributes
    ----------
    sample_rate : int
        Of the file, in Hz.
    channels : int
        1 for a file that can only be read from its beginning (a damaged one), whatever it has.
    n_frames : int
        Samples of each channel; where nobody knows before the end, what the header says.
    """

    def __init__(self, path: str | os.PathLike[str], frames: _Frames, is_cancelled: Callable[[], bool]) -> None:
        self._path = path
        self._frames = frames
        self._is_cancelled = is_cancelled
        self.sample_rate, self.channels, self.n_frames = frames.sample_rate, frames.channels, frames.n_frames

    @property
    def is_seekable(self) -> bool:
        """Whether any stretch is quickly had; else all before it is decoded, and again to go back."""
        return not isinstance(self._frames, _FromBeginning)

    def read(self, start: int, count: int) -> NDArray[np.float32]:
        """Decode a stretch.

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
            # Damage that shows only here: what comes before and behind it can still be had.
            self._frames.close()
            self._frames = _FromBeginning(self._path, self._is_cancelled)
            samples = self._frames.frames_at(start, count)
        samples = finite(samples)
        if samples.shape[1] != self.channels:
            samples = np.repeat(samples, self.channels, axis=1)
        return samples

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
    """Open a sound file by its content, never by its name.

    Parameters
    ----------
    path : path-like
    is_cancelled : callable, optional
        Asked now and then while packets are counted or passed over; what is read after it said True is of no use.

    Returns
    -------
    SoundAccess
        To be closed, best by ``with``.

    Raises
    ------
    AudioError
        As `genre_desktop.audio.decode.audio_reader.open_audio` does.
    """
    source = SourceFile(path)
    try:
        sniffed = detect_format(source)
        source.start_at(sniffed.offset)
        frames = _open_seekable(source, sniffed.container, is_cancelled)
    except CannotSeekError:
        source.close()
        return RandomAccessReader(path, _FromBeginning(path, is_cancelled), is_cancelled)
    except BaseException:
        source.close()
        raise
    return RandomAccessReader(path, frames, is_cancelled)


def _open_seekable(source: SourceFile, container: str | None, is_cancelled: Callable[[], bool]) -> _Frames:
    if container is None:
        raise CannotSeekError(tr("unknown data"))
    try:
        if container in SOUNDFILE_CONTAINERS and container != OGG:
            return _SoundFileFrames(source, container)
        return PyAVRandomAccess(source, partial(PyAVDecoder, source, container), is_cancelled)
    except CannotOpenError as error:
        raise CannotSeekError(error.reason) from error


class _SoundFileFrames:
    """Libsndfile finds its way in a file to the sample."""

    def __init__(self, source: SourceFile, container: str) -> None:
        self._source = source
        self._decoder = SoundFileDecoder(source, container)
        info = self._decoder.info
        self.sample_rate, self.channels = info.sample_rate, info.channels
        try:
            if not info.duration_s:
                raise CannotSeekError(tr("its length is unknown"))
            self.n_frames = round(info.duration_s * info.sample_rate)
            if info.promised_s is not None and is_cut_off(info.promised_s, info.duration_s):
                raise CannotSeekError(tr("the end is missing"))
            self._decoder.frames_at(self.n_frames - 1, 1)
        except BaseException:
            self._decoder.close()
            raise

    def frames_at(self, start: int, count: int) -> NDArray[np.float32]:
        samples = self._decoder.frames_at(min(start, self.n_frames), max(0, min(count, self.n_frames - start)))
        if self._source.error is not None:
            raise CannotSeekError(tr("the drive fails"))
        return samples

    def close(self) -> None:
        self._decoder.close()
        self._source.close()


class _FromBeginning:
    """Decodes in order, and from the beginning again to go back: slow, and reads whatever can be read."""

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
        self._held = np.empty(0, dtype=np.float32)
        self._at = 0  # of the first held sample

    def frames_at(self, start: int, count: int) -> NDArray[np.float32]:
        if start < self._at:
            self._reader.close()
            self._reader = open_audio(self._path)
            self._start_over()
        while self._at + self._held.size < start + count and not self._is_cancelled():
            block = next(self._blocks, None)
            if block is None:
                break
            if self._at + self._held.size <= start:  # none of it is wanted
                self._at += self._held.size
                self._held = block
            else:
                self._held = np.concatenate((self._held, block))
        first = min(start - self._at, self._held.size)
        samples = self._held[first : first + count]
        self._at += first  # kept: the same stretch may be asked for again
        self._held = self._held[first:]
        return samples[:, np.newaxis]

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._reader.close()
