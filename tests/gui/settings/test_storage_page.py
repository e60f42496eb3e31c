"""Settings of folders and storage."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.core import locations
from genre_desktop.core.errors import StorageError
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.settings.settings_dialog import SettingsDialog
from genre_desktop.gui.settings.storage_page import StoragePage
from genre_desktop.gui.tracks.track import State
from genre_desktop.gui.widgets import file_manager
from tests.gui.conftest import (
    MakeSound,
    MakeWindow,
    SlowClassifier,
    states,
    wait_for_rows,
    wait_until_idle,
    with_engines,
)
from tests.gui.support.settings_driver import answer, opened, page


@pytest.fixture
def dialog(make_window: MakeWindow, silent: Services) -> SettingsDialog:
    return opened(make_window(silent))


def test_folders_have_sizes_and_can_be_opened(
    qtbot: QtBot, dialog: SettingsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    (locations.user_cache() / "numba").mkdir(parents=True)
    (locations.user_cache() / "numba" / "x").write_bytes(b"x" * 3_000)
    shown: list[Path] = []
    monkeypatch.setattr(file_manager, "show_folder", lambda path: not shown.append(path))
    storage = page(dialog, StoragePage)
    qtbot.waitUntil(lambda: "2.9" in storage._sizes["cache"].text())
    assert storage._sizes["recordings"].text() == "not there yet"
    assert not storage._openers["recordings"].isEnabled()
    storage._openers["cache"].click()
    assert shown == [locations.user_cache()]
    monkeypatch.setattr(file_manager, "show_folder", lambda _path: False)
    storage._openers["cache"].click()
    assert "file manager" in dialog.message.text()
    storage.clear.click()
    qtbot.waitUntil(lambda: storage._sizes["cache"].text() == "empty")
    assert not storage.clear.isEnabled()
    assert (locations.user_data() / "library.sqlite3").exists()


def test_an_error_while_the_cache_is_cleared_is_shown(
    qtbot: QtBot, dialog: SettingsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse() -> int:
        raise StorageError(path=locations.user_cache(), reason="in use")

    monkeypatch.setattr("genre_desktop.gui.settings.storage_page.clear_cache", refuse)
    storage = page(dialog, StoragePage)
    storage._worker.submit("clear")
    qtbot.waitUntil(lambda: "in use" in dialog.message.text())


def test_an_error_while_folders_are_measured_is_shown_once(
    qtbot: QtBot, dialog: SettingsDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def broken(_is_cancelled: object) -> None:
        asked.append(1)
        raise ValueError("a name of no form")

    storage = page(dialog, StoragePage)
    qtbot.waitUntil(lambda: not storage._worker.busy)
    monkeypatch.setattr("genre_desktop.gui.settings.storage_page.measure", broken)
    storage.measure()
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
    store = window.session.store_client.store
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
