from __future__ import annotations

from types import SimpleNamespace

import pytest

from genre_desktop.audio.playback.messages import Position
from genre_desktop.gui.playback import playhead as playhead_module
from genre_desktop.gui.playback.playhead import Playhead

NOW = 100.0


@pytest.fixture
def playhead(monkeypatch: pytest.MonkeyPatch) -> Playhead:
    """One whose clock stands still."""
    monkeypatch.setattr(playhead_module, "time", SimpleNamespace(perf_counter=lambda: NOW))
    made = Playhead()
    made.duration_s = 60.0
    return made


def test_it_begins_at_the_beginning(playhead: Playhead) -> None:
    assert playhead.seconds() == 0.0
    playhead.set_position(Position("a", 10.0, NOW, True))
    playhead.set_loop(True, (1.0, 2.0))
    playhead.reset()
    assert (playhead.seconds(), playhead.duration_s, playhead.region) == (0.0, 0.0, None)
    assert playhead.is_looping


def test_it_moves_only_while_the_track_plays(playhead: Playhead) -> None:
    playhead.set_position(Position("a", 10.0, NOW - 0.5, True))
    assert playhead.seconds() == 10.5
    playhead.set_position(Position("a", 10.0, NOW - 0.5, False))
    assert playhead.seconds() == 10.0


def test_it_stops_at_the_end_of_the_track(playhead: Playhead) -> None:
    playhead.set_position(Position("a", 59.0, NOW - 5.0, True))
    assert playhead.seconds() == 60.0
    playhead.duration_s = 0.0  # not known
    assert playhead.seconds() == 64.0


@pytest.mark.parametrize(
    ("is_on", "region", "seconds"),
    [
        (True, (10.0, 11.0), 10.25),
        (True, (11.0, 12.0), 11.25),  # behind the position, and reached
        (True, (5.0, 6.0), 11.25),  # before the position: not reached
        (True, (11.0, 11.0), 11.25),  # empty
        (True, None, 11.25),
        (False, (10.0, 11.0), 11.25),
    ],
)
def test_it_goes_back_at_the_end_of_a_loop(
    playhead: Playhead, is_on: bool, region: tuple[float, float] | None, seconds: float
) -> None:
    playhead.set_loop(is_on, region)
    playhead.set_position(Position("a", 10.75, NOW - 0.5, True))
    assert playhead.seconds() == seconds


def test_a_looped_track_begins_anew(playhead: Playhead) -> None:
    playhead.set_loop(True, None)
    playhead.set_position(Position("a", 59.75, NOW - 0.5, True))
    assert playhead.seconds() == 0.25
