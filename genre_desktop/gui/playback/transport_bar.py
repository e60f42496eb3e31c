"""The bar below the canvas: play, stop, loop, time, volume and device."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QSlider, QToolButton, QVBoxLayout, QWidget

from genre_desktop.audio.playback.messages import PlayState
from genre_desktop.core.i18n import tr
from genre_desktop.gui.playback.playback import Playback
from genre_desktop.gui.text.display import displayable, error_message, menu_text, plain_tip
from genre_desktop.gui.text.formatting import clock
from genre_desktop.gui.widgets.icons import icon
from genre_desktop.gui.widgets.labels import label
from genre_desktop.gui.widgets.theme import Colours, ThemeSwitch

_ICON = QSize(20, 20)
_STEPS = 100


class TransportBar(QWidget):
    """Controls playback and shows its state.

    Parameters
    ----------
    playback : Playback
    themes : ThemeSwitch
    parent : QWidget or None
    """

    toggle_requested = Signal()
    loop_requested = Signal(bool)

    def __init__(self, playback: Playback, themes: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._playback = playback
        self._themes = themes
        self._can_play = False
        self.play = _button(tr("Play"))
        self.stop = _button(tr("Stop playing"))
        self.loop = _button(tr("Loop"), checkable=True)
        self.mute = _button(tr("Mute"), checkable=True)
        self.device = _button(tr("Sound device"))
        self.device.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.device_menu = QMenu(self)
        self.device.setMenu(self.device_menu)
        self.time = label(muted=True)
        self.time.setWordWrap(False)
        self.time.setAccessibleName(tr("Time heard"))
        self.volume = QSlider(Qt.Orientation.Horizontal)
        self.volume.setRange(0, _STEPS)
        self.volume.setPageStep(10)
        self.volume.setFixedWidth(90)
        self.volume.setAccessibleName(tr("Volume"))
        self.message = label()
        self.message.setProperty("problem", True)
        self.message.setAccessibleName(tr("Playback problem"))
        self.message.hide()
        self._lay_out()

        self.play.clicked.connect(self.toggle_requested)
        self.stop.clicked.connect(playback.stop)
        self.loop.clicked.connect(self.loop_requested)
        self.mute.clicked.connect(playback.set_muted)
        self.volume.valueChanged.connect(lambda value: playback.set_volume(value / _STEPS))
        self.device_menu.aboutToShow.connect(playback.list_devices)
        playback.changed.connect(self.show_state)
        playback.moved.connect(self.show_time)
        themes.changed.connect(self._paint)
        self.show_state()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(4)
        left: tuple[QWidget, ...] = (self.play, self.stop, self.loop, self.time)
        right: tuple[QWidget, ...] = (self.mute, self.volume, self.device)
        for widget in left:
            row.addWidget(widget)
        row.addStretch(1)
        for widget in right:
            row.addWidget(widget)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 2, 12, 2)
        layout.setSpacing(2)
        layout.addLayout(row)
        layout.addWidget(self.message)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def set_can_play(self, can_play: bool) -> None:
        """Set whether a track is selected that could be played."""
        self._can_play = can_play
        self.show_state()

    def show_state(self) -> None:
        """Show the state of everything but the time."""
        playback = self._playback
        problem = "" if playback.problem is None else error_message(playback.problem, brief=True)
        is_open = playback.state is not PlayState.EMPTY
        self.play.setEnabled(self._can_play or is_open)
        no_track = tr("Select a track to play it.")
        action = tr("Pause (Space)") if playback.is_playing else tr("Play (Space)")
        self.play.setToolTip(plain_tip(problem or (action if self.play.isEnabled() else no_track)))
        self.play.setAccessibleName(tr("Pause") if playback.is_playing else tr("Play"))
        self.stop.setEnabled(is_open)
        self.loop.setChecked(playback.is_looping)
        self.mute.setChecked(playback.is_muted)
        self.volume.blockSignals(True)
        self.volume.setValue(round(playback.volume * _STEPS))
        self.volume.blockSignals(False)
        self.message.setText(problem)
        self.message.setVisible(bool(problem))
        self._fill_devices()
        self._paint(self._themes.colours)
        self.show_time()

    def show_time(self) -> None:
        """Show position and duration."""
        playback = self._playback
        if playback.state is PlayState.EMPTY:
            text = ""
        elif playback.state is PlayState.OPENING:
            text = tr("Opening …")
        else:
            text = f"{clock(int(playback.seconds()))} / {clock(playback.duration_s)}"
        if text != self.time.text():
            self.time.setText(text)

    def _fill_devices(self) -> None:
        entries = [(None, tr("As the system chooses"))]
        entries += [
            (one.key, f"{displayable(one.name)} ({displayable(one.host_api)})") for one in self._playback.devices
        ]
        if [(action.data(), action.text()) for action in self.device_menu.actions()] != entries:
            self.device_menu.clear()
            group = QActionGroup(self.device_menu)
            for key, text in entries:
                action = self.device_menu.addAction(menu_text(text))
                action.setData(key)
                action.setCheckable(True)
                group.addAction(action)
                action.triggered.connect(self._choose_device)
        for action in self.device_menu.actions():
            action.setChecked(action.data() == self._playback.device)

    def _choose_device(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            self._playback.use_device(action.data())

    def _paint(self, colours: Colours) -> None:
        playback = self._playback
        for button, name in (
            (self.play, "pause" if playback.is_playing else "play"),
            (self.stop, "stop"),
            (self.loop, "loop"),
            (self.mute, "mute" if playback.is_muted else "loud"),
            (self.device, "device"),
        ):
            is_on = button.isChecked()
            drawn = (name, colours.accent if is_on else colours.text, colours.border)
            if button.property("sign") != list(drawn):
                button.setProperty("sign", list(drawn))
                button.setIcon(icon(*drawn))


def _button(name: str, *, checkable: bool = False) -> QToolButton:
    button = QToolButton(autoRaise=True)
    button.setIconSize(_ICON)
    button.setCheckable(checkable)
    button.setAccessibleName(name)
    button.setToolTip(plain_tip(name))
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
