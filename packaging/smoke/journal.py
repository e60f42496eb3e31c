"""What the smoke test says: a line a step, and the reason for which it ends."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


class SmokeError(Exception):
    """Something is wrong with the package; the text is the reason."""


@dataclass
class Step:
    """A step under way.

    Attributes
    ----------
    notes : list of str
        What was measured or found, for its line.
    skipped : str
        Why it could not be done here; empty where it was.
    """

    notes: list[str] = field(default_factory=list)
    skipped: str = ""

    def note(self, text: str) -> None:
        """Add something to the line of this step."""
        self.notes.append(text)

    def skip(self, why: str) -> None:
        """Say that this step is not done here, and why."""
        self.skipped = why


class Journal:
    """Prints the steps and keeps the figures of the closing lines."""

    def __init__(self) -> None:
        self._began = time.monotonic()
        self.figures: list[tuple[str, str]] = []

    @contextmanager
    def step(self, name: str) -> Iterator[Step]:
        """Do one step; an exception makes its line say that it failed."""
        step = Step()
        began = time.monotonic()
        try:
            yield step
        except BaseException:
            self._print("FAILED", name, time.monotonic() - began, step.notes)
            raise
        word = "skipped" if step.skipped else "ok"
        self._print(word, name, time.monotonic() - began, [*step.notes, *([step.skipped] if step.skipped else [])])

    def figure(self, name: str, value: str) -> None:
        """Keep a figure for the end."""
        self.figures.append((name, value))

    def close(self) -> None:
        """Print the figures, and how long all of it took."""
        print()
        for name, value in [*self.figures, ("the whole smoke test", f"{time.monotonic() - self._began:.0f} s")]:
            print(f"  {name:<44} {value}")

    @staticmethod
    def _print(word: str, name: str, seconds: float, notes: list[str]) -> None:
        print(f"{word:<8} {name:<46} {seconds:6.1f} s  {'; '.join(notes)}".rstrip(), flush=True)


def demand(is_so: bool, reason: str) -> None:
    """Go on only if something is so.

    Raises
    ------
    SmokeError
    """
    if not is_so:
        raise SmokeError(reason)
