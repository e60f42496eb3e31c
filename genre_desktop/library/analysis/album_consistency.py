"""Consistency of albums: tracks whose genre differs from that of their album, folder or artist."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, Literal

from genre_desktop.core.i18n import tr
from genre_desktop.library.analysis.statistics import genre_of
from genre_desktop.library.result import Summary
from genre_desktop.model.genre_names import genre_name
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE

MIN_TRACKS: Final = 4
"""Tracks with a genre that a group needs: two of three are no clear majority."""

MIN_SHARE: Final = 0.75
"""Share of a group that one genre must have for the others to be outliers.

With a model that is right on 90 % of the tracks that it names (the default one: 92 % in
cross-validation by artist), an album of one genre has this share with a probability of 0.95, 0.96
and 0.97 for 4, 8 and 12 tracks (binomial). Tracks that have one of two genres at random have it
with 0.62, 0.29 and 0.15: compilations and download folders are mostly not reported. Four tracks
are little evidence; the list begins with the large and clear groups.
"""


@dataclass(frozen=True)
class Outlier:
    """A track whose genre differs from that of its group.

    Attributes
    ----------
    path : str
    genre : str
    confidence : float or None
        The model's, as `Summary.confidence`.
    """

    path: str
    genre: str
    confidence: float | None


@dataclass(frozen=True)
class Inconsistency:
    """A group of tracks with a genre of a clear majority, and the outliers.

    Attributes
    ----------
    kind : {"album", "folder", "artist"}
        What the tracks have in common.
    name : str
        Title of the album, path of the folder, or name of the artist.
    artist : str
        Artist of an album; empty where its tracks have none in common, and for folders and artists.
    genre : str
        The genre of the majority.
    n_agreeing : int
        Tracks of that genre.
    n_tracks : int
        Tracks of the group with a genre, without those that are unsure, no music or failed.
    outliers : tuple of Outlier
        By path; without tracks whose genre was set by hand.
    """

    kind: Literal["album", "folder", "artist"]
    name: str
    artist: str
    genre: str
    n_agreeing: int
    n_tracks: int
    outliers: tuple[Outlier, ...]

    @property
    def sentence(self) -> str:
        """The inconsistency for people: "11 of 12 tracks on X by Y say jazz, one says metal"."""
        sentence = tr("{majority}, {others}", majority=self._majority(), others=self._others())
        n_by_hand = self.n_tracks - self.n_agreeing - len(self.outliers)
        if not n_by_hand:
            return sentence
        by_hand = tr("one differs by hand") if n_by_hand == 1 else tr("{n} differ by hand", n=n_by_hand)
        return tr("{told}, {by_hand}", told=sentence, by_hand=by_hand)

    def _majority(self) -> str:
        figures = {"n": self.n_agreeing, "total": self.n_tracks, "name": self.name, "genre": genre_name(self.genre)}
        if self.kind == "folder":
            return tr("{n} of {total} tracks in the folder {name} say {genre}", **figures)
        if self.kind == "artist":
            return tr("{n} of {total} tracks by {name} say {genre}", **figures)
        if self.artist:
            return tr("{n} of {total} tracks on {name} by {artist} say {genre}", artist=self.artist, **figures)
        return tr("{n} of {total} tracks on {name} say {genre}", **figures)

    def _others(self) -> str:
        counts = Counter(outlier.genre for outlier in self.outliers).most_common()
        counts = [(genre_name(genre), n) for genre, n in counts]
        first, n = counts[0]
        if len(counts) == 1:
            return tr("one says {genre}", genre=first) if n == 1 else tr("{n} say {genre}", n=n, genre=first)
        return tr(
            "{n} say something else ({genres})",
            n=len(self.outliers),
            genres=", ".join(genre if n == 1 else f"{n} × {genre}" for genre, n in counts),
        )


@dataclass(frozen=True, slots=True)
class _Track:
    path: str
    folder: str
    genre: str
    summary: Summary


def find_inconsistencies(rows: Iterable[tuple[str, Summary | None]]) -> list[Inconsistency]:
    """Find the groups in which some tracks differ from the majority.

    A track belongs to one group only: to its album (the same artist and title; where no
    artist is tagged, in one folder), if that has `MIN_TRACKS` tracks with a genre; else to
    the remaining tracks of its folder, as for a compilation, whose tracks have different
    artists; else to the remaining tracks of its artist.

    Parameters
    ----------
    rows : iterable of (str, Summary or None)
        Paths and what is known of them.

    Returns
    -------
    list of Inconsistency
        The clearest first: by the share of the majority, then the number of tracks, then name.
    """
    tracks = [
        _Track(path, os.path.dirname(path), genre, summary)
        for path, summary in rows
        if summary is not None and (genre := genre_of(summary)) is not None and genre not in (UNSURE, NOT_MUSIC)
    ]
    found: list[Inconsistency] = []
    kinds: tuple[tuple[Literal["album", "folder", "artist"], Callable[[_Track], tuple[str, ...] | None]], ...] = (
        ("album", _album_key),
        ("folder", lambda track: (track.folder,)),
        ("artist", _artist_key),
    )
    for kind, key_of in kinds:
        groups: dict[tuple[str, ...], list[_Track]] = {}
        alone: list[_Track] = []
        for track in tracks:
            key = key_of(track)
            if key is None:
                alone.append(track)
            else:
                groups.setdefault(key, []).append(track)
        for group in groups.values():
            if len(group) < MIN_TRACKS:
                alone += group
            elif (inconsistency := _inconsistency(kind, group)) is not None:
                found.append(inconsistency)
        tracks = alone
    found.sort(key=lambda each: (-each.n_agreeing / each.n_tracks, -each.n_tracks, each.name, each.artist))
    return found


def _album_key(track: _Track) -> tuple[str, ...] | None:
    facts = track.summary.facts
    if facts is None or not facts.album.strip():
        return None
    album, artist = _plain(facts.album), _plain(facts.artist)
    # Many artists have an album "Greatest Hits": without an artist, the folder distinguishes them.
    return (album, artist, "") if artist else (album, "", track.folder)


def _artist_key(track: _Track) -> tuple[str, ...] | None:
    facts = track.summary.facts
    artist = "" if facts is None else _plain(facts.artist)
    return (artist,) if artist else None


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())


def _inconsistency(kind: Literal["album", "folder", "artist"], group: list[_Track]) -> Inconsistency | None:
    (genre, n_agreeing), *others = Counter(track.genre for track in group).most_common()
    if not others or n_agreeing < MIN_SHARE * len(group):
        return None
    outliers = [
        Outlier(track.path, track.genre, track.summary.confidence)
        for track in group
        if track.genre != genre and track.summary.by_hand is None
    ]
    if not outliers:
        return None
    first = group[0]
    facts = first.summary.facts
    name = first.folder
    if kind != "folder" and facts is not None:
        name = (facts.album if kind == "album" else facts.artist).strip()
    return Inconsistency(
        kind=kind,
        name=name,
        artist=facts.artist.strip() if kind == "album" and facts is not None else "",
        genre=genre,
        n_agreeing=n_agreeing,
        n_tracks=len(group),
        outliers=tuple(sorted(outliers, key=lambda outlier: outlier.path)),
    )
