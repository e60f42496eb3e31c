from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from genre_desktop.gui.widgets.check_box import ThemedCheckBox
from genre_desktop.gui.widgets.form_page import FormPage
from genre_desktop.gui.widgets.labels import PlainLabel


@pytest.fixture
def page(qtbot: QtBot) -> FormPage:
    made = FormPage("Sound")
    qtbot.addWidget(made)
    return made


def test_a_row_names_its_control(page: FormPage) -> None:
    button = QPushButton("Choose")
    hint = page.add_row("&Output", button, "What plays goes on there.")
    (name,) = (label for label in page.findChildren(PlainLabel) if label.text() == "&Output")
    assert name.buddy() is button
    assert hint.text() == "What plays goes on there." and not hint.isHidden()
    assert page.add_row("Input", QPushButton()).isHidden()


def test_a_control_is_below_its_name_on_a_narrow_page(qtbot: QtBot, page: FormPage) -> None:
    button = QPushButton("A button with a long text")
    page.add_row("Output", button)
    page.show()
    page.resize(600, 300)
    (name,) = (label for label in page.findChildren(PlainLabel) if label.text() == "Output")
    qtbot.waitUntil(lambda: button.x() > name.x())
    page.resize(button.sizeHint().width() + 30, 300)
    qtbot.waitUntil(lambda: button.y() > name.y() and button.x() == name.x())


def test_a_check_box_has_its_hint_for_screen_readers_too(page: FormPage) -> None:
    box = page.add_check_box("Stay awake", "While tracks are classified.")
    assert isinstance(box, ThemedCheckBox) and box.accessibleDescription() == "While tracks are classified."
    box.setChecked(True)
    box.setFocus()
    assert not box.grab().isNull()


def test_headings_and_notes_are_appended_in_order(page: FormPage) -> None:
    page.add_heading("Space")
    page.add_note("Nothing yet.", muted=False)
    page.add(QPushButton("Clear"))
    assert [label.text() for label in page.findChildren(PlainLabel)] == ["Sound", "Space", "Nothing yet."]
