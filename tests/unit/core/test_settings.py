from __future__ import annotations

import json
import os
import stat
from dataclasses import asdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from genre_desktop.core.errors import StorageError
from genre_desktop.core.setting_fields import setting_of
from genre_desktop.core.settings import (
    HELP_SIZES,
    LANGUAGES,
    MAX_JOBS,
    CanvasSettings,
    ProcessingSettings,
    Settings,
    load_settings,
    save_settings,
    settings_file,
)

any_text = st.one_of(st.none(), st.text(st.characters()))  # surrogates too: file names have them
json_values = st.recursive(st.none() | st.booleans() | st.floats() | st.text(), st.lists, max_leaves=3)


def test_first_start_has_the_defaults() -> None:
    assert load_settings() == Settings()
    assert not settings_file().exists()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.builds(
        Settings,
        theme=st.sampled_from(["system", "light", "dark"]),
        language=st.sampled_from([None, *LANGUAGES]),
        default_model=any_text,
        last_folder=any_text,
        window_geometry=any_text,
        window_state=any_text,
        processing=st.builds(
            ProcessingSettings,
            jobs=st.integers(0, MAX_JOBS),
            score_every_patch=st.booleans(),
            stay_awake=st.booleans(),
            restore_list=st.booleans(),
        ),
        help_size=st.sampled_from(HELP_SIZES),
    )
)
def test_what_is_saved_is_loaded(chosen: Settings) -> None:
    save_settings(chosen)
    assert load_settings() == chosen


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff\xfe\x00", b'"dark"', b"[" * 100_000])
def test_damaged_file_is_kept_aside(content: bytes) -> None:
    path = settings_file()
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    assert load_settings() == Settings()
    assert path.with_name("settings.json.damaged").read_bytes() == content
    save_settings(Settings(theme="dark"))
    assert load_settings().theme == "dark"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.dictionaries(st.sampled_from(["theme", "default_model", "window_state", "from_the_future"]), json_values))
def test_values_of_another_kind_become_defaults(values: dict[str, object]) -> None:
    path = settings_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(values))
    loaded = asdict(load_settings())
    for name, default in asdict(Settings()).items():
        given_value = values.get(name)
        known = given_value in ("system", "light", "dark") if name == "theme" else isinstance(given_value, str)
        assert loaded[name] == (given_value if known else default)


def test_a_failed_write_keeps_the_old_file(monkeypatch: pytest.MonkeyPatch) -> None:
    save_settings(Settings(last_folder="before"))

    def disk_full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", disk_full)
    with pytest.raises(StorageError, match="No space left"):
        save_settings(Settings(last_folder="after"))
    assert load_settings().last_folder == "before"
    assert [path.name for path in settings_file().parent.iterdir()] == ["settings.json"]


def test_a_place_that_is_a_file_is_told(home: Path) -> None:
    (home / "config").write_text("in the way")
    with pytest.raises(StorageError) as caught:
        save_settings(Settings())
    assert caught.value.code == "GD-502"
    assert str(settings_file()) in caught.value.message


@pytest.mark.skipif(os.name != "posix", reason="permission bits are POSIX's")
def test_settings_are_the_users_own() -> None:
    save_settings(Settings())
    assert stat.S_IMODE(settings_file().stat().st_mode) == 0o600


@given(
    scale=st.sampled_from(["mel", "log", "linear"]),
    n_fft=st.sampled_from(list(setting_of(CanvasSettings, "n_fft").choices)),
    colour_map=st.sampled_from(["magma", "viridis", "cividis", "grey"]),
    low=st.integers(-120, -11),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_how_a_track_is_drawn_is_remembered(scale: str, n_fft: int, colour_map: str, low: int) -> None:
    canvas = CanvasSettings(scale, n_fft, colour_map, low, low + 10)
    save_settings(Settings(canvas=canvas))
    assert load_settings().canvas == canvas


@pytest.mark.parametrize(
    "values",
    [
        "mel",
        {"scale": "bark", "n_fft": 1000, "colour_map": "jet"},
        {"low_db": -20, "high_db": -80},
        {"low_db": -2000, "high_db": 0},
        {"low_db": "quiet", "high_db": None},
        {"scale": ["mel"]},
    ],
)
def test_a_way_of_drawing_that_does_not_exist_becomes_the_default(values: object) -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text(json.dumps({"canvas": values}))
    assert load_settings().canvas == CanvasSettings()


@pytest.mark.parametrize(
    "values",
    [
        {"processing": 3},
        {"processing": {"jobs": -1, "score_every_patch": 1, "stay_awake": "no", "restore_list": None}},
        {"processing": {"jobs": True}},
        {"processing": {"jobs": 65}},
        {"processing": {"jobs": 2.0}},
        {"help_size": 7},
        {"help_size": "large"},
        {"help_size": [1.0]},
    ],
)
def test_a_way_of_working_that_does_not_exist_becomes_the_default(values: object) -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text(json.dumps(values))
    assert load_settings() == Settings()


@pytest.mark.parametrize("stored", [{"every_part": True}, {"every_part": False, "score_every_patch": True}])
def test_a_setting_that_was_renamed_is_kept(stored: dict[str, bool]) -> None:
    settings_file().parent.mkdir(parents=True, exist_ok=True)
    settings_file().write_text(json.dumps({"processing": stored}))
    assert load_settings().processing.score_every_patch is True
    save_settings(load_settings())
    assert "every_part" not in settings_file().read_text()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes of POSIX systems")
def test_a_pipe_and_an_endless_device_in_its_place_are_not_waited_for() -> None:
    for put in (os.mkfifo, lambda path: os.symlink("/dev/zero", path)):
        settings_file().parent.mkdir(parents=True, exist_ok=True)
        put(settings_file())
        assert load_settings() == Settings()
        assert not os.path.lexists(settings_file())  # set aside, as a damaged file is
