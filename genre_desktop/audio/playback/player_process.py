"""The process that plays: nothing that the window or the models do makes it stutter."""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

from genre_desktop.audio.decode.random_access import open_random_access
from genre_desktop.audio.devices.sound_system import PortAudioSystem, SoundSystem
from genre_desktop.audio.playback import messages
from genre_desktop.audio.playback.player import Player

_SWITCH_S = 0.0005
"""The device's thread waits at most this long for the interpreter while something is decoded."""


def main(connection: Connection, new_system: Callable[[], SoundSystem] = PortAudioSystem) -> None:
    """Play what the other end of `connection` asks for, until it sends None.

    Parameters
    ----------
    connection : Connection
        Gets `playback_messages.Command`, gives `playback_messages.Event`.
    new_system : callable
        Makes the sound system, in this process.
    """
    sys.setswitchinterval(_SWITCH_S)
    inbox: deque[Any] = deque()

    def take_mail() -> None:
        while connection.poll():
            inbox.append(connection.recv())

    def is_overtaken() -> bool:
        take_mail()
        return any(mail is None or isinstance(mail, messages.Open | messages.Close) for mail in inbox)

    player = Player(new_system(), connection.send, lambda path: open_random_access(path, is_overtaken))
    try:
        wait: float | None = None
        while True:
            if not inbox and connection.poll(wait):
                take_mail()
            if inbox:
                command = inbox.popleft()
                if command is None:
                    return
                _do(player, command)
            wait = player.work()
    finally:
        player.close()


def _do(player: Player, command: messages.Command) -> None:
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
