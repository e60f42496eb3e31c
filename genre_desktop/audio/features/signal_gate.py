"""A gate against signals that are no music (tones, noise, clicks, clean speech), by their spectrogram alone.

A network answers any input with one of its genres. This gate computes a few statistics of the log-mel patches, so that
it holds for every model. Its thresholds are wide: music passes, and so do some signals that are none.

All powers are relative to the loudest value of their patch: the level does not matter.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.audio.features.log_mel import log_mel
from genre_desktop.audio.features.mel_filterbank import hz_to_mel
from genre_desktop.audio.features.silent_gaps import in_runs
from genre_desktop.core.i18n import tr

Floats = NDArray[np.float32]

# --- thresholds --------------------------------------------------------------------------
# Calibrated on the spectrograms of 443 recordings (GTZAN, train list, ten genres), the sound of 346 (train and valid
# lists) in three configurations (22 050 Hz, hop 512 and 915, 128 bands; 16 kHz, hop 256, 96 bands), and on the signals
# of `training.robustness`. The figures are extremes over all configurations. None of these recordings is refused; of
# their single patches 0.2 to 0.8 % would be. Held out: 40 pieces of music for games, none of which is refused, and 25
# times 15 s of recorded telephone announcements, all of which are.

STEADY_BELOW = 2.25
"""`SignalStatistics.motion` below which a track is steady.

Hums, steady tones 0 to 0.1; white, pink, band-limited noise 1.0; brown noise, rain, applause
1.5 at most; wind 1.9 (in strong gusts 3.0, not refused); morse code 1.9; a babble of 60 voices
2.06 (of 24 voices 2.8 to 3.1, not refused). Music from 2.71 on (metal; other genres from 2.8),
pieces made by code from 3.0.
"""

FEW_BANDS = 8.0
"""`SignalStatistics.occupied_bands` up to which there are only single tones.

Of 128 or 96 bands: sines, chirps, sirens, telephone tones 2 to 8; a flute alone made by code
9 to 14; recorded music from 28 on. With few, wide bands it is proportionally less.
"""

SPEECH_ABOVE = 1.9
"""`SignalStatistics.speech` above which a track is speech.

Recorded announcements from 1.95 on, synthesised speech from 2.16, speech-like signals from 2.9;
music to 1.74 (rap over a sparse beat; other genres to 1.1), a voice or flute alone made by code to
1.54. Speech in noise or over music is not found: its pauses are filled.
"""

_SPEECH_WEIGHTS = {"pauses": 10.5, "gaps": 2.0, "flux": 1.0, "pulse": -2.5}
"""Weights of `SignalStatistics.speech`: Fisher's discriminant between the music and 73 speech signals (63 of them
synthesised), scaled and rounded. That of the gaps: of 40 recordings in which 0.5 to 10 s at a time were silenced in 11
ways, 6 of 880 are called speech (with a weight of 0 none), and 57 of 60 times 20 s of announcements with 1.5 s of
silence after each (with a weight of 0 there are 36).
"""

_CLICKS_SOUND_BELOW = 0.45  # share of the time; clicks 0.13 to 0.34, speech and music from 0.73 on

_TONE_MOVES_BELOW = 0.5  # motion of hums to 0.1, of noises from 0.9 on
_TONE_BANDS = 24.0  # morse code 16 to 19, music from 28 on; chooses the sentence for a steady track

# --- resolution --------------------------------------------------------------------------

_BLOCK_S = 0.045  # time resolution of all statistics: longer than the hop of any configuration
_WINDOW_S = 0.4  # power is averaged over it for `motion`: its noise is reduced to 1 dB
_MIN_WINDOWS = 6  # in a patch; a short one has shorter windows
_MIN_SPEECH_S = 2.0  # shortest patch with some syllables and a pause
_GAP_S = 0.45  # a longer silence is a gap, which music may have too; pauses between words are shorter
_GAPPY_PATCH = 0.5  # share of gaps above which a patch is ignored, as long as there are others
_PULSE_S = (0.25, 1.2)  # 50 to 240 beats a minute
_FLOOR_DB = -60.0
_HEARD_DB = -30.0  # below the loudest block of the patch; softer blocks are pauses
_OCCUPIED = 1e-4  # 40 dB below the loudest band of the block: beyond the side lobes of a sine
_TONE_ABOVE_HZ = 150.0  # a lower peak may be a bass drum, whose body is a sine in real music too
_GROUP = 8  # bands summed for the detection of onsets
_LEAST_PAIRS = 0.43
"""Share of the pairs of onsets at a distance that lie between gaps; with fewer there is no pulse. With 0.4 slow speech
by a synthesiser passes, with 0.48 music fails of which every other 2 s are silent (8 of 80 recordings)."""

_QUIET_PATCH_DB = -40.0  # below the loudest patch of the track; softer patches are ignored


@dataclass(frozen=True)
class SignalStatistics:
    """Statistics of a track that the gate decides by.

    Attributes
    ----------
    motion : float
        Variation of the shape of the spectrum, within patches or between them, relative to steady white noise.
    occupied_bands : float
        Mel bands within 40 dB of the loudest one, in blocks whose loudest is above 150 Hz; infinite where there are
        hardly any.
    sounding : float
        Share of the time within 30 dB of the loudest moment of a patch, 0..1.
    pauses : float
        Share of the time between gaps that is softer, 0..1.
    gaps : float
        Share of the time in gaps, which are long silences, 0..1: a stream dropped out, or a part was silenced.
    flux : float
        Mean rise from block to block, in dB, between gaps: high for speech, whose syllables begin and end in all bands.
    pulse : float
        Highest autocorrelation of the onsets between gaps at the distance of a beat; at most 1.
    speech : float
        Weighted sum of pauses, gaps, flux and missing pulse; minus infinity for patches too short to measure it.
    """

    motion: float
    occupied_bands: float
    sounding: float
    pauses: float
    gaps: float
    flux: float
    pulse: float
    speech: float


class SignalGate:
    """Decides whether a track may be music, by statistics of its patches.

    Parameters
    ----------
    config : FeatureConfig
        Configuration of the patches.
    keep : int, optional
        For live sound, pushed a patch at a time: only the last so many patches count.

    Notes
    -----
    Without `keep` memory grows by one spectrum for each patch (0.5 kB). The result does not depend on how the patches
    are grouped into calls.

    Examples
    --------
    >>> import numpy as np
    >>> from genre_desktop.audio.features.patches import cut_patches
    >>> config = FeatureConfig()
    >>> hiss = np.random.default_rng(0).normal(0, 0.1, 10 * config.sample_rate)
    >>> gate = SignalGate(config)
    >>> gate.push(cut_patches(log_mel(hiss, config), config).values)
    >>> gate.verdict() is None
    False
    """

    def __init__(self, config: FeatureConfig, *, keep: int | None = None) -> None:
        self._config = config
        self._patches: deque[_PatchStatistics] = deque(maxlen=keep)

    def forget(self) -> None:
        """Drop all patches."""
        self._patches.clear()

    def push(self, patches_db: ArrayLike) -> None:
        """Add the next patches.

        Parameters
        ----------
        patches_db : array_like of float32 [shape=(n, patch_frames, n_mels)]
            In dB, before any scaling. Patches without any variation are silence and left out.
        """
        patches = np.asarray(patches_db, dtype=np.float32)
        patches = patches[np.ptp(patches, axis=(1, 2)) > 0]
        if len(patches):
            self._patches.append(_measure(patches, self._config))

    def statistics(self) -> SignalStatistics | None:
        """Statistics of the patches so far; ``None`` where all were silence."""
        if not self._patches:
            return None
        top_db = np.concatenate([part.top_db for part in self._patches])
        values = np.concatenate([part.values for part in self._patches])
        counted = top_db > top_db.max() + _QUIET_PATCH_DB
        sounding = counted & (values[:, _GAPS] <= _GAPPY_PATCH)
        counted = sounding if sounding.any() else counted
        shape_db = np.concatenate([part.shape_db for part in self._patches])[counted]
        found = dict(zip(_STATISTICS, np.median(values[counted], axis=0).tolist(), strict=True))
        speech = -np.inf
        if self._config.patch_s >= _MIN_SPEECH_S:
            speech = sum(weight * found[name] for name, weight in _SPEECH_WEIGHTS.items())
        between = _motion_between(shape_db, _noise_deviation_db(self._config))
        return SignalStatistics(**{**found, "motion": max(found["motion"], between)}, speech=speech)

    def verdict(self) -> str | None:
        """A sentence that says why the track is no music; ``None`` where it may be music."""
        found = self.statistics()
        if found is None:
            return tr("Nothing sounds.")
        steady = found.motion < STEADY_BELOW
        if steady and found.sounding < _CLICKS_SOUND_BELOW:
            return tr("Mostly silence, with clicks.")
        if found.occupied_bands <= min(FEW_BANDS, self._config.n_mels / 12):
            return tr("Nothing but single tones.")
        if steady and (found.motion < _TONE_MOVES_BELOW or found.occupied_bands < _TONE_BANDS):
            return tr("A steady tone or hum.")
        if steady:
            return tr("A steady noise: its spectrum hardly changes.")
        if found.speech > SPEECH_ABOVE:
            return tr("Sounds like speech: syllables and pauses, and no beat.")
        return None


_STATISTICS = ("motion", "occupied_bands", "sounding", "pauses", "gaps", "flux", "pulse")
_GAPS = _STATISTICS.index("gaps")


@dataclass(frozen=True, eq=False)
class _PatchStatistics:
    """Statistics of some patches; `values` are the `_STATISTICS` of each."""

    top_db: Floats  # [n]
    values: Floats  # [n, 7]
    shape_db: Floats  # [n, n_mels]


def _measure(patches_db: Floats, config: FeatureConfig) -> _PatchStatistics:
    power = _blocks(patches_db, config)
    level = power.sum(axis=2)
    heard = level > level.max(axis=1, keepdims=True) * _ratio(_HEARD_DB)
    between_gaps = ~_gaps(~heard, config)
    pauses = (between_gaps & ~heard).sum(axis=1) / np.maximum(between_gaps.sum(axis=1), 1)
    motion = _motion_within(power, config)
    occupied = _occupied_bands(power, heard, config)
    flux, pulse = _onsets(power, between_gaps, config)
    columns = [motion, occupied, heard.mean(axis=1), pauses, 1 - between_gaps.mean(axis=1), flux, pulse]
    return _PatchStatistics(
        top_db=patches_db.max(axis=(1, 2)),
        values=np.stack(columns, axis=1).astype(np.float32),
        shape_db=_decibels(power.sum(axis=1) / power.sum(axis=(1, 2))[:, np.newaxis]),
    )


def _blocks(patches_db: Floats, config: FeatureConfig) -> Floats:
    """Power relative to each patch's loudest value, in blocks of `_BLOCK_S` [n, n_blocks, n_mels]."""
    relative = patches_db - patches_db.max(axis=(1, 2), keepdims=True)
    power = np.exp(np.maximum(relative, _FLOOR_DB) * np.float32(np.log(10) / 10))
    return _averaged(power, _block_frames(config))


def _block_frames(config: FeatureConfig) -> int:
    return min(max(1, round(_BLOCK_S / config.frame_s)), max(1, config.patch_frames // (2 * _MIN_WINDOWS)))


def _gaps(soft: NDArray[np.bool_], config: FeatureConfig) -> NDArray[np.bool_]:
    """Which blocks lie in a gap, or next to one, where the analysis window reaches into it [shape=(n, n_blocks)]."""
    block_s = _block_frames(config) * config.frame_s
    return in_runs(soft, max(1, round(_GAP_S / block_s)), margin=1)


def _averaged(power: Floats, length: int) -> Floats:
    n = power.shape[1] // length
    means: Floats = power[:, : n * length].reshape(len(power), n, length, -1).mean(axis=2)
    return means


# --- motion ------------------------------------------------------------------------------


def _motion_within(power: Floats, config: FeatureConfig) -> Floats:
    deviation, highest = _deviation_db(power, config)
    return _relative_motion(deviation, highest, _noise_deviation_db(config))


def _motion_between(shape_db: Floats, noise_db: Floats) -> float:
    """Motion between patches: an organ may hold its chord for a whole patch.

    Medians ignore a single patch in which a tone is switched on or off.
    """
    deviation: Floats = np.median(np.abs(shape_db - np.median(shape_db, axis=0)), axis=0)
    deviation *= np.float32(1.483)  # estimates the standard deviation of normally distributed values
    return float(_relative_motion(deviation, shape_db.max(axis=0), noise_db))


def _deviation_db(power: Floats, config: FeatureConfig) -> tuple[Floats, Floats]:
    """Deviation over time of each band's share of the power, and its highest share, in dB [n, n_mels]."""
    block_s = _block_frames(config) * config.frame_s
    length = min(max(1, round(_WINDOW_S / block_s)), max(1, power.shape[1] // _MIN_WINDOWS))
    windows = _averaged(power, length)
    level = windows.sum(axis=2, keepdims=True)
    share_db = _decibels(windows / level)
    heard = (level > level.max(axis=1, keepdims=True) * _ratio(_HEARD_DB)).astype(np.float32)
    count = heard.sum(axis=1)
    mean = (share_db * heard).sum(axis=1) / count
    variance = (np.square(share_db - mean[:, np.newaxis]) * heard).sum(axis=1) / count
    return np.sqrt(variance), np.where(heard > 0, share_db, -np.inf).max(axis=1)


def _relative_motion(deviation_db: Floats, highest_db: Floats, noise_db: Floats) -> Floats:
    """Root mean square over the bands, the louder ones counting more [shape=(...,)]."""
    weight = np.maximum(highest_db - highest_db.max(axis=-1, keepdims=True) + 40.0, 0.0)
    ratio = np.square(deviation_db / noise_db)
    motion: Floats = np.sqrt((ratio * weight).sum(axis=-1) / weight.sum(axis=-1))
    return motion


@lru_cache(maxsize=8)
def _noise_deviation_db(config: FeatureConfig) -> Floats:
    """`_deviation_db` of steady white noise: larger in bands of fewer bins [shape=(n_mels,)]."""
    n_patches = 12
    n = n_patches * config.patch_frames * config.hop_length
    noise = np.random.default_rng(0).standard_normal(n, dtype=np.float32)
    frames = log_mel(noise, config)[: n_patches * config.patch_frames]
    patches = frames.reshape(n_patches, config.patch_frames, config.n_mels)
    deviation, _ = _deviation_db(_blocks(patches, config), config)
    mean: Floats = np.sqrt(np.square(deviation).mean(axis=0))
    return np.maximum(mean, np.float32(1e-3))  # a band may be too narrow for any bin


# --- tones -------------------------------------------------------------------------------


def _occupied_bands(power: Floats, heard: NDArray[np.bool_], config: FeatureConfig) -> Floats:
    """Median of occupied bands over the audible blocks whose loudest band is above `_TONE_ABOVE_HZ`."""
    count = (power > power.max(axis=2, keepdims=True) * _OCCUPIED).sum(axis=2)
    counted = heard & (power.argmax(axis=2) >= _band_of(_TONE_ABOVE_HZ, config))
    enough = counted.sum(axis=1) >= 0.2 * heard.sum(axis=1)
    rows = [np.median(row[which]) if some else np.inf for row, which, some in zip(count, counted, enough, strict=True)]
    return np.array(rows, dtype=np.float32)


def _band_of(hertz: float, config: FeatureConfig) -> int:
    """The mel band whose centre is nearest to a frequency."""
    mel, bottom, top = (float(value) for value in hz_to_mel([hertz, config.fmin, config.fmax]))
    return round((mel - bottom) / (top - bottom) * (config.n_mels + 1)) - 1


# --- onsets ------------------------------------------------------------------------------


def _onsets(power: Floats, counted: NDArray[np.bool_], config: FeatureConfig) -> tuple[Floats, Floats]:
    """Flux and pulse: mean rise of groups of bands in dB from block to block, and its periodicity [shape=(n,)].

    Only rises between two blocks that are `counted` [shape=(n, n_blocks)] have a say.
    """
    starts = np.arange(0, power.shape[2], _GROUP)
    groups_db = _decibels(np.add.reduceat(power, starts, axis=2))
    groups_db = np.maximum(groups_db, groups_db.max(axis=(1, 2), keepdims=True) - 40.0)
    rise = np.maximum(np.diff(groups_db, axis=1), 0.0).mean(axis=2)
    weight = (counted[:, 1:] & counted[:, :-1]).astype(np.float32)
    n_counted = np.maximum(weight.sum(axis=1), 1.0)
    flux = (rise * weight).sum(axis=1) / n_counted
    swing = (rise - flux[:, np.newaxis]) * weight
    n = swing.shape[1]
    block_s = _block_frames(config) * config.frame_s
    lags = np.arange(round(_PULSE_S[0] / block_s), min(round(_PULSE_S[1] / block_s), n))
    if not lags.size:
        return flux, np.zeros_like(flux)
    energy = np.maximum(np.square(swing).sum(axis=1) / n_counted, 1e-9)
    pulse = np.full_like(flux, -np.inf)
    for lag in lags:
        n_pairs = (weight[:, lag:] * weight[:, : n - lag]).sum(axis=1)
        alike = (swing[:, lag:] * swing[:, : n - lag]).sum(axis=1) / np.maximum(n_pairs, 1.0) / energy
        # The mean of a few pairs is chance.
        pulse = np.maximum(pulse, np.where(n_pairs >= (n - lag) * _LEAST_PAIRS, alike, 0.0))
    return flux, pulse


def _decibels(power: Floats) -> Floats:
    return np.asarray(10.0 * np.log10(np.maximum(power, 1e-9)), np.float32)


def _ratio(decibels: float) -> np.float32:
    return np.float32(10 ** (decibels / 10))
