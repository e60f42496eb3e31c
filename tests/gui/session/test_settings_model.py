from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtWidgets import QApplication

from genre_desktop.core.errors import StorageError
from genre_desktop.core.settings import (
    CanvasSettings,
    ProcessingSettings,
    Settings,
    load_settings,
    save_settings,
    settings_file,
)
from genre_desktop.gui.session.settings_model import SettingsModel


@pytest.fixture
def preferences(qapp: QApplication) -> Iterator[SettingsModel]:
    made = SettingsModel(load_settings())
    yield made
    shiboken6.delete(made)


def test_a_change_is_kept_and_told_once(preferences: SettingsModel) -> None:
    heard: list[Settings] = []
    preferences.changed.connect(heard.append)
    assert preferences.set(theme="dark") is None
    assert preferences.set(theme="dark") is None
    assert heard == [Settings(theme="dark")] == [load_settings()]


def test_what_somebody_else_wrote_meanwhile_stays(preferences: SettingsModel) -> None:
    save_settings(Settings(default_model="mine"))
    preferences.set(theme="dark")
    assert load_settings() == preferences.current == Settings(theme="dark", default_model="mine")


def test_what_cannot_be_written_holds_and_is_written_later(
    preferences: SettingsModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[StorageError] = []
    preferences.not_saved.connect(told.append)

    def refuse(_settings: Settings) -> None:
        raise StorageError(path="settings.json", reason="disk full")

    with monkeypatch.context() as patch:
        patch.setattr("genre_desktop.gui.session.settings_model.save_settings", refuse)
        assert preferences.set(theme="dark") is told[0]
        preferences.set(language="de")
        assert preferences.current == Settings(theme="dark", language="de")
        assert load_settings() == Settings() and len(told) == 2
    preferences.set(volume=0.5)
    assert load_settings() == Settings(theme="dark", language="de", volume=0.5)
    assert len(told) == 2
    with monkeypatch.context() as patch:
        patch.setattr("genre_desktop.gui.session.settings_model.save_settings", refuse)
        preferences.set(theme="light")
        preferences.set(theme="dark")  # as it was
    preferences.set(volume=0.6)
    assert load_settings().theme == "dark", "and no choice of before comes back"


def test_reset_leaves_only_what_nobody_chose(preferences: SettingsModel) -> None:
    kept = Settings(last_folder="/music", window_geometry="abc", window_state="{}")
    chosen = replace(
        kept,
        theme="dark",
        language="es",
        default_model="mine",
        live_input="a: b",
        output_device="c: d",
        volume=0.1,
        canvas=CanvasSettings("log"),
        processing=ProcessingSettings(2, True, False, False),
        help_size=1.5,
    )
    assert all(
        getattr(chosen, name) != value
        for name, value in vars(Settings()).items()
        if name not in ("last_folder", "window_geometry", "window_state")
    ), "each setting is one that reset takes back"
    preferences.set(**vars(chosen))
    preferences.reset()
    assert load_settings() == kept


def test_settings_that_are_damaged_meanwhile_do_not_take_the_window_along(
    preferences: SettingsModel, tmp_path: Path
) -> None:
    preferences.set(theme="dark")
    settings_file().write_bytes(b"{")
    preferences.set(language="de")
    assert load_settings() == Settings(theme="dark", language="de"), "what is in force is kept"
    settings_file().write_bytes(b"{")
    preferences.set(language="de")
    assert load_settings() == Settings(theme="dark", language="de"), "though nothing has changed"


def test_settings_that_cannot_be_read_for_a_moment_are_not_written_over(
    preferences: SettingsModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    preferences.set(theme="dark", default_model="mine")

    def refuse(_path: Path) -> bytes:
        raise PermissionError(13, "used by another process")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", refuse)
        preferences.set(volume=0.3)
    assert load_settings() == preferences.current == Settings(theme="dark", default_model="mine", volume=0.3)
