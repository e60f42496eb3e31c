"""Labelled tracks, and data sets of such tracks with their log-mel frames."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.core.errors import DatasetFormatError, TooFewTracksError
from genre_desktop.core.i18n import tr
from training.datasets.artists import artist_table_beside, read_artist_table
from training.datasets.genre_names import require_genre_names


@dataclass(frozen=True)
class LabelledTrack:
    """One labelled recording.

    Attributes
    ----------
    name : str
        Unique within the data set.
    genre : str
    artist : str or None
        ``None`` where it is not known.
    """

    name: str
    genre: str
    artist: str | None = None


def artist_key(track: LabelledTrack) -> str:
    """Group of a track that a split keeps on one side: its artist in one spelling, or the track alone if unknown."""
    artist = " ".join((track.artist or "").casefold().split())
    return artist or f"\0{track.name}"


def known_names(track: LabelledTrack) -> tuple[str, ...]:
    """Names under which lists and tables may have a track: its path, its file name, its file name without extension."""
    if "/" not in track.name:
        return (track.name,)
    path = PurePosixPath(track.name)
    return (track.name, path.name, path.stem)


class FrameSource(Protocol):
    """Log-mel frames of tracks, fetched one track at a time.

    `variant` 0 is the recording as it is; higher numbers are augmented versions, for
    training alone.
    """

    n_variants: int

    def n_frames(self, track: int, variant: int = 0) -> int:
        """Number of frames of a track."""

    def frames(self, track: int, variant: int = 0) -> NDArray[Any]:
        """Frames in dB [shape=(n_frames, n_mels)], any float dtype."""


@dataclass(frozen=True, eq=False)
class TrackSet:
    """Labelled tracks; subclasses add what is known of their sound.

    Attributes
    ----------
    path : Path
        What it was read from.
    tracks : tuple of LabelledTrack
    labels : tuple of str
        The genres in alphabetical order; position is the class index.
    rows : tuple of int
        Position of each track in the store of its sound (`Dataset.source`, `Taggrams.values`): a selection of
        tracks shares the store of the whole.
    skipped : tuple of (str, str)
        Name and reason of everything that was left out.
    read_in_part : tuple of (str, str)
        Name and reason of each damaged file of which what could be read is used.
    """

    path: Path
    tracks: tuple[LabelledTrack, ...]
    labels: tuple[str, ...]
    rows: tuple[int, ...]
    skipped: tuple[tuple[str, str], ...]
    read_in_part: tuple[tuple[str, str], ...] = field(default=(), kw_only=True)

    @property
    def truth(self) -> NDArray[np.int64]:
        """Class index of each track [shape=(n_tracks,)]."""
        index = {label: i for i, label in enumerate(self.labels)}
        return np.array([index[track.genre] for track in self.tracks], dtype=np.int64)

    @property
    def groups(self) -> tuple[str, ...]:
        """Artist of each track; a track without one is a group of its own."""
        return tuple(artist_key(track) for track in self.tracks)

    @property
    def artists_known(self) -> int:
        """How many tracks have an artist."""
        return sum(track.artist is not None for track in self.tracks)

    def select(self, names: Sequence[str]) -> Self:
        """The tracks with these names, in the data set's order.

        Raises
        ------
        DatasetFormatError
            For a name that is not there.
        """
        chosen = set(names)
        unknown = chosen - {name for track in self.tracks for name in known_names(track)}
        if unknown:
            some = ", ".join(sorted(unknown)[:3])
            raise DatasetFormatError(
                path=self.path, reason=tr("{n} names are not in it, among them {some}", n=len(unknown), some=some)
            )
        kept = [i for i, track in enumerate(self.tracks) if chosen.intersection(known_names(track))]
        return replace(
            self,
            tracks=tuple(self.tracks[i] for i in kept),
            rows=tuple(self.rows[i] for i in kept),
        )

    def with_artists(self, artists: Mapping[str, str]) -> Self:
        """The same tracks with the artists of a table by track name; tracks that are not in it keep theirs."""
        tracks = tuple(
            replace(track, artist=next(filter(None, map(artists.get, known_names(track))), track.artist))
            for track in self.tracks
        )
        return replace(self, tracks=tracks)

    def with_artists_beside(self) -> Self:
        """The same tracks with the artists of the table ``artists.tsv`` beside the data set, if there is one."""
        table = artist_table_beside(self.path)
        return self if table is None else self.with_artists(read_artist_table(table))


@dataclass(frozen=True, eq=False)
class Dataset(TrackSet):
    """Labelled tracks and their frames.

    Attributes
    ----------
    config : FeatureConfig
        How the frames were, or would have to be, computed from sound.
    source : FrameSource
        `rows` are its positions.
    """

    config: FeatureConfig
    source: FrameSource

    def frames(self, track: int, variant: int = 0) -> NDArray[Any]:
        """Frames in dB of a track [shape=(n_frames, n_mels)]."""
        return self.source.frames(self.rows[track], variant)

    def n_frames(self, track: int, variant: int = 0) -> int:
        """Number of frames of a track."""
        return self.source.n_frames(self.rows[track], variant)


def require_trainable(dataset: TrackSet) -> None:
    """Check that there are enough genres and tracks to fit a model.

    Raises
    ------
    TooFewTracksError
        With fewer than two genres, or a genre of fewer than two tracks.
    GenreNameError
    """
    require_genre_names(dataset.path, dataset.labels)
    counts = dict.fromkeys(dataset.labels, 0)
    for track in dataset.tracks:
        counts[track.genre] += 1
    if len(counts) < 2:
        raise TooFewTracksError(path=dataset.path, reason=tr("{n} genre, at least 2 are needed", n=len(counts)))
    poor = [label for label, count in counts.items() if count < 2]
    if poor:
        raise TooFewTracksError(path=dataset.path, reason=tr("fewer than 2 tracks of {genres}", genres=", ".join(poor)))
