from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from genre_desktop.gui.live.level_meter import FLOOR_DB, LevelMeter
from genre_desktop.gui.widgets.theme import ThemeSwitch


def test_the_meter_holds_the_peak_and_marks_clipping(qtbot: QtBot, themes: ThemeSwitch) -> None:
    meter = LevelMeter(themes)
    qtbot.addWidget(meter)
    for _ in range(60):
        meter.add(0.5, 0.25, 0.05)
    assert meter.peak_db == pytest.approx(-6.02, abs=0.1)
    assert meter.rms_db == pytest.approx(-12.04, abs=0.1)
    assert not meter.has_clipped
    meter.add(0.01, 0.005, 0.05)
    assert meter.held_db == pytest.approx(-6.02, abs=0.1)
    assert "peak -6 dB" in meter.accessibleDescription()
    meter.add(1.0, 0.5, 0.05)
    assert meter.has_clipped and "clipped" in meter.accessibleDescription()
    meter.resize(meter.sizeHint())
    qtbot.mouseClick(meter, Qt.MouseButton.LeftButton)
    assert not meter.has_clipped
    meter.clear()
    assert meter.peak_db == meter.rms_db == FLOOR_DB


def test_the_mean_is_never_shown_above_the_peak(
    qtbot: QtBot, themes: ThemeSwitch, monkeypatch: pytest.MonkeyPatch
) -> None:
    meter = LevelMeter(themes)
    qtbot.addWidget(meter)
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    for peak in [0.9] * 40 + [0.001] * 40:  # a square wave that ends
        now[0] += 0.05
        meter.add(peak, peak, 0.05)
        assert meter.rms_db <= meter.peak_db <= meter.held_db
