"""Pictures of a library of twenty thousand tracks: table, overview, and dialogs for many tracks."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QPoint, Qt

from genre_desktop.gui.export.export_dialog import ExportDialog
from genre_desktop.gui.export.export_task import Format
from genre_desktop.gui.track_table.failures_dialog import FailuresDialog
from genre_desktop.gui.track_table.set_genre_dialog import SetGenreDialog
from genre_desktop.gui.tracks.columns import Column
from genre_desktop.gui.tracks.track import State
from genre_desktop.gui.tracks.track_filter import FilterState
from genre_desktop.gui.widgets.theme import ThemeSwitch
from tests.gui.conftest import SlowClassifier, with_engines
from tests.gui.screenshots.screenshot_taker import SIZES, ScreenshotTaker, open_dialog
from tests.gui.support.library_rows import library


def take_table(taker: ScreenshotTaker) -> None:
    """Pictures of the table: whole, filtered, scrolled to its other columns, with its menus."""
    take, settle = taker.take, taker.settle
    window = taker.open()
    taker.wait(lambda: not window.session.status().needs_model)
    rows = list(library(20_000))
    tracks, table = window.session.tracks, window.table
    tracks.add(path for path, _ in rows)
    tracks.set_summaries(rows)
    tracks.set_state(list(tracks.tracks())[9:11], State.WORKING)
    table.select_row(3)
    settle()
    take(window, "9-table")
    window.resize(*SIZES[0])
    settle()
    table.view.horizontalScrollBar().setValue(10_000)
    take(window, "9-table-right", SIZES[:1])
    table.view.horizontalScrollBar().setValue(0)
    table.view.sortByColumn(Column.CONFIDENCE.value, Qt.SortOrder.DescendingOrder)
    table.set_filter(
        FilterState(genres=frozenset({"jazz", "rock", "not music"}), by_hand=True, sure_from=70, disagrees=True)
    )
    take(window, "9-filtered")
    table.set_filter(FilterState(styles=frozenset({"techno", "drum and bass"})))
    take(window, "9-filtered-by-style")
    table.set_filter(FilterState(text="quartet night", states=frozenset({State.FAILED.value})))
    take(window, "9-failed", SIZES[:1])
    table.set_filter(FilterState(genres=frozenset({"jazz", "rock"})))
    window.resize(*SIZES[0])
    filters = table.filters
    (themes,) = taker.app.findChildren(ThemeSwitch)
    for theme in ("light", "dark"):
        themes.choose(theme)
        for name, button in (
            ("genre", filters.genre),
            ("style", filters.styles),
            ("confidence", filters.confidence),
            ("state", filters.state),
            ("columns", filters.columns),
        ):
            menu = button.menu()
            menu.popup(button.mapToGlobal(QPoint(0, button.height())))
            settle(0.1)
            menu.grab().save(str(taker.folder / f"9-menu-{name}-{theme}.png"))
            menu.close()
    taker.close(window)


def take_library(taker: ScreenshotTaker) -> None:
    """Pictures of overview, failures, genres by hand and export."""
    take, settle, wait = taker.take, taker.settle, taker.wait
    slow = SlowClassifier()
    window = taker.open(with_engines(taker.services, slow))
    wait(lambda: not window.session.status().needs_model and not window.session.store_client.is_reading_list)
    rows = list(library(20_000))
    tracks, table = window.session.tracks, window.table
    tracks.add(path for path, _ in rows)
    tracks.set_summaries(rows)
    everything = list(tracks.tracks())
    table.select_row(3)
    settle()
    window.actions_.overview.trigger()
    wait(lambda: bool(window.overview.genres.counts))
    settle()
    take(window, "10-overview")
    window.overview.genres.setFocus()
    window.overview.genre_chosen.emit("jazz")
    table.view.selectAll()
    settle(1.5)
    take(window, "10-overview-selection")
    table.set_filter(FilterState())
    window.actions_.overview.trigger()
    table.select_row(3)

    window.track_commands.show_failures()
    taker.take_over(window, open_dialog(window, FailuresDialog), "11-failures")
    open_dialog(window, FailuresDialog).close()
    window.track_commands.ask_for_genre(everything[3:9])
    dialog = open_dialog(window, SetGenreDialog)
    dialog.line.setText("Reg")
    dialog.line.setText("Reggae")
    dialog.line.textEdited.emit("Reggae")
    taker.take_over(window, dialog, "12-by-hand")
    dialog.reject()
    window.export_controller.ask_for_export(everything[3:9], taker.scratch)
    dialog = open_dialog(window, ExportDialog)
    taker.take_over(window, dialog, "13-export")
    dialog.scopes.buttons()[-1].click()
    dialog._start(Format.TABLE, Path(taker.scratch) / "genres.csv")
    wait(lambda: dialog._exported is not None)
    taker.take_over(window, dialog, "13-export-done")
    dialog.reject()

    taker.close(window)
