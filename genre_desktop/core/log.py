"""The log file, with the tracebacks of the errors of which the window shows a sentence."""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import logging.handlers
import os
import re
import sys
from io import TextIOWrapper
from pathlib import Path
from typing import TextIO

from genre_desktop.core import locations
from genre_desktop.core.crash_log import open_crash_log, rotated_crash_log
from genre_desktop.core.untrusted.printable import printable

_MAX_BYTES = 1_000_000
_BACKUPS = 3
_FORMAT = "%(asctime)s %(levelname)s %(process)d %(name)s: %(message)s"

_HEAD = re.compile(r"\n(?=\d{4}-\d\d-\d\d )")

# `training` lies beside the package and logs into the same file.
_ROOTS = ("genre_desktop", "training")

_handlers: list[logging.Handler] = []
_faults: TextIO | None = None


class _Formatter(logging.Formatter):
    """Formats an entry as one line, whatever its message holds, followed by the lines of its traceback.

    The traceback of another process is passed as ``extra={"trace": text}``.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        return printable(super().formatMessage(record), keep="\t")

    def format(self, record: logging.LogRecord) -> str:
        text, trace = super().format(record), getattr(record, "trace", "")
        # The last line of a traceback may hold file names: a line that looks like the head of an entry is indented.
        return _HEAD.sub("\n ", printable(f"{text}\n{trace}" if trace else text, keep="\n\t"))


class _SharedRotatingHandler(logging.handlers.RotatingFileHandler):
    """A rotating handler for a log that other programs may have open: where it cannot rotate, it goes on writing.

    Windows does not rename an open file, be it open in another run of the program, a viewer or a virus scanner.
    Python's own handler would then lose each message, and with each message one old log.
    """

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """Lose an entry that cannot be written, as on a full disk; Python's own prints a traceback to the terminal."""

    def doRollover(self) -> None:  # noqa: N802
        is_mine = self._is_mine()
        if self.stream:
            self.stream.close()
        self.stream = None  # as in the base class
        if is_mine and _can_be_renamed(self.baseFilename):
            super().doRollover()
        else:
            self.stream = self._open()

    def _open(self) -> TextIOWrapper:
        file = open(  # noqa: SIM115 - closed by the handler
            self.baseFilename,
            self.mode,
            encoding=self.encoding,
            errors=self.errors,
            opener=locations.private_opener,
        )
        assert isinstance(file, TextIOWrapper)
        return file

    def _is_mine(self) -> bool:
        """Whether the open file is still the log: another run may have rotated it."""
        try:
            return self.stream is not None and os.path.samestat(
                os.fstat(self.stream.fileno()), os.stat(self.baseFilename)
            )
        except OSError:
            return False


def _can_be_renamed(path: str) -> bool:
    # Checked before the old logs are renamed.
    moved = path + ".moving"
    try:
        os.rename(path, moved)
        os.rename(moved, path)
    except OSError:
        return False
    return True


def log_file() -> Path:
    """Path of the log."""
    return locations.user_log() / "genre-desktop.log"


def configure_logging(console: bool = False, verbose: bool = False) -> Path:
    """Write the program's log to its file; call again to change the options.

    Only for the main process: several processes cannot rotate one file. Workers send what is to be logged to the main
    process with their results.

    Parameters
    ----------
    console : bool
        Write warnings (everything with `verbose`) to standard error too.
    verbose : bool
        Log debug messages.

    Returns
    -------
    Path
        The log file. The program runs without it where it cannot be written.
    """
    close_logging()
    path = log_file()
    problem: OSError | None = None
    # Without any handler logging would print to standard error.
    _handlers.append(logging.NullHandler())
    try:
        locations.private_folder(path.parent)
        _handlers.append(
            _SharedRotatingHandler(
                # Messages may contain file names with undecodable bytes.
                path,
                maxBytes=_MAX_BYTES,
                backupCount=_BACKUPS,
                encoding="utf-8",
                errors="backslashreplace",
            )
        )
        _open_crash_log()
    except OSError as error:
        problem = error
    if console and sys.stderr is not None:
        stream = logging.StreamHandler()
        stream.setLevel(logging.DEBUG if verbose else logging.WARNING)
        _handlers.append(stream)
    for handler in _handlers:
        handler.setFormatter(_Formatter(_FORMAT))
    for name in _ROOTS:
        logger = logging.getLogger(name)
        logger.setLevel(logging.DEBUG if verbose else logging.INFO)
        logger.propagate = False
        for handler in _handlers:
            logger.addHandler(handler)
    if problem is not None:
        logging.getLogger(__name__).warning("no log file: %s", problem)
    return path


def _open_crash_log() -> None:
    global _faults
    _faults = open_crash_log(rotated_crash_log())
    enable_crash_log()


def enable_crash_log() -> None:
    """Write the stack of a crash in native code (a codec, a driver) to ``crash.log``."""
    if _faults is not None:
        faulthandler.enable(_faults)
    else:
        faulthandler.disable()


def close_logging() -> None:
    """Undo `configure_logging`; harmless without it."""
    global _faults
    for name in _ROOTS:
        logger = logging.getLogger(name)
        for handler in _handlers:
            logger.removeHandler(handler)
        logger.propagate = True
        logger.setLevel(logging.NOTSET)
    for handler in _handlers:
        with contextlib.suppress(OSError):
            handler.close()
    _handlers.clear()
    if _faults is not None:
        faulthandler.disable()
        _faults.close()
        _faults = None
