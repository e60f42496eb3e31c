"""Results of the list exported to files."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from genre_desktop.gui.export import export_dialog, export_task
from genre_desktop.gui.export.export_dialog import ExportDialog
from genre_desktop.gui.export.export_task import ExportRequest, Format
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.library.export import csv_table as export_module
from tests.gui.conftest import (
    MakeSound,
    MakeWindow,
    make_bundle,
    track_named,
)
from tests.gui.support.answered_album import dialog_of, open_album, select_names


@pytest.fixture
def album(qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound) -> MainWindow:
    return open_album(qtbot, make_window, services, make_sound)


@pytest.fixture
def export(qtbot: QtBot, album: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Exports in a format; gives what the dialog says in the end."""

    def run(number: int, name: str, scope: int = 0) -> str:
        target = tmp_path / "out" / name
        target.parent.mkdir(exist_ok=True)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(target))
        album.actions_.export.trigger()
        dialog = dialog_of(album, ExportDialog)
        dialog.formats.button(number).click()
        dialog.scopes.button(scope).click()
        dialog.export.click()
        assert not dialog._choices.isEnabled()
        qtbot.waitUntil(lambda: dialog._choices.isEnabled())
        text = str(dialog.message.text())
        dialog.reject()
        qtbot.waitUntil(lambda: album.findChild(ExportDialog) is None)
        return text

    return run


def test_a_table_and_json_lines(album: MainWindow, export: Callable[..., str], tmp_path: Path) -> None:
    album.session.set_by_hand([track_named(album, "5.wav")], "jazz")
    assert export(0, "table.csv").startswith("9 tracks written to")
    lines = (tmp_path / "out" / "table.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 10 and lines[0].startswith("path,status,genre")
    assert export(1, "all.jsonl").startswith("9 tracks written to")
    records = [json.loads(line) for line in (tmp_path / "out" / "all.jsonl").read_text().splitlines()]
    assert [record["genre"] for record in records[:6]] == ["jazz"] * 6
    assert records[0]["segments"] and records[8]["error"]["code"] == "GD-305"


def test_playlists_and_a_report(album: MainWindow, export: Callable[..., str], tmp_path: Path) -> None:
    text = export(2, "playlists")
    assert text.startswith("6 tracks in 2 playlists in") and "3 without a genre were left out." in text
    assert "album/5.wav" in (tmp_path / "out" / "playlists" / "metal.m3u8").read_text()
    assert export(3, "report.html").startswith("9 tracks written to")
    assert "5.wav" in (tmp_path / "out" / "report.html").read_text()


def test_every_format_can_be_chosen_and_has_a_sink_of_its_own(tmp_path: Path) -> None:
    in_files = [format_ for format_ in Format if format_ is not Format.CLIPBOARD]
    assert [choice.format for choice in export_dialog._formats()] == in_files
    sinks = {
        type(export_task._new_sink(ExportRequest(format_, tmp_path, (), make_bundle()), tmp_path))
        for format_ in in_files
    }
    assert len(sinks) == len(in_files)


def test_the_selection_comes_first_then_what_the_filter_shows(
    album: MainWindow, export: Callable[..., str], tmp_path: Path
) -> None:
    album.table.filters.line.setText("wav")
    select_names(album, "0.wav", "1.wav")
    assert export(0, "selected.csv").startswith("2 tracks")
    album.overview.genre_chosen.emit("jazz")
    select_names(album, "0.wav")
    assert export(0, "shown.csv").startswith("5 tracks")
    assert export(0, "all.csv", scope=1).startswith("9 tracks")


def test_a_file_that_is_something_else_is_left_alone(
    album: MainWindow, export: Callable[..., str], tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.csv").write_text("my thesis")
    assert "it holds something else" in export(0, "thesis.csv")
    assert (tmp_path / "out" / "thesis.csv").read_text() == "my thesis"


def test_an_export_that_is_cancelled_changes_nothing(
    qtbot: QtBot, album: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "genres.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    row = export_module.summary_row
    monkeypatch.setattr(export_module, "summary_row", lambda *given: time.sleep(0.0005) or row(*given))
    album.actions_.export.trigger()
    dialog = dialog_of(album, ExportDialog)
    rows = dialog._scopes[0].rows()
    dialog._scopes[0].__dict__["rows"] = lambda: rows * 10_000
    dialog.export.click()
    qtbot.waitUntil(lambda: dialog.progress.value() > 0)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.message.text() == "Cancelled." and dialog.isVisible()
    assert not album.export_controller._worker.busy
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    album.export_controller._worker.shutdown()
    assert list(tmp_path.glob("genres.csv*")) == []
