"""The measured accuracy of the model: one number a row, with its confidence interval."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from genre_desktop.core.i18n import tr
from genre_desktop.gui.text import accuracy_text
from genre_desktop.gui.text.display import plain_tip
from genre_desktop.gui.widgets.labels import PlainLabel, label, set_style_flags
from genre_desktop.gui.widgets.theme import scaled_font
from genre_desktop.model.bundles.accuracy import Measured

if TYPE_CHECKING:
    from genre_desktop.model.bundles.accuracy import MeasuredAccuracy


class ModelAccuracy(QWidget):
    """Accuracy, coverage and calibration in short rows; each row has a sentence as tool tip and for screen readers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._message = label()
        self._note = label(muted=True)
        self._note.setFont(scaled_font(0.92))
        self._table = QGridLayout()
        self._table.setHorizontalSpacing(12)
        self._table.setVerticalSpacing(2)
        self._table.setColumnStretch(0, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self._message)
        layout.addLayout(self._table)
        layout.addWidget(self._note)

    def show_message(self, text: str, note: str = "", problem: bool = False) -> None:
        """Show a sentence instead of numbers."""
        self._show(text, note, [])
        set_style_flags(self._message, problem=problem)

    def show_accuracy(self, accuracy: MeasuredAccuracy) -> None:
        """Show the measured numbers, and on which data they were measured."""
        right = Measured(accuracy.accuracy, accuracy.low, accuracy.high)
        rows = [(tr("Right on"), accuracy_text.share_and_interval(right), accuracy_text.accuracy_line(accuracy))]
        notes = [accuracy_text.measured_on_line(accuracy)]
        if not accuracy.leaking:
            named, right_then = accuracy.coverage, accuracy.accuracy_covered
            if named is not None and right_then is not None and named.value < 1:
                sentence = accuracy_text.coverage_line(named, right_then)
                rows.append((tr("Names a genre for"), accuracy_text.share_and_interval(named), sentence))
                rows.append((tr("and is right then on"), accuracy_text.share_and_interval(right_then), sentence))
            notes.append(tr("In brackets: 95\u00a0% intervals."))
            if accuracy.ece is not None and accuracy.is_too_few:
                rows.append((tr("Confidence"), tr("too few to tell"), accuracy.caveat()))
            elif accuracy.ece is not None:
                points = tr("{figure} points", figure=accuracy_text.points_and_interval(accuracy.ece))
                rows.append((tr("Confidence is off by"), points, accuracy_text.calibration_line(accuracy.ece)))
                if accuracy.ece_if_perfect is not None:
                    notes.append(accuracy_text.calibration_chance_line(accuracy.ece_if_perfect))
        self._show("", " ".join(notes), rows)

    def sentences(self) -> list[str]:
        """The sentences of the rows, as screen readers read them."""
        return [widget.accessibleName() for widget in self._cells() if widget.accessibleName()]

    def text(self) -> str:
        """The whole text, one line a row."""
        cells = [widget.text() for widget in self._cells()]
        rows = [" ".join(cells[i : i + 2]) for i in range(0, len(cells), 2)]
        return "\n".join(text for text in (self._message.text(), *rows, self._note.text()) if text)

    def _show(self, message: str, note: str, rows: list[tuple[str, str, str]]) -> None:
        self._message.setText(message)
        self._message.setVisible(bool(message))
        self._note.setText(note)
        self._note.setVisible(bool(note))
        for widget in self._cells():
            self._table.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        for row, (name, figure, sentence) in enumerate(rows):
            caption, value = PlainLabel(name), PlainLabel(figure)
            value.setAlignment(Qt.AlignmentFlag.AlignRight)
            value.setAccessibleName(sentence)
            for column, widget in enumerate((caption, value)):
                widget.setToolTip(plain_tip(sentence))
                self._table.addWidget(widget, row, column)

    def _cells(self) -> list[QLabel]:
        items = (self._table.itemAt(i) for i in range(self._table.count()))
        widgets = (item.widget() for item in items if item is not None)
        return [widget for widget in widgets if isinstance(widget, QLabel)]
