"""Evaluation of a bundle on labelled tracks: what ``genre-desktop evaluate`` does."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import DatasetFormatError, DatasetNotFoundError, ModelInputError, StorageError
from genre_desktop.core.i18n import tr
from genre_desktop.core.untrusted.printable import printable
from genre_desktop.library.engine.engine import Engine
from genre_desktop.library.engine.path_queue import PathQueue
from genre_desktop.library.files.atomic_write import require_replaceable
from genre_desktop.library.files.staged_folder import staged_folder
from genre_desktop.library.result import TrackResult
from genre_desktop.model.aggregate import track_probabilities
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.predictor import Predictor, load_head
from training.bundles.bundle_writer import with_note
from training.datasets.artists import artist_table_beside, read_artist_table, read_artist_tag
from training.datasets.audio_folder import list_sound_files
from training.datasets.dataset import LabelledTrack, artist_key, known_names
from training.datasets.name_list import read_names
from training.datasets.npz_dataset import read_npz
from training.datasets.taggrams import holds_taggrams, read_taggrams
from training.evaluation.caveats import caveats
from training.evaluation.metrics import Metrics, compute_metrics
from training.evaluation.scoring import score_tracks
from training.reports.report import REPORT_NAMES, metrics_table, write_report


@dataclass(frozen=True, eq=False)
class Evaluation:
    """The metrics of a bundle on a data set.

    Attributes
    ----------
    model, dataset : str
        Names.
    metrics : Metrics
        Over tracks.
    skipped : tuple of (str, str)
        Name and reason of each track that could not be scored; they are not in the metrics.
    read_in_part : tuple of (str, str)
        Name and reason of each track that was scored by the part of it that could be read.
    may_leak : bool
        The model was trained on a data set of this name, and the tracks to score were not named.
    note : str
        What of the model had no part in this, in a sentence; empty where all had.
    report_error : StorageError or None
        Why the report that was asked for is missing; the metrics are not lost with it.
    """

    model: str
    dataset: str
    metrics: Metrics
    skipped: tuple[tuple[str, str], ...]
    may_leak: bool
    read_in_part: tuple[tuple[str, str], ...] = ()
    note: str = ""
    report_error: StorageError | None = None

    def to_dict(self) -> dict[str, Any]:
        """The object of ``evaluate --json``."""
        return {"model": self.model, "dataset": self.dataset, **self.metrics.to_dict()}

    def table(self) -> str:
        """The metrics as text for a person."""
        lines = [metrics_table(self.metrics, tr("tracks"), caveats(self.metrics.n, are_artists_apart=True))]
        if self.note:
            lines.append(self.note)
        if self.may_leak:
            lines.append(
                tr(
                    "Leaking: the model was trained on tracks of a data set of this name, which it knows by heart. "
                    "Name the tracks that it has not seen with --names."
                )
            )
        return "\n".join([*lines, *self.remarks()])

    def remarks(self) -> list[str]:
        """Sentences about the tracks that could not be read, or only in part."""
        left_out = [tr("left out: {name}: {reason}", name=name, reason=reason) for name, reason in self.skipped]
        partly = [tr("read only in part: {name}: {reason}", name=name, reason=why) for name, why in self.read_in_part]
        return [*left_out, *partly]


def evaluate(
    bundle: ModelBundle, dataset: Path, *, names: Path | None = None, report: Path | None = None
) -> Evaluation:
    """Evaluate a bundle on labelled tracks.

    Parameters
    ----------
    bundle : ModelBundle
    dataset : Path
        An ``.npz`` of spectrograms or a folder with one sub-folder of sound files a genre.
    names : Path, optional
        Text file with the names of the tracks to score, one a line; all by default.
    report : Path, optional
        Folder for what `training.reports.report.write_report` writes.

    Returns
    -------
    Evaluation

    Raises
    ------
    DatasetNotFoundError, DatasetFormatError
    ModelInputError
        Where the data set does not hold what the model takes.
    StorageError
        Where nothing can be written to the folder of the report, which is checked before the work.
    ExportTargetError
        Where files of others there would be replaced.
    """
    wanted = None if names is None else set(read_names(names))
    if report is not None:
        _prepare_report(report)
    if os.path.isdir(dataset):
        scored = _score_folder(bundle, dataset, wanted)
    elif os.path.isfile(dataset):
        scored = (_score_taggrams if holds_taggrams(dataset) else _score_npz)(bundle, dataset, wanted)
    else:
        raise DatasetNotFoundError(path=dataset)
    if not scored.tracks:
        raise DatasetFormatError(path=dataset, reason=tr("none of its tracks is to be judged"))
    index = {label: i for i, label in enumerate(bundle.labels)}
    metrics = compute_metrics(
        scored.probabilities,
        np.array([index[track.genre] for track in scored.tracks], dtype=np.int64),
        bundle.labels,
        groups=[artist_key(track) for track in scored.tracks],
        unsure_below=bundle.unsure_below,
    )
    trained_on = bundle.card.get("training", {}).get("dataset", {}).get("file")
    may_leak = wanted is None and trained_on == printable(dataset.resolve().name)
    evaluation = Evaluation(
        bundle.name, dataset.name, metrics, scored.skipped, may_leak, scored.read_in_part, scored.note
    )
    return evaluation if report is None else _with_report(evaluation, report)


def _with_report(evaluation: Evaluation, folder: Path) -> Evaluation:
    model, dataset, metrics = evaluation.model, evaluation.dataset, evaluation.metrics
    title = tr("{model} on {n} tracks of {dataset}", model=model, n=metrics.n, dataset=printable(dataset))
    try:
        with staged_folder(folder) as stage:
            note = " ".join(filter(None, (caveats(metrics.n, are_artists_apart=True), evaluation.note)))
            write_report(metrics, stage, title, with_note({"model": model, "dataset": dataset}, note))
    except StorageError as error:
        return replace(evaluation, report_error=error)
    return evaluation


@dataclass(frozen=True, eq=False)
class _Scored:
    tracks: list[LabelledTrack]
    probabilities: NDArray[np.float64]
    skipped: tuple[tuple[str, str], ...]
    read_in_part: tuple[tuple[str, str], ...] = ()
    note: str = ""


_METRICS_HEAD = b'{\n  "model": '
"""How the metrics of a report begin; those of a model begin with its split."""


def _prepare_report(folder: Path) -> None:
    # Before the work: if it failed afterwards, the scores would be lost.
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        raise StorageError(path=folder, reason=error.strerror or str(error)) from error
    # Those of an earlier report are replaced; other files, among them the figures of a model, are not.
    metrics, *others = (folder / name for name in REPORT_NAMES)
    has_metrics = metrics.is_file()
    require_replaceable(metrics, lambda head: head.startswith(_METRICS_HEAD))
    for path in others:
        require_replaceable(path, lambda _: has_metrics)


def _check_genres(bundle: ModelBundle, genres: Iterable[str]) -> None:
    unknown = sorted(set(genres) - set(bundle.labels))
    if unknown:
        raise ModelInputError(name=bundle.name, expected=", ".join(bundle.labels), received=", ".join(unknown))


def _score_npz(bundle: ModelBundle, path: Path, wanted: set[str] | None) -> _Scored:
    if bundle.config.middle is not None:  # computed from samples
        raise ModelInputError(name=bundle.name, expected="sound", received="spectrograms")
    dataset = read_npz(path).with_artists_beside()
    if wanted is not None:
        dataset = dataset.select(sorted(wanted))
    config, given = bundle.config, dataset.config
    made = ("sample_rate", "n_fft", "hop_length", "n_mels", "fmin", "fmax")
    differing = [name for name in made if getattr(config, name) != getattr(given, name)]
    if differing:
        raise ModelInputError(
            name=bundle.name,
            expected=", ".join(f"{name} {getattr(config, name)}" for name in differing),
            received=", ".join(f"{name} {getattr(given, name)}" for name in differing),
        )
    _check_genres(bundle, (track.genre for track in dataset.tracks))
    # The frames are those that the model takes; patches and scaling have to be the model's, too.
    dataset = replace(dataset, config=config)
    predictor = Predictor.load_keras(bundle)
    every = range(len(dataset.tracks))
    scored, rows = score_tracks(predictor.score, dataset, every, bundle.temperature, bundle.aggregation)
    if len(scored) == 0:
        raise DatasetFormatError(path=path, reason=tr("no track is as long as a patch of the model"))
    left_out = sorted(set(every) - set(scored.tolist()))
    reason = tr("silent, or shorter than a patch of the model")
    skipped = tuple((dataset.tracks[i].name, reason) for i in left_out)
    return _Scored([dataset.tracks[i] for i in scored], rows, skipped)


def _score_taggrams(bundle: ModelBundle, path: Path, wanted: set[str] | None) -> _Scored:
    data = read_taggrams(path).with_artists_beside()
    if wanted is not None:
        data = data.select(sorted(wanted))
    _check_genres(bundle, (track.genre for track in data.tracks))
    score = load_head(bundle, n_tags=data.values[0].shape[1])
    rows = [
        track_probabilities(score(data.taggram(track)), bundle.temperature, bundle.aggregation)
        for track in range(len(data.tracks))
    ]
    note = ""
    if bundle.card["architecture"].get("sound_layer") is not None:
        note = tr("Its second opinion needs sound and had no part in this: the tags alone were judged.")
    return _Scored(list(data.tracks), np.array(rows), (), note=note)


def _classified(files: Iterable[Path], bundle: ModelBundle) -> Iterator[TrackResult]:
    # No store: stored results may be of an earlier version of the program.
    with Engine() as engine:
        engine.start()
        yield from engine.classify(PathQueue(map(str, files)), Predictor.load_keras(bundle), every_patch=True)


def _score_folder(bundle: ModelBundle, folder: Path, wanted: set[str] | None) -> _Scored:
    files = {file.path: LabelledTrack(file.name, file.genre) for file in list_sound_files(folder)}
    if wanted is not None:
        # A list names tracks as GENRE.NUMBER or as the path below the folder.
        files = {path: track for path, track in files.items() if wanted.intersection(known_names(track))}
        if not files:
            raise DatasetFormatError(path=folder, reason=tr("none of the names is in it"))
    _check_genres(bundle, (track.genre for track in files.values()))
    table = artist_table_beside(folder)
    artists = {} if table is None else read_artist_table(table)
    tracks: list[LabelledTrack] = []
    rows: list[list[float]] = []
    skipped: list[tuple[str, str]] = []
    read_in_part: list[tuple[str, str]] = []
    for result in _classified(files, bundle):
        track = files[result.path]
        if result.prediction is None:
            skipped.append((track.name, str(result.error)))
        elif result.prediction.probabilities is None:
            skipped.append((track.name, " ".join(result.prediction.reasons)))
        else:
            artist = next(filter(None, map(artists.get, known_names(track))), None) or read_artist_tag(result.path)
            tracks.append(replace(track, artist=artist))
            read_in_part += [(track.name, str(result.trouble))] if result.trouble is not None else []
            rows.append([result.prediction.probabilities[label] for label in bundle.labels])
    if not tracks:
        raise DatasetFormatError(path=folder, reason=tr("none of its files could be scored"))
    found = {name for track in files.values() for name in known_names(track)}
    skipped += [(name, tr("not in the folder")) for name in sorted((wanted or set()) - found)]
    return _Scored(tracks, np.array(rows), tuple(skipped), tuple(read_in_part))
