from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from genre_desktop.core import i18n
from genre_desktop.core.errors import StorageError
from genre_desktop.core.settings import (
    CanvasSettings,
    ProcessingSettings,
    Settings,
    load_settings,
    save_settings,
    settings_file,
)
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.settings.classification_page import ClassificationPage
from genre_desktop.gui.settings.general_page import GeneralPage
from genre_desktop.gui.settings.settings_dialog import SettingsDialog
from genre_desktop.gui.settings.spectrogram_page import SpectrogramPage
from genre_desktop.gui.tracks.track import State
from genre_desktop.gui.widgets.theme import DARK, LIGHT
from tests.gui.conftest import (
    SlowClassifier,
    changed,
    states,
    wait_for_rows,
    wait_until_idle,
    with_engines,
)
from tests.gui.support.settings_driver import opened, page, window_of, with_models

MakeWindow = Callable[..., MainWindow]
MakeSound = Callable[..., Path]


@pytest.fixture
def dialog(make_window: MakeWindow, silent: Services) -> SettingsDialog:
    return opened(make_window(silent))


# --- the dialog ---------------------------------------------------------------------------


def test_it_opens_by_its_key_and_once(qtbot: QtBot, make_window: MakeWindow, silent: Services) -> None:
    window = make_window(silent)
    qtbot.keyClick(window, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    first = window.findChild(SettingsDialog)
    assert first.isVisible() and not first.isModal(), "what it changes is seen behind it"
    window.actions_.settings.trigger()
    assert window.findChildren(SettingsDialog) == [first]
    qtbot.keyClick(first, Qt.Key.Key_Escape)
    assert not first.isVisible()
    window.actions_.settings.trigger()
    assert first.isVisible()
    assert window.actions_.settings.menuRole() == QAction.MenuRole.PreferencesRole


def test_it_ends_with_the_window(dialog: SettingsDialog) -> None:
    window_of(dialog).close_now()
    assert not dialog.isVisible()


def longer(text: str) -> str:
    """As long as German, or longer."""
    return text + " Wortungetüm"[: 1 + len(text) // 2] + " viel längerer Worte" * (len(text) // 50)


@pytest.mark.parametrize("translate", [None, longer])
def test_every_page_fits_and_its_controls_have_names(
    qtbot: QtBot, make_window: MakeWindow, silent: Services, translate: Callable[[str], str] | None
) -> None:
    i18n.set_translator(translate)
    dialog = opened(make_window(silent))
    for number, one in enumerate(dialog.pages):
        dialog.list.setCurrentRow(number)
        QApplication.processEvents()
        assert one.width() <= one.parentWidget().width(), f"{one.title} is cut off at its right"
        for text in one.findChildren(QLabel):
            if text.isVisible() and text.wordWrap():
                assert text.height() >= text.heightForWidth(text.width()), text.text()
        for control in one.findChildren(QPushButton):
            assert control.text()
    assert all(one.accessibleName() for one in dialog.findChildren(type(dialog.pages[0].theme)))  # type: ignore[attr-defined]


def test_a_failed_write_is_said_and_the_choice_holds(dialog: SettingsDialog, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_settings: Settings) -> None:
        raise StorageError(path=settings_file(), reason="No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("genre_desktop.gui.session.settings_model.save_settings", refuse)
        page(dialog, GeneralPage).theme.choose("dark")
        assert "No space left on device" in dialog.message.text() and dialog.message.isVisible()
        assert "until the program ends" in dialog.message.text()
        assert window_of(dialog)._themes.colours is DARK
    page(dialog, GeneralPage).theme.choose("light")
    assert not dialog.message.isVisible()
    assert load_settings().theme == "light"


def test_the_wheel_scrolls_and_chooses_nothing(dialog: SettingsDialog) -> None:
    chooser = page(dialog, GeneralPage).theme
    chooser.setFocus()
    before = chooser.key()
    at, down = QPointF(5, 5), QPoint(0, -120)
    none = Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(at, at, QPoint(), down, Qt.MouseButton.NoButton, none, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(chooser, event)
    assert chooser.key() == before


# --- general ------------------------------------------------------------------------------


def test_the_theme_follows_at_once_and_the_menu_with_it(dialog: SettingsDialog) -> None:
    window = window_of(dialog)
    chooser = page(dialog, GeneralPage).theme
    chooser.choose("dark")
    assert window._themes.colours is DARK and load_settings().theme == "dark"
    marked = [action.data() for action in window.actions_._themes.actions() if action.isChecked()]
    assert marked == ["dark"]
    next(action for action in window.actions_._themes.actions() if action.data() == "light").trigger()
    assert chooser.key() == "light" and window._themes.colours is LIGHT


def test_a_language_is_kept_for_the_next_start_and_said_to_be(dialog: SettingsDialog) -> None:
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
def test_the_list_of_last_time_is_wanted_or_not(
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
    # What was found out is kept either way.
    second.session.open([make_sound("a.wav")])
    wait_for_rows(qtbot, second, 2 if restore else 1)
    wait_until_idle(qtbot, second)
    assert set(states(second)) == {State.DONE}


def test_files_of_the_command_line_are_the_new_list(
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


# --- model and processing -----------------------------------------------------------------


def test_the_model_is_chosen_and_said_to_be_in_use(qtbot: QtBot, make_window: MakeWindow, silent: Services) -> None:
    window = make_window(with_models(silent, "first", "second", "broken", bad="broken"))
    models = page(opened(window), ClassificationPage)
    assert [models.model.itemText(row) for row in range(3)] == ["first", "second", "broken"]
    assert models.model.currentText() == "first"
    assert "In use" in models._state.text() and "57" in models._state.text()
    models.model.choose(window.model_selection.bundles[1])
    qtbot.waitUntil(lambda: load_settings().default_model == "second")
    assert window.actions_._models.checkedAction().text() == "second"
    assert models._description.text() == "The model second."
    models.model.choose(window.model_selection.bundles[2])
    qtbot.waitUntil(lambda: "GD-203" in models._state.text())
    assert load_settings().default_model == "second", "what does not load is not remembered"
    window.actions_._models.actions()[0].trigger()
    qtbot.waitUntil(lambda: "In use" in models._state.text())
    assert models.model.currentText() == "first"


def test_the_number_of_processes_goes_to_the_next_run(
    qtbot: QtBot, make_window: MakeWindow, silent: Services, make_sound: MakeSound
) -> None:
    asked: list[int] = []
    made: list[SlowClassifier] = []

    def new_engine(jobs: int) -> Any:
        asked.append(jobs)
        made.append(SlowClassifier())
        made[-1].let(10)
        return made[-1]

    window = make_window(changed(silent, new_engine=new_engine))
    window.session.open([make_sound("a.wav")])
    wait_for_rows(qtbot, window, 1)
    wait_until_idle(qtbot, window)
    assert asked[0] == 0
    page(opened(window), ClassificationPage).jobs.choose(2)
    assert load_settings().processing.jobs == 2
    window.session.open([make_sound("b.wav")])
    qtbot.waitUntil(lambda: 2 in asked)
    assert made[0].is_closed, "the processes of before are gone"
    wait_until_idle(qtbot, window)
    n = len(asked)
    window.session.open([make_sound("c.wav")])
    wait_for_rows(qtbot, window, 3)
    wait_until_idle(qtbot, window)
    assert len(asked) == n


def test_a_number_that_this_machine_would_not_choose_is_kept(make_window: MakeWindow, silent: Services) -> None:
    save_settings(Settings(processing=ProcessingSettings(jobs=37)))
    assert page(opened(make_window(silent)), ClassificationPage).jobs.key() == 37


def test_every_part_is_asked_of_the_next_run(
    qtbot: QtBot, make_window: MakeWindow, silent: Services, make_sound: MakeSound
) -> None:
    asked: list[bool] = []

    class Noting(SlowClassifier):
        def classify(self, feed: Any, predictor: Any, **options: Any) -> Any:
            asked.append(options["every_patch"])
            return super().classify(feed, predictor, **options)

    slow = Noting()
    slow.let(10)
    window = make_window(with_engines(silent, slow))
    window.session.open([make_sound("a.wav")])
    wait_for_rows(qtbot, window, 1)
    wait_until_idle(qtbot, window)
    assert set(asked) == {False}
    page(opened(window), ClassificationPage).every_patch.click()
    assert load_settings().processing.score_every_patch
    window.session.open([make_sound("b.wav")])
    wait_for_rows(qtbot, window, 2)
    qtbot.waitUntil(lambda: asked[-1])
    wait_until_idle(qtbot, window)


def test_the_computer_may_sleep_where_a_person_wants_it(
    qtbot: QtBot, make_window: MakeWindow, silent: Services, make_sound: MakeSound
) -> None:
    slow = SlowClassifier()
    window = make_window(with_engines(silent, slow))
    window.session.open([make_sound("a.wav")])
    qtbot.waitUntil(lambda: bool(slow.taken))
    qtbot.waitUntil(window.session._watcher.keep_awake._soon.isActive)
    box = page(opened(window), ClassificationPage).stay_awake
    box.click()
    qtbot.waitUntil(lambda: not window.session._watcher.keep_awake._soon.isActive())
    assert not load_settings().processing.stay_awake
    box.click()
    qtbot.waitUntil(window.session._watcher.keep_awake._soon.isActive)
    slow.let(1)
    wait_until_idle(qtbot, window)


# --- spectrogram --------------------------------------------------------------------------


def test_the_drawing_follows_and_the_menu_with_it(dialog: SettingsDialog) -> None:
    window = window_of(dialog)
    drawn = page(dialog, SpectrogramPage)
    drawn.scale.choose("log")
    drawn.window_length.choose(4_096)
    drawn.colours.choose("cividis")
    drawn.low.setValue(-15)
    assert (drawn.low.value(), drawn.high.value()) == (-15, -5)
    expected = CanvasSettings("log", 4_096, "cividis", -15, -5)
    assert load_settings().canvas == window.canvas.options.settings == expected
    assert window.canvas.plots.config().scale == "log"
    marked = {action.data() for action in window.canvas.options.actions() if action.isChecked()}
    assert marked == {("scale", "log"), ("n_fft", 4_096), ("colour_map", "cividis")}
    window.canvas.options.low.setValue(-90)
    next(one for one in window.canvas.options.actions() if one.data() == ("scale", "linear")).trigger()
    assert (drawn.scale.key(), drawn.low.value()) == ("linear", -90)
