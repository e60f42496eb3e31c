"""Playing one track: what is played, its state, and what is wrong."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QObject, Signal

from genre_desktop.audio.playback import messages
from genre_desktop.audio.playback.messages import PlayState
from genre_desktop.core.errors import GenreDesktopError, SoundProcessError
from genre_desktop.core.i18n import tr
from genre_desktop.gui.playback.playhead import Playhead
from genre_desktop.gui.workers.process_client import ProcessClient, StartProcess

_DEVICE_ERRORS = {"GD-503", "GD-504", "GD-505", "GD-506"}
"""After an error of a device the track stays open, at its position."""


class Playback(QObject):
    """Commands to the player process, and the state that it has reported.

    Selecting another track leaves it as it is: playback goes on until another track is played, or until the track is
    removed from the list.

    Parameters
    ----------
    start_player : StartProcess
        Starts `genre_desktop.audio.playback.player_process`, when it is first needed.
    device : str or None
        Key of the output device; None for the system's choice.
    volume : float
        0..1.

    Attributes
    ----------
    path : str or None
        The track that is played or paused.
    state : PlayState
    problem : GenreDesktopError or None
        Why nothing is heard.
    devices : tuple of Device
    device : str or None
    volume : float
    is_muted : bool
    """

    changed = Signal()  # anything but the position
    moved = Signal()  # the position has been reported anew: `seconds` may have jumped

    def __init__(
        self,
        start_player: StartProcess,
        *,
        device: str | None = None,
        volume: float = 0.8,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._client = ProcessClient(start_player, parent=self)
        self._client.received.connect(self._on_message)
        self._client.ended.connect(self._on_crash)
        self._playhead = Playhead()
        self.path: str | None = None
        self.state = PlayState.EMPTY
        self.problem: GenreDesktopError | None = None
        self.devices: tuple[Any, ...] = ()
        self.device = device
        self.volume = volume
        self.is_muted = False

    # -- state ---------------------------------------------------------------------------

    @property
    def is_playing(self) -> bool:
        """Whether sound is heard."""
        return self.state is PlayState.PLAYING

    @property
    def is_looping(self) -> bool:
        """Whether the track, or a region of it, is repeated."""
        return self._playhead.is_looping

    @property
    def duration_s(self) -> float:
        """Length of the track in seconds; 0 where it is not known."""
        return self._playhead.duration_s

    def seconds(self) -> float:
        """Seconds of the track that are heard now."""
        return self._playhead.seconds()

    # -- commands ------------------------------------------------------------------------

    def play(self, path: str, at_s: float | None = None) -> None:
        """Play a track, from its beginning or from `at_s`; a paused one goes on."""
        if not self._open(path):
            return
        if at_s is not None:
            self._send(messages.Seek(at_s))
        self._send(messages.Play())

    def play_region(self, path: str, start_s: float, end_s: float) -> None:
        """Play a region of a track once."""
        if self._open(path):
            self._send(messages.PlayRegion(start_s, end_s))

    def toggle(self, path: str | None) -> None:
        """Pause what plays, or go on with it; play `path` where nothing was played yet."""
        if self.is_playing or self.state is PlayState.OPENING:
            self._send(messages.Pause())
        elif path is not None or self.path is not None:
            self.play(path or self.path or "")

    def pause(self) -> None:
        """Pause at the present position."""
        if self._client.is_running:
            self._send(messages.Pause())

    def stop(self) -> None:
        """Pause at the beginning."""
        if self._client.is_running:
            self._send(messages.Stop())

    def seek(self, seconds: float) -> None:
        """Go to a position in the track."""
        if self.path is not None:
            self._send(messages.Seek(max(0.0, seconds)))

    def skip(self, seconds: float) -> None:
        """Go some seconds forward, or back where they are negative."""
        self.seek(self.seconds() + seconds)

    def set_loop(self, is_on: bool, region: tuple[float, float] | None = None) -> None:
        """Loop a region (start and end in seconds), or all of the track, or nothing."""
        self._playhead.set_loop(is_on, region)
        if self.path is not None:
            self._send(messages.Loop(is_on, self._playhead.region))
        self.changed.emit()

    def set_volume(self, volume: float) -> None:
        """Set the volume (0 to 1), which unmutes."""
        self.volume, self.is_muted = min(max(volume, 0.0), 1.0), False
        self._send_volume()

    def set_muted(self, is_muted: bool) -> None:
        """Mute or unmute; playback goes on."""
        self.is_muted = is_muted
        self._send_volume()

    def use_device(self, key: str | None) -> None:
        """Play on another device, from the same position."""
        self.device, self.problem = key, None
        self._send(messages.UseDevice(key))
        self.changed.emit()

    def list_devices(self) -> None:
        """Request the list of devices; `changed` is emitted when it has come."""
        self._send(messages.ListDevices())

    def forget(self, path: str) -> None:
        """Close a track that has been removed from the list."""
        if path == self.path:
            self._send(messages.Close())
            self.path, self.state = None, PlayState.EMPTY
            self._playhead.reset()
            self.changed.emit()

    def close(self) -> None:
        """End the process, for good."""
        self._client.shutdown()

    # -- the player process --------------------------------------------------------------

    def _open(self, path: str) -> bool:
        """Open a track unless it is open already; False after `close`."""
        self.problem = None
        if path != self.path or self.state is PlayState.EMPTY:
            self._playhead.reset()
            if not self._send(messages.Open(path)):
                return False
            self.path, self.state = path, PlayState.OPENING
            if self.is_looping:
                self._send(messages.Loop(True))
        self.changed.emit()
        return True

    def _send(self, message: messages.Command) -> bool:
        if not self._client.is_running:  # a new process needs the settings first
            self._client.send(messages.Volume(self._audible_volume()))
            if self.device is not None:
                self._client.send(messages.UseDevice(self.device))
        return self._client.send(message)

    def _audible_volume(self) -> float:
        return 0.0 if self.is_muted else self.volume

    def _send_volume(self) -> None:
        if self._client.is_running:
            self._send(messages.Volume(self._audible_volume()))
        self.changed.emit()

    def _on_message(self, message: messages.Event) -> None:
        match message:
            case messages.Position():
                if message.path == self.path:
                    self._playhead.set_position(message)
                    self.moved.emit()
                return
            case messages.StateChanged(state, path, duration_s):
                # Reports about an earlier track come late, and are ignored.
                if path == self.path or (path is None and self.state is not PlayState.OPENING):
                    self.state, self._playhead.duration_s = state, duration_s
            case messages.Devices(devices, _):
                self.devices = devices
            case messages.Problem(error):
                self._fail(error)
        self.changed.emit()

    def _on_crash(self) -> None:
        self._fail(SoundProcessError(does=tr("plays sound")))
        self.changed.emit()

    def _fail(self, error: GenreDesktopError) -> None:
        self.problem = error
        self.state = PlayState.PAUSED if error.code in _DEVICE_ERRORS else PlayState.EMPTY
