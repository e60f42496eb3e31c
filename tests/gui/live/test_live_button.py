from __future__ import annotations

from pytestqt.qtbot import QtBot

from genre_desktop.gui.live.live_session import LiveState
from tests.gui.conftest import MakeWindow


def test_an_open_microphone_is_shown_outside_live_mode(qtbot: QtBot, live_window: MakeWindow) -> None:
    window = live_window()
    button, session = window.live_button, window.live.session
    window.live.view.start.click()
    qtbot.waitUntil(lambda: session.state is LiveState.LISTENING)
    assert button.text() == "Live" and button.accessibleName() == "Live"
    button.click()
    assert not window.live.is_on and session.is_listening
    assert button.text() == "● Live" and button.accessibleName() == "Live: listening"
    assert "listened to" in button.toolTip()
    qtbot.wait(50)
    assert button.width() >= button.sizeHint().width()
    session.set_recording(True)
    assert button.text() == "● Rec" and button.accessibleName() == "Live: recording"
    session.set_recording(False)
    qtbot.waitUntil(lambda: session.recording is None)
    assert button.text() == "● Live"
    session.stop_listening()
    assert button.text() == "Live"
