"""How fast a run goes, on a clock of the test's own."""

from __future__ import annotations

import pytest

from genre_desktop.gui.pace import Pace


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def work(pace: Pace, clock: Clock, n: int, each_s: float) -> None:
    pace.begin()
    for _ in range(n):
        clock.now += each_s
        pace.count(is_failed=False)


def test_rate_and_remaining_time(clock: Clock) -> None:
    pace = Pace(clock)
    pace.add(100)
    assert pace.files_per_s is None and pace.remaining_s is None
    work(pace, clock, 20, 0.1)
    assert pace.files_per_s == pytest.approx(10)
    assert pace.remaining_s == pytest.approx(8)
    assert (pace.n_total, pace.n_done, pace.n_failed) == (100, 20, 0)


def test_the_first_second_tells_nothing(clock: Clock) -> None:
    pace = Pace(clock)
    pace.add(1000)
    work(pace, clock, 50, 0.001)
    assert pace.files_per_s is None


def test_the_pace_is_that_of_the_last_while(clock: Clock) -> None:
    pace = Pace(clock)
    pace.add(10_000)
    work(pace, clock, 5000, 0.001)  # known from an earlier run
    work(pace, clock, 100, 1.0)
    assert pace.files_per_s == pytest.approx(1.0, rel=0.1)


def test_a_stall_lowers_the_pace_before_the_next_file_is_done(clock: Clock) -> None:
    pace = Pace(clock)
    pace.add(100)
    work(pace, clock, 20, 0.5)
    clock.now += 10
    assert pace.files_per_s == pytest.approx(1.0)


def test_a_pause_does_not_count(clock: Clock) -> None:
    pace = Pace(clock)
    pace.add(100)
    work(pace, clock, 20, 0.1)
    pace.rest()
    clock.now += 3600
    assert pace.files_per_s is None
    work(pace, clock, 20, 0.1)
    assert pace.files_per_s == pytest.approx(10)


def test_files_that_come_after_the_end_begin_a_new_run(clock: Clock) -> None:
    pace = Pace(clock)
    pace.add(1)
    pace.count(is_failed=True)
    assert (pace.n_total, pace.n_done, pace.n_failed) == (1, 1, 1)
    pace.add(1, is_more=True)
    assert (pace.n_total, pace.n_done, pace.n_failed) == (2, 1, 1)
    pace.count(is_failed=False)
    pace.add(2)
    assert (pace.n_total, pace.n_done, pace.n_failed) == (2, 0, 0)
    pace.add(3)
    assert pace.n_total == 5
