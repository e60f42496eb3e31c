"""What a second start of the program says to the window that is open already: a line of JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass

VERSION = 1
"""Of the message; programs of other versions understand what they know of it."""

MOST_BYTES = 16 << 20
"""Of a message. No command line is longer, each of its bytes escaped."""


@dataclass(frozen=True)
class LaunchMessage:
    """A start of the program.

    Attributes
    ----------
    paths : tuple of str
        Absolute paths of what is to be opened; undecodable bytes are surrogates, as `os.fsdecode` gives them.
    activation : str
        With this token the desktop lets the window come to the front (xdg-activation, startup notification).
    """

    paths: tuple[str, ...] = ()
    activation: str = ""


def current_launch(paths: Iterable[str | os.PathLike[str]]) -> LaunchMessage:
    """The call of this process: relative paths are meant from where it was started.

    Raises
    ------
    OSError
        The current folder has been removed.
    """
    token = os.environ.get("XDG_ACTIVATION_TOKEN") or os.environ.get("DESKTOP_STARTUP_ID") or ""
    return LaunchMessage(tuple(os.path.abspath(path) for path in paths), token)


def encode(call: LaunchMessage) -> bytes:
    """A call as the line that is sent."""
    # In ASCII, where a surrogate is an escape like any other letter.
    return json.dumps({"version": VERSION, "paths": call.paths, "activation": call.activation}).encode("ascii") + b"\n"


def decode(line: bytes) -> LaunchMessage:
    """Read a line that was sent by a program of this or another version.

    Raises
    ------
    ValueError
        It is no call.
    """
    try:
        message = json.loads(line)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    if not isinstance(message, dict) or not isinstance(message.get("version"), int):
        raise ValueError("no version")
    paths, activation = message.get("paths"), message.get("activation", "")
    if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
        raise ValueError("no list of paths")
    if not all(os.path.isabs(path) and "\0" not in path for path in paths):
        raise ValueError("a path that is not absolute")
    return LaunchMessage(tuple(paths), activation if isinstance(activation, str) and "\0" not in activation else "")
