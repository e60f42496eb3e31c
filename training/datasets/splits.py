"""Train/validation splits: by artist, by track, by patch, or from lists.

Only splits that keep all of an artist (or at least all of a track) on one side measure how a
model does on unknown music. The split by patch is the notebook's: patches of one track,
overlapping by half, are on both sides, so its metrics are reported as leaking.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import SplitError
from genre_desktop.core.i18n import tr
from training.datasets.dataset import TrackSet, artist_key, known_names
from training.datasets.name_list import read_names

SplitName = Literal["artist", "track", "patch", "lists"]
SPLITS: tuple[str, ...] = get_args(SplitName)
VALID_SHARE = 0.2
"""Share of the patches that the split by patch holds out."""

FOLDS = 5
"""Default number of folds of a cross-validation."""


@dataclass(frozen=True, eq=False)
class TrackSplit:
    """The tracks of a training and of a validation set.

    Attributes
    ----------
    train, valid : ndarray of int64
        Positions in the data set.
    protocol : str
        How the split was made, in a sentence.
    """

    train: NDArray[np.int64]
    valid: NDArray[np.int64]
    protocol: str


def split_patches(n_patches: int, seed: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The notebook's split: patches at random, 80 to 20 (leaking).

    Returns
    -------
    train, valid : ndarray of int64
        Positions of patches, sorted.
    """
    order = np.random.RandomState(seed).permutation(n_patches)
    n_valid = max(1, round(n_patches * VALID_SHARE))
    return np.sort(order[n_valid:]), np.sort(order[:n_valid])


def split_tracks(dataset: TrackSet, seed: int, folds: int = 0) -> list[TrackSplit]:
    """Folds over tracks, with genres in equal shares; an artist may be on both sides.

    Parameters
    ----------
    dataset : TrackSet
    seed : int
    folds : int
        0 for `FOLDS`, or as many as the tracks allow.

    Raises
    ------
    SplitError
        Where a genre has fewer than two tracks, or fewer than `folds`.
    """
    from sklearn.model_selection import StratifiedKFold

    smallest = int(np.bincount(dataset.truth, minlength=len(dataset.labels)).min())
    if smallest < 2:
        raise SplitError(split="track", reason=tr("a genre has fewer than two tracks"))
    folds = number_of_folds("track", folds, smallest)
    maker = StratifiedKFold(folds, shuffle=True, random_state=seed)
    return [
        TrackSplit(
            train,
            valid,
            tr("tracks at random, artists may stand on both sides; fold {i} of {n} held out", i=i + 1, n=folds),
        )
        for i, (train, valid) in enumerate(maker.split(np.zeros(len(dataset.tracks)), dataset.truth))
    ]


def split_artists(dataset: TrackSet, seed: int, folds: int = 0) -> list[TrackSplit]:
    """Folds over artists: each artist is on one side; a track of an unknown artist counts as an artist of its own.

    Parameters
    ----------
    dataset : TrackSet
    seed : int
    folds : int
        0 for `FOLDS`, or as many as the artists allow.

    Raises
    ------
    SplitError
        Where no artist is known, or there are fewer artists, or fewer tracks of a genre, than `folds`.
    """
    from sklearn.model_selection import StratifiedGroupKFold

    if not any(track.artist for track in dataset.tracks):
        raise SplitError(
            split="artist", reason=tr("no artist is known; give a table with --artists, or use --split track")
        )
    groups = np.unique(np.array(dataset.groups, dtype=object).astype(str), return_inverse=True)[1]
    smallest = int(np.bincount(dataset.truth, minlength=len(dataset.labels)).min())
    most = min(int(groups.max()) + 1, smallest)
    if most < 2:
        raise SplitError(split="artist", reason=tr("all tracks are of one artist, or a genre has one track only"))
    folds = number_of_folds("artist", folds, most)
    maker = StratifiedGroupKFold(folds, shuffle=True, random_state=seed)
    splits = [
        TrackSplit(train, valid, tr("artists kept apart, fold {i} of {n} held out", i=i + 1, n=folds))
        for i, (train, valid) in enumerate(maker.split(np.zeros(len(groups)), dataset.truth, groups))
    ]
    present = [set(dataset.truth[split.train].tolist()) for split in splits]
    lacking = set(range(len(dataset.labels))) - set.intersection(*present)
    if lacking:
        names = ", ".join(dataset.labels[i] for i in sorted(lacking))
        raise SplitError(
            split="artist", reason=tr("all tracks of {names} are of one artist; use --split track", names=names)
        )
    return splits


def number_of_folds(split: str, wanted: int, most: int) -> int:
    """The number of folds that is asked for; without one `FOLDS`, or as many as there can be.

    Raises
    ------
    SplitError
        Where more are asked for than there can be: the number is never changed without a word.
    """
    if wanted > most:
        reason = tr(
            "{wanted} folds are more than these tracks allow; --folds {most} is the most", wanted=wanted, most=most
        )
        raise SplitError(split=split, reason=reason)
    return wanted or min(FOLDS, most)


def make_folds(dataset: TrackSet, by: str, seed: int, folds: int = 0) -> list[TrackSplit]:
    """Folds over artists (``by="artist"``) or over tracks (``by="track"``); see `split_artists` and `split_tracks`."""
    return split_artists(dataset, seed, folds) if by == "artist" else split_tracks(dataset, seed, folds)


def split_lists(dataset: TrackSet, folder: Path) -> TrackSplit:
    """The tracks of two lists of names, ``train*.txt`` and ``valid*.txt``, in a folder.

    Raises
    ------
    SplitError
        Where a list is missing, ambiguous or empty, or a track or artist is on both sides.
    """
    train, valid = (_read_list(dataset, folder, stem) for stem in ("train", "valid"))
    if set(train) & set(valid):
        raise SplitError(split="lists", reason=tr("tracks stand on both lists"))
    groups = dataset.groups
    both = {groups[i] for i in train} & {groups[i] for i in valid}
    if both:
        raise SplitError(
            split="lists", reason=tr("artists stand on both sides, among them {artist}", artist=sorted(both)[0])
        )
    lacking = set(range(len(dataset.labels))) - set(dataset.truth[train].tolist())
    if lacking:
        names = ", ".join(dataset.labels[i] for i in sorted(lacking))
        raise SplitError(split="lists", reason=tr("the training list has no track of {names}", names=names))
    unknown = sum(dataset.tracks[i].artist is None for i in (*train, *valid))
    protocol = tr("training and validation lists, artists apart")
    if unknown == len(train) + len(valid):
        protocol = tr("training and validation lists, tracks apart, artists unknown")
    elif unknown:
        protocol += tr(" ({n} tracks of unknown artists count as one each)", n=unknown)
    return TrackSplit(np.array(train, dtype=np.int64), np.array(valid, dtype=np.int64), protocol)


def _read_list(dataset: TrackSet, folder: Path, stem: str) -> list[int]:
    found = sorted(folder.glob(f"{stem}*.txt"))
    if len(found) != 1:
        raise SplitError(
            split="lists",
            reason=tr("{folder} must hold one {stem}*.txt, it holds {n}", folder=folder, stem=stem, n=len(found)),
        )
    names_on_list = set(read_names(found[0]))
    listed = [i for i, track in enumerate(dataset.tracks) if names_on_list.intersection(known_names(track))]
    if not listed:
        raise SplitError(split="lists", reason=tr("no track of the data set stands in {path}", path=found[0]))
    return listed


def lists_beside(dataset_path: Path) -> Path | None:
    """The folder ``splits`` beside a data set, if there is one."""
    folder = dataset_path.parent / "splits"
    return folder if os.path.isdir(folder) else None


def require_lists(lists: Path | None, dataset_path: Path) -> Path:
    """The folder of the two lists: the one given, else the one beside the data set.

    Raises
    ------
    SplitError
        Where there is neither.
    """
    found = lists or lists_beside(dataset_path)
    if found is None:
        raise SplitError(split="lists", reason=tr("no lists were found beside the data set; name them with --lists"))
    return found


def choose_split(dataset: TrackSet, lists: Path | None) -> SplitName:
    """The split that leaks least of those the data allow: lists if they fit these tracks, else by artist or track."""
    if lists is not None:
        with suppress(SplitError):
            split_lists(dataset, lists)
            return "lists"
    return folds_by(dataset)


def folds_by(dataset: TrackSet) -> Literal["artist", "track"]:
    """What folds can keep apart: ``"artist"``, unless none is known or a genre has only one; then ``"track"``."""
    artists: dict[str, set[str]] = {label: set() for label in dataset.labels}
    for track in dataset.tracks:
        artists[track.genre].add(artist_key(track))
    return "artist" if dataset.artists_known and all(len(known) > 1 for known in artists.values()) else "track"
