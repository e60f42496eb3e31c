"""Functions that tests run in child processes: module-level, so that spawned processes can import them."""

from __future__ import annotations

import os
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any


def echo(connection: Connection, *arguments: Any) -> None:
    """Send the arguments and the process number, then each message back; crash, fail or use memory on request."""
    connection.send((arguments, os.getpid()))
    while (message := connection.recv()) is not None:
        if message == "crash":
            os._exit(3)
        if message == "fail":
            raise RuntimeError("a fault in the child process")
        if message == "hog":
            bytearray(8 << 30)  # not written to: nothing is taken from the machine
        connection.send(message)


def count_threads(connection: Connection) -> None:
    """Send the number of threads before and after scipy is loaded (Linux)."""
    before = len(os.listdir("/proc/self/task"))
    from scipy import linalg  # noqa: F401

    connection.send((before, len(os.listdir("/proc/self/task"))))


def hang(connection: Connection) -> None:
    """Never receive."""
    connection.send("here")
    time.sleep(3_600)


def has_limits(process: int | None) -> bool:
    """Whether the memory of a process is limited and its core dumps are disabled (Linux)."""
    limits = {line[:26].strip(): line[26:].split() for line in Path(f"/proc/{process}/limits").read_text().splitlines()}
    return limits["Max address space"][0] != "unlimited" and limits["Max core file size"][:2] == ["0", "0"]
