"""The timeline of a track: its segments, which may overlap, as spans that do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from genre_desktop.model.prediction import Segment

_TOUCH_S = 0.01
"""Tolerance, in seconds: times may have been stored in single precision."""


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


def timeline_spans(segments: Sequence[Segment], duration_s: float) -> list[Span]:
    """A span for each segment, in order of time; a gap between two spans was not scored, or is silent.

    The border of two segments that overlap is half way between their centres. The first and the last span are
    extended to the beginning and the end of the track where less than half a segment is missing, since a track
    is no multiple of the patch length.
    """
    ordered = sorted(segments, key=lambda segment: segment.start_s)
    made: list[Span] = []
    for row, segment in enumerate(ordered):
        start, end = segment.start_s, segment.end_s
        reach = (end - start) / 2
        if row == 0:
            start = 0.0 if start < reach else start
        elif _touch(ordered[row - 1], segment):
            start = made[-1].end_s
        if row == len(ordered) - 1:
            end = duration_s if duration_s - end < reach else end
        elif _touch(segment, ordered[row + 1]):
            end = (_centre(segment) + _centre(ordered[row + 1])) / 2
        made.append(Span(start, end, segment.genre, segment.confidence))
    return made


def join_spans(row: Sequence[Span]) -> list[Span]:
    """Spans with neighbours of the same genre joined, as they are labelled."""
    joined: list[list[Span]] = []
    for span in row:
        last = joined[-1][-1] if joined else None
        if last is not None and last.genre == span.genre and last.end_s == span.start_s:
            joined[-1].append(span)
        else:
            joined.append([span])
    return [
        Span(group[0].start_s, group[-1].end_s, group[0].genre, sum(s.confidence for s in group) / len(group))
        for group in joined
    ]


def _touch(one: Segment, following: Segment) -> bool:
    return following.start_s <= one.end_s + _TOUCH_S


def _centre(segment: Segment) -> float:
    return (segment.start_s + segment.end_s) / 2
