"""The interface of a decoder, with the errors and the checks that both decoding libraries share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.gaps.missing_sound import MissingSound
from genre_desktop.core.errors import AudioError, SampleRateError
from genre_desktop.core.i18n import tr

Backend = Literal["soundfile", "pyav"]

MIN_RATE, MAX_RATE = 1_000, 6_144_000
"""Sampling rates in Hz that are decoded. The largest is that of DSD1024, whose bits FFmpeg gives as an eighth as many
samples; no recording that people listen to has less than 8 kHz."""

# No integer format reaches this; a larger float comes from a damaged byte and would drown everything else.
_LARGEST_SAMPLE = np.float32(2.0**31)


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
    if mono.size and not max(mono.max(), -mono.min()) <= _LARGEST_SAMPLE:
        mono = _mixed(replace_non_finite(samples), gains)
    return mono


def replace_non_finite(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Replace NaN and infinity by silence, in samples of any shape."""
    if samples.size and not max(samples.max(), -samples.min()) <= _LARGEST_SAMPLE:
        with np.errstate(invalid="ignore"):
            samples = np.where(np.abs(samples) <= _LARGEST_SAMPLE, samples, np.float32(0.0))
    return samples


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
