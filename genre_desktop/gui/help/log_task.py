"""Request to read and filter a log, its answer, and the work function that reads it."""

from __future__ import annotations

from dataclasses import dataclass

from genre_desktop.core.crash_log import crash_log
from genre_desktop.core.errors import InternalError
from genre_desktop.core.i18n import tr
from genre_desktop.core.log_reader import LogEntry, LogReader, filter_entries
from genre_desktop.gui.text.display import displayable
from genre_desktop.gui.workers.worker import TaskContext


@dataclass(frozen=True)
class LogRequest:
    """Request for the entries of a log that match a filter.

    Attributes
    ----------
    is_crash_log : bool
        Read ``crash.log`` instead of the program's log.
    level : str
        The lowest level; one of `genre_desktop.core.log_reader.LEVELS`.
    words : str
        Words that an entry must contain.
    """

    is_crash_log: bool
    level: str
    words: str


@dataclass(frozen=True)
class LogAnswer:
    """Entries that match a request.

    Attributes
    ----------
    request : LogRequest
    entries : tuple of LogEntry
        The same tuple as in the answer before if nothing has changed.
    n_all : int
        Entries of the log, with those that do not match.
    is_cut : bool
        Old entries were left out, because the log is too large.
    """

    request: LogRequest
    entries: tuple[LogEntry, ...]
    n_all: int
    is_cut: bool


class LogTask:
    """Work function of the log window: reads what was added to a log since the last call, and filters."""

    def __init__(self) -> None:
        self._readers = {False: LogReader(), True: LogReader(crash_log())}
        self._last: tuple[tuple[LogEntry, ...], LogAnswer] | None = None

    def __call__(self, request: LogRequest, _context: TaskContext) -> LogAnswer:
        """Read a log.

        Raises
        ------
        InternalError
            The log cannot be read.
        """
        reader = self._readers[request.is_crash_log]
        try:
            entries = reader.read()
        except OSError as error:
            reason = tr(
                "{path} cannot be read ({reason})", path=displayable(reader.path), reason=error.strerror or error
            )
            raise InternalError(reason=reason) from error
        if self._last is not None and self._last[1].request == request and self._last[0] is entries:
            return self._last[1]
        answer = LogAnswer(request, filter_entries(entries, request.level, request.words), len(entries), reader.is_cut)
        self._last = (entries, answer)
        return answer
