from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from genre_desktop.audio.playback import messages
from genre_desktop.audio.playback.messages import PlayState
from genre_desktop.core.errors import NoPortAudioError, SoundDeviceLostError
from genre_desktop.core.settings import load_settings
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.playback import playback as playing_module
from genre_desktop.gui.playback.playback import Playback
from genre_desktop.gui.session.services import Services
from tests.gui.conftest import changed, wait_for_rows, wait_until_idle
from tests.gui.support.fake_player import Voices
from tests.support.fake_portaudio import HEADPHONES, SPEAKERS


@pytest.fixture
def playing(qtbot: QtBot, voices: Voices) -> Iterator[Playback]:
    playing = Playback(voices, volume=0.5)
    yield playing
    playing.close()


@pytest.fixture
def window(
    make_window: Callable[..., MainWindow], services: Services, voices: Voices, make_sound: Any, qtbot: QtBot
) -> MainWindow:
    window = make_window(changed(services, new_voice=voices))
    window.session.open([make_sound("one.wav"), make_sound("two.wav")])
    wait_for_rows(qtbot, window, 2)
    qtbot.waitUntil(lambda: window.table.current() is not None)
    return window


def path_of(window: MainWindow, row: int = 0) -> str:
    return window.session.tracks.tracks()[row].path


def test_starts_nothing_before_it_is_needed(playing: Playback, voices: Voices) -> None:
    playing.set_volume(0.3)
    playing.pause()
    playing.stop()
    assert not voices.made
    playing.play("one")
    assert voices.last.got == [messages.Volume(0.3), messages.Open("one"), messages.Play()]


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> float:
    """A clock that stands still."""
    monkeypatch.setattr(playing_module, "time", SimpleNamespace(perf_counter=lambda: 100.0))
    return 100.0


def test_the_time_goes_on_between_messages(playing: Playback, voices: Voices, now: float) -> None:
    playing.play("one")
    voices.last.tell(messages.StateChanged(PlayState.PLAYING, "one", 60.0))
    voices.last.tell(messages.Position("one", 10.0, now - 0.5, True))
    assert playing.seconds() == 10.5
    voices.last.tell(messages.Position("one", 10.0, now + 60, True))  # is heard in a minute
    assert playing.seconds() == 10.0
    voices.last.tell(messages.Position("one", 10.0, now - 0.5, False))
    assert playing.seconds() == 10.0


def test_the_time_goes_round_in_a_loop(playing: Playback, voices: Voices, now: float) -> None:
    playing.play("one")
    playing.set_loop(True, (10.0, 11.0))
    voices.last.tell(messages.StateChanged(PlayState.PLAYING, "one", 60.0))
    voices.last.tell(messages.Position("one", 10.9, now - 0.2, True))
    assert playing.seconds() == pytest.approx(10.1)


def test_what_is_said_of_the_file_before_is_not_heard(playing: Playback, voices: Voices) -> None:
    playing.play("one")
    playing.play("two")
    voices.plays("one", 3.0)
    assert playing.state is PlayState.OPENING and playing.seconds() == 0.0


def test_a_fallen_process_is_said_and_started_again(playing: Playback, voices: Voices) -> None:
    playing.play("one")
    voices.plays("one")
    voices.last.end()
    assert playing.problem is not None and playing.problem.code == "GD-507"
    assert playing.state is PlayState.EMPTY and voices.last.is_closed
    playing.play("one")
    assert len(voices.made) == 2 and playing.problem is None
    voices.made[0].tell(messages.StateChanged(PlayState.PLAYING, "one", 5.0))  # too late
    assert playing.state is PlayState.OPENING


def test_space_plays_and_pauses(window: MainWindow, voices: Voices) -> None:
    window.table.view.setFocus()
    QTest.keyClick(window.table.view, Qt.Key.Key_Space)
    path = path_of(window)
    assert voices.last.got[-2:] == [messages.Open(path), messages.Play()]
    voices.plays(path)
    assert window.transport.play.accessibleName() == "Pause"
    QTest.keyClick(window.table.view, Qt.Key.Key_Space)
    assert voices.last.got[-1] == messages.Pause()


def test_space_belongs_to_what_has_the_focus(window: MainWindow, voices: Voices, qtbot: QtBot) -> None:
    window.activateWindow()
    line = window.table.filter_line
    line.setFocus()
    QTest.keyClicks(line, "a b")
    assert line.text() == "a b" and not voices.made
    line.clear()
    button = window.transport.mute
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert window.playback.is_muted and not voices.made


def test_enter_and_double_click_play_the_row(window: MainWindow, voices: Voices) -> None:
    window.table.select_row(1)
    window.table.view.setFocus()
    QTest.keyClick(window.table.view, Qt.Key.Key_Return)
    assert messages.Open(path_of(window, 1)) in voices.last.got
    window.table.select_row(0)
    where = window.table.view.visualRect(window.table.view.currentIndex()).center()
    QTest.mouseClick(window.table.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    QTest.mouseDClick(window.table.view.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert voices.last.got[-2:] == [messages.Open(path_of(window, 0)), messages.Play()]


def test_playing_goes_on_while_another_track_is_looked_at(window: MainWindow, voices: Voices, qtbot: QtBot) -> None:
    window.playback_controller.play(path_of(window, 0))
    voices.plays(path_of(window, 0), 1.0)
    window.table.select_row(1)
    assert window.playback.is_playing and messages.Pause() not in voices.last.got
    window.session.remove([window.session.tracks.tracks()[0]])
    assert voices.last.got[-1] == messages.Close() and window.playback.state is PlayState.EMPTY


def test_the_playhead_is_on_the_track_that_plays_alone(
    window: MainWindow, voices: Voices, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    plots = window.canvas.plots
    assert plots is not None
    heads: list[float | None] = []
    monkeypatch.setattr(plots, "set_playhead", heads.append)
    window.table.select_row(0)
    qtbot.waitUntil(plots.isVisible)
    window.playback_controller.play(path_of(window, 0))
    voices.plays(path_of(window, 0), 1.0)
    qtbot.waitUntil(lambda: bool(heads) and heads[-1] is not None and heads[-1] > 1.02)
    window.table.select_row(1)
    assert heads[-1] is None
    window.playback.pause()
    voices.last.tell(messages.StateChanged(PlayState.PAUSED, path_of(window, 0), 5.0))
    assert not window.playback_controller._frames.isActive()


def test_a_click_on_the_canvas_goes_there(window: MainWindow, voices: Voices) -> None:
    plots = window.canvas.plots
    assert plots is not None
    window.table.select_row(0)
    plots.time_clicked.emit(2.0)
    assert not voices.made  # a click alone breaks no silence
    assert plots._playhead == 2.0
    window.actions_.play.trigger()
    assert voices.last.got[-3:] == [messages.Open(path_of(window, 0)), messages.Seek(2.0), messages.Play()]
    voices.plays(path_of(window, 0), 2.0)
    plots.time_clicked.emit(3.0)
    assert voices.last.got[-1] == messages.Seek(3.0)
    window.table.select_row(1)
    plots.time_clicked.emit(1.0)  # with another one playing
    assert voices.last.got[-3:] == [messages.Open(path_of(window, 1)), messages.Seek(1.0), messages.Play()]


def test_a_click_on_a_genre_plays_its_stretch_once(window: MainWindow, voices: Voices, qtbot: QtBot) -> None:
    plots = window.canvas.plots
    assert plots is not None
    window.table.select_row(0)
    wait_until_idle(qtbot, window)
    qtbot.waitUntil(lambda: plots.isVisible() and not window.session.reader.is_reading)
    span = plots.timeline.span_at(2.0)
    assert span is not None
    wanted = messages.PlayRegion(span.start_s, span.end_s)
    lanes, scale = plots.frame().lanes, plots.frame().scale
    for lane in (lanes.bars, lanes.names):
        QTest.mouseClick(plots, Qt.MouseButton.LeftButton, pos=QPoint(round(scale.x(2.0)), round(lane.center().y())))
        qtbot.waitUntil(lambda: bool(voices.made) and wanted in voices.last.got)
        voices.last.got.clear()
    where = QPoint(round(scale.x(2.0)), round(lanes.bars.center().y()))
    QTest.mouseClick(plots, Qt.MouseButton.LeftButton, pos=where)
    QTest.mouseDClick(plots, Qt.MouseButton.LeftButton, pos=where)
    qtbot.wait(2 * QApplication.doubleClickInterval())
    assert not voices.last.got, "a double click fits, and makes no sound"


def test_a_double_click_takes_its_first_half_back(window: MainWindow, voices: Voices) -> None:
    plots = window.canvas.plots
    assert plots is not None
    window.table.select_row(0)
    plots.time_clicked.emit(2.0)
    plots.double_clicked.emit()
    assert plots._playhead is None
    window.actions_.play.trigger()
    assert messages.Seek(2.0) not in voices.last.got
    voices.plays(path_of(window, 0), 1.0)
    plots.time_clicked.emit(4.0)
    plots.double_clicked.emit()
    seek = voices.last.got[-1]
    assert isinstance(seek, messages.Seek) and seek.seconds < 2.0


def test_a_click_before_another_start_is_forgotten(window: MainWindow, voices: Voices) -> None:
    plots = window.canvas.plots
    assert plots is not None
    window.table.select_row(0)
    plots.time_clicked.emit(3.0)
    window.actions_.play_selected.trigger()
    voices.plays(path_of(window, 0), 1.0)
    window.actions_.play.trigger()
    voices.last.tell(messages.StateChanged(PlayState.PAUSED, path_of(window, 0), 5.0))
    voices.last.got.clear()
    window.actions_.play.trigger()
    assert voices.last.got == [messages.Play()]


def test_a_problem_stays_with_its_track(window: MainWindow, voices: Voices) -> None:
    window.table.select_row(0)
    window.actions_.play.trigger()
    voices.last.tell(messages.StateChanged(PlayState.PAUSED, path_of(window, 0), 5.0))
    voices.last.tell(messages.Problem(SoundDeviceLostError(device="Speakers")))
    bar = window.transport
    assert bar.message.text() and bar.time.text()
    window.table.select_row(1)
    assert not bar.message.text() and not bar.time.text() and not bar.stop.isEnabled()


def test_a_looped_stretch_outlasts_a_look_at_another_track(window: MainWindow, voices: Voices, qtbot: QtBot) -> None:
    plots = window.canvas.plots
    assert plots is not None
    for row in (1, 0):
        window.table.select_row(row)
        qtbot.waitUntil(lambda: plots.isVisible() and not window.session.reader.is_reading)
    window.actions_.play.trigger()
    voices.plays(path_of(window, 0), 1.0)
    plots.select_region(1.0, 2.0)
    window.playback_controller.set_loop(True)
    voices.last.got.clear()
    window.table.select_row(1)  # seen before: its picture comes at once
    assert not [message for message in voices.last.got if isinstance(message, messages.Loop)]


def test_problems_are_sentences(window: MainWindow, voices: Voices) -> None:
    window.playback_controller.play(path_of(window, 0))
    voices.last.tell(messages.Problem(NoPortAudioError(reason="PortAudio library not found")))
    bar = window.transport
    assert "libportaudio2" in bar.message.text() and bar.message.isVisibleTo(bar)
    assert "libportaudio2" in bar.play.toolTip()
    window.playback_controller.toggle()
    assert not bar.message.text()
    voices.last.tell(messages.Problem(SoundDeviceLostError(device="Speakers")))
    assert "Speakers is gone" in bar.message.text()


def test_the_device_is_chosen_and_remembered(window: MainWindow, voices: Voices) -> None:
    window.playback.list_devices()
    voices.last.tell(messages.Devices((SPEAKERS, HEADPHONES), None))
    actions = window.transport.device_menu.actions()
    assert [action.text() for action in actions[1:]] == ["Speakers (Fake)", "Headphones (Fake)"]
    actions[2].trigger()
    assert voices.last.got[-1] == messages.UseDevice(HEADPHONES.key)
    window.playback.set_volume(0.25)
    window.close_now()
    assert (load_settings().output_device, load_settings().volume) == (HEADPHONES.key, 0.25)
    assert voices.last.is_closed


def test_without_a_track_the_bar_says_what_is_missing(
    make_window: Callable[..., MainWindow], services: Services, voices: Voices
) -> None:
    window = make_window(changed(services, new_voice=voices))
    assert not window.transport.play.isEnabled()
    assert "Select a track" in window.transport.play.toolTip()


def test_the_real_process_says_what_it_finds(
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
