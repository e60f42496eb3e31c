from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genre_desktop.gui.timeline import PackedSegments, runs, spans
from genre_desktop.model.prediction import Segment


def test_overlapping_segments_meet_half_way() -> None:
    row = spans([Segment(0, 4, "jazz", 0.5), Segment(2, 6, "rock", 0.6), Segment(4, 8, "rock", 0.8)], 9.0)
    assert [(span.start_s, span.end_s, span.genre) for span in row] == [
        (0, 3, "jazz"),
        (3, 5, "rock"),
        (5, 9, "rock"),
    ]


def test_neighbours_of_one_genre_are_joined_for_their_label() -> None:
    row = spans([Segment(0, 4, "jazz", 0.5), Segment(2, 6, "rock", 0.6), Segment(4, 8, "rock", 0.8)], 9.0)
    joined = runs(row)
    assert [(run.start_s, run.end_s, run.genre) for run in joined] == [(0, 3, "jazz"), (3, 9, "rock")]
    assert joined[1].confidence == pytest.approx(0.7)


def test_segments_are_kept_small_and_come_back() -> None:
    segments = (Segment(0, 3, "jazz", 0.5), Segment(1.5, 4.5, "drum & bass", 0.25), Segment(3, 6, "jazz", 1.0))
    assert PackedSegments.pack(segments).unpack() == segments
    assert PackedSegments.pack(()).unpack() == ()


def test_no_segments_no_spans() -> None:
    assert spans([], 10.0) == []
    assert runs([]) == []


@given(
    starts=st.lists(st.floats(0, 1000), min_size=1, max_size=30, unique=True),
    length=st.floats(0.5, 10),
)
def test_spans_cover_the_track_without_gaps(starts: list[float], length: float) -> None:
    duration = max(starts) + length
    row = spans([Segment(start, start + length, "jazz", 0.5) for start in starts], duration)
    assert row[0].start_s == 0 and row[-1].end_s == duration
    assert all(one.end_s == next_one.start_s for one, next_one in pairwise(row))
    assert all(span.start_s <= span.end_s for span in row)
