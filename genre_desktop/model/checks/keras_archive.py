"""The zip archive of a ``.keras`` file: its three members, read within limits."""

from __future__ import annotations

import hashlib
import io
import stat
import struct
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from genre_desktop.core.i18n import tr
from genre_desktop.core.untrusted.regular_file import FileTooLongError, NoRegularFileError, read_regular_file
from genre_desktop.model.checks.refusal import RefusalError

MAX_ARCHIVE_BYTES = 160 * 1024**2
"""Of the whole file, compressed or not; the largest network that is accepted has 100 MB of weights."""

MEMBERS = {"metadata.json": 64 * 1024, "config.json": 4 * 1024**2, "model.weights.h5": MAX_ARCHIVE_BYTES}
"""The members that Keras writes, and the most bytes of each."""

_END_SIGNATURE, _END_BYTES = b"PK\x05\x06", 22
_LOCATOR_64_SIGNATURE, _LOCATOR_64_BYTES = b"PK\x06\x07", 20
_MAX_DIRECTORY_BYTES = 4096
_ENCRYPTED, _PATCHED, _STRONGLY_ENCRYPTED, _MASKED = 0x1, 0x20, 0x40, 0x2000


class DamagedArchiveError(RefusalError):
    """The file is no intact archive, which is more likely an accident than an attack."""


@dataclass(frozen=True, eq=False)
class KerasArchive:
    """The members of a ``.keras`` file.

    Attributes
    ----------
    sha256 : str
        Of the whole file.
    config, weights : bytes
    """

    sha256: str
    config: bytes
    weights: bytes


def read_file(path: Path) -> tuple[bytes, str]:
    """The bytes of a ``.keras`` file and their SHA-256.

    Raises
    ------
    RefusalError
    OSError
    """
    try:
        data = read_regular_file(path, MAX_ARCHIVE_BYTES)
    except (NoRegularFileError, FileTooLongError) as error:
        raise RefusalError(str(error)) from error
    return data, hashlib.sha256(data).hexdigest()


def open_archive(data: bytes, sha256: str) -> KerasArchive:
    """Take the members out of a ``.keras`` file.

    Raises
    ------
    RefusalError
    """
    _require_small_directory(data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = archive.infolist()
            names = sorted(member.filename for member in found)
            if names != sorted(MEMBERS):
                found_names = ", ".join(names)[:100]
                raise RefusalError(tr("its archive holds other parts than a network has ({names})", names=found_names))
            content = {member.filename: _read(archive, member) for member in found}
    except RefusalError:
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError) as error:
        raise DamagedArchiveError(_damaged(str(error)[:200])) from error
    except (struct.error, KeyError, IndexError, OverflowError) as error:
        raise DamagedArchiveError(_damaged(type(error).__name__)) from error
    return KerasArchive(sha256, content["config.json"], content["model.weights.h5"])


def _require_small_directory(data: bytes) -> None:
    """Refuse an archive of more members than expected, before Python's reader lists millions of them."""
    end = data[-_END_BYTES:]
    if not data.startswith(b"PK\x03\x04") or not end.startswith(_END_SIGNATURE) or len(end) != _END_BYTES:
        raise DamagedArchiveError(_damaged("no zip"))
    before = data[-_END_BYTES - _LOCATOR_64_BYTES : -_END_BYTES]
    _, disk, first_disk, here, total, length, _, comment = struct.unpack("<4s4H2LH", end)
    if before.startswith(_LOCATOR_64_SIGNATURE) or disk or first_disk or comment:
        raise RefusalError(tr("its archive is of an unusual kind"))
    if here != len(MEMBERS) or total != len(MEMBERS) or length > _MAX_DIRECTORY_BYTES:
        raise RefusalError(tr("its archive is of an unusual kind"))


def _read(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    limit = MEMBERS[member.filename]
    if member.file_size > limit or member.compress_size > limit:
        raise RefusalError(tr("{name} in it is longer than {limit:,} bytes", name=member.filename, limit=limit))
    if member.flag_bits & (_ENCRYPTED | _PATCHED | _STRONGLY_ENCRYPTED | _MASKED):
        raise RefusalError(tr("its archive is of an unusual kind"))
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise RefusalError(tr("its archive is of an unusual kind"))
    if stat.S_IFMT(member.external_attr >> 16) not in (0, stat.S_IFREG):
        raise RefusalError(tr("its archive is of an unusual kind"))
    with archive.open(member) as file:
        data = file.read(limit + 1)
    if len(data) != member.file_size:
        raise RefusalError(tr("its archive is of an unusual kind"))
    return data


def _damaged(detail: object) -> str:
    return tr("its weights are no intact Keras file ({detail})", detail=detail)
