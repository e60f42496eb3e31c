from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from tests.gui.conftest import MakeWindow


def test_every_control_can_be_reached_by_keys_and_has_a_name(qtbot: QtBot, live_window: MakeWindow) -> None:
    window = live_window()
    view = window.live.view
    assert view.start.text() and view.save.text()
    for widget in (view, view.input, view.record, view.meter, view.spectrogram, view.strip):
        assert widget.accessibleName()
    for button in (*view.findChildren(QToolButton), view.start):
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_start_clears_the_clipping_mark(qtbot: QtBot, live_window: MakeWindow) -> None:
    view = live_window().live.view
    view.meter.add(1.0, 0.5, 0.05)
    assert view.meter.has_clipped
    qtbot.keyClick(view.start, Qt.Key.Key_Space)
    assert not view.meter.has_clipped
