from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from genre_desktop.gui.widgets.combo_box import KeyedComboBox

ENTRIES = [(None, "None"), ("a", "First\nof all"), ("b", "Second")]


@pytest.fixture
def box(qtbot: QtBot) -> KeyedComboBox:
    made = KeyedComboBox("Letters")
    qtbot.addWidget(made)
    made.set_entries(ENTRIES, "a")
    return made


def test_entries_have_keys_and_displayable_texts(box: KeyedComboBox) -> None:
    assert (box.count(), box.key(), box.currentText()) == (3, "a", "First␊of all")
    box.set_entries(ENTRIES, "unknown")
    assert box.currentIndex() == -1 and box.key() is None


def test_only_a_choice_of_a_person_emits(box: KeyedComboBox) -> None:
    chosen: list[object] = []
    box.chosen.connect(chosen.append)
    box.set_entries(ENTRIES, "b")
    assert chosen == []
    box.choose(None)
    assert chosen == [None] and box.key() is None and box.currentIndex() == 0


def test_the_wheel_changes_nothing(qtbot: QtBot, box: KeyedComboBox) -> None:
    box.show()
    nowhere = Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton, nowhere,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, event)
    assert box.key() == "a" and not event.isAccepted()


def test_it_can_be_narrower_than_its_texts(box: KeyedComboBox) -> None:
    assert box.minimumSizeHint().width() < box.sizeHint().width()
