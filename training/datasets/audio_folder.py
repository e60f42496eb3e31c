"""A data set of sound files: a folder with one sub-folder a genre."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NoReturn, TypeVar

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.core.errors import (
    DatasetFormatError,
    DatasetNotFoundError,
    FolderUnreadableError,
    GenreDesktopError,
    InternalError,
    StorageError,
    TrainingInterruptedError,
)
from genre_desktop.core.i18n import tr
from genre_desktop.library.scan.scan import reason_to_pass_over, scan, unreadable_error
from training.datasets.artists import read_artist_tag
from training.datasets.dataset import Dataset, LabelledTrack
from training.datasets.feature_cache import CachedFrames, FeatureCache, content_hash

WAVEFORM_VARIANTS = 2
"""Augmented versions of each recording that training from sound adds."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class SoundFile:
    """A labelled file of the folder.

    Attributes
    ----------
    path : Path
    name : str
        Path below the folder, with slashes.
    genre : str
        Name of the sub-folder.
    """

    path: Path
    name: str
    genre: str


def list_sound_files(folder: Path) -> list[SoundFile]:
    """The sound files of a folder with one sub-folder a genre, in order.

    What a scan passes over by its name (hidden files, folders of archives, network drives and the system) is no genre
    either.

    Raises
    ------
    DatasetNotFoundError, DatasetFormatError, FolderUnreadableError
    """
    if not os.path.isdir(folder):
        raise DatasetNotFoundError(path=folder)
    files = [
        SoundFile(path, path.relative_to(folder).as_posix(), genre.name)
        for genre in _genre_folders(folder)
        for path in scan([genre], on_unreadable=_refuse)
    ]
    if not files:
        raise DatasetFormatError(path=folder, reason=tr("it has no sub-folders with sound files"))
    return files


def _genre_folders(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            names = [
                entry.name for entry in entries if os.path.isdir(entry) and reason_to_pass_over(entry.name) is None
            ]
    except OSError as error:
        raise FolderUnreadableError(path=folder, reason=error.strerror or str(error)) from error
    return [folder / name for name in sorted(names)]


def _refuse(path: Path, reason: str) -> NoReturn:
    # A training without the tracks of a folder would be another one.
    raise unreadable_error(path, reason)


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
        Versions of each recording, itself included; the others are augmented.
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
        Files of which too little can be read, short and doubled ones are left out and named in ``skipped``, those of
        which a part is used in ``read_in_part``.

    Raises
    ------
    DatasetNotFoundError, DatasetFormatError, TrainingInterruptedError
    """
    files = list_sound_files(folder)
    cache = FeatureCache(config, seed)
    with ThreadPoolExecutor(jobs or os.cpu_count() or 1) as pool:
        contents, skipped = _distinct_contents(pool, files)

        def features_of(file: SoundFile) -> tuple[Path, ...]:
            if should_stop is not None and should_stop():
                raise TrainingInterruptedError
            return tuple(cache.features_of(file.path, contents[file], variant) for variant in range(variants))

        kept: dict[SoundFile, tuple[Path, ...]] = {}
        partial: list[tuple[str, str]] = []
        for done, (file, features, reason) in enumerate(_each(pool, features_of, list(contents)), start=1):
            if features is None:
                skipped.append((file.name, reason))
            else:
                kept[file] = features
                loss = cache.loss_of(file.path, contents[file])
                partial += [(file.name, str(loss))] if loss is not None else []
            if on_progress is not None:
                on_progress(done, len(contents))
    if should_stop is not None and should_stop():
        raise TrainingInterruptedError
    return replace(_make_dataset(folder, config, kept, skipped), read_in_part=tuple(partial))


def _make_dataset(
    folder: Path,
    config: FeatureConfig,
    features: dict[SoundFile, tuple[Path, ...]],
    skipped: list[tuple[str, str]],
) -> Dataset:
    if not features:
        reason = tr("none of its {n} sound files can be used: {first}", n=len(skipped), first=skipped[0][1])
        raise DatasetFormatError(path=folder, reason=reason)
    return Dataset(
        path=folder,
        tracks=tuple(LabelledTrack(file.name, file.genre, read_artist_tag(file.path)) for file in features),
        labels=tuple(sorted({file.genre for file in features})),
        config=config,
        source=CachedFrames(list(features.values())),
        rows=tuple(range(len(features))),
        skipped=tuple(skipped),
    )


def _distinct_contents(
    pool: ThreadPoolExecutor, files: list[SoundFile]
) -> tuple[dict[SoundFile, bytes], list[tuple[str, str]]]:
    """Content hash of each file that is no copy of an earlier one; name and reason of the files left out."""
    contents: dict[SoundFile, bytes] = {}
    skipped: list[tuple[str, str]] = []
    first_of: dict[bytes, str] = {}
    for file, content, reason in _each(pool, lambda file: content_hash(file.path), files):
        if content is None:
            skipped.append((file.name, reason))
        elif first_of.setdefault(content, file.name) == file.name:
            contents[file] = content
        else:
            skipped.append((file.name, tr("it holds the same as {other}", other=first_of[content])))
    return contents, skipped


_T = TypeVar("_T")


def _each(
    pool: ThreadPoolExecutor, work: Callable[[SoundFile], _T], files: list[SoundFile]
) -> Iterator[tuple[SoundFile, _T | None, str]]:
    """Apply `work` to files in parallel, results in order: each file, its result or None, and why there is none."""

    def guarded(file: SoundFile) -> tuple[_T | None, str]:
        try:
            return work(file), ""
        except StorageError:  # the cache has no room for any file
            raise
        except GenreDesktopError as error:
            return None, str(error)
        except Exception as error:  # a decoder may fail in any way; one file must not end the training
            _log.exception("features of %r", file.path)
            return None, str(InternalError(reason=repr(error)))

    for file, (result, reason) in zip(files, pool.map(guarded, files), strict=True):
        yield file, result, reason
