"""The button that shows the input of live mode and whose menu chooses another one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QSizePolicy, QToolButton

from genre_desktop.core.i18n import tr
from genre_desktop.gui.live.live_session import LiveSession
from genre_desktop.gui.text.display import displayable, menu_text, plain_tip

if TYPE_CHECKING:
    from genre_desktop.audio.devices.sound_system import Device

_WIDEST_NAME = 320


class InputButton(QToolButton):
    """Shows the chosen input, or the file that is listened to in its place.

    Parameters
    ----------
    session : LiveSession
        Knows the inputs; the button changes nothing in it but looks for them again.
    key : str or None
        `Device.key` of the input that is chosen at first; None for the system's choice.

    Attributes
    ----------
    key : str or None
        Of the chosen input.
    file : str or None
        The file that is listened to in place of an input.
    """

    input_chosen = Signal(object)  # Device.key, or None for the system's choice
    file_requested = Signal()

    def __init__(self, session: LiveSession, key: str | None) -> None:
        super().__init__()
        self._session = session
        self.key = key
        self.file: str | None = None
        self.setProperty("chip", True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._menu = QMenu(self)
        self._choices = QActionGroup(self)
        # A file that is listened to is none of them.
        self._choices.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
        self._entries: list[tuple[str, str | None]] = []
        self.setMenu(self._menu)
        self.refresh()

    def choose(self, key: str | None) -> None:
        """Choose an input, by its `Device.key`; None for the system's choice."""
        self.file, self.key = None, key
        self.input_chosen.emit(key)
        self.refresh()

    def set_file(self, path: str) -> None:
        """Show a file in place of an input."""
        self.file = path
        self.refresh()

    def refresh(self) -> None:
        """Show the inputs that the session knows, and the chosen one."""
        default = next((device for device in self._session.devices if device.is_default_input), None)
        automatic = tr("System default") if default is None else tr("System default ({name})", name=default.name)
        entries: list[tuple[str, str | None]] = [(automatic, None)]
        for device in self._session.devices:
            entries.append((tr("{name}   {host}", name=device.name, host=device.host_api), device.key))
        if entries != self._entries:  # an open menu that is filled again loses its place
            self._entries = entries
            self._fill_menu()
        for action, (_, key) in zip(self._choices.actions(), entries, strict=True):
            action.setChecked(self.file is None and key == self.key)
        self._look_again.setEnabled(not self._session.is_listening)
        chosen = self._chosen_name(default)
        elided = self.fontMetrics().elidedText(displayable(chosen), Qt.TextElideMode.ElideMiddle, _WIDEST_NAME)
        self.setText(menu_text(elided) + "  ▾")
        self.setAccessibleName(tr("Input: {name}", name=chosen))
        self.setToolTip(plain_tip(chosen))

    def _chosen_name(self, default: Device | None) -> str:
        if self.file is not None:
            return displayable(os.path.basename(self.file))
        if self.key is not None:
            return next((d.name for d in self._session.devices if d.key == self.key), self.key.partition(": ")[2])
        return tr("System default") if default is None else default.name

    def _fill_menu(self) -> None:
        self._menu.clear()
        for action in self._choices.actions():
            self._choices.removeAction(action)
        for text, key in self._entries:
            self._add_choice(text, key)
        self._menu.addSeparator()
        self._look_again = self._menu.addAction(tr("Look for inputs again"))
        self._look_again.triggered.connect(self._session.look_for_inputs)
        self._menu.addAction(tr("Simulate with a file …")).triggered.connect(self.file_requested)

    def _add_choice(self, text: str, key: str | None) -> None:
        action = QAction(menu_text(text), self._menu)
        action.setCheckable(True)
        action.triggered.connect(lambda: self.choose(key))
        self._choices.addAction(action)
        self._menu.addAction(action)
