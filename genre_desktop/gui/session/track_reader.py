"""Waveform, spectrogram and samples of the selected track, read by a child process."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from genre_desktop.audio.picture.messages import (
    AskPicture,
    AskSamples,
    AskTiles,
    LeaveTrack,
    Samples,
    ShowTrack,
    TileMade,
    TrackFailed,
)
from genre_desktop.audio.picture.track_picture import PictureConfig, TileKey, TrackPicture
from genre_desktop.core.errors import DecoderCrashedError, DecoderStuckError
from genre_desktop.core.i18n import tr
from genre_desktop.core.lru_cache import LruCache
from genre_desktop.gui.workers.process_client import ProcessClient, StartProcess

_CACHED_PICTURES = 8
_SILENCE_LIMIT_S = 20
"""As long as the engine waits for a decoder: a slow drive does not hang."""

_MOST_CRASHES = 2
"""Processes that requests for details of one track may crash; the first may have been chance."""


class TrackReader(QObject):
    """Requests picture, tiles and samples of one track at a time, and caches the pictures of the last few tracks.

    A process that crashes or hangs while it reads a track fails that track alone: the next request starts another
    process.

    Parameters
    ----------
    start_process : StartProcess
        Starts `genre_desktop.audio.picture.picture_process`.
    """

    read = Signal(object)  # TrackPicture, of a part of the track or of all
    failed = Signal(object)  # GenreDesktopError
    tile_made = Signal(object)  # TileMade
    samples_made = Signal(object)  # Samples

    def __init__(self, start_process: StartProcess, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = ProcessClient(
            start_process, silence_limit_s=_SILENCE_LIMIT_S, restart_limit=_MOST_CRASHES, parent=self
        )
        self._client.received.connect(self._on_message)
        self._client.ended.connect(self._on_crash)
        self._client.timed_out.connect(self._on_timeout)
        self._pictures: LruCache[TrackPicture] = LruCache(_CACHED_PICTURES)
        self._config = PictureConfig()
        self._ticket = 0  # of the track; answers with another one are about an earlier track
        self._path: str | None = None
        self._is_reading = False

    def prepare(self) -> None:
        """Start the process, so that the first track need not wait for it."""
        self._client.start()

    @property
    def is_reading(self) -> bool:
        """Whether more of the track is to come."""
        return self._is_reading

    def show(self, path: str | None) -> None:
        """Read another track, or none; reading the one before is given up."""
        self._ticket += 1
        self._path = path
        self._set_reading(False)
        self._client.allow_restart()
        if path is None:
            if self._client.is_running:
                self._client.send(LeaveTrack(self._ticket))
            return
        cached = self._pictures.get(path)
        if cached is not None and cached.config == self._config:
            self._send(ShowTrack(self._ticket, path, self._config, is_known=True))
            self.read.emit(cached)
        else:
            self._set_reading(True)
            self._send(ShowTrack(self._ticket, path, self._config))

    def forget(self, path: str) -> None:
        """Drop the cached picture of a track, so that the track is read again when it is next shown."""
        self._pictures.drop(path)

    def request_tiles(self, config: PictureConfig, keys: Sequence[TileKey]) -> None:
        """Request tiles of the track, in this order, instead of those requested before."""
        if self._path is not None:
            self._send(AskTiles(self._ticket, config, tuple(keys)))

    def request_samples(self, start_s: float, end_s: float) -> None:
        """Request the samples of a short range of the track."""
        if self._path is not None:
            self._send(AskSamples(self._ticket, start_s, end_s))

    def set_config(self, config: PictureConfig) -> None:
        """Make pictures with this configuration from now on; the present one again if it has another."""
        if config != self._config:
            self.request_picture(config)

    def request_picture(self, config: PictureConfig) -> None:
        """Make the picture of the track again, and those to come, with another configuration."""
        self._config = config
        self._client.allow_restart()
        self._pictures.clear()
        if self._path is not None:
            self._set_reading(True)
            self._send(AskPicture(self._ticket, config))

    def stop(self) -> None:
        """Give up what is under way, for good."""
        self._path = None
        self._client.stop()

    def shutdown(self) -> bool:
        """End the process and wait for it."""
        self.stop()
        return self._client.shutdown()

    def _set_reading(self, is_reading: bool) -> None:
        self._is_reading = is_reading
        self._client.expect_answer(is_reading)

    def _send(self, message: ShowTrack | AskPicture | AskTiles | AskSamples) -> None:
        if not self._client.is_running and self._path is not None and not isinstance(message, ShowTrack):
            # A new process knows nothing of the track that the one before had open.
            self._client.send(ShowTrack(self._ticket, self._path, self._config, is_known=True))
        self._client.send(message)

    # -- answers -------------------------------------------------------------------------

    def _on_message(self, message: object) -> None:
        if getattr(message, "ticket", None) != self._ticket or self._path is None:
            return  # about an earlier track
        if isinstance(message, TrackPicture):
            if message.complete:
                self._pictures.put(message.path, message)
                self._set_reading(False)
            self.read.emit(message)
        elif isinstance(message, TileMade):
            self.tile_made.emit(message)
        elif isinstance(message, Samples):
            self.samples_made.emit(message)
        elif isinstance(message, TrackFailed):
            was_reading = self._is_reading
            self._set_reading(False)
            if was_reading:  # else the picture is there, and only lacks a detail
                self.failed.emit(message.error)

    def _on_crash(self) -> None:
        if self._is_reading:
            self._fail(DecoderCrashedError(path=self._path, reason=tr("the process ended")))
        # Else the picture is there. Were its details requested again and again, process after process would crash.

    def _on_timeout(self) -> None:
        self._fail(DecoderStuckError(path=self._path, seconds=self._client.silence_limit_s))

    def _fail(self, error: DecoderCrashedError | DecoderStuckError) -> None:
        self._set_reading(False)
        self._client.allow_restart()  # only crashes by requests for details are counted
        self.failed.emit(error)
