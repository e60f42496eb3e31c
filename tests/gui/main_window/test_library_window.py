"""Overview, failures, genres by hand, exports: the dialogs and pages for many tracks."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from genre_desktop.core.errors import AudioEmptyError, DecoderStuckError
from genre_desktop.gui.export.export_dialog import ExportDialog
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.track_table.failures_dialog import FailuresDialog
from genre_desktop.gui.track_table.set_genre_dialog import SetGenreDialog
from genre_desktop.gui.tracks.columns import Column, cell_text
from genre_desktop.gui.tracks.track import State
from genre_desktop.library.export import csv_table as export_module
from genre_desktop.library.files.file_facts import read_facts
from genre_desktop.library.result import TrackResult
from tests.gui.conftest import (
    MakeSound,
    MakeWindow,
    SlowClassifier,
    make_prediction,
    states,
    track_named,
    wait_for_rows,
    wait_until_idle,
    with_engines,
)


def answer(path: Path) -> TrackResult:
    """An album of jazz with one metal track; one that is unsure, two that fail."""
    facts = read_facts(path)
    if path.name == "empty.wav":
        return TrackResult(path, None, AudioEmptyError(path=path), "test-model", facts)
    if path.name == "stuck.wav":
        return TrackResult(path, None, DecoderStuckError(path=path, seconds=60), "test-model", facts)
    if path.name == "unsure.wav":
        return TrackResult(path, make_prediction("unsure", 0.31), None, "test-model", facts)
    genre = "metal" if path.name == "5.wav" else "jazz"
    return TrackResult(path, make_prediction(genre, 0.61 if genre == "metal" else 0.87), None, "test-model", facts)


@pytest.fixture
def library(qtbot: QtBot, make_window: MakeWindow, services: Services, make_sound: MakeSound) -> MainWindow:
    """Nine tracks in one folder."""
    slow = SlowClassifier(answer)
    slow.let(1000)
    window = make_window(with_engines(services, slow))
    names = [*(f"{n}.wav" for n in range(6)), "unsure.wav", "empty.wav", "stuck.wav"]
    window.session.open([make_sound(f"album/{name}", seconds=1) for name in names])
    wait_for_rows(qtbot, window, 9)
    wait_until_idle(qtbot, window)
    return window


def dialog_of(window: MainWindow, kind: type) -> Any:
    (dialog,) = (dialog for dialog in window.findChildren(kind) if dialog.isVisible())
    return dialog


# --- overview -----------------------------------------------------------------------------


@pytest.fixture
def overview(qtbot: QtBot, library: MainWindow) -> MainWindow:
    library.actions_.overview.trigger()
    qtbot.waitUntil(lambda: sum(library.overview.genres.counts) == 7)
    return library


def test_the_overview_takes_the_place_of_the_track(qtbot: QtBot, overview: MainWindow) -> None:
    assert overview.overview.isVisible() and not overview.canvas.isVisible()
    assert dict(zip(overview.overview.genres.genres, overview.overview.genres.counts, strict=True)) == {
        "jazz": 5,
        "metal": 1,
        "unsure": 1,
    }
    assert overview.overview.confidence.counts == (0, 0, 0, 1, 0, 0, 1, 0, 5, 0)
    figures = overview.overview._figures.text()
    assert "6 with a genre (86\u00a0%)" in figures and "2 failed" in figures
    assert overview.overview._scope.text() == "Of all 9 tracks in the list"
    qtbot.keyClick(overview, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert overview.canvas.isVisible() and not overview.actions_.overview.isChecked()


def test_a_bar_filters_the_table(overview: MainWindow) -> None:
    page = overview.overview
    page.genres.chosen.emit(page.genres.genres.index("metal"))
    assert overview.session.tracks.rowCount() == 1
    page.confidence.chosen.emit(8)
    assert overview.session.tracks.rowCount() == 5
    page.confidence.chosen.emit(3)
    assert overview.session.tracks.rowCount() == 1
    assert page.genres.counts == (5, 1, 1), "the chart is of the list and not of the filter"


def test_outliers_lead_to_their_tracks(overview: MainWindow) -> None:
    tree = overview.overview.outliers
    assert tree.topLevelItemCount() == 1
    group = tree.topLevelItem(0)
    assert isinstance(group, QTreeWidgetItem) and group.text(0).startswith("5 of 6 tracks")
    assert "one says metal" in group.text(0)
    outlier = group.child(0)
    assert outlier is not None and outlier.text(0) == "5.wav: metal, 61\u00a0%"
    tree.setCurrentItem(outlier)
    assert overview.table.current().name == "5.wav"


def test_a_selection_is_counted_alone(qtbot: QtBot, overview: MainWindow) -> None:
    for name in ("0.wav", "5.wav"):
        index = overview.session.tracks.index_of(track_named(overview, name))
        flags = overview.table.view.selectionModel().SelectionFlag
        command = flags.Rows | (flags.ClearAndSelect if name == "0.wav" else flags.Select)
        overview.table.view.selectionModel().select(index, command)
    qtbot.waitUntil(lambda: overview.overview._scope.text() == "Of the 2 tracks selected")
    assert overview.overview.genres.counts == (1, 1)


def test_what_changes_is_counted_anew(qtbot: QtBot, overview: MainWindow) -> None:
    overview.session.set_by_hand([track_named(overview, "5.wav")], "jazz")
    qtbot.waitUntil(lambda: overview.overview.genres.counts == (6, 1))
    assert "1 set by hand" in overview.overview._figures.text()
    assert (
        "agrees with itself" in overview.overview._outliers_note.text() and not overview.overview.outliers.isVisible()
    )


def test_an_empty_overview_says_so(qtbot: QtBot, make_window: MakeWindow, services: Services, tmp_path: Path) -> None:
    window = make_window(with_engines(services, SlowClassifier()))
    window.session.open([tmp_path / "a.wav"])
    wait_for_rows(qtbot, window, 1)
    window.actions_.overview.trigger()
    qtbot.waitUntil(lambda: window.overview._figures.text() == "1 not classified yet")
    assert window.overview.genres.counts == ()


# --- failures -----------------------------------------------------------------------------


@pytest.fixture
def failures(library: MainWindow) -> FailuresDialog:
    library.track_commands.show_failures()
    dialog = dialog_of(library, FailuresDialog)
    assert isinstance(dialog, FailuresDialog)
    return dialog


def test_failures_are_listed_with_reasons(failures: FailuresDialog) -> None:
    model = failures.model
    rows = [[model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())]
    assert [row[0] for row in rows] == ["empty.wav", "stuck.wav"]
    assert "is empty" in rows[0][1] and rows[0][2] == "GD-104" and rows[0][3].endswith("album")
    assert "nothing came of it for 60 s" in rows[1][1]
    assert failures._summary.text() == ("2 of 9 tracks failed: 1 × GD-104, 1 × GD-305. The others were not affected.")


def test_failures_are_copied_shown_and_tried_again(
    qtbot: QtBot, library: MainWindow, failures: FailuresDialog, monkeypatch: pytest.MonkeyPatch
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
    assert library.table.current().name == "empty.wav"
    failures.retry.click()
    assert states(library).count(State.FAILED) == 1
    wait_until_idle(qtbot, library)
    qtbot.waitUntil(lambda: failures.model.rowCount() == 2)


def test_the_list_of_failures_empties_with_the_table(
    qtbot: QtBot, library: MainWindow, failures: FailuresDialog
) -> None:
    library.track_list_controller.clear()
    qtbot.waitUntil(lambda: failures._summary.text() == "No track has failed.")
    assert not failures.retry.isEnabled()
    failures.close()
    assert library.track_commands._failures is None or not failures.isVisible()


# --- by hand ------------------------------------------------------------------------------


def select(window: MainWindow, *names: str) -> None:
    flags = window.table.view.selectionModel().SelectionFlag
    window.table.select(track_named(window, names[0]))
    for name in names[1:]:
        index = window.session.tracks.index_of(track_named(window, name))
        window.table.view.selectionModel().select(index, flags.Rows | flags.Select)


def ask_for_genre(window: MainWindow) -> SetGenreDialog:
    window.actions_.by_hand.trigger()
    dialog = dialog_of(window, SetGenreDialog)
    assert isinstance(dialog, SetGenreDialog)
    return dialog


def test_a_genre_of_the_model_is_set_from_the_keyboard(qtbot: QtBot, library: MainWindow) -> None:
    select(library, "0.wav", "empty.wav")
    dialog = ask_for_genre(library)
    qtbot.waitUntil(dialog.line.hasFocus)
    assert not dialog.set_button.isEnabled() and not dialog.model_button.isEnabled()
    qtbot.keyClicks(dialog.line, "HIP-HOP")
    assert dialog.list.currentItem().text() == "Hip-hop"
    qtbot.keyClick(dialog.line, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert track_named(library, "0.wav").by_hand == track_named(library, "empty.wav").by_hand == "hiphop"
    assert cell_text(track_named(library, "empty.wav"), Column.GENRE) == "Hip-hop"
    assert "2 tracks: hip-hop, set by hand." in library.job_bar.message.text()


def test_any_genre_can_be_written_and_is_offered_afterwards(qtbot: QtBot, library: MainWindow) -> None:
    select(library, "0.wav")
    dialog = ask_for_genre(library)
    qtbot.keyClicks(dialog.line, "  Free   jazz ")
    dialog.set_button.click()
    assert track_named(library, "0.wav").by_hand == "Free jazz"
    select(library, "1.wav")
    dialog = ask_for_genre(library)
    texts = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert "Free jazz" in texts and texts[-1] == "Not music" and len(texts) == len(set(texts)) == 12
    dialog.reject()
    select(library, "0.wav")
    dialog = ask_for_genre(library)
    assert dialog.line.text() == "Free jazz" and dialog.model_button.isEnabled()
    dialog.model_button.click()
    assert track_named(library, "0.wav").by_hand is None


def test_an_entry_of_the_list_is_taken_over(library: MainWindow) -> None:
    select(library, "0.wav")
    dialog = ask_for_genre(library)
    dialog.list.setCurrentRow(2)
    assert dialog.line.text() == "Country"
    dialog.list.itemActivated.emit(dialog.list.item(2))
    assert track_named(library, "0.wav").by_hand == "country"


# --- exports ------------------------------------------------------------------------------


@pytest.fixture
def export(qtbot: QtBot, library: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Exports in a format; gives what the dialog says in the end."""

    def run(number: int, name: str, scope: int = 0) -> str:
        target = tmp_path / "out" / name
        target.parent.mkdir(exist_ok=True)
        monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
        monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(target))
        library.actions_.export.trigger()
        dialog = dialog_of(library, ExportDialog)
        dialog.formats.button(number).click()
        dialog.scopes.button(scope).click()
        dialog.export.click()
        assert not dialog._choices.isEnabled()
        qtbot.waitUntil(lambda: dialog._choices.isEnabled())
        text = str(dialog.message.text())
        dialog.reject()
        qtbot.waitUntil(lambda: library.findChild(ExportDialog) is None)
        return text

    return run


def test_a_table_and_json_lines(library: MainWindow, export: Callable[..., str], tmp_path: Path) -> None:
    library.session.set_by_hand([track_named(library, "5.wav")], "jazz")
    assert export(0, "table.csv").startswith("9 tracks written to")
    lines = (tmp_path / "out" / "table.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 10 and lines[0].startswith("path,status,genre")
    assert export(1, "all.jsonl").startswith("9 tracks written to")
    records = [json.loads(line) for line in (tmp_path / "out" / "all.jsonl").read_text().splitlines()]
    assert [record["genre"] for record in records[:6]] == ["jazz"] * 6
    assert records[0]["segments"] and records[8]["error"]["code"] == "GD-305"


def test_playlists_and_a_report(library: MainWindow, export: Callable[..., str], tmp_path: Path) -> None:
    text = export(2, "playlists")
    assert text.startswith("6 tracks in 2 playlists in") and "3 without a genre were left out." in text
    assert "album/5.wav" in (tmp_path / "out" / "playlists" / "metal.m3u8").read_text()
    assert export(3, "report.html").startswith("9 tracks written to")
    assert "5.wav" in (tmp_path / "out" / "report.html").read_text()


def test_the_selection_comes_first_then_what_the_filter_shows(
    library: MainWindow, export: Callable[..., str], tmp_path: Path
) -> None:
    library.table.filter_line.setText("wav")
    select(library, "0.wav", "1.wav")
    assert export(0, "selected.csv").startswith("2 tracks")
    library.overview.genre_chosen.emit("jazz")
    select(library, "0.wav")
    assert export(0, "shown.csv").startswith("5 tracks")
    assert export(0, "all.csv", scope=1).startswith("9 tracks")


def test_a_file_that_is_something_else_is_left_alone(
    library: MainWindow, export: Callable[..., str], tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "thesis.csv").write_text("my thesis")
    assert "it holds something else" in export(0, "thesis.csv")
    assert (tmp_path / "out" / "thesis.csv").read_text() == "my thesis"


def test_an_export_that_is_cancelled_changes_nothing(
    qtbot: QtBot, library: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "genres.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    row = export_module.summary_row
    monkeypatch.setattr(export_module, "summary_row", lambda *given: time.sleep(0.0005) or row(*given))
    library.actions_.export.trigger()
    dialog = dialog_of(library, ExportDialog)
    rows = dialog._scopes[0].rows()
    dialog._scopes[0].__dict__["rows"] = lambda: rows * 10_000
    dialog.export.click()
    qtbot.waitUntil(lambda: dialog.progress.value() > 0)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.message.text() == "Cancelled." and dialog.isVisible()
    assert not library.export_controller._worker.busy
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    library.export_controller._worker.shutdown()
    assert list(tmp_path.glob("genres.csv*")) == []


# --- what was skipped ---------------------------------------------------------------------


def test_what_a_scan_passes_over_is_told(qtbot: QtBot, window: MainWindow, make_sound: MakeSound) -> None:
    sound = make_sound("music/a.wav")
    for name in ("cover.jpg", "notes.txt", ".hidden.wav"):
        (sound.parent / name).touch()
    window.session.open([sound.parent])
    wait_for_rows(qtbot, window, 1)
    wait_until_idle(qtbot, window)
    qtbot.waitUntil(window.job_bar.skipped.isVisible)
    assert window.job_bar.skipped.text() == "3 skipped"
    assert "1 found, 3 skipped: 2 files of other kinds (.jpg, .txt), 1 hidden" in window.job_bar.skipped.toolTip()
    window.job_bar.skipped.click()
    dialog = window.findChild(QDialog)
    text = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "cover.jpg" in text and ".hidden.wav" in text
    dialog.close()
