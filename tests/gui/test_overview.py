from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from genre_desktop.audio.config import FeatureConfig
from genre_desktop.audio.filterbank import mel_centres_hz
from genre_desktop.errors import AudioNotFoundError, DamagedAudioError
from genre_desktop.gui.overview import OverviewRequest, TrackOverview, read_overview
from genre_desktop.gui.worker import Report

CONFIG = FeatureConfig()


class Notes:
    """What a work function reported."""

    def __init__(self, cancel_after: int | None = None) -> None:
        self.values: list[TrackOverview] = []
        self._cancel_after = cancel_after
        self.report = Report(lambda _report, _kind, value: self.values.append(value))
        self.report.is_cancelled = lambda: self._cancel_after is not None and len(self.values) >= self._cancel_after


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
