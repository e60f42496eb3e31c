"""The order of rows by a column."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from genre_desktop.gui.tracks.columns import NUMBERS, Column, sort_key
from genre_desktop.gui.tracks.track import Track


def numbers_of(tracks: Sequence[Track]) -> NDArray[np.int64]:
    """The tracks' numbers, in their order."""
    return np.array([track.number for track in tracks], np.int64)


def in_order(
    tracks: Sequence[Track], numbers: NDArray[np.int64], column: Column | None, *, descending: bool
) -> NDArray[np.int64]:
    """Numbers of tracks as a column sorts them; None leaves them as they are.

    Equals stay in the order in which they came.
    """
    if column is None:
        return numbers
    keys = [*map(sort_key(column), map(tracks.__getitem__, numbers.tolist()))]
    if column in NUMBERS:
        figures = np.array(keys, float)  # None becomes NaN, which stands at the end
        return numbers[np.argsort(-figures if descending else figures, kind="stable")]
    # By place and not by pairs: a hundred thousand tuples would wake the garbage collector.
    places = [place for place, key in enumerate(keys) if key is not None]
    places.sort(key=keys.__getitem__, reverse=descending)
    if len(places) < len(keys):
        places += [place for place, key in enumerate(keys) if key is None]
    return numbers[places]
