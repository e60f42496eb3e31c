from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.audio.decode.decoder import mix_down
from genre_desktop.audio.decode.random_access import open_random_access
from genre_desktop.core.errors import AudioEmptyError, AudioNotFoundError
from tests.support.sounds import load_audio
from tests.unit.audio.decode.test_excerpts import FORMATS, mp3


def whole(path: Path) -> tuple[NDArray[np.float32], int]:
    with open_audio(path) as reader:
        rate = reader.info.sample_rate
    return load_audio(path, rate).samples, rate


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    folder = tmp_path_factory.mktemp("sound")
    made: dict[str, Path] = {}

    def make(name: str) -> Path:
        if name not in made:
            made[name] = FORMATS[name](folder / f"{len(made)}.sound")
        return made[name]

    return make


@pytest.mark.parametrize("name", FORMATS)
def test_any_range_is_what_reading_in_full_gives(name: str, files: Callable[[str], Path]) -> None:
    path = files(name)
    expected, rate = whole(path)
    with open_random_access(path) as access:
        assert access.sample_rate == rate
        for start_s, length_s in ((5.0, 1.0), (6.0, 0.5), (0.0, 0.7), (10.3, 2.0), (3.1, 0.01), (13.0, 9.0)):
            start, count = round(start_s * rate), round(length_s * rate)
            found = mix_down(access.read(start, count))
            wanted = expected[start : start + count]
            # An encoder's padding at the end is cut off by one way of reading and not by the other.
            assert len(found) == len(wanted) or start_s == 13.0
            n = min(len(found), len(wanted))
            assert n > 0
            # What a lossy decoder makes up (AAC's noise) depends on its past, and is soft.
            np.testing.assert_allclose(found[:n], wanted[:n], atol=8e-3)
            assert np.sqrt(np.mean((found[:n] - wanted[:n]) ** 2)) < 2e-4


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(0, 600_000), st.integers(0, 30_000)), min_size=1, max_size=6))
def test_the_order_of_reading_does_not_matter(files: Callable[[str], Path], ranges: list[tuple[int, int]]) -> None:
    path = files("mp3 vbr, no Xing")
    expected, _ = whole(path)
    with open_random_access(path) as access:
        for start, count in ranges:
            found = mix_down(access.read(start, count))
            n = min(len(found), len(expected[start : start + count]))
            np.testing.assert_allclose(found[:n], expected[start : start + n], atol=2e-3)


def test_stereo_stays_stereo(tmp_path: Path) -> None:
    with open_random_access(mp3(tmp_path / "a.mp3")) as access:
        assert access.is_seekable
        samples = access.read(44_100, 44_100)
        assert samples.shape == (44_100, 2)
        assert np.abs(samples[:, 0] - samples[:, 1]).max() > 0.01


def test_a_damaged_file_is_read_from_its_beginning(tmp_path: Path) -> None:
    path = mp3(tmp_path / "a.mp3")
    content = bytearray(path.read_bytes())
    content[len(content) // 2 : len(content) // 2 + 40_000] = bytes(40_000)
    path.write_bytes(content)
    expected, rate = whole(path)
    with open_random_access(path) as access:
        assert not access.is_seekable
        for start in (rate, 9 * rate, 2 * rate):
            found = mix_down(access.read(start, 1_000))
            np.testing.assert_allclose(found, expected[start : start + 1_000], atol=2e-3)


def test_reading_behind_the_end_gives_nothing(tmp_path: Path) -> None:
    with open_random_access(mp3(tmp_path / "a.mp3")) as access:
        assert access.read(access.n_frames + 10, 100).shape == (0, 2)


def test_what_cannot_be_opened_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(AudioNotFoundError):
        open_random_access(tmp_path / "none.wav")
    (tmp_path / "empty.wav").touch()
    with pytest.raises(AudioEmptyError):
        open_random_access(tmp_path / "empty.wav")
