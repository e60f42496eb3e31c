"""Stretches of a sound file, without decoding all of it."""

from __future__ import annotations

import math
import os
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from types import TracebackType
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.decoder import CannotOpenError, CannotSeekError, StreamInfo, is_cut_off
from genre_desktop.audio.decode.file_format import OGG, detect_format
from genre_desktop.audio.decode.pyav_decoder import PyAVDecoder
from genre_desktop.audio.decode.pyav_excerpts import open_pyav_excerpts
from genre_desktop.audio.decode.resampler import Resampler
from genre_desktop.audio.decode.silence import SilenceMeter
from genre_desktop.audio.decode.soundfile_decoder import CONTAINERS as SOUNDFILE_CONTAINERS
from genre_desktop.audio.decode.soundfile_decoder import SoundFileDecoder
from genre_desktop.audio.decode.source_file import SourceFile
from genre_desktop.core.i18n import tr

_MARGIN_S = 0.1
"""Resampled on both sides and cut off: soxr's filter reaches some hundred samples far."""


class _Excerpts(Protocol):
    info: StreamInfo
    rate: int
    n_samples: int

    def stretches(self, spans: Sequence[tuple[int, int]]) -> Iterator[NDArray[np.float32]]: ...

    def close(self) -> None: ...


def open_excerpts(path: str | os.PathLike[str], *, is_cancelled: Callable[[], bool] = lambda: False) -> ExcerptReader:
    """Open a sound file of which some stretches are wanted.

    Parameters
    ----------
    path : path-like
    is_cancelled : callable, optional
        Asked now and then, here and while excerpts are read, which end when it says True.

    Returns
    -------
    ExcerptReader
        To be closed, best by ``with``.

    Raises
    ------
    CannotSeekError
        For a file whose excerpts might not be what reading it in full gives: damaged, of
        unknown length, of a rare format (`open_audio` says what is wrong with it, if anything); and
        when cancelled.
    AudioNotFoundError, AudioPermissionError, AudioIsFolderError, AudioEmptyError, AudioReadError
        As `open_audio`.
    """
    source = SourceFile(path)
    try:
        sniffed = detect_format(source)
        source.start_at(sniffed.offset)
        return ExcerptReader(source, _open_stretches(source, sniffed.container, is_cancelled), is_cancelled)
    except BaseException:
        source.close()
        raise


class ExcerptReader:
    """An open sound file that is read here and there.

    Made by `open_excerpts`.

    Attributes
    ----------
    length_s : float
        Of the whole track in seconds: from the header of formats that know it, else by the times
        of all packets; never an estimate.
    """

    def __init__(self, source: SourceFile, stretches: _Excerpts, is_cancelled: Callable[[], bool]) -> None:
        self._source = source
        self._stretches = stretches
        self._is_cancelled = is_cancelled
        self._silence = SilenceMeter()
        self.length_s = stretches.n_samples / stretches.rate
        promised_s = stretches.info.promised_s
        try:
            self._require_drive()
            if promised_s is not None and is_cut_off(promised_s, self.length_s):
                raise CannotSeekError(tr("the end is missing"))
        except CannotSeekError:
            self.close()
            raise

    @property
    def is_digital_silence(self) -> bool:
        """True when all that was read so far is a constant, judged before resampling."""
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
            The samples that `AudioReader.blocks` gives there, up to rounding, or, for what a lossy decoder guesses
            from its past, nearly. Shorter only where the track ends.

        Raises
        ------
        CannotSeekError
            When the file turns out to be damaged.
        """
        rate = self._stretches.rate
        # Both rates meet in a sample every `step` of theirs: only from there on the resampled
        # samples stand where they stand in the whole.
        common = math.gcd(rate, sample_rate)
        step, step_out = rate // common, sample_rate // common
        margin = round(_MARGIN_S * sample_rate)
        meeting = [max(0, start - margin) // step_out for start in starts]
        spans = [
            (m * step, math.ceil((start + count + margin) * rate / sample_rate))
            for m, start in zip(meeting, starts, strict=True)
        ]
        for m, start, samples in zip(meeting, starts, self._stretches.stretches(spans), strict=False):
            if self._is_cancelled():
                return
            self._require_drive()
            self._silence.push(samples)
            resampler = Resampler(rate, sample_rate)
            resampled = np.concatenate((resampler.push(samples), resampler.finish()))
            skipped = start - m * step_out
            yield resampled[skipped : skipped + count]

    def _require_drive(self) -> None:
        # A decoder takes it for the end of the file.
        if self._source.error is not None:
            raise CannotSeekError(tr("the drive fails"))

    def close(self) -> None:
        """Close the file; harmless when done twice."""
        self._stretches.close()
        self._source.close()

    def __enter__(self) -> ExcerptReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class _SoundFileExcerpts:
    """Libsndfile finds its way in a file to the sample."""

    def __init__(self, source: SourceFile, container: str) -> None:
        try:
            self._decoder = SoundFileDecoder(source, container)
        except CannotOpenError as error:
            raise CannotSeekError(error.reason) from error
        self.info = self._decoder.info
        self.rate = self.info.sample_rate
        try:
            if self.info.duration_s is None:
                raise CannotSeekError(tr("its length is unknown"))
            self.n_samples = round(self.info.duration_s * self.rate)
            if self.n_samples:  # the end of a truncated file is not there
                self._decoder.read_at(self.n_samples - 1, 1)
        except BaseException:
            self._decoder.close()
            raise

    def stretches(self, spans: Sequence[tuple[int, int]]) -> Iterator[NDArray[np.float32]]:
        """Decode some stretches; see `PyAVExcerpts.stretches`."""
        for start, end in spans:
            yield self._decoder.read_at(start, max(0, min(end, self.n_samples) - start))

    def close(self) -> None:
        """Free what libsndfile holds."""
        self._decoder.close()


def _open_stretches(source: SourceFile, container: str | None, is_cancelled: Callable[[], bool]) -> _Excerpts:
    if container is None:
        raise CannotSeekError(tr("unknown data"))
    if container in SOUNDFILE_CONTAINERS and container != OGG:
        return _SoundFileExcerpts(source, container)
    return open_pyav_excerpts(partial(PyAVDecoder, source, container), is_cancelled)
