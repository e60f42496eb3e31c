"""Statistics of many tracks: the distribution of genres and of the model's confidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from genre_desktop.library.analysis.tag_agreement import agrees_with_tags
from genre_desktop.library.result import Summary
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE

N_BINS: Final = 10
"""Bins of the confidence histogram, of equal width: bin i counts i/10 <= confidence < (i+1)/10, the last one also 1."""


@dataclass(frozen=True)
class LibraryStatistics:
    """Counts over a list of tracks.

    Attributes
    ----------
    n_tracks : int
        All tracks: the sum of those named, unsure, not music, failed and waiting.
    n_named : int
        With a genre, the model's or one set by hand.
    n_unsure, n_not_music : int
        Classified, but without a genre.
    n_failed : int
        Not classified because of an error, and without a genre by hand.
    n_waiting : int
        Not classified yet.
    n_partial : int
        With an answer for the part of the sound that could be read.
    n_by_hand : int
        Named tracks whose genre was set by hand.
    n_agreeing, n_disagreeing : int
        Named tracks whose tags name the same genre, or another one of the model's.
    duration_s : float
        Sum over all tracks whose duration is known, in seconds.
    genre_counts : tuple of (str, int)
        Number of named tracks of each genre, the most frequent first, equal ones by name. A genre
        by hand counts instead of the model's.
    style_counts : tuple of (str, int)
        Number of tracks that sound like each style, the most frequent first, equal ones by name; a track may have
        several styles.
    named_bins, unsure_bins : tuple of int [length=N_BINS]
        Number of tracks by the model's confidence, of those with a genre and of those that are
        unsure; without those that are no music.
    """

    n_tracks: int
    n_named: int
    n_unsure: int
    n_not_music: int
    n_failed: int
    n_waiting: int
    n_partial: int
    n_by_hand: int
    n_agreeing: int
    n_disagreeing: int
    duration_s: float
    genre_counts: tuple[tuple[str, int], ...]
    style_counts: tuple[tuple[str, int], ...]
    named_bins: tuple[int, ...]
    unsure_bins: tuple[int, ...]


def genre_of(summary: Summary | None) -> str | None:
    """The genre of a track: by hand, else the model's (also ``"unsure"``, ``"not music"``); None without either."""
    if summary is None:
        return None
    return summary.by_hand or summary.genre


def gather_statistics(rows: Iterable[tuple[str, Summary | None]], labels: Sequence[str]) -> LibraryStatistics:
    """Compute the statistics of some tracks.

    Parameters
    ----------
    rows : iterable of (str, Summary or None)
        Paths and what is known of them; None, and a summary with neither genre nor error,
        is a track that is not classified yet.
    labels : sequence of str
        Genres of the model, for the comparison with the tags.
    """
    genres: Counter[str] = Counter()
    styles: Counter[str] = Counter()
    agreements: Counter[bool | None] = Counter()
    n_failed = n_waiting = n_partial = n_by_hand = 0
    duration_s = 0.0
    named_bins, unsure_bins = [0] * N_BINS, [0] * N_BINS
    for _, summary in rows:
        genre = genre_of(summary)
        if summary is None or genre is None:
            if summary is not None and summary.error is not None:
                n_failed += 1
            else:
                n_waiting += 1
            continue
        genres[genre] += 1
        styles.update(summary.styles)
        n_partial += summary.loss is not None
        n_by_hand += summary.by_hand is not None
        duration_s += summary.duration_s or 0.0
        if summary.facts is not None and summary.facts.tagged_genres:
            agreements[agrees_with_tags(genre, summary.facts.tagged_genres, labels)] += 1
        if summary.confidence is not None and summary.genre not in (None, NOT_MUSIC):
            bins = unsure_bins if summary.genre == UNSURE else named_bins
            bins[min(int(summary.confidence * N_BINS), N_BINS - 1)] += 1
    n_unsure, n_not_music = genres.pop(UNSURE, 0), genres.pop(NOT_MUSIC, 0)
    n_named = genres.total()
    return LibraryStatistics(
        n_tracks=n_named + n_unsure + n_not_music + n_failed + n_waiting,
        n_named=n_named,
        n_unsure=n_unsure,
        n_not_music=n_not_music,
        n_failed=n_failed,
        n_waiting=n_waiting,
        n_partial=n_partial,
        n_by_hand=n_by_hand,
        n_agreeing=agreements[True],
        n_disagreeing=agreements[False],
        duration_s=duration_s,
        genre_counts=_most_frequent_first(genres),
        style_counts=_most_frequent_first(styles),
        named_bins=tuple(named_bins),
        unsure_bins=tuple(unsure_bins),
    )


def _most_frequent_first(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counts.items(), key=lambda item: (-item[1], item[0])))
