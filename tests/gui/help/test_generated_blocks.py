from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QTextTable
from PySide6.QtWidgets import QApplication

from genre_desktop.core import i18n
from genre_desktop.core.errors import error_list
from genre_desktop.gui.help import generated_blocks
from genre_desktop.gui.help.help_window import HelpWindow
from genre_desktop.gui.main_window.main_window import MainWindow


def test_the_figures_are_explained(shown: HelpWindow) -> None:
    shown.show_page("figures")
    text = shown.text.toPlainText()
    assert all(word in text for word in ("calibrated", "95 % interval", "leaking", "unsure", "Also hears", "Timeline"))


def test_the_keys_are_those_of_the_menus(shown: HelpWindow, window: MainWindow) -> None:
    shown.show_page("shortcuts")
    document = shown.text.document()
    rows = {}
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            for row in range(frame.rows()):
                rows[_cell(frame, row, 1)] = _cell(frame, row, 0)
    with_keys = [
        action for entry in window.menuBar().actions() for action in entry.menu().actions() if action.property("keys")
    ]
    assert len(with_keys) > 30
    for action in with_keys:
        name = generated_blocks.plain_text(action)
        assert rows[name].split(" or ")[0] == action.property("keys")[0], name
        assert rows[name].split(" or ")[0] in [key.toString() for key in action.shortcuts()] or name == "Play"
    assert rows["Play"] == "Space", "though buttons may have it at the moment"
    assert rows["Open files"] == "Ctrl+O", "and not the key of a few keyboards"
    window.actions_.pause.setText("&Continue")
    assert "Continue" in generated_blocks.shortcut_tables(window.menuBar())


def test_every_error_code_is_listed(shown: HelpWindow) -> None:
    shown.show_page("troubles")
    text = shown.text.toPlainText()
    for code, sentence in error_list():
        assert code in text and sentence in text


def test_the_folders_are_those_of_this_computer(shown: HelpWindow, home: Path) -> None:
    shown.show_page("places")
    text = shown.text.toPlainText()
    assert all(str(home / name) in text for name in ("data", "config", "cache", "log"))


def test_the_blocks_are_in_the_language_of_the_window(qapp: QApplication) -> None:
    i18n.set_translator(lambda text: {"Confidence": "Sicherheit"}.get(text, text))
    assert "## Sicherheit" in generated_blocks.figure_texts()


def _cell(table: QTextTable, row: int, column: int) -> str:
    cell = table.cellAt(row, column)
    cursor = cell.firstCursorPosition()
    cursor.setPosition(cell.lastPosition(), cursor.MoveMode.KeepAnchor)
    return cursor.selectedText()
