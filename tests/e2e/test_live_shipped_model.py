"""Live mode with the shipped model: real recordings on the simulated input, and what is no music."""

from __future__ import annotations

import time
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import soundfile

from genre_desktop.audio.capture.messages import InputEnded
from genre_desktop.model.bundles.catalogue import default_bundle
from genre_desktop.model.live.live_classifier import LiveAnswer, LiveClassifier
from genre_desktop.model.live.live_engine import Answered, LiveEngine
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE
from genre_desktop.model.predictor import Predictor
from tests.support.sounds import load_audio
from tests.support.waiting import PATIENCE_S
from training.robustness.signals import SIGNALS, Signal

RATE = 44_100
HALF_RATE = 22_050
"""Of crowds, whose voices take long to compute; the model hears 8 kHz."""


@pytest.fixture(scope="module")
def predictor() -> Predictor:
    return Predictor.load(default_bundle())


@pytest.mark.parametrize("signal", SIGNALS, ids=lambda signal: signal.name)
def test_what_is_no_music_is_hardly_ever_given_a_genre(predictor: Predictor, signal: Signal) -> None:
    if signal.unavailable:
        pytest.skip(signal.unavailable)
    rate = HALF_RATE if "babble" in signal.name else RATE
    answers = LiveClassifier(predictor, rate).push(signal.make(20.0, rate), 0.0)
    n_fooled = sum(answer.genre not in (UNSURE, NOT_MUSIC) for answer in answers)
    # A sweep that leaves the few low bands, and a crowd that happens to sing: moments, while a gate sees little of it.
    assert n_fooled <= 0.15 * len(answers), Counter(answer.genre for answer in answers)


@pytest.mark.shared_data
def test_two_recordings_one_after_the_other_at_an_input(
    predictor: Predictor, shared_data: Path, tmp_path: Path
) -> None:
    audio = shared_data / "gtzan" / "audio"
    parts = [
        load_audio(next(iter(sorted((audio / genre).glob(f"{genre}.0000{n}.*")))), RATE).samples[: 20 * RATE]
        for genre, n in (("blues", 0), ("classical", 3))
    ]
    path = tmp_path / "two.wav"
    soundfile.write(path, np.concatenate(parts), RATE)
    engine = LiveEngine()
    engine.set_predictor(predictor)
    heard: list[LiveAnswer] = []
    try:
        engine.listen(file=str(path), speed=4.0)
        until = time.monotonic() + PATIENCE_S
        is_over = False
        while not is_over:
            assert time.monotonic() < until
            engine.wait(0.2)
            for event in engine.poll():
                is_over |= isinstance(event, InputEnded)
                if isinstance(event, Answered):
                    heard.append(event.answer)
    finally:
        engine.close()
    assert len(heard) == 74
    first = Counter(answer.genre for answer in heard if answer.time_s <= 20.0)
    second = Counter(answer.genre for answer in heard if answer.time_s > 28.0)
    assert first.most_common(1)[0][0] == "blues", first
    assert second.most_common(1)[0][0] == "classical", second
    assert NOT_MUSIC not in first
