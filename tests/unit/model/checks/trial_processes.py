"""Ways in which the process of a trial may end, for `test_trial`: stand-ins for `trial._load_and_score`."""

from __future__ import annotations

import contextlib
import os
import time
from multiprocessing.connection import Connection
from pathlib import Path

from genre_desktop.core.errors import ModelInputError
from genre_desktop.core.untrusted.process_limits import MIB, forbid_file_growth, limit_processor_time, watch_memory
from genre_desktop.model.bundles.bundle import ModelBundle


def aborts(connection: Connection, *_: object) -> None:
    connection.send("ready")
    os.abort()


def ends_at_once(_connection: Connection, *_: object) -> None:
    os._exit(1)


def hangs(connection: Connection, *_: object) -> None:
    connection.send("ready")
    time.sleep(3600)


def never_starts(_connection: Connection, *_: object) -> None:
    time.sleep(3600)


def loops(connection: Connection, *_: object) -> None:
    limit_processor_time(1)
    connection.send("ready")
    while True:
        pass


def uses_memory(connection: Connection, *_: object) -> None:
    watch_memory(64 * MIB)
    connection.send("ready")
    eaten = []
    while len(eaten) < 10_000:
        eaten.append(bytes([1]) * MIB)
    connection.send("passed")


def reserves_addresses(connection: Connection, *_: object) -> None:
    connection.send("ready")
    try:
        bytearray(2**46)
    except MemoryError:
        connection.send("passed")
        connection.recv()


def writes_a_file(connection: Connection, bundle: ModelBundle, _: object) -> None:
    forbid_file_growth()
    connection.send("ready")
    with contextlib.suppress(OSError):
        Path(bundle.path / "written").write_bytes(b"something")
    connection.send("passed")
    connection.recv()


def refuses(connection: Connection, *_: object) -> None:
    connection.send("ready")
    connection.send(ModelInputError(name="gift", expected="1", received="2"))
    connection.recv()


def answers_nonsense(connection: Connection, *_: object) -> None:
    connection.send("ready")
    connection.send({"passed": True})
    connection.recv()
