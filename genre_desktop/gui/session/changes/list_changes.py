"""What a person changes of the list and its answers, each change with its way back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from genre_desktop.core.i18n import tr
from genre_desktop.core.lru_cache import LruCache
from genre_desktop.gui.session.changes.undo_steps import ClassifyAgain, ForgetResults, RemoveTracks, SetByHand, UndoStep
from genre_desktop.gui.session.classification_queue import ClassificationQueue
from genre_desktop.gui.session.store.list_restorer import ListRestorer
from genre_desktop.gui.session.store.messages import (
    AllResultsDropped,
    BroughtBack,
    ByHandKept,
    EarlierByHand,
    TakenBack,
)
from genre_desktop.gui.session.store.store_client import StoreClient
from genre_desktop.gui.text.display import displayable, error_message
from genre_desktop.gui.text.formatting import count_tracks
from genre_desktop.gui.tracks.track import State, Track
from genre_desktop.gui.tracks.track_model import TrackModel
from genre_desktop.library.result import TrackResult

if TYPE_CHECKING:
    from pathlib import Path

    from genre_desktop.gui.session.scan_task import ScanRequest
    from genre_desktop.gui.workers.worker import Worker
    from genre_desktop.model.bundles.bundle import ModelBundle
    from genre_desktop.model.prediction import Prediction

_STEPS = 50
"""That can be undone; those before them are kept no longer."""


class ListChanges(QObject):
    """The changes that a person makes to the list, and the way back from each.

    Nothing that a person does here is final: what is taken off comes back with its answers, and an answer
    goes only when a newer one is there.

    Parameters
    ----------
    model : callable
        Gives the model in use.
    """

    message = Signal(str)
    changed = Signal(object)  # list of Track that show something else now
    exchanged = Signal(object)  # list of Track whose answers are earlier ones now, or newer ones again
    emptied = Signal()
    wanted = Signal(object)  # Track to select
    undo_changed = Signal()

    def __init__(
        self,
        tracks: TrackModel,
        run: ClassificationQueue,
        kept: StoreClient,
        predictions: LruCache[Prediction],
        restoration: ListRestorer,
        scanner: Worker,
        model: Callable[[], ModelBundle | None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tracks = tracks
        self._run = run
        self._kept = kept
        self._predictions = predictions
        self._restoration = restoration
        self._scanner = scanner
        self._model = model
        self._stack = QUndoStack(self)
        self._stack.setUndoLimit(_STEPS)
        self._stack.indexChanged.connect(self.undo_changed)
        self._n_again = 0
        self._dropped: dict[Track, ClassifyAgain] = {}  # undone while they may have been under way
        run.told.connect(self._on_told)
        kept.taken_back.connect(self._on_taken_back)
        kept.all_forgotten.connect(self._on_all_forgotten)
        kept.by_hand_kept.connect(self._on_by_hand_kept)
        kept.brought_back.connect(self._on_brought_back)

    # -- what a person does --------------------------------------------------------------

    def remove(self, tracks: Iterable[Track]) -> None:
        """Take tracks off the list; their files stay where they are."""
        gone = list(tracks)
        if not gone:
            return
        is_all = len(gone) == len(self._tracks)
        self._stack.push(RemoveTracks(self, gone, is_all=is_all))
        told = (
            tr("The list was cleared. Undo (Ctrl+Z) brings {tracks} back.", tracks=count_tracks(len(gone)))
            if is_all
            else tr(
                "Removed {tracks} from the list. Undo (Ctrl+Z) brings back what was removed.",
                tracks=count_tracks(len(gone)),
            )
        )
        self.message.emit(told)

    def classify_again(self, tracks: Iterable[Track]) -> None:
        """Queue tracks whatever is known of them; that stays until there is something newer."""
        if (model := self._model()) is not None:
            self._n_again += 1
            self._kept.begin_step(self._n_again)
            self._stack.push(ClassifyAgain(self, tracks, model, self._n_again))

    def set_by_hand(self, tracks: Iterable[Track], genre: str | None) -> None:
        """Give tracks a genre by hand, which no run overwrites; None goes back to what the model says."""
        chosen = list(tracks)
        # Other copies of the same sound follow, here as in the store.
        identities = {track.identity for track in chosen} - {None}
        same = [track for track in self._tracks.tracks() if track.identity in identities]
        if chosen:
            self._stack.push(SetByHand(self, chosen, dict.fromkeys((*chosen, *same)), genre))

    def forget_all(self) -> None:
        """Drop all results that are kept, of every model; genres by hand stay."""
        self._run.completer.cancel()
        self._kept.forget_all()

    # -- undoing -------------------------------------------------------------------------

    @property
    def undo_text(self) -> str | None:
        """What would be undone; None where there is nothing."""
        step = self._step(self._last())
        return None if step is None else step.text()

    @property
    def redo_text(self) -> str | None:
        """What was undone last and can be done again; None where there is nothing."""
        return self._stack.redoText() if self._stack.canRedo() else None

    def undo(self) -> None:
        """Undo the last change of which something is left."""
        last = self._last()
        step = self._step(last)
        if step is not None:
            text = step.text()
            self._stack.setIndex(last)  # those above it are spent
            told = tr("Undone: {what}.", what=text)
            if isinstance(step, ClassifyAgain) and not self.is_in_use(step.model):
                told = tr(
                    "Undone: {what}. Those are answers of {model}.", what=text, model=displayable(step.model.name)
                )
            self.message.emit(told)

    def redo(self) -> None:
        """Do again what was undone last."""
        text = self.redo_text
        if text is not None:
            self._stack.redo()
            self.message.emit(tr("Done again: {what}.", what=text))

    def _last(self) -> int:
        index = self._stack.index() - 1
        while (step := self._step(index)) is not None and step.is_spent:
            index -= 1
        return index

    def _step(self, index: int) -> UndoStep | None:
        command = self._stack.command(index) if index >= 0 else None
        return command if isinstance(command, UndoStep) else None

    # -- what the steps are made of ------------------------------------------------------

    @property
    def model(self) -> ModelBundle | None:
        """Whose answers the list shows."""
        return self._model()

    def is_in_use(self, model: ModelBundle) -> bool:
        """Whether the list shows answers of a model."""
        now = self._model()
        return now is not None and now.fingerprint == model.fingerprint

    def is_listed(self, track: Track) -> bool:
        """Whether a track is on the list."""
        return self._tracks.find(track.path) is track

    def is_awaited(self, track: Track) -> bool:
        """Whether an answer for a track is still to come."""
        return self._run.awaits(track)

    def take_off(self, tracks: list[Track]) -> tuple[ScanRequest, ...]:
        """Take tracks off the list; scans that end with the last of them."""
        gone = [track for track in tracks if self.is_listed(track)]
        self._run.discard(gone)
        self._tracks.remove(gone)
        if len(self._tracks) or not self._restoration.is_done:  # what is not read yet stays on the list
            self._kept.take_off(track.path for track in gone)
        else:
            self._kept.take_off(None)
            self._restoration.give_up()
        if len(self._tracks):
            return ()
        scans = self._scanner.wanted
        self.emptied.emit()
        return scans

    def put_back(
        self, removed: list[tuple[int, Track]], model: ModelBundle | None, scans: Iterable[ScanRequest] = ()
    ) -> None:
        """Take tracks in again, with the answers that they had if the model is still the same, and go on with scans."""
        for scan in scans:
            self._scanner.submit(scan)
        back = self._tracks.put_back(removed)
        now = self._model()
        self._kept.arrange(track.path for track in self._tracks.tracks())
        if now is not None and now is not model:
            self._tracks.drop_results(back, State.STOPPED)
            self._restoration.read(now)
        elif under_way := [track for track in back if track.state in (State.WAITING, State.WORKING)]:
            self._tracks.settle(under_way)
            if now is not None:  # of one that was done meanwhile the store has a newer answer
                self._kept.read_rows((track.path for track in under_way), now)
        self.changed.emit(back)
        if back:
            self.wanted.emit(back[0])

    def give_by_hand(
        self,
        tracks: Iterable[tuple[str, str | None]],
        affected: Iterable[str],
        genre: str | None,
        earlier: EarlierByHand,
    ) -> None:
        """Set a genre by hand, and note in `earlier` what the store had."""
        rows = self._found(affected)
        self._tracks.set_by_hand(rows, genre)
        self._kept.set_by_hand(tracks, genre, earlier)
        self.changed.emit(rows)

    def give_back_by_hand(self, before: Iterable[tuple[str, str | None]], earlier: EarlierByHand) -> None:
        """Let tracks have the genres by hand that they had, in the list and in the store."""
        pairs = list(before)
        for genre in {genre for _, genre in pairs}:
            self._tracks.set_by_hand(self._found(path for path, had in pairs if had == genre), genre)
        # What it was nobody knew: whoever looks at the file finds it in the store.
        self._tracks.ask_by_hand(track for track in self._found(path for path, _ in pairs) if track.identity is None)
        self._kept.give_back_by_hand(earlier)
        self.changed.emit(self._found(path for path, _ in pairs))

    def _on_by_hand_kept(self, news: ByHandKept) -> None:
        """Show what the store has: of a file that was not looked at before it knows better."""
        rows: dict[str | None, list[Track]] = {}
        for track in self._tracks.tracks():
            if (identity := track.identity) in news.genres and track.by_hand != news.genres[identity]:
                rows.setdefault(news.genres[identity], []).append(track)
        rows.setdefault(None, []).extend(self._found(news.refused))
        for genre, tracks in rows.items():
            self._tracks.set_by_hand(tracks, genre)
            self.changed.emit(tracks)

    def queue_again(self, tracks: list[Track]) -> None:
        """Let tracks be classified in spite of what is shown of them."""
        self._run.completer.cancel()
        self._tracks.set_state(tracks, State.WAITING)
        known = [track for track in tracks if track.is_answered or track.error is not None]
        self._run.add(known, afresh=True)
        self._run.add(tracks)  # of the others the store may have an answer that was not asked for yet
        self.changed.emit(tracks)

    def take_from_queue(self, step: ClassifyAgain, tracks: Iterable[Track]) -> None:
        """Leave tracks that wait to be classified again as they are."""
        left = [track for track in tracks if self._run.awaits(track)]
        self._dropped.update(dict.fromkeys(step.tracks, step))  # the answer of one that is done may be on its way
        self._run.discard(left)
        self._tracks.settle(left)
        self.changed.emit(left)

    def take_back(self, step: ClassifyAgain, tracks: Iterable[Track], *, is_redone: bool = False) -> None:
        """Let tracks have the answers from before a step, or, if it `is_redone`, those from after it."""
        self._run.completer.cancel()
        if is_redone:
            for track in step.tracks:
                self._dropped.pop(track, None)
        known = [(track.path, track.identity) for track in tracks if track.identity is not None]
        self._kept.take_back(step.number, known, step.model, is_redone=is_redone)

    def refuses(self, track: Track, result: TrackResult) -> bool:
        """Whether a new answer is not wanted: it was undone while the track was under way. The earlier one stays."""
        step = None if result.is_stored else self._dropped.pop(track, None)
        if step is None or self._run.awaits(track):
            return False
        step.note_late(track)
        self.take_back(step, [track])  # the run has kept it
        return True

    def _on_told(self, news: object) -> None:
        if not isinstance(news, TrackResult) or news.prediction is None or news.facts is None or news.is_stored:
            return
        for index in range(self._stack.index()):
            step = self._step(index)
            if isinstance(step, ClassifyAgain) and self.is_in_use(step.model):
                step.note_replaced(str(news.path), news.facts.identity)

    def _on_taken_back(self, news: TakenBack) -> None:
        if news.is_lacking:
            self.message.emit(tr("Not all earlier answers could be kept for Undo: some tracks have the newer one."))
        if not self.is_in_use(news.bundle):
            return
        found = [(track, row) for row in news.rows if (track := self._tracks.find(row[0])) is not None]
        found = [(track, row) for track, row in found if not self._run.redoes(track)]
        self._tracks.set_summaries(row for _, row in found)
        for track, _ in found:
            self._predictions.drop(track.path)
        self.exchanged.emit([track for track, _ in found])

    def bring_back(self, aside: Path) -> None:
        """Take results back that were forgotten."""
        self._kept.bring_back(aside)

    def _found(self, paths: Iterable[str]) -> list[Track]:
        return [track for path in paths if (track := self._tracks.find(path)) is not None]

    # -- forgetting ----------------------------------------------------------------------

    def _on_all_forgotten(self, news: AllResultsDropped) -> None:
        aside = news.aside
        if news.problem is not None:
            self.message.emit(error_message(news.problem))
            return
        done = [track for track in self._tracks.tracks() if not self._run.awaits(track)]
        for track in done:
            self._predictions.drop(track.path)
        self._tracks.drop_results(done, State.STOPPED)
        if aside is None:
            self.message.emit(tr("All results are forgotten."))
        else:
            self._stack.push(ForgetResults(self, aside))
            self.message.emit(
                tr("All results are forgotten. Undo (Ctrl+Z) brings them back until the window is closed.")
            )
        self.changed.emit(done)

    def _on_brought_back(self, news: BroughtBack) -> None:
        model = self._model()
        if news.problem is not None:
            self._stack.push(ForgetResults(self, news.aside))  # to be tried again
            self.message.emit(error_message(news.problem))
        elif model is not None:
            self._restoration.read(model)
