"""The menu with the choices of how the spectrogram is drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QWidget, QWidgetAction

from genre_desktop.core.i18n import tr
from genre_desktop.core.setting_fields import Setting, setting_of
from genre_desktop.core.settings import LOWEST_DB, CanvasSettings
from genre_desktop.gui.widgets.labels import label
from genre_desktop.gui.widgets.persistent_menu import PersistentMenu

_MIN_RANGE_DB = 10


class SpectrogramMenu(PersistentMenu):
    """Frequency scale, analysis window, colour map and range of levels; stays open while several are changed.

    Attributes
    ----------
    settings : CanvasSettings
        The present choice.
    low, high : QSpinBox
        Range of levels in dB of full scale.
    """

    chosen = Signal(object)  # CanvasSettings

    def __init__(self, settings: CanvasSettings, parent: QWidget | None = None) -> None:
        super().__init__(tr("&Spectrogram"), parent)
        self.settings = settings
        for field in ("scale", "n_fft", "colour_map"):
            self._add_group(field, setting_of(CanvasSettings, field))
        self._add_title(tr("Levels"))
        self.low, self.high = (
            decibel_box(setting_of(CanvasSettings, field).label_text()) for field in ("low_db", "high_db")
        )
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(24, 4, 16, 6)
        for part in (label(tr("From")), self.low, label(tr("to")), self.high):
            layout.addWidget(part)
        action = QWidgetAction(self)
        action.setDefaultWidget(row)
        self.addAction(action)
        self._show_levels()
        self.low.valueChanged.connect(self._set_low)
        self.high.valueChanged.connect(self._set_high)

    def _add_group(self, field: str, declared: Setting) -> None:
        self._add_title(declared.label_text())
        group = QActionGroup(self)
        for value, text in declared.texts():
            action = QAction(text, self, checkable=True, checked=getattr(self.settings, field) == value)
            action.setData((field, value))
            action.triggered.connect(lambda _checked=False, field=field, value=value: self._change(**{field: value}))
            group.addAction(action)
            self.addAction(action)

    def _add_title(self, title: str) -> None:
        # A section's own title is not drawn under a style sheet.
        if self.actions():
            self.addSeparator()
        heading = label(title, scale=0.9, muted=True)
        heading.setContentsMargins(24, 4, 16, 2)
        action = QWidgetAction(self)
        action.setDefaultWidget(heading)
        action.setEnabled(False)
        self.addAction(action)

    def set_settings(self, settings: CanvasSettings) -> None:
        """Show other settings, and emit `chosen` if they differ."""
        if settings != self.settings:
            self.settings = settings
            for action in self.actions():
                if action.isCheckable():
                    field, value = action.data()
                    action.setChecked(getattr(settings, field) == value)
            self._show_levels()
            self.chosen.emit(settings)

    def _change(self, **values: Any) -> None:
        self.set_settings(replace(self.settings, **values))

    def _set_low(self, low: int) -> None:
        low, high = levels_in_order(low, self.settings.high_db, from_low=True)
        self._change(low_db=low, high_db=high)
        self._show_levels()

    def _set_high(self, high: int) -> None:
        low, high = levels_in_order(self.settings.low_db, high, from_low=False)
        self._change(low_db=low, high_db=high)
        self._show_levels()

    def _show_levels(self) -> None:
        for box, value in ((self.low, self.settings.low_db), (self.high, self.settings.high_db)):
            box.blockSignals(True)
            box.setValue(value)
            box.blockSignals(False)


def levels_in_order(low: int, high: int, *, from_low: bool) -> tuple[int, int]:
    """Two levels in dB of full scale at a minimum distance; the one that was not just set is moved.

    Parameters
    ----------
    low, high : int
    from_low : bool
        Whether `low` was just set.

    Returns
    -------
    (int, int)
    """
    if from_low:
        low = min(low, -_MIN_RANGE_DB)
        return low, max(high, low + _MIN_RANGE_DB)
    high = max(high, LOWEST_DB + _MIN_RANGE_DB)
    return min(low, high - _MIN_RANGE_DB), high


def decibel_box(name: str) -> QSpinBox:
    """A spin box for a level in dB of full scale; `name` is for screen readers."""
    box = QSpinBox()
    box.setRange(LOWEST_DB, 0)
    box.setSingleStep(5)
    box.setSuffix(tr("\u00a0dB"))
    for part in (box, box.lineEdit()):
        part.setAccessibleName(name)
    box.setAlignment(Qt.AlignmentFlag.AlignRight)
    box.setKeyboardTracking(False)  # "-8" on the way to "-80" changes nothing
    return box
