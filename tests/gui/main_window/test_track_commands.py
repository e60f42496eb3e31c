"""The commands that open dialogs on tracks: failures, genre by hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.track_table.failures_dialog import FailuresDialog
from genre_desktop.gui.track_table.set_genre_dialog import SetGenreDialog
from genre_desktop.gui.tracks.columns import Column, cell_text
from genre_desktop.gui.tracks.track import State
from tests.gui.conftest import (
    MakeSound,
    MakeWindow,
    states,
    track_named,
    wait_until_idle,
)
from tests.gui.support.answered_album import dialog_of, open_album, select_names


@pytest.fixture
def album(qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound) -> MainWindow:
    return open_album(qtbot, make_window, services, make_sound)


@pytest.fixture
def failures(album: MainWindow) -> FailuresDialog:
    album.track_commands.show_failures()
    dialog = dialog_of(album, FailuresDialog)
    assert isinstance(dialog, FailuresDialog)
    return dialog


def ask_for_genre(window: MainWindow) -> SetGenreDialog:
    window.actions_.by_hand.trigger()
    dialog = dialog_of(window, SetGenreDialog)
    assert isinstance(dialog, SetGenreDialog)
    return dialog


def test_failures_are_listed_with_reasons(failures: FailuresDialog) -> None:
    model = failures.model
    rows = [[model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())]
    assert [row[0] for row in rows] == ["empty.wav", "stuck.wav"]
    assert "is empty" in rows[0][1] and rows[0][2] == "GD-104" and rows[0][3].endswith("album")
    assert "nothing came of it for 60 s" in rows[1][1]
    assert failures._summary.text() == ("2 of 9 tracks failed: 1 × GD-104, 1 × GD-305. The others were not affected.")


def test_failures_are_copied_shown_and_tried_again(
    qtbot: QtBot, album: MainWindow, failures: FailuresDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    revealed: list[Path] = []
    monkeypatch.setattr(
        "genre_desktop.gui.widgets.file_manager.show_in_file_manager", lambda path: revealed.append(path) or True
    )
    assert not failures.reveal.isEnabled() and failures.retry.text() == "&Retry all"
    failures.copy.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert [line.split("\t")[1] for line in lines] == ["GD-104", "GD-305"]
    failures.view.selectRow(1)
    assert failures.retry.text() == "&Retry selected"
    failures.reveal.click()
    assert [path.name for path in revealed] == ["stuck.wav"]
    failures.copy.click()
    assert len(QGuiApplication.clipboard().text().splitlines()) == 1
    failures.view.activated.emit(failures.model.index(0, 0))
    assert album.table.current().name == "empty.wav"
    failures.retry.click()
    assert states(album).count(State.FAILED) == 1
    wait_until_idle(qtbot, album)
    qtbot.waitUntil(lambda: failures.model.rowCount() == 2)


def test_the_list_of_failures_empties_with_the_table(qtbot: QtBot, album: MainWindow, failures: FailuresDialog) -> None:
    album.track_list_controller.clear()
    qtbot.waitUntil(lambda: failures._summary.text() == "No track has failed.")
    assert not failures.retry.isEnabled()
    failures.close()
    assert album.track_commands._failures is None or not failures.isVisible()


def test_a_genre_of_the_model_is_set_from_the_keyboard(qtbot: QtBot, album: MainWindow) -> None:
    select_names(album, "0.wav", "empty.wav")
    dialog = ask_for_genre(album)
    qtbot.waitUntil(dialog.line.hasFocus)
    assert not dialog.set_button.isEnabled() and not dialog.model_button.isEnabled()
    qtbot.keyClicks(dialog.line, "HIP-HOP")
    assert dialog.list.currentItem().text() == "Hip-hop"
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert track_named(album, "0.wav").by_hand == track_named(album, "empty.wav").by_hand == "hiphop"
    assert cell_text(track_named(album, "empty.wav"), Column.GENRE) == "Hip-hop"
    assert "2 tracks: hip-hop, set by hand." in album.job_bar.message.text()


def test_any_genre_can_be_written_and_is_offered_afterwards(qtbot: QtBot, album: MainWindow) -> None:
    select_names(album, "0.wav")
    dialog = ask_for_genre(album)
    qtbot.keyClicks(dialog.line, "  Free   jazz ")
    dialog.set_button.click()
    assert track_named(album, "0.wav").by_hand == "Free jazz"
    select_names(album, "1.wav")
    dialog = ask_for_genre(album)
    texts = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert "Free jazz" in texts and texts[-1] == "Not music" and len(texts) == len(set(texts)) == 12
    dialog.reject()
    select_names(album, "0.wav")
    dialog = ask_for_genre(album)
    assert dialog.line.text() == "Free jazz" and dialog.model_button.isEnabled()
    dialog.model_button.click()
    assert track_named(album, "0.wav").by_hand is None


def test_an_entry_of_the_list_is_taken_over(album: MainWindow) -> None:
    select_names(album, "0.wav")
    dialog = ask_for_genre(album)
    dialog.list.setCurrentRow(2)
    assert dialog.line.text() == "Country"
    dialog.list.itemActivated.emit(dialog.list.item(2))
    assert track_named(album, "0.wav").by_hand == "country"
