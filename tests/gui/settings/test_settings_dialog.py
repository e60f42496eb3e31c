"""The dialog of the settings."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction, QWheelEvent
from PySide6.QtWidgets import QApplication, QCheckBox, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from genre_desktop.core import i18n
from genre_desktop.core.errors import StorageError
from genre_desktop.core.setting_fields import setting_of
from genre_desktop.core.settings import (
    CanvasSettings,
    ProcessingSettings,
    Settings,
    load_settings,
    settings_file,
)
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.settings.general_page import GeneralPage
from genre_desktop.gui.settings.settings_dialog import SettingsDialog
from genre_desktop.gui.widgets.theme import DARK
from tests.gui.conftest import (
    MakeWindow,
)
from tests.gui.support.settings_driver import opened, page, window_of


@pytest.fixture
def dialog(make_window: MakeWindow, silent: Services) -> SettingsDialog:
    return opened(make_window(silent))


def test_it_opens_by_its_shortcut_and_once(qtbot: QtBot, make_window: MakeWindow, silent: Services) -> None:
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


def test_every_setting_with_a_label_is_on_a_page(dialog: SettingsDialog) -> None:
    groups = (Settings(), CanvasSettings(), ProcessingSettings())
    declared = [setting_of(group, field.name) for group in groups for field in fields(group) if field.metadata]
    labels = {setting.label_text().replace("&", "") for setting in declared if setting.label}
    shown = {widget.text().replace("&", "") for kind in (QLabel, QCheckBox) for widget in dialog.findChildren(kind)}
    assert len(labels) > 8 and labels <= shown


def test_it_closes_with_the_window(dialog: SettingsDialog) -> None:
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


def test_a_failed_write_is_shown_and_the_choice_holds(dialog: SettingsDialog, monkeypatch: pytest.MonkeyPatch) -> None:
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


def test_the_wheel_does_not_change_a_choice(dialog: SettingsDialog) -> None:
    chooser = page(dialog, GeneralPage).theme
    chooser.setFocus()
    before = chooser.key()
    at, down = QPointF(5, 5), QPoint(0, -120)
    none = Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(at, at, QPoint(), down, Qt.MouseButton.NoButton, none, Qt.ScrollPhase.NoScrollPhase, False)
    QApplication.sendEvent(chooser, event)
    assert chooser.key() == before
