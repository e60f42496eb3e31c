"""What live mode draws: levels, the picture that scrolls, the strip of genres."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from genre_desktop.audio.picture.live_spectrogram import N_ROWS, LiveSpectrogram, frequencies
from genre_desktop.audio.picture.track_picture import decibels
from genre_desktop.gui.live.genre_strip import GenreStrip, ink_on
from genre_desktop.gui.live.level_meter import FLOOR_DB, LevelMeter
from genre_desktop.gui.live.scrolling_spectrogram import ScrollingSpectrogram
from genre_desktop.gui.widgets.theme import ThemeSwitch
from genre_desktop.model.genre_colours import GENRE_COLOURS, genre_colour
from genre_desktop.model.live.live_timeline import LiveSpan
from tests.gui.widgets.test_theme import contrast


@pytest.fixture
def themes(qapp: Any) -> Iterator[ThemeSwitch]:
    made = ThemeSwitch(qapp, "light")
    yield made
    shiboken6.delete(made)
    qapp.setStyleSheet("")


def test_the_meter_holds_the_peak_and_tells_clipping(qtbot: QtBot, themes: ThemeSwitch) -> None:
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


def test_a_sine_has_its_level_and_its_row_at_every_rate() -> None:
    for rate in (44_100, 48_000, 96_000):
        for hz in (300.0, 1_000.0, 6_000.0):
            columns = LiveSpectrogram(rate)
            levels = columns.push(np.sin(2 * np.pi * hz / rate * np.arange(rate)).astype(np.float32))
            row = levels[20:-20].mean(axis=0).argmax()
            assert abs(float(frequencies(rate).place(hz)) - (row + 0.5) / N_ROWS) < 1.5 / N_ROWS
            assert decibels(levels[20:-20, row]).mean() == pytest.approx(0.0, abs=3.0)


def test_the_picture_scrolls_and_its_ring_is_closed(
    qtbot: QtBot, themes: ThemeSwitch, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = ScrollingSpectrogram(themes)
    qtbot.addWidget(view)
    view.resize(846, 200)
    view.show()
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    view.begin(48_000, 0.0125)
    loud = np.full((4, N_ROWS), 200, np.uint8)
    for step in range(700):  # 35 s: three times around
        now[0] += 0.05
        view.add(loud if step == 680 else np.zeros((4, N_ROWS), np.uint8))
        view.advance()
    image = view.grab().toImage()
    lit = [x for x in range(46, image.width() - 8) if image.pixelColor(x, 100).lightness() > 120]
    # 19 steps of 50 ms ago, less the delay: 0.85 to 0.9 s from the right edge.
    ago_s = (image.width() - 8 - np.mean(lit)) / (image.width() - 54) * 10.0
    assert ago_s == pytest.approx(0.875, abs=0.06)


def test_the_strip_tells_what_was_when(qtbot: QtBot, themes: ThemeSwitch) -> None:
    strip = GenreStrip(themes)
    qtbot.addWidget(strip)
    strip.resize(554, strip.sizeHint().height())
    shares = tuple(0.1 for _ in range(10))
    spans = [
        LiveSpan(3.0, 40.0, "jazz", 0.8, shares),
        LiveSpan(40.0, 60.0, "not music", None, None),
        LiveSpan(60.0, 100.0, "unsure", 0.4, shares),
    ]
    strip.show_spans(spans, 100.0)
    assert (
        strip.accessibleDescription() == "0:03 to 0:40: jazz, 80\u00a0%; 0:40 to 1:00: no music; 1:00 to 1:40: unsure"
    )
    at = strip._span_at(QPoint(46 + 250, 10).toPointF())
    assert at == spans[1]
    assert strip._span_at(QPoint(46 + 5, 10).toPointF()) is None
    colours = strip.grab().toImage()
    assert colours.pixelColor(46 + 50, 24).name() == genre_colour("jazz")


@pytest.mark.parametrize("genre", [*GENRE_COLOURS, "unsure"])
def test_names_on_the_strip_can_be_read(genre: str) -> None:
    ground = genre_colour(genre)
    assert contrast(ink_on(QColor(ground)).name(), ground) >= 4.5
