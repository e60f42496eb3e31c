"""Settings page of the devices for playback and live mode."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton

from genre_desktop.core.i18n import tr
from genre_desktop.gui.live.live_controller import LiveController
from genre_desktop.gui.playback.playback import Playback
from genre_desktop.gui.text.display import error_message
from genre_desktop.gui.widgets.combo_box import KeyedComboBox
from genre_desktop.gui.widgets.form_page import FormPage

if TYPE_CHECKING:
    from genre_desktop.audio.devices.sound_system import Device


class SoundPage(FormPage):
    """Choice of the output for playback and of the input for live mode.

    The devices are listed when the page is first shown, by the child processes that use them: a driver that hangs does
    not block the window.

    Parameters
    ----------
    playback : Playback
    live : LiveController
    """

    def __init__(self, playback: Playback, live: LiveController) -> None:
        super().__init__(tr("Sound"))
        self._playback = playback
        self._live = live
        self._has_listed = False
        self.output = KeyedComboBox(tr("Output"))
        self.output.chosen.connect(playback.use_device)
        self.add_row(tr("Output"), self.output, tr("What plays goes on there at once."))
        self.input = KeyedComboBox(tr("Input of live mode"))
        self.input.chosen.connect(live.view.choose)
        self.add_row(
            tr("Input of live mode"), self.input, tr("A microphone, a line input, or what this computer plays itself.")
        )
        self.again = QPushButton(tr("&Look for devices again"))
        self.again.setAutoDefault(False)
        self.again.clicked.connect(self.list_devices)
        self.add_space()
        buttons = QHBoxLayout()
        buttons.addWidget(self.again)
        buttons.addStretch(1)
        self.add(buttons)
        self.state = self.add_note()
        self.problem = self.add_note(muted=False)
        self.problem.setProperty("problem", True)
        playback.changed.connect(self._show)
        live.session.changed.connect(self._show)
        self._show()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._has_listed:
            self.list_devices()

    def list_devices(self) -> None:
        """List the devices again."""
        self._has_listed = True
        self._playback.list_devices()
        self._live.session.look_for_inputs()
        self._show()

    def _show(self) -> None:
        playback, session = self._playback, self._live.session
        outputs = _entries(playback.devices, playback.device, _default_of(playback.devices, "is_default_output"))
        self.output.set_entries(outputs, playback.device)
        key = self._live.view.key
        self.input.set_entries(_entries(session.devices, key, _default_of(session.devices, "is_default_input")), key)
        self.again.setEnabled(not session.is_looking)
        if session.is_looking:
            text = tr("Looking for devices …")
        elif session.is_listening:
            text = tr("Inputs are not looked for while live mode listens.")
        elif self._has_listed and not (playback.devices or session.devices or playback.problem or session.error):
            text = tr("No device was found.")
        else:
            text = tr("A device that is not connected is taken again when it comes back.")
        self.state.setText(text)
        problems = dict.fromkeys(
            error_message(problem, brief=True) for problem in (playback.problem, session.error) if problem is not None
        )
        self.problem.setText("\n".join(problems))
        self.problem.setVisible(bool(problems))


def _default_of(devices: Iterable[Device], kind: str) -> str | None:
    return next((device.name for device in devices if getattr(device, kind)), None)


def _entries(devices: Iterable[Device], chosen: str | None, default: str | None) -> list[tuple[Any, str]]:
    """Entries of a combo box: the system's choice, the devices, and the chosen one if it is not connected."""
    automatic = tr("As the system chooses")
    entries: list[tuple[Any, str]] = [
        (None, automatic if default is None else tr("As the system chooses ({name})", name=default))
    ]
    entries += [(one.key, tr("{name} ({host})", name=one.name, host=one.host_api)) for one in devices]
    if chosen is not None and chosen not in [key for key, _ in entries]:
        is_listed = len(entries) > 1
        name = chosen.partition(": ")[2] or chosen
        entries.append((chosen, tr("{name} (not connected)", name=name) if is_listed else name))
    return entries
