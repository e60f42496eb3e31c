"""The button of live mode in the menu bar."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton

from genre_desktop.core.i18n import tr
from genre_desktop.gui.live.live_session import LiveSession
from genre_desktop.gui.text.display import plain_tip
from genre_desktop.gui.widgets.labels import set_style_flags


class LiveButton(QToolButton):
    """Toggles live mode; shows in every other mode too that a microphone is open.

    Parameters
    ----------
    action : QAction
        The menu entry that shows and hides live mode.
    session : LiveSession
    """

    def __init__(self, action: QAction, session: LiveSession) -> None:
        super().__init__(autoRaise=True)
        self._action = action
        self._session = session
        self.setCheckable(True)
        self.setProperty("chip", True)
        self.setProperty("slim", True)
        self.clicked.connect(action.trigger)
        action.toggled.connect(self._on_toggled)
        session.changed.connect(self._show_state)
        self._show_state()

    def _on_toggled(self, is_on: bool) -> None:
        self.setChecked(is_on)
        set_style_flags(self, chosen=is_on)
        self._show_state()

    def _show_state(self) -> None:
        is_recording = self._session.recording is not None
        if self._action.isChecked() or not (self._session.is_listening or is_recording):
            text, name = tr("Live"), tr("Live")
            tip = tr("Listen to a microphone or line input (Ctrl+Shift+L)")
        elif is_recording:
            text, name = tr("● Rec"), tr("Live: recording")
            tip = tr("The input is being recorded. Back to live mode (Ctrl+Shift+L)")
        else:
            text, name = tr("● Live"), tr("Live: listening")
            tip = tr("The input is being listened to. Back to live mode (Ctrl+Shift+L)")
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(name)
            self.setToolTip(plain_tip(tip))
