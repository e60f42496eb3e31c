from __future__ import annotations

import re

import shiboken6
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from genre_desktop.core.settings import load_settings
from genre_desktop.gui.help.help_content import PAGES
from genre_desktop.gui.help.help_window import HelpWindow
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.widgets.theme import DARK, LIGHT


def test_f1_opens_the_first_steps_and_then_the_last_page(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.keyClick(window, Qt.Key.Key_F1)
    (shown,) = window.findChildren(HelpWindow)
    assert shown.key == "first-steps" and shown.isVisible() and not shown.isModal()
    window.actions_.figures.trigger()
    assert shown.key == "figures"
    qtbot.keyClick(shown, Qt.Key.Key_Escape)
    assert not shown.isVisible()
    window.actions_.help.trigger()
    assert shown.isVisible() and shown.key == "figures"
    window.drop_zone.help_button.click()
    assert shown.key == "first-steps"
    assert window.findChildren(HelpWindow) == [shown]


def test_links_lead_to_pages_and_back(qtbot: QtBot, shown: HelpWindow) -> None:
    assert not shown.back.isEnabled() and not shown.forward.isEnabled()
    shown.text.anchorClicked.emit(QUrl("figures.md"))
    shown.list.setCurrentRow(PAGES.index("troubles"))
    shown.text.verticalScrollBar().setValue(200)
    shown.show_page("places")
    assert shown.list.currentRow() == PAGES.index("places")
    qtbot.keyClick(shown, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert shown.key == "troubles" and shown.text.verticalScrollBar().value() == 200
    shown.back.click()
    assert shown.key == "figures" and shown.list.currentRow() == PAGES.index("figures")
    shown.back.click()
    assert shown.key == "first-steps" and not shown.back.isEnabled()
    qtbot.keyClick(shown, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert shown.key == "figures"
    shown.show_page("folders")
    assert not shown.forward.isEnabled()
    shown.text.anchorClicked.emit(QUrl("https://example.org/"))
    assert shown.key == "folders", "nothing leads out of the program"


def test_links_trigger_commands_of_the_window(shown: HelpWindow, window: MainWindow) -> None:
    triggered: list[str] = []
    for name in ("settings", "live"):
        getattr(window.actions_, name).triggered.connect(lambda *_, name=name: triggered.append(name))
    shown.text.anchorClicked.emit(QUrl("action:live"))
    shown.text.anchorClicked.emit(QUrl("action:settings"))
    assert triggered == ["live", "settings"] and window.live.is_on
    shown.text.anchorClicked.emit(QUrl("action:deleteLater"))
    QApplication.processEvents()
    assert shiboken6.isValid(window.actions_), "nothing else is called by a link"


def test_search_counts_on_all_pages_and_goes_through_them(qtbot: QtBot, shown: HelpWindow) -> None:
    qtbot.keyClick(shown, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert shown.search.hasFocus()
    qtbot.keyClicks(shown.search, "Calibrated")
    assert re.fullmatch(rf"Found \d+ times, on 1 of {len(PAGES)} pages", shown.match_count.text())
    assert re.search(r"\(\d+\)$", shown.list.item(PAGES.index("figures")).text())
    assert shown.list.item(0).text() == "First steps"
    qtbot.keyClick(shown.search, Qt.Key.Key_Return)
    assert shown.key == "figures" and shown.text.textCursor().selectedText().lower() == "calibrated"
    assert len(shown.text.extraSelections()) >= 2
    first = shown.text.textCursor().position()
    qtbot.keyClick(shown.search, Qt.Key.Key_Return)
    second = shown.text.textCursor().position()
    assert second > first
    qtbot.keyClick(shown.search, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert shown.text.textCursor().position() == first
    shown.search_for("no such words anywhere")
    assert shown.match_count.text() == "Nothing found" and shown.key == "figures"
    shown.search.clear()
    assert shown.match_count.text() == "" and not shown.text.extraSelections()


def test_an_error_code_is_found(shown: HelpWindow) -> None:
    shown.search_for("GD-305")
    assert shown.key == "troubles" and shown.text.textCursor().selectedText() == "GD-305"


def test_size_and_colours_follow_the_settings(qtbot: QtBot, shown: HelpWindow, window: MainWindow) -> None:
    size = shown.text.document().defaultFont().pointSizeF()
    shown.larger.click()
    assert shown.text.document().defaultFont().pointSizeF() > size
    assert load_settings().help_size == 1.15
    for _ in range(20):
        shown.smaller.click()
    assert load_settings().help_size == 0.8
    window.settings.set(theme="dark")
    assert shown.text.grab().toImage().pixelColor(8, 60) == QColor(DARK.base)
    window.settings.set(theme="light")
    assert shown.text.grab().toImage().pixelColor(8, 60) == QColor(LIGHT.base)


def test_a_page_is_shown_from_its_beginning(qtbot: QtBot, shown: HelpWindow) -> None:
    shown.close()
    shown.resize(600, 320)
    shown.show()
    QApplication.processEvents()
    shown.text.setFocus()
    QApplication.processEvents()
    assert shown.text.verticalScrollBar().maximum() > 0
    assert shown.text.verticalScrollBar().value() == 0 and shown.text.textCursor().position() == 0
    shown.show_page("troubles")
    QApplication.processEvents()
    assert shown.text.verticalScrollBar().value() == 0 and shown.text.textCursor().position() == 0
