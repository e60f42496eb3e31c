"""What runs in the process that listens: whatever holds up the window, no sound is lost.

It also looks for devices: a process of its own sees those that came since the window opened, without
ending a stream that plays.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.capture.capture import Capture, CapturedBlock, EndOfInput
from genre_desktop.audio.capture.simulated_input import SimulatedSystem
from genre_desktop.audio.devices.portaudio import PortAudioSystem
from genre_desktop.audio.devices.sound_system import Device, SoundSystem, supporting
from genre_desktop.audio.picture.live_spectrogram import LiveSpectrogram
from genre_desktop.core.errors import GenreDesktopError, InternalError

BLOCK_S = 0.05
"""Between two blocks through the pipe."""

MakeSystem = Callable[[], SoundSystem]
"""A function of a module, so that it can be named across processes."""


# -- what it is asked --------------------------------------------------------------------


@dataclass(frozen=True)
class ListInputs:
    """Which inputs are there? Not asked while one is open."""


@dataclass(frozen=True)
class OpenInput:
    """Listen from now on.

    Attributes
    ----------
    ticket : int
        Answers carry it.
    key : str or None
        `Device.key`; None for the system's own choice.
    file : str or None
        Listen to this file instead.
    speed : float
        Of the file; 1 is real.
    repeats : int
        How often it is played.
    """

    ticket: int
    key: str | None = None
    file: str | None = None
    speed: float = 1.0
    repeats: int = 1


@dataclass(frozen=True)
class CloseInput:
    """Listen no more."""


# -- what it tells -----------------------------------------------------------------------


@dataclass(frozen=True)
class InputsFound:
    """Answer to `ListInputs`; with an error there are none."""

    devices: tuple[Device, ...]
    error: GenreDesktopError | None = None


@dataclass(frozen=True)
class InputOpened:
    """Sound will come.

    Attributes
    ----------
    sample_rate : int
        In Hz.
    channels : int
    latency_s : float
        Between air and program, as the device says.
    """

    ticket: int
    device: Device
    sample_rate: int
    channels: int
    latency_s: float


@dataclass(frozen=True, eq=False)
class InputBlock:
    """Some sound, and what it looks like.

    Attributes
    ----------
    block : CapturedBlock
    columns : ndarray of uint8 [shape=(n_columns, n_rows)]
        See `genre_desktop.audio.picture.live_spectrogram`.
    """

    ticket: int
    block: CapturedBlock
    columns: NDArray[np.uint8]


@dataclass(frozen=True)
class InputEnded:
    """No more sound comes: by an error, or, without one, because a file is at its end."""

    ticket: int
    error: GenreDesktopError | None


def serve(connection: Connection, make_system: MakeSystem = PortAudioSystem) -> None:
    """Answer until None comes; see `genre_desktop.core.child_process.Main`."""
    system = make_system()
    request: object = connection.recv()
    while request is not None:
        match request:
            case ListInputs():
                connection.send(_inputs(system))
            case OpenInput():
                ended = _listen(connection, system, request)
                if ended is not None:
                    connection.send(ended)
        request = connection.recv()


def _inputs(system: SoundSystem) -> InputsFound:
    try:
        system.refresh()
        return InputsFound(supporting(system.devices(), "input"))
    except GenreDesktopError as error:
        return InputsFound((), error)


def _listen(connection: Connection, system: SoundSystem, request: OpenInput) -> InputEnded | None:
    """Send sound until something else is asked; what to tell where it ended before that."""
    if request.file is not None:
        system = SimulatedSystem(request.file, speed=request.speed, repeats=request.repeats)
    error: GenreDesktopError | None
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
    except EndOfInput:
        error = None
    except GenreDesktopError as problem:
        error = problem
    except (BrokenPipeError, ConnectionResetError, MemoryError):
        raise  # the window is gone, or this process will be
    except Exception as problem:
        error = InternalError(reason=f"{type(problem).__name__}: {problem}")
    return InputEnded(request.ticket, error)
