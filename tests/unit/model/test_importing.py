"""A bundle from a stranger on its way to the user's models: nothing foreign comes along, nothing is left behind."""

from __future__ import annotations

import json
import os
import shutil
import socket
import stat
import struct
import sys
import zipfile
import zlib
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genre_desktop import locations
from genre_desktop.errors import (
    BundleExistsError,
    BundleNotFoundError,
    BundleUnreadableError,
    GenreDesktopError,
    ModelError,
    StorageError,
)
from genre_desktop.model import checks, content
from genre_desktop.model.bundle import ModelBundle, read_bundle
from genre_desktop.model.catalogue import export_bundle, find_bundle, folder_name, list_bundles, remove_bundle
from genre_desktop.model.changes import Update
from genre_desktop.model.importing import import_bundle
from tests.unit.model.test_card import CARD, WEIGHTS, write

posix = pytest.mark.skipif(sys.platform == "win32", reason="pipes, sockets and links without a privilege")


@pytest.fixture(autouse=True)
def tried(monkeypatch: pytest.MonkeyPatch) -> list[ModelBundle]:
    """The bundles whose networks were tried; none is loaded here."""
    bundles: list[ModelBundle] = []
    monkeypatch.setattr(checks, "require_safe", bundles.append)
    return bundles


def never(_update: Update) -> bool:
    raise AssertionError("nothing is replaced")


def take(path: Path, **options: Any) -> ModelBundle | None:
    return import_bundle(path, **{"confirm": never, **options})


def make(folder: Path, **card: Any) -> Path:
    return write(folder, json.dumps({**CARD, **card}).encode())


def zipped(path: Path, files: dict[str, bytes], **options: Any) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


GOOD = {"card.json": json.dumps(CARD).encode(), "model.keras": WEIGHTS}


def left() -> list[str]:
    """What lies among the user's models, hidden or not."""
    root = locations.user_models()
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.name != ".agreed")


def refused(path: Path, match: str | None = None) -> None:
    with pytest.raises(BundleUnreadableError, match=match):
        take(path)
    assert left() == []


# -- folders -----------------------------------------------------------------------------


def test_only_the_files_of_a_model_are_copied(tmp_path: Path) -> None:
    source = make(tmp_path / "mine")
    for name in ("accuracy.png", "metrics.json", "notes.txt", "card.json.bak", "Card.JSON ", ".hidden", "evil.PNG"):
        (source / name).write_text("x")
    (source / "checkpoints").mkdir()
    imported = take(source)
    assert imported is not None
    assert sorted(os.listdir(imported.path)) == ["accuracy.png", "card.json", "metrics.json", "model.keras"]


@posix
@pytest.mark.parametrize("name", ["metrics.json", "model.h5", "loss.png", "card.json", "model.keras"])
@pytest.mark.parametrize("kind", ["link", "hard link", "pipe", "socket", "device", "folder"])
def test_what_is_no_plain_file_is_refused(
    tmp_path: Path, name: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = make(tmp_path / "mine")
    private = tmp_path / "private"
    private.write_bytes((source / name).read_bytes() if (source / name).exists() else b"secret")
    place = source / name
    place.unlink(missing_ok=True)
    if kind == "link":
        place.symlink_to(private)
    elif kind == "hard link":
        os.link(private, place)
    elif kind == "pipe":
        os.mkfifo(place)
    elif kind == "device":
        place.symlink_to("/dev/zero")
    elif kind == "folder":
        place.mkdir()
    else:
        monkeypatch.chdir(source)  # the path of a socket must be short
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(name)
    refused(source)


@posix
def test_a_link_under_another_name_stays_where_it_is(tmp_path: Path) -> None:
    source = make(tmp_path / "mine")
    (source / "passwords").symlink_to("/etc/passwd")
    (source / "zero").symlink_to("/dev/zero")
    imported = take(source)
    assert imported is not None and sorted(os.listdir(imported.path)) == ["card.json", "model.keras"]


def test_a_folder_of_very_many_files_is_refused(tmp_path: Path) -> None:
    source = make(tmp_path / "mine")
    for number in range(content.MAX_ENTRIES):
        (source / f"{number}.txt").touch()
    refused(source, "more than")
    few = make(tmp_path / "few")
    for number in range(30):
        (few / f"{number}.png").touch()
    refused(few, "pictures")


def test_a_file_beyond_its_limit_is_refused(tmp_path: Path) -> None:
    source = make(tmp_path / "mine")
    (source / "curves.json").write_bytes(b" " * 10_000_001)
    refused(source, "larger")


def test_all_files_together_have_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "MAX_TOTAL_BYTES", 5_000)
    source = make(tmp_path / "mine")
    (source / "loss.png").write_bytes(b"x" * 4_000)
    (source / "metrics.json").write_bytes(b"x" * 4_000)
    refused(source, "larger")


@posix
def test_an_export_takes_no_link_along(tmp_path: Path) -> None:
    source = make(tmp_path / "mine")
    (tmp_path / "private").write_text("secret")
    (source / "metrics.json").symlink_to(tmp_path / "private")
    bundle = find_bundle(str(source))
    for target in ("out", "out.zip"):
        with pytest.raises(BundleUnreadableError):
            export_bundle(bundle, tmp_path / target)
        assert not (tmp_path / target).exists()
    (source / "metrics.json").unlink()
    (source / "secret.txt").symlink_to(tmp_path / "private")
    with zipfile.ZipFile(export_bundle(bundle, tmp_path / "out.zip")) as archive:
        assert archive.namelist() == ["card.json", "model.keras"]


def test_an_error_names_what_was_chosen_and_no_folder_that_is_gone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = make(tmp_path / "mine", weights_sha256="0" * 64)
    with pytest.raises(ModelError) as caught:
        take(source)
    assert caught.value.values["path"] == source and ".import-" not in str(caught.value)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=0))
    with pytest.raises(StorageError) as full:
        take(source)
    assert full.value.values["path"] == locations.user_models()


# -- archives ----------------------------------------------------------------------------


@pytest.mark.parametrize("folder", ["", "mine/", "./"])
def test_a_model_at_the_top_or_in_one_folder(tmp_path: Path, folder: str) -> None:
    files = {f"{folder}{name}": data for name, data in GOOD.items()}
    extra = {
        "__MACOSX/._card.json": b"x",
        "README.txt": b"x",
        f"{folder}deep/loss.png": b"x",
        f"{folder}loss.png": b"p",
    }
    imported = take(zipped(tmp_path / "a.zip", files | extra))
    assert imported is not None
    assert sorted(os.listdir(imported.path)) == ["card.json", "loss.png", "model.keras"]


@pytest.mark.parametrize(
    "name",
    ["../x.txt", "/etc/x.txt", "mine/../../x.txt", "..\\x.txt", "C:/x.txt", "\\\\server\\share\\x", "a/../card.json"],
)
def test_a_name_that_leads_outside_is_refused(tmp_path: Path, name: str) -> None:
    refused(zipped(tmp_path / "a.zip", {**GOOD, name: b"x"}), "outside")
    assert not list(tmp_path.rglob("x.txt"))


def test_a_model_too_deep_and_two_models(tmp_path: Path) -> None:
    refused(zipped(tmp_path / "deep.zip", {f"a/b/{name}": data for name, data in GOOD.items()}), "card.json")
    refused(
        zipped(tmp_path / "two.zip", {f"{f}/{name}": data for f in "ab" for name, data in GOOD.items()}), "more than"
    )


def test_two_files_of_one_name(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive, pytest.warns(UserWarning, match="Duplicate"):
        for name, data in [*GOOD.items(), *GOOD.items()]:
            archive.writestr(name, data)
    refused(path, "two files")


def test_links_and_devices_in_an_archive(tmp_path: Path) -> None:
    for kind in (stat.S_IFLNK, stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK):
        path = tmp_path / "a.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in GOOD.items():
                archive.writestr(name, data)
            entry = zipfile.ZipInfo("metrics.json")
            entry.external_attr = (kind | 0o644) << 16
            archive.writestr(entry, "/etc/passwd")
        refused(path, "regular")


def test_encrypted_members_and_foreign_ways_of_packing(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", GOOD)
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = data.find(signature)
        data[place + offset] |= 1
    (tmp_path / "locked.zip").write_bytes(data)
    refused(tmp_path / "locked.zip", "encrypted")
    for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        with zipfile.ZipFile(tmp_path / "other.zip", "w", method) as archive:
            for name, content_ in GOOD.items():
                archive.writestr(name, content_)
        refused(tmp_path / "other.zip", "packed")


def test_a_bomb_is_left_when_its_ratio_shows(tmp_path: Path) -> None:
    # 300 MB of zeros in 300 kB, and within the limit of the file.
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("card.json", GOOD["card.json"])
        with archive.open("model.keras", "w", force_zip64=True) as member:
            for _ in range(300):
                member.write(bytes(1_000_000))
    assert path.stat().st_size < 400_000
    written: list[int] = []
    real = content.PartWriter.write

    def write_part(self: content.PartWriter, name: str, file: Any, most: int | None = None) -> int:
        try:
            return real(self, name, file, most)
        finally:
            written.append((self._target / name).stat().st_size)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(content.PartWriter, "write", write_part)
        refused(path, "larger")
    assert max(written) < 70_000_000


def test_a_size_that_lies_is_not_believed(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", {**GOOD, "metrics.json": b"x" * 1_000})
    data = bytearray(path.read_bytes())
    place = data.rfind(b"PK\x01\x02")
    data[place + 24 : place + 28] = struct.pack("<I", 10)  # declared: 10 bytes
    path.write_bytes(data)
    refused(path)


def test_very_many_entries_are_refused_before_they_are_read(tmp_path: Path) -> None:
    names = {f"{number}.txt": b"" for number in range(content.MAX_ENTRIES)}
    refused(zipped(tmp_path / "many.zip", {**GOOD, **names}), "more than")
    # A list of contents of 40 MB is not read at all.
    directory = 40_000_000
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65_535, 65_535, directory, 0, 0)
    (tmp_path / "long.zip").write_bytes(bytes(directory) + end)
    refused(tmp_path / "long.zip", "list of contents")


@posix
def test_what_is_no_file_is_no_archive(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.zip")
    refused(tmp_path / "pipe.zip")
    (tmp_path / "zero.zip").symlink_to("/dev/zero")
    refused(tmp_path / "zero.zip")
    (tmp_path / "gone.zip").symlink_to(tmp_path / "nowhere")
    with pytest.raises(BundleNotFoundError):
        take(tmp_path / "gone.zip")


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="may read everything")
def test_what_may_not_be_read_is_told_as_that(tmp_path: Path) -> None:
    path = zipped(tmp_path / "a.zip", GOOD)
    path.chmod(0)
    refused(path)


@pytest.mark.parametrize("error", [OSError(5, "Input/output error"), zlib.error("x"), EOFError(), MemoryError()])
def test_errors_of_reading_are_those_of_the_archive(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    path = zipped(tmp_path / "a.zip", GOOD)

    def fail(*_: object) -> bytes:
        raise error

    monkeypatch.setattr(zipfile.ZipExtFile, "read", fail)
    refused(path)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_bytes_changed_give_an_error_with_a_code_or_the_model(tmp_path: Path, data: st.DataObject) -> None:
    path = zipped(tmp_path / "a.zip", {f"mine/{name}": content_ for name, content_ in GOOD.items()})
    changed = bytearray(path.read_bytes())
    directory = changed.find(b"PK\x01\x02")
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(changed) - 1) | st.integers(directory, len(changed) - 1))
        changed[place] = data.draw(st.integers(0, 255))
    if data.draw(st.booleans()):
        del changed[data.draw(st.integers(0, len(changed) - 1)) :]
    path.write_bytes(changed)
    try:
        imported = take(path)
    except GenreDesktopError as error:
        assert isinstance(error, ModelError), error
    else:
        assert imported is not None
        remove_bundle(imported)
    assert left() == []


# -- the drive, and a person who does not want it any more -----------------------------------


def test_a_drive_without_room_is_told_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=100))
    for source in (make(tmp_path / "mine"), zipped(tmp_path / "a.zip", GOOD)):
        with pytest.raises(StorageError):
            take(source)
        assert left() == []


@pytest.mark.parametrize("packed", [False, True])
def test_an_import_is_given_up_in_the_middle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: bool, tried: list[ModelBundle]
) -> None:
    monkeypatch.setattr(content, "BLOCK_BYTES", 100)
    source = zipped(tmp_path / "a.zip", GOOD) if packed else make(tmp_path / "mine")
    asked: list[bool] = []

    def is_cancelled() -> bool:
        asked.append(True)
        return len(asked) > 3

    assert take(source, is_cancelled=is_cancelled) is None
    assert len(asked) == 4 and left() == [] and not tried


# -- what takes the place of another -----------------------------------------------------------


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelBundle:
    monkeypatch.setattr(locations, "shipped_models", lambda: tmp_path / "shipped")
    return read_bundle(make(tmp_path / "shipped" / "mine"))


def test_nothing_is_tried_before_the_person_has_said_yes(
    tmp_path: Path, shipped: ModelBundle, tried: list[ModelBundle]
) -> None:
    source = make(tmp_path / "new", created="2026-02-01", labels=["blues", "polka"])
    asked: list[Update] = []

    def answer(update: Update) -> bool:
        assert not tried
        asked.append(update)
        return len(asked) > 1

    assert take(source, confirm=answer) is None
    assert left() == [] and not tried and find_bundle("mine").is_shipped
    assert take(source, confirm=answer) is not None
    assert len(tried) == 1 and not find_bundle("mine").is_shipped
    told = {change.title: (change.before, change.after) for change in asked[0].changes()}
    assert told["Genres that go"] == ("jazz", "–") and told["Genres that come"] == ("–", "polka")
    assert told["Version"] == ("2026-01-10", "2026-02-01")


def test_a_new_name_is_tried_too_but_not_asked_about(tmp_path: Path, tried: list[ModelBundle]) -> None:
    assert take(make(tmp_path / "mine")) is not None
    assert len(tried) == 1


def test_one_that_is_not_safe_leaves_all_as_it_was(
    tmp_path: Path, shipped: ModelBundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(bundle: ModelBundle) -> None:
        raise BundleUnreadableError(path=bundle.path, reason="a Lambda layer")

    monkeypatch.setattr(checks, "require_safe", refuse)
    with pytest.raises(BundleUnreadableError):
        take(make(tmp_path / "new", created="2026-02-01"), confirm=lambda _update: True)
    with pytest.raises(BundleUnreadableError):
        take(make(tmp_path / "other", name="other"))
    assert left() == [] and [bundle.path for bundle in list_bundles()] == [shipped.path]


def test_what_merely_lies_among_the_models_is_no_update(
    tmp_path: Path, shipped: ModelBundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    lying = make(locations.user_models() / "mine", created="2026-02-01")
    assert find_bundle("mine").is_shipped
    assert [bundle.is_shipped for bundle in list_bundles()] == [True, False]
    # Imported, it is one, and the folder that lay there is gone.
    imported = take(lying, confirm=lambda _update: True)
    assert imported is not None and find_bundle("mine").path == imported.path and not lying.exists()
    # Nor does it take the place of one that was imported.
    make(locations.user_models() / "newer", created="2026-03-01")
    assert find_bundle("mine").path == imported.path
    remove_bundle(imported)
    assert find_bundle("mine").is_shipped


def test_a_folder_named_on_the_command_line_is_never_an_update(tmp_path: Path, shipped: ModelBundle) -> None:
    from genre_desktop.model.catalogue import shipped_behind

    outside = find_bundle(str(make(tmp_path / "outside", created="2026-02-01")))
    assert outside.path == tmp_path / "outside" and shipped_behind(outside) is None
    assert find_bundle("mine").is_shipped


def test_a_folder_is_meant_whatever_another_model_is_called(tmp_path: Path) -> None:
    outside = make(tmp_path / "outside")
    take(make(tmp_path / "thief", name=str(outside)[:100]))
    assert find_bundle(str(outside)).path == outside


def test_the_same_one_is_refused_once_it_is_in_use(tmp_path: Path) -> None:
    source = make(tmp_path / "mine")
    take(source)
    with pytest.raises(BundleExistsError):
        take(source)


def test_a_day_that_is_none_is_not_newer(tmp_path: Path, shipped: ModelBundle) -> None:
    with pytest.raises(GenreDesktopError, match="GD-210"):
        take(make(tmp_path / "new", created="zzzz"))


@pytest.mark.parametrize(
    ("name", "folder"),
    [("con", "_con"), ("NUL.txt", "_NUL.txt"), ("ロック" * 30, "ロック" * 13 + "ロ"), ("..", "model"), ("a/b", "a_b")],
)
def test_a_name_that_no_file_may_have(name: str, folder: str) -> None:
    assert folder_name(name) == folder


@posix
def test_the_sweep_follows_no_link(tmp_path: Path) -> None:
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "file").touch()
    os.utime(tmp_path / "private", (0, 0))
    locations.user_models().mkdir(parents=True)
    (locations.user_models() / ".import-x").symlink_to(tmp_path / "private")
    (locations.user_models() / ".removed-y").touch()
    (locations.user_models() / os.fsdecode(b".import-\xff")).mkdir()
    assert take(make(tmp_path / "mine")) is not None
    assert (tmp_path / "private" / "file").exists()
