"""The message of a second launch of the program to the window that is open already: a line of JSON."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass

VERSION = 1
"""Version of the message. A program of another version reads the fields that it knows."""

MAX_BYTES = 16 << 20
"""Size of a message. No command line is longer, even with each of its bytes escaped."""


@dataclass(frozen=True)
class LaunchMessage:
    """A launch of the program.

    Attributes
    ----------
    paths : tuple of str
        Absolute paths of files and folders to open; undecodable bytes are surrogates, as `os.fsdecode` gives them.
    activation : str
        Token by which the desktop allows the window to come to the front (xdg-activation, startup notification).
    """

    paths: tuple[str, ...] = ()
    activation: str = ""


def current_launch(paths: Iterable[str | os.PathLike[str]]) -> LaunchMessage:
    """The launch of this process; relative paths are resolved against its working directory.

    Raises
    ------
    OSError
        The working directory has been removed.
    """
    token = os.environ.get("XDG_ACTIVATION_TOKEN") or os.environ.get("DESKTOP_STARTUP_ID") or ""
    return LaunchMessage(tuple(os.path.abspath(path) for path in paths), token)


def encode(launch: LaunchMessage) -> bytes:
    """Write a launch as one line."""
    # In ASCII, where a surrogate is an escape like any other letter.
    return (
        json.dumps({"version": VERSION, "paths": launch.paths, "activation": launch.activation}).encode("ascii") + b"\n"
    )


def decode(line: bytes) -> LaunchMessage:
    """Read a line from a program of this or another version.

    Raises
    ------
    ValueError
        The line is not a launch message.
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
