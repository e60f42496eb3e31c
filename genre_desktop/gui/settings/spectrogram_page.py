"""Settings page of the spectrogram."""

from __future__ import annotations

from PySide6.QtWidgets import QSpinBox

from genre_desktop.core.i18n import tr
from genre_desktop.core.settings import Settings
from genre_desktop.gui.canvas.spectrogram_menu import decibel_box, levels_in_order
from genre_desktop.gui.session.settings_model import SettingsModel
from genre_desktop.gui.settings.setting_page import SettingPage


class SpectrogramPage(SettingPage):
    """Frequency scale, analysis window, colours and range of levels."""

    def __init__(self, settings: SettingsModel) -> None:
        super().__init__(tr("Spectrogram"), settings)
        self.scale = self.add_choice("canvas.scale")
        self.window_length = self.add_choice("canvas.n_fft")
        self.colours = self.add_choice("canvas.colour_map")
        self.low, self.high = self._add_level("canvas.low_db"), self._add_level("canvas.high_db")
        self.low.valueChanged.connect(lambda low: self._set_levels(low, self.high.value(), from_low=True))
        self.high.valueChanged.connect(lambda high: self._set_levels(self.low.value(), high, from_low=False))
        self.add_space()
        self.add_note(tr("The same stands under View, above the picture."))
        settings.changed.connect(self._show_levels)
        self._show_levels(settings.current)

    def _add_level(self, place: str) -> QSpinBox:
        name = self._settings.declaration(place).label_text()
        box = decibel_box(name)
        box.setMinimumWidth(110)
        self.add_row(name, box)
        return box

    def _set_levels(self, low: int, high: int, *, from_low: bool) -> None:
        low, high = levels_in_order(low, high, from_low=from_low)
        # Both at once: set one after the other, the range between the two steps could be invalid.
        self._settings.set_values("canvas", low_db=low, high_db=high)
        self._show_levels(self._settings.current)

    def _show_levels(self, settings: Settings) -> None:
        for box, value in ((self.low, settings.canvas.low_db), (self.high, settings.canvas.high_db)):
            box.blockSignals(True)
            box.setValue(value)
            box.blockSignals(False)
