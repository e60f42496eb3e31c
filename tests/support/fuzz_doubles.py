"""Fuzzing targets with known errors, for tests of the fuzzer."""

from __future__ import annotations

import ctypes
import os
import time
from pathlib import Path
from random import Random

from genre_desktop.core.errors import PlaylistUnreadableError
from tests.fuzz.targets import Target

ASK = b"fall"


def _valid(folder: Path) -> None:
    (folder / "a.dat").write_bytes(b"fine")


def _every_third(data: bytes, rng: Random, _: object) -> bytes:
    return ASK if rng.randrange(3) == 0 else data


def _refuse(path: Path, _: Path) -> None:
    if path.read_bytes() == ASK:
        raise PlaylistUnreadableError(path=path, reason="x")


def _stumble(path: Path, _: Path) -> None:
    if path.read_bytes() == ASK:
        raise ZeroDivisionError("of the double")


def _crash(path: Path, _: Path) -> None:
    if path.read_bytes() == ASK:
        ctypes.string_at(0)


def _hang(path: Path, _: Path) -> None:
    if path.read_bytes() == ASK:
        time.sleep(3_600)


def _gorge(path: Path, _: Path) -> None:
    if path.read_bytes() == ASK:
        bytearray(1_200 << 20)[:: 1 << 12] = bytes((1_200 << 20) >> 12)


def _end(path: Path, _: Path) -> None:
    if path.read_bytes() == ASK:
        os._exit(7)


REFUSES = Target(_valid, _refuse, _every_third)
STUMBLES = Target(_valid, _stumble, _every_third)
CRASHES = Target(_valid, _crash, _every_third)
CODEC = Target(_valid, _crash, _every_third, is_native=True)
HANGS = Target(_valid, _hang, _every_third, is_native=True)
GORGES = Target(_valid, _gorge, _every_third)
ENDS = Target(_valid, _end, _every_third)
