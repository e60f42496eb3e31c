"""A marker file of each run of the window, by which the next run finds out that it did not end properly.

Its first line has the time of the start and the version; behind it stands the stack of a crash in native code. It is
locked while the window is open, and removed when the window ends properly: a marker that is not locked belongs to a
window that crashed, was killed, or lost its power. Child processes have no marker: their end is reported when it
happens, and their stacks are in ``crash.log``.
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


def markers_folder() -> Path:
    """Folder of the markers."""
    return locations.user_log() / "sessions"


@dataclass(frozen=True)
class UncleanExit:
    """A run of the window that did not end properly.

    Attributes
    ----------
    started : datetime or None
        With the time zone of this machine; None where the marker is damaged.
    ended : datetime or None
        Time of the crash. None where the process was killed or the power was cut.
    version : str
        Of the program.
    trace : str
        Stack of the crash; empty where there is none.
    process : int
        Process number, by which its lines in the log are found.
    """

    started: datetime | None
    ended: datetime | None
    version: str
    trace: str
    process: int = 0


class RunMarker:
    """The marker of this run, from `begin` to `end`; as a context manager it does both.

    Where the folder cannot be written to there is no marker, and nothing is reported of this run.
    """

    def __init__(self) -> None:
        self._file: IO[str] | None = None
        self._path: Path | None = None

    @property
    def is_set(self) -> bool:
        """Whether there is a marker now."""
        return self._file is not None

    def begin(self) -> None:
        """Write the marker, to which a crash will write its stack; harmless when it is set."""
        if self._file is not None:
            return
        folder = markers_folder()
        path = folder / f"{uuid.uuid4().hex}{_ENDING}"
        try:
            locations.private_folder(folder)
            file = open(  # noqa: SIM115 - kept open, see `_close`
                path, "x", encoding="utf-8", errors="backslashreplace", opener=locations.private_opener
            )
        except OSError as error:
            _log.warning("no mark of this session: %s", error)
            return
        try:
            if not hold_lock(file.fileno()):
                # Other runs would take the marker for one of a crashed run.
                raise OSError("the file system knows no locks")
            started = datetime.now().astimezone().isoformat(timespec="seconds")
            head = {"started": started, "version": __version__, "process": os.getpid()}
            file.write(json.dumps(head) + "\n")
            file.flush()
        except OSError as error:  # the window opens all the same
            with contextlib.suppress(OSError):
                file.close()
            with contextlib.suppress(OSError):
                path.unlink()
            _log.warning("no mark of this session: %s", error)
            return
        self._file, self._path = file, path
        faulthandler.enable(file)

    def end(self) -> None:
        """Remove the marker, since the window ends properly; harmless without one."""
        if self._file is None or self._path is None:
            return
        # Before others can lock it: an empty marker is not reported.
        with contextlib.suppress(OSError):
            os.ftruncate(self._file.fileno(), 0)
        self._close()
        with contextlib.suppress(OSError):
            self._path.unlink()

    def fail(self, error: BaseException) -> None:
        """Leave the marker, with the traceback of an error that ends the window."""
        if self._file is None:
            return
        with contextlib.suppress(OSError):
            self._file.writelines(traceback.format_exception(error))
        self._close()

    def _close(self) -> None:
        log.enable_crash_log()  # a crash from here on is not one of the window
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
        # Errors with a code were shown where they arose; any other one may be unseen, as there is no console.
        if isinstance(error, Exception) and not isinstance(error, GenreDesktopError):
            self.fail(error)
        else:
            self.end()


def take_unclean_exits() -> tuple[UncleanExit, ...]:
    """Find the runs whose markers were left, the latest last, and remove the markers: each is returned only once.

    Their stacks are moved to ``crash.log``.
    """
    try:
        paths = sorted(path for path in markers_folder().iterdir() if path.suffix == _ENDING)
    except OSError:
        return ()
    found = [end for path in paths if (end := _take_marker(path)) is not None]
    found.sort(key=lambda end: end.ended or end.started or _LONG_AGO)
    return tuple(found)


def _take_marker(path: Path) -> UncleanExit | None:
    try:
        with path.open("r+", encoding="utf-8", errors="replace") as file:
            if not hold_lock(file.fileno()) or not path.exists():
                return None
            text = file.read(_MOST_BYTES)
            end = _parse(text, datetime.fromtimestamp(path.stat().st_mtime).astimezone())
    except OSError as error:
        _log.info("the mark of a session cannot be read: %s", error)
        return None
    if end.trace:
        # With a head as in the log, which has the time.
        head = f"{end.ended:%Y-%m-%d %H:%M:%S},000 CRITICAL {end.process} {__name__}: "
        crash_log.append(f"{head}the window of version {end.version}, started {end.started}, crashed\n{end.trace}")
    try:
        path.unlink()
    except OSError as error:
        _log.warning("the mark of a session cannot be removed: %s", error)
        return None  # it would be reported at each start
    return end if text else None  # an empty one was just being written, or removed


def _parse(text: str, written: datetime) -> UncleanExit:
    head, _, trace = text.partition("\n")
    started, version, process = None, "", 0
    with contextlib.suppress(ValueError, KeyError, TypeError):  # cut off by a power failure
        values = json.loads(head)
        started = datetime.fromisoformat(values["started"]).astimezone()
        version, process = str(values["version"]), int(values.get("process", 0))
    trace = trace.strip("\0\n ")
    return UncleanExit(started, written if trace else None, version, trace, process)
