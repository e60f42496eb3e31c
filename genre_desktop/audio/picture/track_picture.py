"""What a view of a track is drawn from: tiles of a spectrogram, and where a frequency lies in them.

A tile is a small picture of bytes: each says a level in steps of `DB_STEP` above `DB_FLOOR`, so that colours and the
range of levels can be changed without computing anything anew. The frequency scale is in the rows already.
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
"""Level in dB of full scale that a byte of 0 stands for, and everything below it."""

DB_STEP = 0.5

TILE_COLUMNS = 256
FINEST_HOP = 64
"""Samples between two columns of level 0; each level doubles it."""

_LOWEST_LOG_HZ = 30.0


@dataclass(frozen=True)
class PictureConfig:
    """How the spectrogram of a view is made.

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
        """The axis of a file's pictures."""
        high = min(config.highest_hz or sample_rate / 2, sample_rate / 2)
        low = min(_LOWEST_LOG_HZ, high / 2) if config.scale == "log" else 0.0
        return cls(config.scale, low, high)

    def place(self, hz: ArrayLike) -> NDArray[np.float64]:
        """Where frequencies in Hz lie, 0 at the bottom and 1 at the top."""
        low, high, value = (self._warp(v) for v in (self.low_hz, self.high_hz, np.maximum(hz, 1e-3)))
        return (value - low) / (high - low)

    def hz(self, place: ArrayLike) -> NDArray[np.float64]:
        """The frequency in Hz at places 0..1."""
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
    """Which part of a track a tile shows.

    Attributes
    ----------
    level : int
        Its columns are ``FINEST_HOP << level`` samples apart.
    index : int
        It begins with column ``index * TILE_COLUMNS``.
    """

    level: int
    index: int

    @property
    def hop(self) -> int:
        """Samples between two columns."""
        return FINEST_HOP << self.level

    def start_s(self, sample_rate: int) -> float:
        """Where the tile begins, in seconds."""
        return self.index * TILE_COLUMNS * self.hop / sample_rate

    def length_s(self, sample_rate: int) -> float:
        """How long a full tile is, in seconds."""
        return TILE_COLUMNS * self.hop / sample_rate


def tiles_for(start_s: float, end_s: float, n_pixels: int, sample_rate: int) -> list[TileKey]:
    """The tiles that a view of `n_pixels` columns needs, so that a pixel has at least one column of its own."""
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
        See `decibels`. Where a column stands for several frames, it is their maximum.
    start_s : float
        Where the first column begins.
    seconds_per_column : float
    """

    levels: NDArray[np.uint8]
    start_s: float
    seconds_per_column: float


def decibels(levels: ArrayLike) -> NDArray[np.float32]:
    """Levels of a tile in dB of full scale (a sine of amplitude 1 has 0 dB)."""
    return np.asarray(levels, dtype=np.float32) * np.float32(DB_STEP) + np.float32(DB_FLOOR)


def as_levels(db: ArrayLike) -> NDArray[np.uint8]:
    """Decibels as a tile keeps them."""
    steps = np.rint((np.asarray(db, dtype=np.float32) - DB_FLOOR) / DB_STEP)
    return np.asarray(np.clip(steps, 0, 255), dtype=np.uint8)


# -- what the reading process is asked, and what it tells -------------------------------------


@dataclass(frozen=True)
class ShowTrack:
    """Read a track from its beginning, give a growing `TrackPicture`, then answer what is asked about it.

    Attributes
    ----------
    ticket : int
        Rising with each request; answers carry it, and an older one is not wanted any more.
    path : str
    config : PictureConfig
    is_known : bool
        Its picture is there already: only open it, for what will be asked about it.
    """

    ticket: int
    path: str
    config: PictureConfig
    is_known: bool = False


@dataclass(frozen=True)
class LeaveTrack:
    """Nothing of earlier tickets is wanted any more."""

    ticket: int


@dataclass(frozen=True)
class AskPicture:
    """Make the picture of the whole track anew, with another config, without decoding again."""

    ticket: int
    config: PictureConfig


@dataclass(frozen=True)
class AskTiles:
    """Compute tiles, in this order; what was asked before and is not yet done is dropped."""

    ticket: int
    config: PictureConfig
    keys: tuple[TileKey, ...]


@dataclass(frozen=True)
class AskSamples:
    """Give the samples of a short stretch, for a view closer than the finest peaks."""

    ticket: int
    start_s: float
    end_s: float


@dataclass(frozen=True, eq=False)
class TileMade:
    """Answer to `AskTiles`, one a tile."""

    ticket: int
    config: PictureConfig
    key: TileKey
    tile: SpectrogramTile


@dataclass(frozen=True, eq=False)
class Samples:
    """Answer to `AskSamples`.

    Attributes
    ----------
    samples : ndarray of float32 [shape=(n,)]
        Mono, at the sampling rate of the file.
    start_s : float
        Of the first one.
    """

    ticket: int
    samples: NDArray[np.float32]
    start_s: float
    sample_rate: int


@dataclass(frozen=True, eq=False)
class TrackPicture:
    """A whole track as a view shows it at first; while decoding goes on, what there is so far.

    Attributes
    ----------
    path : str
    config : PictureConfig
    codec : str
    sample_rate : int
        Of the file, in Hz.
    channels : int
    duration_s : float
        Announced by the header, or read so far if longer; exact once complete.
    peaks : PeakPyramid
    spectrogram : SpectrogramTile
        Of the whole track, coarse.
    problem : GenreDesktopError or None
        The sound broke off here; what came before is shown.
    complete : bool
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


@dataclass(frozen=True)
class TrackFailed:
    """The track of a ticket cannot be read (or, later, its details cannot).

    Attributes
    ----------
    ticket : int
    error : GenreDesktopError
    trace : str
        For the log, where the error is a fault of the program.
    """

    ticket: int
    error: GenreDesktopError
    trace: str = ""


@dataclass(frozen=True)
class StillReading:
    """A sign of life while something takes long and nothing can be shown of it."""

    ticket: int
