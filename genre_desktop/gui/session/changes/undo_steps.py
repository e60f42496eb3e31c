"""Steps that can be undone, one class each, for Qt's undo stack."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtGui import QUndoCommand

from genre_desktop.core.i18n import tr
from genre_desktop.gui.text.formatting import count_tracks
from genre_desktop.gui.tracks.track import Track

if TYPE_CHECKING:
    from pathlib import Path

    from genre_desktop.gui.session.changes.list_changes import ListChanges
    from genre_desktop.gui.session.scan_task import ScanRequest
    from genre_desktop.gui.session.store.messages import EarlierByHand
    from genre_desktop.model.bundles.bundle import ModelBundle


class UndoStep(QUndoCommand):
    """A change of the list; its text names it in the menu."""

    def __init__(self, changes: ListChanges, text: str) -> None:
        super().__init__(text)
        self._changes = changes

    @property
    def is_spent(self) -> bool:
        """Whether there is nothing left of it to undo."""
        return False


class RemoveTracks(UndoStep):
    """Tracks taken off the list; undone, they are back at their places with all that was known of them.

    Folders that were being looked through when the list was cleared are looked through then, from their beginning.
    """

    def __init__(self, changes: ListChanges, tracks: Iterable[Track], *, is_all: bool) -> None:
        gone = sorted(tracks, key=lambda track: track.number)
        super().__init__(
            changes,
            tr("clearing the list") if is_all else tr("removing {tracks}", tracks=count_tracks(len(gone))),
        )
        self._removed = [(track.number, track) for track in gone]
        self._model = changes.model
        self._scans: tuple[ScanRequest, ...] = ()

    def redo(self) -> None:
        self._model = self._changes.model
        self._scans = self._changes.take_off([track for _, track in self._removed])

    def undo(self) -> None:
        self._changes.put_back(self._removed, self._model, self._scans)


class SetByHand(UndoStep):
    """A genre given by hand, with what copies of the same sound had before."""

    def __init__(self, changes: ListChanges, tracks: list[Track], affected: Iterable[Track], genre: str | None) -> None:
        super().__init__(changes, tr("genre by hand of {tracks}", tracks=count_tracks(len(tracks))))
        self._tracks = [(track.path, track.identity) for track in tracks]
        self._before = [(track.path, track.by_hand) for track in affected]
        self._genre = genre
        self._earlier: EarlierByHand = {}

    def redo(self) -> None:
        self._changes.give_by_hand(self._tracks, [path for path, _ in self._before], self._genre, self._earlier)

    def undo(self) -> None:
        self._changes.give_back_by_hand(self._before, self._earlier)


class ClassifyAgain(UndoStep):
    """Tracks classified anew; undone, those that are done have their earlier answers, and the others stay as they are.

    Done again, what had been done has its newer answers, without being listened to once more, and the others are
    queued.

    Attributes
    ----------
    tracks : set of Track
    number : int
        By which the store knows what was replaced.
    model : ModelBundle
        Whose answers are replaced; those of other models are not touched.
    """

    def __init__(self, changes: ListChanges, tracks: Iterable[Track], model: ModelBundle, number: int) -> None:
        ordered = list(tracks)
        super().__init__(changes, tr("classifying {tracks} again", tracks=count_tracks(len(ordered))))
        self.tracks: set[Track] = set(ordered)
        self.number = number
        self.model = model
        self._by_path = {track.path: track for track in ordered}
        self._left = dict.fromkeys(ordered)
        self._undone: set[Track] | None = None
        self._has_replaced = False

    def redo(self) -> None:
        self._left = dict.fromkeys(track for track in self._left if self._changes.is_listed(track))
        if self._undone is not None:
            self._changes.take_back(self, self._undone, is_redone=True)
        if self._changes.is_in_use(self.model):
            self._changes.queue_again(list(self._left))

    def undo(self) -> None:
        if self.is_spent:
            self.setObsolete(True)
            return
        self._left = dict.fromkeys(track for track in self._left if self._is_awaited(track))
        self._undone = self.tracks.difference(self._left)
        self._changes.take_from_queue(self, self._left)
        self._changes.take_back(self, self._undone)

    def note_replaced(self, path: str, identity: str) -> None:
        """An answer is replaced by a newer one, also of a track that has been taken off the list meanwhile."""
        track = self._by_path.get(path)
        if track is not None and track.is_answered and track.identity == identity:
            self._has_replaced = True
            self._left.pop(track, None)  # it may be looked up once more

    def note_late(self, track: Track) -> None:
        """A track was under way when this was undone, and is done by now."""
        if self._undone is not None:
            self._left.pop(track, None)
            self._undone = {*self._undone, track}

    @property
    def is_spent(self) -> bool:
        while self._left and not self._is_awaited(next(reversed(self._left))):
            self._left.popitem()
        return not self._left and not self._has_replaced

    def _is_awaited(self, track: Track) -> bool:
        # What another model is to hear has nothing to do with this.
        return self._changes.is_in_use(self.model) and self._changes.is_awaited(track)


class ForgetResults(UndoStep):
    """All results let go, as long as the copy that was made of them is there; it cannot be done again unasked."""

    def __init__(self, changes: ListChanges, aside: Path) -> None:
        super().__init__(changes, tr("forgetting all results"))
        self._aside = aside

    def redo(self) -> None:
        """It has been done when the step is made."""

    def undo(self) -> None:
        self._changes.bring_back(self._aside)
        self.setObsolete(True)
