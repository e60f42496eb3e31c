"""A data set of sound files: a folder with one sub-folder a genre."""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.audio.features.log_mel import LogMelStream, log_mel
from genre_desktop.core import locations
from genre_desktop.core.errors import (
    AudioTooShortError,
    DatasetFormatError,
    DatasetNotFoundError,
    GenreDesktopError,
    InternalError,
    TrainingInterruptedError,
)
from genre_desktop.core.i18n import tr
from genre_desktop.library.files.tag_file import open_tag_file
from genre_desktop.library.scan.scan import scan
from training.datasets.augmentation import augment_waveform
from training.datasets.dataset import Dataset, FrameSource, LabelledTrack

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
        raise DatasetFormatError(path=folder, reason=tr("it has no sub-folders with sound files"))
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
        True ends the reading.

    Returns
    -------
    Dataset
        Damaged, short and doubled files are left out and named in ``skipped``.

    Raises
    ------
    DatasetNotFoundError, DatasetFormatError, TrainingInterruptedError
    """
    files = list_sound_files(folder)
    cache = FeatureCache(config, seed)

    contents: dict[SoundFile, bytes] = {}
    kept: list[tuple[SoundFile, tuple[Path, ...]]] = []
    skipped: list[tuple[str, str]] = []

    def prepare(file: SoundFile) -> tuple[Path, ...]:
        if should_stop is not None and should_stop():
            raise TrainingInterruptedError
        return tuple(cache.features_of(file.path, contents[file], variant) for variant in range(variants))

    with ThreadPoolExecutor(jobs or os.cpu_count() or 1) as pool:
        first_of: dict[bytes, str] = {}
        for file, content, reason in _each(pool, lambda file: content_hash(file.path), files):
            if content is None:
                skipped.append((file.name, reason))
            elif first_of.setdefault(content, file.name) == file.name:
                contents[file] = content
            else:
                skipped.append((file.name, tr("it holds the same as {other}", other=first_of[content])))
        for done, (file, features, reason) in enumerate(_each(pool, prepare, list(contents)), start=1):
            if features is None:
                skipped.append((file.name, reason))
            else:
                kept.append((file, features))
            if on_progress is not None:
                on_progress(done, len(contents))
    if should_stop is not None and should_stop():
        raise TrainingInterruptedError
    if not kept:
        raise DatasetFormatError(
            path=folder,
            reason=tr("none of its {n} sound files can be used: {first}", n=len(files), first=skipped[0][1]),
        )
    return Dataset(
        path=folder,
        tracks=tuple(LabelledTrack(file.name, file.genre, read_artist(file.path)) for file, _ in kept),
        labels=tuple(sorted({file.genre for file, _ in kept})),
        config=config,
        source=_CachedFrames([features for _, features in kept]),
        rows=tuple(range(len(kept))),
        skipped=tuple(skipped),
    )


_T = TypeVar("_T")


def _each(
    pool: ThreadPoolExecutor, work: Callable[[SoundFile], _T], files: list[SoundFile]
) -> Iterator[tuple[SoundFile, _T | None, str]]:
    """Work on files side by side, in order: what came of each, or why nothing did."""

    def guarded(file: SoundFile) -> tuple[_T | None, str]:
        try:
            return work(file), ""
        except GenreDesktopError as error:
            return None, str(error)
        except Exception as error:  # a decoder may stumble in any way; one file must not end the training
            _log.exception("features of %r", file.path)
            return None, str(InternalError(reason=repr(error)))

    for file, (result, reason) in zip(files, pool.map(guarded, files), strict=True):
        yield file, result, reason


def read_artist(path: Path) -> str | None:
    r"""The artist from a file's tags, or ``None``.

    Reads the names that the formats have for it: ``artist`` (Vorbis comments), ``TPE1``
    (ID3, in WAV and AIFF too), ``\xa9ART`` (MP4), ``Author`` (WMA), ``Artist`` (APE).
    """
    try:
        tags = open_tag_file(path).tags or {}
        found = next((tags[key] for key in ("artist", "TPE1", "\xa9ART", "Author", "Artist") if key in tags), None)
        first = found[0] if isinstance(found, list) else getattr(found, "text", [found])[0]
    except Exception:  # damaged tags make mutagen stumble in many ways; a track without an artist is no failure
        _log.debug("no artist in %r", path, exc_info=True)
        return None
    return str(first).strip() or None if first is not None else None


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
        return self.features_of(path, content_hash(path), variant)

    def features_of(self, path: Path, content: bytes, variant: int) -> Path:
        """As `features`, for a file whose `content_hash` is known."""
        target = self._folder / f"{self._key(content, variant)}.npy"
        if not target.is_file():
            frames = self._compute(path, content, variant)
            locations.private_folder(self._folder)
            # A name of its own: two threads may meet the same content in two files.
            with tempfile.NamedTemporaryFile(dir=self._folder, suffix=".part", delete=False) as file:
                np.save(file, frames.astype(np.float16))
            os.replace(file.name, target)
        return target

    def _key(self, content: bytes, variant: int) -> str:
        digest = hashlib.sha256(content)
        config = self._config
        made = (config.sample_rate, config.n_fft, config.hop_length, config.n_mels, config.fmin, config.fmax)
        augmented = (variant, self._seed) if variant else ()
        digest.update(repr((made, augmented)).encode())
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
        wanted = int(MAX_AUGMENTED_S * rate)
        parts: list[NDArray[np.float32]] = []
        with open_audio(path) as reader:
            for block in reader.blocks(rate):
                parts.append(block)
                if sum(map(len, parts)) >= wanted:
                    break
        samples = np.concatenate(parts)[:wanted]
        rng = np.random.default_rng([self._seed, variant, *content[:8]])
        return log_mel(augment_waveform(samples, rate, rng), self._config)


def content_hash(path: Path) -> bytes:
    """SHA-256 of a file's bytes."""
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
