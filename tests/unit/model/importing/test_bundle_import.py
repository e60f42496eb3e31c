"""A bundle from a stranger on its way to the user's models: nothing foreign comes along, nothing is left behind."""

from __future__ import annotations

import os
import shutil
import socket
import zipfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from genre_desktop.core import locations
from genre_desktop.core.errors import (
    BundleExistsError,
    BundleUnreadableError,
    GenreDesktopError,
    ModelError,
    SeveralModelsError,
    StorageError,
)
from genre_desktop.model import predictor
from genre_desktop.model.bundles import bundle_files as content
from genre_desktop.model.bundles.bundle import ModelBundle, read_bundle
from genre_desktop.model.bundles.catalogue import export_bundle, find_bundle, folder_name, list_bundles, remove_bundle
from genre_desktop.model.importing.bundle_changes import Update
from tests.support.foreign_bundles import (
    GOOD,
    assert_refused,
    import_foreign,
    posix,
    user_model_files,
    write_foreign,
    write_zip,
)


@pytest.fixture(autouse=True)
def tried(monkeypatch: pytest.MonkeyPatch) -> list[ModelBundle]:
    """The bundles whose networks were tried; none is loaded here."""
    bundles: list[ModelBundle] = []
    monkeypatch.setattr(predictor, "require_safe", bundles.append)
    return bundles


# -- folders -----------------------------------------------------------------------------


def test_a_folder_of_several_models_names_them_and_imports_none(tmp_path: Path) -> None:
    for name in ("first", "second", "deep/third"):
        write_foreign(tmp_path / "models" / name)
    with pytest.raises(SeveralModelsError, match="deep/third, first, second"):
        import_foreign(tmp_path / "models")
    assert user_model_files() == []


def test_a_folder_that_holds_one_model_is_that_model(tmp_path: Path) -> None:
    write_foreign(tmp_path / "download" / "mine")
    (tmp_path / "download" / ".git").mkdir()
    (tmp_path / "download" / ".git" / "old.zip").write_bytes(b"PK")
    imported = import_foreign(tmp_path / "download")
    assert imported is not None and imported.name == read_bundle(tmp_path / "download" / "mine").name


def test_a_model_with_others_below_it_is_the_one_that_was_named(tmp_path: Path) -> None:
    write_foreign(tmp_path / "mine")
    write_foreign(tmp_path / "mine" / "old")
    assert import_foreign(tmp_path / "mine") is not None


def test_a_folder_of_archives_is_no_model(tmp_path: Path) -> None:
    (tmp_path / "models").mkdir()
    write_zip(tmp_path / "models" / "first.zip", GOOD)
    assert_refused(tmp_path / "models", "first.zip")
    write_zip(tmp_path / "models" / "second.zip", GOOD)
    with pytest.raises(SeveralModelsError):
        import_foreign(tmp_path / "models")


def test_only_the_files_of_a_model_are_copied(tmp_path: Path) -> None:
    source = write_foreign(tmp_path / "mine")
    for name in (
        "accuracy.png",
        "metrics.json",
        "notes.txt",
        "card.json.bak",
        "Card.JSON ",
        ".hidden",
        "evil.PNG",
        "com1.png",
    ):
        (source / name).write_text("x")
    (source / "checkpoints").mkdir()
    imported = import_foreign(source)
    assert imported is not None
    assert sorted(os.listdir(imported.path)) == ["accuracy.png", "card.json", "metrics.json", "model.keras"]


@posix
@pytest.mark.parametrize("name", ["metrics.json", "model.h5", "loss.png", "card.json", "model.keras"])
@pytest.mark.parametrize("kind", ["link", "hard link", "pipe", "socket", "device", "folder"])
def test_what_is_no_plain_file_is_refused(
    tmp_path: Path, name: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write_foreign(tmp_path / "mine")
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
    assert_refused(source)


@posix
def test_a_link_under_another_name_is_not_copied(tmp_path: Path) -> None:
    source = write_foreign(tmp_path / "mine")
    (source / "passwords").symlink_to("/etc/passwd")
    (source / "zero").symlink_to("/dev/zero")
    imported = import_foreign(source)
    assert imported is not None and sorted(os.listdir(imported.path)) == ["card.json", "model.keras"]


def test_a_folder_of_very_many_files_is_refused(tmp_path: Path) -> None:
    source = write_foreign(tmp_path / "mine")
    for number in range(content.MAX_ENTRIES):
        (source / f"{number}.txt").touch()
    assert_refused(source, "more than")
    few = write_foreign(tmp_path / "few")
    for number in range(30):
        (few / f"{number}.png").touch()
    assert_refused(few, "pictures")


def test_a_file_beyond_its_limit_is_refused(tmp_path: Path) -> None:
    source = write_foreign(tmp_path / "mine")
    (source / "curves.json").write_bytes(b" " * 10_000_001)
    assert_refused(source, "larger")


def test_all_files_together_have_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(content, "MAX_TOTAL_BYTES", 5_000)
    source = write_foreign(tmp_path / "mine")
    (source / "loss.png").write_bytes(b"x" * 4_000)
    (source / "metrics.json").write_bytes(b"x" * 4_000)
    assert_refused(source, "larger")


@pytest.mark.parametrize("name", ["export.zip", "export"])
def test_an_export_copies_no_file_beyond_its_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    source = write_foreign(tmp_path / "mine")
    with (source / "curves.json").open("wb") as file:
        file.truncate(10_000_001)  # it may as well have gigabytes of nothing
    (tmp_path / "out").mkdir()
    with pytest.raises(BundleUnreadableError, match="larger"):
        export_bundle(read_bundle(source), tmp_path / "out" / name)
    (source / "curves.json").write_bytes(b" " * 4_000)
    monkeypatch.setattr(content, "MAX_TOTAL_BYTES", 4_000)
    with pytest.raises(BundleUnreadableError, match="larger"):
        export_bundle(read_bundle(source), tmp_path / "out" / name)
    assert list((tmp_path / "out").iterdir()) == []


@posix
def test_an_export_copies_no_link(tmp_path: Path) -> None:
    source = write_foreign(tmp_path / "mine")
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


def test_an_error_names_the_chosen_path_and_not_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write_foreign(tmp_path / "mine", weights_sha256="0" * 64)
    with pytest.raises(ModelError) as caught:
        import_foreign(source)
    assert caught.value.values["path"] == source and ".import-" not in str(caught.value)
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=0))
    with pytest.raises(StorageError) as full:
        import_foreign(source)
    assert full.value.values["path"] == locations.user_models()


# -- the drive, and a person who does not want it any more -----------------------------------


def test_a_drive_without_room_is_reported_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _folder: SimpleNamespace(free=100))
    for source in (write_foreign(tmp_path / "mine"), write_zip(tmp_path / "a.zip", GOOD)):
        with pytest.raises(StorageError):
            import_foreign(source)
        assert user_model_files() == []


@pytest.mark.parametrize("packed", [False, True])
def test_an_import_is_given_up_in_the_middle(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, packed: bool, tried: list[ModelBundle]
) -> None:
    monkeypatch.setattr(content, "BLOCK_BYTES", 100)
    source = write_zip(tmp_path / "a.zip", GOOD) if packed else write_foreign(tmp_path / "mine")
    asked: list[bool] = []

    def is_cancelled() -> bool:
        asked.append(True)
        return len(asked) > 3

    assert import_foreign(source, is_cancelled=is_cancelled) is None
    assert len(asked) == 4 and user_model_files() == [] and not tried


# -- what takes the place of another -----------------------------------------------------------


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelBundle:
    monkeypatch.setattr(locations, "shipped_models", lambda: tmp_path / "shipped")
    return read_bundle(write_foreign(tmp_path / "shipped" / "mine"))


def test_nothing_is_tried_before_the_person_has_said_yes(
    tmp_path: Path, shipped: ModelBundle, tried: list[ModelBundle]
) -> None:
    source = write_foreign(tmp_path / "new", created="2026-02-01", labels=["blues", "polka"])
    asked: list[Update] = []

    def answer(update: Update) -> bool:
        assert not tried
        asked.append(update)
        return len(asked) > 1

    assert import_foreign(source, confirm=answer) is None
    assert user_model_files() == [] and not tried and find_bundle("mine").is_shipped
    assert import_foreign(source, confirm=answer) is not None
    assert len(tried) == 1 and not find_bundle("mine").is_shipped
    told = {change.title: (change.before, change.after) for change in asked[0].changes()}
    assert told["Genres that go"] == ("jazz", "–") and told["Genres that come"] == ("–", "polka")
    assert told["Version"] == ("2026-01-10", "2026-02-01")


def test_a_bundle_with_a_new_name_is_tried_without_a_question(tmp_path: Path, tried: list[ModelBundle]) -> None:
    assert import_foreign(write_foreign(tmp_path / "mine")) is not None
    assert len(tried) == 1


def test_one_that_is_not_safe_leaves_all_as_it_was(
    tmp_path: Path, shipped: ModelBundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(bundle: ModelBundle) -> None:
        raise BundleUnreadableError(path=bundle.path, reason="a Lambda layer")

    monkeypatch.setattr(predictor, "require_safe", refuse)
    with pytest.raises(BundleUnreadableError):
        import_foreign(write_foreign(tmp_path / "new", created="2026-02-01"), confirm=lambda _update: True)
    with pytest.raises(BundleUnreadableError):
        import_foreign(write_foreign(tmp_path / "other", name="other"))
    assert user_model_files() == [] and [bundle.path for bundle in list_bundles()] == [shipped.path]


def test_a_bundle_that_was_merely_copied_to_the_models_is_no_update(
    tmp_path: Path, shipped: ModelBundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    lying = write_foreign(locations.user_models() / "mine", created="2026-02-01")
    assert find_bundle("mine").is_shipped
    assert [bundle.is_shipped for bundle in list_bundles()] == [True, False]
    # Imported, it is one, and the folder that lay there is gone.
    imported = import_foreign(lying, confirm=lambda _update: True)
    assert imported is not None and find_bundle("mine").path == imported.path and not lying.exists()
    # Nor does it take the place of one that was imported.
    write_foreign(locations.user_models() / "newer", created="2026-03-01")
    assert find_bundle("mine").path == imported.path
    remove_bundle(imported)
    assert find_bundle("mine").is_shipped


def test_a_folder_named_on_the_command_line_is_never_an_update(tmp_path: Path, shipped: ModelBundle) -> None:
    from genre_desktop.model.bundles.catalogue import shipped_behind

    outside = find_bundle(str(write_foreign(tmp_path / "outside", created="2026-02-01")))
    assert outside.path == tmp_path / "outside" and shipped_behind(outside) is None
    assert find_bundle("mine").is_shipped


def test_a_folder_is_meant_whatever_another_model_is_called(tmp_path: Path) -> None:
    outside = write_foreign(tmp_path / "outside")
    import_foreign(write_foreign(tmp_path / "thief", name=str(outside)[:100]))
    assert find_bundle(str(outside)).path == outside


def test_the_same_one_is_refused_once_it_is_in_use(tmp_path: Path) -> None:
    source = write_foreign(tmp_path / "mine")
    import_foreign(source)
    with pytest.raises(BundleExistsError):
        import_foreign(source)


def test_a_day_that_is_none_is_not_newer(tmp_path: Path, shipped: ModelBundle) -> None:
    with pytest.raises(GenreDesktopError, match="GD-210"):
        import_foreign(write_foreign(tmp_path / "new", created="zzzz"))


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
    assert import_foreign(write_foreign(tmp_path / "mine")) is not None
    assert (tmp_path / "private" / "file").exists()
