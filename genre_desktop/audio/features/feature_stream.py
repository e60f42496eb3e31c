"""Features of a signal that arrives in blocks: log-mel frames, and other features of the middle of their patches."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.audio.features.log_mel import LogMelStream
from genre_desktop.audio.features.patches import Patches, cut_patches
from genre_desktop.audio.features.subsonic_filter import SubsonicFilter


class FeatureStream:
    """Log-mel frames of a signal that arrives in blocks, and the `middle` of patches that are cut from them.

    The frames are those of `LogMelStream`; both are computed from what `SubsonicFilter` lets through. Without a
    `middle` no samples are kept.

    Parameters
    ----------
    config : FeatureConfig
    first_sample : int
        Index in the track of the first sample that is pushed.
    is_live : bool
        See `SubsonicFilter`.
    """

    def __init__(self, config: FeatureConfig, *, first_sample: int = 0, is_live: bool = False) -> None:
        self._config = config
        self._subsonic = SubsonicFilter(config.sample_rate, is_live=is_live)
        self._frames = LogMelStream(config, is_filtered=False)
        self._kept = [np.empty(0, np.float32)]  # filtered samples, for the middles
        self._first = first_sample
        middle = config.middle
        if middle is not None:
            # As a patch, which is centred on its first sample, the middle reaches from its first window to its last.
            self._lead = (config.patch_samples - middle.patch_samples) // 2 - config.n_fft // 2

    @property
    def is_filtered(self) -> bool:
        """True once `SubsonicFilter` removed anything."""
        return self._subsonic.has_acted

    def push(self, samples: ArrayLike) -> NDArray[np.float32]:
        """Add the next samples and return the frames that they complete.

        Parameters
        ----------
        samples : array_like of float32 [shape=(n,)]
            Mono signal at the configuration's sampling rate.

        Returns
        -------
        ndarray of float32 [shape=(n_frames, n_mels)]
            In dB.
        """
        return self._push_heard(self._subsonic.push(samples))

    def finish(self) -> NDArray[np.float32]:
        """Return the frames at the end of the signal [shape=(n_frames, n_mels)]; then no more samples may come."""
        return np.concatenate((self._push_heard(self._subsonic.finish()), self._frames.finish()))

    def _push_heard(self, heard: NDArray[np.float32]) -> NDArray[np.float32]:
        if self._config.middle is not None:
            self._kept.append(heard)
        return self._frames.push(heard)

    def with_middle(self, patches: Patches) -> Patches:
        """Patches of the frames, with the features of their middle. Beyond the ends of the signal is silence."""
        middle = self._config.middle
        if middle is None:
            return patches
        values = np.empty((len(patches), middle.patch_frames, middle.n_mels), np.float32)
        for row, start_s in zip(values, patches.start_s, strict=True):
            begin = round(start_s * self._config.sample_rate) + self._lead - self._first
            part = self._part(begin, begin + middle.patch_samples)
            row[:] = LogMelStream(middle, is_centred=False, is_filtered=False).push(part)
        return replace(patches, middle=values)

    def _part(self, begin: int, end: int) -> NDArray[np.float32]:
        part = self._joined()[max(0, begin) : max(0, end)]
        before = max(0, -begin)
        return np.pad(part, (before, end - begin - before - len(part)))

    def _joined(self) -> NDArray[np.float32]:
        if len(self._kept) > 1:
            self._kept = [np.concatenate(self._kept)]
        return self._kept[0]

    def forget(self, first_frame: int) -> None:
        """Drop the samples of which no patch is in need that begins at this frame or later."""
        if self._config.middle is not None:
            needed = first_frame * self._config.hop_length + self._lead
            dropped = min(max(0, needed - self._first), len(self._joined()))
            self._kept = [self._joined()[dropped:].copy()]
            self._first += dropped


def patches_of(samples: ArrayLike, config: FeatureConfig) -> Patches:
    """All patches of a whole signal, with their middle.

    Parameters
    ----------
    samples : array_like of float32 [shape=(n,)]
        Mono signal at the configuration's sampling rate, all of which is kept meanwhile.
    config : FeatureConfig

    Returns
    -------
    Patches
    """
    stream = FeatureStream(config)
    frames = np.concatenate((stream.push(samples), stream.finish()))
    return stream.with_middle(cut_patches(frames, config))
