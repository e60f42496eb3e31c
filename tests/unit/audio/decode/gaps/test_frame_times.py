"""Times of frames: what is a hole in them, and what is not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from genre_desktop.audio.decode.gaps.frame_times import FrameTimes

RATE = 48_000


def _missing_s(times_ms: Sequence[float | None], samples: int = 960, codec: str = "aac", rate: int = RATE) -> float:
    times = FrameTimes(0.001, codec)
    for time in times_ms:
        times.push(None if time is None else round(time), samples, rate)
    missing = times.holes.missing()
    return 0.0 if missing is None else missing.seconds


def _row(start_ms: float, count: int) -> list[float | None]:
    return [start_ms + 20.0 * number for number in range(count)]


@pytest.mark.parametrize(
    "start_ms", [0.0, 50_000.0, -500.0], ids=["from the beginning", "late", "before the beginning"]
)
def test_a_hole(start_ms: float) -> None:
    assert _missing_s(_row(start_ms, 100) + _row(start_ms + 5_000.0, 100)) == pytest.approx(3.0)
    assert _missing_s(_row(start_ms, 200)) == 0.0


def test_lost_frames_one_by_one() -> None:
    kept = [time for number, time in enumerate(_row(0.0, 1_500)) if number % 10]
    assert _missing_s(kept) == pytest.approx(3.0, abs=0.05)


def test_times_in_milliseconds_of_frames_that_are_none() -> None:
    assert _missing_s([1_000 * 1_024 * number / 44_100 for number in range(50_000)], 1_024, "aac", 44_100) == 0.0


def test_frames_without_times() -> None:
    rare = [time if number % 7 == 0 else None for number, time in enumerate(_row(0.0, 700))]
    assert _missing_s(rare) == 0.0
    assert _missing_s([None, *rare, *_row(16_000.0, 100)]) == pytest.approx(2.0)


@pytest.mark.parametrize("start_ms", [0.0, 700_000.0, 90_000_000.0])
def test_another_recording_behind_the_first(start_ms: float) -> None:
    assert _missing_s(_row(5_000.0, 500) + _row(start_ms, 500)) == 0.0


def test_a_clock_that_runs_a_little_fast() -> None:
    assert _missing_s([20.002 * number for number in range(50_000)]) == 0.0


def test_silence_that_is_not_sent() -> None:
    # Opus with discontinuous transmission: one packet of 20 ms in 400 ms.
    sparse: list[float | None] = [400.0 * number for number in range(100)]
    assert _missing_s(sparse, codec="opus") == 0.0
    assert _missing_s(sparse, codec="aac") == pytest.approx(99 * 0.38)
    assert _missing_s(_row(0.0, 100) + _row(5_000.0, 100), codec="opus") == pytest.approx(3.0)


@pytest.mark.parametrize("rate", [0, -1])
def test_a_rate_that_is_none(rate: int) -> None:
    assert _missing_s(_row(0.0, 3), rate=rate) == 0.0
