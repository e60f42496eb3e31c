"""The capture process: records an input device apart from the window, which cannot hold it up.

It also lists the devices: a process of its own finds those that were plugged in since the window opened, without
ending a stream that plays.
"""

from __future__ import annotations

from collections.abc import Callable
from multiprocessing.connection import Connection

from genre_desktop.audio.capture.capture import Capture, EndOfInput
from genre_desktop.audio.capture.messages import InputBlock, InputEnded, InputOpened, InputsFound, ListInputs, OpenInput
from genre_desktop.audio.capture.simulated_input import SimulatedSystem
from genre_desktop.audio.devices.portaudio import PortAudioSystem
from genre_desktop.audio.devices.sound_system import SoundSystem, supporting
from genre_desktop.audio.picture.live_spectrogram import LiveSpectrogram
from genre_desktop.core.errors import AudioError, GenreDesktopError, InternalError

BLOCK_S = 0.05
"""Seconds between two blocks sent."""

MakeSystem = Callable[[], SoundSystem]
"""A module-level function, so that it can be pickled by name."""


def serve(connection: Connection, make_system: MakeSystem = PortAudioSystem) -> None:
    """Answer requests until None is received; see `genre_desktop.core.child_process.Main`."""
    system = make_system()
    request: object = connection.recv()
    while request is not None:
        match request:
            case ListInputs():
                connection.send(_inputs(system))
            case OpenInput():
                ended = _capture(connection, system, request)
                if ended is not None:
                    connection.send(ended)
        request = connection.recv()


def _inputs(system: SoundSystem) -> InputsFound:
    try:
        system.refresh()
        return InputsFound(supporting(system.devices(), "input"))
    except GenreDesktopError as error:
        return InputsFound((), error)


def _capture(connection: Connection, system: SoundSystem, request: OpenInput) -> InputEnded | None:
    """Send blocks until another request arrives; returns the answer where capture ended before that."""
    if request.file is not None:
        system = SimulatedSystem(request.file, speed=request.speed, repeats=request.repeats)
    error: GenreDesktopError | None
    notes: tuple[AudioError, ...] = ()
    try:
        system.refresh()
        with Capture(system, request.key) as capture:
            columns = LiveSpectrogram(capture.sample_rate)
            capture.start()
            connection.send(
                InputOpened(request.ticket, capture.device, capture.sample_rate, capture.channels, capture.latency_s)
            )
            while not connection.poll(BLOCK_S):
                block = capture.read()
                if block is not None:
                    connection.send(InputBlock(request.ticket, block, columns.push(block.samples)))
            return None
    except EndOfInput as end:
        error, notes = None, end.notes
    except GenreDesktopError as problem:
        error = problem
    except (BrokenPipeError, ConnectionResetError, MemoryError):
        raise  # the other end is gone, or this process is about to end
    except Exception as problem:
        error = InternalError(reason=f"{type(problem).__name__}: {problem}")
    return InputEnded(request.ticket, error, notes)
