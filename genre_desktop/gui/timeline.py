"""Overlapping segments as one row of spans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

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
