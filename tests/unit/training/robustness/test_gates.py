"""Old and new gates side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.bundles.feature_gate import FeatureGate
from genre_desktop.model.predictor import Predictor
from tests.support.bundles import CONFIG
from tests.support.sounds import tune
from training.robustness import gates, speech
from training.robustness.gates import (
    MUSIC_KIND,
    NO_MUSIC,
    SPEECH_IN_NOISE,
    SPEECH_OVER_MUSIC,
    GateMeasures,
    Sound,
    gate_table,
    made_sounds,
    measure,
    mixed,
    recordings,
    set_limit,
)

RATE = CONFIG.sample_rate
NEAR = FeatureGate.from_card({"means": [[0.0]], "covariance": [[1.0]], "refuse_beyond": 5.0})


@pytest.fixture
def predictor(tmp_path: Path) -> Predictor:
    """To which the music in a patch is its brightness, and the tag its number of patches."""
    card = {
        "name": "bright",
        "labels": ["a", "b"],
        "architecture": {"feature_layers": ["tags", "classes"]},
        "tags": {"names": ["t"], "logit_mean": [0.0], "logit_deviation": [1.0]},
        "sounds": {"names": ["Speech", "Music"]},
        "sound_gate": {"music": "Music", "speech": "Speech", "least_music": 0.1, "most_speech": 0.5},
    }

    def forward(patches: NDArray[np.float32]) -> NDArray[np.float32]:
        high = patches.mean(axis=1).argmax(axis=1) > CONFIG.n_mels // 2
        rows = np.tile(np.float32([0.5, 0.5, 0.0, -9.0, 3.0]), (len(patches), 1))
        rows[high, 2:] = 9.0, 2.0, -3.0
        return rows

    return Predictor(ModelBundle(tmp_path, card, CONFIG), forward)


def test_what_the_gates_measure(predictor: Predictor) -> None:
    low = measure(predictor, NEAR, Sound("low", MUSIC_KIND, tune(8.0, RATE, 110.0)))
    assert (low.is_signal, low.is_far, low.refused_before, low.refused_now(0.1, 0.5)) == (False, False, False, False)
    assert low.music == pytest.approx(1 / (1 + np.exp(-3)), abs=1e-5) and low.speech < 1e-3
    high = measure(predictor, NEAR, Sound("high", MUSIC_KIND, tune(8.0, RATE, 3_520.0)))
    assert high.is_far and high.refused_before and high.refused_now(0.01, 1.0)  # more speech than music
    silence = measure(predictor, NEAR, Sound("silence", NO_MUSIC, np.zeros(8 * RATE, np.float32)))
    assert silence.refused_before and silence.refused_now(0.0, 1.0)
    noise = np.random.default_rng(0).normal(0, 0.1, 8 * RATE).astype(np.float32)
    assert measure(predictor, NEAR, Sound("noise", NO_MUSIC, noise)).is_signal


def some(kind: str, *music: float, sets: bool = True, speech: float = 0.0) -> Iterator[GateMeasures]:
    for number, share in enumerate(music):
        yield GateMeasures(f"{kind} {number}", kind, sets, False, False, share, speech)


def test_the_limit_is_in_the_gap_of_its_half_alone() -> None:
    measured = [*some(MUSIC_KIND, 0.5, 0.9, 0.4), *some(NO_MUSIC, 0.01, 0.2), *some(SPEECH_IN_NOISE, 0.1)]
    assert set_limit(measured) == pytest.approx(0.3)
    # Neither the other half nor speech over music nor a hum that the signal gate refuses moves it.
    hum = replace(next(some(NO_MUSIC, 0.95)), is_signal=True)
    others = [*some(MUSIC_KIND, 0.05, sets=False), *some(SPEECH_OVER_MUSIC, 0.6, 0.31), hum]
    assert set_limit([*measured, *others]) == pytest.approx(0.3)
    # One odd piece of music costs less than the noise that would pass with it.
    assert set_limit([*measured, *some(MUSIC_KIND, 0.005)]) == pytest.approx(0.3)


def test_the_share_of_speech_is_that_of_the_music_of_its_half() -> None:
    told = [*some(MUSIC_KIND, 0.5, speech=0.1), *some(MUSIC_KIND, 0.8, speech=0.2)]
    other = [*some(MUSIC_KIND, 0.5, sets=False, speech=0.4), *some(SPEECH_OVER_MUSIC, 0.5, speech=0.4)]
    assert gates.largest_speech_share([*told, *other]) == pytest.approx(0.25)
    assert next(some(MUSIC_KIND, 0.5, speech=0.2)).refused_now(0.1, 0.3)
    assert not next(some(MUSIC_KIND, 0.5, speech=0.2)).refused_now(0.1, 0.5)


def test_the_table_counts_what_gets_no_genre() -> None:
    told = some(SPEECH_OVER_MUSIC, 0.3, 0.3, sets=False, speech=0.4)
    measured = [*some(MUSIC_KIND, 0.5, 0.02), *some(NO_MUSIC, 0.01, 0.01, 0.5), *told]
    lines = gate_table([replace(measured[0], is_far=True), *measured[1:]], 0.1, 1.0)
    rows = [line.split() for line in lines]
    assert rows[2][-3:] == ["2", "1", "1"] and rows[3][-3:] == ["3", "0", "2"]
    assert rows[-1][-3:] == ["2", "0", "2"] and len(lines) == 11


def test_a_mixture_has_the_ratio_asked_for() -> None:
    rng = np.random.default_rng(0)
    voice, other = rng.normal(0, 1, 8_000), 5 * rng.normal(0, 1, 9_000)
    both = mixed(voice, other, 20.0).astype(np.float64)
    share = np.linalg.lstsq(np.stack([voice, other[:8_000]], axis=1), both, rcond=None)[0]
    assert np.abs(both).max() == pytest.approx(0.5)
    assert share[0] * voice.std() / (share[1] * other[:8_000].std()) == pytest.approx(10.0, rel=1e-3)


def test_sounds_of_one_voice_are_in_one_half(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speech.shutil, "which", lambda name: None)
    monkeypatch.setattr(gates, "SIGNALS", gates.SIGNALS[:4])
    sounds = list(made_sounds(16_000, 1.0))
    kinds = {kind: [one for one in sounds if one.kind == kind] for kind in (SPEECH_IN_NOISE, SPEECH_OVER_MUSIC)}
    assert len(kinds[SPEECH_IN_NOISE]) == 2 * 4 * 3 and len({one.name for one in sounds}) == len(sounds)
    for mixtures in kinds.values():
        halves = {who: {one.sets_limits for one in mixtures if one.source == who} for who in ("a man", "a woman")}
        assert sorted(map(len, halves.values())) == [1, 1] and halves["a man"] != halves["a woman"]
    assert all(len(one.samples) == 16_000 for one in sounds)


def test_recordings_are_called_as_their_folder(tmp_path: Path) -> None:
    for kind in (MUSIC_KIND, "others", NO_MUSIC):
        (tmp_path / kind).mkdir()
        soundfile.write(tmp_path / kind / "one.wav", tune(1.0, 16_000), 16_000)
    found = list(recordings(tmp_path, 8_000))
    assert [(one.name, one.kind, len(one.samples)) for one in found] == [
        ("one", MUSIC_KIND, 8_000),
        ("one", NO_MUSIC, 8_000),
    ]
