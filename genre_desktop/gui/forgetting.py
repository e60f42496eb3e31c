"""Results that the store is to forget: of tracks that are classified again, or all there are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from genre_desktop.errors import GenreDesktopError
from genre_desktop.gui.kept import Kept
from genre_desktop.gui.latest import Latest
from genre_desktop.gui.names import sentence
from genre_desktop.gui.run import Run
from genre_desktop.gui.track import State, Track
from genre_desktop.gui.tracks import TrackModel
from genre_desktop.i18n import tr

if TYPE_CHECKING:
    from genre_desktop.model.bundle import ModelBundle
    from genre_desktop.model.prediction import Prediction


class Forgetting(QObject):
    """Lets results go, from the store and from the table, and queues anew what is wanted again.

    Attributes
    ----------
    to_redo : set of Track
        What the store knows of them is about to be forgotten.
    """

    said = Signal(str)
    all_gone = Signal()  # from the table too

    def __init__(
        self, tracks: TrackModel, run: Run, kept: Kept, predictions: Latest[Prediction], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._tracks = tracks
        self._run = run
        self._kept = kept
        self._predictions = predictions
        self.to_redo: set[Track] = set()
        kept.forgotten.connect(self._on_forgotten)
        kept.all_forgotten.connect(self._on_all_forgotten)

    def redo(self, tracks: Iterable[Track], bundle: ModelBundle) -> None:
        """Classify tracks again, once the store has forgotten them."""
        again = list(tracks)
        for track in again:
            self._predictions.drop(track.path)
        self._tracks.set_state(again, State.WAITING)
        self.to_redo.update(again)
        self._run.completer.cancel()
        self._kept.forget((track.path for track in again), bundle)

    def forget_all(self) -> None:
        """Drop all results that are kept, of every model; genres by hand stay."""
        self._run.completer.cancel()
        self._kept.forget_all()

    def _on_forgotten(self, paths: tuple[str, ...]) -> None:
        # Those that were stopped or taken off meanwhile are not wanted any more.
        found = [track for path in paths if (track := self._tracks.find(path)) is not None]
        wanted = [track for track in found if track in self.to_redo]
        self.to_redo.difference_update(wanted)
        self._run.add(wanted)

    def _on_all_forgotten(self, problem: GenreDesktopError | None) -> None:
        if problem is not None:
            self.said.emit(sentence(problem))
            return
        done = [track for track in self._tracks.tracks() if not self._run.awaits(track)]
        for track in done:
            self._predictions.drop(track.path)
        self._tracks.set_state(done, State.STOPPED)
        self.said.emit(tr("All results are forgotten."))
        self.all_gone.emit()
