from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from genre_desktop.audio.playback import messages
from genre_desktop.audio.playback.messages import PlayState
from genre_desktop.core.errors import NoPortAudioError, SoundDeviceLostError
from genre_desktop.core.settings import load_settings
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.playback import playhead
from genre_desktop.gui.playback.playback import Playback
from genre_desktop.gui.session.services import Services
from tests.gui.conftest import changed, wait_for_rows, wait_until_idle
from tests.gui.support.fake_player import FakePlayers
from tests.support.fake_portaudio import HEADPHONES, SPEAKERS


@pytest.fixture
def playing(qtbot: QtBot, players: FakePlayers) -> Iterator[Playback]:
    playing = Playback(players, volume=0.5)
    yield playing
    playing.close()


@pytest.fixture
def window(
    make_window: Callable[..., MainWindow], services: Services, players: FakePlayers, make_sound: Any, qtbot: QtBot
) -> MainWindow:
    window = make_window(changed(services, start_player=players))
    window.session.open([make_sound("one.wav"), make_sound("two.wav")])
    wait_for_rows(qtbot, window, 2)
    qtbot.waitUntil(lambda: window.table.current() is not None)
    return window


def path_of(window: MainWindow, row: int = 0) -> str:
    return window.session.tracks.tracks()[row].path


def test_starts_nothing_before_it_is_needed(playing: Playback, players: FakePlayers) -> None:
    playing.set_volume(0.3)
    playing.pause()
    playing.stop()
    assert not players.started
    playing.play("one")
    assert players.last.received == [messages.Volume(0.3), messages.Open("one"), messages.Play()]


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> float:
    """A clock that stands still."""
    monkeypatch.setattr(playhead, "time", SimpleNamespace(perf_counter=lambda: 100.0))
    return 100.0


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


def test_what_is_said_of_the_file_before_is_not_heard(playing: Playback, players: FakePlayers) -> None:
    playing.play("one")
    playing.play("two")
    players.report_playing("one", 3.0)
    assert playing.state is PlayState.OPENING and playing.seconds() == 0.0


def test_a_fallen_process_is_said_and_started_again(playing: Playback, players: FakePlayers) -> None:
    playing.play("one")
    players.report_playing("one")
    players.last.crash()
    assert playing.problem is not None and playing.problem.code == "GD-507"
    assert playing.state is PlayState.EMPTY and players.last.is_closed
    playing.play("one")
    assert len(players.started) == 2 and playing.problem is None
    players.started[0].send_back(messages.StateChanged(PlayState.PLAYING, "one", 5.0))  # too late
    assert playing.state is PlayState.OPENING


def test_space_plays_and_pauses(window: MainWindow, players: FakePlayers) -> None:
    window.table.view.setFocus()
    QTest.keyClick(window.table.view, Qt.Key.Key_Space)
    path = path_of(window)
    assert players.last.received[-2:] == [messages.Open(path), messages.Play()]
    players.report_playing(path)
    assert window.transport.play.accessibleName() == "Pause"
    QTest.keyClick(window.table.view, Qt.Key.Key_Space)
    assert players.last.received[-1] == messages.Pause()


def test_space_belongs_to_what_has_the_focus(window: MainWindow, players: FakePlayers, qtbot: QtBot) -> None:
    window.activateWindow()
    line = window.table.filter_line
    line.setFocus()
    QTest.keyClicks(line, "a b")
    assert line.text() == "a b" and not players.started
    line.clear()
    button = window.transport.mute
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert window.playing.is_muted and not players.started


def test_enter_and_double_click_play_the_row(window: MainWindow, players: FakePlayers) -> None:
    window.table.select_row(1)
    window.table.view.setFocus()
    QTest.keyClick(window.table.view, Qt.Key.Key_Return)
    assert messages.Open(path_of(window, 1)) in players.last.received
    window.table.select_row(0)
    where = window.table.view.visualRect(window.table.view.currentIndex()).center()
    QTest.mouseClick(window.table.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    QTest.mouseDClick(window.table.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert players.last.received[-2:] == [messages.Open(path_of(window, 0)), messages.Play()]


def test_playing_goes_on_while_another_track_is_looked_at(
    window: MainWindow, players: FakePlayers, qtbot: QtBot
) -> None:
    window.playback.play(path_of(window, 0))
    players.report_playing(path_of(window, 0), 1.0)
    window.table.select_row(1)
    assert window.playing.is_playing and messages.Pause() not in players.last.received
    window.session.remove([window.session.tracks.tracks()[0]])
    assert players.last.received[-1] == messages.Close() and window.playing.state is PlayState.EMPTY


def test_the_playhead_is_on_the_track_that_plays_alone(
    window: MainWindow, players: FakePlayers, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    plots = window.canvas.plots
    assert plots is not None
    heads: list[float | None] = []
    monkeypatch.setattr(plots, "set_playhead", heads.append)
    window.table.select_row(0)
    qtbot.waitUntil(plots.isVisible)
    window.playback.play(path_of(window, 0))
    players.report_playing(path_of(window, 0), 1.0)
    qtbot.waitUntil(lambda: bool(heads) and heads[-1] is not None and heads[-1] > 1.02)
    window.table.select_row(1)
    assert heads[-1] is None
    window.playing.pause()
    players.last.send_back(messages.StateChanged(PlayState.PAUSED, path_of(window, 0), 5.0))
    assert not window.playback._frames.isActive()


def test_a_click_on_the_canvas_goes_there(window: MainWindow, players: FakePlayers) -> None:
    plots = window.canvas.plots
    assert plots is not None
    window.table.select_row(0)
    plots.time_clicked.emit(2.0)
    assert not players.started  # a click alone breaks no silence
    assert plots._playhead == 2.0
    window.actions_.play.trigger()
    assert players.last.received[-3:] == [messages.Open(path_of(window, 0)), messages.Seek(2.0), messages.Play()]
    players.report_playing(path_of(window, 0), 2.0)
    plots.time_clicked.emit(3.0)
    assert players.last.received[-1] == messages.Seek(3.0)
    window.table.select_row(1)
    plots.time_clicked.emit(1.0)  # with another one playing
    assert players.last.received[-3:] == [messages.Open(path_of(window, 1)), messages.Seek(1.0), messages.Play()]


def test_a_click_on_a_genre_plays_its_stretch_once(window: MainWindow, players: FakePlayers, qtbot: QtBot) -> None:
    plots = window.canvas.plots
    assert plots is not None
    window.table.select_row(0)
    wait_until_idle(qtbot, window)
    qtbot.waitUntil(lambda: plots.isVisible() and not window.session.reader.is_reading)
    span = plots.timeline.span_at(2.0)
    assert span is not None
    wanted = messages.PlayRegion(span.start_s, span.end_s)
    lanes, scale = plots.frame().lanes, plots.frame().scale
    for lane in (lanes.bars, lanes.names):
        QTest.mouseClick(plots, Qt.MouseButton.LeftButton, pos=QPoint(round(scale.x(2.0)), round(lane.center().y())))
        qtbot.waitUntil(lambda: bool(players.started) and wanted in players.last.received)
        players.last.received.clear()
    where = QPoint(round(scale.x(2.0)), round(lanes.bars.center().y()))
    QTest.mouseClick(plots, Qt.MouseButton.LeftButton, pos=where)
    QTest.mouseDClick(plots, Qt.MouseButton.LeftButton, pos=where)
    qtbot.wait(2 * QApplication.doubleClickInterval())
    assert not players.last.received, "a double click fits, and makes no sound"


def test_a_double_click_takes_its_first_half_back(window: MainWindow, players: FakePlayers) -> None:
    plots = window.canvas.plots
    assert plots is not None
    window.table.select_row(0)
    plots.time_clicked.emit(2.0)
    plots.double_clicked.emit()
    assert plots._playhead is None
    window.actions_.play.trigger()
    assert messages.Seek(2.0) not in players.last.received
    players.report_playing(path_of(window, 0), 1.0)
    plots.time_clicked.emit(4.0)
    plots.double_clicked.emit()
    seek = players.last.received[-1]
    assert isinstance(seek, messages.Seek) and seek.seconds < 2.0


def test_a_click_before_another_start_is_forgotten(window: MainWindow, players: FakePlayers) -> None:
    plots = window.canvas.plots
    assert plots is not None
    window.table.select_row(0)
    plots.time_clicked.emit(3.0)
    window.actions_.play_selected.trigger()
    players.report_playing(path_of(window, 0), 1.0)
    window.actions_.play.trigger()
    players.last.send_back(messages.StateChanged(PlayState.PAUSED, path_of(window, 0), 5.0))
    players.last.received.clear()
    window.actions_.play.trigger()
    assert players.last.received == [messages.Play()]


def test_a_problem_stays_with_its_track(window: MainWindow, players: FakePlayers) -> None:
    window.table.select_row(0)
    window.actions_.play.trigger()
    players.last.send_back(messages.StateChanged(PlayState.PAUSED, path_of(window, 0), 5.0))
    players.last.send_back(messages.Problem(SoundDeviceLostError(device="Speakers")))
    bar = window.transport
    assert bar.message.text() and bar.time.text()
    window.table.select_row(1)
    assert not bar.message.text() and not bar.time.text() and not bar.stop.isEnabled()


def test_a_looped_stretch_outlasts_a_look_at_another_track(
    window: MainWindow, players: FakePlayers, qtbot: QtBot
) -> None:
    plots = window.canvas.plots
    assert plots is not None
    for row in (1, 0):
        window.table.select_row(row)
        qtbot.waitUntil(lambda: plots.isVisible() and not window.session.reader.is_reading)
    window.actions_.play.trigger()
    players.report_playing(path_of(window, 0), 1.0)
    plots.select_region(1.0, 2.0)
    window.playback.set_loop(True)
    players.last.received.clear()
    window.table.select_row(1)  # seen before: its picture comes at once
    assert not [message for message in players.last.received if isinstance(message, messages.Loop)]


def test_problems_are_sentences(window: MainWindow, players: FakePlayers) -> None:
    window.playback.play(path_of(window, 0))
    players.last.send_back(messages.Problem(NoPortAudioError(reason="PortAudio library not found")))
    bar = window.transport
    assert "libportaudio2" in bar.message.text() and bar.message.isVisibleTo(bar)
    assert "libportaudio2" in bar.play.toolTip()
    window.playback.toggle()
    assert not bar.message.text()
    players.last.send_back(messages.Problem(SoundDeviceLostError(device="Speakers")))
    assert "Speakers is gone" in bar.message.text()


def test_the_device_is_chosen_and_remembered(window: MainWindow, players: FakePlayers) -> None:
    window.playing.list_devices()
    players.last.send_back(messages.Devices((SPEAKERS, HEADPHONES), None))
    actions = window.transport.device_menu.actions()
    assert [action.text() for action in actions[1:]] == ["Speakers (Fake)", "Headphones (Fake)"]
    actions[2].trigger()
    assert players.last.received[-1] == messages.UseDevice(HEADPHONES.key)
    window.playing.set_volume(0.25)
    window.close_now()
    assert (load_settings().output_device, load_settings().volume) == (HEADPHONES.key, 0.25)
    assert players.last.is_closed


def test_without_a_track_the_bar_says_what_is_missing(
    make_window: Callable[..., MainWindow], services: Services, players: FakePlayers
) -> None:
    window = make_window(changed(services, start_player=players))
    assert not window.transport.play.isEnabled()
    assert "Select a track" in window.transport.play.toolTip()


def test_the_real_process_says_what_it_finds(
    make_window: Callable[..., MainWindow], services: Services, make_sound: Callable[..., Path], qtbot: QtBot
) -> None:
    """With the machine's own PortAudio, or without any: it plays, or a sentence says why not."""
    window = make_window(services)
    window.session.open([make_sound("one.wav")])
    wait_for_rows(qtbot, window, 1)
    window.playing.set_muted(True)
    window.playback.toggle()
    qtbot.waitUntil(lambda: window.playing.is_playing or (window.playing.problem is not None))
    problem = window.playing.problem
    assert problem is None or problem.code in ("GD-503", "GD-504", "GD-505", "GD-506")
