"""The picture process: draws, in its own process, pictures, tiles and samples of the track that is shown."""

from __future__ import annotations

import contextlib
import os
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.random_access import RandomAccessReader, open_random_access
from genre_desktop.audio.picture.messages import (
    AskPicture,
    AskSamples,
    AskTiles,
    LeaveTrack,
    Samples,
    ShowTrack,
    StillReading,
    TileMade,
    TrackFailed,
)
from genre_desktop.audio.picture.spectrogram import SpectrogramRecord, compute_tile
from genre_desktop.audio.picture.track_decoder import DecodedTrack, TrackDecoder
from genre_desktop.audio.picture.track_picture import PictureConfig, TileKey
from genre_desktop.core.errors import GenreDesktopError, InternalError
from genre_desktop.core.lru_cache import LruCache

Hook = Callable[[str], None]
"""Called with the path before a file is opened; tests crash and hang the process with it. A module-level function, so
that it can be pickled by name."""

_PARTIAL_EVERY_S = 0.15
_PARTIAL_SHARE = 10
"""Pictures of a part take at most one part in so many of the time."""

_ALIVE_S = 1.0
"""Longest time without a message during long work, in seconds."""

_IDLE_S = 0.1
"""Without a request for so long the process opens the track for random access ahead of time."""

_KEPT_TRACKS = 3
"""Decoded tracks kept in memory, with up to 60 MB each."""


def main(connection: Connection, hook: Hook | None = None) -> None:
    """Answer requests until None is received, or the connection ends."""
    _import_libraries()
    PictureServer(connection, hook).serve()


def _import_libraries() -> None:
    """Import what the first track would otherwise wait for."""
    import av  # noqa: F401
    import soundfile  # noqa: F401
    from scipy import fft  # noqa: F401


class _Superseded(Exception):
    """Raised in the middle of work whose result is not wanted any more."""


class _Inbox:
    """Requests that are not answered yet: the newest of each kind."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.ticket = -1
        self.show: ShowTrack | None = None
        self.picture: AskPicture | None = None
        self.samples: AskSamples | None = None
        self.tiles: list[tuple[PictureConfig, TileKey]] = []

    @property
    def is_empty(self) -> bool:
        return self.show is None and self.picture is None and self.samples is None and not self.tiles

    def poll(self) -> None:
        """Receive all messages that have arrived.

        Raises
        ------
        EOFError
            When None is received, which ends the process.
        _Superseded
            When another track is wanted than the one being worked on.
        """
        before = self.ticket
        while self._connection.poll():
            self._on_message(self._connection.recv())
        if self.ticket != before:
            raise _Superseded

    def wait(self) -> None:
        """Wait for the next message and receive it."""
        self._on_message(self._connection.recv())

    def _on_message(self, message: object) -> None:
        if message is None:
            raise EOFError
        if isinstance(message, (ShowTrack, LeaveTrack)):
            self.ticket = message.ticket
            self.show = message if isinstance(message, ShowTrack) else None
            self.picture, self.samples, self.tiles = None, None, []
        elif getattr(message, "ticket", None) != self.ticket:
            return
        elif isinstance(message, AskPicture):
            self.picture = message
        elif isinstance(message, AskSamples):
            self.samples = message
        elif isinstance(message, AskTiles):
            self.tiles = [(message.config, key) for key in message.keys]


@dataclass(frozen=True)
class _CacheKey:
    """A file as it is on the disk now, decoded with one window length."""

    path: str
    size: int
    mtime_ns: int
    n_fft: int


class PictureServer:
    """Answers requests about one track at a time.

    Parameters
    ----------
    connection : Connection
        Receives and sends `genre_desktop.audio.picture.messages`.
    hook : callable or None
        See `Hook`.
    """

    def __init__(self, connection: Connection, hook: Hook | None = None) -> None:
        self._connection = connection
        self._hook = hook
        self._inbox = _Inbox(connection)
        self._sent_at = 0.0
        self._is_opening_ahead = False
        self._cache: LruCache[DecodedTrack] = LruCache(_KEPT_TRACKS)
        self._ticket = -1
        self._path = ""
        self._access: RandomAccessReader | None = None
        self._track: DecodedTrack | None = None
        self._is_shown = False  # its picture was sent: requests about details may come

    def serve(self) -> None:
        """Answer requests; see `main`."""
        try:
            while True:
                if self._inbox.is_empty:
                    self._on_idle()
                    self._inbox.wait()
                self._answer_next()
        finally:
            self._close_track()

    def _on_idle(self) -> None:
        """Close a track that is left, or open the one that is shown for random access ahead of time."""
        if self._inbox.ticket != self._ticket:
            self._close_track()
        elif self._is_shown and self._access is None and not self._connection.poll(_IDLE_S):
            # Counting the packets of a long mix takes a second, which the first zoom then need not wait for.
            self._is_opening_ahead = True
            with contextlib.suppress(_Superseded, GenreDesktopError):  # tried again when it is needed
                self._access = open_random_access(self._path, self._check_superseded)
            self._is_opening_ahead = False

    def _answer_next(self) -> None:
        inbox = self._inbox
        try:
            inbox.poll()
            if inbox.show is not None:
                show, inbox.show = inbox.show, None
                self._show(show)
            elif inbox.picture is not None:
                picture, inbox.picture = inbox.picture, None
                self._send_picture(picture.config)
            else:
                self._answer_detail()
        except _Superseded:
            pass
        except (EOFError, BrokenPipeError, ConnectionResetError, MemoryError):
            raise
        except GenreDesktopError as error:
            self._send(TrackFailed(self._ticket, error))
        except Exception as error:
            reason = f"{type(error).__name__}: {error}"
            self._send(TrackFailed(self._ticket, InternalError(reason=reason), traceback.format_exc()))

    # -- the picture of a track ------------------------------------------------------------

    def _show(self, show: ShowTrack) -> None:
        self._close_track()
        self._ticket, self._path = show.ticket, show.path
        if self._hook is not None:
            self._hook(show.path)
        if show.is_known:
            key = _cache_key(show.path, show.config.n_fft)
            self._track = None if key is None else self._cache.get(key)
            self._is_shown = True
        else:
            self._send_picture(show.config)

    def _close_track(self) -> None:
        self._track, self._is_shown = None, False
        access, self._access = self._access, None
        if access is not None:
            access.close()

    def _send_picture(self, config: PictureConfig) -> None:
        """Send the picture of the whole track, from the cache or by decoding it once."""
        key = _cache_key(self._path, config.n_fft)
        track = None if key is None else self._cache.get(key)
        if track is None:
            track, config = self._decode(config)
            if key is not None:
                self._cache.put(key, track)
        self._track, self._is_shown = track, True
        self._send(track.picture(self._ticket, config))

    def _decode(self, config: PictureConfig) -> tuple[DecodedTrack, PictureConfig]:
        """Decode the track, sending pictures of the part so far; returns it with the newest config requested."""
        with TrackDecoder(self._path, config.n_fft) as decoder:
            next_at = time.monotonic()  # the first block is sent at once
            for block in decoder.blocks():
                self._inbox.poll()
                config = self._newest(config)
                decoder.push(block)
                began = time.monotonic()
                if began >= next_at:
                    self._send(decoder.partial_picture(self._ticket, config))
                    now = time.monotonic()
                    next_at = now + max(_PARTIAL_EVERY_S, _PARTIAL_SHARE * (now - began))
                self._answer_meanwhile(decoder.record)
            self._inbox.poll()
            track = decoder.finish()
            return track, self._newest(config)

    def _newest(self, config: PictureConfig) -> PictureConfig:
        """The config requested last; with another window length the sound must be decoded again."""
        asked = self._inbox.picture
        if asked is None:
            return config
        if asked.config.n_fft != config.n_fft:
            raise _Superseded
        self._inbox.picture = None
        return asked.config

    # -- details of a track ----------------------------------------------------------------

    def _answer_meanwhile(self, record: SpectrogramRecord) -> None:
        """Answer one request that need not wait until the track is decoded."""
        inbox = self._inbox
        # Coarser tiles are quickly made from the record once it is complete.
        fine = next((at for at, (_, key) in enumerate(inbox.tiles) if key.hop < record.samples_per_column), None)
        try:
            if (inbox.samples is None and fine is None) or not self._opened().is_seekable:
                return
            if inbox.samples is not None:
                self._answer_detail()
            elif fine is not None:
                self._send_tile(*inbox.tiles.pop(fine))
        except GenreDesktopError:
            inbox.samples, inbox.tiles = None, []  # decoding the track reports what is wrong with it

    def _answer_detail(self) -> None:
        """Answer one request for samples or a tile, if there is any."""
        inbox = self._inbox
        if inbox.samples is not None:
            asked, inbox.samples = inbox.samples, None
            self._send_samples(asked)
        elif inbox.tiles:
            self._send_tile(*inbox.tiles.pop(0))

    def _send_samples(self, asked: AskSamples) -> None:
        access = self._opened()
        start = max(0, int(asked.start_s * access.sample_rate))
        end = max(start, int(np.ceil(asked.end_s * access.sample_rate)))
        samples = self._read_mono(start, end - start)
        self._send(Samples(self._ticket, samples, start / access.sample_rate, access.sample_rate))

    def _send_tile(self, config: PictureConfig, key: TileKey) -> None:
        tile = None if self._track is None else self._track.record.tile(config, key)
        if tile is None:
            access = self._opened()
            n_samples = access.n_frames
            if self._track is not None:  # the length in a header may be wrong
                n_samples = max(n_samples, round(self._track.duration_s * access.sample_rate))
            tile = compute_tile(config, key, access.sample_rate, n_samples, self._read_mono)
        self._send(TileMade(self._ticket, config, key, tile))

    def _read_mono(self, start: int, count: int) -> NDArray[np.float32]:
        self._check_superseded()
        return self._opened().read_mono(start, count)

    def _opened(self) -> RandomAccessReader:
        """The track, opened for random access."""
        if self._access is None:
            self._access = open_random_access(self._path, self._check_superseded)
        return self._access

    def _check_superseded(self) -> bool:
        """Cancellation callback for long decodes. Never returns True: raises `_Superseded` for another track.

        Opening ahead of time is interrupted by any message.
        """
        if self._is_opening_ahead:
            if self._connection.poll():
                raise _Superseded
            return False
        if time.monotonic() - self._sent_at > _ALIVE_S:
            self._send(StillReading(self._ticket))
        self._inbox.poll()
        return False

    def _send(self, message: object) -> None:
        self._connection.send(message)
        self._sent_at = time.monotonic()


def _cache_key(path: str, n_fft: int) -> _CacheKey | None:
    """The key of a file, or None where it cannot be looked up: opening it reports why."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return _CacheKey(path, status.st_size, status.st_mtime_ns, n_fft)
