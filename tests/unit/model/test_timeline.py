from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from genre_desktop.model.prediction import Segment
from genre_desktop.model.timeline import join_spans, timeline_spans


def test_overlapping_segments_meet_half_way() -> None:
    row = timeline_spans([Segment(0, 4, "jazz", 0.5), Segment(2, 6, "rock", 0.6), Segment(4, 8, "rock", 0.8)], 9.0)
    assert [(span.start_s, span.end_s, span.genre) for span in row] == [
        (0, 3, "jazz"),
        (3, 5, "rock"),
        (5, 9, "rock"),
    ]


def test_neighbours_of_one_genre_are_joined_for_their_label() -> None:
    row = timeline_spans([Segment(0, 4, "jazz", 0.5), Segment(2, 6, "rock", 0.6), Segment(4, 8, "rock", 0.8)], 9.0)
    joined = join_spans(row)
    assert [(run.start_s, run.end_s, run.genre) for run in joined] == [(0, 3, "jazz"), (3, 9, "rock")]
    assert joined[1].confidence == pytest.approx(0.7)


def test_no_segments_no_spans() -> None:
    assert timeline_spans([], 10.0) == []
    assert join_spans([]) == []


def test_what_was_not_scored_is_a_gap() -> None:
    segments = [Segment(20, 24, "jazz", 0.5), Segment(60, 64, "jazz", 0.6), Segment(62, 66, "rock", 0.6)]
    row = timeline_spans(segments, 100.0)
    assert [(span.start_s, span.end_s) for span in row] == [(20, 24), (60, 63), (63, 66)]
    assert [(run.start_s, run.end_s, run.genre) for run in join_spans(row)] == [
        (20, 24, "jazz"),
        (60, 63, "jazz"),
        (63, 66, "rock"),
    ], "segments of one genre on both sides do not speak for what lies between"


def test_what_cutting_patches_leaves_over_is_added_to_the_ends() -> None:
    row = timeline_spans([Segment(1, 5, "jazz", 0.5), Segment(3, 7, "jazz", 0.6)], 8.9)
    assert (row[0].start_s, row[-1].end_s) == (0.0, 8.9)
    row = timeline_spans([Segment(2.5, 6.5, "jazz", 0.5)], 8.9)
    assert (row[0].start_s, row[-1].end_s) == (2.5, 6.5)


@given(
    starts=st.lists(st.floats(0, 1000), min_size=1, max_size=30, unique=True),
    length=st.floats(0.5, 10),
)
def test_spans_stand_in_order_and_cover_their_segments(starts: list[float], length: float) -> None:
    duration = max(starts) + length
    row = timeline_spans([Segment(start, start + length, "jazz", 0.5) for start in starts], duration)
    assert len(row) == len(starts)
    assert row[0].start_s >= 0 and row[-1].end_s == duration
    assert all(span.start_s <= span.end_s for span in row)
    assert all(one.end_s <= next_one.start_s for one, next_one in pairwise(row))
    for start in starts:
        for inside in (start + 0.01 * length, start + 0.5 * length, start + 0.99 * length):
            assert any(span.start_s <= inside <= span.end_s for span in row)


@given(hop=st.floats(0.3, 3.0), length=st.floats(3.0, 6.0), n=st.integers(1, 40), rest=st.floats(0, 0.49))
def test_spans_of_every_patch_cover_the_track_without_gaps(hop: float, length: float, n: int, rest: float) -> None:
    duration = (n - 1) * hop + length + rest * hop
    row = timeline_spans([Segment(k * hop, k * hop + length, "jazz", 0.5) for k in range(n)], duration)
    assert row[0].start_s == 0 and row[-1].end_s == duration
    assert all(one.end_s == next_one.start_s for one, next_one in pairwise(row))
