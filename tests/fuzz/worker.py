"""The worker process, which makes inputs and gives them to a target; its parent reports how it ends."""

from __future__ import annotations

import faulthandler
import functools
import os
import random
import sys
import time
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from genre_desktop.core.untrusted import process_limits
from tests.fuzz.targets import Target

CRASH_LOG, VALID = "crash.log", "valid"

CPU_S = 10.0
"""Processor time that one input may take; a valid one takes milliseconds."""

MEMORY_BYTES = 768 * 1024**2
"""Memory that the process may allocate while it reads inputs."""

_RESERVE_BYTES = 2 * MEMORY_BYTES
"""Address space that each thread reserves without using it."""


@dataclass(frozen=True)
class Finding:
    """What was wrong with the answer to an input; nothing if `reason` is empty."""

    number: int
    reason: str = ""
    trace: str = ""


@dataclass(frozen=True)
class Job:
    """Request to a worker process: inputs of a target from a number on, for some seconds or only one.

    Attributes
    ----------
    folder : Path
        Has ``valid`` with the valid inputs, and takes ``input``.
    """

    name: str
    target: Target
    folder: Path
    seed: int
    first: int
    seconds: float

    def make_input(self, number: int) -> Path:
        """Write the input of a number, which is always the same."""
        rng = random.Random(f"{self.seed} {self.name} {number}")
        valid = _valid_inputs(self.folder / VALID)
        name, content = rng.choice(valid)
        path = self.folder / f"input{Path(name).suffix}"
        path.write_bytes(self.target.mutate(content, rng, [other for _, other in valid]))
        return path


def limit_memory() -> None:
    """Limit the memory of this process, where the system supports it."""
    if sys.platform.startswith("linux"):
        import resource

        used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + _RESERVE_BYTES, resource.RLIM_INFINITY))


@functools.cache
def _valid_inputs(folder: Path) -> list[tuple[str, bytes]]:
    return [(file.name, file.read_bytes()) for file in sorted(folder.iterdir())]


def main(connection: Connection, job: Job) -> None:
    """Send a `Finding` for each input, in the order of their numbers."""
    _redirect_output(job.folder / CRASH_LOG)
    for file in sorted((job.folder / VALID).iterdir()):
        job.target.read(file, job.folder)  # which warms up, too
    at_rest = process_limits.peak_memory()
    limit_memory()
    started_at = time.monotonic()
    number = job.first
    while number == job.first or time.monotonic() - started_at < job.seconds:
        finding = _try(job, number)
        if not finding.reason and process_limits.peak_memory() - at_rest > MEMORY_BYTES:
            finding = Finding(number, f"took more than {MEMORY_BYTES >> 20} MiB")
            at_rest = process_limits.peak_memory()
        connection.send(finding)
        number += 1


def _redirect_output(log: Path) -> None:
    """Redirect the output of codecs to the file that gets the traceback of a crash."""
    descriptor = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(descriptor, 1)
    os.dup2(descriptor, 2)
    faulthandler.enable(2)


def _try(job: Job, number: int) -> Finding:
    path = job.make_input(number)
    began_at = time.process_time()
    try:
        job.target.read(path, job.folder)
    except job.target.refusals:
        pass
    except Exception as error:
        return Finding(number, f"{type(error).__name__}: {error}"[:300], traceback.format_exc())
    taken_s = time.process_time() - began_at
    if taken_s > CPU_S:
        return Finding(number, f"took {taken_s:.0f} s of processor time")
    return Finding(number)
