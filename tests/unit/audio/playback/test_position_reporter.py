from __future__ import annotations

import pytest

from genre_desktop.audio.playback.messages import Event, Position, Underruns
from genre_desktop.audio.playback.position_reporter import PositionReporter


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def events() -> list[Event]:
    return []


@pytest.fixture
def reporter(clock: Clock, events: list[Event]) -> PositionReporter:
    return PositionReporter(events.append, clock)


def test_a_moving_position_is_reported_ten_times_a_second(
    reporter: PositionReporter, clock: Clock, events: list[Event]
) -> None:
    for step in range(100):
        clock.now = 100.0 + step / 100
        reporter.report("a.wav", 10.0 * step, 1_000, clock.now, 0)
    assert 9 <= len(events) <= 11
    assert events[0] == Position("a.wav", 0.0, 100.0, True)


def test_a_position_that_stands_still_is_reported_once(
    reporter: PositionReporter, clock: Clock, events: list[Event]
) -> None:
    for _ in range(10):
        reporter.report("a.wav", 500.2, 1_000, None, 0)
        clock.now += 1
    assert events == [Position("a.wav", pytest.approx(0.5002), 100.0, False)]
    reporter.reset()
    reporter.report("a.wav", 500.2, 1_000, None, 0)
    assert len(events) == 2


def test_stopping_is_reported_at_once(reporter: PositionReporter, clock: Clock, events: list[Event]) -> None:
    reporter.report("a.wav", 0.0, 1_000, clock.now, 0)
    reporter.report("a.wav", 1.0, 1_000, None, 0)
    assert [event.is_moving for event in events if isinstance(event, Position)] == [True, False]


def test_underruns_are_reported_when_their_number_changes(
    reporter: PositionReporter, clock: Clock, events: list[Event]
) -> None:
    for n_underruns in (0, 1, 1, 3):
        reporter.report("a.wav", 0.0, 1_000, clock.now, n_underruns)
        clock.now += 1
    assert [event for event in events if isinstance(event, Underruns)] == [Underruns(1), Underruns(3)]
