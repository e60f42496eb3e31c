"""The settings while the program runs."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from genre_desktop.core.errors import StorageError
from genre_desktop.core.setting_fields import Setting, setting_of
from genre_desktop.core.settings import Settings, load_settings, save_settings

_log = logging.getLogger(__name__)

_OF_THE_WINDOW = ("last_folder", "window_geometry", "window_state")
"""What is remembered and was never chosen in a dialog."""


class SettingsModel(QObject):
    """Keeps each change at once, and tells those who follow it.

    Attributes
    ----------
    current : Settings
        As they are in force, written or not.
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
            Where they cannot be written. They hold until the program ends all the same, and are written with the
            next change that can be.
        """
        before = self.current
        # Read again: the command line may have changed something meanwhile. A file that cannot be read just now
        # (on Windows, while somebody writes or scans it) must not be written over with defaults.
        kept = load_settings(otherwise=before)
        wanted, self._unwritten = self._unwritten | values, {}
        self.current = replace(kept, **wanted)
        problem = None
        if self.current != kept or kept is before:  # a damaged file has been put aside
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
        """What is declared of the setting at a place: its label, choices and limits."""
        group, _, name = place.rpartition(".")
        return setting_of(self.value(group) if group else self.current, name)

    def reset(self) -> StorageError | None:
        """Go back to the program's own choice in everything that a person can choose."""
        defaults = vars(Settings()).items()
        return self.set(**{name: value for name, value in defaults if name not in _OF_THE_WINDOW})
