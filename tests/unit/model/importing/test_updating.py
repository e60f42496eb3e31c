"""A bundle that takes the place of another of its name."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.core import locations
from genre_desktop.core.errors import (
    BundleExistsError,
    BundleHashError,
    BundleNotNewerError,
    BundleUnreadableError,
    ModelInputError,
    StorageError,
)
from genre_desktop.core.settings import Settings, load_settings, save_settings
from genre_desktop.model import predictor
from genre_desktop.model.bundles import agreed_imports
from genre_desktop.model.bundles.bundle import ModelBundle, read_bundle, sha256
from genre_desktop.model.bundles.catalogue import (
    SHIPPED_DEFAULT,
    default_bundle,
    find_bundle,
    list_bundles,
    own_bundle,
    remove_bundle,
    shipped_behind,
)
from genre_desktop.model.bundles.versions import is_newer, release
from genre_desktop.model.checks import passed_trials
from genre_desktop.model.importing.bundle_changes import licences
from tests.support.bundles import import_bundle, make_bundle


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_bundle(tmp_path_factory.mktemp("made") / "mine", created="2026-01-10")


REAL_CHECKS = predictor.require_safe


@pytest.fixture(autouse=True)
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """No network is tried: `genre_desktop.model.checks` has tests of its own."""
    monkeypatch.setattr(predictor, "require_safe", lambda _bundle: None)


@pytest.fixture
def version(original: Path, tmp_path: Path) -> Any:
    """Makes a bundle like the first one with another card."""

    def make(folder: str, **card: Any) -> Path:
        path = tmp_path / folder
        shutil.copytree(original, path)
        content = json.loads((path / "card.json").read_text("utf-8"))
        (path / "card.json").write_text(json.dumps({**content, **card}), "utf-8")
        return path

    return make


@pytest.fixture
def shipped(original: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of shipped models with one in it."""
    folder = tmp_path / "shipped"
    shutil.copytree(original, folder / "mine")
    monkeypatch.setattr(locations, "shipped_models", lambda: folder)
    return folder


def bundle(**card: Any) -> ModelBundle:
    return ModelBundle(Path("/models/x"), {"name": "x", "labels": ["a", "b"], **card}, FeatureConfig())


def folders() -> list[str]:
    return sorted(path.name for path in locations.user_models().iterdir() if path.name != ".agreed")


@pytest.mark.parametrize(
    ("newer", "older"),
    [
        ({"created": "2026-02-01"}, {"created": "2026-01-31"}),
        ({"created": "2026-02-01"}, {}),
        ({"version": "2"}, {"version": "1.9"}),
        ({"version": "1.10"}, {"version": "1.9"}),
        ({"version": "v2.0.1"}, {"version": "v2.0"}),
        ({"version": "2", "created": "2026-01-01"}, {"version": "1", "created": "2026-02-01"}),
        ({"version": "1", "created": "2026-02-01"}, {"version": "1", "created": "2026-01-01"}),
        ({"created": "2026-02-01"}, {"version": "9", "created": "2026-01-01"}),
        ({"version": "2.0", "created": "2026-02-01"}, {"created": "2026-02-01"}),
    ],
)
def test_the_version_decides_and_then_the_day(newer: dict[str, str], older: dict[str, str]) -> None:
    assert is_newer(bundle(**newer), bundle(**older))
    assert not is_newer(bundle(**older), bundle(**newer))
    assert not is_newer(bundle(**newer), bundle(**newer))


def test_a_release_for_people() -> None:
    assert release(bundle(version="2.1", created="2026-01-10")) == "2.1 (2026-01-10)"
    assert release(bundle(created="2026-01-10")) == "2026-01-10"
    assert release(bundle(version=3)) == "" and not is_newer(bundle(version=3), bundle())


def test_many_and_long_licences_are_shortened() -> None:
    told = licences(bundle(licences={f"part {n}": f"{n} {'so ' * 6_000}" for n in range(50)}))
    assert told[0].startswith("part 0: 0 so so") and told[-1] == "and 42 more"
    assert sum(map(len, told)) < 5_000
    assert licences(bundle(licences={"weights": "MIT", "data": ["none"]})) == ["weights: MIT"]


def test_the_shipped_models_have_a_date() -> None:
    assert all(release(known) for known in list_bundles())


def test_a_newer_bundle_replaces_an_own_one(original: Path, version: Any) -> None:
    first = import_bundle(original)
    second = import_bundle(version("new", created="2026-01-11"))
    assert [one.path for one in list_bundles() if one.name == "mine"] == [second.path]
    assert not first.path.exists() and len(folders()) == 1
    assert first.fingerprint != second.fingerprint, "results of the one are not those of the other"
    third = import_bundle(version("newest", created="2026-01-12"))
    assert folders() == [third.path.name]


def test_leftovers_of_a_killed_import_are_deleted_after_a_day(original: Path) -> None:
    for name in (".import-old", ".removed-old", ".import-now"):
        (locations.user_models() / name / "copy").mkdir(parents=True)
    for name in (".import-old", ".removed-old"):
        os.utime(locations.user_models() / name, (1e9, 1e9))
    import_bundle(original)
    assert folders() == [".import-now", "mine"]


def test_one_that_is_in_use_is_not_half_removed(original: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = import_bundle(original)

    def refuse(_path: Path, _target: object) -> None:
        raise PermissionError(13, "used by another process")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", refuse)
        with pytest.raises(StorageError):
            remove_bundle(mine)
    assert sorted(path.name for path in mine.path.iterdir()) == sorted(path.name for path in original.iterdir())
    assert folders() == ["mine"]


def test_the_same_one_is_refused(original: Path) -> None:
    import_bundle(original)
    for replace_ in (False, True):
        with pytest.raises(BundleExistsError):
            import_bundle(original, replace=replace_)


def test_a_bundle_that_is_not_newer_needs_an_option(original: Path, version: Any) -> None:
    import_bundle(original)
    for folder, created in (("other", "2026-01-10"), ("older", "2025-12-01")):
        path = version(folder, created=created, description=folder)
        with pytest.raises(BundleNotNewerError, match="2026-01-10") as caught:
            import_bundle(path)
        assert caught.value.values["is_shipped"] is False
        assert find_bundle("mine").description != folder
        import_bundle(path, replace=True)
        assert find_bundle("mine").description == folder
    assert len(folders()) == 1


def test_a_newer_one_stands_before_the_shipped_one(shipped: Path, version: Any) -> None:
    before = find_bundle("mine")
    assert before.is_shipped
    update = import_bundle(version("new", created="2026-01-11"))
    assert [(one.path, one.is_shipped) for one in list_bundles()] == [(update.path, False)]
    assert find_bundle("mine").path == own_bundle("mine").path == update.path
    behind = shipped_behind(update)
    assert behind is not None and behind.path == before.path and shipped_behind(before) is None
    save_settings(Settings(default_model="mine"))
    assert default_bundle().path == update.path
    remove_bundle(own_bundle("mine"))
    assert find_bundle("mine").path == before.path
    assert load_settings().default_model == "mine", "the name means the shipped one again"
    assert (before.path / "model.keras").is_file()


def test_a_newer_shipped_bundle_is_used_instead_of_an_older_update(shipped: Path, version: Any) -> None:
    import_bundle(version("new", created="2026-01-11"))
    shutil.rmtree(shipped / "mine")
    shutil.copytree(version("newest", created="2026-01-12"), shipped / "mine")
    assert find_bundle("mine").is_shipped
    assert [one.is_shipped for one in list_bundles()] == [True, False], "it is there still, and can be removed"
    assert shipped_behind(own_bundle("mine")) is None


def test_one_that_is_not_newer_than_the_shipped_one_is_refused(shipped: Path, version: Any) -> None:
    for replace_ in (False, True):
        with pytest.raises(BundleNotNewerError) as caught:
            import_bundle(version(f"old-{replace_}", created="2025-01-01"), replace=replace_)
        assert caught.value.values["is_shipped"] is True
    assert folders() == []


def damage_card(path: Path) -> None:
    (path / "card.json").write_text("{", "utf-8")


def damage_weights(path: Path) -> None:
    (path / "model.keras").write_bytes(b"not these")


def damage_network(path: Path) -> None:
    (path / "model.keras").write_bytes(b"no network, but the right hash")
    card = json.loads((path / "card.json").read_text("utf-8"))
    card["weights_sha256"] = sha256(path / "model.keras")
    (path / "card.json").write_text(json.dumps(card), "utf-8")


def damage_labels(path: Path) -> None:
    card = json.loads((path / "card.json").read_text("utf-8"))
    card["labels"].append("one too many")
    (path / "card.json").write_text(json.dumps(card), "utf-8")


@pytest.mark.parametrize(
    ("damage", "error"),
    [
        (damage_card, BundleUnreadableError),
        (damage_weights, BundleHashError),
        (damage_network, BundleUnreadableError),
        (damage_labels, ModelInputError),
    ],
)
def test_a_damaged_update_leaves_the_one_that_works(
    original: Path, version: Any, damage: Any, error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = import_bundle(original)
    monkeypatch.setattr(predictor, "require_safe", REAL_CHECKS)
    path = version("new", created="2026-01-11")
    damage(path)
    with pytest.raises(error):
        import_bundle(path)
    assert find_bundle("mine").path == first.path and folders() == [first.path.name]
    assert read_bundle(first.path).fingerprint == first.fingerprint


def test_a_full_disk_leaves_the_one_that_works(original: Path, version: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    first = import_bundle(original)
    source = version("new", created="2026-01-11")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(StorageError):
        import_bundle(source)
    assert find_bundle("mine").path == first.path and folders() == [first.path.name]


def test_an_update_that_was_killed_half_way_leaves_one_of_them(original: Path, version: Any) -> None:
    first = import_bundle(original)
    # The new one is in its place, the old one not yet gone.
    shutil.copytree(version("new", created="2026-01-11"), first.path.with_name("mine-2"))
    agreed_imports.record(read_bundle(first.path.with_name("mine-2")))
    assert [one.path.name for one in list_bundles() if one.name == "mine"] == ["mine-2"]
    third = import_bundle(version("newest", created="2026-01-12"))
    assert folders() == [third.path.name], "the next one tidies up"


def test_a_consent_does_not_apply_to_a_card_with_the_same_fingerprint(
    original: Path, version: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Sixteen digits of a hash can be met on purpose, by two cards of the same person within hours.
    monkeypatch.setattr(ModelBundle, "fingerprint", "0123456789abcdef")
    imported = import_bundle(original)
    lying = imported.path.with_name("lying")
    shutil.copytree(version("new", created="2026-01-11"), lying)
    assert agreed_imports.is_recorded(imported) and not agreed_imports.is_recorded(read_bundle(lying))
    assert find_bundle("mine").path == imported.path


def test_a_default_that_was_named_by_its_folder_follows_the_update(original: Path, version: Any) -> None:
    first = import_bundle(original)
    save_settings(replace(load_settings(), default_model=str(first.path.resolve())))
    second = import_bundle(version("new", created="2026-01-11"))
    assert default_bundle().path == second.path
    remove_bundle(second)
    assert load_settings().default_model is None and default_bundle().name == SHIPPED_DEFAULT


def test_a_good_one_passes_its_trial_on_the_way(original: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(predictor, "require_safe", REAL_CHECKS)
    monkeypatch.setattr(passed_trials, "_passed_here", {})
    imported = import_bundle(original)
    assert passed_trials.needs_no_trial(imported) and find_bundle("mine").path == imported.path
