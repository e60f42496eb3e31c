"""How good is a bundle on labelled tracks: what ``genre-desktop evaluate`` does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.patches import cut_patches, scale_patches
from genre_desktop.errors import DatasetFormatError, DatasetNotFoundError, GenreDesktopError, ModelInputError
from genre_desktop.i18n import tr
from genre_desktop.model.aggregate import calibrate, track_probabilities
from genre_desktop.model.bundle import ModelBundle
from genre_desktop.model.predictor import Predictor
from genre_desktop.model.track import classify_file
from training.dataset import Dataset, Track, read_artists, read_names, read_npz
from training.folder import list_sound_files, read_artist
from training.judge import Judgement, judge
from training.report import table, write_report
from training.run import ARTISTS_NAME


@dataclass(frozen=True, eq=False)
class Evaluation:
    """A bundle judged on a data set.

    Attributes
    ----------
    model, dataset : str
        Names.
    judgement : Judgement
        Over tracks.
    skipped : tuple of (str, str)
        Tracks that could not be scored, and why; they are not in the figures.
    """

    model: str
    dataset: str
    judgement: Judgement
    skipped: tuple[tuple[str, str], ...]

    def to_dict(self) -> dict[str, Any]:
        """The object of ``evaluate --json``."""
        return {"model": self.model, "dataset": self.dataset, **self.judgement.to_dict()}

    def table(self) -> str:
        """The figures for a person."""
        lines = [table(self.judgement, tr("tracks"))]
        lines += [tr("left out: {name}: {reason}", name=name, reason=reason) for name, reason in self.skipped]
        return "\n".join(lines)


def evaluate(
    bundle: ModelBundle, dataset: Path, *, names: Path | None = None, report: Path | None = None
) -> Evaluation:
    """Judge a bundle on labelled tracks.

    Parameters
    ----------
    bundle : ModelBundle
    dataset : Path
        An ``.npz`` of spectrograms or a folder with one sub-folder of sound files a genre.
    names : Path, optional
        Text file with the names of the tracks that count, one a line.
    report : Path, optional
        Folder for ``metrics.json``, ``confusion.csv`` and ``confusion.png``.

    Returns
    -------
    Evaluation

    Raises
    ------
    DatasetNotFoundError, DatasetFormatError
    ModelInputError
        Where the data set does not hold what the model takes.
    """
    wanted = None if names is None else set(read_names(names))
    if dataset.is_dir():
        scored = _score_folder(bundle, dataset, wanted)
    elif dataset.is_file():
        scored = _score_npz(bundle, dataset, wanted)
    else:
        raise DatasetNotFoundError(path=dataset)
    index = {label: i for i, label in enumerate(bundle.labels)}
    unknown = sorted({track.genre for track in scored.tracks} - set(index))
    if unknown:
        raise ModelInputError(name=bundle.name, expected=", ".join(bundle.labels), received=", ".join(unknown))
    judgement = judge(
        scored.probabilities,
        np.array([index[track.genre] for track in scored.tracks], dtype=np.int64),
        bundle.labels,
        groups=[track.artist or f"\0{track.name}" for track in scored.tracks],
        unsure_below=bundle.unsure_below,
    )
    evaluation = Evaluation(bundle.name, dataset.name, judgement, scored.skipped)
    if report is not None:
        title = tr("{model} on {n} tracks of {dataset}", model=bundle.name, n=judgement.n, dataset=dataset.name)
        write_report(judgement, report, title, {"model": bundle.name, "dataset": dataset.name})
    return evaluation


@dataclass(frozen=True, eq=False)
class _Scored:
    tracks: list[Track]
    probabilities: NDArray[np.float64]
    skipped: tuple[tuple[str, str], ...]


def _score_npz(bundle: ModelBundle, path: Path, wanted: set[str] | None) -> _Scored:
    dataset = read_npz(path)
    if wanted is not None:
        dataset = dataset.select(sorted(wanted))
    beside = path.parent / ARTISTS_NAME
    if beside.is_file():
        dataset = dataset.with_artists(read_artists(beside))
    config, given = bundle.config, dataset.config
    made = ("sample_rate", "n_fft", "hop_length", "n_mels", "fmin", "fmax")
    differing = [name for name in made if getattr(config, name) != getattr(given, name)]
    if differing:
        raise ModelInputError(
            name=bundle.name,
            expected=", ".join(f"{name} {getattr(config, name)}" for name in differing),
            received=", ".join(f"{name} {getattr(given, name)}" for name in differing),
        )
    predictor = Predictor.load(bundle)
    rows = [score_frames(predictor, frames) for frames in _all_frames(dataset)]
    kept = [(track, row) for track, row in zip(dataset.tracks, rows, strict=True) if row is not None]
    if not kept:
        raise DatasetFormatError(path=path, reason="no track is as long as a patch of the model")
    short = tr("shorter than a patch of the model")
    skipped = tuple((track.name, short) for track, row in zip(dataset.tracks, rows, strict=True) if row is None)
    return _Scored([track for track, _ in kept], np.array([row for _, row in kept]), skipped)


def _all_frames(dataset: Dataset) -> Iterator[NDArray[Any]]:
    for track in range(len(dataset.tracks)):
        yield dataset.frames(track)


def score_frames(predictor: Predictor, frames: NDArray[Any]) -> NDArray[np.float64] | None:
    """Probabilities of a track from its frames in dB [shape=(n_genres,)]; ``None`` where it is shorter than a patch."""
    config = predictor.bundle.config
    patches = cut_patches(frames, config)
    if len(patches.start_s) == 0:
        return None
    scores = predictor.score(scale_patches(patches.values, config))
    return track_probabilities(calibrate(scores, predictor.bundle.temperature))


def _score_folder(bundle: ModelBundle, folder: Path, wanted: set[str] | None) -> _Scored:
    files = list_sound_files(folder)
    if wanted is not None:
        # A list names tracks as GENRE.NUMBER or as the path below the folder.
        files = [file for file in files if file.name in wanted or file.path.stem in wanted]
        if not files:
            raise DatasetFormatError(path=folder, reason="none of the names is in it")
    predictor = Predictor.load(bundle)
    tracks: list[Track] = []
    rows: list[list[float]] = []
    skipped: list[tuple[str, str]] = []
    for file in files:
        try:
            prediction = classify_file(file.path, predictor)
        except GenreDesktopError as error:
            skipped.append((file.name, str(error)))
            continue
        if prediction.probabilities is None:
            skipped.append((file.name, " ".join(prediction.reasons)))
            continue
        tracks.append(Track(file.name, file.genre, read_artist(file.path)))
        rows.append([prediction.probabilities[label] for label in bundle.labels])
    if not tracks:
        raise DatasetFormatError(path=folder, reason="none of its files could be scored")
    return _Scored(tracks, np.array(rows), tuple(skipped))
