"""How fast a run goes, on a clock of the test's own."""

from __future__ import annotations

import pytest

from genre_desktop.gui.session.progress import ProgressEstimate


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def work(estimate: ProgressEstimate, clock: Clock, n: int, each_s: float) -> None:
    estimate.start()
    for _ in range(n):
        clock.now += each_s
        estimate.count_classified()


def test_rate_and_remaining_time(clock: Clock) -> None:
    estimate = ProgressEstimate(clock)
    assert estimate.files_per_s is None and estimate.remaining_s(100) is None
    work(estimate, clock, 20, 0.1)
    assert estimate.files_per_s == pytest.approx(10)
    assert estimate.remaining_s(80) == pytest.approx(8)


def test_the_first_second_tells_nothing(clock: Clock) -> None:
    estimate = ProgressEstimate(clock)
    work(estimate, clock, 50, 0.001)
    assert estimate.files_per_s is None


def test_the_pace_is_that_of_the_last_while(clock: Clock) -> None:
    estimate = ProgressEstimate(clock)
    work(estimate, clock, 5000, 0.001)
    work(estimate, clock, 100, 1.0)
    assert estimate.files_per_s == pytest.approx(1.0, rel=0.1)


def test_what_was_known_does_not_spoil_the_pace(clock: Clock) -> None:
    estimate = ProgressEstimate(clock)
    estimate.start()
    for _ in range(3000):
        clock.now += 0.005
        estimate.count_stored()
    assert estimate.files_per_s is None, "nothing has been listened to"
    work(estimate, clock, 4, 1.0)
    assert estimate.files_per_s == pytest.approx(1.0)
    assert estimate.remaining_s(600) == pytest.approx(600)
    for _ in range(100):
        estimate.count_stored()
    assert estimate.files_per_s == pytest.approx(1.0)


def test_a_stall_lowers_the_pace_before_the_next_file_is_done(clock: Clock) -> None:
    estimate = ProgressEstimate(clock)
    work(estimate, clock, 20, 0.5)
    clock.now += 10
    assert estimate.files_per_s == pytest.approx(1.0)


def test_a_pause_does_not_count(clock: Clock) -> None:
    estimate = ProgressEstimate(clock)
    work(estimate, clock, 20, 0.1)
    estimate.stop()
    clock.now += 3600
    assert estimate.files_per_s is None
    work(estimate, clock, 20, 0.1)
    assert estimate.files_per_s == pytest.approx(10)
