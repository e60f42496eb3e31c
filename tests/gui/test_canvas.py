from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import shiboken6
import soundfile
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from genre_desktop.audio.config import FeatureConfig
from genre_desktop.audio.filterbank import mel_centres_hz
from genre_desktop.errors import AudioNotFoundError, DamagedAudioError
from genre_desktop.gui.overview import OverviewRequest, TrackOverview, read_overview
from genre_desktop.gui.plot_items import FrequencyAxis, TimeAxis, mel_position, span_text
from genre_desktop.gui.plots import TrackPlots
from genre_desktop.gui.theme import LIGHT
from genre_desktop.gui.timeline import Span
from genre_desktop.gui.worker import Report
from genre_desktop.model.genres import genre_colour
from genre_desktop.model.prediction import Segment

CONFIG = FeatureConfig()


class Notes:
    """What a work function reported."""

    def __init__(self, cancel_after: int | None = None) -> None:
        self.values: list[TrackOverview] = []
        self._cancel_after = cancel_after
        self.report = Report(lambda _report, _kind, value: self.values.append(value))
        self.report.is_cancelled = lambda: self._cancel_after is not None and len(self.values) >= self._cancel_after


def overview(seconds: float = 10.0, **changes: object) -> TrackOverview:
    n_columns = int(seconds / CONFIG.frame_s)
    n_bins = int(seconds * 100)
    envelope = np.linspace(0, 0.8, n_bins, dtype=np.float32)
    values = {
        "path": "/m/a.wav",
        "config": CONFIG,
        "duration_s": seconds,
        "low": -envelope,
        "high": envelope,
        "rms": envelope / 2,
        "seconds_per_bin": 0.01,
        "spectrogram_db": np.full((n_columns, CONFIG.n_mels), -60, np.float32),
        "seconds_per_column": CONFIG.frame_s,
        "details": "",
        "problem": None,
        "complete": True,
    }
    return TrackOverview(**{**values, **changes})


# -- reading -------------------------------------------------------------------------------


def test_one_pass_gives_waveform_and_spectrogram(tmp_path: Path) -> None:
    path = tmp_path / "tone.wav"
    time = np.arange(65 * CONFIG.sample_rate) / CONFIG.sample_rate
    soundfile.write(path, 0.3 * np.sin(2 * np.pi * 1000 * time), CONFIG.sample_rate)
    notes = Notes()
    result = read_overview(OverviewRequest(str(path), CONFIG), notes.report)
    assert result is not None and result.complete
    assert result.duration_s == pytest.approx(65, abs=0.05)
    assert result.low.size * result.seconds_per_bin == pytest.approx(65, abs=result.seconds_per_bin)
    assert float(result.high.max()) == pytest.approx(0.3, abs=0.02)
    assert len(result.spectrogram_db) * result.seconds_per_column == pytest.approx(65, abs=0.1)
    loudest = mel_centres_hz(CONFIG)[int(result.spectrogram_db.mean(axis=0).argmax())]
    assert loudest == pytest.approx(1000, rel=0.05)
    assert "22.05 kHz" in result.details


def test_parts_are_handed_over_while_decoding_goes_on(make_sound: Callable[..., Path]) -> None:
    notes = Notes()
    path = make_sound(seconds=30)
    result = read_overview(OverviewRequest(str(path), CONFIG), notes.report)
    first = notes.values[0]
    assert not first.complete
    assert first.duration_s == pytest.approx(30, abs=0.1), "announced by the header: the axis does not jump"
    assert 0 < first.low.size * first.seconds_per_bin < 30
    assert result is not None and result.complete


def test_a_cancelled_reading_gives_nothing(make_sound: Callable[..., Path]) -> None:
    notes = Notes(cancel_after=1)
    assert read_overview(OverviewRequest(str(make_sound(seconds=60)), CONFIG), notes.report) is None
    assert len(notes.values) == 1


def test_a_missing_file_is_a_typed_error(tmp_path: Path) -> None:
    with pytest.raises(AudioNotFoundError):
        read_overview(OverviewRequest(str(tmp_path / "gone.wav"), CONFIG), Notes().report)


def test_a_damaged_file_is_shown_as_far_as_it_goes(make_sound: Callable[..., Path]) -> None:
    path = make_sound(seconds=20)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    result = read_overview(OverviewRequest(str(path), CONFIG), Notes().report)
    assert result is not None
    assert isinstance(result.problem, DamagedAudioError)
    assert result.duration_s == pytest.approx(10, abs=0.5)


# -- axes ----------------------------------------------------------------------------------


def test_frequencies_lie_where_their_bands_are_drawn() -> None:
    centres = mel_centres_hz(CONFIG)
    for band in (0, 17, 64, 127):
        assert mel_position(float(centres[band]), CONFIG) == pytest.approx(band + 0.5)


@pytest.mark.parametrize(
    ("config", "expected"),
    [
        (CONFIG, ["100 Hz", "200 Hz", "500 Hz", "1 kHz", "2 kHz", "5 kHz", "10 kHz"]),
        (
            FeatureConfig(sample_rate=16_000, fmax=8_000, n_mels=96),
            ["100 Hz", "200 Hz", "500 Hz", "1 kHz", "2 kHz", "5 kHz"],
        ),
        (FeatureConfig(fmin=300.0, fmax=3_000), ["500 Hz", "1 kHz", "2 kHz"]),
    ],
)
def test_ticks_stand_at_round_frequencies_inside_the_range(
    qapp: QApplication, config: FeatureConfig, expected: list[str]
) -> None:
    axis = FrequencyAxis()
    axis.set_config(config)
    assert [text for _, _, text in axis.marks()] == expected
    positions = [position for _, position, _ in axis.marks()]
    assert positions == sorted(positions)


@pytest.mark.parametrize(
    ("seconds", "width", "step"), [(30, 500, 5), (241, 500, 60), (10_800, 500, 1800), (2, 500, 0.5)]
)
def test_time_ticks_are_round_and_not_crowded(qapp: QApplication, seconds: float, width: int, step: float) -> None:
    assert TimeAxis().tickSpacing(0, seconds, width) == [(step, 0)]


def test_time_is_written_as_minutes_and_seconds(qapp: QApplication) -> None:
    axis = TimeAxis()
    assert axis.tickStrings([0, 65, 3725], 1, 5) == ["0:00", "1:05", "1:02:05"]
    assert axis.tickStrings([1.5, 2.0], 1, 0.5) == ["0:01.5", "0:02.0"]


# -- drawing -------------------------------------------------------------------------------


@pytest.fixture
def plots(qtbot: QtBot) -> Iterator[TrackPlots]:
    made = TrackPlots(LIGHT)
    made.resize(600, 400)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.close()
    shiboken6.delete(made)


def colours_in(plots: TrackPlots) -> set[str]:
    image: QImage = plots.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(0, image.width(), 2) for y in range(0, image.height(), 2)}


def test_waveform_spectrogram_and_timeline_share_one_time_axis(plots: TrackPlots) -> None:
    plots.show_overview(overview(10.0))
    assert plots.visible_s() == (0, 10)
    plots.zoom(0.5)
    start, end = plots.visible_s()
    assert end - start == pytest.approx(5)
    for plot in (plots._waveform_plot, plots._timeline_plot):
        assert plot.getViewBox().viewRange()[0] == pytest.approx([start, end], abs=0.2)


def test_zoom_and_scrolling_stay_inside_the_track(plots: TrackPlots) -> None:
    plots.show_overview(overview(10.0))
    for _ in range(20):
        plots.zoom(2.0)
    assert plots.visible_s() == (0, 10)
    plots.zoom(0.2)
    for _ in range(20):
        plots.scroll(0.5)
    assert plots.visible_s()[1] == pytest.approx(10)
    for _ in range(20):
        plots.scroll(-0.5)
    assert plots.visible_s()[0] == pytest.approx(0)
    for _ in range(40):
        plots.zoom(0.5)
    assert plots.visible_s()[1] - plots.visible_s()[0] == pytest.approx(0.5)
    plots.show_all()
    assert plots.visible_s() == (0, 10)


def test_the_zoom_stays_while_more_of_the_same_track_arrives(plots: TrackPlots) -> None:
    plots.show_overview(overview(10.0, complete=False))
    plots.zoom(0.5)
    zoomed = plots.visible_s()
    plots.show_overview(overview(10.0))
    assert plots.visible_s() == zoomed
    plots.show_overview(overview(20.0, path="/m/b.wav"))
    assert plots.visible_s() == (0, 20)


def test_everything_is_drawn(plots: TrackPlots) -> None:
    plots.show_overview(overview(10.0))
    plots.show_segments([Segment(0, 6, "reggae", 0.6), Segment(4, 10, "pop", 0.6)], 10.0)
    seen = colours_in(plots)
    for colour in (LIGHT.waveform, LIGHT.waveform_core, genre_colour("reggae"), genre_colour("pop")):
        assert QColor(colour).name() in seen


def test_silence_does_not_glow(plots: TrackPlots) -> None:
    columns = np.full((400, CONFIG.n_mels), -100, np.float32)
    plots.show_overview(overview(9.0, spectrogram_db=columns))
    low, high = plots.spectrogram.levels
    assert (high, low) == (-50, -100)


def test_a_track_without_a_frame_yet_is_no_problem(plots: TrackPlots) -> None:
    plots.show_overview(overview(9.0, spectrogram_db=np.empty((0, CONFIG.n_mels), np.float32)))
    assert not plots.spectrogram.isVisible()
    plots.show_overview(overview(9.0))
    assert plots.spectrogram.isVisible()


def test_pointing_at_the_spectrogram_reads_it(plots: TrackPlots) -> None:
    plots.show_overview(overview(10.0))
    heard: list[str] = []
    plots.pointed_at.connect(heard.append)
    box = plots._spectrogram_plot.getViewBox()
    plots._point_at((box.sceneBoundingRect().center(),))
    assert heard[-1].startswith("0:0") and "Hz" in heard[-1] and "-60 dB" in heard[-1]
    plots._point_at((box.sceneBoundingRect().topLeft() * 0,))
    assert heard[-1] == ""


def test_the_timeline_tells_figures(plots: TrackPlots) -> None:
    plots.show_segments([Segment(0, 6, "jazz", 0.64), Segment(4, 10, "pop", 0.6)], 10.0)
    span = plots.timeline.span_at(1.0)
    assert span == Span(0.0, 5.0, "jazz", 0.64)
    assert span_text(span) == "0:00 to 0:05: Jazz, 64\u00a0%"
    assert plots.timeline.span_at(11.0) is None
    plots.show_segments((), 0.0)
    assert plots.timeline.span_at(1.0) is None
