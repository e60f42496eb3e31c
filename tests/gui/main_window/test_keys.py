"""Keys that take nothing away: Esc ends no work, Stop has a key of its own, Space hits no button by surprise."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.tracks.track import State
from tests.gui.conftest import MakeSound, states, track_named, wait_for_rows

Key = Qt.Key


@pytest.fixture
def running(qtbot: QtBot, slow_window: MainWindow, make_sound: MakeSound) -> MainWindow:
    """Three tracks, one of them under way."""
    slow_window.activateWindow()
    slow_window.session.open([make_sound(f"{n}.wav", seconds=1) for n in range(3)])
    wait_for_rows(qtbot, slow_window, 3)
    qtbot.waitUntil(lambda: State.WORKING in states(slow_window))
    qtbot.waitUntil(slow_window.actions_.stop.isEnabled)
    qtbot.waitUntil(slow_window.job_bar.pause.isVisible)
    return slow_window


def focusable(window: MainWindow) -> list[QWidget]:
    takes_focus = Qt.FocusPolicy.StrongFocus
    return [one for one in window.findChildren(QWidget) if one.isVisible() and one.focusPolicy() & takes_focus]


def test_escape_never_stops_a_run_wherever_it_is_pressed(qtbot: QtBot, running: MainWindow) -> None:
    before = states(running)
    widgets = focusable(running)
    assert running.table.view in widgets and running.canvas.plots in widgets and running.job_bar.cancel in widgets
    for widget in [running, *widgets]:
        widget.setFocus()
        for _ in range(2):
            QTest.keyClick(widget, Key.Key_Escape)
        assert states(running) == before, widget
        assert running.session.is_busy and running.isVisible()


def test_escape_clears_the_filter_then_leads_into_the_rows(qtbot: QtBot, running: MainWindow) -> None:
    line = running.table.filters.line
    line.setFocus()
    line.setText("0.wav")
    QTest.keyClick(line, Key.Key_Escape)
    assert line.text() == "" and line.hasFocus()
    QTest.keyClick(line, Key.Key_Escape)
    assert running.table.view.hasFocus()


def test_escape_ends_a_selection_of_many_rows(qtbot: QtBot, running: MainWindow) -> None:
    current = track_named(running, "1.wav")
    running.table.select(current)
    running.actions_.select_all.trigger()
    assert len(running.table.selected()) == 3
    QTest.keyClick(running.table.view, Key.Key_Escape)
    assert running.table.selected() == [current] and running.table.current() is current


def test_stop_has_a_key_of_its_own(qtbot: QtBot, running: MainWindow) -> None:
    QTest.keyClick(
        running.table.view, Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    assert states(running) == [State.STOPPED] * 3
    assert "Ctrl+Shift+P" in running.job_bar.cancel.toolTip()


def test_no_key_means_two_things(window: MainWindow) -> None:
    actions = [one for one in vars(window.actions_).values() if isinstance(one, QAction)]
    keys = [key.toString() for action in actions for key in action.shortcuts()]
    assert len(keys) == len(set(keys))
    assert "Esc" not in keys and QKeySequence("Ctrl+Shift+P").toString() in keys
