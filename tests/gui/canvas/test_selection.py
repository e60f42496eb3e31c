"""The selected region and the cursor of the read-out."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from genre_desktop.gui.canvas.selection import CursorPosition, Selection
from genre_desktop.gui.canvas.time_axis import TimeAxis
from genre_desktop.gui.canvas.track_plots import TrackPlots
from tests.gui.support.canvas_driver import at, drag
from tests.gui.support.track_pictures import picture

Button, Key, Modifier = Qt.MouseButton, Qt.Key, Qt.KeyboardModifier


@pytest.mark.parametrize(
    ("lane", "modifiers"), [("ruler", Modifier.NoModifier), ("spectrogram", Modifier.ShiftModifier)]
)
def test_a_region_is_selected_adjusted_and_cleared(
    qtbot: QtBot, plots: TrackPlots, lane: str, modifiers: Modifier
) -> None:
    plots.show_picture(picture(10.0))
    emitted: list[tuple[float, float] | None] = []
    plots.selection.region_changed.connect(emitted.append)
    drag(plots, at(plots, 6.0, lane), at(plots, 2.0, lane), modifiers=modifiers)
    assert plots.selection.region == pytest.approx((2, 6), abs=0.02)
    assert emitted == [plots.selection.region], "emitted once"
    assert plots.time_axis.visible_s == (0, 10)
    drag(plots, at(plots, plots.selection.region[1], "waveform"), at(plots, 8.0, "waveform"))
    assert plots.selection.region == pytest.approx((2, 8), abs=0.02)
    drag(plots, at(plots, plots.selection.region[0], "waveform"), at(plots, 9.0, "waveform"))
    assert plots.selection.region == pytest.approx((8, 9), abs=0.02), "one edge may pass the other"
    plots.setFocus()
    qtbot.keyClick(plots, Key.Key_Escape)
    assert plots.selection.region is None and emitted[-1] is None and len(emitted) == 4


def test_a_region_stays_inside_the_track_and_is_cleared_with_it(plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    plots.selection.select(-3, 40)
    assert plots.selection.region == (0, 10)
    plots.show_picture(picture(10.0, path="/m/b.wav"))
    assert plots.selection.region is None


def test_keys_move_the_cursor_and_select(qtbot: QtBot, plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    plots.setFocus()
    readouts: list[str] = []
    plots.readout_changed.connect(readouts.append)
    clicked: list[float] = []
    plots.time_clicked.connect(clicked.append)
    qtbot.keyClick(plots, Key.Key_Right, Modifier.ControlModifier)
    assert readouts[-1].startswith("0:05.1") and "Hz" in readouts[-1] and "dB" in readouts[-1]
    assert readouts[-1] in plots.accessibleDescription()
    low = float(readouts[-1].split()[1].replace(",", ""))
    qtbot.keyClick(plots, Key.Key_Up, Modifier.ControlModifier)
    assert float(readouts[-1].split()[1].replace(",", "")) > low
    qtbot.keyClick(plots, Key.Key_Return)
    assert clicked == [pytest.approx(5.1)]
    for _ in range(3):
        qtbot.keyClick(plots, Key.Key_Right, Modifier.ShiftModifier)
    assert plots.selection.region == pytest.approx((5.1, 5.4))
    for _ in range(5):
        qtbot.keyClick(plots, Key.Key_Left, Modifier.ShiftModifier)
    assert plots.selection.region == pytest.approx((4.9, 5.1))


def test_only_final_changes_of_the_region_are_reported() -> None:
    axis = TimeAxis()
    axis.set_duration(10)
    selection = Selection(axis)
    moves: list[None] = []
    changes: list[object] = []
    selection.region_moved.connect(lambda: moves.append(None))
    selection.region_changed.connect(changes.append)
    selection.select(2, 4, is_final=False)
    assert selection.region == (2, 4) and len(moves) == 1 and not changes
    selection.select(2, 2.0001, is_final=False)
    assert selection.region == (2, 4), "too short while it is dragged"
    selection.select(2, 4)
    selection.select(3, 3)
    assert selection.region is None and changes == [(2, 4), None]


def test_the_view_follows_a_cursor_that_leaves_it() -> None:
    axis = TimeAxis()
    axis.set_duration(100)
    axis.show(10, 20)
    selection = Selection(axis)
    selection.move_cursor(0, 0)
    assert selection.cursor == CursorPosition(15, 0.5)
    selection.move_cursor(0.6, 1.0)
    assert selection.cursor == CursorPosition(21, 1.0)
    assert axis.visible_s == pytest.approx((15, 25))
    moved: list[tuple[object, object]] = []
    selection.cursor_moved.connect(lambda before, after: moved.append((before, after)))
    selection.set_cursor(None)
    assert moved == [(CursorPosition(21, 1.0), None)]
