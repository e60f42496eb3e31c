from __future__ import annotations

import shiboken6
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from genre_desktop.gui.widgets.dialog import show_and_raise
from genre_desktop.gui.widgets.pages_dialog import PagesDialog


def test_a_page_is_chosen_by_its_name_and_a_problem_can_be_hidden(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    pages = [(name, QLabel(name)) for name in ("General", "Sound")]
    dialog = PagesDialog("Settings", pages, parent)
    show_and_raise(dialog)
    assert dialog.isVisible() and not dialog.isModal()
    assert dialog.stack.currentWidget() is pages[0][1]
    dialog.list.setCurrentRow(1)
    assert dialog.stack.currentWidget() is pages[1][1]
    assert not dialog.message.isVisible()
    dialog.show_problem("The disk is full.")
    assert dialog.message.isVisible()
    dialog.show_problem("")
    assert not dialog.message.isVisible()
    dialog.close()
    shiboken6.delete(dialog)
