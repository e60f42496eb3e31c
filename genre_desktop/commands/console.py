"""The console of the subcommands: results, messages and progress."""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from datetime import timedelta
from typing import Any, Final, Protocol, TextIO

from genre_desktop.core import i18n
from genre_desktop.core.errors import GenreDesktopError, StorageError
from genre_desktop.core.i18n import tr
from genre_desktop.core.standard_streams import discard
from genre_desktop.core.untrusted.printable import printable as printable

OK: Final = 0
SOME_FAILED: Final = 1
NOTHING_DONE: Final = 2
INTERRUPTED: Final = 130

_STYLES: Final = {"bold": "1", "dim": "2", "red": "31", "green": "32", "yellow": "33"}

_OWN_STYLE: Final = re.compile(r"(\x1b\[(?:(?:0|{0})(?:;(?:{0}))*)m)".format("|".join(_STYLES.values())))


LINES_EVERY_S: Final = 30.0
"""Seconds between two lines of progress where there is no terminal, as in a nightly run's log."""


class Progress(Protocol):
    """Shows how much of the work is done."""

    def expect(self, total: int) -> None:
        """Set the total, as far as it is known now."""

    def advance(self, n: int = 1, note: str = "") -> None:
        """Count `n` more and show `note` beside the count."""


class _ProgressBar:
    """Progress on a terminal: a bar."""

    def __init__(self, bar: Any) -> None:
        self._bar = bar

    def expect(self, total: int) -> None:
        self._bar.total = total

    def advance(self, n: int = 1, note: str = "") -> None:
        if note:
            self._bar.set_postfix_str(printable(note), refresh=False)
        self._bar.update(n)


class _ProgressLines:
    """Progress elsewhere: a line now and then; none for work that takes less than `LINES_EVERY_S`."""

    def __init__(self, write_line: Callable[[str], None]) -> None:
        self._write_line = write_line
        self._total = self._done = self._done_before = 0
        self._last_line_at = time.monotonic()

    def expect(self, total: int) -> None:
        self._total = total

    def advance(self, n: int = 1, note: str = "") -> None:
        self._done += n
        now = time.monotonic()
        if now - self._last_line_at < LINES_EVERY_S:
            return
        rate = (self._done - self._done_before) / (now - self._last_line_at)
        left_s = max(0, self._total - self._done) / rate
        self._done_before, self._last_line_at = self._done, now
        line = tr(
            "{done} of {total}, {rate:.1f} files/s, {left} left",
            done=self._done,
            total=max(self._total, self._done),
            rate=rate,
            left=timedelta(seconds=round(left_s)),
        )
        self._write_line(f"{line}, {note}" if note else line)


class Console:
    """Writes results to standard output, and everything else to standard error.

    Parameters
    ----------
    out, err : text stream, optional
        Those of the process by default.

    Attributes
    ----------
    interactive : bool
        Whether a person can be asked: input and messages are at a terminal.
    """

    def __init__(self, out: TextIO | None = None, err: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._err = err or sys.stderr
        self._has_bar = False

    @property
    def interactive(self) -> bool:
        """Whether a person can be asked: input and messages are at a terminal."""
        return _is_terminal(sys.stdin) and _is_terminal(self._err)

    def result(self, line: str) -> None:
        """Write a line to standard output at once, without control characters other than the colours of `styled`.

        Raises
        ------
        StorageError
            If it cannot be written, as to a file on a full disk.
        BrokenPipeError
            If the reader has closed the pipe.
        """
        if self._out is None:  # a windowed program on Windows without a console
            return
        try:
            with self._beside_bar(self._out):
                self._out.write(_printable_but_styled(line) + "\n")
                self._out.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            discard(self._out)
            raise StorageError(path=tr("standard output"), reason=error.strerror or error) from error

    def message(self, sentence: str, *styles: str) -> None:
        """Write a sentence to standard error; one that cannot be written is dropped, as it must not cost a result."""
        if self._err is None:
            return
        with suppress(OSError), self._beside_bar(self._err):
            self._err.write(_styled(printable(sentence), styles, self._err) + "\n")
            self._err.flush()

    def error(self, error: GenreDesktopError) -> None:
        """Write the sentence of an error, with its code, to standard error."""
        self.message(str(error), "red")

    def styled(self, text: str, *styles: str) -> str:
        """The text in colours, if standard output is a terminal that has them."""
        return _styled(text, styles, self._out)

    def ask(self, question: str) -> bool:
        """Ask a yes-or-no question; only where `interactive`."""
        self._err.write(tr("{question} [y/N] ", question=printable(question)))
        self._err.flush()
        return sys.stdin.readline().strip().lower() in ("y", "yes", tr("yes"))

    @contextmanager
    def progress(self, unit: str) -> Iterator[Progress]:
        """Show progress, rate and remaining time during the block: a bar on a terminal, else a line now and then."""
        if not _is_terminal(self._err) or os.environ.get("TERM") == "dumb":
            yield _ProgressLines(self.message)
            return
        from tqdm import tqdm

        tqdm.monitor_interval = 0  # no thread of its own
        with tqdm(unit=unit, file=self._err, dynamic_ncols=True, leave=False, smoothing=0.05) as bar:
            self._has_bar = True
            try:
                yield _ProgressBar(bar)
            finally:
                self._has_bar = False

    def _beside_bar(self, stream: TextIO) -> AbstractContextManager[object]:
        if not self._has_bar:
            return nullcontext()
        from tqdm import tqdm

        beside: AbstractContextManager[object] = tqdm.external_write_mode(file=stream)
        return beside


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and not stream.closed and stream.isatty()


def _styled(text: str, styles: Sequence[str], stream: TextIO | None) -> str:
    if not styles or not _is_terminal(stream) or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return text
    return f"\x1b[{';'.join(_STYLES[style] for style in styles)}m{text}\x1b[0m"


def _printable_but_styled(line: str) -> str:
    parts = _OWN_STYLE.split(line)
    parts[::2] = map(printable, parts[::2])
    return "".join(parts)


def table(rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines of a table with a header row; columns are as wide as their widest cell."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    lines.insert(1, "  ".join("-" * width for width in widths).rstrip())
    return lines


def percent(share: float | None) -> str:
    """A share of 0..1 in whole per cent, 0 and 100 only for exactly that; a dash for None."""
    return "-" if share is None else i18n.percent(share).replace("\u00a0", " ")
