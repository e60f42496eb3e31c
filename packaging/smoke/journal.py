"""Output of the smoke test: a line for each step, and the error that ends it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


class SmokeError(Exception):
    """An error in the package; the text says which."""


@dataclass
class Step:
    """A step of the test.

    Attributes
    ----------
    notes : list of str
        Measured values and findings, for its line.
    skipped : str
        Why the step cannot be done on this machine; empty if it was done.
    """

    notes: list[str] = field(default_factory=list)
    skipped: str = ""

    def note(self, text: str) -> None:
        """Add something to the line of this step."""
        self.notes.append(text)

    def skip(self, why: str) -> None:
        """Mark this step as skipped, and why."""
        self.skipped = why


class Journal:
    """Prints the steps, and the measured values in the end."""

    def __init__(self) -> None:
        self._started = time.monotonic()
        self.figures: list[tuple[str, str]] = []

    @contextmanager
    def step(self, name: str) -> Iterator[Step]:
        """Run one step and print its line; after an exception the line says that it failed."""
        step = Step()
        started = time.monotonic()
        try:
            yield step
        except BaseException:
            self._print("FAILED", name, time.monotonic() - started, step.notes)
            raise
        word = "skipped" if step.skipped else "ok"
        self._print(word, name, time.monotonic() - started, [*step.notes, *([step.skipped] if step.skipped else [])])

    def figure(self, name: str, value: str) -> None:
        """Keep a measured value for the end."""
        self.figures.append((name, value))

    def close(self) -> None:
        """Print the measured values, and the time of the whole test."""
        print()
        for name, value in [*self.figures, ("the whole smoke test", f"{time.monotonic() - self._started:.0f} s")]:
            print(f"  {name:<44} {value}")

    @staticmethod
    def _print(word: str, name: str, seconds: float, notes: list[str]) -> None:
        print(f"{word:<8} {name:<46} {seconds:6.1f} s  {'; '.join(notes)}".rstrip(), flush=True)


def demand(condition: bool, reason: str) -> None:
    """Require a condition.

    Raises
    ------
    SmokeError
    """
    if not condition:
        raise SmokeError(reason)
