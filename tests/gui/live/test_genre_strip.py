from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from genre_desktop.gui.live.genre_strip import GenreStrip, contrasting_text_colour
from genre_desktop.gui.widgets.theme import ThemeSwitch
from genre_desktop.model.genre_colours import GENRE_COLOURS, genre_colour
from genre_desktop.model.live.live_timeline import LiveSpan
from tests.gui.widgets.test_theme import contrast


def test_the_strip_shows_and_describes_each_span(qtbot: QtBot, themes: ThemeSwitch) -> None:
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
    assert contrast(contrasting_text_colour(QColor(ground)).name(), ground) >= 4.5
