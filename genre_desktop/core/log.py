"""The log file: the window shows a sentence, the log has the traceback."""

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
from genre_desktop.core.crash_log import open_crash_log, roomy_crash_log
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
    """One line for each message, whatever the names and tags in it hold, and what follows it: a traceback.

    That of another process comes as ``extra={"trace": text}``.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802
        return printable(super().formatMessage(record), keep="\t")

    def format(self, record: logging.LogRecord) -> str:
        text, trace = super().format(record), getattr(record, "trace", "")
        # The last line of a traceback has names in it too: one that looks like the head of an entry is moved aside.
        return _HEAD.sub("\n ", printable(f"{text}\n{trace}" if trace else text, keep="\n\t"))


class _Rotation(logging.handlers.RotatingFileHandler):
    """Rotates, unless the file is not its own to rotate: then it goes on in the one that is there.

    Windows renames no file that somebody holds open: another run of the program, a viewer, a virus scanner.
    Python's own handler would then lose each message, and one old log a message.
    """

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
        """Whether the file is still the one that was opened: another run may have rotated it."""
        try:
            return self.stream is not None and os.path.samestat(
                os.fstat(self.stream.fileno()), os.stat(self.baseFilename)
            )
        except OSError:
            return False


def _can_be_renamed(path: str) -> bool:
    # Tried before the old logs are moved on.
    moved = path + ".moving"
    try:
        os.rename(path, moved)
        os.rename(moved, path)
    except OSError:
        return False
    return True


def log_file() -> Path:
    """Where the log is written."""
    return locations.user_log() / "genre-desktop.log"


def configure_logging(console: bool = False, verbose: bool = False) -> Path:
    """Send what the program logs to its file; call again to change the options.

    Only the main process calls this: several processes cannot rotate one file, and what
    a worker has to tell travels to the main process with its result.

    Parameters
    ----------
    console : bool
        Warnings (everything with `verbose`) go to standard error too.
    verbose : bool
        Log debug messages.

    Returns
    -------
    Path
        The log file. Where it cannot be written the program runs on without it.
    """
    close_logging()
    path = log_file()
    problem: OSError | None = None
    # Never without a handler: logging would print to standard error by itself.
    _handlers.append(logging.NullHandler())
    try:
        locations.private_folder(path.parent)
        _handlers.append(
            _Rotation(
                # Names of files may hold undecodable bytes; they must not break the log.
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
    _faults = open_crash_log(roomy_crash_log())
    watch_crashes()


def watch_crashes() -> None:
    """Let a crash in native code (a codec, a driver) leave its stack in ``crash.log``."""
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
