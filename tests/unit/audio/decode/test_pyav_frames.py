"""Frames with many channels: PyAV takes memory behind the eighth for more of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.audio.decode.excerpts import open_excerpts
from genre_desktop.audio.decode.pyav_frames import frame_array
from genre_desktop.audio.decode.random_access import open_random_access
from tests.support.odd_files import encode

RATE = 48_000


@pytest.fixture
def surround(tmp_path: Path) -> Path:
    """7.1 as films have it: eight tones, each in a channel."""
    time = np.arange(2 * RATE) / RATE
    tones = 0.5 * np.sin(2 * np.pi * np.outer(time, [220, 330, 440, 60, 550, 660, 770, 880]))
    return encode(tmp_path / "7.1.m4a", tones.astype(np.float32), RATE, format="mp4", codec="aac", bit_rate=768_000)


def tones_of(sound: np.ndarray) -> dict[int, float]:
    """Amplitudes of the tones [shape of sound=(n,)]."""
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound)))) / len(sound) * 4
    return {hz: float(spectrum[round(hz * len(sound) / RATE)]) for hz in (220, 330, 440, 60, 550, 660, 770, 880)}


def test_eight_channels_of_a_film_are_read_in_full(surround: Path) -> None:
    with open_audio(surround) as reader:
        assert (reader.info.channels, reader.info.backend) == (8, "pyav")
        sound = np.concatenate(list(reader.blocks(RATE)))
        assert reader.problem is None
    assert tones_of(sound[RATE // 2 : 3 * RATE // 2]) == pytest.approx(
        dict.fromkeys(tones_of(sound), 0.5 / 8), rel=0.15
    )


def test_eight_channels_are_read_here_and_there(surround: Path) -> None:
    with open_random_access(surround) as access:
        assert access.channels == 8
        samples = access.read(RATE // 2, RATE)
        assert samples.shape == (RATE, 8)
    for channel in samples.T:
        assert max(tones_of(channel).values()) == pytest.approx(0.5, rel=0.15)
    with open_excerpts(surround) as excerpts:
        (excerpt,) = excerpts.read([RATE // 2], RATE, RATE)
    assert min(tones_of(excerpt).values()) == pytest.approx(0.5 / 8, rel=0.15)


@pytest.mark.parametrize(("format", "layout", "shape"), [
    ("fltp", "7.1", (8, 100)),
    ("s16p", "hexadecagonal", (16, 100)),
    ("s64", "stereo", (1, 200)),
    ("u8", "mono", (1, 100)),
    ("dblp", "mono", (1, 100)),
    ("fltp", "mono", (1, 0)),
])  # fmt: skip
def test_shapes(format: str, layout: str, shape: tuple[int, int]) -> None:
    import av

    frame = av.AudioFrame(format=format, layout=layout, samples=100 if shape[1] else 0)
    assert frame_array(frame).shape == shape
