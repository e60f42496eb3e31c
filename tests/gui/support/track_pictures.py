"""Pictures of made-up tracks for the canvas, and a source that computes their tiles on a thread."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Qt, Signal

from genre_desktop.audio.picture.messages import Samples, TileMade
from genre_desktop.audio.picture.peak_envelope import Peaks
from genre_desktop.audio.picture.peak_pyramid import PeakPyramid
from genre_desktop.audio.picture.track_picture import (
    TILE_COLUMNS,
    FrequencyRange,
    PictureConfig,
    SpectrogramTile,
    TileKey,
    TrackPicture,
    as_levels,
)
from genre_desktop.gui.canvas.track_plots import TrackPlots
from genre_desktop.model.prediction import Segment

RATE = 44_100


def levels_at(config: PictureConfig, seconds: NDArray[np.float64], sample_rate: int = RATE) -> NDArray[np.uint8]:
    """Levels [shape=(n_columns, n_rows)] of a made-up sound: a beat, a gliding tone and its overtones over noise."""
    axis = FrequencyRange.of(config, sample_rate)
    hz = axis.hz((np.arange(config.n_rows) + 0.5) / config.n_rows)
    tone = 220 * 2 ** np.sin(2 * np.pi * seconds / 8)
    db = np.full((seconds.size, hz.size), -85.0) - 12 * np.log2(np.maximum(hz, 50) / 500)[None, :] * 0.6
    for overtone in range(1, 12):
        distance = np.abs(np.log2(np.maximum(hz, 1)[None, :] / (overtone * tone[:, None])))
        db = np.maximum(db, -18 - 4 * overtone - 500 * distance)
    beat = -30 - 60 * np.mod(seconds, 0.5)[:, None] - 0.002 * hz[None, :]
    return as_levels(np.maximum(db, beat))


def peaks(duration_s: float, bins_per_s: float) -> PeakPyramid:
    """The outline of a made-up sound."""
    seconds = np.arange(int(duration_s * bins_per_s)) / bins_per_s
    loudness = 0.85 * (0.45 + 0.3 * np.sin(2 * np.pi * seconds / 37) + 0.25 * np.exp(-6 * np.mod(seconds, 0.5)))
    rng = np.random.default_rng(1)
    high = (loudness * rng.uniform(0.8, 1, seconds.size)).astype(np.float32)
    low = -(loudness * rng.uniform(0.8, 1, seconds.size)).astype(np.float32)
    return PeakPyramid.of(Peaks(low, high, (0.45 * high).astype(np.float32), 1 / bins_per_s))


def picture(
    duration_s: float = 10.0,
    path: str = "/m/a.wav",
    config: PictureConfig | None = None,
    *,
    n_columns: int = 2_048,
    complete: bool = True,
    pyramid: PeakPyramid | None = None,
) -> TrackPicture:
    """A whole made-up track."""
    config = config or PictureConfig()
    step = duration_s / n_columns
    whole = SpectrogramTile(levels_at(config, (np.arange(n_columns) + 0.5) * step), 0.0, step)
    bins_per_s = min(RATE / 64, 4_000_000 / duration_s)
    return TrackPicture(
        ticket=1,
        path=path,
        config=config,
        codec="WAV",
        sample_rate=RATE,
        channels=2,
        duration_s=duration_s,
        peaks=pyramid or peaks(duration_s, bins_per_s),
        spectrogram=whole,
        problem=None,
        complete=complete,
    )


def tile(config: PictureConfig, key: TileKey) -> SpectrogramTile:
    """A tile of a made-up track."""
    step = key.hop / RATE
    seconds = (key.index * TILE_COLUMNS + np.arange(TILE_COLUMNS) + 0.5) * step
    return SpectrogramTile(levels_at(config, seconds), key.start_s(RATE), step)


def two_genres(duration_s: float, hop_s: float = 2.5) -> list[Segment]:
    """Segments of disco in the first half and classical in the second, with a moment of doubt between them."""
    made = []
    n = int(duration_s / hop_s)
    rng = np.random.default_rng(2)
    for number in range(n):
        start = number * hop_s
        doubt = abs(number - n / 2) < 1.5
        genre = "pop" if doubt else "disco" if number < n / 2 else "classical"
        made.append(Segment(start, start + 2 * hop_s, genre, 0.38 if doubt else float(rng.uniform(0.6, 0.97))))
    return made


class FakeReader(QObject):
    """Answers requests of the plots like the picture process: a tile at a time, the latest request first.

    Parameters
    ----------
    plots : TrackPlots
    delay_s : float
        Delay of each answer.
    levels : ndarray of uint8, optional
        Levels of every tile; computing them on a thread would block the window, as another process does not.
    """

    _made = Signal(object)

    def __init__(self, plots: TrackPlots, delay_s: float = 0.0, levels: NDArray[np.uint8] | None = None) -> None:
        super().__init__()
        self.asked: list[tuple[PictureConfig, tuple[TileKey, ...]]] = []
        self.asked_samples: list[tuple[float, float]] = []
        self._delay_s = delay_s
        self._levels = levels
        self._requests: queue.SimpleQueue[tuple[PictureConfig, Sequence[TileKey]] | None] = queue.SimpleQueue()
        self._plots = plots
        plots.requests.tiles_requested.connect(self._ask)
        plots.requests.samples_requested.connect(self._give_samples)
        self._made.connect(plots.show_tile, Qt.ConnectionType.QueuedConnection)
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the thread."""
        self._requests.put(None)
        self._thread.join()

    def _ask(self, config: PictureConfig, keys: tuple[TileKey, ...]) -> None:
        self.asked.append((config, keys))
        self._requests.put((config, keys))

    def _give_samples(self, start_s: float, end_s: float) -> None:
        self.asked_samples.append((start_s, end_s))
        first = int(start_s * RATE)
        at = np.arange(first, int(end_s * RATE)) / RATE
        self._plots.show_samples(
            Samples(1, (0.5 * np.sin(2 * np.pi * 440 * at)).astype(np.float32), first / RATE, RATE)
        )

    def _run(self) -> None:
        while (request := self._requests.get()) is not None:
            config, keys = request
            for key in keys:
                if not self._requests.empty():
                    break
                time.sleep(self._delay_s)
                if self._levels is None:
                    made = tile(config, key)
                else:
                    made = SpectrogramTile(self._levels.copy(), key.start_s(RATE), key.hop / RATE)
                self._made.emit(TileMade(1, config, key, made))
