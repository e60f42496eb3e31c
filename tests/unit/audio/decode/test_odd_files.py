"""Each odd file gives sound or its own error, and nothing else."""

import numpy as np
import pytest

from genre_desktop.audio.decode.audio_reader import open_audio
from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.core.errors import GenreDesktopError
from tests.support.odd_files import make_odd_files


@pytest.fixture(scope="module")
def odd_files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("odd")
    odd = make_odd_files(folder)
    yield odd
    for path in folder.glob("locked*"):
        path.chmod(0o700)


def _verdict(path, config):
    try:
        with open_audio(path) as reader:
            blocks = list(reader.blocks(config.sample_rate))
            assert all(block.dtype == np.float32 and np.isfinite(block).all() for block in blocks)
            if sum(map(len, blocks)) < config.min_samples:
                return "damaged" if reader.problem else "too short"
            return "not music" if reader.is_digital_silence else "genre"
    except GenreDesktopError as error:
        return error.code


def test_there_are_at_least_forty(odd_files):
    assert len(odd_files) >= 40
    assert len({odd.path for odd in odd_files}) == len(odd_files)
    assert all(odd.code for odd in odd_files if odd.expect == "error")


def test_each_gives_sound_or_its_own_error(odd_files):
    config = FeatureConfig(hop_length=915)
    wrong = []
    for odd in odd_files:
        verdict = _verdict(odd.path, config)
        allowed = {
            "error": [odd.code],
            "damaged or genre": ["damaged", "genre", "GD-106"],
        }.get(odd.expect, [odd.expect])
        if verdict not in allowed:
            wrong.append(f"{odd.what}: {verdict} instead of {odd.expect} {odd.code or ''}")
    assert not wrong
