"""Sorting tracks by a column, as arrays of their numbers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from genre_desktop.gui.tracks.columns import Column, spec
from genre_desktop.gui.tracks.track import Track


def numbers_of(tracks: Sequence[Track]) -> NDArray[np.int64]:
    """Numbers of tracks, as an int64 array in their order."""
    return np.array([track.number for track in tracks], np.int64)


def sort_numbers(
    tracks: Sequence[Track], numbers: NDArray[np.int64], column: Column | None, *, descending: bool
) -> NDArray[np.int64]:
    """Sort numbers of tracks by a column.

    Parameters
    ----------
    tracks : sequence of Track
        Indexed by the numbers.
    numbers : ndarray, shape (n,), int64
    column : Column or None
        None leaves them as they are.
    descending : bool

    Returns
    -------
    ndarray, shape (n,), int64
        Equal tracks keep their order; those without a key are at the end.
    """
    if column is None:
        return numbers
    keys = [*map(spec(column).sort_key, map(tracks.__getitem__, numbers.tolist()))]
    if spec(column).is_number:
        figures = np.array(keys, float)  # None becomes NaN, which argsort puts at the end
        return numbers[np.argsort(-figures if descending else figures, kind="stable")]
    # Places instead of (key, number) pairs: a hundred thousand tuples would trigger the garbage collector.
    places = [place for place, key in enumerate(keys) if key is not None]
    places.sort(key=keys.__getitem__, reverse=descending)
    if len(places) < len(keys):
        places += [place for place, key in enumerate(keys) if key is None]
    return numbers[places]
