from __future__ import annotations

import csv
import io
from dataclasses import replace

import pytest

from genre_desktop.model.live.live_classifier import STEP_S, LiveAnswer
from genre_desktop.model.live.live_timeline import LiveTimeline
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE

LABELS = ("jazz", "rock")


def answer(time_s: float, genre: str, share: float | None = 0.8) -> LiveAnswer:
    probabilities = None if share is None else {"jazz": share, "rock": 1 - share}
    return LiveAnswer(
        time_s=time_s,
        genre=genre,
        confidence=share,
        probabilities=probabilities,
        reason="",
        sentence="",
        patch_genre=None,
        patch_confidence=None,
        level_db=-20.0,
        newest_at=0.0,
    )


def _timeline() -> LiveTimeline:
    timeline = LiveTimeline(LABELS)
    for time_s, genre, share in (
        (3.5, "jazz", 0.7),
        (4.0, "jazz", 0.9),
        (4.5, UNSURE, 0.5),
        (5.0, NOT_MUSIC, None),
        (5.5, NOT_MUSIC, None),
        (6.0, "rock", 0.1),
        (8.0, "rock", 0.2),
    ):
        timeline.add(answer(time_s, genre, share))
    return timeline


def test_neighbours_with_one_answer_are_one_span() -> None:
    spans = list(_timeline().spans())
    assert [(span.start_s, span.end_s, span.genre) for span in spans] == [
        (3.0, 4.0, "jazz"),
        (4.0, 4.5, UNSURE),
        (4.5, 5.5, NOT_MUSIC),
        (5.5, 6.0, "rock"),
        (7.5, 8.0, "rock"),  # in between nothing was said
    ]
    assert spans[0].confidence == pytest.approx(0.8)
    assert spans[0].probabilities == pytest.approx((0.8, 0.2))
    assert spans[2].confidence is None and spans[2].probabilities is None
    assert spans[3].confidence == pytest.approx(0.9)


def test_it_can_be_asked_for_its_end() -> None:
    timeline = _timeline()
    assert len(timeline) == 7
    assert timeline.end_s == 8.0
    assert [span.genre for span in timeline.spans(5.6)] == ["rock", "rock"]
    assert list(LiveTimeline(LABELS).spans()) == []
    assert LiveTimeline(LABELS).end_s == 0.0


def test_the_table_has_a_row_a_span() -> None:
    rows = list(csv.DictReader(io.StringIO(_timeline().to_csv())))
    assert rows[0] == {
        "start_s": "3.0",
        "end_s": "4.0",
        "genre": "jazz",
        "confidence": "0.8000",
        "jazz": "0.8000",
        "rock": "0.2000",
    }
    assert rows[2]["genre"] == NOT_MUSIC
    assert rows[2]["confidence"] == rows[2]["jazz"] == ""


def test_genres_of_a_strangers_model_are_no_formulas() -> None:
    timeline = LiveTimeline(("=jazz", "rock"))
    timeline.add(replace(answer(4.0, "=jazz"), probabilities={"=jazz": 0.8, "rock": 0.2}))
    head, row = list(csv.reader(io.StringIO(timeline.to_csv())))
    assert head[4:] == ["'=jazz", "rock"]
    assert row[2] == "'=jazz"


@pytest.mark.parametrize("rate", [8_000, 11_025, 22_050, 44_100])
def test_one_genre_is_one_span_at_every_rate(rate: int) -> None:
    timeline = LiveTimeline(LABELS)
    step = round(STEP_S * rate)  # at 11,025 Hz not exactly half a second
    for n in range(7, 20_000):
        timeline.add(answer(n * step / rate, "jazz"))
    assert len(list(timeline.spans())) == 1
