from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from genre_desktop.core.errors import AudioNotFoundError, AudioTooShortError, DamagedAudioError
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.classify_file import Cancelled, classify_file
from genre_desktop.model.prediction import NOT_MUSIC
from genre_desktop.model.predictor import MAX_BATCH, Predictor
from tests.support.bundles import CONFIG, LABELS
from tests.support.sounds import tune

RATE = CONFIG.sample_rate


class Recorder:
    """Stands for the network: says how bright a patch is, keeps what it was asked."""

    def __init__(self) -> None:
        self.batches: list[NDArray[np.float32]] = []

    def __call__(self, patches: NDArray[np.float32]) -> NDArray[np.float32]:
        self.batches.append(patches)
        bands = patches.mean(axis=1)
        thirds = np.stack([bands[:, :5].mean(1), bands[:, 5:10].mean(1), bands[:, 10:].mean(1)], axis=1)
        return np.asarray((thirds + 0.01) / (thirds + 0.01).sum(axis=1, keepdims=True), np.float32)


@pytest.fixture
def network() -> Recorder:
    return Recorder()


@pytest.fixture
def predictor(network: Recorder, tmp_path: Path) -> Predictor:
    card = {"name": "bright", "labels": list(LABELS)}
    return Predictor(ModelBundle(tmp_path, card, CONFIG), network)


def sound(seconds: float) -> NDArray[np.float32]:
    return tune(seconds, RATE)


def write(path: Path, samples: NDArray[np.float32]) -> Path:
    soundfile.write(path, samples, RATE, subtype="FLOAT" if path.suffix == ".wav" else None)
    return path


def test_a_track_is_scored_from_beginning_to_end_in_one_batch(
    predictor: Predictor, network: Recorder, tmp_path: Path
) -> None:
    prediction = classify_file(write(tmp_path / "a.wav", sound(20)), predictor)
    assert len(network.batches) == 1
    assert prediction.genre in LABELS
    assert prediction.duration_s == pytest.approx(20, abs=0.01)
    assert prediction.segments[0].start_s == 0
    assert prediction.segments[-1].end_s > 19
    starts = [segment.start_s for segment in prediction.segments]
    assert starts == sorted(starts)


def test_a_long_track_is_scored_in_bounded_batches(predictor: Predictor, network: Recorder, tmp_path: Path) -> None:
    n_patches = 2 * MAX_BATCH + 10
    samples = sound(n_patches * CONFIG.patch_hop * CONFIG.frame_s)
    prediction = classify_file(write(tmp_path / "a.flac", samples), predictor)
    assert sum(len(batch) for batch in network.batches) == len(prediction.segments) >= n_patches - 2
    assert max(len(batch) for batch in network.batches) <= MAX_BATCH


@pytest.mark.parametrize("gain", [0.05, 0.5, 3.0])
def test_the_level_does_not_matter(predictor: Predictor, tmp_path: Path, gain: float) -> None:
    plain = classify_file(write(tmp_path / "a.wav", sound(12)), predictor)
    other = classify_file(write(tmp_path / "b.wav", sound(12) * np.float32(gain)), predictor)
    assert plain.probabilities is not None
    assert other.probabilities == pytest.approx(plain.probabilities, abs=1e-3)


def test_digital_silence_is_not_music_and_no_error(predictor: Predictor, network: Recorder, tmp_path: Path) -> None:
    prediction = classify_file(write(tmp_path / "a.wav", np.zeros(10 * RATE, np.float32)), predictor)
    assert prediction.genre == NOT_MUSIC
    assert prediction.confidence is None
    assert prediction.probabilities is None
    assert prediction.segments == ()
    assert prediction.reasons
    assert network.batches == []


def test_silent_parts_are_not_scored(predictor: Predictor, tmp_path: Path) -> None:
    whole = classify_file(write(tmp_path / "a.wav", sound(20)), predictor)
    padded = np.concatenate([sound(20), np.zeros(60 * RATE, np.float32)])
    with_silence = classify_file(write(tmp_path / "b.wav", padded), predictor)
    assert len(with_silence.segments) <= len(whole.segments) + 2
    assert with_silence.genre == whole.genre


def test_too_short_tells_both_lengths(predictor: Predictor, tmp_path: Path) -> None:
    with pytest.raises(AudioTooShortError) as caught:
        classify_file(write(tmp_path / "a.wav", sound(0.5)), predictor)
    assert caught.value.values["duration_s"] == pytest.approx(0.5, abs=0.01)
    assert caught.value.values["needed_s"] == pytest.approx(CONFIG.min_samples / RATE)


def test_just_one_patch_is_enough(predictor: Predictor, tmp_path: Path) -> None:
    samples = sound(10)[: CONFIG.min_samples]
    assert len(classify_file(write(tmp_path / "a.wav", samples), predictor).segments) == 1
    with pytest.raises(AudioTooShortError):
        classify_file(write(tmp_path / "b.wav", samples[:-1]), predictor)


def test_a_damaged_file_is_used_as_far_as_it_can_be_read(predictor: Predictor, tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", sound(30))
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    prediction = classify_file(path, predictor)
    assert prediction.genre in LABELS
    assert prediction.duration_s == pytest.approx(15, abs=0.5)
    assert any("damaged" in reason for reason in prediction.reasons)
    assert prediction.loss is not None
    assert prediction.loss.code == "GD-106"


def test_a_damaged_file_of_less_than_a_patch_is_an_error(predictor: Predictor, tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", sound(30))
    path.write_bytes(path.read_bytes()[:60_000])
    with pytest.raises(DamagedAudioError) as caught:
        classify_file(path, predictor)
    assert 0 < float(str(caught.value.values["seconds_read"])) < 1


def test_a_missing_file(predictor: Predictor, tmp_path: Path) -> None:
    with pytest.raises(AudioNotFoundError):
        classify_file(tmp_path / "none.wav", predictor)


def test_progress_rises_to_the_end(predictor: Predictor, tmp_path: Path) -> None:
    told: list[float] = []
    classify_file(write(tmp_path / "a.wav", sound(60)), predictor, progress=told.append)
    assert told == sorted(told)
    assert len(told) > 2
    assert told[-1] == pytest.approx(1.0, abs=0.01)


def test_cancelling_ends_it_at_the_next_block(predictor: Predictor, network: Recorder, tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", sound(120))
    asked = iter([False, False, True])
    with pytest.raises(Cancelled):
        classify_file(path, predictor, is_cancelled=lambda: next(asked))
    assert network.batches == []


@pytest.mark.parametrize("every_patch", [True, False])
@pytest.mark.parametrize(("rate", "is_told"), [(1_000, False), (4_000, False), (8_000, True), (RATE, True)])
def test_sound_with_too_few_frequencies_gets_no_sure_genre(
    rate: int, is_told: bool, every_patch: bool, predictor: Predictor, tmp_path: Path
) -> None:
    path = tmp_path / "a.wav"
    soundfile.write(path, tune(120.0, rate), rate, subtype="PCM_16")
    prediction = classify_file(path, predictor, every_patch=every_patch)
    assert prediction.probabilities is not None
    assert (prediction.genre in LABELS) == is_told
    if not is_told:
        (note,) = prediction.warnings
        assert (note.code, note.loses_sound) == ("GD-116", False) and f"{rate // 2} Hz" in prediction.reasons[0]


def test_one_wild_sample_leaves_the_answer(predictor: Predictor, tmp_path: Path) -> None:
    samples = sound(20)
    expected = classify_file(write(tmp_path / "a.wav", samples), predictor)
    samples[9 * RATE] = 1e6
    found = classify_file(write(tmp_path / "b.wav", samples), predictor)
    assert found.genre == expected.genre
    assert found.probabilities == pytest.approx(expected.probabilities, abs=0.02)


@pytest.mark.parametrize("begins_s", [8.0, 18.0])  # between the first patches
def test_features_that_no_column_names_may_come_after_a_silent_round(
    network: Recorder, tmp_path: Path, begins_s: float
) -> None:
    """Of a model with styles alone nobody knows the number of features before the first patch that sounds."""
    rules = [{"name": "tuneful", "genre": LABELS[0], "columns": [[4]], "threshold": 0.4}]
    card = {"name": "styled", "labels": list(LABELS), "architecture": {"feature_layer": "x"}, "styles": rules}

    def forward(patches: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.hstack([network(patches), np.zeros((len(patches), 5), np.float32)])

    samples = np.zeros(60 * RATE, np.float32)
    first = round(begins_s * RATE)
    samples[first : first + 3 * RATE] = sound(3)
    path = write(tmp_path / "late.wav", samples)
    answer = classify_file(path, Predictor(ModelBundle(tmp_path, card, CONFIG), forward), every_patch=False)
    assert network.batches and answer.styles == ("tuneful",)
