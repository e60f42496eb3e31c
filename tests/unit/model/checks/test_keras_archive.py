"""``.keras`` files that are no plain archive of three members."""

from __future__ import annotations

import io
import os
import stat
import struct
import warnings
import zipfile
from pathlib import Path

import pytest

from genre_desktop.core.errors import BundleHashError, BundleRefusedError, BundleUnreadableError
from genre_desktop.model.checks import keras_archive
from genre_desktop.model.checks.checked_network import read_checked
from genre_desktop.model.checks.keras_archive import MEMBERS, open_archive
from genre_desktop.model.checks.refusal import RefusalError
from tests.unit.model.checks.crafted_bundles import CONFIG, METADATA, WEIGHTS, archive_of, bundle_of, shipped_parts

PARTS = shipped_parts()
GOOD = archive_of(PARTS, zipfile.ZIP_STORED)


def with_entries(*entries: tuple[str | zipfile.ZipInfo, bytes]) -> bytes:
    file = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")  # a member twice
        for name, content in entries:
            archive.writestr(name, content)
    return file.getvalue()


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def patched(data: bytes, old: bytes, new: bytes, place: int = 0) -> bytes:
    """Another value in the record that follows the first (or last, -1) signature."""
    start = data.rfind(old) if place == -1 else data.find(old)
    assert start >= 0
    return data[:start] + new + data[start + len(new) :]


def in_directory(data: bytes, name: str, offset: int, form: str, value: int) -> bytes:
    """The same archive with one field of the last record about a member changed."""
    start = data.rfind(b"PK\x01\x02", 0, data.rfind(name.encode()))
    raw = bytearray(data)
    struct.pack_into(form, raw, start + offset, value)
    return bytes(raw)


KEPT = [(METADATA, PARTS[METADATA]), (CONFIG, PARTS[CONFIG]), (WEIGHTS, PARTS[WEIGHTS])]
BLANKS = b" " * (8 * 1024**2)

ODD = {
    "one member more": with_entries(*KEPT, ("assets/vocabulary.txt", b"a")),
    "one member less": with_entries(*KEPT[:2]),
    "a member twice": with_entries(*KEPT, KEPT[1]),
    "a member in place of another": with_entries(*KEPT[1:], KEPT[1]),
    "a member outside": with_entries(*KEPT[1:], ("../metadata.json", b"{}")),
    "a link": with_entries(*KEPT[1:], (link(METADATA), b"/etc/passwd")),
    "another case": with_entries(*KEPT[1:], ("Metadata.json", b"{}")),
    "blanks": with_entries(KEPT[0], KEPT[2], (CONFIG, BLANKS)),
    "blanks told to be few": in_directory(with_entries(KEPT[0], KEPT[2], (CONFIG, BLANKS)), CONFIG, 24, "<L", 1000),
    "fewer bytes than told": in_directory(with_entries(*KEPT), CONFIG, 24, "<L", 1_000_000),
    "encrypted": in_directory(GOOD, CONFIG, 8, "<H", 0x1),
    "an unknown packing": in_directory(GOOD, CONFIG, 10, "<H", 99),
    "packed otherwise": in_directory(GOOD, CONFIG, 10, "<H", zipfile.ZIP_LZMA),
    "packed and told to be plain": in_directory(with_entries(*KEPT), CONFIG, 10, "<H", zipfile.ZIP_STORED),
    "somewhere else": in_directory(GOOD, CONFIG, 42, "<L", 0x7FFFFFFF),
    "another sum": in_directory(GOOD, CONFIG, 16, "<L", 12345),
    "another name before the member": patched(GOOD, CONFIG.encode(), b"c0nfig.json"),
    "a comment": GOOD[:-2] + struct.pack("<H", 5) + b"hello",
    "millions of members": GOOD[:-14] + struct.pack("<2H", 60_000, 60_000) + GOOD[-10:],
    "a directory without end": GOOD[:-10] + struct.pack("<L", 0xFFFFFFFF) + GOOD[-6:],
    "another disk": GOOD[:-18] + struct.pack("<H", 7) + GOOD[-16:],
    "a large directory": GOOD[:-22] + b"PK\x06\x07" + bytes(16) + GOOD[-22:],
    "something before": b"#!/bin/sh\n" + GOOD,
    "something behind": GOOD + b"more",
    "half of it": GOOD[: len(GOOD) // 2],
    "nothing": b"",
    "no archive": b"weights" * 100,
}


@pytest.mark.parametrize("data", [pytest.param(data, id=name) for name, data in ODD.items()])
@pytest.mark.usefixtures("no_keras")
def test_an_odd_archive_is_refused(tmp_path: Path, data: bytes) -> None:
    bundle = bundle_of(tmp_path / "gift", data)
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises((BundleRefusedError, BundleUnreadableError)):
        read_checked(bundle)
    assert sorted(tmp_path.rglob("*")) == before


def test_a_good_archive_is_read_compressed_or_not() -> None:
    for data in (GOOD, archive_of(PARTS)):
        found = open_archive(data, "")
        assert found.config == PARTS[CONFIG] and found.weights == PARTS[WEIGHTS]


def test_any_byte_may_be_wrong() -> None:
    # Where the archive says what it holds: its directory and the first record.
    places = [*range(60), *range(len(GOOD) - 300, len(GOOD))]
    for place in places:
        for value in (0, 0x7F, 0xFF):
            raw = bytearray(GOOD)
            raw[place] = value
            try:
                found = open_archive(bytes(raw), "")
            except RefusalError:
                continue
            assert len(found.config) <= MEMBERS[CONFIG] and len(found.weights) <= len(GOOD)


def test_a_file_longer_than_any_network_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    bundle = bundle_of(tmp_path / "gift", GOOD)
    monkeypatch.setattr(keras_archive, "MAX_ARCHIVE_BYTES", len(GOOD) - 1)
    with pytest.raises(BundleRefusedError, match="longer than"):
        read_checked(bundle)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no such files")
def test_a_pipe_or_a_device_is_refused_at_once(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path / "gift", GOOD)
    (bundle.path / "model.keras").unlink()
    os.mkfifo(bundle.path / "model.keras")
    with pytest.raises(BundleRefusedError, match="no regular file"):
        read_checked(bundle)


def test_what_is_checked_is_what_the_card_names(tmp_path: Path) -> None:
    bundle = bundle_of(tmp_path / "gift", GOOD)
    (bundle.path / "model.keras").write_bytes(archive_of(PARTS))
    with pytest.raises(BundleHashError):
        read_checked(bundle)
    (bundle.path / "model.keras").unlink()
    with pytest.raises(BundleUnreadableError):
        read_checked(bundle)
