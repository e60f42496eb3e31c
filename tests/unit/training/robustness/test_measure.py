from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.prediction import NOT_MUSIC
from genre_desktop.model.predictor import Predictor
from tests.support.bundles import CONFIG, LABELS
from training.robustness import speech
from training.robustness.degradations import Degradation
from training.robustness.measure import probe_degradations, probe_signals, read_mono
from training.robustness.signals import find_signal
from training.robustness.synthetic_music import make_music


class Brightness:
    """Stands for a network that is fooled by the brightness of a patch and by nothing else."""

    def __call__(self, patches: NDArray[np.float32]) -> NDArray[np.float32]:
        bright = patches[:, :, CONFIG.n_mels // 2 :].mean(axis=(1, 2)) > 0.5
        return np.where(bright[:, np.newaxis], [0.05, 0.05, 0.9], [0.9, 0.05, 0.05]).astype(np.float32)


@pytest.fixture
def predictor(tmp_path: Path) -> Predictor:
    card = {"name": "bright", "labels": list(LABELS), "calibration": {"temperature": 1.0}}
    return Predictor(ModelBundle(tmp_path, card, CONFIG), Brightness())


def test_signals_are_answered_in_their_order_and_missing_ones_say_why(
    predictor: Predictor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speech.shutil, "which", lambda name: None)
    chosen = [find_signal(name) for name in ("digital silence", "spoken German", "white noise")]
    silence, spoken, noise = probe_signals(predictor, chosen, seconds=6.0, sample_rate=22_050)
    assert (silence.genre, silence.first_genre, silence.is_fooled) == (NOT_MUSIC, None, False)
    assert (spoken.genre, spoken.is_fooled) == (None, False)
    assert "espeak-ng" in spoken.reasons[0]
    assert noise.first_genre == LABELS[-1]
    assert noise.confidence == pytest.approx(0.9, abs=0.01)


def test_what_changes_the_genre_is_counted_and_what_does_not_is_not(predictor: Predictor, tmp_path: Path) -> None:
    clips = []
    for number in range(2):
        low = 0.3 * np.sin(2 * np.pi * (200 + 50 * number) * np.arange(6 * 22_050) / 22_050)
        clips.append(tmp_path / f"{number}.wav")
        soundfile.write(clips[-1], low, 22_050, subtype="FLOAT")
    clips.append(tmp_path / "silence.wav")
    soundfile.write(clips[-1], np.zeros(6 * 22_050), 22_050)
    quieter, drowned = Degradation("quieter", gain_db=-12.0), Degradation("drowned", noise_db=20.0)
    assert probe_degradations(predictor, clips, [quieter, drowned]) == {"quieter": (2, 2), "drowned": (0, 2)}


def test_reading_keeps_the_rate_of_the_file(tmp_path: Path) -> None:
    sound = make_music("flute alone", 2.0, 11_025)
    soundfile.write(tmp_path / "a.wav", sound, 11_025, subtype="FLOAT")
    samples, rate = read_mono(tmp_path / "a.wav")
    assert rate == 11_025
    np.testing.assert_array_equal(samples, sound)
