"""Log-mel frames of sound files, cached on disk."""

from __future__ import annotations

import hashlib
import io
import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.audio.features.log_mel import LogMelStream, log_mel
from genre_desktop.core import locations
from genre_desktop.core.errors import (
    AudioNotFoundError,
    AudioPermissionError,
    AudioReadError,
    AudioTooShortError,
    GenreDesktopError,
    StorageError,
)
from genre_desktop.library.store.codec import UnreadableRowError, pack_error, unpack_error
from genre_desktop.model.prediction import loss_of
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
        StorageError
            Where the cache cannot be written, as on a full disk.
        """
        return self.features_of(path, content_hash(path), variant)

    def features_of(self, path: Path, content: bytes, variant: int) -> Path:
        """Like `features`, for a file whose `content_hash` is known."""
        target = self._folder / f"{self._key(content, variant)}.npy"
        if not os.path.isfile(target):  # which does not fail where the cache may not be entered
            frames = self._compute(path, content, variant)
            try:
                array = io.BytesIO()
                np.save(array, frames.astype(np.float16))
                # Through a temporary file of its own: two threads may compute the same content at once.
                locations.write_private(target, array.getvalue())
            except OSError as error:
                raise StorageError(path=self._folder, reason=error.strerror or str(error)) from error
        return target

    def loss_of(self, path: Path, content: bytes) -> GenreDesktopError | None:
        """Why only a part of a file could be read, as it was noticed when its features were computed."""
        try:
            return unpack_error(self._note(content).read_text("utf-8"), os.fspath(path))
        except (OSError, UnreadableRowError, UnicodeDecodeError):
            return None

    def _write_note(self, path: Path, content: bytes, loss: GenreDesktopError | None) -> None:
        # Beside the features, as the next training takes those and does not read the file.
        try:
            if loss is None:
                self._note(content).unlink(missing_ok=True)
            else:
                locations.write_private(self._note(content), pack_error(loss, os.fspath(path)).encode())
        except OSError as error:
            raise StorageError(path=self._folder, reason=error.strerror or str(error)) from error

    def _note(self, content: bytes) -> Path:
        return self._folder / f"{self._key(content, 0)}.loss.json"

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
        frames = self._compute_plain(path, content)
        config = self._config
        if len(frames) < config.patch_frames:
            needed_s = config.min_samples / config.sample_rate
            raise AudioTooShortError(path=path, duration_s=max(0, len(frames) - 1) * config.frame_s, needed_s=needed_s)
        return frames

    def _compute_plain(self, path: Path, content: bytes) -> NDArray[np.float32]:
        stream = LogMelStream(self._config)
        with open_audio(path) as reader:
            parts = [stream.push(block) for block in reader.blocks(self._config.sample_rate)]
            parts.append(stream.finish())
            frames = np.concatenate(parts)
            damage = reader.problem
            loss = damage or loss_of(reader.notes)
            if damage is not None and len(frames) < self._config.patch_frames:
                raise damage
        self._write_note(path, content, loss)
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
    """SHA-256 of a file's bytes.

    Raises
    ------
    AudioError
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except PermissionError as error:
        raise AudioPermissionError(path=path) from error
    except FileNotFoundError as error:  # a broken link
        raise AudioNotFoundError(path=path) from error
    except OSError as error:
        raise AudioReadError(path=path, reason=error.strerror or str(error)) from error


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
