"""The player process: decodes and plays a track apart from the window and the models, which cannot disturb it."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from genre_desktop.audio.decode.random_access import open_random_access
from genre_desktop.audio.devices.portaudio import PortAudioSystem
from genre_desktop.audio.devices.sound_system import SoundSystem
from genre_desktop.audio.playback import messages
from genre_desktop.audio.playback.player import Player

_SWITCH_S = 0.0005
"""Switch interval of the interpreter: the device's thread waits at most this long for it while sound is decoded."""


def main(connection: Connection, new_system: Callable[[], SoundSystem] = PortAudioSystem) -> None:
    """Execute commands until None is received.

    Parameters
    ----------
    connection : Connection
        Receives `messages.Command`, sends `messages.Event`.
    new_system : callable
        Makes the sound system, in this process.
    """
    sys.setswitchinterval(_SWITCH_S)
    inbox: deque[Any] = deque()

    def receive() -> None:
        while connection.poll():
            inbox.append(connection.recv())

    def is_superseded() -> bool:
        """Whether the file that is being opened is not wanted any more."""
        receive()
        return any(message is None or isinstance(message, messages.Open | messages.Close) for message in inbox)

    player = Player(new_system(), connection.send, lambda path: open_random_access(path, is_superseded))
    try:
        wait: float | None = None
        while True:
            if not inbox and connection.poll(wait):
                receive()
            if inbox:
                command = inbox.popleft()
                if command is None:
                    return
                _execute(player, command)
            wait = player.work()
    finally:
        player.close()


def _execute(player: Player, command: messages.Command) -> None:
    match command:
        case messages.Open(path):
            player.open(path)
        case messages.Close():
            player.close()
        case messages.Play():
            player.play()
        case messages.PlayRegion(start_s, end_s):
            player.play_region(start_s, end_s)
        case messages.Pause():
            player.pause()
        case messages.Stop():
            player.stop()
        case messages.Seek(seconds):
            player.seek(seconds)
        case messages.Loop(is_on, region):
            player.loop(is_on, region)
        case messages.Volume(volume):
            player.set_volume(volume)
        case messages.UseDevice(key):
            player.use_device(key)
        case messages.ListDevices():
            player.list_devices()
