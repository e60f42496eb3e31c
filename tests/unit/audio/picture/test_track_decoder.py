from __future__ import annotations

from pathlib import Path

import pytest

from genre_desktop.audio.picture.track_decoder import TrackDecoder
from genre_desktop.core.errors import AudioNotFoundError, DamagedAudioError
from tests.support.picture_client import CONFIG, RATE, long_file, loudest_hz, tone


def test_a_pass_gives_the_picture_of_the_whole_track(tmp_path: Path) -> None:
    path = str(tone(tmp_path / "a.wav", seconds=12.0))
    with TrackDecoder(path, CONFIG.n_fft) as decoder:
        for block in decoder.blocks():
            decoder.push(block)
        track = decoder.finish()
    picture = track.picture(7, CONFIG)
    assert picture.complete and (picture.ticket, picture.path, picture.config) == (7, path, CONFIG)
    assert picture.duration_s == track.duration_s == pytest.approx(12.0)
    assert (picture.sample_rate, picture.channels, picture.problem) == (RATE, 2, None)
    assert loudest_hz(picture) == pytest.approx(1_000, rel=0.02)


def test_a_part_has_the_length_of_the_header_and_the_peaks_so_far(tmp_path: Path) -> None:
    path, sound = long_file(tmp_path / "a.flac")
    with TrackDecoder(str(path), CONFIG.n_fft) as decoder:
        parts = [block for block, _ in zip(decoder.blocks(), range(3), strict=False)]
        for block in parts:
            decoder.push(block)
        picture = decoder.partial_picture(1, CONFIG)
    assert not picture.complete and picture.duration_s == pytest.approx(90.0)
    finest = picture.peaks.levels[0]
    assert finest.low.size <= 16_384
    n_samples = sum(map(len, parts))
    assert finest.low.size * finest.seconds_per_bin == pytest.approx(n_samples / RATE, abs=finest.seconds_per_bin)
    assert finest.high.max() == pytest.approx(sound[:n_samples].max(), abs=1e-3)


def test_what_cannot_be_decoded_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(AudioNotFoundError):
        TrackDecoder(str(tmp_path / "none.wav"), CONFIG.n_fft)
    path = tmp_path / "a.flac"
    path.write_bytes(b"fLaC" + bytes(500))
    with pytest.raises(DamagedAudioError):
        TrackDecoder(str(path), CONFIG.n_fft)
