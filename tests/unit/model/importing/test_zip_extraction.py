"""A zip file from a stranger: read within limits that are counted, and for nothing but a model."""

from __future__ import annotations

import os
import stat
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genre_desktop.core.errors import (
    BundleNotFoundError,
    GenreDesktopError,
    ModelError,
    SeveralModelsError,
)
from genre_desktop.model import predictor
from genre_desktop.model.bundles import bundle_files as content
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.bundles.catalogue import remove_bundle
from tests.support.foreign_bundles import GOOD, assert_refused, import_foreign, posix, user_model_files, write_zip


@pytest.fixture(autouse=True)
def tried(monkeypatch: pytest.MonkeyPatch) -> list[ModelBundle]:
    """The bundles whose networks were tried; none is loaded here."""
    bundles: list[ModelBundle] = []
    monkeypatch.setattr(predictor, "require_safe", bundles.append)
    return bundles


@pytest.mark.parametrize("folder", ["", "mine/", "./"])
def test_a_model_at_the_top_or_in_one_folder(tmp_path: Path, folder: str) -> None:
    files = {f"{folder}{name}": data for name, data in GOOD.items()}
    extra = {
        "__MACOSX/._card.json": b"x",
        "README.txt": b"x",
        f"{folder}deep/loss.png": b"x",
        f"{folder}loss.png": b"p",
    }
    imported = import_foreign(write_zip(tmp_path / "a.zip", files | extra))
    assert imported is not None
    assert sorted(os.listdir(imported.path)) == ["card.json", "loss.png", "model.keras"]


@pytest.mark.parametrize(
    "name",
    ["../x.txt", "/etc/x.txt", "mine/../../x.txt", "..\\x.txt", "C:/x.txt", "\\\\server\\share\\x", "a/../card.json"],
)
def test_a_name_that_leads_outside_is_refused(tmp_path: Path, name: str) -> None:
    assert_refused(write_zip(tmp_path / "a.zip", {**GOOD, name: b"x"}), "outside")
    assert not list(tmp_path.rglob("x.txt"))


def test_a_model_too_deep_and_two_models(tmp_path: Path) -> None:
    assert_refused(write_zip(tmp_path / "deep.zip", {f"a/b/{name}": data for name, data in GOOD.items()}), "card.json")
    assert_refused(
        write_zip(tmp_path / "two.zip", {f"{f}/{name}": data for f in "ab" for name, data in GOOD.items()}), "more than"
    )


@pytest.mark.parametrize(
    "names",
    [
        ("first/card.json", "second/card.json"),
        ("card.json", "second/card.json"),
        ("first/card.json", "deep/in/second/card.json"),
        ("deep/in/first/card.json", "deep/in/second/card.json"),
        ("card.json", "second.zip"),
        ("first.zip", "second.ZIP"),
        ("first/card.json", "first/second.zip"),
    ],
)
def test_of_several_models_none_is_imported_and_each_is_named(tmp_path: Path, names: tuple[str, ...]) -> None:
    files = {}
    for name in names:
        model = {f"{name[: -len('card.json')]}{member}": data for member, data in GOOD.items()}
        files |= model if name.endswith("card.json") else {name: b"PK"}
    with pytest.raises(SeveralModelsError) as caught:
        import_foreign(write_zip(tmp_path / "several.zip", files))
    told = str(caught.value)
    assert "second" in told and ("first" in told or "one at its top" in told)
    assert user_model_files() == []


@pytest.mark.parametrize(("name", "data"), [("a/b/card.json", GOOD["card.json"]), ("a/model.zip", b"PK")])
def test_what_has_to_be_unpacked_first_is_named(tmp_path: Path, name: str, data: bytes) -> None:
    assert_refused(write_zip(tmp_path / "a.zip", {name: data}), "unpack it")


def test_two_files_of_one_name(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        for name, data in [*GOOD.items(), *GOOD.items()]:
            archive.writestr(name, data)
    assert_refused(path, "two files")


def test_links_and_devices_in_an_archive(tmp_path: Path) -> None:
    for kind in (stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK):
        path = tmp_path / "a.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in GOOD.items():
                archive.writestr(name, data)
            entry = zipfile.ZipInfo("metrics.json")
            entry.external_attr = (kind | 0o644) << 16
            archive.writestr(entry, "/etc/passwd")
        assert_refused(path, "regular")


def test_encrypted_members_and_foreign_ways_of_packing(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", GOOD)
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(signature)
        data[place + offset] |= 1
    (tmp_path / "locked.zip").write_bytes(data)
    assert_refused(tmp_path / "locked.zip", "encrypted")
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        with zipfile.ZipFile(tmp_path / "other.zip", "w", method) as archive:
            for name, content_ in GOOD.items():
                archive.writestr(name, content_)
        assert_refused(tmp_path / "other.zip", "packed")


def test_a_zip_bomb_is_refused_by_its_ratio(tmp_path: Path) -> None:
    # 300 MB of zeros in 300 kB, and within the limit of the file.
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("card.json", GOOD["card.json"])
        with archive.open("model.keras", "w", force_zip64=True) as member:
            for _ in range(300):
                member.write(bytes(1_000_000))
    assert path.stat().st_size < 400_000
    written: list[int] = []
    real = content.FileWriter.write

    def write_part(self: content.FileWriter, name: str, file: Any, most: int | None = None) -> int:
        try:
            return real(self, name, file, most)
        finally:
            written.append((self._target / name).stat().st_size)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(content.FileWriter, "write", write_part)
        assert_refused(path, "larger")
    assert max(written) < 70_000_000


def test_a_size_that_lies_is_not_believed(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", {**GOOD, "metrics.json": b"x" * 1_000})
    data = bytearray(path.read_bytes())
    place = data.rfind(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<I", 10)  # declared: 10 bytes
    path.write_bytes(data)
    assert_refused(path)


def test_very_many_entries_are_refused_before_they_are_read(tmp_path: Path) -> None:
    names = {f"{number}.txt": b"" for number in range(content.MAX_ENTRIES)}
    assert_refused(write_zip(tmp_path / "many.zip", {**GOOD, **names}), "more than")
    # A list of contents of 40 MB is not read at all.
    directory = 40_000_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65_535, 65_535, directory, 0, 0)
    (tmp_path / "long.zip").write_bytes(bytes(directory) + end)
    assert_refused(tmp_path / "long.zip", "list of contents")


@posix
def test_what_is_no_file_is_no_archive(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.zip")
    assert_refused(tmp_path / "pipe.zip")
    (tmp_path / "zero.zip").symlink_to("/dev/zero")
    assert_refused(tmp_path / "zero.zip")
    (tmp_path / "gone.zip").symlink_to(tmp_path / "nowhere")
    with pytest.raises(BundleNotFoundError):
        import_foreign(tmp_path / "gone.zip")


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="may read everything")
def test_a_file_without_permission_has_its_own_error(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", GOOD)
    path.chmod(0)
    assert_refused(path)


@pytest.mark.parametrize("error", [OSError(5, "Input/output error"), zlib.error("x"), EOFError(), MemoryError()])
def test_errors_of_reading_are_those_of_the_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    path = write_zip(tmp_path / "a.zip", GOOD)

    def fail(*_: object) -> bytes:
        raise error

    monkeypatch.setattr(zipfile.ZipExtFile, "read", fail)
    assert_refused(path)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_bytes_changed_give_an_error_with_a_code_or_the_model(tmp_path: Path, data: st.DataObject) -> None:
    path = write_zip(tmp_path / "a.zip", {f"mine/{name}": content_ for name, content_ in GOOD.items()})
    changed = bytearray(path.read_bytes())
    directory = changed.find(b"PK\x01\x02")
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(changed) - 1) | st.integers(directory, len(changed) - 1))
        changed[place] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        del changed[data.draw(st.integers(0, len(changed) - 1)) :]
    path.write_bytes(changed)
    try:
        imported = import_foreign(path)
    except GenreDesktopError as error:
        assert isinstance(error, ModelError), error
    else:
        assert imported is not None
        remove_bundle(imported)
    assert user_model_files() == []
