"""The settings while the program runs: changed, stored and emitted in one place."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from genre_desktop.core.errors import StorageError
from genre_desktop.core.setting_fields import Setting, setting_of
from genre_desktop.core.settings import Settings, load_settings, save_settings

_log = logging.getLogger(__name__)

_WINDOW_STATE = ("last_folder", "window_geometry", "window_state")
"""Stored with the settings, but not chosen in a dialog: a reset leaves them."""


class SettingsModel(QObject):
    """Writes each change to the settings file at once, and emits it.

    Attributes
    ----------
    current : Settings
        The settings in force, written or not.
    """

    changed = Signal(object)  # Settings
    not_saved = Signal(object)  # StorageError

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.current = settings
        self._unwritten: dict[str, Any] = {}

    def set(self, **values: Any) -> StorageError | None:
        """Change some settings.

        Returns
        -------
        StorageError or None
            If they cannot be written. They are in force until the program ends all the same, and are written with
            the next change that can be written.
        """
        before = self.current
        # Read again: the command line may have changed the file meanwhile. A file that cannot be read at the moment
        # (on Windows, while another program writes or scans it) must not be overwritten with defaults.
        stored = load_settings(otherwise=before)
        wanted, self._unwritten = self._unwritten | values, {}
        self.current = replace(stored, **wanted)
        problem = None
        if self.current != stored or stored is before:  # a damaged file has been put aside
            try:
                save_settings(self.current)
            except StorageError as error:
                _log.warning("settings not saved: %s", error)
                self._unwritten, problem = wanted, error
        if self.current != before:
            self.changed.emit(self.current)
        if problem is not None:
            self.not_saved.emit(problem)
        return problem

    def value(self, place: str) -> Any:
        """The value of a setting, such as ``"theme"`` or ``"canvas.scale"``."""
        value: Any = self.current
        for name in place.split("."):
            value = getattr(value, name)
        return value

    def set_value(self, place: str, value: Any) -> StorageError | None:
        """Change the setting at a place; see `set`."""
        group, _, name = place.rpartition(".")
        return self.set_values(group, **{name: value}) if group else self.set(**{name: value})

    def set_values(self, group: str, **values: Any) -> StorageError | None:
        """Change some settings of a group, such as ``"canvas"``, in one step; see `set`."""
        return self.set(**{group: replace(self.value(group), **values)})

    def declaration(self, place: str) -> Setting:
        """Declaration of the setting at a place: its label, choices and limits."""
        group, _, name = place.rpartition(".")
        return setting_of(self.value(group) if group else self.current, name)

    def reset(self) -> StorageError | None:
        """Reset all settings that a person can choose to their defaults."""
        defaults = vars(Settings()).items()
        return self.set(**{name: value for name, value in defaults if name not in _WINDOW_STATE})
