"""Fuzzing targets with known errors, for tests of the fuzzer."""

from __future__ import annotations

import ctypes
import os
import time
from pathlib import Path
from random import Random

from genre_desktop.core.errors import PlaylistUnreadableError
from tests.fuzz.targets import Target

TRIGGER = b"fall"


def _valid(folder: Path) -> None:
    (folder / "a.dat").write_bytes(b"fine")


def _every_third(data: bytes, rng: Random, _: object) -> bytes:
    return TRIGGER if rng.randrange(3) == 0 else data


def _refuse(path: Path, _: Path) -> None:
    if path.read_bytes() == TRIGGER:
        raise PlaylistUnreadableError(path=path, reason="x")


def _raise_error(path: Path, _: Path) -> None:
    if path.read_bytes() == TRIGGER:
        raise ZeroDivisionError("of the double")


def _crash(path: Path, _: Path) -> None:
    if path.read_bytes() == TRIGGER:
        ctypes.string_at(0)


def _hang(path: Path, _: Path) -> None:
    if path.read_bytes() == TRIGGER:
        time.sleep(3_600)


def _use_memory(path: Path, _: Path) -> None:
    if path.read_bytes() == TRIGGER:
        bytearray(1_200 << 20)[:: 1 << 12] = bytes((1_200 << 20) >> 12)


def _exit(path: Path, _: Path) -> None:
    if path.read_bytes() == TRIGGER:
        os._exit(7)


REFUSES = Target(_valid, _refuse, _every_third)
RAISES = Target(_valid, _raise_error, _every_third)
CRASHES = Target(_valid, _crash, _every_third)
CODEC = Target(_valid, _crash, _every_third, is_native=True)
HANGS = Target(_valid, _hang, _every_third, is_native=True)
USES_MEMORY = Target(_valid, _use_memory, _every_third)
EXITS = Target(_valid, _exit, _every_third)
