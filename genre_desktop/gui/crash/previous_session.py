"""What the last window left behind: told once, after this one is on the screen."""

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
from genre_desktop.diagnostics import diagnostics
from genre_desktop.gui.crash.crash_dialog import CrashDialog
from genre_desktop.gui.crash.exception_hook import open_log
from genre_desktop.gui.crash.window_facts import window_facts
from genre_desktop.gui.text.display import displayable, error_message
from genre_desktop.gui.text.formatting import clock
from genre_desktop.gui.widgets import file_manager as reveal
from genre_desktop.gui.workers.worker import TaskContext, Worker

if TYPE_CHECKING:
    from genre_desktop.gui.main_window.main_window import MainWindow


@dataclass(frozen=True)
class PreviousRun:
    """What was found.

    Attributes
    ----------
    bad_ends : tuple of BadEnd
        Windows that did not end properly, the latest last.
    recovered : tuple of Recovered
        Recordings that were not finished.
    """

    bad_ends: tuple[UncleanExit, ...]
    recovered: tuple[RecoveredRecording, ...]


def find_previous_run(recordings: Path, _report: TaskContext) -> PreviousRun:
    """Find it; work of a worker."""
    return PreviousRun(take_unclean_exits(), recover_recordings(recordings))


class PreviousRunCheck(QObject):
    """Looks once, and shows what there is in bars above the panes.

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
        self._worker = Worker("last time", find_previous_run, self)
        self._worker.succeeded.connect(self.show_left)
        self._worker.failed.connect(lambda error: window.job_bar.show_message(error_message(error)))
        window.session.register_worker(self._worker)

    def look(self) -> None:
        """Begin to look."""
        self._worker.submit(self._recordings())

    def show_left(self, left: PreviousRun) -> None:
        """Tell what was found."""
        if left.recovered:
            self._show_recovered(left.recovered)
        crashes = [end for end in left.bad_ends if end.trace]
        if crashes:
            self._show_crash(crashes[-1])
        elif left.bad_ends:
            self._window.notices.show_notice(f"{killed_sentence(left.bad_ends[-1])} {self._kept_sentence()}")

    def _kept_sentence(self) -> str:
        if self._window.session.restores_list:
            return tr("Your list and results are kept.")
        return tr("Your results are kept.")

    def _show_crash(self, end: UncleanExit) -> None:
        notice = self._window.notices.show_notice(f"{crash_sentence(end)} {self._kept_sentence()}")
        notice.add(tr("Copy diagnostics"), lambda: self._copy(end))
        notice.add(tr("Show report"), lambda: self.show_report(end))

    def show_report(self, end: UncleanExit) -> None:
        """Show the stack of a crash, and what a report needs."""
        sentences = (
            tr("It ended at once, without being able to say so. What had been done is kept."),
            tr(
                "If it happens again, please report it with the diagnostics. They leave out paths and names of sound "
                "files."
            ),
        )
        title = tr("The program ended unexpectedly")
        when = "" if end.ended is None else _moment(end.ended)
        window = self._window
        dialog = CrashDialog(
            title,
            sentences,
            tr("{when}, version {version}: {cause}", when=when, version=end.version, cause=_cause(end.trace)),
            lambda with_names: self._report(end, with_names),
            open_log(window),
            window,
        )
        dialog.show()

    def _report(self, end: UncleanExit, with_names: bool) -> str:
        return diagnostics(window_facts(self._window), _headed(end), with_names=with_names)

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
            notice.add(tr("Show in file manager"), lambda: reveal.reveal_or_report(whole[-1].path, say))


def crash_sentence(end: UncleanExit) -> str:
    """Of a window that crashed."""
    when = tr("last time") if end.ended is None else _moment(end.ended)
    return tr("The program ended unexpectedly last time ({when}).", when=when)


def killed_sentence(end: UncleanExit) -> str:
    """Of a window that was killed, or whose computer went off."""
    if end.started is None:
        return tr("The program was not closed properly last time.")
    return tr(
        "The program was not closed properly last time: it was ended from outside, or the computer went off "
        "(started {when}).",
        when=_moment(end.started),
    )


def recovered_sentence(found: list[RecoveredRecording]) -> str:
    """Of recordings that were not finished."""
    if len(found) == 1:
        return tr(
            "A recording that was left unfinished has been recovered: {name} ({duration}).",
            name=displayable(found[0].path.name),
            duration=clock(found[0].seconds),
        )
    return tr("{n} recordings that were left unfinished have been recovered.", n=len(found))


def _moment(when: datetime) -> str:
    moment = QDateTime.fromSecsSinceEpoch(int(when.timestamp()))
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)


def _cause(trace: str) -> str:
    """The first line of a stack of faulthandler's, or the last of one of Python's."""
    lines = [line.strip() for line in trace.splitlines() if line.strip()]
    if not lines:
        return ""
    return lines[-1] if lines[0].startswith("Traceback") else lines[0]


def _headed(end: UncleanExit) -> str:
    return f"The window (version {end.version}, started {end.started}) ended at {end.ended}\n{end.trace}"
