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

    from genre_desktop.gui.session.changes.list_editor import ListEditor
    from genre_desktop.gui.session.scan_task import ScanRequest
    from genre_desktop.library.result import FileFacts
    from genre_desktop.model.bundles.bundle import ModelBundle


class UndoStep(QUndoCommand):
    """A change of the list; the menu shows its text."""

    def __init__(self, editor: ListEditor, text: str) -> None:
        super().__init__(text)
        self._editor = editor

    @property
    def is_spent(self) -> bool:
        """Whether nothing is left to undo."""
        return False


class RemoveTracks(UndoStep):
    """Tracks removed from the list; undo puts them back at their places with their results.

    If clearing the list interrupted scans, undo starts them again from the beginning.
    """

    def __init__(self, editor: ListEditor, tracks: Iterable[Track], *, is_all: bool) -> None:
        gone = sorted(tracks, key=lambda track: track.number)
        super().__init__(
            editor,
            tr("clearing the list") if is_all else tr("removing {tracks}", tracks=count_tracks(len(gone))),
        )
        self._removed = [(track.number, track) for track in gone]
        self._bundle = editor.bundle
        self._scans: tuple[ScanRequest, ...] = ()

    def redo(self) -> None:
        self._bundle = self._editor.bundle
        self._scans = self._editor.remove([track for _, track in self._removed])

    def undo(self) -> None:
        self._editor.put_back(self._removed, self._bundle, self._scans)


class SetByHand(UndoStep):
    """A genre given by hand to tracks, and to those of the list with the same sound.

    Parameters
    ----------
    editor : ListEditor
    tracks : list of Track
        Those that a person chose.
    affected : iterable of Track
        Those, and copies of the same sound.
    genre : str or None
    change : int
        Number by which the store restores what it had before.
    """

    def __init__(
        self, editor: ListEditor, tracks: list[Track], affected: Iterable[Track], genre: str | None, change: int
    ) -> None:
        super().__init__(editor, tr("genre by hand of {tracks}", tracks=count_tracks(len(tracks))))
        self._tracks = [(track.path, track.identity) for track in tracks]
        self._before = [(track.path, track.by_hand) for track in affected]
        self._genre = genre
        self._change = change

    def redo(self) -> None:
        self._editor.set_by_hand(self._tracks, [path for path, _ in self._before], self._genre, self._change)

    def undo(self) -> None:
        self._editor.restore_by_hand(self._before, self._change)


class ClassifyAgain(UndoStep):
    """Tracks classified again.

    Undo restores the earlier answers of those that are done, and takes the others out of the queue. Redo restores the
    newer answers of those that were done, without classifying them once more, and queues the others.

    Attributes
    ----------
    tracks : frozenset of Track
    number : int
        Number by which the store restores replaced answers.
    bundle : ModelBundle
        Model whose answers are replaced; those of other models are not changed.
    undone : frozenset of Track or None
        Tracks whose earlier answers were restored when this was undone.
    """

    def __init__(self, editor: ListEditor, tracks: Iterable[Track], bundle: ModelBundle, number: int) -> None:
        ordered = list(tracks)
        super().__init__(editor, tr("classifying {tracks} again", tracks=count_tracks(len(ordered))))
        self.tracks = frozenset(ordered)
        self.number = number
        self.bundle = bundle
        self._by_path = {track.path: track for track in ordered}
        self._left = dict.fromkeys(ordered)  # those without a newer answer
        self._answered = {track for track in ordered if track.is_answered}
        self.undone: frozenset[Track] | None = None
        self._has_replaced = False

    def redo(self) -> None:
        self._left = dict.fromkeys(track for track in self._left if self._editor.is_listed(track))
        if self.undone is not None:
            self._editor.restore_answers(self, self.undone, is_redone=True)
        if self._editor.is_in_use(self.bundle):
            self._editor.queue_again(list(self._left))

    def undo(self) -> None:
        if self.is_spent:
            self.setObsolete(True)
            return
        pending = {track for track in self.tracks if self._is_pending(track)}
        self._left = dict.fromkeys(track for track in self._left if track in pending)
        self.undone = self.tracks.difference(self._left)
        self._editor.dequeue(self, pending)  # also what has a newer answer, as of a pass that ended late
        self._editor.restore_answers(self, self.undone)

    def note_replaced(self, path: str, facts: FileFacts) -> None:
        """Note that a newer answer replaces an earlier one, also of a track that has been removed meanwhile."""
        track = self._by_path.get(path)
        if track is None or track not in self._answered or track.facts is None:
            return
        if facts.has_sound_of(track.facts):
            self._has_replaced = True
            self._left.pop(track, None)  # it may be classified once more

    def note_late(self, track: Track) -> None:
        """Note the answer of a track that was being classified while this step was undone."""
        if self.undone is not None:
            self._left.pop(track, None)
            self.undone |= {track}

    @property
    def is_spent(self) -> bool:
        """Whether all its tracks wait no more and no answer of theirs was replaced."""
        while self._left and not self._is_pending(next(reversed(self._left))):
            self._left.popitem()
        return not self._left and not self._has_replaced

    def _is_pending(self, track: Track) -> bool:
        # Tracks that are queued for another model are not queued by this step.
        return self._editor.is_in_use(self.bundle) and self._editor.is_pending(track)


class DropResults(UndoStep):
    """All results dropped; undo restores them from where they are set aside, once."""

    def __init__(self, editor: ListEditor, aside: Path) -> None:
        super().__init__(editor, tr("forgetting all results"))
        self._aside = aside

    def redo(self) -> None:
        """Do nothing: the results are dropped before the step is made."""

    def undo(self) -> None:
        self._editor.restore_results(self._aside)
        self.setObsolete(True)
