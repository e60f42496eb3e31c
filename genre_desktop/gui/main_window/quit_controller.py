"""The question before the window closes, if quitting would lose or interrupt something."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from genre_desktop.core.i18n import numeral, tr
from genre_desktop.gui.export.export_controller import ExportController
from genre_desktop.gui.live.live_session import LiveSession
from genre_desktop.gui.models.models_controller import ModelsController
from genre_desktop.gui.session.progress import JobStatus
from genre_desktop.gui.session.session import Session
from genre_desktop.gui.text.formatting import count_files
from genre_desktop.gui.widgets.message_box import MessageBox, question

_WORTH_ASKING = 2
"""Number of unfinished tracks from which on quitting needs a question."""


class QuitController(QObject):
    """Finds out what quitting would interrupt, and asks about it.

    Parameters
    ----------
    session : Session
    live : LiveSession
    exports : ExportController
    models : ModelsController
    window : QWidget
    """

    def __init__(
        self, session: Session, live: LiveSession, exports: ExportController, models: ModelsController, window: QWidget
    ) -> None:
        super().__init__(window)
        self._session = session
        self._live = live
        self._exports = exports
        self._models = models
        self._window = window
        self._question: MessageBox | None = None

    def must_ask(self) -> bool:
        """Whether quitting would lose or interrupt something.

        Paused and stopped tracks are not interrupted, and the pass over a selected track starts again by itself.
        """
        return bool(self._reasons())

    def ask(self, quit_: Callable[[], None]) -> None:
        """Show the question, once at a time; `quit_` is called if it is answered with yes."""
        if self._question is not None:
            self._question.activateWindow()
            return
        reasons, stay = "\n".join(self._reasons()), tr("&Keep going")
        self._question = box = question(self._window, tr("Quit?"), reasons, self._kept_sentence(), tr("&Quit"), stay)
        box.accepted.connect(quit_)
        box.finished.connect(self._drop_question)
        box.open()

    def _drop_question(self) -> None:
        if self._question is not None:
            self._question.deleteLater()
            self._question = None

    def _reasons(self) -> list[str]:
        status = self._session.status()
        reasons = []
        if _is_run_interrupted(status):
            reasons += _interrupted(status)
        if status.is_scanning:
            reasons.append(tr("Folders are still being looked through: files not found yet will not be on the list."))
        if self._live.recording is not None:
            reasons.append(tr("Sound is being recorded. Quitting ends the recording; what was recorded is kept."))
        if self._exports.is_exporting:
            reasons.append(tr("An export is being written. Quitting breaks it off."))
        if self._models.is_at_work:
            reasons.append(tr("A model is being imported, exported or removed. Quitting may break that off."))
        if not self._session.keeps_results and status.n_done:
            reasons.append(
                tr("The results are not kept, as the store of results could not be opened. Export what you need first.")
            )
        elif self._session.has_unwritten_work:
            reasons.append(
                tr("Some of what was done could not be kept: see that there is room on the disk, or export it first.")
            )
        return reasons

    def _kept_sentence(self) -> str:
        """What is kept of an interrupted run; empty where that needs no word."""
        session, status = self._session, self._session.status()
        if not session.keeps_results or not (_is_run_interrupted(status) or status.is_scanning):
            return ""
        if _is_run_interrupted(status) and not (_n_unclassified(status) or status.is_scanning):
            return ""  # earlier answers stay, as the reasons say
        if not session.restores_list:
            return tr("What is done is kept. The list will be empty at the next start, as the settings say.")
        return tr(
            "What is done is kept. The list will be here at the next start, and what is not classified yet can be "
            "gone on with."
        )


def _interrupted(status: JobStatus) -> list[str]:
    """Sentences on the run that would be interrupted: tracks without an answer, and tracks being classified again."""
    sentences = []
    if n_left := _n_unclassified(status):
        left, total = numeral(n_left, ","), count_files(status.n_total)
        sentences.append(tr("{left} of {total} are not classified yet.", left=left, total=total))
    if status.n_redone == 1:
        sentences.append(
            tr(
                "1 track is being classified again. It keeps its earlier answer, "
                "and the next start does not go on with this."
            )
        )
    elif status.n_redone:
        n = numeral(status.n_redone, ",")
        sentences.append(
            tr(
                "{n} tracks are being classified again. They keep their earlier answers, "
                "and the next start does not go on with this.",
                n=n,
            )
        )
    return sentences


def _n_unclassified(status: JobStatus) -> int:
    return status.n_total - status.n_done - status.n_redone


def _is_run_interrupted(status: JobStatus) -> bool:
    # Tracks that are done and only looked up once more lose nothing.
    is_left = status.n_done < status.n_total
    return status.n_queued >= _WORTH_ASKING and is_left and not status.is_paused
