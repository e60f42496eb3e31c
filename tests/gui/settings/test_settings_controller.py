"""All settings reset."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from genre_desktop.core.settings import (
    CanvasSettings,
    ProcessingSettings,
    Settings,
    load_settings,
    save_settings,
)
from genre_desktop.gui.session.services import Services
from genre_desktop.model.bundles.catalogue import SHIPPED_DEFAULT
from tests.gui.conftest import (
    MakeWindow,
    make_bundle,
)
from tests.gui.support.fake_player import FakePlayers
from tests.gui.support.settings_driver import answer, opened, with_models
from tests.support import fake_input
from tests.support.fake_portaudio import HEADPHONES


def test_reset_restores_all_defaults_after_a_question(
    qtbot: QtBot, make_window: MakeWindow, silent: Services, players: FakePlayers
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
    assert window.canvas.spectrogram_menu.settings == CanvasSettings()
    assert window.session.queue.score_every_patch is False
    assert make_bundle(SHIPPED_DEFAULT).name == window.session.bundle.name
    window.close_now()
    assert replace(load_settings(), window_geometry=None, window_state=None, default_model=None) == Settings()
