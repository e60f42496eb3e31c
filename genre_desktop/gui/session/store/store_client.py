"""What is kept from start to start, as the session sees it: asked for here, answered by signals."""

from __future__ import annotations

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
"""Between the first of some changes by hand and the backup of all of them."""

_CATCH_UP_MS = 5000
"""Between two attempts to keep what could not be kept."""


class StoreClient(QObject):
    """The list of the window, results, and genres given by hand; all access is on one worker.

    Attributes
    ----------
    store : ResultStore or None
        Once it has been opened; for workers, not for the GUI thread.
    is_behind : bool
        Changes of the list or of genres by hand could not be kept yet.
    """

    opened = Signal(object)  # ResultStore
    list_part = Signal(object)  # ListPart
    list_read = Signal(object)  # ListRead
    all_forgotten = Signal(object)  # AllForgotten
    by_hand_kept = Signal(object)  # ByHandKept
    brought_back = Signal(object)  # BroughtBack
    taken_back = Signal(object)  # TakenBack
    mended = Signal(object)  # GenreDesktopError: the store was damaged, and what has become of it
    detail_read = Signal(object)  # TrackResult
    message = Signal(str)

    def __init__(self, services: Services, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.store: ResultStore | None = None
        self.is_behind = False
        self._step = 0
        self._n_questions = 0
        self._work = StoreTask(services.open_store)
        self._worker = Worker("librarian", self._work, self)
        self._worker.partial.connect(self._hear)
        self._worker.succeeded.connect(self._hear)
        self._worker.failed.connect(self._tell)
        self._has_checked = False
        self._backup_soon = QTimer(self, singleShot=True, interval=_BACKUP_MS)
        self._backup_soon.timeout.connect(self._back_up)
        self._catch_up_soon = QTimer(self, singleShot=True, interval=_CATCH_UP_MS)
        self._catch_up_soon.timeout.connect(self._catch_up)

    @property
    def is_lasting(self) -> bool:
        """Whether what the store holds will be there at the next start."""
        return self.store is None or self.store.path is not None

    @property
    def is_asked(self) -> bool:
        """Whether an answer is to come from which tracks may be queued."""
        return self._n_questions > 0

    def open(self) -> None:
        """Open the store."""
        self._worker.submit(messages.OpenStore())

    def read_list(self, bundle: ModelBundle) -> None:
        """Ask for the list with what a model made of it."""
        self._n_questions += 1
        self._worker.submit(messages.ReadList(bundle))

    def read_detail(self, path: str, bundle: ModelBundle) -> None:
        """Ask for all that a model said of a track."""
        self._worker.submit(messages.ReadDetail(path, bundle))

    def forget_all(self) -> None:
        """Drop all results of all models."""
        self._worker.submit(messages.DropAllResults())

    def bring_back(self, aside: Path) -> None:
        """Take back what was forgotten."""
        self._worker.submit(messages.BringBack(aside))

    def begin_step(self, step: int) -> None:
        """Let answers that are replaced from now on be kept for `take_back`."""
        self._step = step
        if self.store is not None:
            self.store.current_step = step
        # In its turn: what was asked for before may still do again what was undone.
        self._worker.submit(messages.ForgetUndone(step))

    def take_back(self, step: int, tracks: Iterable[tuple[str, str]], bundle: ModelBundle, *, is_redone: bool) -> None:
        """Let answers, given by path and identity, be those from before a step, or if it `is_redone` from after it."""
        self._worker.submit(messages.TakeBack(step, tuple(tracks), bundle, is_redone))

    def read_rows(self, paths: Iterable[str], bundle: ModelBundle) -> None:
        """Ask what a model made of some files of the list."""
        self._worker.submit(messages.ReadRows(tuple(paths), bundle))

    def save(self, results: Iterable[TrackResult], bundle: ModelBundle) -> None:
        """Keep results that a run could not."""
        self.is_behind = True
        self._worker.submit(messages.SaveResults(tuple(results), bundle))

    def add(self, paths: Iterable[str]) -> None:
        """Put paths on the list."""
        self._worker.submit(messages.AddToList(tuple(paths)))

    def take_off(self, paths: Iterable[str] | None) -> None:
        """Take paths off the list; None for all."""
        self._worker.submit(messages.RemoveFromList(None if paths is None else tuple(paths)))

    def arrange(self, paths: Iterable[str]) -> None:
        """Keep the list in this order."""
        self._worker.submit(messages.Arrange(tuple(paths)))

    def set_by_hand(
        self, tracks: Iterable[tuple[str, str | None]], genre: str | None, earlier: messages.EarlierByHand
    ) -> None:
        """Keep a genre by hand of files, given with their identities where those are known.

        `earlier` gets what was kept before, for `give_back_by_hand`; nobody else looks at it.
        """
        self._worker.submit(messages.SetByHand(tuple(tracks), genre, earlier))
        self._back_up_soon()

    def give_back_by_hand(self, earlier: messages.EarlierByHand) -> None:
        """Keep the genres by hand that were kept before."""
        self._worker.submit(messages.GiveBackByHand(earlier))
        self._back_up_soon()

    def _back_up_soon(self) -> None:
        if not self._backup_soon.isActive():
            self._backup_soon.start()

    def _back_up(self) -> None:
        self._backup_soon.stop()
        self._worker.submit(messages.BackUp())

    def _catch_up(self) -> None:
        self._catch_up_soon.stop()
        self._worker.submit(messages.CatchUp())

    def stop(self) -> None:
        """Let the thread end once all that is to be kept is kept."""
        if self.is_behind:
            self._catch_up()
        if self._backup_soon.isActive():
            self._back_up()
        self._work.hurry()
        self._worker.drain()

    def shutdown(self) -> bool:
        """Wait for that, then close the store; False when it would not end."""
        has_ended = self._worker.shutdown()
        if has_ended:
            self._work.close()
        return has_ended

    def _hear(self, news: object) -> None:
        match news:
            case messages.StoreOpened(store, problem):
                self.store = store
                store.current_step = self._step
                self.opened.emit(store)
                self._tell(problem)
            case messages.StoreHeld():
                self.message.emit(tr("Another program holds the results of earlier runs. Waiting until it lets go …"))
            case messages.ListPart():
                self.list_part.emit(news)
            case messages.ListRead(_, problem):
                self._n_questions -= 1
                self.list_read.emit(news)
                self._tell(problem)
                if not self._has_checked:  # the list goes first
                    self._has_checked = True
                    self._worker.submit(messages.Check())
            case messages.AllResultsDropped():
                self.all_forgotten.emit(news)
            case messages.ByHandKept(_, _, problem):
                self.by_hand_kept.emit(news)
                self._tell(problem)
            case messages.BroughtBack():
                self.brought_back.emit(news)
            case messages.TakenBack():
                self.taken_back.emit(news)
            case messages.Behind(is_behind):
                self.is_behind = is_behind
                if is_behind:
                    self._catch_up_soon.start()
                else:
                    self._back_up_soon()
                    if self.is_lasting:
                        self.message.emit(tr("What could not be kept before is kept now."))
            case messages.Mended(what):
                self.mended.emit(what)
            case TrackResult():
                self.detail_read.emit(news)

    def _tell(self, problem: GenreDesktopError | None) -> None:
        if problem is not None:
            self.message.emit(error_message(problem))
