"""A page of a form: headings, and rows with a control each."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QVBoxLayout, QWidget

from genre_desktop.gui.widgets.check_box import ThemedCheckBox
from genre_desktop.gui.widgets.labels import PlainLabel, label

_INDENT = 27
_BESIDE, _BELOW = 24, 6
"""Pixels between the name of a control and the control."""


class FormPage(QWidget):
    """A page of a form: headings, and below them rows with one control each.

    Attributes
    ----------
    title : str
    """

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self._control_rows: list[QBoxLayout] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(4, 0, 14, 8)
        self._rows.setSpacing(4)
        self._rows.addWidget(label(title, scale=1.35, bold=True))
        self._rows.addStretch(1)

    def add(self, content: QWidget | QBoxLayout) -> None:
        """Append a widget or a layout."""
        at = self._rows.count() - 1
        if isinstance(content, QWidget):
            self._rows.insertWidget(at, content)
        else:
            self._rows.insertLayout(at, content)

    def add_space(self, height: int = 12) -> None:
        """Append a gap of a height in pixels."""
        self._rows.insertSpacing(self._rows.count() - 1, height)

    def add_heading(self, text: str) -> None:
        """Append the heading of a group."""
        self.add_space(16)
        self.add(label(text, bold=True))

    def add_row(self, text: str, control: QWidget, hint: str = "") -> PlainLabel:
        """Append a row: name and hint on the left, the control on the right.

        Returns
        -------
        PlainLabel
            That of the hint, whose text may change.
        """
        self.add_space(8)
        name, below = label(text), label(hint, muted=True)
        name.setBuddy(control)
        below.setVisible(bool(hint))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(name)
        words.addWidget(below)
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.addLayout(words, 1)
        row.addWidget(control, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.add(row)
        self._control_rows.append(row)
        self._orient(row)
        return below

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for row in self._control_rows:
            self._orient(row)

    def _orient(self, row: QBoxLayout) -> None:
        """Put a control below its name where the name beside it would get little more than half of its width."""
        control = row.itemAt(1)
        assert control is not None
        is_narrow = self.width() < 1.6 * control.sizeHint().width() + _BESIDE
        row.setDirection(QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight)
        row.setSpacing(_BELOW if is_narrow else _BESIDE)

    def add_check_box(self, text: str, hint: str) -> QCheckBox:
        """Append a check box with a hint below it."""
        self.add_space(8)
        box = ThemedCheckBox(text)
        box.setAccessibleDescription(hint)
        self.add(box)
        below = label(hint, muted=True)
        below.setContentsMargins(_INDENT, 0, 0, 0)
        self.add(below)
        return box

    def add_note(self, text: str = "", *, muted: bool = True) -> PlainLabel:
        """Append a sentence."""
        made = label(text, muted=muted)
        self.add(made)
        return made
