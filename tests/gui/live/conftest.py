from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import shiboken6

from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.widgets.theme import ThemeSwitch
from tests.gui.conftest import MakeWindow, changed
from tests.gui.support.fake_player import FakePlayers
from tests.support import fake_input
from tests.support.fast_live_engine import FastLiveEngine


@pytest.fixture
def live_window(make_window: MakeWindow, services: Services, players: FakePlayers, tmp_path: Path) -> MakeWindow:
    """Opens a window in live mode, with a real process that listens to inputs that do not exist."""

    def make(make_system: Any = fake_input.two_inputs, *, wait_for_model: bool = True) -> MainWindow:
        own = changed(
            services,
            new_live_engine=lambda: FastLiveEngine(make_system),
            start_player=players,
            recordings=lambda: tmp_path / "recordings",
        )
        window = make_window(own, wait_for_model=wait_for_model)
        window.live_button.click()
        return window

    return make


@pytest.fixture
def themes(qapp: Any) -> Iterator[ThemeSwitch]:
    made = ThemeSwitch(qapp, "light")
    yield made
    shiboken6.delete(made)
    qapp.setStyleSheet("")
