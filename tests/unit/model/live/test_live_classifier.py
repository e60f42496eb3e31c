from __future__ import annotations

import gc
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.audio.features.log_mel import LogMelStream, log_mel
from genre_desktop.audio.features.patches import scale_patches
from genre_desktop.core.errors import ModelOutputError
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.live.live_classifier import STEP_S, LiveAnswer, LiveClassifier
from genre_desktop.model.live.live_timeline import LiveTimeline
from genre_desktop.model.prediction import NOT_MUSIC, UNSURE
from genre_desktop.model.predictor import Predictor
from tests.support.sounds import tune

LABELS = ("low", "high")
CONFIG = FeatureConfig()
RATE = CONFIG.sample_rate


def _predictor(
    forward: Callable[[NDArray[np.float32]], NDArray[np.float32]] | None = None,
    config: FeatureConfig = CONFIG,
    **card: object,
) -> Predictor:
    """Tells a tune in a low register from one in a high one by the band where most power is."""

    def by_pitch(patches: NDArray[np.float32]) -> NDArray[np.float32]:
        loudest = patches.mean(axis=1).argmax(axis=1)
        high = np.where(loudest > 40, 0.95, 0.05).astype(np.float32)
        return np.stack([1 - high, high], axis=1)

    bundle = ModelBundle(Path("/models/pitch"), {"name": "pitch", "labels": list(LABELS), **card}, config)
    return Predictor(bundle, forward or by_pitch)


def _answers(sound: NDArray[np.float32], rate: int = RATE, predictor: Predictor | None = None) -> list[LiveAnswer]:
    classifier = LiveClassifier(predictor or _predictor(), rate)
    return [
        answer
        for start in range(0, len(sound), rate // 20)
        for answer in classifier.push(sound[start : start + rate // 20], 0.0)
    ]


def test_an_answer_each_half_second_from_the_first_full_patch_on() -> None:
    times = [answer.time_s for answer in _answers(tune(10.0, RATE))]
    assert times[0] == 3.0  # a patch has 2.97 s
    np.testing.assert_allclose(np.diff(times), STEP_S)
    assert times[-1] == 10.0


@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000, 96_000])
def test_the_rate_of_the_device_does_not_matter(rate: int) -> None:
    answers = _answers(tune(6.0, rate, 110.0), rate)
    assert len(answers) == 6
    assert {answer.genre for answer in answers} == {"low"}


def test_how_the_sound_is_cut_makes_no_difference() -> None:
    sound = tune(8.0, 48_000)
    evenly = _answers(sound, 48_000)
    classifier = LiveClassifier(_predictor(), 48_000)
    cuts = np.sort(np.random.default_rng(0).integers(0, len(sound), 90))
    oddly = [answer for part in np.split(sound, cuts) for answer in classifier.push(part, 0.0)]
    assert len(evenly) == len(oddly)
    for one, other in zip(evenly, oddly, strict=True):
        assert one.time_s == other.time_s
        assert one.probabilities == pytest.approx(other.probabilities, abs=1e-5)
        assert one.level_db == pytest.approx(other.level_db, abs=1e-3)
    at_once = LiveClassifier(_predictor(), 48_000).push(sound, 0.0)
    assert [answer.genre for answer in at_once] == [answer.genre for answer in evenly]


def test_the_network_sees_what_it_sees_of_a_file() -> None:
    seen: list[NDArray[np.float32]] = []

    def forward(patches: NDArray[np.float32]) -> NDArray[np.float32]:
        seen.extend(patches)
        return np.full((len(patches), 2), 0.5, np.float32)

    sound = tune(5.0, RATE)
    _answers(sound, predictor=_predictor(forward))
    frames = log_mel(sound, CONFIG)
    n = 1 + (round(3.0 * RATE) - CONFIG.n_fft // 2) // CONFIG.hop_length  # whole windows after 3 s
    expected = scale_patches(frames[n - CONFIG.patch_frames : n][np.newaxis], CONFIG)[0]
    np.testing.assert_allclose(seen[0], expected, atol=1e-4)


def test_the_network_sees_the_middle_of_the_last_seconds() -> None:
    seen: list[NDArray[np.float32]] = []

    def forward(patches: NDArray[np.float32]) -> NDArray[np.float32]:
        seen.extend(patches)
        return np.full((len(patches), 2), 0.5, np.float32)

    middle = replace(CONFIG, n_fft=1_024, hop_length=300, n_mels=24, patch_frames=60)
    config = replace(CONFIG, middle=middle)
    sound = tune(9.0, RATE)
    _answers(sound, predictor=_predictor(forward, config))
    assert len(seen) == 13
    for number, row in enumerate(seen):
        last = (round((3.0 + number * STEP_S) * RATE) - CONFIG.n_fft // 2) // CONFIG.hop_length  # frame
        first = (last - CONFIG.patch_frames + 1) * CONFIG.hop_length
        expected = LogMelStream(middle, is_centred=False, is_filtered=False).push(
            sound[first + (config.min_samples - middle.min_samples) // 2 - 512 :][: middle.min_samples + 1_024]
        )
        got = row[-60 * 24 :].reshape(60, 24)
        np.testing.assert_allclose(got, scale_patches(expected[np.newaxis], middle)[0], atol=1e-4)


def test_one_genre_after_another_changes_the_answer_within_seconds() -> None:
    sound = np.concatenate([tune(20.0, RATE, 110.0), tune(20.0, RATE, 1_760.0)])
    answers = _answers(sound)
    assert {answer.genre for answer in answers if answer.time_s <= 20.0} == {"low"}
    assert {answer.genre for answer in answers if answer.time_s > 27.0} == {"high"}
    # What is smoothed follows what the last patch says, not the other way round.
    first_patch = next(answer.time_s for answer in answers if answer.patch_genre == "high")
    first_answer = next(answer.time_s for answer in answers if answer.genre == "high")
    assert 20.0 < first_patch < first_answer
    assert first_answer - first_patch < 4.0


def test_silence_is_no_music_and_what_was_before_it_is_forgotten() -> None:
    sound = np.concatenate([tune(12.0, RATE, 110.0), np.zeros(20 * RATE, np.float32), tune(8.0, RATE, 1_760.0)])
    answers = _answers(sound)
    quiet = [answer for answer in answers if 16.0 < answer.time_s <= 32.0]
    assert {(answer.genre, answer.reason) for answer in quiet} == {(NOT_MUSIC, "level")}
    assert {answer.probabilities for answer in quiet} == {None}
    after = [(answer.genre, answer.reason) for answer in answers if answer.time_s >= 32.5]
    # A patch that is partly silence is not judged: it would look like clicks.
    assert after[:5] == [(NOT_MUSIC, "level")] * 5
    assert set(after[5:]) == {("high", "")}


@pytest.mark.parametrize("level_db", [-20.0, -55.0])
def test_noise_and_a_sine_are_never_a_genre(level_db: float) -> None:
    amplitude = 10 ** (level_db / 20)
    noise = np.random.default_rng(0).normal(0, amplitude, 15 * RATE).astype(np.float32)
    sine = np.float32(amplitude * 1.4) * np.sin(2 * np.pi * 440 / RATE * np.arange(15 * RATE)).astype(np.float32)
    for sound in (noise, sine):
        answers = _answers(sound)
        assert {(answer.genre, answer.reason) for answer in answers} == {(NOT_MUSIC, "signal")}
        assert all(answer.sentence for answer in answers)


def test_the_noise_of_an_open_line_is_silence() -> None:
    answers = _answers(np.random.default_rng(0).normal(0, 10 ** (-70 / 20), 6 * RATE).astype(np.float32))
    assert {answer.reason for answer in answers} == {"level"}
    assert answers[0].level_db == pytest.approx(-70.0, abs=0.2)


def test_what_is_not_sure_enough_is_unsure() -> None:
    even = _predictor(
        lambda patches: np.tile(np.float32([0.55, 0.45]), (len(patches), 1)), calibration={"unsure_below": 0.6}
    )
    answers = _answers(tune(6.0, RATE), predictor=even)
    assert {answer.genre for answer in answers} == {UNSURE}
    assert answers[-1].confidence == pytest.approx(0.55, abs=1e-4)


def test_what_the_model_does_not_know_is_no_music() -> None:
    gate = {"means": [[0.0, 0.0]], "covariance": [[1.0, 0.0], [0.0, 1.0]], "refuse_beyond": 3.0}

    def forward(patches: NDArray[np.float32]) -> NDArray[np.float32]:
        far = np.where(patches.mean(axis=1).argmax(axis=1) > 40, 10.0, 0.0)
        return np.stack([np.full(len(far), 0.9), np.full(len(far), 0.1), far, far], axis=1).astype(np.float32)

    predictor = _predictor(forward, gate=gate, architecture={"feature_layer": "features"})
    assert {answer.reason for answer in _answers(tune(6.0, RATE, 110.0), predictor=predictor)} == {""}
    refused = _answers(tune(6.0, RATE, 1_760.0), predictor=predictor)
    assert {(answer.genre, answer.reason) for answer in refused} == {(NOT_MUSIC, "model")}


SOUND = np.zeros(2, np.float32)


def test_the_sounds_in_it_decide_whether_it_is_music() -> None:
    def forward(patches: NDArray[np.float32]) -> NDArray[np.float32]:
        high = patches.mean(axis=1).argmax(axis=1) > 40
        rows = np.tile(np.float32([0.9, 0.1, -3.0, 2.0]), (len(patches), 1))
        rows[high, 2:] = SOUND
        return rows

    card = {
        "sounds": {"names": ["Speech", "Music"]},
        "sound_gate": {"music": "Music", "speech": "Speech", "least_music": 0.1, "most_speech": 0.5},
        "architecture": {"feature_layers": ["features"]},
    }
    predictor = _predictor(forward, **card)
    assert {answer.reason for answer in _answers(tune(6.0, RATE, 110.0), predictor=predictor)} == {""}
    for sound, genre in ((-4.0, -4.0), NOT_MUSIC), ((3.0, 1.0), UNSURE):
        SOUND[:] = sound
        refused = _answers(tune(6.0, RATE, 1_760.0), predictor=predictor)
        assert {(answer.genre, answer.reason) for answer in refused} == {(genre, "model")}
        assert all(answer.sentence and answer.probabilities for answer in refused)
    # What follows is music again, once the last seconds hold enough of it.
    answers = _answers(np.concatenate([tune(6.0, RATE, 1_760.0), tune(14.0, RATE, 110.0)]), predictor=predictor)
    assert answers[-1].reason == "" and answers[-1].sentence == ""


@pytest.mark.parametrize("row", [[np.nan, np.nan], [np.inf, np.inf], [0.5, np.nan], [0.5, np.inf], [0.5, -np.inf]])
def test_a_network_that_gives_no_numbers(row: list[float]) -> None:
    predictor = _predictor(lambda patches: np.tile(np.float32(row), (len(patches), 1)))
    with pytest.raises(ModelOutputError, match="pitch"):
        _answers(tune(6.0, RATE), predictor=predictor)


def test_the_age_of_an_answer_is_that_of_the_newest_sample_in_it() -> None:
    classifier = LiveClassifier(_predictor(), RATE)
    now = time.monotonic()
    (answer,) = classifier.push(tune(3.2, RATE), now - 1.0)
    # The newest sample was heard 0.2 s before the last one, less what the windows keep back: under a hop.
    kept_back = now - 1.2 - answer.newest_at
    assert 0.0 <= kept_back < CONFIG.hop_length / RATE + 1e-6
    assert answer.age_s() >= 1.2


def test_it_begins_in_the_middle_of_a_stream() -> None:
    sound = tune(10.0, RATE, 110.0)
    start = round(2.3 * RATE)
    classifier = LiveClassifier(_predictor(), RATE, first_sample=start)
    answers = classifier.push(sound[start:], 0.0)
    assert classifier.position == len(sound)
    assert [answer.time_s for answer in answers] == [5.5, 6.0, 6.5, 7.0, 7.5, 8.0, 8.5, 9.0, 9.5, 10.0]


def test_half_an_hour_keeps_memory_flat_and_misses_no_answer() -> None:
    minutes, rate = 30, 24_000
    classifier = LiveClassifier(_predictor(), rate)
    timeline = LiveTimeline(LABELS)
    minute = np.concatenate([tune(25.0, rate, 110.0), tune(25.0, rate, 1_760.0), np.zeros(10 * rate, np.float32)])
    assert classifier.real_time_factor is None
    sizes, n_answers = [], 0
    tracemalloc.start()
    try:
        for _ in range(minutes):
            for block in minute.reshape(-1, rate // 2):
                for answer in classifier.push(block, 0.0):
                    timeline.add(answer)
                    n_answers += 1
            gc.collect()
            sizes.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
    assert n_answers == len(timeline) == minutes * 120 - 6
    # After the first minutes nothing is added but three or so stretches of the timeline a minute.
    grown = max(sizes[-5:]) - max(sizes[2:7])
    assert grown < 23 * 4 * 1_000 + 20_000, sizes
    told = [span.genre for span in timeline.spans(60.0)]
    assert told.count("low") == minutes - 1
    assert set(told) == {"low", "high", NOT_MUSIC}
    factor = classifier.real_time_factor
    assert factor is not None and factor > 0


def test_an_offset_of_the_sound_card_is_silence() -> None:
    hiss = np.random.default_rng(0).normal(0, 10 ** (-70 / 20), 5 * RATE).astype(np.float32)
    answers = _answers(hiss + np.float32(0.3))
    assert {answer.reason for answer in answers} == {"level"}
    assert answers[0].level_db == pytest.approx(-70.0, abs=0.2)


def test_the_first_answer_to_sound_with_an_offset_waits_for_the_filter() -> None:
    answers = _answers(tune(5.0, RATE) + np.float32(0.5))
    assert [answer.time_s for answer in answers] == [3.5, 4.0, 4.5, 5.0]
    assert {answer.genre for answer in answers} == {answer.genre for answer in _answers(tune(5.0, RATE))}


def test_what_the_last_seconds_sound_like_is_told_and_nothing_of_silence() -> None:
    def forward(patches: NDArray[np.float32]) -> NDArray[np.float32]:
        high = patches.mean(axis=1).argmax(axis=1) > 40
        genres = np.tile(np.array([0.7, 0.3], np.float32), (len(patches), 1))
        return np.column_stack([genres, np.where(high, 4.0, -4.0)]).astype(np.float32)

    rules = [{"name": "bebop", "genre": "jazz", "columns": [[0]], "threshold": 0.6}]
    predictor = _predictor(forward, styles=rules)
    sound = np.concatenate([tune(12.0, RATE, 110.0), tune(25.0, RATE, 1760.0), np.zeros(6 * RATE, np.float32)])
    answers = _answers(sound, predictor=predictor)
    assert {answer.styles for answer in answers if answer.time_s < 12.0} == {()}
    assert {answer.styles for answer in answers if 30.0 < answer.time_s < 36.5} == {("bebop",)}
    assert answers[-1].genre == NOT_MUSIC and answers[-1].styles == ()
    assert all(answer.styles == () for answer in _answers(tune(4.0, RATE)))
