from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from genre_desktop.audio.playback.messages import Pause
from tests.gui.conftest import MakeSound, MakeWindow
from tests.gui.support.fake_player import FakePlayers


def test_live_mode_covers_the_list_until_it_is_left(
    qtbot: QtBot, live_window: MakeWindow, make_sound: MakeSound
) -> None:
    window = live_window()
    assert window.live.view.isVisible() and not window.drop_zone.isVisible()
    assert window.live_button.isChecked() and window.actions_.live.isChecked()
    window.session.open([make_sound()])  # the list is classified meanwhile
    qtbot.waitUntil(lambda: len(window.session.tracks) == 1 and not window.session.is_busy)
    assert window.live.view.isVisible()
    assert window.panel._title.text() == "Not listening"
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert window.table.isVisible() and not window.live.view.isVisible()
    assert window.panel._title.text() == "Jazz"
    window.live_button.click()
    window.actions_.overview.trigger()
    assert window.overview.isVisible() and not window.live.is_on


def test_keys_do_not_change_the_list_while_live_mode_covers_it(
    qtbot: QtBot, live_window: MakeWindow, make_sound: MakeSound
) -> None:
    window = live_window()
    actions = window.actions_
    window.session.open([make_sound()])
    qtbot.waitUntil(lambda: len(window.session.tracks) == 1 and not window.session.is_busy)
    window.session.emit_status()  # it enables what works on the list
    covered = (actions.clear, actions.remove, actions.again, actions.by_hand, actions.find, actions.reveal)
    heard = (actions.play, actions.play_selected, actions.loop, actions.zoom_in)
    assert not any(action.isEnabled() for action in (*covered, *heard))
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_Delete, keys)
    assert len(window.session.tracks) == 1
    window.live_button.click()
    assert all(action.isEnabled() for action in (*covered, *heard))
    assert not actions.retry_failed.isEnabled() and not actions.play_segment.isEnabled()
    QTest.keyClick(window, Qt.Key.Key_Delete, keys)
    assert len(window.session.tracks) == 0


def test_start_pauses_playback(live_window: MakeWindow, players: FakePlayers) -> None:
    window = live_window()
    window.playback.play("a.wav")
    players.last.received.clear()
    window.live.view.start.click()
    assert players.last.received == [Pause()]
