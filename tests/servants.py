"""What tests run in servant processes: functions that spawned processes can import."""

from __future__ import annotations

import os
import time
from multiprocessing.connection import Connection
from typing import Any


def echo(connection: Connection, *arguments: Any) -> None:
    """Say the arguments and the process, then whatever is said; fall where asked to."""
    connection.send((arguments, os.getpid()))
    while (message := connection.recv()) is not None:
        if message == "fall":
            os._exit(3)
        if message == "stumble":
            raise RuntimeError("a fault in the servant")
        connection.send(message)


def hang(connection: Connection) -> None:
    """Never listen."""
    connection.send("here")
    time.sleep(3_600)
