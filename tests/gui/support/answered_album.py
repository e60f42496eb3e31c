"""A window whose list is an album with all kinds of answers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import AudioEmptyError, DecoderStuckError
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.library.files.file_facts import read_facts
from genre_desktop.library.result import TrackResult
from tests.gui.conftest import (
    MakeSound,
    MakeWindow,
    SlowClassifier,
    make_prediction,
    track_named,
    wait_for_rows,
    wait_until_idle,
    with_engines,
)


def answer(path: Path) -> TrackResult:
    """An album of jazz with one metal track; one that is unsure, two that fail."""
    facts = read_facts(path)
    if path.name == "empty.wav":
        return TrackResult(path, None, AudioEmptyError(path=path), "test-model", facts)
    if path.name == "stuck.wav":
        return TrackResult(path, None, DecoderStuckError(path=path, seconds=60), "test-model", facts)
    if path.name == "unsure.wav":
        return TrackResult(path, make_prediction("unsure", 0.31), None, "test-model", facts)
    genre = "metal" if path.name == "5.wav" else "jazz"
    return TrackResult(path, make_prediction(genre, 0.61 if genre == "metal" else 0.87), None, "test-model", facts)


def open_album(qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound) -> MainWindow:
    """Nine tracks in one folder, as `answer` classifies them."""
    slow = SlowClassifier(answer)
    slow.let(1000)
    window = make_window(with_engines(services, slow))
    names = [*(f"{n}.wav" for n in range(6)), "unsure.wav", "empty.wav", "stuck.wav"]
    window.session.open([make_sound(f"album/{name}", seconds=1) for name in names])
    wait_for_rows(qtbot, window, 9)
    wait_until_idle(qtbot, window)
    return window


def dialog_of(window: MainWindow, kind: type) -> Any:
    """The one visible dialog of a class."""
    (dialog,) = (dialog for dialog in window.findChildren(kind) if dialog.isVisible())
    return dialog


def select_names(window: MainWindow, *names: str) -> None:
    """Select tracks of the table by name, the first as the current one."""
    flags = window.table.view.selectionModel().SelectionFlag
    window.table.select(track_named(window, names[0]))
    for name in names[1:]:
        index = window.session.tracks.index_of(track_named(window, name))
        window.table.view.selectionModel().select(index, flags.Rows | flags.Select)
