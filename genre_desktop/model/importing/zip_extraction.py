"""Extraction of a bundle from a stranger's zip file, within limits on the bytes that are really read."""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from genre_desktop.core.errors import BundleUnreadableError
from genre_desktop.core.i18n import tr
from genre_desktop.core.untrusted.bounded_zip import open_zip
from genre_desktop.core.untrusted.regular_file import NoRegularFileError, open_regular_file
from genre_desktop.model.bundles.bundle_files import (
    BLOCK_BYTES,
    Cancelled,
    FileWriter,
    known_names,
    require_few,
    require_room,
)
from genre_desktop.model.importing.contained_models import only_model

_MAX_RATIO = 200
"""Most bytes that one compressed byte may yield; weights, which are noise, are compressed to a half."""

_DRIVE = re.compile("[A-Za-z]:")

_FROM_ZIPFILE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    RuntimeError,  # encrypted; NotImplementedError, of a later version of the format, is one of them
    ValueError,  # names that are no UTF-8, offsets before the beginning
    IndexError,
    OverflowError,
    MemoryError,
)
"""Exceptions that reading a damaged archive may raise."""


def unpack(path: Path, target: Path, *, is_cancelled: Cancelled) -> None:
    """Extract the files of a bundle to a new folder.

    They are at the top of the archive or in one folder of it. Other members are not extracted; of several models none
    is.

    Parameters
    ----------
    path, target : Path
    is_cancelled : callable
        Called for each block.

    Raises
    ------
    SeveralModelsError
    BundleUnreadableError
        Where it is no zip file, or has more, other or larger members than a bundle.
    StorageError
        Where it cannot be written.
    ImportCancelledError
    """
    try:
        with open_regular_file(path) as file, open_zip(file) as archive:
            members = _members(path, archive.infolist())
            require_room(target.parent, sum(member.file_size for member in members.values()))
            writer = FileWriter(path, target, is_cancelled)
            for name, member in members.items():
                with archive.open(member) as content:
                    most = max(BLOCK_BYTES, _MAX_RATIO * member.compress_size)
                    writer.write(name, cast(BinaryIO, content), most)
    except (NoRegularFileError, *_FROM_ZIPFILE) as error:
        detail = (error.strerror if isinstance(error, OSError) else None) or str(error)[:200] or type(error).__name__
        reason = tr("it is neither a folder nor an intact zip file ({error})", error=detail)
        raise BundleUnreadableError(path=path, reason=reason) from error


def _members(path: Path, entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """The files of the bundle, by their names without the folder."""
    require_few(path, len(entries))
    by_folder: dict[str, list[zipfile.ZipInfo]] = {}
    for entry in entries:
        place = PurePosixPath(entry.filename.replace("\\", "/"))
        if place.is_absolute() or ".." in place.parts or _DRIVE.match(entry.filename):
            raise BundleUnreadableError(path=path, reason=tr("it holds a file that lies outside of it"))
        if not entry.is_dir():
            by_folder.setdefault(str(place.parent), []).append(entry)
    names_in_it = [f"{folder}/{_name(file)}" for folder, files in by_folder.items() for file in files]
    files = by_folder[only_model(path, names_in_it, deepest=1)]
    names = known_names(path, [_name(file) for file in files])
    if len(set(names)) != len(names):
        raise BundleUnreadableError(path=path, reason=tr("it holds two files of one name"))
    members = {_name(file): file for file in files if _name(file) in names}
    for name, member in members.items():
        _require_plain(path, name, member)
    return {name: members[name] for name in names}


def _name(entry: zipfile.ZipInfo) -> str:
    return entry.filename.rpartition("/")[2]


def _require_plain(path: Path, name: str, member: zipfile.ZipInfo) -> None:
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in (0, stat.S_IFREG):
        raise BundleUnreadableError(path=path, reason=tr("{name} is no regular file", name=name))
    if member.flag_bits & 0x1:
        raise BundleUnreadableError(path=path, reason=tr("{name} is encrypted", name=name))
    # Other methods can be made to need any amount of memory: a dictionary of LZMA may have 4 GB.
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise BundleUnreadableError(path=path, reason=tr("{name} is packed in a way that is not used here", name=name))
