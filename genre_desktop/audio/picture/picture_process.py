"""What runs in the reading process: pictures, tiles and samples of the track that is looked at."""

from __future__ import annotations

import contextlib
import os
import time
import traceback
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.audio_reader import AudioInfo, open_audio
from genre_desktop.audio.decode.decoder import mix_down
from genre_desktop.audio.decode.random_access import RandomAccessReader, open_random_access
from genre_desktop.audio.picture.peak_envelope import PeakEnvelope, Peaks
from genre_desktop.audio.picture.peak_pyramid import PeakPyramid
from genre_desktop.audio.picture.spectrogram import SpectrogramRecord, compute_tile
from genre_desktop.audio.picture.track_picture import (
    AskPicture,
    AskSamples,
    AskTiles,
    LeaveTrack,
    PictureConfig,
    Samples,
    ShowTrack,
    StillReading,
    TileKey,
    TileMade,
    TrackFailed,
    TrackPicture,
)
from genre_desktop.core.errors import GenreDesktopError, InternalError

Hook = Callable[[str], None]
"""Called with the path before a file is opened; tests crash and hang by it. A function of a module, so that it can be
named across processes."""

_BLOCK_S = 5.0
"""Seconds decoded at a time: at most this much work lies between two looks at what is asked."""

_PARTIAL_EVERY_S = 0.15
_PARTIAL_SHARE = 10
"""Pictures of a part take at most one part in so many of the time."""

_ALIVE_S = 1.0
_REST_S = 0.1

_FINEST_BIN = 256
_MOST_BINS = 1_500_000
"""Bins of 256 samples for two hours at 44.1 kHz, of 512 for four."""

_PARTIAL_BINS = 16_384

_KEPT = 3
"""Tracks whose records stay at hand, with up to 60 MB each."""


def main(connection: Connection, hook: Hook | None = None) -> None:
    """Answer what is asked until None comes, or the connection ends."""
    _prepare()
    _PictureServer(connection, hook).work()


def _prepare() -> None:
    # What the first track would otherwise wait for.
    import av  # noqa: F401
    import soundfile  # noqa: F401
    from scipy import fft  # noqa: F401


class _Superseded(Exception):
    """Something else is wanted now."""


class _Inbox:
    """What is asked and not yet answered: of each kind the newest."""

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

    def look(self) -> None:
        """Take what has come.

        Raises
        ------
        EOFError
            When nothing more is wanted.
        _Superseded
            When what is being done is about a track that nobody looks at any more.
        """
        before = self.ticket
        while self._connection.poll():
            self._take(self._connection.recv())
        if self.ticket != before:
            raise _Superseded

    def wait(self) -> None:
        """Take what comes next."""
        self._take(self._connection.recv())

    def _take(self, message: object) -> None:
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


@dataclass(frozen=True, eq=False)
class _Reading:
    """What one pass over a track leaves."""

    info: AudioInfo
    duration_s: float
    peaks: Peaks
    record: SpectrogramRecord
    problem: GenreDesktopError | None


@dataclass(frozen=True)
class _Identity:
    path: str
    size: int
    mtime_ns: int
    n_fft: int


class _PictureServer:
    def __init__(self, connection: Connection, hook: Hook | None) -> None:
        self._connection = connection
        self._hook = hook
        self._inbox = _Inbox(connection)
        self._told_at = 0.0
        self._is_resting = False
        self._kept: OrderedDict[_Identity, _Reading] = OrderedDict()
        self._ticket = -1
        self._path = ""
        self._access: RandomAccessReader | None = None
        self._reading: _Reading | None = None
        self._is_open = False  # its picture is there, details may be asked for

    def work(self) -> None:
        try:
            while True:
                if self._inbox.is_empty:
                    self._rest()
                    self._inbox.wait()
                self._do_next()
        finally:
            self._leave()

    def _rest(self) -> None:
        """Make ready for what will be asked, until it is."""
        if self._inbox.ticket != self._ticket:
            self._leave()  # nobody looks at it any more
        elif self._is_open and self._access is None and not self._connection.poll(_REST_S):
            # Counting the packets of a mix takes a second; whoever zooms in need not wait for it.
            self._is_resting = True
            with contextlib.suppress(_Superseded, GenreDesktopError):  # tried again when it is needed
                self._access = open_random_access(self._path, self._look)
            self._is_resting = False

    def _do_next(self) -> None:
        inbox = self._inbox
        try:
            inbox.look()
            if inbox.show is not None:
                show, inbox.show = inbox.show, None
                self._open(show)
            elif inbox.picture is not None:
                picture, inbox.picture = inbox.picture, None
                self._read(picture.config)
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

    # -- a track ---------------------------------------------------------------------------

    def _open(self, show: ShowTrack) -> None:
        self._leave()
        self._ticket, self._path = show.ticket, show.path
        if self._hook is not None:
            self._hook(show.path)
        if show.is_known:
            self._reading = self._kept_of(_identify(show.path, show.config.n_fft))
            self._is_open = True
        else:
            self._read(show.config)

    def _leave(self) -> None:
        self._reading, self._is_open = None, False
        access, self._access = self._access, None
        if access is not None:
            access.close()

    def _read(self, config: PictureConfig) -> None:
        """Give the picture of the whole track, from what is kept or by decoding it once."""
        identity = _identify(self._path, config.n_fft)
        reading = self._kept_of(identity)
        if reading is None:
            reading, config = self._decode(config)
            if identity is not None:
                self._kept[identity] = reading
                while len(self._kept) > _KEPT:
                    self._kept.popitem(last=False)
        self._reading, self._is_open = reading, True
        self._send(
            self._picture(
                config, reading.info, reading.duration_s, PeakPyramid.of(reading.peaks), reading.record, reading.problem
            )
        )

    def _kept_of(self, identity: _Identity | None) -> _Reading | None:
        if identity is None or identity not in self._kept:
            return None
        self._kept.move_to_end(identity)
        return self._kept[identity]

    def _decode(self, config: PictureConfig) -> tuple[_Reading, PictureConfig]:
        """One pass; with the config that was wanted last."""
        with open_audio(self._path) as reader:
            info = reader.info
            rate = info.sample_rate
            envelope = PeakEnvelope(rate, _MOST_BINS, _FINEST_BIN)
            record = SpectrogramRecord(config.n_fft, rate, info.duration_s)
            n_samples = 0
            next_at = time.monotonic()  # the first block is shown at once
            for block in reader.blocks(rate, _BLOCK_S):
                self._inbox.look()
                config = self._newest(config)
                envelope.push(block)
                record.push(block)
                n_samples += block.size
                began = time.monotonic()
                if began >= next_at:
                    duration_s = max(n_samples / rate, info.duration_s or 0.0)
                    peaks = PeakPyramid.of(envelope.snapshot(), finest_bins=_PARTIAL_BINS)
                    self._send(self._picture(config, info, duration_s, peaks, record, None, complete=False))
                    now = time.monotonic()
                    next_at = now + max(_PARTIAL_EVERY_S, _PARTIAL_SHARE * (now - began))
                self._answer_meanwhile(record)
            self._inbox.look()
            if n_samples == 0 and reader.problem is not None:
                raise reader.problem
            record.finish()
            config = self._newest(config)
            return _Reading(info, n_samples / rate, envelope.snapshot(), record, reader.problem), config

    def _newest(self, config: PictureConfig) -> PictureConfig:
        """The config that is wanted by now; another window length makes all that was done of no use."""
        asked = self._inbox.picture
        if asked is None:
            return config
        if asked.config.n_fft != config.n_fft:
            raise _Superseded
        self._inbox.picture = None
        return asked.config

    def _picture(
        self,
        config: PictureConfig,
        info: AudioInfo,
        duration_s: float,
        peaks: PeakPyramid,
        record: SpectrogramRecord,
        problem: GenreDesktopError | None,
        *,
        complete: bool = True,
    ) -> TrackPicture:
        return TrackPicture(
            ticket=self._ticket,
            path=self._path,
            config=config,
            codec=info.codec,
            sample_rate=info.sample_rate,
            channels=info.channels,
            duration_s=duration_s,
            peaks=peaks,
            spectrogram=record.picture(config),
            problem=problem,
            complete=complete,
        )

    # -- its details -----------------------------------------------------------------------

    def _answer_meanwhile(self, record: SpectrogramRecord) -> None:
        """Answer one question that need not wait until the track is read."""
        inbox = self._inbox
        # Others come from the record in an instant once it is complete.
        fine = next((at for at, (_, key) in enumerate(inbox.tiles) if key.hop < record.samples_per_column), None)
        try:
            if (inbox.samples is None and fine is None) or not self._opened().is_seekable:
                return
            if inbox.samples is not None:
                self._answer_detail()
            elif fine is not None:
                self._make_tile(*inbox.tiles.pop(fine))
        except GenreDesktopError:
            inbox.samples, inbox.tiles = None, []  # whoever reads the track says what is wrong with it

    def _answer_detail(self) -> None:
        """Answer one question, or none."""
        inbox = self._inbox
        if inbox.samples is not None:
            asked, inbox.samples = inbox.samples, None
            self._give_samples(asked)
        elif inbox.tiles:
            self._make_tile(*inbox.tiles.pop(0))

    def _give_samples(self, asked: AskSamples) -> None:
        access = self._opened()
        start = max(0, int(asked.start_s * access.sample_rate))
        end = max(start, int(np.ceil(asked.end_s * access.sample_rate)))
        samples = self._mono(start, end - start)
        self._send(Samples(self._ticket, samples, start / access.sample_rate, access.sample_rate))

    def _make_tile(self, config: PictureConfig, key: TileKey) -> None:
        tile = None if self._reading is None else self._reading.record.tile(config, key)
        if tile is None:
            access = self._opened()
            n_samples = access.n_frames
            if self._reading is not None:  # a header may lie
                n_samples = max(n_samples, round(self._reading.duration_s * access.sample_rate))
            tile = compute_tile(config, key, access.sample_rate, n_samples, self._mono)
        self._send(TileMade(self._ticket, config, key, tile))

    def _mono(self, start: int, count: int) -> NDArray[np.float32]:
        self._look()
        return mix_down(self._opened().read(start, count))

    def _opened(self) -> RandomAccessReader:
        if self._access is None:
            self._access = open_random_access(self._path, self._look)
        return self._access

    def _look(self) -> bool:
        """Asked in the midst of long work, which ends by `_Superseded` and never because this says True."""
        if self._is_resting:  # what nobody asked for gives way to all that is asked
            if self._connection.poll():
                raise _Superseded
            return False
        if time.monotonic() - self._told_at > _ALIVE_S:
            self._send(StillReading(self._ticket))
        self._inbox.look()
        return False

    # -- telling ---------------------------------------------------------------------------

    def _send(self, message: object) -> None:
        self._connection.send(message)
        self._told_at = time.monotonic()


def _identify(path: str, n_fft: int) -> _Identity | None:
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None  # why is said by whoever opens it
    return _Identity(path, status.st_size, status.st_mtime_ns, n_fft)
