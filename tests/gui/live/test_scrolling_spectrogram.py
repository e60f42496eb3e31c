from __future__ import annotations

import time

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.audio.picture.live_spectrogram import N_ROWS, LiveSpectrogram, frequencies
from genre_desktop.audio.picture.track_picture import decibels
from genre_desktop.gui.live.scrolling_spectrogram import ScrollingSpectrogram
from genre_desktop.gui.widgets.theme import ThemeSwitch


def test_a_sine_has_its_level_and_its_row_at_every_rate() -> None:
    for rate in (44_100, 48_000, 96_000):
        for hz in (300.0, 1_000.0, 6_000.0):
            columns = LiveSpectrogram(rate)
            levels = columns.push(np.sin(2 * np.pi * hz / rate * np.arange(rate)).astype(np.float32))
            row = levels[20:-20].mean(axis=0).argmax()
            assert abs(float(frequencies(rate).place(hz)) - (row + 0.5) / N_ROWS) < 1.5 / N_ROWS
            assert decibels(levels[20:-20, row]).mean() == pytest.approx(0.0, abs=3.0)


def test_the_picture_scrolls_over_the_seam_of_its_ring_buffer(
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
