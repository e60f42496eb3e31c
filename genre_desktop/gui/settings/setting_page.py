"""Settings page whose controls are derived from the declarations of the settings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtWidgets import QCheckBox

from genre_desktop.gui.session.settings_model import SettingsModel
from genre_desktop.gui.text.display import without_mnemonic
from genre_desktop.gui.widgets.combo_box import KeyedComboBox
from genre_desktop.gui.widgets.form_page import FormPage
from genre_desktop.gui.widgets.labels import PlainLabel


class SettingPage(FormPage):
    """A page whose controls show settings and change them.

    Each control is added by the place of its setting, such as ``"processing.stay_awake"``; label, hint and choices are
    declared in `genre_desktop.core.settings`.

    Parameters
    ----------
    title : str
    settings : SettingsModel

    Attributes
    ----------
    hints : dict of str to PlainLabel
        The sentence below a row, by the place of its setting.
    """

    def __init__(self, title: str, settings: SettingsModel) -> None:
        super().__init__(title)
        self._settings = settings
        self.hints: dict[str, PlainLabel] = {}

    def add_choice(self, place: str, entries: Callable[[], Sequence[tuple[Any, str]]] | None = None) -> KeyedComboBox:
        """Add a row with the choices of a setting.

        Parameters
        ----------
        place : str
        entries : callable, optional
            Gives values and texts, if they differ from the declared ones.
        """
        declared = self._settings.declaration(place)

        def declared_entries() -> list[tuple[Any, str]]:
            return [(value, without_mnemonic(text)) for value, text in declared.texts()]

        box = KeyedComboBox(declared.label_text())
        box.chosen.connect(lambda value: self._settings.set_value(place, value))
        self.hints[place] = self.add_row(declared.label_text(), box, declared.hint_text())
        self._show(lambda: box.set_entries((entries or declared_entries)(), self._settings.value(place)))
        return box

    def add_switch(self, place: str) -> QCheckBox:
        """Add a check box for a setting that is on or off."""
        declared = self._settings.declaration(place)
        box = self.add_check_box(declared.label_text(), declared.hint_text())
        box.clicked.connect(lambda is_on: self._settings.set_value(place, is_on))
        self._show(lambda: box.setChecked(self._settings.value(place)))
        return box

    def _show(self, show: Callable[[], None]) -> None:
        """Show a value now and after each change of the settings."""
        self._settings.changed.connect(lambda _settings: show())
        show()
