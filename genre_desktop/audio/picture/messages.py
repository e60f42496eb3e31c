"""Messages between the window and the picture process."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.picture.track_picture import PictureConfig, SpectrogramTile, TileKey
from genre_desktop.core.errors import GenreDesktopError

# -- requests, to the process ------------------------------------------------------------


@dataclass(frozen=True)
class ShowTrack:
    """Decode a track and send a `TrackPicture` of each part and of the whole; later requests are about this track.

    Attributes
    ----------
    ticket : int
        Rises with each request; answers carry it, and work for an older one is dropped.
    path : str
    config : PictureConfig
    is_known : bool
        The window has its picture already: the track is not decoded, only opened for later requests.
    """

    ticket: int
    path: str
    config: PictureConfig
    is_known: bool = False


@dataclass(frozen=True)
class LeaveTrack:
    """Drop all work for earlier tickets, and close the track."""

    ticket: int


@dataclass(frozen=True)
class AskPicture:
    """Send the picture of the whole track with another config, without decoding again."""

    ticket: int
    config: PictureConfig


@dataclass(frozen=True)
class AskTiles:
    """Compute tiles, in this order; they replace those of an earlier request that are not done yet."""

    ticket: int
    config: PictureConfig
    keys: tuple[TileKey, ...]


@dataclass(frozen=True)
class AskSamples:
    """Send the samples of a short range, for a view closer than the finest peaks."""

    ticket: int
    start_s: float
    end_s: float


# -- answers, from the process; `TrackPicture` is one too ---------------------------------


@dataclass(frozen=True, eq=False)
class TileMade:
    """Answer to `AskTiles`, one for each tile."""

    ticket: int
    config: PictureConfig
    key: TileKey
    tile: SpectrogramTile


@dataclass(frozen=True, eq=False)
class Samples:
    """Answer to `AskSamples`.

    Attributes
    ----------
    samples : ndarray of float32 [shape=(n,)]
        Mono, at the sampling rate of the file.
    start_s : float
        Time of the first sample.
    sample_rate : int
        In Hz.
    """

    ticket: int
    samples: NDArray[np.float32]
    start_s: float
    sample_rate: int


@dataclass(frozen=True)
class TrackFailed:
    """The track of a ticket, or later a detail of it, cannot be read.

    Attributes
    ----------
    ticket : int
    error : GenreDesktopError
    trace : str
        Traceback for the log, where the error is a fault of the program.
    """

    ticket: int
    error: GenreDesktopError
    trace: str = ""


@dataclass(frozen=True)
class StillReading:
    """Sent about once a second during long work that has no picture to send: the process is alive."""

    ticket: int
