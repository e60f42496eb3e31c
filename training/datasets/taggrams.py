"""Taggrams: the probabilities of tags in each patch of a track, by a pre-trained tagger."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.features.patches import cut_patches, scale_patches
from genre_desktop.core.errors import DatasetFormatError, TrainingInterruptedError
from genre_desktop.core.i18n import tr
from genre_desktop.model.classify_file import sounding_patches
from genre_desktop.model.predictor import MAX_BATCH
from training.datasets.dataset import Dataset, LabelledTrack, TrackSet
from training.datasets.npz_arrays import array_names, read_arrays

if TYPE_CHECKING:
    import keras

LEAST_PROBABILITY = 1e-3
"""Lower bound of a tag's probability in `Taggrams.evidence`; see `genre_desktop.model.layers.ClippedLogit`."""

LEAST_LOGIT_PROBABILITY = 1e-6
"""Lower bound of a tag's probability in `Taggrams.logits`: half-precision files are not accurate below it."""


@dataclass(frozen=True, eq=False)
class Taggrams(TrackSet):
    """Labelled tracks and the probabilities of tags in their patches.

    Attributes
    ----------
    values : tuple of ndarray of float32 [shape=(n_patches, n_tags)]
        Probabilities; `rows` are positions in it.
    """

    values: tuple[NDArray[np.float32], ...]

    def taggram(self, track: int) -> NDArray[np.float32]:
        """Probabilities of the tags in a track's patches [shape=(n_patches, n_tags)]."""
        return self.values[self.rows[track]]

    def logits(self, track: int) -> NDArray[np.float64]:
        """Log-odds of the tags in a track's patches [shape=(n_patches, n_tags)]."""
        return log_odds(self.taggram(track), LEAST_LOGIT_PROBABILITY)

    def mean_logits(self) -> NDArray[np.float64]:
        """Mean `logits` of each track [shape=(n_tracks, n_tags)]."""
        return np.array([self.logits(track).mean(axis=0) for track in range(len(self.tracks))])

    def evidence(self, track: int) -> NDArray[np.float64]:
        """Clipped log-odds of the tags in a track's patches [shape=(n_patches, n_tags)]."""
        return log_odds(self.taggram(track), LEAST_PROBABILITY)

    def mean_evidence(self) -> NDArray[np.float64]:
        """Mean `evidence` of each track [shape=(n_tracks, n_tags)]."""
        return np.array([self.evidence(track).mean(axis=0) for track in range(len(self.tracks))])


def log_odds(probabilities: NDArray[np.floating], least: float) -> NDArray[np.float64]:
    """Log-odds, cut at those of `least` and its complement."""
    clipped = np.clip(probabilities.astype(np.float64), least, 1 - least)
    return np.asarray(np.log(clipped / (1 - clipped)))


def holds_taggrams(path: Path) -> bool:
    """Whether an ``.npz`` file has taggrams and not spectrograms.

    Raises
    ------
    DatasetNotFoundError, DatasetFormatError
    """
    return "taggram" in array_names(path)


def read_taggrams(path: Path) -> Taggrams:
    """Read a file of taggrams.

    Parameters
    ----------
    path : Path
        An ``.npz`` with ``taggram`` float [n_patches, n_tags] (probabilities) and ``names``
        [n_patches], the patches of a track in a row. A name is ``GENRE.anything``.

    Returns
    -------
    Taggrams

    Raises
    ------
    DatasetNotFoundError, DatasetFormatError
    """
    arrays = read_arrays(path, frozenset(("taggram", "names")))
    if len(arrays) < 2:
        found = ", ".join(sorted(array_names(path)))
        raise DatasetFormatError(path=path, reason=tr("it lacks taggram or names; found {found}", found=found))
    taggram, names = arrays["taggram"], arrays["names"]
    if taggram.ndim != 2 or taggram.dtype.kind != "f" or names.ndim != 1 or names.dtype.kind != "U":
        reason = tr(
            "taggram must be float [n, tags] and names text [n]; received {taggram} and {names}",
            taggram=f"{taggram.dtype} {list(taggram.shape)}",
            names=f"{names.dtype} {list(names.shape)}",
        )
        raise DatasetFormatError(path=path, reason=reason)
    if len(taggram) != len(names) or not taggram.size:
        raise DatasetFormatError(path=path, reason=tr("taggram and names differ in length, or are empty"))
    if not (taggram.min() >= 0 and taggram.max() <= 1):  # a NaN is neither
        raise DatasetFormatError(path=path, reason=tr("its taggram holds values that are no probabilities"))
    return from_patches(path, names.tolist(), taggram.astype(np.float32))


def from_patches(path: Path, names: Sequence[str], values: NDArray[np.float32]) -> Taggrams:
    """Group patches by the name of their track.

    Raises
    ------
    DatasetFormatError
    """
    starts = [i for i, name in enumerate(names) if i == 0 or name != names[i - 1]]
    tracks = tuple(LabelledTrack(names[start], names[start].split(".", 1)[0]) for start in starts)
    if len({track.name for track in tracks}) != len(tracks):
        raise DatasetFormatError(path=path, reason=tr("the patches of a track do not stand in a row"))
    if not all(track.genre.strip() for track in tracks):
        raise DatasetFormatError(path=path, reason=tr("a name has no genre in front of a dot"))
    return Taggrams(
        path=path,
        tracks=tracks,
        labels=tuple(sorted({track.genre for track in tracks})),
        rows=tuple(range(len(tracks))),
        skipped=(),
        values=tuple(np.split(values, starts[1:])),
    )


def tag_dataset(
    dataset: Dataset,
    tagger: keras.Model,
    *,
    on_progress: Callable[[int, int], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Taggrams:
    """Compute the taggrams of a data set of sound.

    Parameters
    ----------
    dataset : Dataset
        With the network's features; tracks shorter than a patch, and silent ones, are left out.
    tagger : keras.Model
        From scaled patches to probabilities of tags.
    on_progress : callable, optional
        Called with the tracks done and their number.
    should_stop : callable, optional
        True ends the work.

    Returns
    -------
    Taggrams

    Raises
    ------
    TrainingInterruptedError
    """
    values: list[NDArray[np.float32]] = []
    kept: list[int] = []
    for track in range(len(dataset.tracks)):
        if should_stop is not None and should_stop():
            raise TrainingInterruptedError
        patches = cut_patches(np.asarray(dataset.frames(track), np.float32), dataset.config).values
        patches = scale_patches(patches[sounding_patches(patches)], dataset.config)
        if len(patches):
            kept.append(track)
            batches = (patches[i : i + MAX_BATCH] for i in range(0, len(patches), MAX_BATCH))
            values.append(np.concatenate([np.asarray(tagger.predict_on_batch(batch)) for batch in batches]))
        if on_progress is not None:
            on_progress(track + 1, len(dataset.tracks))
    left_out = sorted(set(range(len(dataset.tracks))) - set(kept))
    reason = tr("silent, or shorter than a patch of the model")
    return Taggrams(
        path=dataset.path,
        tracks=tuple(dataset.tracks[i] for i in kept),
        labels=dataset.labels,
        rows=tuple(range(len(kept))),
        skipped=(*dataset.skipped, *((dataset.tracks[i].name, reason) for i in left_out)),
        values=tuple(values),
    )
