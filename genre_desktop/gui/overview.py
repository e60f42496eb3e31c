"""A track as the canvas shows it: one pass of decoding gives waveform and spectrogram."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.config import FeatureConfig
from genre_desktop.errors import GenreDesktopError
from genre_desktop.gui import wording
from genre_desktop.gui.worker import Report

_BLOCK_S = 10.0
"""Seconds decoded at a time: at most this much work lies between two looks at the cancel flag."""

_PARTIAL_EVERY_S = 0.15


@dataclass(frozen=True)
class OverviewRequest:
    """Which track to read, and with which analysis."""

    path: str
    config: FeatureConfig


@dataclass(frozen=True, eq=False)
class TrackOverview:
    """What the canvas draws; while decoding goes on, what there is so far.

    Attributes
    ----------
    path : str
    config : FeatureConfig
        Of the spectrogram: its mel bands name the frequency axis.
    duration_s : float
        Length of the track (announced by its header, or read so far if longer).
    low, high, rms : ndarray of float32 [shape=(n_bins,)]
    seconds_per_bin : float
    spectrogram_db : ndarray of float32 [shape=(n_columns, n_mels)]
    seconds_per_column : float
    details : str
        Container, codec, rate and channels, for a line of text.
    problem : GenreDesktopError or None
        The sound broke off here; what came before is shown.
    complete : bool
    """

    path: str
    config: FeatureConfig
    duration_s: float
    low: NDArray[np.float32]
    high: NDArray[np.float32]
    rms: NDArray[np.float32]
    seconds_per_bin: float
    spectrogram_db: NDArray[np.float32]
    seconds_per_column: float
    details: str
    problem: GenreDesktopError | None
    complete: bool


def read_overview(request: OverviewRequest, report: Report) -> TrackOverview | None:
    """Decode a track once, handing over growing overviews.

    Returns
    -------
    TrackOverview or None
        None once cancelled.

    Raises
    ------
    AudioError
        When the file cannot be opened or holds nothing readable.
    """
    from genre_desktop.audio.decode import open_audio
    from genre_desktop.audio.features import LogMelStream
    from genre_desktop.audio.overview import SpectrogramOverview
    from genre_desktop.audio.peaks import PeakEnvelope

    config = request.config
    with open_audio(request.path) as reader:
        info = reader.info
        details = wording.sound_details(info.codec, info.sample_rate, info.channels)
        envelope = PeakEnvelope(config.sample_rate)
        spectrogram = SpectrogramOverview(config)
        frames = LogMelStream(config)
        seconds = 0.0
        shown_at = time.perf_counter() - _PARTIAL_EVERY_S  # the first block is shown at once

        def snapshot(complete: bool) -> TrackOverview:
            peaks = envelope.snapshot()
            columns, seconds_per_column = spectrogram.snapshot()
            announced = 0.0 if complete else (info.duration_s or 0.0)
            return TrackOverview(
                path=request.path,
                config=config,
                duration_s=max(seconds, announced),
                low=peaks.low,
                high=peaks.high,
                rms=peaks.rms,
                seconds_per_bin=peaks.seconds_per_bin,
                spectrogram_db=columns,
                seconds_per_column=seconds_per_column,
                details=details,
                problem=reader.problem,
                complete=complete,
            )

        for block in reader.blocks(config.sample_rate, _BLOCK_S):
            if report.is_cancelled():
                return None
            envelope.push(block)
            spectrogram.push(frames.push(block))
            seconds += block.size / config.sample_rate
            now = time.perf_counter()
            if now - shown_at >= _PARTIAL_EVERY_S:
                report.partial(snapshot(complete=False))
                shown_at = now
        if report.is_cancelled():
            return None
        if seconds == 0.0 and reader.problem is not None:
            raise reader.problem
        spectrogram.push(frames.finish())
        return snapshot(complete=True)
