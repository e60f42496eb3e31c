"""Every odd file that real music folders hold goes through the window."""

from __future__ import annotations

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.tracks.columns import Column
from genre_desktop.gui.tracks.track import State
from tests.gui.conftest import wait_for_rows, wait_until_idle
from tests.support.odd_files import OddFile, make_odd_files


@pytest.fixture(scope="module")
def odd_files(tmp_path_factory: pytest.TempPathFactory) -> list[OddFile]:
    return make_odd_files(tmp_path_factory.mktemp("odd"))


def test_each_gets_a_genre_or_a_sentence(qtbot: QtBot, window: MainWindow, odd_files: list[OddFile]) -> None:
    # A folder that was named would be walked; here the name of it is what is odd.
    files = [odd for odd in odd_files if not odd.path.is_dir()]
    assert len(files) >= 40
    window.session.open([odd.path for odd in files])
    wait_for_rows(qtbot, window, len(files))
    wait_until_idle(qtbot, window)
    for odd in files:
        track = window.session.tracks.find(odd.path)
        assert track is not None, odd
        index = window.session.tracks.index_of(track)
        text = index.siblingAtColumn(Column.GENRE.value).data()
        assert text and "\n" not in text, odd
        name = index.data()
        assert name and name.isprintable() and "\udcff" not in name, odd
        if track.state is State.FAILED:
            assert track.error is not None and track.error.code != "GD-900", (odd, track.error)
            assert odd.expect != "genre", (odd, track.error)
        else:
            assert track.state is State.DONE and odd.expect != "error", (odd, track.summary)


def test_each_can_be_looked_at(qtbot: QtBot, window: MainWindow, odd_files: list[OddFile], tmp_path: Path) -> None:
    files = [odd for odd in odd_files if not odd.path.is_dir()]
    window.session.open([odd.path for odd in files])
    wait_for_rows(qtbot, window, len(files))
    canvas = window.canvas
    for row in range(len(files)):
        window.table.select_row(row)
        qtbot.waitUntil(lambda: not window.session.reader.is_reading)
        drawn = canvas._pages.currentWidget() is canvas.plots
        assert drawn or canvas._details.text().startswith("GD-1"), window.table.current().name
    wait_until_idle(qtbot, window)
