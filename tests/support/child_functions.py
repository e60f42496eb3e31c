"""What tests run in servant processes: functions that spawned processes can import."""

from __future__ import annotations

import os
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any


def echo(connection: Connection, *arguments: Any) -> None:
    """Say the arguments and the process, then whatever is said; fall where asked to."""
    connection.send((arguments, os.getpid()))
    while (message := connection.recv()) is not None:
        if message == "fall":
            os._exit(3)
        if message == "stumble":
            raise RuntimeError("a fault in the servant")
        if message == "hog":
            bytearray(8 << 30)  # not written to: nothing is taken from the machine
        connection.send(message)


def count_threads(connection: Connection) -> None:
    """Say how many there are before and after scipy is loaded (Linux)."""
    before = len(os.listdir("/proc/self/task"))
    from scipy import linalg  # noqa: F401

    connection.send((before, len(os.listdir("/proc/self/task"))))


def hang(connection: Connection) -> None:
    """Never listen."""
    connection.send("here")
    time.sleep(3_600)


def has_limits(process: int | None) -> bool:
    """Whether a process of ours may have no more than so much memory, and leaves no image of it (Linux)."""
    limits = {line[:26].strip(): line[26:].split() for line in Path(f"/proc/{process}/limits").read_text().splitlines()}
    return limits["Max address space"][0] != "unlimited" and limits["Max core file size"][:2] == ["0", "0"]
