from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from genre_desktop.audio.decode.audio_reader import open_audio
from tests.unit.training.robustness.spectra import RATE, decibels
from training.robustness.degradations import DEGRADATIONS, Degradation, write_degraded
from training.robustness.synthetic_music import make_music


@pytest.fixture(scope="module")
def piece() -> NDArray[np.float32]:
    return make_music("guitar alone", 6.0, 22_050, seed=1)


@pytest.mark.parametrize("degradation", DEGRADATIONS, ids=lambda degradation: degradation.name)
def test_a_degraded_file_is_the_music_in_the_form_asked_for(
    degradation: Degradation, piece: NDArray[np.float32], tmp_path: Path
) -> None:
    path = write_degraded(piece, 22_050, degradation, tmp_path / "a.00029")
    assert path.parent == tmp_path
    assert path.name.startswith("a.00029.")
    with open_audio(path) as reader:
        assert reader.info.sample_rate == (degradation.sample_rate or 22_050)
        assert reader.info.channels == degradation.channels
        decoded = np.concatenate(list(reader.blocks(22_050, 10.0)))
        assert reader.problem is None
    expected = piece[round(degradation.skip_s * 22_050) :] * 10 ** (degradation.gain_db / 20)
    # Encoders add some silence at the beginning.
    assert len(decoded) == pytest.approx(len(expected), abs=3_000)
    n = 1 << 17
    lag = int(np.argmax(np.fft.irfft(np.fft.rfft(decoded, 2 * n) * np.conj(np.fft.rfft(expected, 2 * n)))))
    assert lag < 3_000
    decoded = decoded[lag:][: len(expected)]
    expected = expected[: len(decoded)]
    error_db = decibels(max(1e-12, np.square(decoded - expected).sum() / np.square(expected).sum()))
    assert error_db < (-25 if degradation.noise_db is not None else -8)
    if degradation.coding in ("mp3", "aac", "ogg"):
        assert error_db > -60, "nothing was lost: it is not the codec it says"
        assert path.stat().st_size < 0.25 * piece.nbytes * 2


def test_gain_is_pure_in_float_and_cut_where_the_format_cuts(tmp_path: Path) -> None:
    loud = np.full(RATE, 0.8, np.float32)
    plain, cut = (
        write_degraded(loud, RATE, Degradation("x", gain_db=12.0, coding=coding), tmp_path / coding)
        for coding in ("float", "int16")
    )
    assert soundfile.read(plain)[0].max() == pytest.approx(0.8 * 10 ** (12 / 20), rel=1e-5)
    assert soundfile.read(cut)[0].max() == pytest.approx(1.0, abs=1e-4)


def test_noise_is_as_far_below_as_it_says_and_seeded(piece: NDArray[np.float32], tmp_path: Path) -> None:
    noisy = Degradation("x", noise_db=-30.0)
    one, same, other = (
        soundfile.read(write_degraded(piece, 22_050, noisy, tmp_path / str(seed), seed=seed))[0] for seed in (1, 1, 2)
    )
    assert decibels(np.square(one - piece).sum() / np.square(piece).sum()) == pytest.approx(-30, abs=0.2)
    np.testing.assert_array_equal(one, same)
    assert not np.array_equal(one, other)


def test_one_second_later_begins_one_second_later(piece: NDArray[np.float32], tmp_path: Path) -> None:
    path = write_degraded(piece, 22_050, Degradation("x", skip_s=1.0), tmp_path / "x")
    np.testing.assert_array_equal(soundfile.read(path, dtype="float32")[0], piece[22_050:])
