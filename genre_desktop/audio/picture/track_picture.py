"""What a view of a track is drawn from: peaks, tiles of a spectrogram, and the frequency axis of the tiles.

A tile is an image of bytes: levels in steps of `DB_STEP` above `DB_FLOOR`, so that colours and the range of levels can
be changed without computing anything again. Its rows follow the frequency scale.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from numpy.typing import ArrayLike, NDArray

from genre_desktop.audio.features.mel_filterbank import hz_to_mel, mel_to_hz
from genre_desktop.audio.picture.peak_pyramid import PeakPyramid
from genre_desktop.core.errors import GenreDesktopError

Scale = Literal["mel", "log", "linear"]
SCALES: tuple[Scale, ...] = get_args(Scale)

DB_FLOOR = -120.0
"""Level of a byte of 0, in dB of full scale; everything below it is cut off."""

DB_STEP = 0.5
"""Level between two values of a byte, in dB."""

TILE_COLUMNS = 256
"""Columns of a full tile."""

FINEST_HOP = 64
"""Samples between two columns of a tile of level 0; each level doubles it."""

_LOWEST_LOG_HZ = 30.0


@dataclass(frozen=True)
class PictureConfig:
    """Parameters of the spectrogram of a view.

    Attributes
    ----------
    scale : {"mel", "log", "linear"}
        Of the frequency axis.
    n_fft : int
        Length of the analysis window (periodic Hann) in samples.
    n_rows : int
        Rows of a tile; row 0 is the lowest.
    highest_hz : float or None
        Upper end of the axis; None for half the sampling rate of the file.
    """

    scale: Scale = "mel"
    n_fft: int = 2_048
    n_rows: int = 384
    highest_hz: float | None = None


@dataclass(frozen=True)
class FrequencyRange:
    """A frequency axis from 0 (bottom) to 1 (top).

    Attributes
    ----------
    scale : {"mel", "log", "linear"}
    low_hz, high_hz : float
    """

    scale: Scale
    low_hz: float
    high_hz: float

    @classmethod
    def of(cls, config: PictureConfig, sample_rate: int) -> FrequencyRange:
        """The axis of pictures with a config, for a file of some sampling rate in Hz."""
        high = min(config.highest_hz or sample_rate / 2, sample_rate / 2)
        low = min(_LOWEST_LOG_HZ, high / 2) if config.scale == "log" else 0.0
        return cls(config.scale, low, high)

    def place(self, hz: ArrayLike) -> NDArray[np.float64]:
        """Positions on the axis of frequencies in Hz, 0 at the bottom and 1 at the top."""
        low, high, value = (self._warp(v) for v in (self.low_hz, self.high_hz, np.maximum(hz, 1e-3)))
        return (value - low) / (high - low)

    def hz(self, place: ArrayLike) -> NDArray[np.float64]:
        """Frequencies in Hz at positions 0..1 on the axis."""
        low, high = self._warp(self.low_hz), self._warp(self.high_hz)
        value = low + np.asarray(place, dtype=np.float64) * (high - low)
        if self.scale == "mel":
            return np.asarray(mel_to_hz(value))
        return np.exp(value) if self.scale == "log" else value

    def _warp(self, hz: ArrayLike) -> NDArray[np.float64]:
        hz = np.asarray(hz, dtype=np.float64)
        if self.scale == "mel":
            return np.asarray(hz_to_mel(hz))
        return np.log(hz) if self.scale == "log" else hz


@dataclass(frozen=True)
class TileKey:
    """Position of a tile in a track.

    Attributes
    ----------
    level : int
        Its columns are ``FINEST_HOP << level`` samples apart.
    index : int
        The tile begins with column ``index * TILE_COLUMNS``.
    """

    level: int
    index: int

    @property
    def hop(self) -> int:
        """Samples between two columns."""
        return FINEST_HOP << self.level

    def start_s(self, sample_rate: int) -> float:
        """Beginning of the tile, in seconds."""
        return self.index * TILE_COLUMNS * self.hop / sample_rate

    def length_s(self, sample_rate: int) -> float:
        """Length of a full tile, in seconds."""
        return TILE_COLUMNS * self.hop / sample_rate


def tiles_for(start_s: float, end_s: float, n_pixels: int, sample_rate: int) -> list[TileKey]:
    """The tiles that a view of `n_pixels` columns needs for at least one tile column a pixel."""
    wanted = max((end_s - start_s) * sample_rate / max(n_pixels, 1), FINEST_HOP)
    level = int(np.floor(np.log2(wanted / FINEST_HOP)))
    length_s = TileKey(level, 0).length_s(sample_rate)
    first, last = int(max(start_s, 0.0) / length_s), int(max(end_s, 0.0) / length_s)
    return [TileKey(level, index) for index in range(first, last + 1)]


@dataclass(frozen=True, eq=False)
class SpectrogramTile:
    """A part of a spectrogram.

    Attributes
    ----------
    levels : ndarray of uint8 [shape=(n_columns, n_rows)]
        See `decibels`. The maximum, where a column stands for several frames.
    start_s : float
        Beginning of the first column.
    seconds_per_column : float
    """

    levels: NDArray[np.uint8]
    start_s: float
    seconds_per_column: float


def decibels(levels: ArrayLike) -> NDArray[np.float32]:
    """Convert levels of a tile to dB of full scale (a sine of amplitude 1 has 0 dB)."""
    return np.asarray(levels, dtype=np.float32) * np.float32(DB_STEP) + np.float32(DB_FLOOR)


def as_levels(db: ArrayLike) -> NDArray[np.uint8]:
    """Convert dB of full scale to levels of a tile."""
    steps = np.rint((np.asarray(db, dtype=np.float32) - DB_FLOOR) / DB_STEP)
    return np.asarray(np.clip(steps, 0, 255), dtype=np.uint8)


@dataclass(frozen=True, eq=False)
class TrackPicture:
    """Peaks and spectrogram of a whole track, or, while decoding goes on, of the part decoded so far.

    Attributes
    ----------
    ticket : int
        Of the request that it answers.
    path : str
    config : PictureConfig
    codec : str
    sample_rate : int
        Of the file, in Hz.
    channels : int
    duration_s : float
        By the header, or decoded so far if longer; exact once complete.
    peaks : PeakPyramid
    spectrogram : SpectrogramTile
        Of the whole track, coarse.
    problem : GenreDesktopError or None
        Why decoding broke off; the picture shows the sound before.
    complete : bool
        False for a part.
    """

    ticket: int
    path: str
    config: PictureConfig
    codec: str
    sample_rate: int
    channels: int
    duration_s: float
    peaks: PeakPyramid
    spectrogram: SpectrogramTile
    problem: GenreDesktopError | None
    complete: bool
