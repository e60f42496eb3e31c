"""Tracks with their log-mel spectrograms, whatever they were read from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.core.errors import DatasetFormatError, TooFewTracksError
from genre_desktop.core.i18n import tr
from training.datasets.npz_arrays import array_names, read_arrays

SPECTROGRAM_HOP_LENGTH = 915
"""Samples between two columns of a spectrogram file (24.1 columns a second, see `read_npz`)."""


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
    """What is kept on one side of a split: the artist whatever the spelling, else the track alone."""
    artist = " ".join((track.artist or "").casefold().split())
    return artist or f"\0{track.name}"


def known_names(track: LabelledTrack) -> tuple[str, ...]:
    """The names that lists and tables may have for a track: whole, without folder, without ending."""
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
    """Labelled tracks, whatever is known of their sound.

    Attributes
    ----------
    path : Path
        What it was read from.
    tracks : tuple of Track
    labels : tuple of str
        The genres in alphabetical order; position is the class index.
    rows : tuple of int
        Position of each track in what holds the sound.
    skipped : tuple of (str, str)
        Name and reason of everything that was left out.
    """

    path: Path
    tracks: tuple[LabelledTrack, ...]
    labels: tuple[str, ...]
    rows: tuple[int, ...]
    skipped: tuple[tuple[str, str], ...]

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
        wanted = set(names)
        unknown = wanted - {name for track in self.tracks for name in known_names(track)}
        if unknown:
            some = ", ".join(sorted(unknown)[:3])
            raise DatasetFormatError(
                path=self.path, reason=tr("{n} names are not in it, among them {some}", n=len(unknown), some=some)
            )
        kept = [i for i, track in enumerate(self.tracks) if wanted.intersection(known_names(track))]
        return replace(
            self,
            tracks=tuple(self.tracks[i] for i in kept),
            rows=tuple(self.rows[i] for i in kept),
        )

    def with_artists(self, artists: Mapping[str, str]) -> Self:
        """The same tracks with artists from a table of names (others keep theirs)."""
        tracks = tuple(
            replace(track, artist=next(filter(None, map(artists.get, known_names(track))), track.artist))
            for track in self.tracks
        )
        return replace(self, tracks=tracks)

    def with_artists_beside(self) -> Self:
        """The same tracks with the artists of a table ``artists.tsv`` beside the file, if there is one."""
        table = self.path.parent / "artists.tsv"
        return self.with_artists(read_artists(table)) if table.is_file() else self


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
    wanted = frozenset(("q", "vmin_db", "names"))
    arrays = read_arrays(path, wanted)
    missing = wanted - set(arrays)
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


def read_names(path: Path) -> list[str]:
    """Names of tracks from a text file, one a line; empty lines and ``#`` lines are left out."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetFormatError(
            path=path, reason=tr("the list of names cannot be read ({error})", error=error)
        ) from error
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]


def read_artists(path: Path) -> dict[str, str]:
    """Artists by track name from a tab-separated table with the columns ``name`` and ``artist``."""
    try:
        rows = [line.split("\t") for line in path.read_text("utf-8-sig").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetFormatError(
            path=path, reason=tr("the table of artists cannot be read ({error})", error=error)
        ) from error
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    if "name" not in header or "artist" not in header:
        reason = tr("the table of artists needs the columns name and artist; found {found}", found=", ".join(header))
        raise DatasetFormatError(path=path, reason=reason)
    name, artist = header.index("name"), header.index("artist")
    return {row[name]: row[artist].strip() for row in rows[1:] if len(row) > max(name, artist) and row[artist].strip()}


def require_trainable(dataset: TrackSet) -> None:
    """Refuse what no network can be fitted to.

    Raises
    ------
    TooFewTracksError
        With fewer than two genres, or a genre of fewer than two tracks.
    """
    counts = dict.fromkeys(dataset.labels, 0)
    for track in dataset.tracks:
        counts[track.genre] += 1
    if len(counts) < 2:
        raise TooFewTracksError(path=dataset.path, reason=tr("{n} genre, at least 2 are needed", n=len(counts)))
    poor = [label for label, count in counts.items() if count < 2]
    if poor:
        raise TooFewTracksError(path=dataset.path, reason=tr("fewer than 2 tracks of {genres}", genres=", ".join(poor)))
