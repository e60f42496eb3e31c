"""Keeping the computer awake during a run."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.gui.session.services import Services
from genre_desktop.gui.tracks.track import State
from tests.gui.conftest import (
    MakeSound,
    MakeWindow,
    SlowClassifier,
    changed,
    states,
    wait_until_idle,
    with_engines,
)


class Bed:
    """Stands for the system."""

    def __init__(self) -> None:
        self.is_awake = threading.Event()

    def stay_awake(self, is_done: Callable[[], bool]) -> None:
        self.is_awake.set()
        while not is_done():
            threading.Event().wait(0.005)
        self.is_awake.clear()


@pytest.fixture
def bed(monkeypatch: pytest.MonkeyPatch) -> Bed:
    monkeypatch.setattr("genre_desktop.gui.session.keep_awake._DELAY_MS", 10)
    return Bed()


def test_the_computer_is_kept_awake_while_work_goes_on(
    qtbot: QtBot, make_window: MakeWindow, services: Services, slow: SlowClassifier, bed: Bed, make_sound: MakeSound
) -> None:
    window = make_window(with_engines(changed(services, stay_awake=bed.stay_awake), slow))
    assert not bed.is_awake.is_set()
    window.session.open([make_sound("a.wav"), make_sound("b.wav")])
    qtbot.waitUntil(bed.is_awake.is_set)
    window.session.pause()
    qtbot.waitUntil(lambda: not bed.is_awake.is_set())
    window.session.resume()
    qtbot.waitUntil(bed.is_awake.is_set)
    slow.let(10)
    wait_until_idle(qtbot, window)
    qtbot.waitUntil(lambda: not bed.is_awake.is_set())


def test_a_system_that_fails_to_stay_awake_costs_nothing(
    qtbot: QtBot, make_window: MakeWindow, services: Services, slow: SlowClassifier, bed: Bed, make_sound: MakeSound
) -> None:
    asked = threading.Event()

    def fail(_is_done: Callable[[], bool]) -> None:
        asked.set()
        raise OSError("no bus")

    window = make_window(with_engines(changed(services, stay_awake=fail), slow))
    window.session.open([make_sound("a.wav"), make_sound("b.wav")])
    qtbot.waitUntil(asked.is_set)
    slow.let(10)
    wait_until_idle(qtbot, window)
    assert states(window) == [State.DONE] * 2


def test_closing_lets_go_of_the_system(
    qtbot: QtBot, make_window: MakeWindow, services: Services, slow: SlowClassifier, bed: Bed, tmp_path: Path
) -> None:
    window = make_window(with_engines(changed(services, stay_awake=bed.stay_awake), slow))
    window.session.open([tmp_path / "a.wav", tmp_path / "b.wav"])
    qtbot.waitUntil(bed.is_awake.is_set)
    window.close_now()
    assert window.session.shutdown()
    assert not bed.is_awake.is_set()
