"""Closing the window while something is under way: what is asked, and what is not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import StoreBusyError
from genre_desktop.gui.main_window.job_bar import status_text
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.models.models_task import ImportModel, ListModels
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.tracks.track import State
from genre_desktop.library.store.result_store import ResultStore
from tests.gui.conftest import (
    MakeSound,
    MakeWindow,
    SlowClassifier,
    changed,
    states,
    wait_for_rows,
    wait_until_idle,
    with_engines,
)


@pytest.fixture
def running(qtbot: QtBot, slow_window: MainWindow, slow: SlowClassifier, make_sound: MakeSound) -> MainWindow:
    """One of five tracks is done."""
    slow_window.session.open([make_sound(f"{n}.wav", seconds=1) for n in range(5)])
    slow.let(1)
    qtbot.waitUntil(lambda: states(slow_window).count(State.DONE) == 1)
    qtbot.waitUntil(slow_window.job_bar.pause.isVisible)
    return slow_window


def questions(window: MainWindow) -> list[QMessageBox]:
    return [box for box in window.findChildren(QMessageBox) if box.isVisible()]


def question(window: MainWindow) -> QMessageBox:
    (box,) = questions(window)
    return box


def button(box: QMessageBox, text: str) -> QPushButton:
    return next(button for button in box.findChildren(QPushButton) if button.text() == text)


def test_quitting_a_run_asks_and_stays_by_default(qtbot: QtBot, running: MainWindow, slow: SlowClassifier) -> None:
    running.actions_.quit.trigger()
    assert running.isVisible()
    box = question(running)
    assert box.text() == "4 of 5 files are not classified yet."
    assert "next start" in box.informativeText()
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert running.isVisible() and running.session.is_busy
    slow.let(10)
    wait_until_idle(qtbot, running)
    running.close()
    assert not running.isVisible(), "nothing is lost: nothing is asked"


def test_quitting_a_run_goes_on_at_the_next_start(
    qtbot: QtBot, make_window: MakeWindow, services: Services, running: MainWindow
) -> None:
    running.close()
    button(question(running), "&Quit").click()
    assert not running.isVisible()
    assert running.session.shutdown()
    again = SlowClassifier()
    again.let(10)
    second = make_window(with_engines(services, again))
    qtbot.waitUntil(lambda: states(second) == [State.DONE] * 5)
    assert "of last time" in second.job_bar.message.text()


def test_asked_twice_it_asks_once(running: MainWindow) -> None:
    running.close()
    running.close()
    assert question(running)


def test_a_single_track_is_not_worth_a_question(qtbot: QtBot, slow_window: MainWindow, make_sound: MakeSound) -> None:
    slow_window.session.open([make_sound()])
    qtbot.waitUntil(lambda: states(slow_window) == [State.WORKING] and not slow_window.session.status().is_scanning)
    slow_window.close()
    assert not slow_window.isVisible()


def test_the_count_is_of_the_whole_list_after_stop_and_continue(
    qtbot: QtBot, running: MainWindow, slow: SlowClassifier, make_sound: MakeSound
) -> None:
    running.job_bar.cancel.click()
    running.job_bar.resume.click()
    qtbot.waitUntil(lambda: State.WORKING in states(running))
    slow.let(1)
    qtbot.waitUntil(lambda: states(running).count(State.DONE) == 2)
    running.session.open([make_sound("late.wav", seconds=1)])
    wait_for_rows(qtbot, running, 6)
    qtbot.waitUntil(lambda: not running.session.status().is_scanning)
    running.close()
    box = question(running)
    assert box.text() == "4 of 6 files are not classified yet."
    assert box.defaultButton() is button(box, "&Keep going") is box.escapeButton()


@pytest.mark.parametrize("how", ["pause", "stop"])
def test_what_was_paused_or_stopped_is_not_interrupted(
    qtbot: QtBot, make_window: MakeWindow, services: Services, running: MainWindow, how: str
) -> None:
    running.session.pause() if how == "pause" else running.session.cancel()
    running.close()
    assert not running.isVisible() and not questions(running)
    assert running.session.shutdown()
    again = SlowClassifier()
    again.let(10)
    second = make_window(with_engines(services, again))
    qtbot.waitUntil(lambda: states(second) == [State.DONE] * 5)


def test_tracks_that_are_classified_again_are_not_called_unclassified(
    qtbot: QtBot, running: MainWindow, slow: SlowClassifier, make_sound: MakeSound
) -> None:
    slow.let(3)
    qtbot.waitUntil(lambda: states(running).count(State.DONE) == 4)
    running.session.cancel()
    running.session.classify_again(list(running.session.tracks.tracks()))
    assert "0 of 5 · 4 being classified again" in status_text(running.session.status())
    running.close()
    box = question(running)
    left, again = box.text().split("\n")
    assert left == "1 of 5 files are not classified yet."
    assert again == (
        "4 tracks are being classified again. They keep their earlier answers, "
        "and the next start does not go on with this."
    )
    assert "what is not classified yet can be gone on with" in box.informativeText()
    box.reject()
    slow.let(3)
    qtbot.waitUntil(lambda: states(running).count(State.DONE) == 3)
    assert running.session.status().n_redone == 1
    running.session.remove([track for track in running.session.tracks.tracks() if track.is_redone])
    assert running.session.status().n_redone == 0


def test_where_all_have_an_answer_nothing_is_called_unclassified(
    qtbot: QtBot, running: MainWindow, slow: SlowClassifier
) -> None:
    slow.let(4)
    wait_until_idle(qtbot, running)
    running.session.classify_again(list(running.session.tracks.tracks()))
    slow.let(1)
    qtbot.waitUntil(lambda: states(running).count(State.DONE) == 1)
    running.close()
    box = question(running)
    assert box.text() == (
        "4 tracks are being classified again. They keep their earlier answers, "
        "and the next start does not go on with this."
    )
    assert box.informativeText() == "", "nothing is left to be gone on with"


def test_a_scan_and_a_run_are_both_told(running: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    status = running.session.status
    monkeypatch.setattr(running.session, "status", lambda: replace(status(), is_scanning=True))
    running.close()
    first, second = question(running).text().split("\n")
    assert first == "4 of 5 files are not classified yet." and "looked through" in second


def test_an_export_and_an_import_of_a_model_under_way_are_told(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    assert not window.quit_controller.must_ask()
    monkeypatch.setattr(type(window.export_controller), "is_exporting", True)
    window.models_controller._requests.append(ImportModel(tmp_path / "model.zip"))
    window.close()
    box = question(window)
    assert "An export is being written" in box.text() and "A model is being imported" in box.text()
    assert box.informativeText() == "", "no run is interrupted"
    monkeypatch.undo()
    window.models_controller._requests.clear()
    window.models_controller._requests.append(ListModels())
    assert not window.quit_controller.must_ask(), "listing models changes nothing"


def test_results_that_are_not_kept_are_asked_about_though_all_is_done(
    qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound
) -> None:
    def refuse() -> ResultStore:
        raise StoreBusyError(path="/data/library.sqlite3")

    done = SlowClassifier()
    done.let(10)
    window = make_window(with_engines(changed(services, open_store=refuse), done))
    assert not window.quit_controller.must_ask(), "there is nothing to lose yet"
    window.session.open([make_sound()])
    wait_for_rows(qtbot, window, 1)
    wait_until_idle(qtbot, window)
    window.close()
    assert window.isVisible() and "Export what you need first" in question(window).text()


def test_the_pass_over_a_selected_track_is_not_asked_about(
    make_window: MakeWindow, services: Services, qtbot: QtBot, make_sound: MakeSound
) -> None:
    from tests.gui.session.test_complete_answers import SlowCompleter, quick

    classifier = SlowClassifier(quick)
    classifier.let(1)
    window = make_window(with_engines(services, classifier, SlowCompleter()))
    window.session.open([make_sound()])
    qtbot.waitUntil(lambda: window.session.selected.whole_pass.share is not None)
    assert not window.quit_controller.must_ask()
