"""Log-mel frames of sound files, cached on disk."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.audio.features.log_mel import LogMelStream, log_mel
from genre_desktop.core import locations
from genre_desktop.core.errors import AudioTooShortError
from training.datasets.augmentation import augment_waveform
from training.datasets.dataset import FrameSource

_VERSION = 2
"""Raised when the same sound gives other frames: 2 mixes opposite channels and removes what lies below hearing."""

MAX_AUGMENTED_S = 60.0
"""Seconds of a recording that an augmented version is made of: librosa works on whole arrays."""


class FeatureCache:
    """Log-mel frames on disk, under a hash of the file's bytes and of the settings they are computed with.

    Parameters
    ----------
    config : FeatureConfig
    seed : int
        Of the augmented variants.
    folder : Path, optional
        The user's cache folder by default; may be deleted at any time.
    """

    def __init__(self, config: FeatureConfig, seed: int = 0, folder: Path | None = None) -> None:
        self._config = config
        self._seed = seed
        self._folder = folder or locations.user_cache() / "features"

    def features(self, path: Path, variant: int = 0) -> Path:
        """Path of the ``.npy`` file with the frames of a sound file, computed if it is not cached yet.

        Returns
        -------
        Path
            float16 [n_frames, n_mels] in dB.

        Raises
        ------
        AudioError
        """
        return self.features_of(path, content_hash(path), variant)

    def features_of(self, path: Path, content: bytes, variant: int) -> Path:
        """Like `features`, for a file whose `content_hash` is known."""
        target = self._folder / f"{self._key(content, variant)}.npy"
        if not target.is_file():
            frames = self._compute(path, content, variant)
            locations.private_folder(self._folder)
            # A unique name: two threads may compute the same content at once, from two copies of a file.
            with tempfile.NamedTemporaryFile(dir=self._folder, suffix=".part", delete=False) as file:
                np.save(file, frames.astype(np.float16))
            os.replace(file.name, target)
        return target

    def _key(self, content: bytes, variant: int) -> str:
        digest = hashlib.sha256(content)
        config = self._config
        made = (config.sample_rate, config.n_fft, config.hop_length, config.n_mels, config.fmin, config.fmax)
        augmented = (variant, self._seed) if variant else ()
        digest.update(repr((_VERSION, made, augmented)).encode())
        return digest.hexdigest()

    def _compute(self, path: Path, content: bytes, variant: int) -> NDArray[np.float32]:
        if variant:
            return self._compute_variant(path, content, variant)
        frames = self._compute_plain(path)
        config = self._config
        if len(frames) < config.patch_frames:
            needed_s = config.min_samples / config.sample_rate
            raise AudioTooShortError(path=path, duration_s=max(0, len(frames) - 1) * config.frame_s, needed_s=needed_s)
        return frames

    def _compute_plain(self, path: Path) -> NDArray[np.float32]:
        stream = LogMelStream(self._config)
        with open_audio(path) as reader:
            parts = [stream.push(block) for block in reader.blocks(self._config.sample_rate)]
            parts.append(stream.finish())
            frames = np.concatenate(parts)
            if reader.problem is not None and len(frames) < self._config.patch_frames:
                raise reader.problem
        return frames

    def _compute_variant(self, path: Path, content: bytes, variant: int) -> NDArray[np.float32]:
        rate = self._config.sample_rate
        needed = int(MAX_AUGMENTED_S * rate)
        parts: list[NDArray[np.float32]] = []
        with open_audio(path) as reader:
            for block in reader.blocks(rate):
                parts.append(block)
                if sum(map(len, parts)) >= needed:
                    break
        samples = np.concatenate(parts)[:needed]
        rng = np.random.default_rng([self._seed, variant, *content[:8]])
        return log_mel(augment_waveform(samples, rate, rng), self._config)


def content_hash(path: Path) -> bytes:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


class CachedFrames(FrameSource):
    """Frames of cached files, memory-mapped: only the rows that are used are read.

    Parameters
    ----------
    features : list of tuple of Path
        Of each track, the ``.npy`` files of its variants.
    """

    def __init__(self, features: list[tuple[Path, ...]]) -> None:
        self._features = features
        self.n_variants = min(len(paths) for paths in features)
        self._lengths = [[len(np.load(path, mmap_mode="r")) for path in paths] for paths in features]

    def n_frames(self, track: int, variant: int = 0) -> int:
        """Number of frames of a track."""
        return self._lengths[track][variant]

    def frames(self, track: int, variant: int = 0) -> NDArray[Any]:
        """Frames in dB [shape=(n_frames, n_mels)], float16."""
        return np.asarray(np.load(self._features[track][variant], mmap_mode="r"))
