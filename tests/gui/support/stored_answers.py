"""A window whose results the store keeps, for tests of what must not be lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QMessageBox
from pytestqt.qtbot import QtBot

from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.tracks.track import State
from genre_desktop.library.files.file_facts import read_facts
from genre_desktop.library.result import TrackResult
from genre_desktop.library.store.result_store import ResultStore
from tests.gui.conftest import (
    SlowClassifier,
    make_bundle,
    make_prediction,
    states,
    wait_until_idle,
)

Answer = Callable[[Path], TrackResult]


class Keeping(SlowClassifier):
    """A classifier whose results the store keeps; its answer can be changed."""

    def __init__(self) -> None:
        super().__init__(lambda path: self.answer(path))
        self.answer: Answer = jazz


def jazz(path: Path, genre: str = "jazz") -> TrackResult:
    return TrackResult(path, make_prediction(genre), None, "test-model", read_facts(path))


def answered_library(qtbot: QtBot, window: MainWindow, keeping: Keeping, paths: list[Path]) -> MainWindow:
    """Classify four tracks in a window."""
    window.session.open(paths)
    keeping.let(4)
    qtbot.waitUntil(lambda: states(window) == [State.DONE] * 4)
    wait_until_idle(qtbot, window)
    return window


def genres(window: MainWindow) -> list[str | None]:
    return [track.genre for track in window.session.tracks.tracks()]


def names(window: MainWindow) -> list[str]:
    return [track.name[0] for track in window.session.tracks.tracks()]


def stored(window: MainWindow) -> list[str]:
    paths = [track.path for track in window.session.tracks.tracks()]
    with ResultStore.open() as store:
        return [result.prediction.genre for result in store.results(paths, make_bundle()) if result.prediction]


def redo_all(window: MainWindow) -> None:
    window.table.view.selectAll()
    window.actions_.again.trigger()


def close(window: MainWindow) -> None:
    window.close_now()
    assert window.session.shutdown()


def questions(window: MainWindow) -> list[QMessageBox]:
    return [box for box in window.findChildren(QMessageBox) if box.isVisible()]
