"""The check of a data set before a training: ``genre-desktop check DATASET``."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.core.errors import DatasetNotFoundError, GenreDesktopError
from genre_desktop.core.i18n import tr
from training.datasets.artists import read_artist_tag
from training.datasets.audio_folder import list_sound_files
from training.datasets.dataset import LabelledTrack, TrackSet, artist_key
from training.datasets.feature_cache import content_hash
from training.datasets.genre_names import genre_name_problem
from training.datasets.npz_dataset import read_npz
from training.datasets.taggrams import holds_taggrams, read_taggrams

FEW_TRACKS = 20
FEW_ARTISTS = 5
UNBALANCED = 3.0


def check_dataset(path: Path) -> list[str]:
    """Findings about a data set, a sentence each; the first one sums it up.

    Parameters
    ----------
    path : Path
        An ``.npz`` of spectrograms or of taggrams, or a folder with one sub-folder of sound files a genre.
        Every file is read once, none is decoded in full.

    Returns
    -------
    list of str

    Raises
    ------
    DatasetNotFoundError, DatasetFormatError
    """
    if os.path.isdir(path):
        tracks, findings = _check_folder(path)
    elif os.path.isfile(path):
        tracks, findings = _check_npz(path)
    else:
        raise DatasetNotFoundError(path=path)
    counts = Counter(track.genre for track in tracks)
    summary = tr(
        "{tracks} tracks of {genres} genres: {counts}.",
        tracks=len(tracks),
        genres=len(counts),
        counts=", ".join(f"{genre} {count}" for genre, count in sorted(counts.items())),
    )
    return [summary, *_check_names(counts), *_check_counts(counts), *_check_artists(tracks), *findings]


def _check_npz(path: Path) -> tuple[tuple[LabelledTrack, ...], list[str]]:
    data: TrackSet = read_taggrams(path) if holds_taggrams(path) else read_npz(path)
    return data.with_artists_beside().tracks, []


def _check_folder(path: Path) -> tuple[tuple[LabelledTrack, ...], list[str]]:
    config = FeatureConfig()
    needed_s = config.min_samples / config.sample_rate
    tracks: list[LabelledTrack] = []
    findings: list[str] = []
    contents: dict[bytes, str] = {}
    for file in list_sound_files(path):
        try:
            with open_audio(file.path) as reader:
                duration_s = reader.info.duration_s
            content = content_hash(file.path)
        except GenreDesktopError as error:
            findings.append(tr("{name} cannot be used: {reason}", name=file.name, reason=error.message))
            continue
        if duration_s is not None and duration_s < needed_s:
            findings.append(tr("{name} is too short: {seconds:.1f} s of sound.", name=file.name, seconds=duration_s))
            continue
        first = contents.setdefault(content, file.name)
        if first != file.name:
            findings.append(tr("{name} holds the same as {other}.", name=file.name, other=first))
        tracks.append(LabelledTrack(file.name, file.genre, read_artist_tag(file.path)))
    return tuple(tracks), findings


def _check_names(counts: Counter[str]) -> list[str]:
    problem = genre_name_problem(counts)
    return [] if problem is None else [tr("Its genres cannot be learned as they are: {reason}.", reason=problem)]


def _check_counts(counts: Counter[str]) -> list[str]:
    findings = []
    if len(counts) < 2:
        findings.append(tr("At least two genres are needed to train on."))
    few = [genre for genre, count in sorted(counts.items()) if count < FEW_TRACKS]
    if few:
        findings.append(
            tr("Fewer than {n} tracks of {genres}: expect little of them.", n=FEW_TRACKS, genres=", ".join(few))
        )
    if counts and max(counts.values()) > UNBALANCED * min(counts.values()):
        findings.append(tr("The genres differ much in size: the large ones will be preferred."))
    return findings


def _check_artists(tracks: tuple[LabelledTrack, ...]) -> list[str]:
    if not tracks:
        return []
    unknown = sum(track.artist is None for track in tracks)
    if unknown == len(tracks):
        return [tr("No artist is known: artists cannot be kept apart, the figures will be too good.")]
    findings = []
    if unknown:
        findings.append(tr("{n} tracks have no artist; each counts as an artist of its own.", n=unknown))
    for genre in sorted({track.genre for track in tracks}):
        artists = {artist_key(track) for track in tracks if track.genre == genre}
        if len(artists) < FEW_ARTISTS:
            findings.append(
                tr("{genre} has {n} artists only: its figures hang on each of them.", genre=genre, n=len(artists))
            )
    return findings
