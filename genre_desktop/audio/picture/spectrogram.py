"""Spectrograms as tiles of bytes: of a whole track while it is decoded, and of any range at any zoom.

Levels are in dB of full scale: a sine of amplitude 1 has 0 dB. A column that stands for several frames is their
maximum, so that a click stays visible at every zoom.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from genre_desktop.audio.features.framing import FrameCutter
from genre_desktop.audio.features.log_mel import hann
from genre_desktop.audio.picture.halving_pool import HalvingPool
from genre_desktop.audio.picture.track_picture import (
    TILE_COLUMNS,
    FrequencyRange,
    PictureConfig,
    SpectrogramTile,
    TileKey,
    as_levels,
)

_CHUNK_FRAMES = 64
"""Frames transformed at once: they fit in the processor's cache."""

_AMIN = 1e-13
"""Power below `track_picture.DB_FLOOR`, so that digital silence has a logarithm."""

_RECORD_CELLS = 1 << 25
"""Largest record of a track in bytes: columns of 0.37 s for three hours with 1,025 bins."""

_MOST_FRAMES = 16
"""Most frames for a column of a tile; for longer columns a wider spacing leaves some sound out."""

PICTURE_COLUMNS = 4_096
"""Most columns in the picture of a whole track."""


def frame_levels(frames: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Level of each FFT bin of some frames.

    Parameters
    ----------
    frames : ndarray of float32 [shape=(n_frames, n_fft)]

    Returns
    -------
    ndarray of uint8 [shape=(n_frames, 1 + n_fft // 2)]
        See `genre_desktop.audio.picture.track_picture.decibels`.
    """
    # Imported here: the window opens before scipy is loaded.
    from scipy import fft

    n_fft = frames.shape[1]
    window = _window(n_fft)
    levels = np.empty((len(frames), 1 + n_fft // 2), dtype=np.uint8)
    for first in range(0, len(frames), _CHUNK_FRAMES):
        part = slice(first, first + _CHUNK_FRAMES)
        spectrum = fft.rfft(frames[part] * window, axis=-1, overwrite_x=True)
        power = np.square(spectrum.real)
        power += np.square(spectrum.imag)
        np.maximum(power, np.float32(_AMIN), out=power)
        np.log10(power, out=power)
        power *= np.float32(10.0)
        levels[part] = as_levels(power)
    return levels


@lru_cache(maxsize=8)
def _window(n_fft: int) -> NDArray[np.float32]:
    # Half the sum: a real sine's power is shared with the negative frequencies.
    window = hann(n_fft)
    return window * np.float32(2.0 / window.sum(dtype=np.float64))


class FrequencyRows:
    """Mapping of FFT bins to the rows of a frequency scale.

    A row that covers several bins is their maximum, so that no tone is lost; where bins are wider than rows, levels are
    interpolated in dB.

    Parameters
    ----------
    config : PictureConfig
    sample_rate : int
        In Hz.
    """

    def __init__(self, config: PictureConfig, sample_rate: int) -> None:
        n_bins = 1 + config.n_fft // 2
        edges_hz = FrequencyRange.of(config, sample_rate).hz(np.linspace(0.0, 1.0, config.n_rows + 1))
        edges = np.clip(edges_hz * config.n_fft / sample_rate, 0.0, n_bins - 1)
        first = np.ceil(edges).astype(np.int64)
        first[-1] = int(edges[-1]) + 1  # the uppermost bin belongs to the uppermost row
        # No scale has wide rows below narrow ones.
        is_wide = (np.diff(edges) >= 1.0) & (np.diff(first) >= 1)
        self._n_narrow = int(config.n_rows - np.argmin(is_wide[::-1])) if not is_wide.all() else 0
        self._first = first[self._n_narrow : -1]
        self._end = int(first[-1])
        middle = ((edges[:-1] + edges[1:]) / 2)[: self._n_narrow]
        self._below = np.minimum(middle.astype(np.int64), n_bins - 2)
        self._share = (middle - self._below).astype(np.float32)
        # The row with a bin's centre has the bin's full level.
        self._centred = np.flatnonzero(np.diff(first)[: self._n_narrow])
        self._centre = first[self._centred]
        self._n_rows = config.n_rows

    def __call__(self, levels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Map ``levels`` [shape=(n_columns, n_bins)] to [shape=(n_columns, n_rows)]."""
        rows = np.empty((len(levels), self._n_rows), dtype=np.uint8)
        n_narrow = self._n_narrow
        below = levels[:, self._below].astype(np.float32)
        above = levels[:, self._below + 1].astype(np.float32)
        rows[:, :n_narrow] = np.rint(below + (above - below) * self._share)
        rows[:, self._centred] = np.maximum(rows[:, self._centred], levels[:, self._centre])
        if self._first.size:
            np.maximum.reduceat(levels[:, : self._end], self._first, axis=1, out=rows[:, n_narrow:])
        return rows


@lru_cache(maxsize=16)
def frequency_rows(config: PictureConfig, sample_rate: int) -> FrequencyRows:
    """`FrequencyRows` of a config and a rate in Hz, cached."""
    return FrequencyRows(config, sample_rate)


class SpectrogramRecord:
    """The spectrogram of a track in bounded memory: enough for pictures on any scale, and for all but the finest tiles.

    Parameters
    ----------
    n_fft : int
    sample_rate : int
        In Hz.
    announced_s : float or None
        Length of the track by its header; only a hint that saves work.
    most_cells : int
        Most bytes kept.
    """

    def __init__(
        self, n_fft: int, sample_rate: int, announced_s: float | None = None, most_cells: int = _RECORD_CELLS
    ) -> None:
        self.n_fft = n_fft
        self.sample_rate = sample_rate
        self._hop = n_fft // 2
        most_columns = max(most_cells // (1 + n_fft // 2), 2)
        n_items = 1
        while (announced_s or 0.0) * sample_rate / self._hop / n_items > most_columns:
            n_items *= 2
        self._pool = HalvingPool(np.maximum, most_columns, n_items)
        self._frames = FrameCutter(n_fft, self._hop)
        self._complete: NDArray[np.uint8] | None = None

    @property
    def samples_per_column(self) -> int:
        """Samples of sound in a column."""
        return self._pool.bin_items * self._hop

    def push(self, samples: ArrayLike) -> None:
        """Add the next samples [shape=(n,)]."""
        self._pool.push(frame_levels(self._frames.push(np.asarray(samples, dtype=np.float32))))

    def finish(self) -> None:
        """Add the frames at the end of the track; nothing may be pushed afterwards."""
        self._pool.push(frame_levels(self._frames.finish()))
        self._complete = self._columns()
        self._pool = HalvingPool(np.maximum, 2, self._pool.bin_items)  # frees the columns that the old one holds

    def picture(self, config: PictureConfig, most_columns: int = PICTURE_COLUMNS) -> SpectrogramTile:
        """The spectrogram so far, in at most `most_columns`; `config` must have the `n_fft` of this record."""
        columns = self._columns()
        n_joined = 1
        while len(columns) > n_joined * most_columns:
            n_joined *= 2
        return self._tile(config, joined(columns, n_joined), 0, n_joined * self.samples_per_column)

    def tile(self, config: PictureConfig, key: TileKey) -> SpectrogramTile | None:
        """A tile, or None where this record is too coarse for it or of another `n_fft`."""
        if config.n_fft != self.n_fft or key.hop % self.samples_per_column:
            return None
        n_joined = key.hop // self.samples_per_column
        first = key.index * TILE_COLUMNS * n_joined
        columns = self._columns()[first : first + TILE_COLUMNS * n_joined]
        return self._tile(config, joined(columns, n_joined), key.index * TILE_COLUMNS * key.hop, key.hop)

    def _columns(self) -> NDArray[np.uint8]:
        if self._complete is not None:
            return self._complete
        return np.asarray(self._pool.bins(), dtype=np.uint8).reshape(-1, 1 + self.n_fft // 2)

    def _tile(
        self, config: PictureConfig, columns: NDArray[np.uint8], start: int, samples_per_column: int
    ) -> SpectrogramTile:
        return SpectrogramTile(
            levels=frequency_rows(config, self.sample_rate)(columns),
            start_s=(start - self._hop / 2) / self.sample_rate,  # frames are centred
            seconds_per_column=samples_per_column / self.sample_rate,
        )


def joined(columns: NDArray[np.uint8], n_joined: int) -> NDArray[np.uint8]:
    """Maximum of each `n_joined` neighbouring columns [shape=(n_columns, n)]; of the remaining ones at the end."""
    if n_joined == 1 or not len(columns):
        return columns
    whole = len(columns) // n_joined
    parts = columns[: whole * n_joined].reshape(whole, n_joined, columns.shape[1]).max(axis=1)
    rest = columns[whole * n_joined :]
    return np.concatenate((parts, rest.max(axis=0, keepdims=True))) if len(rest) else parts


@dataclass(frozen=True)
class TilePlan:
    """The frames that a tile is computed from.

    Attributes
    ----------
    n_fft : int
    spacing : int
        Samples from one frame to the next.
    frames_per_column : int
    first_centre : int
        Sample on which the first frame is centred.
    """

    n_fft: int
    spacing: int
    frames_per_column: int
    first_centre: int

    @classmethod
    def of(cls, key: TileKey, n_fft: int) -> TilePlan:
        """Plan frames that overlap by at least half, unless a column would need too many."""
        frames = 1
        while key.hop // frames > n_fft // 2 and frames < _MOST_FRAMES:
            frames *= 2
        return cls(n_fft, key.hop // frames, frames, key.index * TILE_COLUMNS * key.hop)

    @property
    def start(self) -> int:
        """The first sample needed; below 0 at the beginning of the track, which is padded with zeros."""
        return self.first_centre - self.n_fft // 2

    @property
    def n_frames(self) -> int:
        """Frames of a full tile."""
        return TILE_COLUMNS * self.frames_per_column


def compute_tile(
    config: PictureConfig,
    key: TileKey,
    sample_rate: int,
    n_samples: int,
    read: Callable[[int, int], NDArray[np.float32]],
    piece: int = 1 << 18,
) -> SpectrogramTile:
    """Compute a tile from sound.

    Parameters
    ----------
    config : PictureConfig
    key : TileKey
    sample_rate : int
        In Hz.
    n_samples : int
        Length of the track.
    read : callable
        ``read(start, count)`` returns mono samples, fewer only where the track ends. Called with adjoining ranges in
        rising order.
    piece : int
        Samples read at a time.
    """
    plan = TilePlan.of(key, config.n_fft)
    n_frames = min(plan.n_frames, max(0, -(-(n_samples - plan.first_centre) // plan.spacing)))
    cutter = FrameCutter(config.n_fft, plan.spacing, n_before=max(0, -plan.start))
    at = max(0, plan.start)
    end = plan.first_centre + (n_frames - 1) * plan.spacing + config.n_fft // 2 if n_frames else at
    levels = [np.empty((0, 1 + config.n_fft // 2), dtype=np.uint8)]
    while at < end:
        count = min(piece, end - at)
        samples = read(at, count)
        levels.append(frame_levels(cutter.push(samples)))
        at += count
        if len(samples) < count:
            levels.append(frame_levels(cutter.finish()))
            break
    columns = joined(np.concatenate(levels)[:n_frames], plan.frames_per_column)
    return SpectrogramTile(
        levels=frequency_rows(config, sample_rate)(columns),
        start_s=(plan.first_centre - plan.spacing / 2) / sample_rate,
        seconds_per_column=key.hop / sample_rate,
    )
