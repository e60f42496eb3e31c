"""A menu for choosing a range of confidence."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QWidget, QWidgetAction

from genre_desktop.core.i18n import tr
from genre_desktop.gui.widgets.labels import label
from genre_desktop.gui.widgets.persistent_menu import PersistentMenu


class ConfidenceMenu(PersistentMenu):
    """Ranges of confidence to choose from, named as the window names them, and two spin boxes for any other range.

    Attributes
    ----------
    low, high : QSpinBox
        In per cent, both included.
    """

    chosen = Signal(int, int)  # lowest and highest confidence in per cent

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        # The same steps as in `prediction_text.confidence_words`.
        for text, low, high in (
            (tr("All"), 0, 100),
            (tr("Very sure: 90\u00a0% and more"), 90, 100),
            (tr("Fairly sure: 70 to 89\u00a0%"), 70, 89),
            (tr("More likely than not: 50 to 69\u00a0%"), 50, 69),
            (tr("A guess: below 50\u00a0%"), 0, 49),
        ):
            action = self.addAction(text)
            action.triggered.connect(lambda _checked=False, low=low, high=high: self.chosen.emit(low, high))
        self.addSeparator()
        self.low, self.high = _percent_box(tr("Least confidence")), _percent_box(tr("Most confidence"))
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(24, 6, 16, 6)
        layout.addWidget(label(tr("From")))
        layout.addWidget(self.low)
        layout.addWidget(label(tr("to")))
        layout.addWidget(self.high)
        action = QWidgetAction(self)
        action.setDefaultWidget(row)
        self.addAction(action)
        self.low.valueChanged.connect(lambda low: self._choose(low, max(low, self.high.value())))
        self.high.valueChanged.connect(lambda high: self._choose(min(high, self.low.value()), high))

    def set_range(self, low: int, high: int) -> None:
        """Show a range."""
        for box, value in ((self.low, low), (self.high, high)):
            box.blockSignals(True)
            box.setValue(value)
            box.blockSignals(False)

    def _choose(self, low: int, high: int) -> None:
        self.set_range(low, high)
        self.chosen.emit(low, high)


def _percent_box(name: str) -> QSpinBox:
    box = QSpinBox()
    box.setRange(0, 100)
    box.setSingleStep(5)
    box.setSuffix("\u00a0%")
    for part in (box, box.lineEdit()):
        part.setAccessibleName(name)
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    box.setKeyboardTracking(False)  # "8" on the way to "80" filters nothing
    return box
