"""The interface of a decoder, with the errors and the checks that both decoding libraries share."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.gaps.missing_sound import MissingSound
from genre_desktop.core.errors import AudioError, LowSampleRateError, SampleRateError
from genre_desktop.core.i18n import tr

_log = logging.getLogger(__name__)

Backend = Literal["soundfile", "pyav"]

MIN_RATE, MAX_RATE = 1_000, 6_144_000
"""Sampling rates in Hz that are decoded. The largest is that of DSD1024, whose bits FFmpeg gives as an eighth as many
samples; no recording that people listen to has less than 8 kHz."""

# No integer format reaches this; a larger float comes from a damaged byte and would drown everything else.
_LARGEST_SAMPLE = np.float32(2.0**31)

_WILD_SAMPLE = np.float32(100.0)
"""Size from which on a sample may be wild, 40 dB beyond full scale: it is if there are few, and far beyond the rest."""

_WILD_ONE_IN, _WILD_RATIO = 1_000, 1_000.0

LOWEST_TOLD_RATE = 8_000
"""Lowest sample rate in Hz at which genres can be told. Of 60 recordings (GTZAN) the two shipped models surely name
another genre than at 22 050 Hz for 2 and 5 at 8000 Hz, for 8 and 4 at 6000, 11 and 4 at 4000, 33 and 43 at 1000."""


_UNKNOWN_PART = {"PatchWelcomeError", "ExperimentalError", "NotImplementedError", "BugError"}
"""Errors of FFmpeg for what it does not know. They are told by name, as `av` is imported late."""


class CannotOpenError(Exception):
    """One library cannot read the file; another one may."""

    def __init__(self, reason: str, *, no_sound: bool = False, error: AudioError | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.no_sound = no_sound
        """True for a file that was parsed and holds no sound."""
        self.error = error
        """What to report if no other library can read the file, where the file is not damaged."""


class BrokeOffError(Exception):
    """Decoding broke off before the end of the file."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class CannotSeekError(Exception):
    """A file has no reliable random access; it must be read in full."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class StreamInfo:
    """Format and length of an audio stream, before it is decoded.

    Attributes
    ----------
    container, codec : str
    sample_rate : int
        In Hz.
    channels : int
    duration_s : float or None
        May be an estimate.
    promised_s : float or None
        Length by the header, for formats whose header is exact.
    """

    container: str
    codec: str
    sample_rate: int
    channels: int
    duration_s: float | None
    promised_s: float | None


class Decoder(Protocol):
    """An open file in one decoding library.

    Attributes
    ----------
    backend : {"soundfile", "pyav"}
    info : StreamInfo
    notes : tuple of AudioError
        What is to be said of the file and is no damage.
    missing : MissingSound or None
        What is missing in the middle of the sound decoded so far, as far as the library shows it.
    """

    backend: Backend
    info: StreamInfo
    notes: tuple[AudioError, ...]

    @property
    def missing(self) -> MissingSound | None:
        """See above."""
        ...

    def chunks(self) -> Iterator[tuple[NDArray[np.float32], int]]:
        """Frames of all channels [shape=(n, n_channels)] in pieces of about a second, each with its rate in Hz.

        Floats may be NaN and infinite. An array is valid until the next one: its memory, which is in the processor's
        cache, may be used again.

        Raises
        ------
        BrokeOffError
        """
        ...

    def close(self) -> None:
        """Free what the library holds."""
        ...


def require_rate(rate: int, path: Path) -> int:
    """Return `rate`, or raise `CannotOpenError` for one that no recording has; 0 stands in damaged headers."""
    if not MIN_RATE <= rate <= MAX_RATE:
        error = SampleRateError(path=path, rate=rate, least=MIN_RATE, most=MAX_RATE) if rate > 0 else None
        raise CannotOpenError(tr("a sample rate of {rate} Hz", rate=rate), error=error)
    return rate


def is_cut_off(promised_s: float, seconds: float) -> bool:
    """Whether a file has clearly fewer `seconds` of sound than its header promises."""
    # Up to a second in a song, less in a short clip: encoder delay and a skipped frame are no damage.
    return promised_s - seconds > max(0.1, min(1.0, 0.1 * promised_s))


def mix_down(samples: NDArray[np.float32], gains: NDArray[np.float32] | None = None) -> NDArray[np.float32]:
    """Mean of all channels, or their sum with some gains; with NaN and infinity as silence.

    Parameters
    ----------
    samples : ndarray of float32 [shape=(n, n_channels)]
    gains : ndarray of float32 [shape=(n_channels,)], optional

    Returns
    -------
    ndarray of float32 [shape=(n,)]
        Finite, and not limited to -1..1: float files may go beyond.

    See Also
    --------
    genre_desktop.audio.decode.downmix : Without the cancellation of opposite channels.
    """
    mono = _mixed(samples, gains)
    # One comparison for the whole block: NaN fails it as infinity does.
    if mono.size and not max(mono.max(), -mono.min()) <= _WILD_SAMPLE / samples.shape[1]:
        mono = _mixed(replace_non_finite(samples), gains)
    return mono


def replace_non_finite(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Replace NaN, infinity and single wild samples by silence, in samples of any shape.

    Beside one sample of 1e5 the rest of its patches is as good as silence. A float file with the range of integers has
    many samples as large, and keeps them.
    """
    if not samples.size or max(samples.max(), -samples.min()) <= _WILD_SAMPLE:
        return samples
    with np.errstate(invalid="ignore"):
        size = np.abs(samples)
        is_kept = size <= _LARGEST_SAMPLE
        is_wild = is_kept & (size > _WILD_SAMPLE)
    if np.count_nonzero(is_wild) <= max(1, samples.size // _WILD_ONE_IN):
        others = size[is_kept & ~is_wild]
        usual = float(others.mean(dtype=np.float64)) if others.size else 0.0
        is_kept &= ~is_wild | (size <= _WILD_RATIO * usual)
    return np.where(is_kept, samples, np.float32(0.0))


def _mixed(samples: NDArray[np.float32], gains: NDArray[np.float32] | None) -> NDArray[np.float32]:
    n_channels = samples.shape[1]
    if n_channels == 1:
        return samples[:, 0].copy()  # never a view: decoders reuse their buffer
    with np.errstate(invalid="ignore", over="ignore"):
        if gains is not None:
            return samples @ gains
        if n_channels == 2:  # the common case; several times faster than a mean over a short axis
            return (samples[:, 0] + samples[:, 1]) * np.float32(0.5)
        return samples @ np.full(n_channels, 1.0 / n_channels, dtype=np.float32)


def rate_notes(path: Path, sample_rate: int) -> tuple[AudioError, ...]:
    """What to say of a sound with this sample rate in Hz; nothing as a rule."""
    if sample_rate >= LOWEST_TOLD_RATE:
        return ()
    return (LowSampleRateError(path=path, rate=sample_rate, highest=sample_rate // 2),)


def decoder_reason(error: Exception) -> str:
    """A clause for what a decoder raised, such as "its data are invalid".

    The libraries' own texts go to the log. They are English, and misleading: FFmpeg calls invalid data of Musepack
    "Operation not permitted".
    """
    _log.info("decoder: %s: %s", type(error).__name__, error)
    if type(error).__name__ in _UNKNOWN_PART:
        return tr("a part of it is of a kind that the decoder does not know")
    if isinstance(error, MemoryError):
        return tr("a part of it takes too much memory")
    if isinstance(error, EOFError):
        return tr("the end is missing")
    return tr("its data are invalid")
