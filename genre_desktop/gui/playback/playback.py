"""Playing tracks, for the window: what is played, where it stands, and what is wrong."""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtCore import QObject, Signal

from genre_desktop.audio.playback import messages
from genre_desktop.audio.playback.messages import PlayState
from genre_desktop.core.errors import GenreDesktopError, SoundProcessError
from genre_desktop.core.i18n import tr
from genre_desktop.gui.session.services import PlayerProcess, StartPlayer, start_player


class Playback(QObject):
    """Playback as the window sees it; the process that plays is started at first need.

    Selecting another track leaves it as it is: what plays goes on until another track is played, or until it is
    taken off the list.

    Attributes
    ----------
    path : str or None
        What is played or stands still.
    state : PlayState
    duration_s : float
    problem : GenreDesktopError or None
        Why nothing is heard.
    devices : tuple of Device
    device : str or None
        Key of the one that was chosen.
    volume : float
    is_muted, is_looping : bool
    """

    changed = Signal()  # anything but the position
    moved = Signal()  # the position, at other times than those of a steady course
    failed = Signal(object)  # GenreDesktopError
    _heard = Signal(object, object)  # the voice, its message (None: it ended); from its thread to the window's

    def __init__(
        self,
        new_voice: StartPlayer = start_player,
        *,
        device: str | None = None,
        volume: float = 0.8,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._new_voice = new_voice
        self._voice: PlayerProcess | None = None
        self._token = object()
        self._position: messages.Position | None = None
        self._region: tuple[float, float] | None = None
        self._is_closed = False
        self.path: str | None = None
        self.state = PlayState.EMPTY
        self.duration_s = 0.0
        self.problem: GenreDesktopError | None = None
        self.devices: tuple[Any, ...] = ()
        self.device = device
        self.volume = volume
        self.is_muted = False
        self.is_looping = False
        self.n_underruns = 0
        self._heard.connect(self._take)

    # -- what the window shows -----------------------------------------------------------

    @property
    def is_playing(self) -> bool:
        """Whether something is heard."""
        return self.state is PlayState.PLAYING

    def seconds(self) -> float:
        """What is heard now, in seconds of the track: by the clock between two messages."""
        position = self._position
        if position is None:
            return 0.0
        seconds = position.seconds
        if position.is_moving:
            seconds += max(0.0, time.perf_counter() - position.at)
            loop = self._loop_region()
            if loop is not None and position.seconds < loop[1] <= seconds:
                seconds = loop[0] + (seconds - loop[0]) % (loop[1] - loop[0])
        return min(seconds, self.duration_s) if self.duration_s else seconds

    # -- what a person does --------------------------------------------------------------

    def play(self, path: str, at_s: float | None = None) -> None:
        """Play a track, from its beginning or from `at_s`; one that stands still goes on."""
        if not self._take_up(path):
            return
        if at_s is not None:
            self._send(messages.Seek(at_s))
        self._send(messages.Play())

    def play_region(self, path: str, start_s: float, end_s: float) -> None:
        """Play a stretch of a track once."""
        if self._take_up(path):
            self._send(messages.PlayRegion(start_s, end_s))

    def toggle(self, path: str | None) -> None:
        """Pause what plays; or else go on with it, or with `path` where nothing was played yet."""
        if self.is_playing or self.state is PlayState.OPENING:
            self._send(messages.Pause())
        elif path is not None or self.path is not None:
            self.play(path or self.path or "")

    def pause(self) -> None:
        """Stand still."""
        if self._voice is not None:
            self._send(messages.Pause())

    def stop(self) -> None:
        """Stand still at the beginning."""
        if self._voice is not None:
            self._send(messages.Stop())

    def seek(self, seconds: float) -> None:
        """Go to a place in what is played."""
        if self.path is not None:
            self._send(messages.Seek(max(0.0, seconds)))

    def skip(self, seconds: float) -> None:
        """Go some seconds on, or back."""
        self.seek(self.seconds() + seconds)

    def set_loop(self, is_on: bool, region: tuple[float, float] | None = None) -> None:
        """Repeat a region, or all of the track, or nothing."""
        self.is_looping, self._region = is_on, region if is_on else None
        if self.path is not None:
            self._send(messages.Loop(is_on, self._region))
        self.changed.emit()

    def set_volume(self, volume: float) -> None:
        """Set the volume (0 to 1), which ends being muted."""
        self.volume, self.is_muted = min(max(volume, 0.0), 1.0), False
        self._tell_volume()

    def set_muted(self, is_muted: bool) -> None:
        """Be silent, and play on."""
        self.is_muted = is_muted
        self._tell_volume()

    def use_device(self, key: str | None) -> None:
        """Play on another device, from the same place."""
        self.device, self.problem = key, None
        self._send(messages.UseDevice(key))
        self.changed.emit()

    def list_devices(self) -> None:
        """Look which devices there are; they come with `changed`."""
        self._send(messages.ListDevices())

    def forget(self, path: str) -> None:
        """A track was taken off the list."""
        if path == self.path:
            self._send(messages.Close())
            self.path, self._position, self.duration_s = None, None, 0.0
            self.state = PlayState.EMPTY
            self.changed.emit()

    def close(self) -> None:
        """End the process; nothing can be played afterwards."""
        self._is_closed = True
        self._drop_voice()

    # -- the process ---------------------------------------------------------------------

    def _take_up(self, path: str) -> bool:
        self.problem = None
        if path != self.path or self.state is PlayState.EMPTY:
            self._position, self.duration_s, self.n_underruns = None, 0.0, 0
            self._region = None
            if not self._send(messages.Open(path)):
                return False
            self.path, self.state = path, PlayState.OPENING
            if self.is_looping:
                self._send(messages.Loop(True))
        self.changed.emit()
        return True

    def _send(self, message: messages.Command) -> bool:
        if self._is_closed:
            return False
        if self._voice is None:
            token = self._token = object()
            self._voice = self._new_voice(
                lambda event: self._heard.emit(token, event), lambda: self._heard.emit(token, None)
            )
            self._voice.send(messages.Volume(self._loudness()))
            if self.device is not None:
                self._voice.send(messages.UseDevice(self.device))
        self._voice.send(message)
        return True

    def _drop_voice(self) -> None:
        voice, self._voice, self._token = self._voice, None, object()
        if voice is not None:
            voice.close()

    def _loudness(self) -> float:
        return 0.0 if self.is_muted else self.volume

    def _tell_volume(self) -> None:
        if self._voice is not None:
            self._send(messages.Volume(self._loudness()))
        self.changed.emit()

    def _loop_region(self) -> tuple[float, float] | None:
        if not self.is_looping:
            return None
        region = self._region or (0.0, self.duration_s)
        return region if region[0] < region[1] else None

    def _take(self, token: object, message: messages.Event | None) -> None:
        if token is not self._token:
            return  # of a process that has been given up
        match message:
            case messages.Position():
                if message.path == self.path:
                    self._position = message
                    self.moved.emit()
                return
            case messages.StateChanged(state, path, duration_s):
                # What is said of the file before it is of no interest any more.
                if path == self.path or (path is None and self.state is not PlayState.OPENING):
                    self.state, self.duration_s = state, duration_s
            case messages.Devices(devices, _):
                self.devices = devices
            case messages.Problem(error):
                self._fail(error)
            case messages.Underruns(count):
                self.n_underruns = count
            case None:
                self._drop_voice()
                self._fail(SoundProcessError(does=tr("plays sound")))
        self.changed.emit()

    def _fail(self, error: GenreDesktopError) -> None:
        self.problem = error
        self.state = PlayState.PAUSED if error.code in _GOES_ON_AFTER else PlayState.EMPTY
        self.failed.emit(error)


_GOES_ON_AFTER = {"GD-503", "GD-504", "GD-505", "GD-506"}
"""Troubles of devices: the file stays open, at its place."""
