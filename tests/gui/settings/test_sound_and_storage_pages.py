"""The settings of devices and folders, and all of them taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from genre_desktop.audio.playback import messages
from genre_desktop.core import locations
from genre_desktop.core.errors import NoPortAudioError, StorageError
from genre_desktop.core.settings import (
    CanvasSettings,
    ProcessingSettings,
    Settings,
    load_settings,
    save_settings,
)
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.settings.settings_dialog import SettingsDialog
from genre_desktop.gui.settings.sound_page import SoundPage
from genre_desktop.gui.settings.storage_page import StoragePage
from genre_desktop.gui.tracks.track import State
from genre_desktop.gui.widgets import file_manager as reveal
from genre_desktop.model.bundles.catalogue import SHIPPED_DEFAULT
from tests.gui.conftest import (
    SlowClassifier,
    make_bundle,
    states,
    wait_for_rows,
    wait_until_idle,
    with_engines,
)
from tests.gui.support.fake_player import Voices
from tests.gui.support.settings_driver import answer, opened, page, window_of, with_models
from tests.support import fake_input
from tests.support.fake_portaudio import HEADPHONES, SPEAKERS

MakeWindow = Callable[..., MainWindow]
MakeSound = Callable[..., Path]


@pytest.fixture
def dialog(make_window: MakeWindow, silent: Services) -> SettingsDialog:
    return opened(make_window(silent))


# --- sound --------------------------------------------------------------------------------


def test_devices_are_looked_for_when_the_page_is_seen(qtbot: QtBot, dialog: SettingsDialog, voices: Voices) -> None:
    window = window_of(dialog)
    assert not voices.made and not window.live.session.devices, "not before"
    sound = page(dialog, SoundPage)
    assert voices.last.got[-1] == messages.ListDevices()
    assert sound.state.text() == "Looking for devices …" and not sound.again.isEnabled()
    voices.last.tell(messages.Devices((SPEAKERS, HEADPHONES), None))
    qtbot.waitUntil(lambda: bool(window.live.session.devices))
    assert [sound.output.itemText(row) for row in range(3)] == [
        "As the system chooses (Speakers)",
        "Speakers (Fake)",
        "Headphones (Fake)",
    ]
    assert sound.input.itemText(0) == "As the system chooses (Microphone)"
    sound.output.choose(HEADPHONES.key)
    sound.input.choose(fake_input.LINE.key)
    assert voices.last.got[-1] == messages.UseDevice(HEADPHONES.key)
    assert window.live.view.key == fake_input.LINE.key
    assert (load_settings().output_device, load_settings().live_input) == (HEADPHONES.key, fake_input.LINE.key)
    # It was pulled out: it is kept, and said to be away.
    voices.last.tell(messages.Devices((SPEAKERS,), None))
    qtbot.waitUntil(lambda: sound.output.currentText() == "Headphones (not connected)")
    assert sound.output.key() == HEADPHONES.key
    sound.again.click()
    assert voices.last.got[-1] == messages.ListDevices()
    qtbot.waitUntil(lambda: not window.live.session.is_looking)


def test_a_device_of_last_time_is_there_before_anybody_looked(make_window: MakeWindow, silent: Services) -> None:
    save_settings(Settings(output_device="ALSA: Old box", live_input="ALSA: Old mic"))
    window = make_window(silent)
    dialog = opened(window)
    (sound,) = (one for one in dialog.pages if isinstance(one, SoundPage))
    assert (sound.output.currentText(), sound.input.currentText()) == ("Old box", "Old mic")


def test_without_portaudio_a_sentence_says_so(qtbot: QtBot, dialog: SettingsDialog, voices: Voices) -> None:
    sound = page(dialog, SoundPage)
    voices.last.tell(messages.Problem(NoPortAudioError(reason="no file")))
    qtbot.waitUntil(lambda: "libportaudio2" in sound.problem.text())
    assert sound.problem.isVisible()
    qtbot.waitUntil(lambda: not window_of(dialog).live.session.is_looking)


# --- folders and storage ------------------------------------------------------------------


def test_folders_have_sizes_and_can_be_opened(
    qtbot: QtBot, dialog: SettingsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    (locations.user_cache() / "numba").mkdir(parents=True)
    (locations.user_cache() / "numba" / "x").write_bytes(b"x" * 3_000)
    shown: list[Path] = []
    monkeypatch.setattr(reveal, "show_folder", lambda path: not shown.append(path))
    storage = page(dialog, StoragePage)
    qtbot.waitUntil(lambda: "2.9" in storage._sizes["cache"].text())
    assert storage._sizes["recordings"].text() == "not there yet"
    assert not storage._openers["recordings"].isEnabled()
    storage._openers["cache"].click()
    assert shown == [locations.user_cache()]
    monkeypatch.setattr(reveal, "show_folder", lambda _path: False)
    storage._openers["cache"].click()
    assert "file manager" in dialog.message.text()
    storage.clear.click()
    qtbot.waitUntil(lambda: storage._sizes["cache"].text() == "empty")
    assert not storage.clear.isEnabled()
    assert (locations.user_data() / "library.sqlite3").exists()


def test_a_cache_that_cannot_be_cleared_is_told(
    qtbot: QtBot, dialog: SettingsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> int:
        raise StorageError(path=locations.user_cache(), reason="in use")

    monkeypatch.setattr("genre_desktop.gui.settings.storage_page.clear_cache", refuse)
    storage = page(dialog, StoragePage)
    storage._worker.submit("clear")
    qtbot.waitUntil(lambda: "in use" in dialog.message.text())


def test_measuring_that_fails_is_told_once(
    qtbot: QtBot, dialog: SettingsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def broken(_is_cancelled: object) -> None:
        asked.append(1)
        raise ValueError("a name of no form")

    storage = page(dialog, StoragePage)
    qtbot.waitUntil(lambda: not storage._worker.busy)
    monkeypatch.setattr("genre_desktop.gui.settings.storage_page.measure", broken)
    storage.look()
    qtbot.waitUntil(lambda: "a name of no form" in dialog.message.text())
    qtbot.wait(100)
    assert len(asked) == 1 and not storage._worker.busy


def test_results_are_forgotten_after_a_question(
    qtbot: QtBot, make_window: MakeWindow, silent: Services, make_sound: MakeSound
) -> None:
    window = make_window(silent)
    window.session.open([make_sound("a.wav"), make_sound("b.wav")])
    wait_for_rows(qtbot, window, 2)
    wait_until_idle(qtbot, window)
    window.session.set_by_hand([window.session.tracks.track_in_row(0)], "polka")
    dialog = opened(window)
    storage = page(dialog, StoragePage)
    storage.forget.click()
    answer(storage, "Cancel")
    assert states(window) == [State.DONE] * 2
    storage.forget.click()
    answer(storage, "Forget")
    qtbot.waitUntil(lambda: states(window) == [State.STOPPED] * 2)
    assert window.job_bar.message.text().startswith("All results are forgotten. Undo")
    assert window.session.tracks.track_in_row(0).by_hand == "polka"
    store = window.session.store
    assert list(store.results([track.path for track in window.session.tracks.tracks()], window.session.bundle)) == []
    window.session.resume()
    wait_until_idle(qtbot, window)
    assert states(window) == [State.DONE] * 2


def test_nothing_is_forgotten_during_a_run(
    qtbot: QtBot, make_window: MakeWindow, silent: Services, make_sound: MakeSound
) -> None:
    slow = SlowClassifier()
    window = make_window(with_engines(silent, slow))
    storage = page(opened(window), StoragePage)
    assert storage.forget.isEnabled()
    window.session.open([make_sound("a.wav")])
    qtbot.waitUntil(lambda: bool(slow.taken) and not storage.forget.isEnabled())
    assert "no run" in storage.state.text()
    slow.let(1)
    wait_until_idle(qtbot, window)
    qtbot.waitUntil(storage.forget.isEnabled)


# --- reset --------------------------------------------------------------------------------


def test_reset_takes_everything_back_after_a_question(
    qtbot: QtBot, make_window: MakeWindow, silent: Services, voices: Voices
) -> None:
    save_settings(
        Settings(
            theme="dark",
            language="es",
            default_model="mine",
            live_input=fake_input.LINE.key,
            output_device=HEADPHONES.key,
            volume=0.2,
            canvas=CanvasSettings("log"),
            processing=ProcessingSettings(3, True, False, False),
        )
    )
    window = make_window(with_models(silent, "mine", SHIPPED_DEFAULT))
    dialog = opened(window)
    window.playback.list_devices()
    (reset,) = (button for button in dialog.findChildren(QPushButton) if "Reset all" in button.text())
    reset.click()
    answer(dialog, "Cancel")
    assert load_settings().theme == "dark"
    reset.click()
    answer(dialog, "Reset")
    qtbot.waitUntil(lambda: load_settings().default_model == SHIPPED_DEFAULT)
    assert replace(load_settings(), default_model=None) == Settings()
    assert window._themes.choice == "system"
    assert (window.playback.device, window.playback.volume) == (None, 0.8)
    assert window.live.view.key is None
    assert window.canvas.options.settings == CanvasSettings()
    assert window.session.queue.score_every_patch is False
    assert make_bundle(SHIPPED_DEFAULT).name == window.session.bundle.name
    window.close_now()
    assert replace(load_settings(), window_geometry=None, window_state=None, default_model=None) == Settings()


def test_the_question_before_quitting_promises_no_list_that_is_not_wanted(
    qtbot: QtBot, make_window: MakeWindow, silent: Services, make_sound: MakeSound
) -> None:
    save_settings(Settings(processing=ProcessingSettings(restore_list=False)))
    slow = SlowClassifier()
    window = make_window(with_engines(silent, slow))
    window.session.open([make_sound(f"{number}.wav") for number in range(4)])
    wait_for_rows(qtbot, window, 4)
    window.close()
    (box,) = window.findChildren(QMessageBox)
    assert "empty at the next start" in box.informativeText()
    box.reject()
    slow.let(4)
    wait_until_idle(qtbot, window)
