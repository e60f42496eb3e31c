"""Cutting log-mel frames into patches, the input of a network, and scaling them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import ArrayLike, NDArray

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.audio.features.silent_gaps import close_gaps

_LOG_POWER_FACTOR = 10_000.0
"""Factor in the input of MSD_musicnn, ``log10(10000 x + 1)`` (Pons and Serra 2019)."""

_LOG_MAGNITUDE_OFFSET = 0.001
"""Offset in the input of YAMNet, ``log(x + 0.001)`` (Plakal and Ellis 2019)."""

_SILENCE = {"patch_max": 0.0, "log_power": 0.0, "log_magnitude": math.log(_LOG_MAGNITUDE_OFFSET)}
"""What each scaling makes of no sound at all."""


@dataclass(frozen=True, eq=False)
class Patches:
    """Patches of one track.

    Attributes
    ----------
    values : ndarray of float32 [shape=(n_patches, patch_frames, n_mels)]
        In dB, not scaled yet; see `scale_patches`.
    start_s : ndarray of float64 [shape=(n_patches,)]
        Beginning of each patch, in seconds.
    middle : ndarray of float32 [shape=(n_patches, middle.patch_frames, middle.n_mels)] or None
        In dB, the features of the configuration's `middle`, if it has one.
    """

    values: NDArray[np.float32]
    start_s: NDArray[np.float64]
    middle: NDArray[np.float32] | None = None

    def __len__(self) -> int:
        return len(self.start_s)

    def take(self, chosen: NDArray[np.bool_]) -> Patches:
        """The patches where the mask is true."""
        middle = None if self.middle is None else self.middle[chosen]
        return Patches(self.values[chosen], self.start_s[chosen], middle)


def network_input(patches: Patches, config: FeatureConfig) -> NDArray[np.float32]:
    """The input of a network for some patches: gaps closed, scaled, in one row with their middle where there is one.

    Returns
    -------
    ndarray of float32 [shape=(n_patches, *config.input_shape)]
    """
    scaled = scale_patches(close_gaps(patches.values, config), config)
    if config.middle is None or patches.middle is None:
        return scaled
    middle = scale_patches(patches.middle, config.middle)
    # At any other level it would not be silence.
    middle[np.ptp(patches.middle, axis=(-2, -1)) == 0] = _SILENCE[config.middle.scaling]
    return np.concatenate([part.reshape(len(part), math.prod(part.shape[1:])) for part in (scaled, middle)], axis=1)


def scale_patches(patches_db: ArrayLike, config: FeatureConfig) -> NDArray[np.float32]:
    """Scale patches in dB to the input of a network.

    Parameters
    ----------
    patches_db : array_like of float32 [shape=(n_patches, patch_frames, n_mels)]
    config : FeatureConfig
        Its `scaling` chooses the formula.

    Returns
    -------
    ndarray of float32 [shape=(n_patches, patch_frames, n_mels)]
        ``"patch_max"``: 1 is the loudest value of each patch, 0 is `dynamic_range_db`
        below it or less. ``"log_power"``: 0 for silence, 4 for a power of 1. ``"log_magnitude"``: -6.9 for silence,
        0 for a magnitude of 1.
    """
    patches = np.asarray(patches_db, dtype=np.float32)
    scaled: NDArray[np.float32]
    level = 10.0 ** (config.reference_db / 10.0)
    if config.scaling == "log_power":
        scaled = _power_with_mean(patches, _LOG_POWER_FACTOR * level)
        scaled += np.float32(1.0)
        np.log10(scaled, out=scaled)
        return scaled
    if config.scaling == "log_magnitude":
        scaled = _power_with_mean(patches, level)
        np.sqrt(scaled, out=scaled)
        scaled += np.float32(_LOG_MAGNITUDE_OFFSET)
        np.log(scaled, out=scaled)
        return scaled
    scaled = patches - patches.max(axis=(-2, -1), keepdims=True, initial=-np.inf)
    scaled /= np.float32(config.dynamic_range_db)
    scaled += np.float32(1.0)
    np.clip(scaled, 0.0, 1.0, out=scaled)
    return scaled


def _power_with_mean(patches_db: NDArray[np.float32], mean: float) -> NDArray[np.float32]:
    """The power of patches, each scaled to a mean."""
    # Relative to the loudest value, so that no power overflows.
    power: NDArray[np.float32] = patches_db - patches_db.max(axis=(-2, -1), keepdims=True, initial=-np.inf)
    power *= np.float32(math.log(10.0) / 10.0)
    np.exp(power, out=power)
    # A mean in float64: the sum of 18 000 powers in float32 would depend on their order.
    power *= (mean / power.mean(axis=(-2, -1), keepdims=True, dtype=np.float64)).astype(np.float32)
    return power


class PatchStream:
    """Overlapping patches of frames that arrive in blocks.

    Patch ``k`` begins at frame ``k * patch_hop``. At least half a `patch_hop` of frames left over at the end gets one
    more patch, aligned to the end, so that the last seconds of a track count too.

    Parameters
    ----------
    config : FeatureConfig
    """

    def __init__(self, config: FeatureConfig) -> None:
        self._config = config
        self._start()

    def _start(self) -> None:
        self._frames = np.empty((0, self._config.n_mels), dtype=np.float32)
        self._first = 0  # index in the track of the first frame kept
        self._next = 0  # index of the frame the next patch begins with

    @property
    def first_frame(self) -> int:
        """Index of the first frame that may still belong to a patch."""
        return self._first

    def push(self, frames_db: ArrayLike) -> Patches:
        """Add the next frames and return the patches that they complete.

        Parameters
        ----------
        frames_db : array_like of float32 [shape=(n_frames, n_mels)]

        Returns
        -------
        Patches
        """
        config = self._config
        self._frames = np.concatenate((self._frames, np.asarray(frames_db, dtype=np.float32)))
        total = self._first + len(self._frames)
        n_patches = max(0, 1 + (total - config.patch_frames - self._next) // config.patch_hop)
        starts = self._next + config.patch_hop * np.arange(n_patches)
        patches = self._cut(starts)
        self._next += n_patches * config.patch_hop
        # The last patch_frames frames are kept for the patch that `finish` may add.
        drop = max(0, min(self._next, total - config.patch_frames) - self._first)
        self._frames = self._frames[drop:].copy()
        self._first += drop
        return patches

    def finish(self) -> Patches:
        """Return the patch at the end, if there is one, and reset the stream."""
        config = self._config
        total = self._first + len(self._frames)
        covered = self._next - config.patch_hop + config.patch_frames
        starts = [total - config.patch_frames] if self._next and total - covered >= config.patch_hop / 2 else []
        patches = self._cut(np.array(starts, dtype=np.int64))
        self._start()
        return patches

    def _cut(self, starts: NDArray[np.int64]) -> Patches:
        config = self._config
        start_s: NDArray[np.float64] = np.asarray(starts * config.frame_s, dtype=np.float64)
        if not starts.size:
            return Patches(np.empty((0, config.patch_frames, config.n_mels), dtype=np.float32), start_s)
        windows = sliding_window_view(self._frames, config.patch_frames, axis=0)
        return Patches(np.ascontiguousarray(windows[starts - self._first].swapaxes(1, 2)), start_s)


def cut_patches(frames_db: ArrayLike, config: FeatureConfig) -> Patches:
    """Patches of a whole track at once.

    Parameters
    ----------
    frames_db : array_like of float32 [shape=(n_frames, n_mels)]
    config : FeatureConfig

    Returns
    -------
    Patches
        Empty where there are fewer frames than a patch needs.
    """
    stream = PatchStream(config)
    return join_patches([stream.push(frames_db), stream.finish()])


def join_patches(parts: list[Patches]) -> Patches:
    """Concatenate `Patches` in their order."""
    middles = [part.middle for part in parts if part.middle is not None]
    return Patches(
        np.concatenate([part.values for part in parts]),
        np.concatenate([part.start_s for part in parts]),
        np.concatenate(middles) if middles else None,
    )
