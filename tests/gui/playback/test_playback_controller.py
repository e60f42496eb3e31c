from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from genre_desktop.audio.playback import messages
from genre_desktop.audio.playback.messages import PlayState
from genre_desktop.gui.main_window.main_window import MainWindow
from tests.gui.conftest import wait_until_idle
from tests.gui.support.fake_player import FakePlayers


def path_of(window: MainWindow, row: int = 0) -> str:
    return window.session.tracks.tracks()[row].path


def test_space_plays_and_pauses(window: MainWindow, players: FakePlayers) -> None:
    window.table.view.setFocus()
    QTest.keyClick(window.table.view, Qt.Key.Key_Space)
    path = path_of(window)
    assert players.last.received[-2:] == [messages.Open(path), messages.Play()]
    players.report_playing(path)
    assert window.transport.play.accessibleName() == "Pause"
    QTest.keyClick(window.table.view, Qt.Key.Key_Space)
    assert players.last.received[-1] == messages.Pause()


def test_space_presses_a_focused_button_and_types_into_a_field(
    window: MainWindow, players: FakePlayers, qtbot: QtBot
) -> None:
    window.activateWindow()
    line = window.table.filters.line
    line.setFocus()
    QTest.keyClicks(line, "a b")
    assert line.text() == "a b" and not players.started
    line.clear()
    button = window.transport.mute
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert window.playback.is_muted and not players.started


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


def test_playback_goes_on_when_another_track_is_selected(
    window: MainWindow, players: FakePlayers, qtbot: QtBot
) -> None:
    window.playback_controller.play(path_of(window, 0))
    players.report_playing(path_of(window, 0), 1.0)
    window.table.select_row(1)
    assert window.playback.is_playing and messages.Pause() not in players.last.received
    window.session.remove([window.session.tracks.tracks()[0]])
    assert players.last.received[-1] == messages.Close() and window.playback.state is PlayState.EMPTY


def test_the_playhead_is_drawn_on_the_playing_track_only(
    window: MainWindow, players: FakePlayers, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    plots = window.canvas.plots
    assert plots is not None
    heads: list[float | None] = []
    monkeypatch.setattr(plots, "set_playhead", heads.append)
    window.table.select_row(0)
    qtbot.waitUntil(plots.isVisible)
    window.playback_controller.play(path_of(window, 0))
    players.report_playing(path_of(window, 0), 1.0)
    qtbot.waitUntil(lambda: bool(heads) and heads[-1] is not None and heads[-1] > 1.02)
    window.table.select_row(1)
    assert heads[-1] is None
    window.playback.pause()
    players.last.send_back(messages.StateChanged(PlayState.PAUSED, path_of(window, 0), 5.0))
    assert not window.playback_controller._frame_timer.isActive()


def test_a_click_on_the_canvas_seeks(window: MainWindow, players: FakePlayers) -> None:
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


def test_a_click_on_a_segment_plays_it_once(window: MainWindow, players: FakePlayers, qtbot: QtBot) -> None:
    plots = window.canvas.plots
    assert plots is not None
    window.table.select_row(0)
    wait_until_idle(qtbot, window)
    qtbot.waitUntil(lambda: plots.isVisible() and not window.session.reader.is_reading)
    span = plots.timeline.span_at(2.0)
    assert span is not None
    wanted = messages.PlayRegion(span.start_s, span.end_s)
    lanes, scale = plots.plot_geometry().layout, plots.plot_geometry().scale
    for lane in (lanes.bars, lanes.names):
        QTest.mouseClick(plots, Qt.MouseButton.LeftButton, pos=QPoint(round(scale.x(2.0)), round(lane.center().y())))
        qtbot.waitUntil(lambda: bool(players.started) and wanted in players.last.received)
        players.last.received.clear()
    where = QPoint(round(scale.x(2.0)), round(lanes.bars.center().y()))
    QTest.mouseClick(plots, Qt.MouseButton.LeftButton, pos=where)
    QTest.mouseDClick(plots, Qt.MouseButton.LeftButton, pos=where)
    qtbot.wait(2 * QApplication.doubleClickInterval())
    assert not players.last.received, "a double click fits, and makes no sound"


def test_a_double_click_undoes_its_first_click(window: MainWindow, players: FakePlayers) -> None:
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


def test_a_clicked_start_is_dropped_when_playback_starts_otherwise(window: MainWindow, players: FakePlayers) -> None:
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


def test_a_looped_region_stays_when_another_track_is_selected(
    window: MainWindow, players: FakePlayers, qtbot: QtBot
) -> None:
    plots = window.canvas.plots
    assert plots is not None
    for row in (1, 0):
        window.table.select_row(row)
        qtbot.waitUntil(lambda: plots.isVisible() and not window.session.reader.is_reading)
    window.actions_.play.trigger()
    players.report_playing(path_of(window, 0), 1.0)
    plots.selection.select(1.0, 2.0)
    window.playback_controller.set_loop(True)
    players.last.received.clear()
    window.table.select_row(1)  # seen before: its picture comes at once
    assert not [message for message in players.last.received if isinstance(message, messages.Loop)]
