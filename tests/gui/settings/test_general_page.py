"""Settings of theme, language and start."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from genre_desktop.core.settings import (
    ProcessingSettings,
    Settings,
    load_settings,
    save_settings,
)
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.settings.general_page import GeneralPage
from genre_desktop.gui.settings.settings_dialog import SettingsDialog
from genre_desktop.gui.tracks.track import State
from genre_desktop.gui.widgets.theme import DARK, LIGHT
from tests.gui.conftest import (
    MakeSound,
    MakeWindow,
    SlowClassifier,
    states,
    wait_for_rows,
    wait_until_idle,
    with_engines,
)
from tests.gui.support.settings_driver import opened, page, window_of


@pytest.fixture
def dialog(make_window: MakeWindow, silent: Services) -> SettingsDialog:
    return opened(make_window(silent))


def test_the_theme_changes_at_once_and_in_the_menu_too(dialog: SettingsDialog) -> None:
    window = window_of(dialog)
    chooser = page(dialog, GeneralPage).theme
    chooser.choose("dark")
    assert window._themes.colours is DARK and load_settings().theme == "dark"
    marked = [action.data() for action in window.actions_._themes.actions() if action.isChecked()]
    assert marked == ["dark"]
    next(action for action in window.actions_._themes.actions() if action.data() == "light").trigger()
    assert chooser.key() == "light" and window._themes.colours is LIGHT


def test_a_language_is_stored_for_the_next_start(dialog: SettingsDialog) -> None:
    general = page(dialog, GeneralPage)
    names = [general.language.itemText(row) for row in range(general.language.count())]
    assert names == ["As the system", "English", "Deutsch", "Español"]
    general.language.choose("de")
    assert load_settings().language == "de"
    assert "next start on" in general.hints["language"].text()
    general.language.choose(None)
    assert load_settings().language is None
    assert "next start on" not in general.hints["language"].text()


@pytest.mark.parametrize("restore", [True, False])
def test_the_list_is_restored_or_not(
    qtbot: QtBot, make_window: MakeWindow, silent: Services, make_sound: MakeSound, restore: bool
) -> None:
    first = make_window(silent)
    first.session.open([make_sound("a.wav"), make_sound("b.wav")])
    wait_for_rows(qtbot, first, 2)
    wait_until_idle(qtbot, first)
    box = page(opened(first), GeneralPage).restore
    assert box.isChecked()
    if not restore:
        box.click()
    first.close_now()
    assert first.session.shutdown()
    second = make_window(silent)
    qtbot.waitUntil(lambda: second.session.restorer.is_restored)
    assert len(second.session.tracks) == (2 if restore else 0)
    # The results are kept either way.
    second.session.open([make_sound("a.wav")])
    wait_for_rows(qtbot, second, 2 if restore else 1)
    wait_until_idle(qtbot, second)
    assert set(states(second)) == {State.DONE}


def test_files_of_the_command_line_replace_a_list_that_is_not_restored(
    qtbot: QtBot, make_window: MakeWindow, silent: Services, make_sound: MakeSound
) -> None:
    first = make_window(silent)
    first.session.open([make_sound("old.wav")])
    wait_for_rows(qtbot, first, 1)
    wait_until_idle(qtbot, first)
    first.close_now()
    assert first.session.shutdown()
    save_settings(replace(load_settings(), processing=ProcessingSettings(restore_list=False)))
    second = make_window(silent)
    second.session.open([make_sound("new.wav")])
    wait_for_rows(qtbot, second, 1)
    wait_until_idle(qtbot, second)
    second.close_now()
    assert second.session.shutdown()
    save_settings(replace(load_settings(), processing=ProcessingSettings(restore_list=True)))
    third = make_window(silent)
    wait_for_rows(qtbot, third, 1)
    assert [track.name for track in third.session.tracks.tracks()] == ["new.wav"]


def test_the_question_before_quitting_says_that_the_list_is_not_restored(
    qtbot: QtBot, make_window: MakeWindow, silent: Services, make_sound: MakeSound
) -> None:
    save_settings(Settings(processing=ProcessingSettings(restore_list=False)))
    slow = SlowClassifier()
    window = make_window(with_engines(silent, slow))
    window.session.open([make_sound(f"{number}.wav") for number in range(4)])
    wait_for_rows(qtbot, window, 4)
    window.close()
    (box,) = window.findChildren(QMessageBox)
    assert "empty at the next start" in box.informativeText()
    box.reject()
    slow.let(4)
    wait_until_idle(qtbot, window)
