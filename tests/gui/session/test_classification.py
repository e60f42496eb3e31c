"""Work under way: queueing, failing, other models."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from genre_desktop.audio.picture import picture_process as reading
from genre_desktop.audio.picture.track_picture import TrackPicture
from genre_desktop.core.errors import AudioEmptyError, AudioIsFolderError, BundleHashError
from genre_desktop.core.settings import load_settings
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.track_table.track_delegate import PADDING
from genre_desktop.gui.tracks.columns import Column, cell_text, tool_tip
from genre_desktop.gui.tracks.track import State
from genre_desktop.library.result import TrackResult
from genre_desktop.model.bundles.bundle import ModelBundle
from tests.gui.conftest import (
    MakeSound,
    MakeWindow,
    SlowClassifier,
    changed,
    genre_of,
    make_bundle,
    make_prediction,
    make_predictor,
    states,
    track_named,
    wait_for_rows,
    wait_until_idle,
    with_engines,
)
from tests.gui.support.thread_process import ThreadProcess
from tests.support.waiting import PATIENCE_S


def test_files_dropped_while_work_runs_are_queued(
    qtbot: QtBot, slow_window: MainWindow, slow: SlowClassifier, make_sound: MakeSound
) -> None:
    slow_window.session.open([make_sound("a.wav")])
    qtbot.waitUntil(lambda: states(slow_window) == [State.WORKING])
    slow_window.session.open([make_sound("b.wav"), make_sound("c.wav")])
    wait_for_rows(qtbot, slow_window, 3)
    assert states(slow_window) == [State.WORKING, State.WAITING, State.WAITING]
    slow.let(1)
    qtbot.waitUntil(lambda: states(slow_window) == [State.DONE, State.WORKING, State.WAITING])
    qtbot.waitUntil(lambda: "1 of 3" in slow_window.job_bar.text())
    slow.let(2)
    wait_until_idle(qtbot, slow_window)
    qtbot.waitUntil(lambda: "3 files done" in slow_window.job_bar.text())


def test_the_clicked_track_goes_first(
    qtbot: QtBot, slow_window: MainWindow, slow: SlowClassifier, make_sound: MakeSound
) -> None:
    slow_window.session.open([make_sound(f"{n}.wav") for n in range(5)])
    wait_for_rows(qtbot, slow_window, 5)
    qtbot.waitUntil(lambda: len(slow.taken) == 1)
    slow_window.table.select(track_named(slow_window, "3.wav"))
    slow.let(5)
    wait_until_idle(qtbot, slow_window)
    assert [path.name for path in slow.taken][1] == "3.wav"


def test_files_wait_while_the_model_is_loading(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    may_load = threading.Event()

    def load(_bundle: ModelBundle) -> Any:
        assert may_load.wait(PATIENCE_S)
        return make_predictor()

    window = make_window(changed(services, load_predictor=load), wait_for_model=False)
    assert window.job_bar.text() == "Loading the model …"
    assert window.job_bar.progress.isVisible() and window.job_bar.progress.maximum() == 0, "it just moves"
    assert not window.job_bar.cancel.isVisible(), "there is nothing to stop yet"
    window.session.open([make_sound()])
    wait_for_rows(qtbot, window, 1)
    qtbot.waitUntil(lambda: "waiting for the model" in window.job_bar.text())
    assert "Loading the model" in window.panel.accuracy.text() and window.panel.loading.isVisible()
    qtbot.waitUntil(lambda: window.panel._line.text() == "The model is still being loaded.")
    assert window.table.view.model().index(0, Column.GENRE.value).data() == "Waiting"
    assert window.panel._model_name.text() == "test-model"
    # The picture does not wait for the network.
    qtbot.waitUntil(lambda: window.canvas.plots.isVisible())
    may_load.set()
    wait_until_idle(qtbot, window)
    assert states(window) == [State.DONE]
    assert not window.panel.loading.isVisible()
    qtbot.waitUntil(lambda: not window.job_bar.progress.isVisible())


def test_a_model_that_does_not_load_is_not_said_to_be_loading(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    def load(_bundle: ModelBundle) -> Any:
        raise BundleHashError(path="/m", received="1", expected="2")

    window = make_window(changed(services, load_predictor=load), wait_for_model=False)
    qtbot.waitUntil(lambda: window.job_bar.text() == "There is no model")
    assert not window.panel.loading.isVisible() and not window.job_bar.progress.isVisible()
    window.session.open([make_sound()])
    wait_for_rows(qtbot, window, 1)
    qtbot.waitUntil(lambda: "choose another one" in window.panel._line.text())


def test_a_file_that_fails_shows_its_sentence(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    empty = tmp_path / "empty.mp3"
    empty.touch()
    window.session.open([empty])
    wait_for_rows(qtbot, window, 1)
    wait_until_idle(qtbot, window)
    assert states(window) == [State.FAILED]
    assert "empty.mp3 is empty" in window.table.view.model().index(0, 1).data()
    assert window.panel._title.text() == "No genre"
    assert "empty.mp3 is empty" in window.panel._line.text()
    assert "GD-104" in window.panel._reasons.text()
    qtbot.waitUntil(lambda: "is empty" in window.canvas._message.text())
    assert window.canvas._details.text() == "GD-104"
    qtbot.waitUntil(window.job_bar.failures.isVisible)
    assert window.job_bar.failures.text() == "1 failed"


def test_failures_can_be_shown_alone_and_tried_again(
    qtbot: QtBot, window: MainWindow, make_sound: MakeSound, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.wav"
    broken.touch()
    window.session.open([make_sound("good.wav"), broken])
    wait_for_rows(qtbot, window, 2)
    wait_until_idle(qtbot, window)
    qtbot.waitUntil(window.job_bar.failures.isVisible)
    qtbot.mouseClick(window.table.filters.failures_only, Qt.MouseButton.LeftButton)
    assert window.table.view.model().rowCount() == 1
    make_sound("broken.wav")
    window.actions_.retry_failed.trigger()
    wait_until_idle(qtbot, window)
    assert states(window) == [State.DONE, State.DONE]
    # Without failures there is nothing to filter for.
    qtbot.waitUntil(lambda: window.table.view.model().rowCount() == 2)
    assert not window.actions_.retry_failed.isEnabled()


def test_silence_is_calmly_no_music(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    silence = tmp_path / "silence.wav"
    soundfile.write(silence, np.zeros(22_050 * 5), 22_050)
    window.session.open([silence])
    wait_for_rows(qtbot, window, 1)
    wait_until_idle(qtbot, window)
    assert states(window) == [State.DONE]
    assert window.panel._title.text() == "Not music"
    assert "digital silence" in window.panel._reasons.text()
    assert all(share is None for _, share in window.panel.bars.rows())
    assert not window.job_bar.failures.isVisible()


def test_a_damaged_file_with_an_answer_does_not_look_faultless(
    qtbot: QtBot, window: MainWindow, make_sound: MakeSound
) -> None:
    sound = make_sound()
    sound.write_bytes(sound.read_bytes()[: sound.stat().st_size * 9 // 10])
    window.session.open([sound])
    wait_for_rows(qtbot, window, 1)
    wait_until_idle(qtbot, window)
    assert states(window) == [State.DONE]
    (track,) = window.session.tracks.tracks()
    assert cell_text(track, Column.STATE) == "Damaged"
    assert "GD-106" in tool_tip(track, Column.STATE)
    assert "damaged" in window.panel._reasons.text()
    view = window.table.view
    room = view.columnWidth(Column.STATE.value) - 2 * PADDING
    assert view.fontMetrics().horizontalAdvance("Damaged") <= room


def test_unsure_is_shown_with_what_came_closest(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    slow = SlowClassifier(lambda path: TrackResult(path, make_prediction("unsure", 0.3), None, "m"))
    slow.let(1)
    window = make_window(with_engines(services, slow))
    window.session.open([make_sound()])
    wait_for_rows(qtbot, window, 1)
    wait_until_idle(qtbot, window)
    assert window.panel._title.text() == "Unsure"
    assert window.panel._line.text() == "Closest: Rock 30\u00a0%, blues 8\u00a0%"


def test_quick_clicks_give_up_stale_readings(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    opened: list[str] = []
    may_go_on = threading.Event()

    def hook(path: str) -> None:
        opened.append(Path(path).name)
        may_go_on.wait(PATIENCE_S)

    def start_picture_process(on_message: Any, on_end: Any) -> ThreadProcess:
        return ThreadProcess(partial(reading.main, hook=hook), on_message, on_end)

    window = make_window(changed(services, start_picture_process=start_picture_process))
    window.session.open([make_sound(f"{n}.wav") for n in range(4)])
    wait_for_rows(qtbot, window, 4)
    qtbot.waitUntil(lambda: bool(opened))
    for row in range(4):
        window.table.select_row(row)
    may_go_on.set()
    qtbot.waitUntil(lambda: window.canvas.plots.isVisible())
    assert opened == ["0.wav", "3.wav"]
    assert window.canvas._name.text() == "3.wav"
    wait_until_idle(qtbot, window)


def test_a_track_seen_before_is_shown_without_reading(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    read: list[str] = []

    def start_picture_process(on_message: Callable[[object], None], on_end: Any) -> ThreadProcess:
        def note(message: object) -> None:
            if isinstance(message, TrackPicture) and message.complete:
                read.append(Path(message.path).name)
            on_message(message)

        return ThreadProcess(reading.main, note, on_end)

    window = make_window(changed(services, start_picture_process=start_picture_process))
    window.session.open([make_sound("a.wav"), make_sound("b.wav")])
    wait_for_rows(qtbot, window, 2)
    for row in (0, 1, 0, 1):
        window.table.select_row(row)
        qtbot.waitUntil(lambda: window.canvas.plots.isVisible() and not window.session.reader.is_reading)
    assert read == ["a.wav", "b.wav"]
    wait_until_idle(qtbot, window)


def test_another_model_classifies_everything_anew(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound, home: Path
) -> None:
    predictors = {"first": make_predictor("first", "jazz"), "second": make_predictor("second", "metal")}
    window = make_window(
        changed(
            services,
            list_bundles=lambda: [predictor.bundle for predictor in predictors.values()],
            default_bundle=lambda: predictors["first"].bundle,
            load_predictor=lambda bundle: predictors[bundle.name],
        )
    )
    window.session.open([make_sound("a.wav"), make_sound("b.wav")])
    wait_for_rows(qtbot, window, 2)
    wait_until_idle(qtbot, window)
    assert {genre_of(track) for track in window.session.tracks.tracks()} == {"jazz"}
    choices = {action.text(): action for action in window.actions_._models.actions()}
    assert list(choices) == ["first", "second"] and choices["first"].isChecked()
    choices["second"].trigger()
    qtbot.waitUntil(lambda: states(window) == [State.DONE] * 2)
    wait_until_idle(qtbot, window)
    assert {genre_of(track) for track in window.session.tracks.tracks()} == {"metal"}
    assert window.panel._model_name.text() == "second"
    assert '"default_model": "second"' in (home / "config" / "settings.json").read_text()


def test_a_model_that_cannot_be_loaded_says_so_and_another_one_helps(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    good = make_predictor("good")
    bad = make_bundle("bad")

    def load(bundle: ModelBundle) -> Any:
        if bundle is bad:
            raise BundleHashError(path=bundle.path, received="0", expected="1")
        return good

    window = make_window(
        changed(services, list_bundles=lambda: [bad, good.bundle], default_bundle=lambda: bad, load_predictor=load),
        wait_for_model=False,
    )
    qtbot.waitUntil(lambda: "SHA-256" in window.panel.accuracy.text())
    assert "GD-203" in window.panel.accuracy.text()
    window.session.open([make_sound()])
    wait_for_rows(qtbot, window, 1)
    qtbot.waitUntil(lambda: "there is no model" in window.job_bar.text())
    next(action for action in window.actions_._models.actions() if action.text() == "good").trigger()
    wait_until_idle(qtbot, window)
    assert states(window) == [State.DONE]
    bad_choice = next(action for action in window.actions_._models.actions() if action.text() == "bad")
    bad_choice.trigger()
    qtbot.waitUntil(lambda: "SHA-256" in window.panel.accuracy.text())
    assert load_settings().default_model == "good", "what does not load is not remembered"


def test_without_a_canvas_the_rest_does_its_work(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    def prepare() -> None:
        raise ImportError("no library for pictures")

    window = make_window(changed(services, prepare_canvas=prepare), wait_for_plots=False)
    window.session.open([make_sound()])
    wait_for_rows(qtbot, window, 1)
    wait_until_idle(qtbot, window)
    assert states(window) == [State.DONE]
    qtbot.waitUntil(lambda: not window.session.reader.is_reading)
    assert "no library for pictures" in window.canvas._message.text()


def test_a_fault_in_the_engine_is_told_and_the_window_goes_on(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    class BreaksOnce(SlowClassifier):
        is_broken = True

        def classify(self, *arguments: Any, **options: Any) -> Iterator[TrackResult]:
            if self.is_broken:
                self.is_broken = False
                raise MemoryError("no room")
            return super().classify(*arguments, **options)

    slow = BreaksOnce()
    slow.let(5)
    window = make_window(with_engines(services, slow))
    window.session.open([make_sound()])
    qtbot.waitUntil(lambda: "GD-900" in window.job_bar.message.text())
    assert states(window) == [State.STOPPED]
    window.session.resume()
    wait_until_idle(qtbot, window)
    assert states(window) == [State.DONE]


def test_results_are_copied_as_a_table(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound, tmp_path: Path
) -> None:
    def answer(path: Path) -> TrackResult:
        if path.name == "bad.wav":
            return TrackResult(path, None, AudioEmptyError(path=path), "m")
        return TrackResult(path, make_prediction(), None, "m")

    slow = SlowClassifier(answer)
    slow.let(2)
    window = make_window(with_engines(services, slow))
    window.session.open([make_sound("good.wav"), make_sound("bad.wav")])
    wait_for_rows(qtbot, window, 2)
    wait_until_idle(qtbot, window)
    window.table.view.selectAll()
    QGuiApplication.clipboard().clear()
    window.actions_.copy.trigger()
    qtbot.waitUntil(lambda: window.job_bar.message.text() == "Copied.")
    head, good, bad = (line.split("\t") for line in QGuiApplication.clipboard().text().splitlines())
    assert dict(zip(head, good, strict=True))["genre"] == "jazz" and good[0] == str(tmp_path / "good.wav")
    assert bad[0] == str(tmp_path / "bad.wav") and dict(zip(head, bad, strict=True))["genre"] == ""


def test_show_in_file_manager_opens_the_folder(
    qtbot: QtBot, slow_window: MainWindow, make_sound: MakeSound, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    monkeypatch.setattr(
        "genre_desktop.gui.widgets.file_manager.show_in_file_manager", lambda path: shown.append(path) or len(shown) > 1
    )
    path = make_sound("in a folder/song.wav")
    slow_window.session.open([path])
    wait_for_rows(qtbot, slow_window, 1)
    slow_window.actions_.reveal.trigger()
    assert shown == [path]
    assert "could not be opened" in slow_window.job_bar.message.text()


def test_the_context_menu_belongs_to_the_selection(
    qtbot: QtBot, slow_window: MainWindow, make_sound: MakeSound
) -> None:
    slow_window.session.open([make_sound()])
    wait_for_rows(qtbot, slow_window, 1)
    menu = slow_window.actions_.context_menu(slow_window)
    texts = [action.text().replace("&", "") for action in menu.actions() if not action.isSeparator()]
    assert texts == [
        "Play selected track",
        "Classify again",
        "Set genre by hand …",
        "Copy result",
        "Show in file manager",
        "Remove from list",
        "Clear list",
    ]


def test_a_note_is_told_in_the_panel(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    def with_note(path: Path) -> TrackResult:
        note = AudioIsFolderError(path=path, kind="folder")
        return TrackResult(path, replace(make_prediction("jazz"), warnings=(note,)), None, "m")

    slow = SlowClassifier(with_note)
    slow.let(1)
    window = make_window(with_engines(services, slow))
    window.session.open([make_sound("two.wav")])
    wait_for_rows(qtbot, window, 1)
    wait_until_idle(qtbot, window)
    (track,) = window.session.tracks.tracks()
    assert cell_text(track, Column.STATE) == "With a note"
    assert "GD-103: two.wav" in window.panel._reasons.text()
