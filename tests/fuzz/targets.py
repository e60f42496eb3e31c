"""Fuzzing targets: functions that read files of strangers, each with valid inputs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from genre_desktop.core.errors import GenreDesktopError
from tests.fuzz.mutation import Mutate, mutate_bytes


@dataclass(frozen=True)
class Target:
    """A function that reads a file.

    Attributes
    ----------
    prepare : callable
        Writes valid inputs to a folder, each of which `read` takes.
    read : callable
        Called with the path of an input, and a folder that is there for the whole run.
    mutate : callable
        Makes an input from a valid one.
    refusals : tuple of exception types
        What `read` may raise, whatever the input.
    is_native : bool
        Libraries in C read the input, in a child process by design: a crash there is counted and no failure.
    """

    prepare: Callable[[Path], None]
    read: Callable[[Path, Path], None]
    mutate: Mutate = mutate_bytes
    refusals: tuple[type[Exception], ...] = (GenreDesktopError,)
    is_native: bool = False


def targets() -> dict[str, Target]:
    """All targets by name."""
    from tests.fuzz import models, sounds, texts

    return {**models.TARGETS, **sounds.TARGETS, **texts.TARGETS}
