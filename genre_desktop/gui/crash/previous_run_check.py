"""How the previous run ended: crashes, kills and unfinished recordings, shown once after the first paint."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDateTime, QLocale, QObject
from PySide6.QtGui import QGuiApplication

from genre_desktop.audio.capture.recording_recovery import RecoveredRecording, recover_recordings
from genre_desktop.core.i18n import tr
from genre_desktop.core.run_marker import UncleanExit, take_unclean_exits
from genre_desktop.gui.crash.crash_dialog import CrashDialog
from genre_desktop.gui.crash.crash_report import crash_report, open_log
from genre_desktop.gui.text.display import displayable, error_message
from genre_desktop.gui.text.formatting import clock
from genre_desktop.gui.widgets import file_manager
from genre_desktop.gui.workers.worker import TaskContext, Worker

if TYPE_CHECKING:
    from genre_desktop.gui.main_window.main_window import MainWindow


@dataclass(frozen=True)
class PreviousRun:
    """What earlier windows left behind.

    Attributes
    ----------
    unclean_exits : tuple of UncleanExit
        Windows that crashed or were killed, the latest last.
    recovered : tuple of RecoveredRecording
        Recordings of live mode that were not finished.
    """

    unclean_exits: tuple[UncleanExit, ...]
    recovered: tuple[RecoveredRecording, ...]


def find_previous_run(recordings: Path, _context: TaskContext) -> PreviousRun:
    """Look for unclean exits and recover recordings; work function of a worker."""
    return PreviousRun(take_unclean_exits(), recover_recordings(recordings))


class PreviousRunCheck(QObject):
    """Checks on a worker how the previous run ended, and shows what it finds as notifications.

    Parameters
    ----------
    window : MainWindow
    recordings : callable
        Gives the folder of the recordings.
    """

    def __init__(self, window: MainWindow, recordings: Callable[[], Path]) -> None:
        super().__init__(window)
        self._window = window
        self._recordings = recordings
        self._worker = Worker("previous run", find_previous_run, self)
        self._worker.succeeded.connect(self.show_previous_run)
        self._worker.failed.connect(lambda error: window.job_bar.show_message(error_message(error)))
        window.session.register_worker(self._worker)

    def start(self) -> None:
        """Begin the check."""
        self._worker.submit(self._recordings())

    def show_previous_run(self, previous: PreviousRun) -> None:
        """Show a notification for the recordings, and one for the latest unclean exit."""
        if previous.recovered:
            self._show_recovered(previous.recovered)
        crashes = [end for end in previous.unclean_exits if end.trace]
        if crashes:
            self._show_crash(crashes[-1])
        elif previous.unclean_exits:
            self._window.notices.show_notice(f"{killed_sentence(previous.unclean_exits[-1])} {self._kept_sentence()}")

    def _kept_sentence(self) -> str:
        if self._window.session.restores_list:
            return tr("Your list and results are kept.")
        return tr("Your results are kept.")

    def _show_crash(self, end: UncleanExit) -> None:
        notice = self._window.notices.show_notice(f"{crash_sentence(end)} {self._kept_sentence()}")
        notice.add_button(tr("Copy diagnostics"), lambda: self._copy(end))
        notice.add_button(tr("Show report"), lambda: self.show_report(end))

    def show_report(self, end: UncleanExit) -> None:
        """Open a dialog with the traceback of a crash and the diagnostics for a report."""
        sentences = (
            tr("It ended at once, without being able to say so. What had been done is kept."),
            tr(
                "If it happens again, please report it with the diagnostics. They leave out paths and names of sound "
                "files."
            ),
        )
        title = tr("The program ended unexpectedly")
        when = "" if end.ended is None else _date_and_time(end.ended)
        window = self._window
        dialog = CrashDialog(
            title,
            sentences,
            tr("{when}, version {version}: {cause}", when=when, version=end.version, cause=_cause(end.trace)),
            lambda with_names: self._report(end, with_names),
            lambda: open_log(window),
            window,
        )
        dialog.show()

    def _report(self, end: UncleanExit, with_names: bool) -> str:
        return crash_report(self._window, _with_heading(end), with_names=with_names)

    def _copy(self, end: UncleanExit) -> None:
        QGuiApplication.clipboard().setText(self._report(end, False))
        self._window.job_bar.show_message(tr("Copied."))

    def _show_recovered(self, found: tuple[RecoveredRecording, ...]) -> None:
        whole = [one for one in found if one.error is None]
        for one in found:
            if one.error is not None:
                self._window.notices.show_notice(
                    tr(
                        "A recording was left unfinished, and could not be recovered. {why}",
                        why=error_message(one.error),
                    )
                )
        if whole:
            notice = self._window.notices.show_notice(recovered_sentence(whole))
            say = self._window.job_bar.show_message
            notice.add_button(tr("Show in file manager"), lambda: file_manager.reveal_or_report(whole[-1].path, say))


def crash_sentence(end: UncleanExit) -> str:
    """Sentence about a window that crashed."""
    when = tr("last time") if end.ended is None else _date_and_time(end.ended)
    return tr("The program ended unexpectedly last time ({when}).", when=when)


def killed_sentence(end: UncleanExit) -> str:
    """Sentence about a window that was killed, or whose computer was switched off."""
    if end.started is None:
        return tr("The program was not closed properly last time.")
    return tr(
        "The program was not closed properly last time: it was ended from outside, or the computer went off "
        "(started {when}).",
        when=_date_and_time(end.started),
    )


def recovered_sentence(found: list[RecoveredRecording]) -> str:
    """Sentence about unfinished recordings that were recovered."""
    if len(found) == 1:
        return tr(
            "A recording that was left unfinished has been recovered: {name} ({duration}).",
            name=displayable(found[0].path.name),
            duration=clock(found[0].seconds),
        )
    return tr("{n} recordings that were left unfinished have been recovered.", n=len(found))


def _date_and_time(when: datetime) -> str:
    moment = QDateTime.fromSecsSinceEpoch(int(when.timestamp()))
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)


def _cause(trace: str) -> str:
    """The line that names the error: the first of faulthandler's output, the last of a Python traceback."""
    lines = [line.strip() for line in trace.splitlines() if line.strip()]
    if not lines:
        return ""
    return lines[-1] if lines[0].startswith("Traceback") else lines[0]


def _with_heading(end: UncleanExit) -> str:
    return f"The window (version {end.version}, started {end.started}) ended at {end.ended}\n{end.trace}"
