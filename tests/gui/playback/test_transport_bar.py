from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from pytestqt.qtbot import QtBot

from genre_desktop.audio.playback import messages
from genre_desktop.audio.playback.messages import PlayState
from genre_desktop.core.errors import NoPortAudioError, SoundDeviceLostError
from genre_desktop.core.settings import load_settings
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from tests.gui.conftest import changed, wait_for_rows
from tests.gui.support.fake_player import FakePlayers
from tests.support.fake_portaudio import HEADPHONES, SPEAKERS


def test_problems_are_sentences(window: MainWindow, players: FakePlayers) -> None:
    window.playback_controller.play(window.session.tracks.tracks()[0].path)
    players.last.send_back(messages.Problem(NoPortAudioError(reason="PortAudio library not found")))
    bar = window.transport
    assert "libportaudio2" in bar.message.text() and bar.message.isVisibleTo(bar)
    assert "libportaudio2" in bar.play.toolTip()
    window.playback_controller.toggle()
    assert not bar.message.text()
    players.last.send_back(messages.Problem(SoundDeviceLostError(device="Speakers")))
    assert "Speakers is gone" in bar.message.text()


def test_the_device_is_chosen_and_remembered(window: MainWindow, players: FakePlayers) -> None:
    window.playback.list_devices()
    players.last.send_back(messages.Devices((SPEAKERS, HEADPHONES), None))
    actions = window.transport.device_menu.actions()
    assert [action.text() for action in actions[1:]] == ["Speakers (Fake)", "Headphones (Fake)"]
    actions[2].trigger()
    assert players.last.received[-1] == messages.UseDevice(HEADPHONES.key)
    window.playback.set_volume(0.25)
    window.close_now()
    assert (load_settings().output_device, load_settings().volume) == (HEADPHONES.key, 0.25)
    assert players.last.is_closed


def test_without_a_track_the_tool_tip_asks_for_one(
    make_window: Callable[..., MainWindow], services: Services, players: FakePlayers
) -> None:
    window = make_window(changed(services, start_player=players))
    assert not window.transport.play.isEnabled()
    assert "Select a track" in window.transport.play.toolTip()


def test_the_real_process_plays_or_reports_a_problem(
    make_window: Callable[..., MainWindow], services: Services, make_sound: Callable[..., Path], qtbot: QtBot
) -> None:
    """With the machine's own PortAudio, or without any: it plays, or a sentence says why not."""
    window = make_window(services)
    window.session.open([make_sound("one.wav")])
    wait_for_rows(qtbot, window, 1)
    window.playback.set_muted(True)
    window.playback_controller.toggle()
    qtbot.waitUntil(lambda: window.playback.is_playing or (window.playback.problem is not None))
    problem = window.playback.problem
    assert problem is None or problem.code in ("GD-503", "GD-504", "GD-505", "GD-506")


def test_a_problem_stays_with_its_track(window: MainWindow, players: FakePlayers) -> None:
    window.table.select_row(0)
    window.actions_.play.trigger()
    players.last.send_back(messages.StateChanged(PlayState.PAUSED, window.session.tracks.tracks()[0].path, 5.0))
    players.last.send_back(messages.Problem(SoundDeviceLostError(device="Speakers")))
    bar = window.transport
    assert bar.message.text() and bar.time.text()
    window.table.select_row(1)
    assert not bar.message.text() and not bar.time.text() and not bar.stop.isEnabled()
