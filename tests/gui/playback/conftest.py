from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from tests.gui.conftest import changed, wait_for_rows
from tests.gui.support.fake_player import FakePlayers


@pytest.fixture
def window(
    make_window: Callable[..., MainWindow], services: Services, players: FakePlayers, make_sound: Any, qtbot: QtBot
) -> MainWindow:
    window = make_window(changed(services, start_player=players))
    window.session.open([make_sound("one.wav"), make_sound("two.wav")])
    wait_for_rows(qtbot, window, 2)
    qtbot.waitUntil(lambda: window.table.current() is not None)
    return window
