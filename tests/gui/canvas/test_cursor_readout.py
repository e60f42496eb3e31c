"""The values at the cursor."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from genre_desktop.audio.picture.track_picture import (
    FrequencyRange,
)
from genre_desktop.gui.canvas.track_plots import TrackPlots
from genre_desktop.model.prediction import Segment
from tests.gui.support.canvas_driver import at
from tests.gui.support.track_pictures import picture


def test_the_mouse_reads_time_frequency_level_and_genre(qtbot: QtBot, plots: TrackPlots) -> None:
    made = picture(10.0)
    plots.show_picture(made)
    plots.show_segments([Segment(0, 10, "jazz", 0.64)], 10.0)
    readouts: list[str] = []
    plots.readout_changed.connect(readouts.append)
    qtbot.mouseMove(plots, at(plots, 4.0, share=0.25))
    time, hz, _, db, unit, genre, figure = readouts[-1].split()[:7]
    assert time.startswith(("0:03.9", "0:04.0")) and unit == "dB" and (genre, figure) == ("Jazz", "64")
    axis = FrequencyRange.of(made.config, made.sample_rate)
    assert float(hz.replace(",", "")) == pytest.approx(float(axis.hz(0.25)), rel=0.05)
    column = int(4.0 / made.spectrogram.seconds_per_column)
    around = made.spectrogram.levels[column - 6 : column + 7, 94:99].astype(float) / 2 - 120
    assert around.min() - 1 <= float(db.replace("−", "-")) <= around.max() + 1
    qtbot.mouseMove(plots, at(plots, 6.0, "bars"))
    assert readouts[-1].startswith(("0:05.9", "0:06.0")) and "Hz" not in readouts[-1] and "Jazz" in readouts[-1]
    QApplication.sendEvent(plots, QEvent(QEvent.Type.Leave))
    assert readouts[-1] == ""


def test_without_a_cursor_the_selected_region_is_read_out(plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    readouts: list[str] = []
    plots.readout_changed.connect(readouts.append)
    plots.selection.select(2, 4.5)
    assert readouts[-1] == "Selected: 0:02.00 to 0:04.50 (2.50 s)"
    assert readouts[-1] in plots.accessibleDescription()
