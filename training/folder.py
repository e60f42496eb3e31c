"""A data set of sound files: a folder with one sub-folder a genre."""

from __future__ import annotations

import hashlib
import logging
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop import locations
from genre_desktop.audio.config import FeatureConfig
from genre_desktop.audio.decode import open_audio
from genre_desktop.audio.features import LogMelStream, log_mel
from genre_desktop.audio.waveform import load_audio
from genre_desktop.errors import (
    AudioTooShortError,
    DatasetFormatError,
    DatasetNotFoundError,
    GenreDesktopError,
    InternalError,
)
from genre_desktop.library.scan import scan
from training.augment import augment_waveform
from training.dataset import Dataset, FrameSource, Track

WAVEFORM_VARIANTS = 2
"""Augmented versions of each recording that training from sound adds."""

MAX_AUGMENTED_S = 60.0
"""Seconds of a recording that an augmented version is made of: librosa works on whole arrays."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SoundFile:
    """A labelled file of the folder."""

    path: Path
    name: str
    genre: str


def list_sound_files(folder: Path) -> list[SoundFile]:
    """The sound files of a folder with one sub-folder a genre, in order.

    Raises
    ------
    DatasetNotFoundError, DatasetFormatError
    """
    if not folder.is_dir():
        raise DatasetNotFoundError(path=folder)
    genres = sorted(entry for entry in folder.iterdir() if entry.is_dir() and not entry.name.startswith("."))
    files = [
        SoundFile(path, path.relative_to(folder).as_posix(), genre.name) for genre in genres for path in scan([genre])
    ]
    if not files:
        raise DatasetFormatError(path=folder, reason="it has no sub-folders with sound files")
    return files


def read_folder(
    folder: Path,
    config: FeatureConfig,
    *,
    variants: int = 1,
    seed: int = 0,
    jobs: int = 0,
    on_progress: Callable[[int, int], None] | None = None,
    should_stop: Callable[[], bool] | None = None,
) -> Dataset:
    """Read a folder of sound files, with their features cached on disk.

    Parameters
    ----------
    folder : Path
        One sub-folder a genre.
    config : FeatureConfig
    variants : int
        How many versions of each recording, the recording itself included; the others
        are stretched, shifted and noisy.
    seed : int
        Of the augmentation.
    jobs : int
        Threads; 0 for one a core.
    on_progress : callable, optional
        Called with the files done and their number.
    should_stop : callable, optional
        True ends the reading with what is there.

    Returns
    -------
    Dataset
        Damaged and short files are left out and named in ``skipped``.

    Raises
    ------
    DatasetNotFoundError, DatasetFormatError
    """
    files = list_sound_files(folder)
    cache = FeatureCache(config, seed)

    def prepare(file: SoundFile) -> tuple[tuple[Path, ...] | None, str]:
        if should_stop is not None and should_stop():
            return None, "training was stopped"
        try:
            return tuple(cache.features(file.path, variant) for variant in range(variants)), ""
        except GenreDesktopError as error:
            return None, str(error)
        except Exception as error:  # a decoder may stumble in any way; one file must not end the training
            _log.exception("features of %s", file.path)
            return None, str(InternalError(reason=repr(error)))

    kept: list[tuple[SoundFile, tuple[Path, ...]]] = []
    skipped: list[tuple[str, str]] = []
    with ThreadPoolExecutor(jobs or os.cpu_count() or 1) as pool:
        for done, (file, (features, reason)) in enumerate(zip(files, pool.map(prepare, files), strict=True), start=1):
            if features is None:
                skipped.append((file.name, reason))
            else:
                kept.append((file, features))
            if on_progress is not None:
                on_progress(done, len(files))
    if not kept:
        raise DatasetFormatError(path=folder, reason=f"none of its {len(files)} sound files can be used")
    return Dataset(
        path=folder,
        tracks=tuple(Track(file.name, file.genre, read_artist(file.path)) for file, _ in kept),
        labels=tuple(sorted({file.genre for file, _ in kept})),
        config=config,
        source=_CachedFrames([features for _, features in kept]),
        rows=tuple(range(len(kept))),
        skipped=tuple(skipped),
    )


def read_artist(path: Path) -> str | None:
    """The artist from a file's tags, or ``None``."""
    import mutagen

    try:
        tags = mutagen.File(path, easy=True)
    except (mutagen.MutagenError, OSError, ValueError):
        return None
    artists = (tags or {}).get("artist") or [""]
    return str(artists[0]).strip() or None


class FeatureCache:
    """Log-mel frames on disk, by what a file holds and how they are computed.

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
        """The ``.npy`` of a file's frames, computed when it is not there yet.

        Returns
        -------
        Path
            float16 [n_frames, n_mels] in dB.

        Raises
        ------
        AudioError
        """
        target = self._folder / f"{self._key(path, variant)}.npy"
        if not target.is_file():
            frames = self._compute(path, variant)
            target.parent.mkdir(parents=True, exist_ok=True)
            partial = target.with_suffix(f".{os.getpid()}.part")
            with partial.open("wb") as file:
                np.save(file, frames.astype(np.float16))
            os.replace(partial, target)
        return target

    def _key(self, path: Path, variant: int) -> str:
        digest = hashlib.sha256(_file_identity(path))
        config = self._config
        made = (config.sample_rate, config.n_fft, config.hop_length, config.n_mels, config.fmin, config.fmax)
        augmented = (variant, self._seed) if variant else ()
        digest.update(repr((made, augmented)).encode())
        return digest.hexdigest()

    def _compute(self, path: Path, variant: int) -> NDArray[np.float32]:
        frames = self._compute_variant(path, variant) if variant else self._compute_plain(path)
        if variant == 0 and len(frames) < self._config.patch_frames:
            raise AudioTooShortError(
                path=path,
                duration_s=len(frames) * self._config.frame_s,
                needed_s=self._config.patch_s,
            )
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

    def _compute_variant(self, path: Path, variant: int) -> NDArray[np.float32]:
        samples = load_audio(path, self._config.sample_rate).samples
        samples = samples[: int(MAX_AUGMENTED_S * self._config.sample_rate)]
        rng = np.random.default_rng([self._seed, variant, *_file_identity(path)[:8]])
        return log_mel(augment_waveform(samples, self._config.sample_rate, rng), self._config)


def _file_identity(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


class _CachedFrames(FrameSource):
    """Frames memory-mapped from the cache: only what is touched is read."""

    def __init__(self, features: list[tuple[Path, ...]]) -> None:
        self._features = features
        self.n_variants = min(len(paths) for paths in features)
        self._lengths = [[len(frames) for frames in _open_all(paths)] for paths in features]

    def n_frames(self, track: int, variant: int = 0) -> int:
        return self._lengths[track][variant]

    def frames(self, track: int, variant: int = 0) -> NDArray[Any]:
        return np.asarray(np.load(self._features[track][variant], mmap_mode="r"))


def _open_all(paths: tuple[Path, ...]) -> Iterator[NDArray[Any]]:
    for path in paths:
        yield np.load(path, mmap_mode="r")
