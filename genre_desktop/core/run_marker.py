"""The mark that a window leaves while it is open, by which the next one sees how it ended.

A small file for each start of the window. Its first line says when and which version; what
follows is the stack that a crash in native code has left. It is held while the window is open
and removed when it ends properly: one that is there and held by nobody belongs to a window that
crashed, was killed, or lost its power. Decoders, players and other servants write to
``crash.log`` and have no mark: their end is told when it happens, and the window goes on.
"""

from __future__ import annotations

import contextlib
import faulthandler
import json
import logging
import os
import traceback
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import IO

from genre_desktop import __version__
from genre_desktop.core import crash_log, locations, log
from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.core.file_lock import hold_lock

_log = logging.getLogger(__name__)

_ENDING = ".session"
_MOST_BYTES = 200_000
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


def marks_folder() -> Path:
    """Where the marks lie."""
    return locations.user_log() / "sessions"


@dataclass(frozen=True)
class UncleanExit:
    """A window that did not end properly.

    Attributes
    ----------
    started : datetime or None
        With the time zone of this machine; None where the mark is damaged.
    ended : datetime or None
        When it crashed. None where it was killed or the power was cut, which leaves no time.
    version : str
        Of the program.
    trace : str
        The stack of the crash; empty where there is none.
    process : int
        Its number, by which its lines in the log are found.
    """

    started: datetime | None
    ended: datetime | None
    version: str
    trace: str
    process: int = 0


class RunMarker:
    """The mark of this window, from `begin` to `end`; a context manager does both.

    Without a folder that can be written to there is none, and nothing is told of the session.
    """

    def __init__(self) -> None:
        self._file: IO[str] | None = None
        self._path: Path | None = None

    @property
    def is_set(self) -> bool:
        """Whether there is a mark now."""
        return self._file is not None

    def begin(self) -> None:
        """Set the mark, and let a crash write its stack there; harmless when it is set."""
        if self._file is not None:
            return
        folder = marks_folder()
        path = folder / f"{uuid.uuid4().hex}{_ENDING}"
        try:
            locations.private_folder(folder)
            file = open(  # noqa: SIM115 - kept open, see `_let_go`
                path, "x", encoding="utf-8", errors="backslashreplace", opener=locations.private_opener
            )
        except OSError as error:
            _log.warning("no mark of this session: %s", error)
            return
        try:
            if not hold_lock(file.fileno()):
                # Others would take it for one that was left.
                raise OSError("the file system knows no locks")
            started = datetime.now().astimezone().isoformat(timespec="seconds")
            head = {"started": started, "version": __version__, "process": os.getpid()}
            file.write(json.dumps(head) + "\n")
            file.flush()
        except OSError as error:  # a full disk is no reason to have no window
            with contextlib.suppress(OSError):
                file.close()
            with contextlib.suppress(OSError):
                path.unlink()
            _log.warning("no mark of this session: %s", error)
            return
        self._file, self._path = file, path
        faulthandler.enable(file)

    def end(self) -> None:
        """Remove the mark: the window ends properly. Harmless without one."""
        if self._file is None or self._path is None:
            return
        # Before others can hold it: an empty one is nobody's bad end.
        with contextlib.suppress(OSError):
            os.ftruncate(self._file.fileno(), 0)
        self._let_go()
        with contextlib.suppress(OSError):
            self._path.unlink()

    def fail(self, error: BaseException) -> None:
        """Leave the mark, with the stack of an error that ends the window."""
        if self._file is None:
            return
        with contextlib.suppress(OSError):
            self._file.writelines(traceback.format_exception(error))
        self._let_go()

    def _let_go(self) -> None:
        log.watch_crashes()  # what crashes from here on is no longer the window
        assert self._file is not None
        with contextlib.suppress(OSError):
            self._file.close()
        self._file = None

    def __enter__(self) -> RunMarker:
        self.begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _traceback: TracebackType | None
    ) -> None:
        # Errors with a code are told where they arise; anything else nobody may have seen: there is no console.
        if isinstance(error, Exception) and not isinstance(error, GenreDesktopError):
            self.fail(error)
        else:
            self.end()


def take_unclean_exits() -> tuple[UncleanExit, ...]:
    """Those whose marks were left, the latest last; each is told to one caller only.

    Their stacks move to ``crash.log``.
    """
    try:
        paths = sorted(path for path in marks_folder().iterdir() if path.suffix == _ENDING)
    except OSError:
        return ()
    found = [end for path in paths if (end := _take(path)) is not None]
    found.sort(key=lambda end: end.ended or end.started or _LONG_AGO)
    return tuple(found)


def _take(path: Path) -> UncleanExit | None:
    try:
        with path.open("r+", encoding="utf-8", errors="replace") as file:
            if not hold_lock(file.fileno()) or not path.exists():
                return None
            text = file.read(_MOST_BYTES)
            end = _read(text, datetime.fromtimestamp(path.stat().st_mtime).astimezone())
    except OSError as error:
        _log.info("the mark of a session cannot be read: %s", error)
        return None
    if end.trace:
        # Headed as in the log, so that whoever reads it knows when that was.
        head = f"{end.ended:%Y-%m-%d %H:%M:%S},000 CRITICAL {end.process} {__name__}: "
        crash_log.append(f"{head}the window of version {end.version}, started {end.started}, crashed\n{end.trace}")
    try:
        path.unlink()
    except OSError as error:
        _log.warning("the mark of a session cannot be removed: %s", error)
        return None  # it would be told at each start
    return end if text else None  # one that is empty was about to be begun


def _read(text: str, written: datetime) -> UncleanExit:
    head, _, trace = text.partition("\n")
    started, version, process = None, "", 0
    with contextlib.suppress(ValueError, KeyError, TypeError):  # cut off when the power went
        values = json.loads(head)
        started = datetime.fromisoformat(values["started"]).astimezone()
        version, process = str(values["version"]), int(values.get("process", 0))
    trace = trace.strip("\0\n ")
    return UncleanExit(started, written if trace else None, version, trace, process)
