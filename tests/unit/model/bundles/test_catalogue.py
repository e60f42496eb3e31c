from __future__ import annotations

import json
import os
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from genre_desktop.core import locations
from genre_desktop.core.errors import (
    BundleExistsError,
    BundleHashError,
    BundleNotFoundError,
    BundleProtectedError,
    BundleUnreadableError,
    StorageError,
)
from genre_desktop.core.settings import load_settings, save_settings
from genre_desktop.model import predictor
from genre_desktop.model.bundles import catalogue
from genre_desktop.model.bundles.catalogue import (
    SHIPPED_DEFAULT,
    default_bundle,
    export_bundle,
    find_bundle,
    list_bundles,
    own_bundle,
    remove_bundle,
)
from tests.support.bundles import import_bundle, make_bundle


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_bundle(tmp_path_factory.mktemp("made") / "mine")


@pytest.fixture(autouse=True)
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """No network is tried: `genre_desktop.model.checks` has tests of its own."""
    monkeypatch.setattr(predictor, "require_safe", lambda _bundle: None)


def names() -> list[str]:
    return [bundle.name for bundle in list_bundles()]


def test_the_shipped_model_is_there_and_the_default() -> None:
    assert default_bundle().name == SHIPPED_DEFAULT
    assert default_bundle().is_shipped


def test_import_find_default_remove(original: Path) -> None:
    imported = import_bundle(original)
    assert imported.path.parent == locations.user_models()
    assert find_bundle("mine").path == imported.path
    save_settings(replace(load_settings(), default_model="mine"))
    assert default_bundle().name == "mine"
    remove_bundle(own_bundle("mine"))
    assert "mine" not in names()
    assert default_bundle().name == SHIPPED_DEFAULT  # a default that is gone falls back
    assert [path.name for path in locations.user_models().iterdir() if path.name != ".agreed"] == []
    assert list((locations.user_models() / ".agreed").iterdir()) == []


def test_import_of_an_export(original: Path, tmp_path: Path) -> None:
    archive = export_bundle(find_bundle(str(original)), tmp_path / "mine.zip")
    assert import_bundle(archive).name == "mine"
    with pytest.raises(BundleExistsError):
        import_bundle(archive)


def test_export_to_a_folder_and_into_a_folder(original: Path, tmp_path: Path) -> None:
    bundle = find_bundle(str(original))
    assert (export_bundle(bundle, tmp_path / "copy") / "card.json").is_file()
    assert export_bundle(bundle, tmp_path) == tmp_path / "mine.zip"
    with pytest.raises(BundleExistsError):
        export_bundle(bundle, tmp_path)


def test_a_changed_bundle_is_not_imported_and_leaves_nothing(original: Path, tmp_path: Path) -> None:
    archive = export_bundle(find_bundle(str(original)), tmp_path / "copy")
    with (archive / "model.keras").open("ab") as file:
        file.write(b"x")
    with pytest.raises(BundleHashError):
        import_bundle(archive)
    assert list(locations.user_models().iterdir()) == []


def test_an_archive_cannot_write_outside(original: Path, tmp_path: Path) -> None:
    archive = tmp_path / "evil.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("../../../escaped.txt", "gotcha")
        for part in original.iterdir():
            file.write(part, f"mine/{part.name}")
    with pytest.raises(BundleUnreadableError, match="outside"):
        import_bundle(archive)
    assert not list(tmp_path.rglob("escaped.txt"))
    assert not list(locations.user_data().rglob("escaped.txt"))


def test_a_damaged_archive_is_refused(original: Path, tmp_path: Path) -> None:
    archive = export_bundle(find_bundle(str(original)), tmp_path / "mine.zip")
    content = bytearray(archive.read_bytes())
    with zipfile.ZipFile(archive) as file:
        start = file.getinfo("model.keras").header_offset + 60
    content[start : start + 200] = bytes(200)
    archive.write_bytes(content)
    with pytest.raises(BundleUnreadableError):
        import_bundle(archive)
    assert list(locations.user_models().iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"text"])
def test_what_is_no_bundle_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(content)
    with pytest.raises(BundleUnreadableError):
        import_bundle(path)


def test_a_missing_path_and_name() -> None:
    with pytest.raises(BundleNotFoundError):
        import_bundle(Path("/nowhere/at/all.zip"))
    with pytest.raises(BundleNotFoundError, match=SHIPPED_DEFAULT):
        find_bundle("nobody")
    with pytest.raises(BundleNotFoundError):
        own_bundle("nobody")


def test_shipped_models_stay(original: Path) -> None:
    shipped = find_bundle(SHIPPED_DEFAULT)
    for name in (SHIPPED_DEFAULT, str(shipped.path)):
        with pytest.raises(BundleProtectedError):
            own_bundle(name)
    with pytest.raises(BundleProtectedError):
        remove_bundle(shipped)
    assert SHIPPED_DEFAULT in names()


def test_only_what_is_among_the_users_models_is_removed(original: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BundleNotFoundError):
        own_bundle(str(original))
    with pytest.raises(BundleNotFoundError):
        remove_bundle(find_bundle(str(original)))
    assert original.is_dir()
    imported = import_bundle(original)
    monkeypatch.chdir(imported.path.parent)
    assert own_bundle("./mine").path == own_bundle(str(imported.path)).path == imported.path


def test_a_users_model_named_like_a_shipped_one_can_be_removed(original: Path) -> None:
    imported = import_bundle(original)
    card = json.loads((imported.path / "card.json").read_text("utf-8"))
    (imported.path / "card.json").write_text(json.dumps({**card, "name": SHIPPED_DEFAULT}), "utf-8")
    remove_bundle(own_bundle(SHIPPED_DEFAULT))
    assert not imported.path.exists() and find_bundle(SHIPPED_DEFAULT).is_shipped


def test_names_that_make_the_same_folder_get_two(tmp_path: Path) -> None:
    first = import_bundle(make_bundle(tmp_path / "1", name="a/b"))
    second = import_bundle(make_bundle(tmp_path / "2", name="a_b"))
    assert first.path != second.path and {"a/b", "a_b"} <= set(names())


def test_the_state_of_a_stopped_training_is_not_copied(tmp_path: Path) -> None:
    source = make_bundle(tmp_path / "stopped")
    (source / "checkpoints").mkdir()
    (source / "checkpoints" / "last.keras").write_bytes(b"big")
    bundle = find_bundle(str(source))
    assert not (export_bundle(bundle, tmp_path / "copy") / "checkpoints").exists()
    with zipfile.ZipFile(export_bundle(bundle, tmp_path / "copy.zip")) as archive:
        assert sorted(archive.namelist()) == ["card.json", "model.keras"]
    assert not (import_bundle(source).path / "checkpoints").exists()


@pytest.mark.parametrize("target", ["copy", "copy.zip"])
def test_a_failed_export_leaves_nothing(
    original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    bystander = tmp_path / "copy.zip.part"
    bystander.write_bytes(b"a download")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(zipfile.ZipFile, "open", full)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=1000))
    with pytest.raises(StorageError):
        export_bundle(find_bundle(str(original)), tmp_path / target)
    assert list(tmp_path.iterdir()) == [bystander] and bystander.read_bytes() == b"a download"


def test_files_older_than_zip_itself_are_exported(tmp_path: Path) -> None:
    source = make_bundle(tmp_path / "old")
    os.utime(source / "card.json", (0, 0))
    assert import_bundle(export_bundle(find_bundle(str(source)), tmp_path / "old.zip")).name == "old"


def test_a_damaged_bundle_does_not_hide_the_others(original: Path) -> None:
    import_bundle(original)
    broken = locations.user_models() / "broken"
    broken.mkdir()
    (broken / "card.json").write_text(json.dumps({"format": 1}))
    assert "mine" in names()


def test_many_models_of_long_cards_do_not_fill_the_memory(
    original: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    import_bundle(original)
    card = json.loads((original / "card.json").read_text("utf-8"))
    for number in range(5):
        folder = locations.user_models() / f"a{number}"
        folder.mkdir()
        (folder / "model.keras").touch()
        (folder / "card.json").write_text(json.dumps({**card, "name": f"long {number}", "x": [0] * 10_000}), "utf-8")
    monkeypatch.setattr(catalogue, "MAX_CARDS_BYTES", 100_000)
    own = [bundle.name for bundle in list_bundles() if not bundle.is_shipped]
    assert own[-1] == "mine"  # whatever is beside it
    assert len(own) == 4
    assert "left out, with too much to read in their cards: 2" in caplog.text


def test_a_name_with_odd_signs_gets_a_plain_folder(tmp_path: Path) -> None:
    imported = import_bundle(make_bundle(tmp_path / "b", name="../my: model?/"))
    assert imported.path.parent == locations.user_models()
    assert imported.name == "../my: model?/"
    remove_bundle(own_bundle("../my: model?/"))
    assert not imported.path.exists()
