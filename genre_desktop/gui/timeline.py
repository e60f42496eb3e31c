"""The segments of a track: kept small, and as one row of spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np
from numpy.typing import NDArray

from genre_desktop.model.prediction import Segment


@dataclass(frozen=True)
class Span:
    """A stretch of the timeline.

    Attributes
    ----------
    start_s, end_s : float
    genre : str
    confidence : float
        Of its segment; the mean where segments were joined.
    """

    start_s: float
    end_s: float
    genre: str
    confidence: float


@dataclass(frozen=True, eq=False)
class PackedSegments:
    """Segments as arrays, for the tracks that are not looked at.

    A four-minute track has 160 segments. As objects those of ten thousand tracks take a
    gigabyte, and the garbage collector stops the program for seconds to walk through them.

    Attributes
    ----------
    times_s : ndarray of float32 [shape=(n, 2)]
    genre : ndarray of uint16 [shape=(n,)]
        Index into `genres`.
    confidence : ndarray of float32 [shape=(n,)]
    genres : tuple of str
    """

    times_s: NDArray[np.float32]
    genre: NDArray[np.uint16]
    confidence: NDArray[np.float32]
    genres: tuple[str, ...]

    @classmethod
    def pack(cls, segments: Sequence[Segment]) -> PackedSegments:
        """Keep segments."""
        genres = tuple(dict.fromkeys(segment.genre for segment in segments))
        index = {genre: number for number, genre in enumerate(genres)}
        return cls(
            np.array([(segment.start_s, segment.end_s) for segment in segments], np.float32).reshape(-1, 2),
            np.array([index[segment.genre] for segment in segments], np.uint16),
            np.array([segment.confidence for segment in segments], np.float32),
            genres,
        )

    def unpack(self) -> tuple[Segment, ...]:
        """Give them back."""
        rows = zip(self.times_s.tolist(), self.genre.tolist(), self.confidence.tolist(), strict=True)
        return tuple(Segment(start, end, self.genres[genre], sure) for (start, end), genre, sure in rows)


def spans(segments: Sequence[Segment], duration_s: float) -> list[Span]:
    """One span a segment: segments overlap, so each reaches half way to its neighbours."""
    if not segments:
        return []
    ordered = sorted(segments, key=lambda segment: segment.start_s)
    centres = [(segment.start_s + segment.end_s) / 2 for segment in ordered]
    edges = [0.0, *((a + b) / 2 for a, b in pairwise(centres)), duration_s]
    return [
        Span(start, end, segment.genre, segment.confidence)
        for segment, (start, end) in zip(ordered, pairwise(edges), strict=True)
    ]


def runs(row: Sequence[Span]) -> list[Span]:
    """Neighbouring spans of the same genre joined, as they are labelled."""
    joined = []
    for genre, group in groupby(row, key=lambda span: span.genre):
        members = list(group)
        mean = sum(span.confidence for span in members) / len(members)
        joined.append(Span(members[0].start_s, members[-1].end_s, genre, mean))
    return joined
