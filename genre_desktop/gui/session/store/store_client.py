"""Access to the result store for the session: requests here, answers as signals."""

from __future__ import annotations

import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.core.i18n import tr
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.session.store import messages
from genre_desktop.gui.session.store.store_task import StoreTask
from genre_desktop.gui.text.display import error_message
from genre_desktop.gui.workers.worker import Worker
from genre_desktop.library.result import TrackResult

if TYPE_CHECKING:
    from pathlib import Path

    from genre_desktop.library.store.result_store import ResultStore
    from genre_desktop.model.bundles.bundle import ModelBundle

_BACKUP_MS = 2000
"""Between the first change of a genre by hand and the backup, which holds those that follow too."""

_WRITE_AGAIN_MS = 5000
"""Between two attempts to write what could not be written."""


class StoreClient(QObject):
    """The stored list, results and genres by hand; all access to the store is on one worker.

    Attributes
    ----------
    store : ResultStore or None
        Once it has been opened; for workers, not for the GUI thread.
    has_unwritten_changes : bool
        Changes of the list or of genres by hand could not be written yet.
    """

    opened = Signal(object)  # ResultStore
    list_part_read = Signal(object)  # ListPart
    list_read = Signal(object)  # ListRead
    all_results_dropped = Signal(object)  # AllResultsDropped
    by_hand_saved = Signal(object)  # ByHandSaved
    results_restored = Signal(object)  # ResultsRestored
    rows_read = Signal(object)  # RowsRead
    repaired = Signal(object)  # GenreDesktopError: the store was damaged, and what has become of it
    detail_read = Signal(object)  # TrackResult
    message = Signal(str)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store: ResultStore | None = None
        self.has_unwritten_changes = False
        self._step = 0
        self._n_lists_read = 0
        self._has_checked = False
        self._task = StoreTask(services.open_store)
        self._worker = Worker("store", self._task, self)
        self._worker.partial.connect(self._on_answer)
        self._worker.succeeded.connect(self._on_answer)
        self._worker.failed.connect(self._report)
        self._backup_soon = QTimer(self, singleShot=True, interval=_BACKUP_MS)
        self._backup_soon.timeout.connect(self._write_backup)
        self._write_again_soon = QTimer(self, singleShot=True, interval=_WRITE_AGAIN_MS)
        self._write_again_soon.timeout.connect(self._write_again)

    @property
    def is_persistent(self) -> bool:
        """Whether what the store holds will be there at the next start."""
        return self.store is None or self.store.path is not None

    @property
    def is_reading_list(self) -> bool:
        """True while a request for the list is pending, whose answer may queue tracks."""
        return self._n_lists_read > 0

    def open(self) -> None:
        """Open the store."""
        self._worker.submit(messages.OpenStore())

    # -- the list ------------------------------------------------------------------------

    # `revision` is that of the tracks: what was read must not replace a result that came meanwhile.

    def read_list(self, bundle: ModelBundle, revision: int) -> None:
        """Read the list with the results of a model."""
        self._n_lists_read += 1
        self._worker.submit(messages.ReadList(bundle, revision))

    def add_to_list(self, paths: Iterable[str]) -> None:
        """Append paths to the list."""
        self._worker.submit(messages.AddToList(tuple(paths)))

    def remove_from_list(self, paths: Iterable[str]) -> None:
        """Remove paths from the list."""
        self._worker.submit(messages.RemoveFromList(tuple(paths)))

    def clear_list(self) -> None:
        """Remove all paths from the list, those that have not been read too."""
        self._worker.submit(messages.RemoveFromList(None))

    def order_list(self, paths: Iterable[str]) -> None:
        """Store the list in this order."""
        self._worker.submit(messages.OrderList(tuple(paths)))

    # -- results -------------------------------------------------------------------------

    def read_detail(self, path: str, bundle: ModelBundle) -> None:
        """Read the whole result of a model for a track."""
        self._worker.submit(messages.ReadDetail(path, bundle))

    def read_rows(self, paths: Iterable[str], bundle: ModelBundle, revision: int) -> None:
        """Read the results of a model for some files of the list."""
        self._worker.submit(messages.ReadRows(tuple(paths), bundle, revision))

    def save_results(self, results: Iterable[TrackResult], bundle: ModelBundle) -> None:
        """Write results that a run could not write."""
        self.has_unwritten_changes = True
        self._worker.submit(messages.SaveResults(tuple(results), bundle, int(time.time())))

    def drop_all_results(self, revision: int) -> None:
        """Drop all results of all models."""
        self._worker.submit(messages.DropAllResults(revision))

    def restore_results(self, aside: Path) -> None:
        """Restore the results that were dropped and set aside."""
        self._worker.submit(messages.RestoreResults(aside))

    def begin_step(self, step: int) -> None:
        """Keep the answers that are replaced from now on, for `restore_answers`."""
        self._step = step
        if self.store is not None:
            self.store.current_step = step
        # In its turn: earlier requests may still redo what was undone.
        self._worker.submit(messages.DropUndone(step))

    def restore_answers(
        self, step: int, tracks: Iterable[tuple[str, str]], bundle: ModelBundle, revision: int, *, is_redone: bool
    ) -> None:
        """Restore the answers from before a step, or, if it `is_redone`, those from after it.

        Parameters
        ----------
        step : int
        tracks : iterable of (str, str)
            Path and identity of each track.
        bundle : ModelBundle
            Whose answers they are.
        revision : int
        is_redone : bool
        """
        self._worker.submit(messages.RestoreAnswers(step, tuple(tracks), bundle, is_redone, revision, self._step))

    # -- genres by hand ------------------------------------------------------------------

    def set_by_hand(self, tracks: Iterable[tuple[str, str | None]], genre: str | None, change: int) -> None:
        """Store a genre by hand.

        Parameters
        ----------
        tracks : iterable of (str, str or None)
            Path and identity of each track; None where the identity is not known.
        genre : str or None
            None removes it.
        change : int
            Number of this change, for `restore_by_hand`.
        """
        self._worker.submit(messages.SetByHand(tuple(tracks), genre, change))
        self._schedule_backup()

    def read_by_hand(self, identity: str) -> None:
        """Read the genre by hand of some content, and show it."""
        self._worker.submit(messages.ReadByHand(identity))
        self._schedule_backup()  # the store may have handed it down to other sound

    def restore_by_hand(self, change: int, identities: Iterable[str]) -> None:
        """Restore the genres by hand from before a change, and show those of some content."""
        self._worker.submit(messages.RestoreByHand(change, tuple(identities)))
        self._schedule_backup()

    def _schedule_backup(self) -> None:
        if not self._backup_soon.isActive():
            self._backup_soon.start()

    def _write_backup(self) -> None:
        self._backup_soon.stop()
        self._worker.submit(messages.WriteBackup())

    def _write_again(self) -> None:
        self._write_again_soon.stop()
        self._worker.submit(messages.WriteUnwritten())

    # -- the end -------------------------------------------------------------------------

    def stop(self) -> None:
        """Let the thread end once everything is written."""
        if self.has_unwritten_changes:
            self._write_again()
        if self._backup_soon.isActive():
            self._write_backup()
        self._task.stop_reading()
        self._worker.drain()

    def shutdown(self) -> bool:
        """Wait for the thread, then close the store; False when it does not end."""
        has_ended = self._worker.shutdown()
        if has_ended:
            self._task.close()
        return has_ended

    # -- answers -------------------------------------------------------------------------

    def _on_answer(self, answer: object) -> None:
        match answer:
            case messages.StoreOpened(store, problem):
                self.store = store
                store.current_step = self._step
                self.opened.emit(store)
                self._report(problem)
            case messages.StoreLocked():
                self.message.emit(tr("Another program holds the results of earlier runs. Waiting until it lets go …"))
            case messages.ListPart():
                self.list_part_read.emit(answer)
            case messages.ListRead(problem=problem):
                self._n_lists_read -= 1
                self.list_read.emit(answer)
                self._report(problem)
                if not self._has_checked:  # after the list, which is shown first
                    self._has_checked = True
                    self._worker.submit(messages.CheckStore())
            case messages.AllResultsDropped():
                self.all_results_dropped.emit(answer)
            case messages.ByHandSaved(problem=problem):
                self.by_hand_saved.emit(answer)
                self._report(problem)
            case messages.ResultsRestored():
                self.results_restored.emit(answer)
            case messages.RowsRead():
                self.rows_read.emit(answer)
            case messages.UnwrittenChanges(exist):
                self._on_unwritten_changes(exist)
            case messages.StoreRepaired(news):
                self.repaired.emit(news)
            case TrackResult():
                self.detail_read.emit(answer)

    def _on_unwritten_changes(self, exist: bool) -> None:
        self.has_unwritten_changes = exist
        if exist:
            self._write_again_soon.start()
        else:
            self._schedule_backup()
            if self.is_persistent:
                self.message.emit(tr("What could not be kept before is kept now."))

    def _report(self, problem: GenreDesktopError | None) -> None:
        if problem is not None:
            self.message.emit(error_message(problem))
