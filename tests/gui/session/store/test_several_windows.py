"""Two windows that share a store, as when the first one does not answer or is still closing."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.library.store.recovery import open_or_recover
from tests.gui.conftest import MakeSound, MakeWindow, SlowClassifier, make_bundle, wait_for_rows, with_engines
from tests.gui.support.stored_answers import close


def test_a_window_that_clears_its_list_leaves_what_another_has_added(
    qtbot: QtBot, library: MainWindow, make_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    other = make_window(with_engines(services, SlowClassifier()))
    wait_for_rows(qtbot, other, 4)
    other.session.open([make_sound("e.wav")])
    wait_for_rows(qtbot, other, 5)
    qtbot.waitUntil(lambda: not other.session.store_client._worker.busy)
    library.track_list_controller.clear()
    close(library)
    close(other)
    with open_or_recover() as store:
        listed = [Path(path).name for rows in store.summaries(make_bundle()) for path, _ in rows]
    assert listed == ["e.wav"]
