"""The table and the commands of the list."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.tracks.track import State
from genre_desktop.gui.tracks.track_filter import FilterState
from tests.gui.conftest import MakeSound, MakeWindow, states, track_named
from tests.gui.support.answered_album import open_album


@pytest.fixture
def album(qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound) -> MainWindow:
    return open_album(qtbot, make_window, services, make_sound)


def test_selecting_a_track_that_the_filter_hides_clears_the_filter(album: MainWindow) -> None:
    album.table.set_filter(FilterState(text="metal"))
    wanted = track_named(album, "0.wav")
    album.track_list_controller.select_path(wanted.path)
    assert album.table.current() is wanted and album.session.shown is wanted
    assert not album.session.tracks.filter_state.is_active
    album.track_list_controller.select_path(str(Path("/nowhere.wav").absolute()))
    assert album.table.current() is wanted


def test_removing_selects_the_row_that_follows(album: MainWindow) -> None:
    album.table.select(track_named(album, "2.wav"))
    album.actions_.remove.trigger()
    assert len(album.session.tracks) == 8
    current = album.table.current()
    assert current is not None and current.name == "3.wav"
    album.actions_.clear.trigger()
    assert len(album.session.tracks) == 0 and album.session.shown is None


def test_what_failed_is_tried_again(qtbot: QtBot, album: MainWindow) -> None:
    assert album.actions_.retry_failed.isEnabled() and album.actions_.failures.isEnabled()
    album.session.queue.set_paused(True)
    album.actions_.retry_failed.trigger()
    assert states(album)[-2:] == [State.WAITING] * 2 and states(album)[:-2] == [State.DONE] * 7


def test_undo_names_its_step_in_the_menu(album: MainWindow) -> None:
    album.table.select(track_named(album, "2.wav"))
    album.actions_.remove.trigger()
    assert album.actions_.undo.text() == "&Undo: removing 1 track"
    album.actions_.undo.trigger()
    assert not album.actions_.undo.isEnabled()
    assert album.actions_.redo.text() == "&Do again: removing 1 track"


def test_the_menu_opens_over_selected_tracks_alone(qtbot: QtBot, album: MainWindow) -> None:
    def menus() -> list[QMenu]:
        return [menu for menu in album.findChildren(QMenu) if menu.isVisible()]

    album.table.view.clearSelection()
    album.table.menu_requested.emit(album.mapToGlobal(album.rect().center()))
    assert menus() == []
    album.table.select(track_named(album, "2.wav"))
    album.table.menu_requested.emit(album.mapToGlobal(album.rect().center()))
    (menu,) = menus()
    menu.close()


def test_nothing_can_be_done_with_an_empty_list(window: MainWindow) -> None:
    actions = window.actions_
    for action in (actions.again, actions.remove, actions.clear, actions.find, actions.retry_failed, actions.failures):
        assert not action.isEnabled()
