"""What a person changes of the list, and the undo history of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from genre_desktop.core.i18n import tr
from genre_desktop.gui.session.changes.list_editor import ListEditor
from genre_desktop.gui.session.changes.undo_steps import ClassifyAgain, DropResults, RemoveTracks, SetByHand, UndoStep
from genre_desktop.gui.session.classification_queue import ClassificationQueue
from genre_desktop.gui.session.store.list_restorer import ListRestorer
from genre_desktop.gui.session.store.messages import AllResultsDropped, ResultsRestored
from genre_desktop.gui.session.store.store_client import StoreClient
from genre_desktop.gui.text.display import displayable, error_message
from genre_desktop.gui.text.formatting import count_tracks
from genre_desktop.gui.tracks.track import State, Track
from genre_desktop.gui.tracks.track_model import TrackModel
from genre_desktop.library.result import TrackResult

if TYPE_CHECKING:
    from genre_desktop.model.bundles.bundle import ModelBundle

_UNDO_LIMIT = 50
"""Number of steps that can be undone."""


class ListChanges(QObject):
    """Changes of the list, its genres by hand and its answers, all of which can be undone.

    Nothing that a person does here is final: a removed track comes back with its answer, and an answer is dropped only
    when a newer one is there.
    """

    message = Signal(str)
    results_dropped = Signal(object)  # list of Track that have no result any more
    undo_changed = Signal(object, object)  # names of the steps to undo and to redo, or None

    def __init__(
        self,
        tracks: TrackModel,
        queue: ClassificationQueue,
        store_client: StoreClient,
        restorer: ListRestorer,
        editor: ListEditor,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tracks = tracks
        self._queue = queue
        self._store_client = store_client
        self._restorer = restorer
        self._editor = editor
        self._stack = QUndoStack(self)
        self._stack.setUndoLimit(_UNDO_LIMIT)
        self._stack.indexChanged.connect(self.emit_undo)
        self._n_again = 0
        self._n_by_hand = 0
        store_client.all_results_dropped.connect(self._on_all_results_dropped)
        store_client.results_restored.connect(self._on_results_restored)

    # -- changes -------------------------------------------------------------------------

    def remove(self, tracks: Iterable[Track]) -> None:
        """Remove tracks from the list; their files stay."""
        gone = list(tracks)
        if not gone:
            return
        is_all = len(gone) == len(self._tracks)
        self._stack.push(RemoveTracks(self._editor, gone, is_all=is_all))
        removed = count_tracks(len(gone))
        if is_all:
            self.message.emit(tr("The list was cleared. Undo (Ctrl+Z) brings {tracks} back.", tracks=removed))
        else:
            self.message.emit(
                tr("Removed {tracks} from the list. Undo (Ctrl+Z) brings back what was removed.", tracks=removed)
            )

    def classify_again(self, tracks: Iterable[Track]) -> None:
        """Queue tracks in spite of their results, which stay until there are newer ones."""
        if (bundle := self._editor.bundle) is not None:
            self._n_again += 1
            self._store_client.begin_step(self._n_again)
            self._stack.push(ClassifyAgain(self._editor, tracks, bundle, self._n_again))

    def set_by_hand(self, tracks: Iterable[Track], genre: str | None) -> None:
        """Give tracks a genre by hand, which no run overwrites; None goes back to the answer of the model."""
        chosen = list(tracks)
        # Other copies of the same sound get it too, as in the store.
        identities = {track.identity for track in chosen} - {None}
        same = [track for track in self._tracks.tracks() if track.identity in identities]
        if chosen:
            self._n_by_hand += 1
            affected = dict.fromkeys((*chosen, *same))
            self._stack.push(SetByHand(self._editor, chosen, affected, genre, self._n_by_hand))

    def drop_all_results(self) -> None:
        """Drop the results of all models; genres by hand stay."""
        self._queue.cancel_full_run()
        self._store_client.drop_all_results(self._tracks.revision)

    def is_in_use(self, bundle: ModelBundle) -> bool:
        """Whether the list shows answers of a model."""
        return self._editor.is_in_use(bundle)

    def accepts(self, result: TrackResult, bundle: ModelBundle | None = None) -> bool:
        """Note which earlier answers a new result replaces, and say whether it counts: see `ListEditor.accepts`.

        Parameters
        ----------
        result : TrackResult
        bundle : ModelBundle, optional
            Whose result; that in use by default.
        """
        if (bundle := bundle or self._editor.bundle) is None:
            return True
        if result.prediction is not None and result.facts is not None and not result.is_stored:
            for index in range(self._stack.index()):
                step = self._step(index)
                if isinstance(step, ClassifyAgain) and step.bundle.fingerprint == bundle.fingerprint:
                    step.note_replaced(str(result.path), result.facts)
        return self._editor.accepts(result, bundle)

    # -- undo and redo -------------------------------------------------------------------

    def emit_undo(self) -> None:
        """Emit what can be undone and redone now: a step is spent once its tracks are done without a newer answer."""
        self.undo_changed.emit(self.undo_text, self.redo_text)

    @property
    def undo_text(self) -> str | None:
        """Name of the step that would be undone; None where there is none."""
        step = self._step(self._last_index())
        return None if step is None else step.text()

    @property
    def redo_text(self) -> str | None:
        """Name of the step that would be redone; None where there is none."""
        return self._stack.redoText() if self._stack.canRedo() else None

    def undo(self) -> None:
        """Undo the last step that is not spent."""
        last = self._last_index()
        step = self._step(last)
        if step is not None:
            text = step.text()
            self._stack.setIndex(last)  # those above it are spent
            if isinstance(step, ClassifyAgain) and not self._editor.is_in_use(step.bundle):
                model = displayable(step.bundle.name)
                self.message.emit(tr("Undone: {what}. Those are answers of {model}.", what=text, model=model))
            else:
                self.message.emit(tr("Undone: {what}.", what=text))

    def redo(self) -> None:
        """Redo the step that was undone last."""
        text = self.redo_text
        if text is not None:
            self._stack.redo()
            self.message.emit(tr("Done again: {what}.", what=text))

    def restore_late(self) -> None:
        """Restore earlier answers once more where steps are undone: the store may have got newer ones only since."""
        for index in range(self._stack.count() - 1, self._stack.index() - 1, -1):
            if isinstance(step := self._step(index), ClassifyAgain) and step.undone:
                self._editor.restore_answers(step, step.undone)

    def _last_index(self) -> int:
        index = self._stack.index() - 1
        while (step := self._step(index)) is not None and step.is_spent:
            index -= 1
        return index

    def _step(self, index: int) -> UndoStep | None:
        command = self._stack.command(index) if index >= 0 else None
        return command if isinstance(command, UndoStep) else None

    # -- dropped results -----------------------------------------------------------------

    def _on_all_results_dropped(self, answer: AllResultsDropped) -> None:
        if answer.problem is not None:
            self.message.emit(error_message(answer.problem))
            return
        tracks = list(self._tracks.tracks())
        pending = [track for track in tracks if self._queue.is_pending(track)]  # queued meanwhile
        for state in {track.state for track in pending}:
            self._tracks.drop_results([track for track in pending if track.state is state], state)
        self._tracks.drop_results([track for track in tracks if not self._queue.is_pending(track)], State.STOPPED)
        if answer.aside is None:
            self.message.emit(tr("All results are forgotten."))
        else:
            self._stack.push(DropResults(self._editor, answer.aside))
            self.message.emit(
                tr("All results are forgotten. Undo (Ctrl+Z) brings them back until the window is closed.")
            )
        self.results_dropped.emit(tracks)
        late = [track.path for track in tracks if track.revision > answer.revision]
        if late and self._editor.bundle is not None:  # they may have been stored after that
            self._store_client.read_rows(late, self._editor.bundle, self._tracks.revision)

    def _on_results_restored(self, answer: ResultsRestored) -> None:
        bundle = self._editor.bundle
        if answer.problem is not None:
            self._stack.push(DropResults(self._editor, answer.aside))  # to be tried again
            self.message.emit(error_message(answer.problem))
        elif bundle is not None:
            self._restorer.read(bundle)
