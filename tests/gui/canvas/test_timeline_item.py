"""The genre timeline."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from genre_desktop.gui.canvas.timeline_item import span_text
from genre_desktop.gui.canvas.track_plots import TrackPlots
from genre_desktop.model.genre_colours import genre_colour
from genre_desktop.model.prediction import Segment
from genre_desktop.model.timeline import Span
from tests.gui.support.canvas_driver import at, image_of
from tests.gui.support.track_pictures import picture, two_genres


def test_a_bar_is_as_high_as_its_segment_is_sure(plots: TrackPlots) -> None:
    plots.show_picture(picture(10.0))
    plots.show_segments([Segment(0, 5, "reggae", 0.25), Segment(5, 10, "reggae", 0.75)], 10.0)
    image = image_of(plots)
    strong = QColor(genre_colour("reggae"))
    for seconds, sure in ((2.5, 0.25), (7.5, 0.75)):
        assert image.pixelColor(at(plots, seconds, "bars", sure - 0.1)) == strong
        assert image.pixelColor(at(plots, seconds, "bars", sure + 0.1)) != strong


@pytest.mark.parametrize("duration_s", [60.0, 10_800.0])
def test_both_genres_are_seen_however_many_segments_there_are(plots: TrackPlots, duration_s: float) -> None:
    plots.show_picture(picture(duration_s, n_columns=256))
    plots.show_segments(two_genres(duration_s), duration_s)
    image = image_of(plots)
    for share, genre in ((0.25, "disco"), (0.75, "classical")):
        assert image.pixelColor(at(plots, share * duration_s, "bars", 0.2)) == QColor(genre_colour(genre))


def test_the_span_at_a_time_is_found_and_described(plots: TrackPlots) -> None:
    plots.show_segments([Segment(0, 6, "jazz", 0.64), Segment(4, 10, "pop", 0.6)], 10.0)
    span = plots.timeline.span_at(1.0)
    assert span == Span(0.0, 5.0, "jazz", 0.64)
    assert span_text(span) == "0:00 to 0:05: Jazz, 64\u00a0%"
    assert plots.timeline.span_at(11.0) is None
    plots.show_segments((), 0.0)
    assert plots.timeline.span_at(1.0) is None
