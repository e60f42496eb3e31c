"""The track that the canvas and the prediction panel show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from genre_desktop.core.lru_cache import LruCache
from genre_desktop.gui.session.classification_queue import ClassificationQueue
from genre_desktop.gui.session.model_loader import ModelLoader
from genre_desktop.gui.session.store.store_client import StoreClient
from genre_desktop.gui.session.track_reader import TrackReader
from genre_desktop.gui.session.whole_track_pass import WholeTrackPass
from genre_desktop.gui.tracks.track import Track
from genre_desktop.gui.tracks.track_model import TrackModel

if TYPE_CHECKING:
    from genre_desktop.audio.picture.track_picture import TrackPicture
    from genre_desktop.library.result import TrackResult
    from genre_desktop.model.prediction import Prediction

_PREDICTIONS = 64


class SelectedTrack(QObject):
    """The selected track: its picture, its prediction, and the pass over all of it.

    The table holds a summary of each track; whole predictions are cached here for the last tracks, and read from the
    store for a track that is selected later.

    Attributes
    ----------
    track : Track or None
    whole_pass : WholeTrackPass
    """

    shown_changed = Signal(object)  # Track or None, before its result and its picture
    # Track or None, Prediction or None: selected, or with a new result or state.
    result_changed = Signal(object, object)
    picture_changed = Signal(object)  # TrackPicture

    def __init__(
        self,
        tracks: TrackModel,
        queue: ClassificationQueue,
        store_client: StoreClient,
        loader: ModelLoader,
        reader: TrackReader,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._tracks = tracks
        self._queue = queue
        self._store_client = store_client
        self._loader = loader
        self._reader = reader
        self._predictions: LruCache[Prediction] = LruCache(_PREDICTIONS)
        self.track: Track | None = None
        self.whole_pass = WholeTrackPass(queue, self)
        reader.read.connect(self._on_picture)
        store_client.detail_read.connect(self._on_detail)

    def show(self, track: Track | None) -> None:
        """Select a track, or none."""
        self.track = track
        self.shown_changed.emit(track)
        self.result_changed.emit(track, self.prediction)
        if track is None:
            self.whole_pass.cancel()
            self._reader.show(None)
        else:
            self.reload()

    def refresh(self) -> None:
        """Emit the result of the track, if one is selected, as it is now."""
        if self.track is not None:
            self.result_changed.emit(self.track, self.prediction)

    def reload(self) -> None:
        """Read the picture of the track, and let it be classified before the others of the queue, or else in full."""
        if self.track is not None:
            self.whole_pass.cancel()
            self._queue.prioritise(self.track)
            self.start_whole_pass()
            self.read_prediction()
            self._reader.show(self.track.path)

    def start_whole_pass(self) -> None:
        """Score every patch of the track, if its answer rests on some of them."""
        if self.track is not None:
            self.whole_pass.start(self.track)

    # -- predictions ---------------------------------------------------------------------

    @property
    def prediction(self) -> Prediction | None:
        """Prediction of the track; None where the store has not been read yet, or there is none."""
        return None if self.track is None else self.prediction_of(self.track)

    def prediction_of(self, track: Track) -> Prediction | None:
        """Prediction of any track, if it is cached; one that is not the answer in the table is out of date."""
        cached, answer = self._predictions.get(track.path), track.summary
        if cached is None or answer is None:
            return None
        is_same = (cached.genre, cached.confidence) == (answer.genre, answer.confidence)
        return cached if is_same and cached.is_complete == answer.is_complete else None

    def read_prediction(self) -> None:
        """Ask the store for the prediction of the track, unless it is cached."""
        track, bundle = self.track, self._loader.bundle
        if track is not None and track.is_answered and bundle is not None and self.prediction is None:
            self._store_client.read_detail(track.path, bundle)

    def cache_prediction(self, track: Track, prediction: Prediction | None) -> None:
        """Cache the prediction of any track in place of an earlier one; None has none cached."""
        if prediction is None:
            self._predictions.drop(track.path)
        else:
            self._predictions.put(track.path, prediction)

    def _drop_predictions(self, tracks: Iterable[Track]) -> None:
        for track in tracks:
            self._predictions.drop(track.path)

    def clear_predictions(self) -> None:
        """Drop all cached predictions: another model is used."""
        self._predictions.clear()

    def _on_detail(self, result: TrackResult) -> None:
        track, bundle = self._tracks.find(result.path), self._loader.bundle
        if track is None or bundle is None or result.model != bundle.name or not track.is_answered:
            return
        self.cache_prediction(track, result.prediction)
        if track is self.track:
            self.refresh()

    # -- changes of the list -------------------------------------------------------------

    def update_changed(self, tracks: Sequence[Track]) -> None:
        """Emit the result again, if the track is among those that changed."""
        if self.track in tracks:
            self.refresh()

    def update_restored(self, tracks: Sequence[Track]) -> None:
        """Show the answers of these tracks, which were restored, in place of newer ones."""
        self._drop_predictions(tracks)
        if self.track in tracks:
            self.whole_pass.cancel()  # not started again: its result would replace the restored answer
            self.read_prediction()
            self.refresh()

    def update_dropped(self, tracks: Sequence[Track]) -> None:
        """Show that these tracks have no result any more."""
        self._drop_predictions(tracks)
        self.update_changed(tracks)

    # -- picture -------------------------------------------------------------------------

    def read_picture_again(self, track: Track) -> None:
        """Read the picture of any track anew when it is shown: its file has other sound by now."""
        self._reader.forget(track.path)
        if track is self.track:
            self._reader.show(track.path)

    def _on_picture(self, picture: TrackPicture) -> None:
        if self.track is not None and self.track.path == picture.path:
            self.picture_changed.emit(picture)
