"""Excerpts of a sound file in mono, without decoding all of it: what a quick classification reads."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from types import TracebackType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.containers.streams import show_only_stream
from genre_desktop.audio.decode.decoder import CannotOpenError, CannotSeekError, StreamInfo, is_cut_off, rate_notes
from genre_desktop.audio.decode.downmix import downmix
from genre_desktop.audio.decode.file_format import OGG
from genre_desktop.audio.decode.pyav_decoder import PyAVDecoder
from genre_desktop.audio.decode.pyav_excerpts import PyAVExcerpts
from genre_desktop.audio.decode.resampler import Resampler
from genre_desktop.audio.decode.silence import SilenceMeter
from genre_desktop.audio.decode.soundfile_decoder import CONTAINERS as SOUNDFILE_CONTAINERS
from genre_desktop.audio.decode.soundfile_random_access import SoundFileRandomAccess
from genre_desktop.audio.decode.source_file import SourceFile
from genre_desktop.core.errors import AudioError
from genre_desktop.core.i18n import tr

_MARGIN = 160
"""Samples, of the lower of both rates, that are resampled on both sides of an excerpt and cut off: soxr's filter
reaches 92 of them far (measured for 14 pairs of rates from 1 kHz to 6 MHz)."""


class _Excerpts(Protocol):
    """Excerpts of a file in one decoding library, in all channels and at the file's own rate."""

    info: StreamInfo
    notes: tuple[AudioError, ...]
    sample_rate: int
    n_samples: int

    def read(self, ranges: Sequence[tuple[int, int]]) -> Iterator[NDArray[np.float32]]: ...

    def close(self) -> None: ...


def open_excerpts(path: str | os.PathLike[str], *, is_cancelled: Callable[[], bool] = lambda: False) -> ExcerptReader:
    """Open a sound file of which some excerpts are wanted.

    Parameters
    ----------
    path : path-like
    is_cancelled : callable, optional
        Called now and then, here and while excerpts are read, which end when it returns True.

    Returns
    -------
    ExcerptReader
        To be closed, best by ``with``.

    Raises
    ------
    CannotSeekError
        For a file whose excerpts might differ from reading it in full: damaged, of unknown length, of a rare format
        (`open_audio` reports what is wrong with it, if anything); and when cancelled.
    AudioNotFoundError, AudioPermissionError, AudioIsFolderError, AudioEmptyError, AudioReadError
        As `open_audio`.
    """
    source = SourceFile(path)
    try:
        container = show_only_stream(source)
        return ExcerptReader(source, _open_backend(source, container, is_cancelled), is_cancelled)
    except BaseException:
        source.close()
        raise


class ExcerptReader:
    """An open sound file of which excerpts are read, mixed down and resampled.

    Made by `open_excerpts`.

    Attributes
    ----------
    length_s : float
        Of the whole track in seconds: from the header of formats that know it, else by the times
        of all packets; never an estimate.
    notes : tuple of AudioError
        As `AudioReader.notes`.
    """

    def __init__(self, source: SourceFile, excerpts: _Excerpts, is_cancelled: Callable[[], bool]) -> None:
        self._source = source
        self._excerpts = excerpts
        self._is_cancelled = is_cancelled
        self._silence = SilenceMeter()
        self.length_s = excerpts.n_samples / excerpts.sample_rate
        self.notes = (*rate_notes(source.path, excerpts.sample_rate), *excerpts.notes)
        promised_s = excerpts.info.promised_s
        try:
            self._require_drive()
            if source.ends_early or (promised_s is not None and is_cut_off(promised_s, self.length_s)):
                raise CannotSeekError(tr("the end is missing"))
        except CannotSeekError:
            self.close()
            raise

    @property
    def is_digital_silence(self) -> bool:
        """True if all samples read so far are one constant, measured before resampling."""
        return self._silence.is_digital_silence

    def read(self, starts: Sequence[int], count: int, sample_rate: int) -> Iterator[NDArray[np.float32]]:
        """Decode, mix down and resample some excerpts.

        Parameters
        ----------
        starts : sequence of int
            First sample of each at `sample_rate`, in rising order; excerpts may overlap.
        count : int
            Samples wanted of each.
        sample_rate : int
            Wanted rate in Hz.

        Yields
        ------
        ndarray of float32 [shape=(count,)]
            The samples that `AudioReader.blocks` gives there, up to rounding; nearly those where a lossy decoder
            fills in from its past. Shorter only where the track ends.

        Raises
        ------
        CannotSeekError
            When the file turns out to be damaged.
        """
        rate = self._excerpts.sample_rate
        # Sample `m * step` of the file and sample `m * step_out` of the resampled sound have the same time. Resampling
        # begins at such a pair: only then are the resampled samples those of the whole sound.
        common = math.gcd(rate, sample_rate)
        step, step_out = rate // common, sample_rate // common
        margin = math.ceil(_MARGIN * sample_rate / min(rate, sample_rate))
        pairs = [max(0, start - margin) // step_out for start in starts]
        ranges = [
            (m * step, math.ceil((start + count + margin) * rate / sample_rate))
            for m, start in zip(pairs, starts, strict=True)
        ]
        for m, start, frames in zip(pairs, starts, self._excerpts.read(ranges), strict=False):
            if self._is_cancelled():
                return
            self._require_drive()
            samples = downmix(frames, rate, m * step)
            self._silence.push(samples)
            resampler = Resampler(rate, sample_rate)
            resampled = np.concatenate((resampler.push(samples), resampler.finish()))
            skipped = start - m * step_out
            yield resampled[skipped : skipped + count]

    def _require_drive(self) -> None:
        # To a decoder a failed read looks like the end of the file.
        if self._source.error is not None:
            raise CannotSeekError(tr("the drive fails"))

    def close(self) -> None:
        """Close the file; harmless when done twice."""
        self._excerpts.close()
        self._source.close()

    def __enter__(self) -> ExcerptReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _SoundFileExcerpts:
    """Excerpts of a file in libsndfile."""

    notes: tuple[AudioError, ...] = ()

    def __init__(self, source: SourceFile, container: str) -> None:
        self._access = SoundFileRandomAccess(source, container)
        self.info = self._access.info
        self.sample_rate, self.n_samples = self._access.sample_rate, self._access.n_frames

    def read(self, ranges: Sequence[tuple[int, int]]) -> Iterator[NDArray[np.float32]]:
        """Decode some ranges; see `PyAVExcerpts.read`."""
        for start, end in ranges:
            yield self._access.frames_at(start, end - start)

    def close(self) -> None:
        """Free what libsndfile holds."""
        self._access.close()


def _open_backend(source: SourceFile, container: str, is_cancelled: Callable[[], bool]) -> _Excerpts:
    try:
        if container in SOUNDFILE_CONTAINERS and container != OGG:
            return _SoundFileExcerpts(source, container)
        return PyAVExcerpts(partial(PyAVDecoder, source, container), is_cancelled)
    except CannotOpenError as error:
        raise CannotSeekError(error.reason) from error
