"""Live mode in the window, with a real process that listens to devices that do not exist."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QMessageBox, QToolButton
from pytestqt.qtbot import QtBot

from genre_desktop.audio.playback.messages import Pause
from genre_desktop.core.settings import load_settings
from genre_desktop.gui.live.level_meter import FLOOR_DB
from genre_desktop.gui.live.live_session import LiveSession, LiveState
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.model.live.live_classifier import LiveAnswer
from genre_desktop.model.live.live_timeline import LiveTimeline
from tests.gui.conftest import MakeSound, MakeWindow, changed, make_bundle
from tests.support import fake_input
from tests.support.fast_live_input import HurriedEngine


@pytest.fixture
def live_window(make_window: MakeWindow, services: Services, tmp_path: Path) -> Callable[..., MainWindow]:
    def make(make_system: Any = fake_input.two_inputs, *, wait_for_model: bool = True) -> MainWindow:
        own = changed(
            services,
            new_live_engine=lambda: HurriedEngine(make_system),
            recordings=lambda: tmp_path / "recordings",
        )
        window = make_window(own, wait_for_model=wait_for_model)
        window.live_button.click()
        return window

    return make


def _until(qtbot: QtBot, is_so: Callable[[], bool]) -> None:
    qtbot.waitUntil(is_so)


def _is_answered(window: MainWindow) -> Callable[[], bool]:
    return lambda: window.live.session.answer is not None


def test_it_takes_the_place_of_the_list_and_gives_it_back(
    qtbot: QtBot, live_window: Callable[..., MainWindow], make_sound: MakeSound
) -> None:
    window = live_window()
    assert window.live.view.isVisible() and not window.drop_zone.isVisible()
    assert window.live_button.isChecked() and window.actions_.live.isChecked()
    window.session.open([make_sound()])  # the library goes on behind
    _until(qtbot, lambda: len(window.session.tracks) == 1 and not window.session.is_busy)
    assert window.live.view.isVisible()
    assert window.panel._title.text() == "Not listening"
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    assert window.table.isVisible() and not window.live.view.isVisible()
    assert window.panel._title.text() == "Jazz"
    window.live_button.click()
    window.actions_.overview.trigger()
    assert window.overview.isVisible() and not window.live.is_on


def test_it_says_what_to_do_and_lists_the_inputs(qtbot: QtBot, live_window: Callable[..., MainWindow]) -> None:
    window = live_window()
    view = window.live.view
    _until(qtbot, lambda: bool(window.live.session.devices))
    assert "press Start" in view._invitation_words.text()
    texts = [action.text() for action in view._menu.actions() if not action.isSeparator()]
    assert texts[0] == "System default (Microphone)"
    assert texts[1].startswith("Microphone") and texts[2].startswith("Line in")
    assert view.input.text().startswith("Microphone")
    assert view.input.accessibleName() == "Input: Microphone"


def test_start_answers_and_stop(qtbot: QtBot, live_window: Callable[..., MainWindow]) -> None:
    window = live_window()
    view, session = window.live.view, window.live.session
    assert view.start.hasFocus()
    qtbot.keyClick(view.start, Qt.Key.Key_Space)
    assert session.state is LiveState.OPENING and view.start.text() == "Stop"
    _until(qtbot, _is_answered(window))
    assert window.panel._title.text() == "Jazz"
    assert window.panel._name.text() == "Microphone"
    assert dict(window.panel.bars.rows())["jazz"] == pytest.approx(0.82, abs=0.01)
    assert view.spectrogram.n_written > 100
    assert view.meter.peak_db > -30.0
    assert "Latency" in view._figures.text() and "Load" in view._figures.text()
    assert view._state.text() == "Listening."
    assert [span.genre for span in view.strip.spans()] == ["jazz"]
    figures = session.figures
    assert figures.latency_s is not None and figures.worst_latency_s is not None
    qtbot.keyClick(view.start, Qt.Key.Key_Space)
    assert session.state is LiveState.IDLE and view.start.text() == "Start"
    assert view.meter.peak_db == FLOOR_DB
    assert session.timeline is not None and len(session.timeline)
    n = view.spectrogram.n_written
    qtbot.wait(150)
    assert view.spectrogram.n_written == n
    assert not session._timer.isActive()


def test_another_input_is_changed_over_to_and_remembered(qtbot: QtBot, live_window: Callable[..., MainWindow]) -> None:
    window = live_window()
    view, session = window.live.view, window.live.session
    _until(qtbot, lambda: bool(session.devices))
    names: list[str] = []
    session.opened.connect(lambda opened: names.append(opened.device.name))
    view.start.click()
    _until(qtbot, lambda: session.state is LiveState.LISTENING)
    view._menu.actions()[2].trigger()
    _until(qtbot, lambda: len(names) == 2 and session.state is LiveState.LISTENING)
    assert names == ["Microphone", "Line in"]
    assert load_settings().live_input == fake_input.LINE.key


def test_the_input_of_last_time_is_chosen(qtbot: QtBot, live_window: Callable[..., MainWindow]) -> None:
    window = live_window()
    _until(qtbot, lambda: bool(window.live.session.devices))
    window.live.view._menu.actions()[2].trigger()
    again = live_window()
    assert again.live.view.input.text().startswith("Line in")


def test_a_device_that_is_pulled_out_is_told_and_the_session_goes_on_when_one_is_chosen(
    qtbot: QtBot, live_window: Callable[..., MainWindow]
) -> None:
    window = live_window(fake_input.vanishing)
    view, session = window.live.view, window.live.session
    _until(qtbot, lambda: bool(session.devices))
    view.start.click()
    _until(qtbot, lambda: session.state is LiveState.BROKEN)
    assert "Microphone is gone" in view._state.text()
    assert view.start.text() == "Start"
    view._menu.actions()[2].trigger()
    _until(qtbot, lambda: session.state is LiveState.LISTENING)
    assert session.error is None and view._state.text().startswith("Listening")


@pytest.mark.parametrize(
    ("make_system", "words"),
    [(fake_input.without_portaudio, "PortAudio library is missing"), (fake_input.crashing, "ended unexpectedly")],
)
def test_what_is_missing_is_a_sentence(
    qtbot: QtBot, live_window: Callable[..., MainWindow], make_system: Any, words: str
) -> None:
    window = live_window(make_system)
    _until(qtbot, lambda: not window.live.session.is_looking)
    window.live.view.start.click()
    _until(qtbot, lambda: window.live.session.state is LiveState.BROKEN)
    assert words in window.live.view._invitation_words.text()


def test_sound_waits_for_a_model(
    qtbot: QtBot, live_window: Callable[..., MainWindow], services: Services, make_sound: MakeSound
) -> None:
    window = live_window()
    window.live.session.set_predictor(None)
    window.live.view.start.click()
    _until(qtbot, lambda: window.live.session.state is LiveState.LISTENING)
    assert "waiting for the model" in window.live.view._state.text()
    assert window.panel._line.text() == "Waiting for the model."
    qtbot.wait(300)
    assert window.live.session.answer is None
    window.live.session.set_predictor(services.load_predictor(services.default_bundle()))
    _until(qtbot, _is_answered(window))


def test_a_file_stands_in_for_an_input(
    qtbot: QtBot, live_window: Callable[..., MainWindow], make_sound: MakeSound, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = live_window()
    window.live_button.click()
    path = make_sound("An evening.wav", seconds=4.0)
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))
    window.actions_.simulate.trigger()
    assert window.live.is_on
    _until(qtbot, lambda: window.live.session.state is LiveState.ENDED)
    assert window.live.view._state.text() == "The file is at its end."
    assert window.live.session.timeline is not None
    assert window.live.session.timeline.end_s == 4.0
    assert window.live.view.input.text().startswith("An evening.wav")


def test_silence_is_no_music(qtbot: QtBot, live_window: Callable[..., MainWindow], tmp_path: Path) -> None:
    path = tmp_path / "silence.wav"
    soundfile.write(path, np.zeros(6 * 22_050, np.float32), 22_050)
    window = live_window()
    window.live.simulate(str(path))
    _until(qtbot, _is_answered(window))
    assert window.panel._title.text() == "No music"
    assert window.live.view._state.text() == "Listening: no music."


def test_a_recording_gets_its_table(
    qtbot: QtBot, live_window: Callable[..., MainWindow], make_sound: MakeSound, tmp_path: Path
) -> None:
    window = live_window()
    view, session = window.live.view, window.live.session
    said: list[str] = []
    window.live.message.connect(said.append)
    view.record.click()
    assert view.record.isChecked()
    window.live.simulate(str(make_sound(seconds=4.0)))
    _until(qtbot, lambda: session.recording is not None)
    assert "Recording" in view._state.text()
    _until(qtbot, lambda: session.state is LiveState.ENDED and session.recording is None)
    _until(qtbot, lambda: len(list((tmp_path / "recordings").glob("Live*"))) == 2)
    table, sound = sorted((tmp_path / "recordings").iterdir())
    assert sound.suffix == ".wav" and table.stem == sound.stem
    assert soundfile.info(sound).duration == pytest.approx(4.0, abs=0.3)
    (row,) = csv.DictReader(table.read_text("utf-8").splitlines())
    assert row["genre"] == "jazz"
    assert any(sentence.startswith("Recorded 0:04 to ") for sentence in said)


def test_a_folder_that_cannot_be_written_does_not_end_the_session(
    qtbot: QtBot, live_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    (tmp_path / "recordings").write_text("in the way")
    window = live_window()
    said: list[str] = []
    window.live.message.connect(said.append)
    window.live.view.record.click()
    window.live.view.start.click()
    _until(qtbot, lambda: window.live.session.state is LiveState.LISTENING)
    assert any("cannot be written" in sentence for sentence in said)
    assert not window.live.view.record.isChecked()
    _until(qtbot, lambda: window.live.view.spectrogram.n_written > 10)


def test_the_timeline_is_saved(
    qtbot: QtBot,
    live_window: Callable[..., MainWindow],
    make_sound: MakeSound,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = live_window()
    assert not window.live.view.save.isEnabled()
    window.live.simulate(str(make_sound(seconds=4.0)))
    _until(qtbot, lambda: window.live.session.state is LiveState.ENDED)
    path = tmp_path / "evening.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(path), ""))
    window.live.view.save.click()
    _until(qtbot, path.exists)
    assert path.read_text("utf-8").startswith("start_s,end_s,genre,confidence,blues")


def test_the_window_closes_while_it_listens_and_records(
    qtbot: QtBot, live_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    window = live_window()
    window.live.view.record.click()
    window.live.view.start.click()
    _until(qtbot, lambda: window.live.session.recording is not None)
    _until(qtbot, _is_answered(window))
    window.close_now()
    assert window.session.shutdown()
    table, sound = sorted((tmp_path / "recordings").iterdir())
    assert soundfile.info(sound).duration > 0
    assert table.stem == sound.stem
    (row,) = csv.DictReader(table.read_text("utf-8").splitlines())
    assert row["genre"] == "jazz"


def test_a_recording_is_worth_a_question_before_the_window_closes(
    qtbot: QtBot, live_window: Callable[..., MainWindow]
) -> None:
    window = live_window()
    window.live.view.start.click()
    _until(qtbot, lambda: window.live.session.state is LiveState.LISTENING)
    assert not window.quit_controller.must_ask()
    window.live.view.record.click()
    assert window.quit_controller.must_ask()
    window.close()
    assert window.isVisible()
    box = window.findChild(QMessageBox)
    assert isinstance(box, QMessageBox) and box.text().startswith("Sound is being recorded.")
    box.reject()


def test_the_button_shows_an_open_microphone_while_something_else_is_shown(
    qtbot: QtBot, live_window: Callable[..., MainWindow]
) -> None:
    window = live_window()
    button, session = window.live_button, window.live.session
    window.live.view.start.click()
    _until(qtbot, lambda: session.state is LiveState.LISTENING)
    assert button.text() == "Live" and button.accessibleName() == "Live"
    button.click()
    assert not window.live.is_on and session.is_listening
    assert button.text() == "● Live" and button.accessibleName() == "Live: listening"
    assert "listened to" in button.toolTip()
    qtbot.wait(50)
    assert button.width() >= button.sizeHint().width()
    session.set_recording(True)
    assert button.text() == "● Rec" and button.accessibleName() == "Live: recording"
    session.set_recording(False)
    _until(qtbot, lambda: session.recording is None)
    assert button.text() == "● Live"
    session.stop_listening()
    assert button.text() == "Live"


def test_keys_leave_the_list_alone_that_live_mode_covers(
    qtbot: QtBot, live_window: Callable[..., MainWindow], make_sound: MakeSound
) -> None:
    window = live_window()
    actions = window.actions_
    window.session.open([make_sound()])
    _until(qtbot, lambda: len(window.session.tracks) == 1 and not window.session.is_busy)
    window.session.emit_status()  # it enables what works on the list
    covered = (actions.clear, actions.remove, actions.again, actions.by_hand, actions.find, actions.reveal)
    heard = (actions.play, actions.play_selected, actions.loop, actions.zoom_in)
    assert not any(action.isEnabled() for action in (*covered, *heard))
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window, Qt.Key.Key_Delete, keys)
    assert len(window.session.tracks) == 1
    window.live_button.click()
    assert all(action.isEnabled() for action in (*covered, *heard))
    assert not actions.retry_failed.isEnabled() and not actions.play_segment.isEnabled()
    QTest.keyClick(window, Qt.Key.Key_Delete, keys)
    assert len(window.session.tracks) == 0


def test_start_pauses_what_plays(live_window: Callable[..., MainWindow], monkeypatch: pytest.MonkeyPatch) -> None:
    window = live_window()
    sent: list[object] = []
    monkeypatch.setattr(window.playback, "_voice", object())
    monkeypatch.setattr(window.playback, "_send", sent.append)
    window.live.view.start.click()
    assert sent == [Pause()]
    monkeypatch.undo()


def test_everything_in_it_is_reached_by_keys_and_has_a_name(
    qtbot: QtBot, live_window: Callable[..., MainWindow]
) -> None:
    window = live_window()
    view = window.live.view
    assert view.start.text() and view.save.text()
    for widget in (view, view.input, view.record, view.meter, view.spectrogram, view.strip):
        assert widget.accessibleName()
    for button in (*view.findChildren(QToolButton), view.start):
        assert button.focusPolicy() & Qt.FocusPolicy.TabFocus


# -- its widgets ------------------------------------------------------------------------------


def test_start_forgets_that_the_input_clipped(qtbot: QtBot, live_window: Callable[..., MainWindow]) -> None:
    view = live_window().live.view
    view.meter.add(1.0, 0.5, 0.05)
    assert view.meter.has_clipped
    qtbot.keyClick(view.start, Qt.Key.Key_Space)
    assert not view.meter.has_clipped


def test_the_open_menu_of_inputs_keeps_its_entries(qtbot: QtBot, live_window: Callable[..., MainWindow]) -> None:
    window = live_window()
    view, session = window.live.view, window.live.session
    _until(qtbot, lambda: bool(session.devices))
    before = view._menu.actions()
    view.start.click()
    _until(qtbot, lambda: session.state is LiveState.LISTENING)
    assert view._menu.actions() == before
    assert not view._look_again.isEnabled()
    assert [action.isChecked() for action in before[:3]] == [True, False, False]
    before[2].trigger()
    assert [action.isChecked() for action in before[:3]] == [False, False, True]
    view.file = "a file"
    session.changed.emit()
    assert not any(action.isChecked() for action in before[:3])
    session.devices = session.devices[:1]
    session.changed.emit()
    assert len(view._menu.actions()) == len(before) - 1


def _hear_for_long(window: MainWindow, n: int) -> None:
    """Let the session have a timeline of so many answers."""
    labels = make_bundle().labels
    window.live.session.timeline = timeline = LiveTimeline(labels)
    shares = dict.fromkeys(labels, 1 / len(labels))
    for number in range(n):
        timeline.add(LiveAnswer(0.5 * (number + 1), "jazz", 0.9, shares, "", "", "jazz", 0.9, -20.0, 0.0))


def _tables(folder: Path) -> list[Path]:
    return sorted((folder / "recordings").glob("*.csv"))


@pytest.mark.parametrize("how", ["start", "close"])
def test_a_timeline_that_nobody_saved_is_not_lost(
    qtbot: QtBot, live_window: Callable[..., MainWindow], tmp_path: Path, how: str
) -> None:
    window = live_window()
    session = window.live.session
    _hear_for_long(window, 200)
    if how == "start":
        window.live.view.start.click()
        _until(qtbot, lambda: len(_tables(tmp_path)) == 1)
        _until(qtbot, lambda: "The timeline of the last session was saved" in window.job_bar.message.text())
        assert session.timeline is None or len(session.timeline) < 200
    else:
        assert not window.quit_controller.must_ask(), "nothing would be lost"
        window.close_now()
        assert window.session.shutdown()
    (table,) = _tables(tmp_path)
    (row,) = csv.DictReader(table.read_text("utf-8").splitlines())
    assert (row["genre"], row["end_s"]) == ("jazz", "100.0")


def test_what_was_saved_or_is_hardly_anything_is_not_saved_again(
    qtbot: QtBot, live_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    window = live_window()
    session = window.live.session
    _hear_for_long(window, 200)
    session.save_timeline(str(tmp_path / "mine.csv"))
    session._drop_timeline()
    assert session.timeline is None
    _hear_for_long(window, 20)
    session._drop_timeline()
    _until(qtbot, (tmp_path / "mine.csv").is_file)
    assert _tables(tmp_path) == []


def _answer(session: LiveSession, number: int) -> None:
    shares = dict.fromkeys(make_bundle().labels, 1 / len(make_bundle().labels))
    session._take_answer(LiveAnswer(0.5 * (number + 1), "jazz", 0.9, shares, "", "", "jazz", 0.9, -20.0, 0.0), None)


def _end_of(table: Path) -> str:
    return [row["end_s"] for row in csv.DictReader(table.read_text("utf-8").splitlines())][-1]


def test_a_long_timeline_is_there_however_the_program_ends(
    qtbot: QtBot, live_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    window = live_window()
    session = window.live.session
    for number in range(119):
        _answer(session, number)
    assert not session._saver.busy, "what is hardly anything is not kept"
    _answer(session, 119)
    _until(qtbot, lambda: not session._saver.busy)
    (table,) = _tables(tmp_path)
    assert _end_of(table) == "60.0"
    assert "saved" not in window.job_bar.message.text(), "that is no news"
    for number in range(120, 250):
        _answer(session, number)
    _until(qtbot, lambda: not session._saver.busy)
    assert _tables(tmp_path) == [table] and _end_of(table) == "120.0"
    session._drop_timeline()
    _until(qtbot, lambda: "The timeline of the last session was saved" in window.job_bar.message.text())
    assert _tables(tmp_path) == [table] and _end_of(table) == "125.0"
    for number in range(120):
        _answer(session, number)
    _until(qtbot, lambda: not session._saver.busy)
    assert len(_tables(tmp_path)) == 2, "another session has a table of its own"


def test_a_timeline_that_cannot_be_kept_is_told_while_it_can_still_be_saved_elsewhere(
    qtbot: QtBot, live_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    window = live_window()
    session = window.live.session
    (tmp_path / "recordings").write_text("in the way")
    for number in range(120):
        _answer(session, number)
    assert "recordings" in window.job_bar.message.text()
    (tmp_path / "recordings").unlink()
    for number in range(120, 240):
        _answer(session, number)
    _until(qtbot, lambda: not session._saver.busy)
    (table,) = _tables(tmp_path)
    assert _end_of(table) == "120.0"


def test_a_table_that_could_not_be_written_counts_as_none(
    qtbot: QtBot, live_window: Callable[..., MainWindow], tmp_path: Path
) -> None:
    window = live_window()
    session = window.live.session
    _hear_for_long(window, 200)
    session.save_timeline(str(tmp_path / "nowhere" / "mine.csv"))
    _until(qtbot, lambda: not session._saver.busy)
    session._drop_timeline()
    _until(qtbot, lambda: len(_tables(tmp_path)) == 1)
