"""Downmix of several channels to one, in which no channel cancels another out.

The mean of all channels loses what two of them have in opposite phase: all of a track with one cable the wrong way
round, the bass behind a faulty crossover, the singer of a karaoke track. There a channel is left out. Everywhere else
the mix is the mean, to the last bit.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.decoder import mix_down, replace_non_finite

Floats = NDArray[np.float32]

_SLOW_HZ = 2_000
"""Rate in Hz to which the sound is decimated for analysis, by plain means: it is the bass that tells the phase."""

_POINTS, _POINTS_LIVE = 4_096, 1_024
"""Decimated frames of a segment, the sound that is decided on at once: two seconds, and half a second of live sound."""

_FEWEST_POINTS = 512
"""Decimated frames from which on something is decided, a quarter of a second."""

_FFT_POINTS = 64
"""Decimated frames beyond a multiple of which are not analysed at the end of a part: the FFT of a prime number of them
takes ten times as long."""

_MOST_HELD = 1 << 22
"""Most values of a segment: 16 MB. Dozens of channels at rates that no sound card has are never decided on."""

_RAMP_S = 0.05
"""Duration of the cross-fade between two mixes."""

_BANDS_HZ = (45.0, 90.0, 180.0, 400.0, 1_000.0)
"""Edges of the bands. As a rule the bass is the same in all channels, so that it tells a swapped polarity where the
rest is wide stereo. Below lie offset and rumble, which is opposite on vinyl."""

_CANCELLED, _INTACT = 0.1, 0.25
"""Power of the sum of two channels relative to the sum of their powers (0 for opposite ones, 1 for independent ones, 2
for equal ones): up to the first one of them is left out, from the second on both count in full."""

_DELAYED, _OPPOSITE = -0.94, -0.98
"""Cosine of the phase between two channels, averaged over the frequencies of a band, up to which a band alone decides
nothing, and from which on it does. Frequencies count by the root of their amplitude: a delay of one channel cancels
some frequencies of a band, a wrong polarity all of them."""

_TONE, _TONES = 4.0, 8.0
"""Frequencies that a band has in effect, up to which it decides nothing alone, and from which on it does. A single tone
has 2: its phase tells a delay as well as a polarity."""

_UNHEARD, _HEARD = 0.02, 0.05
"""Share of a band in the power of all bands and channels, between which it begins to count."""

_PRESENT = 1e-3
"""Share from which on a band counts among those that are there. Two channels are opposite where they cancel out in more
than half of these, or in one that is heard and by their polarity."""

_SILENCE = 1e-10
"""Mean power below which nothing is decided."""

_PRODUCT_VALUES = 200_000
"""Multiplications at once: with more OpenBLAS uses several threads, which wait for one another."""


class Downmix:
    """Mixes frames of several channels down to one, in blocks of any length.

    The sound is decided on in segments of two seconds, counted from the beginning of the file, so that the mix depends
    neither on the blocks in which the sound arrives nor on where an excerpt begins.

    Parameters
    ----------
    channels : int
    sample_rate : int
        In Hz.
    first_sample : int
        Number in the file of the first frame that is pushed.
    is_live : bool
        False: each segment is held until it is complete, and mixed by its own content. True: it is mixed at once, by
        the content of the one before.
    """

    def __init__(self, channels: int, sample_rate: int, *, first_sample: int = 0, is_live: bool = False) -> None:
        self._is_mono = channels == 1
        self._is_live = is_live
        self._step = _step(sample_rate)
        self._slow_hz = sample_rate / self._step
        self._segment = segment_frames(channels, sample_rate, _POINTS_LIVE if is_live else _POINTS)
        self._channels = channels
        self._held = np.empty((0, channels), dtype=np.float32)
        self._n_held = 0  # frames of the present segment
        self._is_first = True
        # A short piece before the first boundary belongs to the segment behind it.
        to_boundary = self._segment - first_sample % self._segment
        self._missing = to_boundary + (self._segment if to_boundary < self._segment / 2 else 0)
        self._weights = self._weights_before = np.ones(channels, dtype=np.float32)
        self._n_ramp, self._n_faded = max(1, round(_RAMP_S * sample_rate)), 0

    def push(self, frames: Floats) -> Iterator[Floats]:
        """Add the next frames.

        Parameters
        ----------
        frames : ndarray of float32 [shape=(n, channels)]

        Yields
        ------
        ndarray of float32 [shape=(m,)]
            The samples that are ready; finite.
        """
        if self._is_mono:
            yield mix_down(frames)
            return
        while len(frames):
            piece, frames = frames[: self._missing], frames[self._missing :]
            self._missing -= len(piece)
            if self._is_live:
                yield self._mix(piece)
            if self._missing or self._n_held:
                self._hold(piece)
                piece = self._held[: self._n_held]
            if not self._missing:
                yield from self._end_segment(piece)

    def finish(self) -> Iterator[Floats]:
        """Yield the remaining samples [shape=(m,)]; nothing may be pushed afterwards."""
        if self._n_held:
            yield from self._end_segment(self._held[: self._n_held])

    def _hold(self, piece: Floats) -> None:
        """Copy frames behind those held: blocks that are kept instead of used again cost more in new memory."""
        if not len(self._held):
            # The first segment may be half as long again. The order of the values in memory stays.
            shape = self._segment + self._segment // 2, self._channels
            self._held = np.empty(shape, dtype=np.float32, order="C" if piece.flags.c_contiguous else "F")
        self._held[self._n_held : self._n_held + len(piece)] = piece
        self._n_held += len(piece)

    def _end_segment(self, frames: Floats) -> Iterator[Floats]:
        # Too little is left at the end to decide on, where it is not all there is.
        if self._is_first or self._missing < self._segment / 2:
            with np.errstate(invalid="ignore", over="ignore"):  # floats may be no numbers
                weights = _weights(_decimated(frames, self._step), self._slow_hz)
            self._set_weights(self._weights if weights is None else weights)
        self._missing, self._n_held = self._segment, 0
        if not self._is_live:
            yield self._mix(frames)

    def _set_weights(self, weights: Floats) -> None:
        is_beginning = self._is_first and not self._is_live  # nobody heard another mix before
        self._weights_before = weights if is_beginning else self._weights
        self._weights = weights
        self._n_faded = 0
        self._is_first = False

    def _mix(self, frames: Floats) -> Floats:
        before, after = self._weights_before, self._weights
        if np.array_equal(before, after) or self._n_faded == self._n_ramp:
            return mix_down(frames, None if after.min() == 1.0 else after / after.sum())
        ramp, rest = frames[: self._n_ramp - self._n_faded], frames[self._n_ramp - self._n_faded :]
        share = np.arange(self._n_faded + 1, self._n_faded + len(ramp) + 1, dtype=np.float32) / self._n_ramp
        self._n_faded += len(ramp)
        gains = before + share[:, np.newaxis] * (after - before)
        gains /= gains.sum(axis=1, keepdims=True)
        faded = (replace_non_finite(ramp) * gains).sum(axis=1, dtype=np.float32)
        return np.concatenate((faded, self._mix(rest))) if len(rest) else faded


def downmix(frames: Floats, sample_rate: int, first_sample: int = 0) -> Floats:
    """Downmix of a part of a file.

    Parameters
    ----------
    frames : ndarray of float32 [shape=(n, channels)]
    sample_rate : int
        In Hz.
    first_sample : int
        Number in the file of the first frame.

    Returns
    -------
    ndarray of float32 [shape=(n,)]
        What `Downmix` gives there for the whole file, except near the ends of the part, whose segments are incomplete.
    """
    stream = Downmix(frames.shape[1], sample_rate, first_sample=first_sample)
    return np.concatenate([np.empty(0, dtype=np.float32), *stream.push(frames), *stream.finish()])


def segment_frames(channels: int, sample_rate: int, points: int = _POINTS) -> int:
    """Frames of a segment of a file."""
    step = _step(sample_rate)
    while points > 1 and points * step * channels > _MOST_HELD:
        points //= 2
    return points * step


def _step(sample_rate: int) -> int:
    """Frames from one that is analysed to the next."""
    return max(1, round(sample_rate / _SLOW_HZ))


def _decimated(frames: Floats, step: int) -> Floats:
    """Mean of every so many frames [shape=(channels, n)], by matrix products: sums over a short axis are slow."""
    n, channels = len(frames) // step, frames.shape[1]
    whole = frames[: n * step]
    if whole.flags.c_contiguous:
        summing = _summing(channels, step)
        rows = max(1, _PRODUCT_VALUES // summing.size)
        joined = whole.reshape(n, step * channels)
        sums = [joined[first : first + rows] @ summing for first in range(0, max(1, n), rows)]
        means: Floats = np.concatenate(sums).T
    else:  # planar, as from FFmpeg
        means = whole.T.reshape(channels, n, step) @ np.ones(step, dtype=np.float32)
    return means / np.float32(step)


@lru_cache(maxsize=4)
def _summing(channels: int, step: int) -> Floats:
    """Matrix that sums up so many frames [shape=(step * channels, channels)]."""
    return np.tile(np.eye(channels, dtype=np.float32), (step, 1))


def _weights(slow: Floats, slow_hz: float) -> Floats | None:
    """Weight of each channel in the mix [shape=(channels,)]; None where so little sound does not tell it."""
    channels, n = slow.shape
    if n < _FEWEST_POINTS:
        return None
    n -= n % _FFT_POINTS
    slow = np.ascontiguousarray(slow[:, :n])
    spectra = np.fft.rfft(replace_non_finite(slow) * _hann(n))
    edges = [round(hertz * n / slow_hz) for hertz in _BANDS_HZ]
    covariances = _band_covariances(spectra, edges)
    covariance = covariances.sum(axis=0)
    total = np.trace(covariance)
    # The mean square of the Hann window is 3/8, and half of the power is at negative frequencies.
    if not total > _SILENCE * channels * n**2 * 3 / 16:
        return None
    powers = _powers(covariances)
    kept = 1.0 + 2.0 * covariances / powers
    if kept.min() >= _INTACT:
        return np.ones(channels, dtype=np.float32)
    cancelled = np.clip((_INTACT - kept) / (_INTACT - _CANCELLED), 0.0, 1.0)
    shares = powers / total
    polarity = np.stack([_polarity(spectra[:, first:end]) for first, end in pairwise(edges)])
    heard = np.clip((shares - _UNHEARD) / (_HEARD - _UNHEARD), 0.0, 1.0)
    present = shares > _PRESENT
    broad = (cancelled * present).sum(axis=0) / np.maximum(present.sum(axis=0), 1)
    loss = np.maximum(np.clip(4.0 * broad - 2.0, 0.0, 1.0), (cancelled * heard * polarity).max(axis=0))
    return _without_opposites(loss, covariance)


@lru_cache(maxsize=3 * _POINTS // 2 // _FFT_POINTS)
def _hann(n: int) -> Floats:
    return np.hanning(n).astype(np.float32)


def _covariance(spectra: NDArray[Any]) -> NDArray[np.float64]:
    """Covariance of the channels [shape=(channels, channels)] from their spectra [shape=(channels, n_bins)]."""
    # Real and imaginary parts side by side: the imaginary part of a product is not needed.
    values = spectra.view(spectra.real.dtype)
    return np.asarray(values @ values.T, dtype=np.float64)


def _band_covariances(spectra: NDArray[Any], edges: list[int]) -> NDArray[np.float64]:
    """`_covariance` of each band [shape=(n_bands, channels, channels)].

    That of two channels takes few steps: a call of NumPy costs more than the sums themselves.

    Parameters
    ----------
    spectra : ndarray of complex64 [shape=(channels, n_bins)]
    edges : list of int
        First bin of each band, and the one behind the last.
    """
    if len(spectra) > 2:
        return np.stack([_covariance(spectra[:, first:end]) for first, end in pairwise(edges)])
    values = spectra[:, edges[0] : edges[-1]].view(spectra.real.dtype)
    firsts = [2 * (first - edges[0]) for first in edges[:-1]]
    products = values[:, np.newaxis] * values
    return np.add.reduceat(products, firsts, axis=2, dtype=np.float64).transpose(2, 0, 1)


def _powers(covariances: NDArray[np.float64]) -> NDArray[np.float64]:
    """Power of each pair of channels in each band [shape=(n_bands, channels, channels)]."""
    power = np.diagonal(covariances, axis1=-2, axis2=-1)
    return np.maximum(power[..., np.newaxis] + power[..., np.newaxis, :], np.finfo(np.float64).tiny)


def _polarity(spectra: NDArray[Any]) -> NDArray[np.float64]:
    """How far each pair of channels is of opposite polarity in a band, 0..1 [shape=(channels, channels)]."""
    power = np.square(np.abs(spectra), dtype=np.float64).sum(axis=0)
    n_tones = power.sum() ** 2 / max(float(np.square(power).sum()), np.finfo(np.float64).tiny)
    flattened = _covariance(spectra / np.sqrt(np.maximum(np.abs(spectra), np.finfo(np.float32).tiny)))
    root = np.sqrt(np.maximum(np.diag(flattened), np.finfo(np.float64).tiny))
    cosine = flattened / root / root[:, np.newaxis]
    opposite: NDArray[np.float64] = np.clip((_DELAYED - cosine) / (_DELAYED - _OPPOSITE), 0.0, 1.0)
    opposite *= np.clip((n_tones - _TONE) / (_TONES - _TONE), 0.0, 1.0)
    return opposite


def _without_opposites(loss: NDArray[np.float64], covariance: NDArray[np.float64]) -> Floats:
    """Weights that leave out one channel of each pair that cancels out."""
    weights = np.ones(len(loss))
    support = covariance.sum(axis=1)  # negative for a channel that is opposite to most
    for i, j in sorted(combinations(range(len(loss)), 2), key=lambda pair: -loss[pair]):
        if not weights[i] or not weights[j]:
            continue
        # The second one as a rule: a change from one to the other would fade through silence.
        is_first_odd = support[j] - support[i] > 0.5 * (covariance[i, i] + covariance[j, j])
        left_out = i if is_first_odd else j
        weights[left_out] = min(weights[left_out], 1.0 - loss[i, j])
    return weights.astype(np.float32)
