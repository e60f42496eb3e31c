"""Reading the log files as entries."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from genre_desktop.core.log import log_file

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")

MOST_BYTES = 4_000_000
"""Most bytes read of a log and its rotated files; they rotate before they have more."""

_HEAD = re.compile(r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),\d+ ([A-Z]+) (\d+) ([\w.]+): (.*)")
_CRASH_HEAD = re.compile(r"--- |Fatal Python error|Windows fatal exception|Traceback \(most recent call last\)")


@dataclass(frozen=True)
class LogEntry:
    """An entry of the log.

    Attributes
    ----------
    time : str
        Local time as in the log; empty in ``crash.log``.
    level : str
        One of `LEVELS`.
    source : str
        Module that wrote it.
    text : str
        The message, with the lines that follow it (a traceback).
    process : str
        Number of the process.
    """

    time: str
    level: str
    source: str
    text: str
    process: str = ""

    @property
    def is_headed(self) -> bool:
        """Whether it is an entry of its own, and not lines that continue another."""
        return bool(self.source) or self.level == "CRITICAL"

    @property
    def first_line(self) -> str:
        """The message without the lines that follow it."""
        return self.text.partition("\n")[0]

    def as_line(self) -> str:
        """The entry as text, for the clipboard."""
        return " ".join(part for part in (self.time, self.level, self.process, self.source) if part) + f": {self.text}"


class LogReader:
    """Reads a log with its rotated files, and afterwards the entries that are added.

    Parameters
    ----------
    path : Path, optional
        The current log; the program's own if None.
    most_bytes : int
        Text before the last so many bytes is left out.

    Attributes
    ----------
    is_cut : bool
        Whether older text was left out.
    """

    def __init__(self, path: Path | None = None, most_bytes: int = MOST_BYTES) -> None:
        self.path = log_file() if path is None else path
        self._most_bytes = most_bytes
        self._file: tuple[int, int] | None = None  # inode and how much of it was read
        self._entries: tuple[LogEntry, ...] = ()
        self.is_cut = False

    def read(self) -> tuple[LogEntry, ...]:
        """The entries, oldest first; the same tuple object where nothing has changed.

        Raises
        ------
        OSError
            When a log cannot be read. A missing one has no entries.
        """
        try:
            status = self.path.stat()
        except FileNotFoundError:
            status = None
        if status is not None and self._file is not None and status.st_ino == self._file[0]:
            if status.st_size > self._file[1]:
                self._read_added(self._file[1])
            if status.st_size >= self._file[1]:
                return self._entries
        content, self.is_cut = self._content()
        found = tuple(_parsed(_lines(content)))
        if found != self._entries:
            self._entries = found
        return self._entries

    def _read_added(self, start: int) -> None:
        """Append the entries that were added; an incomplete line is left for the next call."""
        with self.path.open("rb") as file:
            inode = os.fstat(file.fileno()).st_ino
            file.seek(start)
            content = file.read(self._most_bytes)
        content = content[: content.rfind(b"\n") + 1]
        if self._file is None or inode != self._file[0] or not content:
            return  # just rotated, or no complete line yet
        before, found = list(self._entries), list(_parsed(_lines(content)))
        if before and found and not found[0].is_headed:  # a traceback goes on
            before[-1] = replace(before[-1], text=f"{before[-1].text}\n{found.pop(0).text}")
        self._entries = (*before, *found)
        self._file = (inode, start + len(content))

    def _content(self) -> tuple[bytes, bool]:
        """The last bytes of all files together, and whether older ones were left out."""
        parts: list[bytes] = []
        self._file = None
        left = self._most_bytes
        for path in self._files():
            try:
                with path.open("rb") as file:
                    size = os.fstat(file.fileno()).st_size
                    file.seek(max(0, size - left))
                    part = file.read(left)
                    if path == self.path:
                        part = part[: part.rfind(b"\n") + 1]
                        self._file = (os.fstat(file.fileno()).st_ino, max(0, size - left) + len(part))
            except FileNotFoundError:
                continue  # rotated meanwhile
            if size > left:
                # Without the first line, which is cut, maybe within a character.
                return b"".join(reversed([*parts, part.partition(b"\n")[2]])), True
            parts.append(part)
            left -= len(part)
        return b"".join(reversed(parts)), False

    def _files(self) -> Iterator[Path]:
        yield self.path
        number = 1
        while (path := self.path.with_name(f"{self.path.name}.{number}")).exists():
            yield path
            number += 1


def filter_entries(entries: Iterable[LogEntry], least_level: str, text: str) -> tuple[LogEntry, ...]:
    """The entries of a level or above that contain all words of a text, ignoring case."""
    wanted = set(LEVELS[LEVELS.index(least_level) :])
    words = text.casefold().split()
    return tuple(
        entry
        for entry in entries
        if entry.level in wanted and all(word in f"{entry.source} {entry.text}".casefold() for word in words)
    )


def _lines(content: bytes) -> list[str]:
    # Not splitlines(), which also splits at characters that a file name may contain.
    return content.decode("utf-8", "backslashreplace").replace("\r\n", "\n").removesuffix("\n").split("\n")


def _parsed(lines: Iterable[str]) -> Iterator[LogEntry]:
    head: tuple[str, str, str, str] | None = None
    text: list[str] = []
    for line in lines:
        found = _HEAD.fullmatch(line)
        # A line of dashes announces the stack below it; in the log itself a stack belongs to its message.
        is_announced = len(text) == 1 and text[0].startswith("--- ")
        is_crash = _CRASH_HEAD.match(line) is not None and not is_announced and (head is None or not head[0])
        if found is None and not is_crash:
            text.append(line)
            continue
        yield from _entry(head, text)
        if found is not None:
            time, level, process, source, message = found.groups()
            head, text = (time, level if level in LEVELS else "INFO", source, process), [message]
        else:
            head, text = ("", "CRITICAL", "", ""), [line]
    yield from _entry(head, text)


def _entry(head: tuple[str, str, str, str] | None, lines: list[str]) -> Iterator[LogEntry]:
    text = "\n".join(lines).strip("\n")
    if head is not None:
        yield LogEntry(head[0], head[1], head[2], text, head[3])
    elif text:  # before the first head: the end of a cut entry, or another format
        yield LogEntry("", "INFO", "", text)
