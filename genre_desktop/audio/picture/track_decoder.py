"""One pass of decoding over a track, from which its picture is made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import TracebackType

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.audio_reader import AudioInfo, open_audio
from genre_desktop.audio.picture.peak_envelope import PeakEnvelope, Peaks
from genre_desktop.audio.picture.peak_pyramid import PeakPyramid
from genre_desktop.audio.picture.spectrogram import SpectrogramRecord
from genre_desktop.audio.picture.track_picture import PictureConfig, TrackPicture
from genre_desktop.core.errors import GenreDesktopError

_BLOCK_S = 5.0
"""Seconds decoded at a time: the longest work between two checks for requests."""

_FINEST_BIN = 256
_MOST_BINS = 1_500_000
"""Bins of 256 samples for two hours at 44.1 kHz, of 512 for four."""

_PARTIAL_BINS = 16_384
"""Bins of the peaks of a part at most: they are sent again and again."""


@dataclass(frozen=True, eq=False)
class DecodedTrack:
    """All that is kept of a track once it was decoded.

    Attributes
    ----------
    path : str
    info : AudioInfo
    duration_s : float
    peaks : Peaks
    record : SpectrogramRecord
    problem : GenreDesktopError or None
        Why decoding broke off before the end.
    """

    path: str
    info: AudioInfo
    duration_s: float
    peaks: Peaks
    record: SpectrogramRecord
    problem: GenreDesktopError | None

    def picture(self, ticket: int, config: PictureConfig) -> TrackPicture:
        """The picture of the whole track; `config` must have the `n_fft` of the record."""
        peaks = PeakPyramid.of(self.peaks)
        return _picture(ticket, self.path, config, self.info, self.duration_s, peaks, self.record, self.problem, True)


class TrackDecoder:
    """An open track that is decoded once; a context manager.

    Parameters
    ----------
    path : str
    n_fft : int
        Length of the analysis window in samples.

    Attributes
    ----------
    record : SpectrogramRecord
        Of the sound so far.

    Raises
    ------
    AudioError
        Also while decoding.
    """

    def __init__(self, path: str, n_fft: int) -> None:
        self._path = path
        self._reader = open_audio(path)
        self._info = self._reader.info
        self._envelope = PeakEnvelope(self._info.sample_rate, _MOST_BINS, _FINEST_BIN)
        self._n_samples = 0
        self.record = SpectrogramRecord(n_fft, self._info.sample_rate, self._info.duration_s)

    def blocks(self) -> Iterator[NDArray[np.float32]]:
        """Decode block by block, each to be given to `push` [shape=(n,)]."""
        return self._reader.blocks(self._info.sample_rate, _BLOCK_S)

    def push(self, block: NDArray[np.float32]) -> None:
        """Add a block to the peaks and the spectrogram."""
        self._envelope.push(block)
        self.record.push(block)
        self._n_samples += block.size

    def partial_picture(self, ticket: int, config: PictureConfig) -> TrackPicture:
        """The picture of the sound so far."""
        duration_s = max(self._n_samples / self._info.sample_rate, self._info.duration_s or 0.0)
        peaks = PeakPyramid.of(self._envelope.snapshot(), finest_bins=_PARTIAL_BINS)
        return _picture(ticket, self._path, config, self._info, duration_s, peaks, self.record, None, False)

    def finish(self) -> DecodedTrack:
        """What is kept of the track, after the last block.

        Raises
        ------
        AudioError
            Where nothing could be decoded.
        """
        problem = self._reader.problem
        if self._n_samples == 0 and problem is not None:
            raise problem
        self.record.finish()
        duration_s = self._n_samples / self._info.sample_rate
        return DecodedTrack(self._path, self._info, duration_s, self._envelope.snapshot(), self.record, problem)

    def __enter__(self) -> TrackDecoder:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._reader.close()


def _picture(
    ticket: int,
    path: str,
    config: PictureConfig,
    info: AudioInfo,
    duration_s: float,
    peaks: PeakPyramid,
    record: SpectrogramRecord,
    problem: GenreDesktopError | None,
    complete: bool,
) -> TrackPicture:
    return TrackPicture(
        ticket=ticket,
        path=path,
        config=config,
        codec=info.codec,
        sample_rate=info.sample_rate,
        channels=info.channels,
        duration_s=duration_s,
        peaks=peaks,
        spectrogram=record.picture(config),
        problem=problem,
        complete=complete,
    )
