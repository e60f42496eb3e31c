"""Settings of the devices."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.audio.playback import messages
from genre_desktop.core.errors import NoPortAudioError
from genre_desktop.core.settings import (
    Settings,
    load_settings,
    save_settings,
)
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.settings.settings_dialog import SettingsDialog
from genre_desktop.gui.settings.sound_page import SoundPage
from tests.gui.conftest import (
    MakeWindow,
)
from tests.gui.support.fake_player import FakePlayers
from tests.gui.support.settings_driver import opened, page, window_of
from tests.support import fake_input
from tests.support.fake_portaudio import HEADPHONES, SPEAKERS


@pytest.fixture
def dialog(make_window: MakeWindow, silent: Services) -> SettingsDialog:
    return opened(make_window(silent))


def test_devices_are_listed_when_the_page_is_shown(qtbot: QtBot, dialog: SettingsDialog, players: FakePlayers) -> None:
    window = window_of(dialog)
    assert not players.started and not window.live.session.devices, "not before"
    sound = page(dialog, SoundPage)
    assert players.last.received[-1] == messages.ListDevices()
    assert sound.state.text() == "Looking for devices …" and not sound.again.isEnabled()
    players.last.send_back(messages.Devices((SPEAKERS, HEADPHONES), None))
    qtbot.waitUntil(lambda: bool(window.live.session.devices))
    assert [sound.output.itemText(row) for row in range(3)] == [
        "As the system chooses (Speakers)",
        "Speakers (Fake)",
        "Headphones (Fake)",
    ]
    assert sound.input.itemText(0) == "As the system chooses (Microphone)"
    sound.output.choose(HEADPHONES.key)
    sound.input.choose(fake_input.LINE.key)
    assert players.last.received[-1] == messages.UseDevice(HEADPHONES.key)
    assert window.live.view.key == fake_input.LINE.key
    assert (load_settings().output_device, load_settings().live_input) == (HEADPHONES.key, fake_input.LINE.key)
    # A chosen device that is pulled out stays chosen.
    players.last.send_back(messages.Devices((SPEAKERS,), None))
    qtbot.waitUntil(lambda: sound.output.currentText() == "Headphones (not connected)")
    assert sound.output.key() == HEADPHONES.key
    sound.again.click()
    assert players.last.received[-1] == messages.ListDevices()
    qtbot.waitUntil(lambda: not window.live.session.is_looking)


def test_the_chosen_device_is_shown_before_devices_are_listed(make_window: MakeWindow, silent: Services) -> None:
    save_settings(Settings(output_device="ALSA: Old box", live_input="ALSA: Old mic"))
    window = make_window(silent)
    dialog = opened(window)
    (sound,) = (one for one in dialog.pages if isinstance(one, SoundPage))
    assert (sound.output.currentText(), sound.input.currentText()) == ("Old box", "Old mic")


def test_without_portaudio_a_message_is_shown(qtbot: QtBot, dialog: SettingsDialog, players: FakePlayers) -> None:
    sound = page(dialog, SoundPage)
    players.last.send_back(messages.Problem(NoPortAudioError(reason="no file")))
    qtbot.waitUntil(lambda: "libportaudio2" in sound.problem.text())
    assert sound.problem.isVisible()
    qtbot.waitUntil(lambda: not window_of(dialog).live.session.is_looking)
