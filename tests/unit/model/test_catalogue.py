from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from genre_desktop import locations
from genre_desktop.errors import (
    BundleExistsError,
    BundleHashError,
    BundleNotFoundError,
    BundleProtectedError,
    BundleUnreadableError,
)
from genre_desktop.model.catalogue import (
    SHIPPED_DEFAULT,
    default_bundle,
    export_bundle,
    find_bundle,
    import_bundle,
    list_bundles,
    remove_bundle,
)
from genre_desktop.settings import load_settings, save_settings
from tests.bundles import make_bundle


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_bundle(tmp_path_factory.mktemp("made") / "mine")


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
    remove_bundle("mine")
    assert "mine" not in names()
    assert default_bundle().name == SHIPPED_DEFAULT  # a default that is gone falls back
    assert [path.name for path in locations.user_models().iterdir()] == []


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
    import_bundle(archive)
    assert not list(tmp_path.rglob("escaped.txt"))
    assert not list(locations.user_data().rglob("escaped.txt"))


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
        remove_bundle("nobody")


def test_shipped_models_stay() -> None:
    with pytest.raises(BundleProtectedError):
        remove_bundle(SHIPPED_DEFAULT)
    assert SHIPPED_DEFAULT in names()


def test_a_damaged_bundle_does_not_hide_the_others(original: Path) -> None:
    import_bundle(original)
    broken = locations.user_models() / "broken"
    broken.mkdir()
    (broken / "card.json").write_text(json.dumps({"format": 1}))
    assert "mine" in names()


def test_a_name_with_odd_signs_gets_a_plain_folder(tmp_path: Path) -> None:
    imported = import_bundle(make_bundle(tmp_path / "b", name="../my: model?/"))
    assert imported.path.parent == locations.user_models()
    assert imported.name == "../my: model?/"
    remove_bundle("../my: model?/")
