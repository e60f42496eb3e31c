"""The files that belong to a bundle: their names and limits, and how they are copied and packed.

Other files in the folder are never copied: the state of a stopped training, a person's notes, or, in a folder from a
stranger, a link to a private file or to a device without an end.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from genre_desktop.core.errors import BundleUnreadableError, StorageError
from genre_desktop.core.i18n import tr
from genre_desktop.core.untrusted.device_names import is_device_name
from genre_desktop.core.untrusted.regular_file import NoRegularFileError, open_regular_file
from genre_desktop.model.bundles.bundle import CARD_NAME, WEIGHTS_NAME
from genre_desktop.model.bundles.card import MAX_CARD_BYTES

_MB = 1_000_000
_LARGEST = {
    CARD_NAME: MAX_CARD_BYTES,
    WEIGHTS_NAME: 200 * _MB,
    "model.h5": 200 * _MB,
    "training_hist.json": 10 * _MB,
    "metrics.json": 10 * _MB,
    "curves.json": 10 * _MB,
    "confusion.csv": 10 * _MB,
}
"""Most bytes of each file that a training writes; the shipped models have 1 MB of weights."""

_PICTURE = re.compile(r"[a-z0-9_-]{1,60}\.png")
_LARGEST_PICTURE = 10 * _MB
_MOST_PICTURES = 20

MAX_TOTAL_BYTES = 450 * _MB
"""Most bytes of all files of a bundle together."""

MAX_ENTRIES = 1_000
"""Most entries of a folder or archive that may be a bundle: a larger one was chosen by mistake."""

BLOCK_BYTES = 1 << 20

Cancelled = Callable[[], bool]


class ImportCancelledError(Exception):
    """`is_cancelled` returned True."""


def max_bytes(name: str) -> int | None:
    """Most bytes of a file of a bundle; None for a name that belongs to no file of a bundle."""
    is_picture = _PICTURE.fullmatch(name) and not is_device_name(name)
    return _LARGEST.get(name, _LARGEST_PICTURE if is_picture else None)


def file_names(folder: Path) -> list[str]:
    """Names of the files in a folder that belong to a bundle, in order.

    Raises
    ------
    BundleUnreadableError
        For a folder with too many entries, or one that cannot be listed.
    """
    try:
        with os.scandir(folder) as entries:
            names = [entry.name for entry in islice(entries, MAX_ENTRIES + 1)]
    except OSError as error:
        raise BundleUnreadableError(path=folder, reason=error.strerror or error) from error
    require_few(folder, len(names))
    return known_names(folder, names)


def require_few(path: Path, n_entries: int) -> None:
    """Refuse a folder or an archive of too many entries."""
    if n_entries > MAX_ENTRIES:
        raise BundleUnreadableError(path=path, reason=tr("it holds more than {n} files", n=MAX_ENTRIES))


def known_names(path: Path, names: list[str]) -> list[str]:
    """Those of the names that belong to files of a bundle, in order."""
    known = sorted(name for name in names if max_bytes(name) is not None)
    if sum(name not in _LARGEST for name in known) > _MOST_PICTURES:
        raise BundleUnreadableError(path=path, reason=tr("it holds more than {n} pictures", n=_MOST_PICTURES))
    return known


def copy_folder(source: Path, target: Path, *, is_cancelled: Cancelled, several_names: bool = True) -> None:
    """Copy the files of a bundle into a new folder.

    Parameters
    ----------
    source, target : Path
    is_cancelled : callable
        Called for each block.
    several_names : bool
        Whether a file may have other hard links.

    Raises
    ------
    BundleUnreadableError
        Where one of them is a link, no regular file, too large, or cannot be read.
    StorageError
        Where it cannot be written.
    ImportCancelledError
    """
    names = file_names(source)
    require_room(target.parent, sum(_size(source / name) for name in names))
    writer = FileWriter(source, target, is_cancelled)
    for name in names:
        try:
            with open_regular_file(source / name, follow_links=False, several_names=several_names) as file:
                writer.write(name, file)
        except NoRegularFileError as error:
            raise BundleUnreadableError(path=source, reason=_no_plain_file(name)) from error
        except OSError as error:
            raise BundleUnreadableError(path=source, reason=f"{name}: {error.strerror or error}") from error


class _LimitedReader:
    """Reads the files of a bundle, each within its own limit and all within the common one.

    Parameters
    ----------
    source : Path
        The bundle, for errors.
    """

    def __init__(self, source: Path) -> None:
        self._source = source
        self._left = MAX_TOTAL_BYTES

    def blocks(self, name: str, file: BinaryIO, most: int | None = None) -> Iterator[bytes]:
        """The content of a file in blocks, which must not have more than `most` bytes either."""
        limit = min(max_bytes(name) or 0, self._left)
        limit = limit if most is None else min(limit, most)
        size = 0
        while block := file.read(BLOCK_BYTES):
            size += len(block)
            if size > limit:
                raise BundleUnreadableError(
                    path=self._source, reason=tr("{name} is larger than {n} bytes", name=name, n=f"{limit:,}")
                )
            yield block
        self._left -= size


class FileWriter:
    """Writes the files of a bundle into a new folder, each within its own limit and all within the common one.

    Parameters
    ----------
    source, target : Path
        The bundle, for errors, and the new folder.
    is_cancelled : callable
        Called for each block.
    """

    def __init__(self, source: Path, target: Path, is_cancelled: Cancelled) -> None:
        self._reader = _LimitedReader(source)
        self._target = target
        self._is_cancelled = is_cancelled
        try:
            target.mkdir(parents=True)
        except OSError as error:
            raise _not_written(target, error) from error

    def write(self, name: str, file: BinaryIO, most: int | None = None) -> None:
        """Copy one file, which must not have more than `most` bytes.

        Errors of reading are those of `file`.
        """
        try:
            out = (self._target / name).open("xb")
        except OSError as error:
            raise _not_written(self._target, error) from error
        with out:
            for block in self._reader.blocks(name, file, most):
                if self._is_cancelled():
                    raise ImportCancelledError
                try:
                    out.write(block)
                    out.flush()
                except OSError as error:
                    raise _not_written(self._target, error) from error


def pack(folder: Path, archive_path: Path) -> None:
    """Write the files of a bundle to a new zip file.

    Raises
    ------
    BundleUnreadableError
        Where one of them is a link, too large, or cannot be read.
    OSError
        Where it cannot be written.
    """
    reader = _LimitedReader(folder)
    with zipfile.ZipFile(archive_path, "w", zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
        for name in file_names(folder):
            path = folder / name
            try:
                file = open_regular_file(path, follow_links=False)
            except NoRegularFileError as error:
                raise BundleUnreadableError(path=folder, reason=_no_plain_file(name)) from error
            except OSError as error:
                raise BundleUnreadableError(path=folder, reason=f"{name}: {error.strerror or error}") from error
            with file:
                entry = zipfile.ZipInfo.from_file(path, name, strict_timestamps=False)
                entry.compress_type = zipfile.ZIP_DEFLATED
                with archive.open(entry, "w") as member:
                    for block in reader.blocks(name, file):
                        member.write(block)


def require_room(folder: Path, n_bytes: int) -> None:
    """Refuse a number of bytes for which the drive has no room.

    Raises
    ------
    StorageError
    """
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return  # an error of writing will be reported
    if n_bytes > free:
        raise StorageError(path=folder, reason=os.strerror(errno.ENOSPC))


def _no_plain_file(name: str) -> str:
    return tr("{name} is a link or no regular file", name=name)


def _size(path: Path) -> int:
    try:
        return path.lstat().st_size
    except OSError:
        return 0


def _not_written(folder: Path, error: OSError) -> StorageError:
    return StorageError(path=folder, reason=error.strerror or str(error))
