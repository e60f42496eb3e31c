"""Frames with many channels: PyAV takes memory behind the eighth for more of them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.audio.decode.excerpts import open_excerpts
from genre_desktop.audio.decode.pyav_frames import FrameBuffer, FrameFormat, frame_samples
from genre_desktop.audio.decode.random_access import open_random_access
from tests.support.odd_files import encode

RATE = 48_000
KINDS = {
    "u8": ("u1", 128, 2**7),
    "s16": ("i2", 0, 2**15),
    "s32": ("i4", 0, 2**31),
    "s64": ("i8", 0, 2**63),
    "flt": ("f4", 0, 1),
    "dbl": ("f8", 0, 1),
}
"""NumPy's type of a sample format, and its values of silence and of full scale above it."""


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


@pytest.mark.parametrize(("format", "layout", "channels", "count"), [
    ("fltp", "7.1", 8, 100),
    ("s16p", "hexadecagonal", 16, 100),
    ("s64", "stereo", 2, 100),
    ("s32p", "stereo", 2, 100),
    ("u8", "mono", 1, 100),
    ("dblp", "mono", 1, 100),
    ("flt", "5.1", 6, 100),
    ("fltp", "mono", 1, 0),
])  # fmt: skip
def test_values(format: str, layout: str, channels: int, count: int) -> None:
    import av
    from av.audio.plane import AudioPlane

    kind, middle, full = KINDS[format.removesuffix("p")]
    sound = np.random.default_rng(0).uniform(-0.9, 0.9, (3 * count, channels))
    frames = []
    for part in np.split(sound, 3):
        frame = av.AudioFrame(format=format, layout=layout, samples=count)
        values = (part * full + middle).astype(kind)
        for number, content in enumerate(values.T if format.endswith("p") else [values]):
            if count:
                memoryview(AudioPlane(frame, number))[: content.nbytes] = content.tobytes()
        frames.append(frame)
    buffer = FrameBuffer(FrameFormat.of(frames[0]))
    for frame in frames:
        buffer.push(frame)
    found = buffer.samples()
    assert found.shape == sound.shape and found.dtype == np.float32 and found.flags.writeable
    np.testing.assert_allclose(found, sound, atol=1e-7 if full == 1 else 1.1 / full + 1e-7)
    np.testing.assert_array_equal(buffer.samples(2), found[: 2 * count])
    np.testing.assert_array_equal(frame_samples(frames[0]), found[:count])
    buffer.drop(1)
    np.testing.assert_array_equal(buffer.samples(), found[count:])
