"""The overview of a track in the form that the plots draw."""

from __future__ import annotations

from genre_desktop.audio.peak_pyramid import PeakPyramid
from genre_desktop.audio.peaks import Peaks
from genre_desktop.audio.picture import PictureConfig, SpectrogramTile, TrackPicture, as_levels
from genre_desktop.gui.overview import TrackOverview


def picture_of(overview: TrackOverview, config: PictureConfig) -> TrackPicture:
    """Peaks and mel bands as a picture."""
    peaks = Peaks(overview.low, overview.high, overview.rms, overview.seconds_per_bin)
    return TrackPicture(
        ticket=0,
        path=overview.path,
        config=config,
        codec=overview.details,
        sample_rate=overview.config.sample_rate,
        channels=1,
        duration_s=overview.duration_s,
        peaks=PeakPyramid.of(peaks),
        spectrogram=SpectrogramTile(as_levels(overview.spectrogram_db), 0.0, overview.seconds_per_column),
        problem=overview.problem,
        complete=overview.complete,
    )
