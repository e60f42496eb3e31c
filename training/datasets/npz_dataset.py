"""A data set of spectrograms in an ``.npz`` file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.core.errors import DatasetFormatError
from genre_desktop.core.i18n import tr
from training.datasets.dataset import Dataset, LabelledTrack
from training.datasets.npz_arrays import array_names, read_arrays

SPECTROGRAM_HOP_LENGTH = 915
"""Samples between two columns of a spectrogram file (24.1 columns a second, see `read_npz`)."""


class _NpzFrames:
    """Quantised spectrograms of a file, all in memory (60 MB for 640 tracks)."""

    n_variants = 1

    def __init__(self, quantised: NDArray[np.uint8], vmin_db: NDArray[np.float32]) -> None:
        self._quantised = quantised
        self._vmin_db = vmin_db

    def n_frames(self, track: int, variant: int = 0) -> int:
        return int(self._quantised.shape[2])

    def frames(self, track: int, variant: int = 0) -> NDArray[np.float32]:
        below_top = 1.0 - self._quantised[track].T.astype(np.float32) / 255.0
        return np.asarray(below_top * self._vmin_db[track], np.float32)


def read_npz(path: Path) -> Dataset:
    """Read a file of spectrograms.

    Parameters
    ----------
    path : Path
        An ``.npz`` with ``q`` uint8 [n, n_mels, n_columns], ``vmin_db`` float32 [n] and
        ``names`` [n]; the value in dB is ``vmin_db * (1 - q / 255)``, mel bin 0 the
        lowest. A name is ``GENRE.anything``.

    Returns
    -------
    Dataset

    Raises
    ------
    DatasetNotFoundError, DatasetFormatError
    """
    needed = frozenset(("q", "vmin_db", "names"))
    arrays = read_arrays(path, needed)
    missing = needed - set(arrays)
    if missing:
        reason = tr(
            "it lacks the arrays {missing}; found {found}",
            missing=", ".join(sorted(missing)),
            found=", ".join(sorted(array_names(path))),
        )
        raise DatasetFormatError(path=path, reason=reason)
    quantised, vmin_db, names = arrays["q"], arrays["vmin_db"], arrays["names"]
    config = FeatureConfig(hop_length=SPECTROGRAM_HOP_LENGTH)
    if quantised.ndim != 3 or quantised.dtype != np.uint8 or quantised.shape[1] != config.n_mels:
        reason = tr(
            "q must be uint8 [n, {n_mels}, columns]; received {received}",
            n_mels=config.n_mels,
            received=f"{quantised.dtype} {list(quantised.shape)}",
        )
        raise DatasetFormatError(path=path, reason=reason)
    if names.ndim != 1 or names.dtype.kind != "U" or vmin_db.ndim != 1 or vmin_db.dtype.kind != "f":
        reason = tr(
            "names must be text [n] and vmin_db float [n]; received {names} and {vmin}",
            names=f"{names.dtype} {list(names.shape)}",
            vmin=f"{vmin_db.dtype} {list(vmin_db.shape)}",
        )
        raise DatasetFormatError(path=path, reason=reason)
    if not len(quantised) == len(vmin_db) == len(names):
        raise DatasetFormatError(path=path, reason=tr("q, vmin_db and names differ in length"))
    tracks = tuple(LabelledTrack(str(name), str(name).split(".", 1)[0]) for name in names)
    if len({track.name for track in tracks}) != len(tracks):
        raise DatasetFormatError(path=path, reason=tr("names occur twice"))
    return Dataset(
        path=path,
        tracks=tracks,
        labels=tuple(sorted({track.genre for track in tracks})),
        rows=tuple(range(len(tracks))),
        skipped=(),
        config=config,
        source=_NpzFrames(quantised, vmin_db.astype(np.float32)),
    )
