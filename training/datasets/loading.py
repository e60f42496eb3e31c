"""Loading the data set of a training: spectrograms or sound, with the artists of the tracks."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.core.errors import DatasetFormatError, DatasetNotFoundError, SplitError, TooFewTracksError
from genre_desktop.core.i18n import tr
from training.datasets.artists import artist_table_beside, read_artist_table, read_artist_tag
from training.datasets.audio_folder import WAVEFORM_VARIANTS, list_sound_files, read_folder
from training.datasets.dataset import Dataset, LabelledTrack, TrackSet, known_names
from training.datasets.genre_names import require_genre_names
from training.datasets.npz_dataset import read_npz
from training.datasets.splits import SplitName, number_of_folds

Reporter = Callable[[str], None]
"""Receives progress messages, a sentence each, to be shown to a person."""

ShouldStop = Callable[[], bool]
"""Polled during long work; true asks for its end."""


def load_dataset(
    path: Path,
    artists: Path | None,
    split: SplitName | None,
    seed: int,
    reporter: Reporter,
    should_stop: ShouldStop | None = None,
    *,
    config: FeatureConfig | None = None,
    variants: int = 1 + WAVEFORM_VARIANTS,
    folds: int = 0,
) -> Dataset:
    """Load a data set for training.

    Parameters
    ----------
    path : Path
        An ``.npz`` of spectrograms, or a folder with one sub-folder of sound files a genre.
    artists : Path or None
        Table of artists; ``artists.tsv`` beside the data set, or the files' tags, by default.
    split : str or None
        The split that will be made. If the data cannot be split so, an error is raised before the
        features are computed, which may take hours.
    seed : int
        Of the augmentation of waveforms.
    reporter : callable
        Receives progress messages.
    should_stop : callable, optional
    config : FeatureConfig, optional
        Features of sound; the notebook's by default, 128 columns of 512 samples, 3 s a patch.
    variants : int
        Versions of each recording of sound, itself included; the others are augmented.
    folds : int
        The number of folds that is asked for, if any: refused as early as `split`.

    Returns
    -------
    Dataset

    Raises
    ------
    TrainingError
    """
    table = None if artists is None else read_artist_table(artists)
    if os.path.isdir(path):
        _check_folder(path, artists, table, split, folds)
        dataset = _read_sound(path, config or FeatureConfig(), variants, seed, reporter, should_stop)
    elif os.path.isfile(path):
        dataset = read_npz(path)
        check_artist_table(path, artists, table, dataset.tracks)
    else:
        raise DatasetNotFoundError(path=path)
    dataset = dataset.with_artists_beside() if table is None else dataset.with_artists(table)
    report_artists(dataset, reporter)
    return dataset


def should_report_progress(done: int, total: int) -> bool:
    """True at every twentieth part of the work, and at its end."""
    return done == total or done % max(1, total // 20) == 0


def report_artists(data: TrackSet, reporter: Reporter) -> None:
    """Report of how many tracks the artist is known, and what it means where none is."""
    reporter(tr("Artists are known of {n} of {total} tracks.", n=data.artists_known, total=len(data.tracks)))
    if not data.artists_known:
        reporter(tr("Without artists, songs of one artist may stand on both sides: the figures will be too good."))


def _read_sound(
    path: Path, config: FeatureConfig, variants: int, seed: int, reporter: Reporter, should_stop: ShouldStop | None
) -> Dataset:
    def progress(done: int, total: int) -> None:
        if should_report_progress(done, total):
            reporter(tr("features of {done} of {total} files", done=done, total=total))

    dataset = read_folder(
        path,
        config,
        variants=variants,
        seed=seed,
        on_progress=progress,
        should_stop=should_stop,
    )
    for name, reason in dataset.skipped:
        reporter(tr("left out: {name}: {reason}", name=name, reason=reason))
    for name, reason in dataset.read_in_part:
        reporter(tr("read only in part: {name}: {reason}", name=name, reason=reason))
    return dataset


def _check_folder(
    path: Path, artists: Path | None, table: dict[str, str] | None, split: SplitName | None, folds: int
) -> None:
    files = list_sound_files(path)
    counts = Counter(file.genre for file in files)
    if len(counts) < 2:
        raise TooFewTracksError(path=path, reason=tr("{n} genre, at least 2 are needed", n=len(counts)))
    require_genre_names(path, counts)
    number_of_folds(split or "track", folds, min(counts.values()))
    check_artist_table(path, artists, table, [LabelledTrack(file.name, file.genre) for file in files])
    must_have_tags = split == "artist" and table is None and artist_table_beside(path) is None
    if must_have_tags and not any(read_artist_tag(file.path) for file in files):
        reason = tr("no artist is known; give a table with --artists, or use --split track")
        raise SplitError(split="artist", reason=reason)


def check_artist_table(
    path: Path,
    artists: Path | None,
    table: dict[str, str] | None,
    tracks: list[LabelledTrack] | tuple[LabelledTrack, ...],
) -> None:
    """Check that a table of artists has at least one of the tracks: otherwise artists would not be kept apart.

    Raises
    ------
    DatasetFormatError
    """
    if table is None or any(name in table for track in tracks for name in known_names(track)):
        return
    reason = tr(
        "none of its tracks is in the table {table}; its names are like {name}", table=artists, name=tracks[0].name
    )
    raise DatasetFormatError(path=path, reason=reason)
