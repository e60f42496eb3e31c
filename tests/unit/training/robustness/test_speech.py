from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.unit.training.robustness.spectra import RATE, spectrum
from training.robustness import speech
from training.robustness.signals import SPEECH, find_signal


@pytest.mark.parametrize("name", ["speech-like, a man", "speech-like, a woman"])
def test_speech_made_by_code_has_syllables_pauses_and_a_voice(name: str) -> None:
    sound = find_signal(name).make(30.0, RATE)
    level = np.sqrt(np.square(sound.reshape(-1, RATE // 100)).mean(axis=1))  # each 10 ms
    assert 0.1 < np.mean(level < 0.05 * level.max()) < 0.6
    modulation = np.abs(np.fft.rfft(level - level.mean())) ** 2
    hertz = np.fft.rfftfreq(len(level), 0.01)
    syllables, quicker = (modulation[(hertz > low) & (hertz < low + 6)].sum() for low in (2, 14))
    assert syllables > 4 * quicker
    frequency, power = spectrum(sound)
    assert power[frequency < 1_000].sum() > 3 * power[frequency > 2_000].sum()


def test_many_voices_fill_the_pauses_of_one() -> None:
    def quiet(sound: NDArray[np.float64]) -> float:
        level = np.sqrt(np.square(sound.reshape(-1, 800)).mean(axis=1))
        return float(np.mean(level < 0.1 * level.max()))

    rng = np.random.default_rng(0)
    assert quiet(speech.many_speakers(4.0, 8_000, rng, people=12)) < 0.02 < quiet(speech.speech(4.0, 8_000, rng))


def test_without_the_program_spoken_signals_say_why_they_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech.shutil, "which", lambda name: None)
    spoken = find_signal("spoken German")
    assert spoken.kind == SPEECH
    assert "espeak-ng" in (spoken.unavailable or "")
    assert find_signal("speech-like, a man").unavailable is None
    with pytest.raises(FileNotFoundError, match="espeak-ng"):
        spoken.make(1.0, RATE)
