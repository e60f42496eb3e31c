"""Reads the track that is looked at, in a process of its own; the last few pictures are kept."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from genre_desktop.audio.picture.track_picture import (
    AskPicture,
    AskSamples,
    AskTiles,
    LeaveTrack,
    PictureConfig,
    Samples,
    ShowTrack,
    TileKey,
    TileMade,
    TrackFailed,
    TrackPicture,
)
from genre_desktop.core.errors import DecoderCrashedError, DecoderStuckError
from genre_desktop.core.i18n import tr
from genre_desktop.core.lru_cache import LruCache

_KEPT = 8
_SILENCE_S = 20
"""As long as the engine waits for a decoder: a slow drive is no hanging one."""

_MOST_FALLS = 2
"""Once may have been chance."""

_DELIVERY_S = 0.005


class Source(Protocol):
    """The near end of the reading process, such as `genre_desktop.core.child_process.ChildProcess`."""

    def send(self, message: object) -> None:
        """Ask something; not waited for."""

    def close(self) -> None:
        """End it."""


OpenSource = Callable[[Callable[[object], None], Callable[[], None]], Source]
"""Starts a reading process; told where its messages go, and what to call when it falls."""


class TrackReader(QObject):
    """Picture, tiles and samples of one track at a time.

    A process that falls or hangs takes the answer about its track along, and is replaced when something is next
    asked for.
    """

    read = Signal(object)  # TrackPicture, of a part of the track or of all
    failed = Signal(object)  # GenreDesktopError
    tile_made = Signal(object)  # TileMade
    samples_made = Signal(object)  # Samples
    _posted = Signal()

    def __init__(self, open_source: OpenSource, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open_source = open_source
        self._source: Source | None = None
        self._pictures: LruCache[TrackPicture] = LruCache(_KEPT)
        self._config = PictureConfig()
        self._ticket = 0
        self._path: str | None = None
        self._is_reading = False
        self._is_shut = False
        self._n_falls = 0  # of processes that were asked for its details
        self._generation = 0
        self._heard_at = 0.0
        self._inbox: deque[tuple[int, object]] = deque()
        self._posted.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._again = QTimer(self, singleShot=True, interval=0)
        self._again.timeout.connect(self._deliver)
        self._watch = QTimer(self, interval=1_000)
        self._watch.timeout.connect(self._look_after)

    def prepare(self) -> None:
        """Start the process, so that the first track need not wait for it."""
        if self._source is None and not self._is_shut:
            self._generation += 1
            generation = self._generation
            self._source = self._open_source(
                lambda message: self._post(generation, message), lambda: self._post(generation, None)
            )

    @property
    def is_reading(self) -> bool:
        """Whether more of the track is to come."""
        return self._is_reading

    def show(self, path: str | None) -> None:
        """Read another track, or none; the one before is given up."""
        self._ticket += 1
        self._path = path
        self._is_reading = False
        self._n_falls = 0
        if path is None:
            self._watch.stop()
            if self._source is not None:
                self._source.send(LeaveTrack(self._ticket))
            return
        kept = self._pictures.get(path)
        if kept is not None and kept.config == self._config:
            self._ask(ShowTrack(self._ticket, path, self._config, is_known=True))
            self.read.emit(kept)
        else:
            self._read(path)

    def forget(self, path: str) -> None:
        """Read a track anew when it is next looked at."""
        self._pictures.drop(path)

    def ask_tiles(self, config: PictureConfig, keys: Sequence[TileKey]) -> None:
        """Compute tiles of the track, in this order, instead of those asked for before."""
        if self._path is not None and self._n_falls < _MOST_FALLS:
            self._ask(AskTiles(self._ticket, config, tuple(keys)))

    def ask_samples(self, start_s: float, end_s: float) -> None:
        """Give the samples of a short stretch of the track."""
        if self._path is not None and self._n_falls < _MOST_FALLS:
            self._ask(AskSamples(self._ticket, start_s, end_s))

    def use(self, config: PictureConfig) -> None:
        """Make pictures in this way from now on, and the one that is shown, if it is another."""
        if config != self._config:
            self.ask_picture(config)

    def ask_picture(self, config: PictureConfig) -> None:
        """Make this picture, and those to come, in another way."""
        self._config = config
        self._n_falls = 0
        self._pictures.clear()
        if self._path is not None:
            self._expect()
            self._ask(AskPicture(self._ticket, config))

    def stop(self) -> None:
        """Give up what is under way, for good."""
        self._is_shut = True
        self._path = None
        self._watch.stop()

    def shutdown(self) -> bool:
        """End the process and wait for it."""
        self.stop()
        source, self._source = self._source, None
        if source is not None:
            source.close()
        self._again.stop()
        self._inbox.clear()
        return True

    # -- asking --------------------------------------------------------------------------

    def _read(self, path: str) -> None:
        self._expect()
        self._ask(ShowTrack(self._ticket, path, self._config))

    def _expect(self) -> None:
        self._is_reading = True
        self._heard_at = time.monotonic()
        self._watch.start()

    def _ask(self, message: object) -> None:
        if self._is_shut:
            return
        is_new = self._source is None
        self.prepare()
        assert self._source is not None
        if is_new and self._path is not None and not isinstance(message, ShowTrack):
            # It knows nothing of the track that its forerunner had open.
            self._source.send(ShowTrack(self._ticket, self._path, self._config, is_known=True))
        self._source.send(message)

    # -- hearing -------------------------------------------------------------------------

    def _post(self, generation: int, message: object) -> None:
        # On the thread that listens.
        self._inbox.append((generation, message))
        self._posted.emit()

    def _deliver(self) -> None:
        until = time.perf_counter() + _DELIVERY_S
        while self._inbox:
            if time.perf_counter() > until:
                self._again.start()
                return
            generation, message = self._inbox.popleft()
            if generation == self._generation and self._source is not None:
                self._take(message)

    def _take(self, message: object) -> None:
        self._heard_at = time.monotonic()
        if message is None:
            self._on_end()
            return
        if getattr(message, "ticket", None) != self._ticket or self._path is None:
            return
        if isinstance(message, TrackPicture):
            if message.complete:
                self._pictures.put(message.path, message)
                self._stop_expecting()
            self.read.emit(message)
        elif isinstance(message, TileMade):
            self.tile_made.emit(message)
        elif isinstance(message, Samples):
            self.samples_made.emit(message)
        elif isinstance(message, TrackFailed):
            was_reading = self._is_reading
            self._stop_expecting()
            if was_reading:  # else the picture stands, and only lacks a detail
                self.failed.emit(message.error)

    def _stop_expecting(self) -> None:
        self._is_reading = False
        self._watch.stop()

    def _on_end(self) -> None:
        self._drop_source()
        if self._is_reading:
            self._stop_expecting()
            self.failed.emit(DecoderCrashedError(path=self._path, reason=tr("the process ended")))
        else:
            self._n_falls += 1  # the picture stands; asked again and again, each process would fall

    def _look_after(self) -> None:
        if self._is_reading and time.monotonic() - self._heard_at > _SILENCE_S:
            self._drop_source()
            self._stop_expecting()
            self.failed.emit(DecoderStuckError(path=self._path, seconds=_SILENCE_S))

    def _drop_source(self) -> None:
        source, self._source = self._source, None
        if source is not None:
            source.close()
