from __future__ import annotations

from pytestqt.qtbot import QtBot

from genre_desktop.core.settings import load_settings
from genre_desktop.gui.live.live_session import LiveState
from tests.gui.conftest import MakeWindow
from tests.support import fake_input


def test_the_inputs_are_listed_and_the_view_says_what_to_do(qtbot: QtBot, live_window: MakeWindow) -> None:
    window = live_window()
    view = window.live.view
    qtbot.waitUntil(lambda: bool(window.live.session.devices))
    assert "press Start" in view._invitation_text.text()
    texts = [action.text() for action in view.input._menu.actions() if not action.isSeparator()]
    assert texts[0] == "System default (Microphone)"
    assert texts[1].startswith("Microphone") and texts[2].startswith("Line in")
    assert view.input.text().startswith("Microphone")
    assert view.input.accessibleName() == "Input: Microphone"


def test_a_running_session_changes_over_to_another_input_which_is_remembered(
    qtbot: QtBot, live_window: MakeWindow
) -> None:
    window = live_window()
    view, session = window.live.view, window.live.session
    qtbot.waitUntil(lambda: bool(session.devices))
    names: list[str] = []
    session.opened.connect(lambda opened: names.append(opened.device.name))
    view.start.click()
    qtbot.waitUntil(lambda: session.state is LiveState.LISTENING)
    view.input._menu.actions()[2].trigger()
    qtbot.waitUntil(lambda: len(names) == 2 and session.state is LiveState.LISTENING)
    assert names == ["Microphone", "Line in"]
    assert load_settings().live_input == fake_input.LINE.key


def test_the_input_of_last_time_is_chosen(qtbot: QtBot, live_window: MakeWindow) -> None:
    window = live_window()
    qtbot.waitUntil(lambda: bool(window.live.session.devices))
    window.live.view.input._menu.actions()[2].trigger()
    again = live_window()
    assert again.live.view.input.text().startswith("Line in")


def test_the_open_menu_of_inputs_keeps_its_entries(qtbot: QtBot, live_window: MakeWindow) -> None:
    window = live_window()
    view, session = window.live.view, window.live.session
    qtbot.waitUntil(lambda: bool(session.devices))
    before = view.input._menu.actions()
    view.start.click()
    qtbot.waitUntil(lambda: session.state is LiveState.LISTENING)
    assert view.input._menu.actions() == before
    assert not view.input._look_again.isEnabled()
    assert [action.isChecked() for action in before[:3]] == [True, False, False]
    before[2].trigger()
    assert [action.isChecked() for action in before[:3]] == [False, False, True]
    view.input.file = "a file"
    session.changed.emit()
    assert not any(action.isChecked() for action in before[:3])
    session.devices = session.devices[:1]
    session.changed.emit()
    assert len(view.input._menu.actions()) == len(before) - 1
