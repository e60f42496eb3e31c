from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.audio.playback import messages
from genre_desktop.audio.playback.messages import PlayState
from genre_desktop.gui.playback import playhead
from genre_desktop.gui.playback.playback import Playback
from tests.gui.support.fake_player import FakePlayers


@pytest.fixture
def playing(qtbot: QtBot, players: FakePlayers) -> Iterator[Playback]:
    playing = Playback(players, volume=0.5)
    yield playing
    playing.close()


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> float:
    """A clock that stands still."""
    monkeypatch.setattr(playhead, "time", SimpleNamespace(perf_counter=lambda: 100.0))
    return 100.0


def test_starts_nothing_before_it_is_needed(playing: Playback, players: FakePlayers) -> None:
    playing.set_volume(0.3)
    playing.pause()
    playing.stop()
    assert not players.started
    playing.play("one")
    assert players.last.received == [messages.Volume(0.3), messages.Open("one"), messages.Play()]


def test_the_time_goes_on_between_messages(playing: Playback, players: FakePlayers, now: float) -> None:
    playing.play("one")
    players.last.send_back(messages.StateChanged(PlayState.PLAYING, "one", 60.0))
    players.last.send_back(messages.Position("one", 10.0, now - 0.5, True))
    assert playing.seconds() == 10.5
    players.last.send_back(messages.Position("one", 10.0, now + 60, True))  # is heard in a minute
    assert playing.seconds() == 10.0
    players.last.send_back(messages.Position("one", 10.0, now - 0.5, False))
    assert playing.seconds() == 10.0


def test_the_time_goes_round_in_a_loop(playing: Playback, players: FakePlayers, now: float) -> None:
    playing.play("one")
    playing.set_loop(True, (10.0, 11.0))
    players.last.send_back(messages.StateChanged(PlayState.PLAYING, "one", 60.0))
    players.last.send_back(messages.Position("one", 10.9, now - 0.2, True))
    assert playing.seconds() == pytest.approx(10.1)


def test_reports_about_an_earlier_track_are_ignored(playing: Playback, players: FakePlayers) -> None:
    playing.play("one")
    playing.play("two")
    players.report_playing("one", 3.0)
    assert playing.state is PlayState.OPENING and playing.seconds() == 0.0


def test_a_crashed_process_is_a_problem_and_is_started_again(playing: Playback, players: FakePlayers) -> None:
    playing.play("one")
    players.report_playing("one")
    players.last.crash()
    assert playing.problem is not None and playing.problem.code == "GD-507"
    assert playing.state is PlayState.EMPTY and players.last.is_closed
    playing.play("one")
    assert len(players.started) == 2 and playing.problem is None
    players.started[0].send_back(messages.StateChanged(PlayState.PLAYING, "one", 5.0))  # too late
    assert playing.state is PlayState.OPENING
