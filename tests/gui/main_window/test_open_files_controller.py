"""Drag and drop, dialogs, paste, arguments: how files come into the window."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.text.paths import local_path
from genre_desktop.gui.tracks.track import State
from tests.gui.conftest import SlowClassifier, wait_for_rows, wait_until_idle, with_engines
from tests.gui.support.drag_events import ALL_ACTIONS, NO_KEYS, drop, urls_of

MakeSound = Callable[..., Path]


def test_a_dropped_file_gets_a_row_a_genre_and_a_picture(
    qtbot: QtBot, window: MainWindow, make_sound: MakeSound
) -> None:
    assert window.drop_zone.isVisible()
    event = drop(window, urls_of([make_sound("tone.wav", seconds=6)]))
    assert event.isAccepted() and event.dropAction() == Qt.DropAction.CopyAction
    wait_for_rows(qtbot, window, 1)
    wait_until_idle(qtbot, window)
    assert not window.drop_zone.isVisible()
    (track,) = window.session.tracks.tracks()
    assert track.state is State.DONE and track.summary is not None
    assert track.summary.genre == "jazz"
    assert window.table.current() is track
    qtbot.waitUntil(lambda: window.canvas.plots.isVisible())


@pytest.mark.parametrize(
    "modifiers",
    [
        Qt.KeyboardModifier.ShiftModifier,
        Qt.KeyboardModifier.ControlModifier,
        Qt.KeyboardModifier.AltModifier,
        Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier,
    ],
)
def test_no_modifier_makes_a_drop_move_the_users_files(
    qtbot: QtBot, window: MainWindow, make_sound: MakeSound, modifiers: Qt.KeyboardModifier
) -> None:
    path = make_sound()
    event = drop(window, urls_of([path]), modifiers)
    assert event.dropAction() == Qt.DropAction.CopyAction
    wait_for_rows(qtbot, window, 1)
    wait_until_idle(qtbot, window)
    assert path.is_file()


def test_every_part_of_the_window_lets_files_through_to_it(
    qtbot: QtBot, window: MainWindow, make_sound: MakeSound
) -> None:
    window.session.open([make_sound()])
    wait_until_idle(qtbot, window)
    takers = [widget for widget in window.findChildren(QWidget) if widget.acceptDrops()]
    assert takers == []


def test_a_veil_shows_that_the_window_takes_the_files(window: MainWindow, make_sound: MakeSound) -> None:
    mime = urls_of([make_sound()])
    enter = QDragEnterEvent(QPoint(9, 9), ALL_ACTIONS, mime, Qt.MouseButton.LeftButton, NO_KEYS)
    QApplication.sendEvent(window, enter)
    assert window._drop_overlay.isVisible()
    assert window._drop_overlay.geometry() == window.rect()
    window.resize(900, 700)
    assert window._drop_overlay.geometry() == window.rect()
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not window._drop_overlay.isVisible()


def test_text_that_is_dragged_is_not_taken(window: MainWindow) -> None:
    mime = QMimeData()
    mime.setText("some words")
    event = drop(window, mime)
    assert not event.isAccepted()
    assert not window._drop_overlay.isVisible()


def test_a_dropped_folder_gives_its_sound_files(qtbot: QtBot, window: MainWindow, make_sound: MakeSound) -> None:
    first = make_sound("album/b.wav")
    make_sound("album/disc 2/a.WAV")
    (first.parent / "cover.txt").write_text("no sound")
    drop(window, urls_of([first.parent]))
    wait_for_rows(qtbot, window, 2)
    wait_until_idle(qtbot, window)
    assert [track.name for track in window.session.tracks.tracks()] == ["b.wav", "a.WAV"]
    assert window.table.current().name == "b.wav"


def test_a_folder_without_sound_says_so(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    drop(window, urls_of([tmp_path]))
    qtbot.waitUntil(lambda: "No sound files were found" in window.job_bar.message.text())
    assert window.drop_zone.isVisible()


@pytest.mark.skipif(sys.platform == "win32" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may list")
def test_a_locked_folder_says_so(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir(mode=0)
    drop(window, urls_of([locked]))
    qtbot.waitUntil(lambda: "cannot be listed" in window.job_bar.message.text())


def test_the_same_file_twice_is_one_row_and_is_selected_again(
    qtbot: QtBot, window: MainWindow, make_sound: MakeSound
) -> None:
    first, second = make_sound("first.wav"), make_sound("second.wav")
    drop(window, urls_of([first, second]))
    wait_for_rows(qtbot, window, 2)
    wait_until_idle(qtbot, window)
    window.table.select_row(1)
    drop(window, urls_of([first]))
    qtbot.waitUntil(lambda: window.table.current().name == "first.wav")
    assert len(window.session.tracks) == 2
    assert "in the list already" in window.job_bar.message.text()


def test_a_drop_that_the_filter_hides_clears_the_filter(
    qtbot: QtBot, window: MainWindow, make_sound: MakeSound
) -> None:
    drop(window, urls_of([make_sound("first.wav")]))
    wait_for_rows(qtbot, window, 1)
    window.table.filters.line.setText("first")
    drop(window, urls_of([make_sound("second.wav")]))
    wait_for_rows(qtbot, window, 2)
    assert window.table.filters.line.text() == ""
    assert window.table.current().name == "second.wav"
    wait_until_idle(qtbot, window)


def test_foreign_urls_are_left_out_with_a_message(qtbot: QtBot, window: MainWindow, make_sound: MakeSound) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://example.org/song.mp3"), QUrl.fromLocalFile(str(make_sound()))])
    drop(window, mime)
    wait_for_rows(qtbot, window, 1)
    qtbot.waitUntil(lambda: "https://example.org/song.mp3" in window.job_bar.message.text())
    wait_until_idle(qtbot, window)


def test_ten_thousand_files_come_in_batches_and_stay_off_the_gui_thread(
    qtbot: QtBot, make_window: Callable[..., MainWindow], services: Services, tmp_path: Path
) -> None:
    classify = SlowClassifier()
    window = make_window(with_engines(services, classify))
    inserted: list[int] = []
    window.session.tracks.rowsInserted.connect(lambda _parent, first, last: inserted.append(last - first + 1))
    drop(window, urls_of(tmp_path / f"{n}.wav" for n in range(10_000)))
    assert inserted == [], "the drop returns before anything is looked at"
    wait_for_rows(qtbot, window, 10_000)
    assert inserted[0] == 1, "the first one goes ahead: it is what the user looks at"
    assert max(inserted) <= 200
    assert len(inserted) < 1_000, "and not one by one"


def test_names_that_are_no_utf8_arrive(qtbot: QtBot, window: MainWindow, make_sound: MakeSound, tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xff.wav")
    try:
        os.rename(make_sound(), tmp_path / name)
    except OSError as error:
        pytest.skip(f"the file system refuses such names: {error}")
    mime = QMimeData()
    mime.setData("text/uri-list", b"file://" + os.fsencode(tmp_path) + b"/caf%FF.wav\r\n")
    drop(window, mime)
    wait_for_rows(qtbot, window, 1)
    wait_until_idle(qtbot, window)
    (track,) = window.session.tracks.tracks()
    assert track.state is State.DONE
    assert track.name == "caf\ufffd.wav"


def test_files_are_pasted(qtbot: QtBot, window: MainWindow, make_sound: MakeSound) -> None:
    QGuiApplication.clipboard().setMimeData(urls_of([make_sound("a.wav")]))
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    wait_for_rows(qtbot, window, 1)
    QGuiApplication.clipboard().setText(str(make_sound("b.wav")))
    window.actions_.paste.trigger()
    wait_for_rows(qtbot, window, 2)
    wait_until_idle(qtbot, window)


def test_pasting_anything_else_says_so(window: MainWindow) -> None:
    QGuiApplication.clipboard().setText("just words")
    window.actions_.paste.trigger()
    assert "no files" in window.job_bar.message.text()


def test_pasting_into_the_filter_pastes_text(qtbot: QtBot, window: MainWindow, make_sound: MakeSound) -> None:
    window.session.open([make_sound("a.wav")])
    wait_for_rows(qtbot, window, 1)
    wait_until_idle(qtbot, window)
    QGuiApplication.clipboard().setText("jazz")
    window.actions_.find.trigger()
    qtbot.keyClick(window.table.filters.line, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert window.table.filters.line.text() == "jazz"


def test_files_and_folders_by_dialog(
    qtbot: QtBot, window: MainWindow, make_sound: MakeSound, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = make_sound("one/a.wav"), make_sound("two/b.wav")
    asked: list[str] = []

    def choose_files(_parent: QWidget, _title: str, folder: str, _kinds: str) -> tuple[list[str], str]:
        asked.append(folder)
        return [str(one)], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", choose_files)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(two.parent))
    window.actions_.open_files.trigger()
    wait_for_rows(qtbot, window, 1)
    window.actions_.open_folder.trigger()
    wait_for_rows(qtbot, window, 2)
    window.actions_.open_files.trigger()
    assert asked == ["", str(two.parent)], "the dialog opens where the last one stood"
    wait_until_idle(qtbot, window)


def test_a_dialog_that_is_cancelled_opens_nothing(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    window.actions_.open_files.trigger()
    window.actions_.open_folder.trigger()
    assert not window.session.is_busy


def test_demo_clips_open_from_the_empty_window(
    qtbot: QtBot, make_window: Callable[..., MainWindow], services: Services, make_sound: MakeSound
) -> None:
    clip = make_sound("demo/clip.wav")
    window = make_window(Services(**{**vars(services), "demo_clips": lambda: clip.parent}))
    qtbot.mouseClick(window.drop_zone.demo_button, Qt.MouseButton.LeftButton)
    wait_for_rows(qtbot, window, 1)
    wait_until_idle(qtbot, window)


def test_url_helpers_agree_with_the_platform(make_sound: MakeSound) -> None:
    path = make_sound("ordinary.wav")
    assert Path(local_path(QUrl.fromLocalFile(str(path))) or "") == path
