"""From samples to patches: the frames of each patch, and other features of its middle."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.audio.features.log_mel import LogMelStream
from genre_desktop.audio.features.patches import Patches, PatchStream, join_patches


class PatchExtractor:
    """Patches of a signal that arrives in blocks; they do not depend on the blocks.

    Parameters
    ----------
    config : FeatureConfig
    """

    def __init__(self, config: FeatureConfig) -> None:
        self._config = config
        self._frames, self._patches = LogMelStream(config), PatchStream(config)
        self._middles = MiddleCutter(config)

    def push(self, samples: ArrayLike) -> Patches:
        """Add the next samples and return the patches that they complete.

        Parameters
        ----------
        samples : array_like of float32 [shape=(n,)]
            Mono signal at the configuration's sampling rate.
        """
        samples = np.asarray(samples, dtype=np.float32)
        patches = self._patches.push(self._frames.push(samples))
        self._middles.push(samples)
        patches = self._middles.added_to(patches)
        self._middles.forget(self._patches.first_frame)
        return patches

    def finish(self) -> Patches:
        """Return the patches at the end of the signal, and reset the extractor."""
        patches = join_patches([self._patches.push(self._frames.finish()), self._patches.finish()])
        patches = self._middles.added_to(patches)
        self._middles = MiddleCutter(self._config)
        return patches


class MiddleCutter:
    """Features of the middle of patches, computed from the samples there; without a `middle` there are none.

    Parameters
    ----------
    config : FeatureConfig
    first_sample : int
        Index in the signal of the first sample that is pushed.
    """

    def __init__(self, config: FeatureConfig, first_sample: int = 0) -> None:
        self._config = config
        self._samples = np.empty(0, np.float32)
        self._first = first_sample
        middle = config.middle
        if middle is not None:
            # Frames are centred: the middle of a patch is that of the centres of its first and last frame.
            self._lead = (config.min_samples - middle.min_samples) // 2 - middle.n_fft // 2
            self._length = middle.min_samples + middle.n_fft

    def push(self, samples: NDArray[np.float32]) -> None:
        """Add the next samples."""
        if self._config.middle is not None:
            self._samples = np.concatenate((self._samples, samples))

    def added_to(self, patches: Patches) -> Patches:
        """The same patches with their middle. What lies beyond the ends of the signal is silence."""
        middle = self._config.middle
        if middle is None:
            return patches
        values = np.empty((len(patches), middle.patch_frames, middle.n_mels), np.float32)
        for row, start_s in zip(values, patches.start_s, strict=True):
            begin = round(start_s * self._config.sample_rate) + self._lead
            row[:] = LogMelStream(middle, is_centred=False).push(self._part(begin - self._first))
        return replace(patches, middle=values)

    def _part(self, begin: int) -> NDArray[np.float32]:
        part = self._samples[max(0, begin) : max(0, begin + self._length)]
        before = max(0, -begin)
        return np.pad(part, (before, self._length - before - len(part)))

    def forget(self, first_frame: int) -> None:
        """Drop the samples of which no patch is in need that begins at this frame or later."""
        if self._config.middle is not None:
            needed = first_frame * self._config.hop_length + self._lead
            dropped = min(max(0, needed - self._first), len(self._samples))
            self._samples = self._samples[dropped:].copy()
            self._first += dropped
