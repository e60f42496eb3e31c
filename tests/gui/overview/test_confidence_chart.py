"""The histogram of confidences."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from genre_desktop.gui.overview.confidence_chart import ConfidenceChart
from genre_desktop.gui.widgets.theme import ThemeSwitch

NAMED = (0, 0, 0, 0, 1, 5, 10, 20, 40, 80)
UNSURE = (0, 0, 2, 4, 0, 0, 0, 0, 0, 0)


@pytest.fixture
def confidence(qtbot: QtBot, qapp: QApplication) -> ConfidenceChart:
    chart = ConfidenceChart(ThemeSwitch(qapp, "light"))
    qtbot.addWidget(chart)
    chart.show_bins(NAMED, UNSURE)
    chart.resize(400, 170)
    chart.show()
    return chart


def middle(chart: ConfidenceChart, number: int) -> QPoint:
    return chart.bar_rect(number).center().toPoint()


def test_bins_are_described(confidence: ConfidenceChart) -> None:
    assert confidence.bar_text(8) == "80–89\u00a0%: 40 tracks"
    assert confidence.bar_text(4) == "40–49\u00a0%: 1 track"
    assert confidence.bar_text(3) == "30–39\u00a0%: 4 tracks, 4 of them unsure"
    assert confidence.bounds(9) == (90, 100)


def test_unsure_tracks_are_stacked_in_grey_on_named_ones(confidence: ConfidenceChart) -> None:
    picture = confidence.grab().toImage()
    named = picture.pixelColor(middle(confidence, 9).x(), confidence.height() - 26)
    unsure = picture.pixelColor(middle(confidence, 3).x(), confidence.height() - 24)
    assert named == QColor("#2b62c4") and unsure == QColor("#bbbbbb")
