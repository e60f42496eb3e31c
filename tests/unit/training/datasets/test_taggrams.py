"""Files of taggrams: read, refused, tagged from sound, scored with the shipped model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.core.errors import (
    DatasetFormatError,
    DatasetNotFoundError,
    ModelInputError,
    TrainingInterruptedError,
)
from genre_desktop.model.aggregate import track_probabilities
from genre_desktop.model.bundles.bundle import ModelBundle, read_bundle
from genre_desktop.model.predictor import MAX_BATCH, load_head
from tests.conftest import REPOSITORY
from tests.support.bundles import make_bundle
from training.datasets.dataset import Dataset, LabelledTrack
from training.datasets.taggrams import holds_taggrams, log_odds, read_taggrams, tag_dataset
from training.pipelines.evaluate import evaluate

SHIPPED = REPOSITORY / "resources" / "models" / "gtzan-musicnn"


def write_taggrams(path: Path, names: list[str], values: NDArray[np.floating] | None = None) -> Path:
    """A file with a patch a name, by default with the tags that are usual for its genre (the gate's means)."""
    if values is None:
        card = read_bundle(SHIPPED).card
        usual = dict(zip(card["labels"], np.array(card["tagger"]["gate"]["means"]), strict=True))
        values = 1 / (1 + np.exp(-np.array([usual[name.split(".")[0]] for name in names])))
    np.savez(path, taggram=values.astype(np.float16), names=np.array(names))
    return path


NAMES = [name for name in ("jazz.1", "metal.1", "country.1", "jazz.2") for _ in range(3)]


@pytest.fixture(scope="module")
def shipped() -> ModelBundle:
    return read_bundle(SHIPPED)


def test_tracks_are_gathered_from_their_patches(tmp_path: Path) -> None:
    values = np.random.default_rng(0).random((6, 5)).astype(np.float32)
    np.savez(tmp_path / "t.npz", taggram=values, names=np.array(["b.1", "b.1", "a.x.y", "b.2", "b.2", "b.2"]))
    data = read_taggrams(tmp_path / "t.npz")
    assert data.tracks == (LabelledTrack("b.1", "b"), LabelledTrack("a.x.y", "a"), LabelledTrack("b.2", "b"))
    assert data.labels == ("a", "b")
    assert data.truth.tolist() == [1, 0, 1]
    np.testing.assert_array_equal(np.concatenate([data.taggram(i) for i in range(3)]), values)
    chosen = data.select(["b.2", "b.1"])
    assert [track.name for track in chosen.tracks] == ["b.1", "b.2"] and chosen.labels == data.labels
    np.testing.assert_array_equal(chosen.taggram(1), values[3:])
    np.testing.assert_allclose(chosen.mean_logits()[1], np.log(values[3:] / (1 - values[3:])).mean(axis=0), rtol=1e-4)


def test_log_odds_are_cut_at_both_ends() -> None:
    odds = log_odds(np.array([0.0, 1e-9, 0.001, 0.5, 0.999, 1.0], np.float32), 1e-3)
    np.testing.assert_allclose(odds, np.log(999) * np.array([-1, -1, -1, 0, 1, 1]), rtol=1e-4, atol=1e-9)


def test_a_file_of_spectrograms_is_none_of_taggrams(npz: Path, tmp_path: Path) -> None:
    assert not holds_taggrams(npz)
    assert holds_taggrams(write_taggrams(tmp_path / "t.npz", NAMES))
    with pytest.raises(DatasetFormatError, match="lacks taggram or names; found names, q, vmin_db"):
        read_taggrams(npz)


GOOD = np.full((4, 3), 0.5, np.float32)
TEXT = np.array(["a.1", "a.1", "b.1", "b.1"])


@pytest.mark.parametrize(
    ("arrays", "reason"),
    [
        ({"taggram": GOOD}, "lacks taggram or names; found taggram"),
        ({"names": TEXT, "tags": GOOD}, "lacks taggram or names; found names, tags"),
        ({"taggram": GOOD[0], "names": TEXT}, r"taggram must be float \[n, tags\]"),
        ({"taggram": GOOD.astype(np.int64), "names": TEXT}, "int64"),
        ({"taggram": GOOD, "names": np.arange(4)}, "names text"),
        ({"taggram": GOOD, "names": TEXT[:, None]}, r"\[4, 1\]"),
        ({"taggram": GOOD, "names": TEXT.astype("S")}, "names text"),
        ({"taggram": GOOD[:3], "names": TEXT}, "differ in length"),
        ({"taggram": GOOD[:0], "names": TEXT[:0]}, "empty"),
        ({"taggram": GOOD[:, :0], "names": TEXT}, "empty"),
        ({"taggram": GOOD, "names": TEXT[[0, 2, 1, 3]]}, "do not stand in a row"),
        ({"taggram": GOOD * 2.1, "names": TEXT}, "no probabilities"),
        ({"taggram": GOOD - 0.6, "names": TEXT}, "no probabilities"),
        ({"taggram": GOOD * np.nan, "names": TEXT}, "no probabilities"),
        ({"taggram": np.full((4, 3), 1e300), "names": TEXT}, "no probabilities"),
        ({"taggram": np.full((4, 3), np.inf, np.float16), "names": TEXT}, "no probabilities"),
        ({"taggram": GOOD, "names": np.array([".1", ".1", "b.1", "b.1"])}, "no genre"),
        ({"taggram": GOOD, "names": np.array(["", "", "b.1", "b.1"])}, "no genre"),
    ],
)
def test_a_malformed_file_says_why(
    tmp_path: Path, shipped: ModelBundle, arrays: dict[str, NDArray[Any]], reason: str
) -> None:
    np.savez(tmp_path / "t.npz", **arrays)
    with pytest.raises(DatasetFormatError, match=reason):
        read_taggrams(tmp_path / "t.npz")
    if "taggram" in arrays:
        with pytest.raises(DatasetFormatError, match=reason):
            evaluate(shipped, tmp_path / "t.npz")


def test_no_file_and_no_archive(tmp_path: Path) -> None:
    with pytest.raises(DatasetNotFoundError):
        read_taggrams(tmp_path / "none.npz")
    (tmp_path / "t.npz").write_bytes(b"no archive")
    with pytest.raises(DatasetFormatError, match="no readable"):
        read_taggrams(tmp_path / "t.npz")
    # Pickles are not opened: they could hold code.
    np.savez(tmp_path / "t.npz", taggram=GOOD, names=np.array(["a.1", "b.1", 3, None], dtype=object))
    with pytest.raises(DatasetFormatError):
        read_taggrams(tmp_path / "t.npz")


def test_the_shipped_model_is_evaluated_on_taggrams(tmp_path: Path, shipped: ModelBundle) -> None:
    path = write_taggrams(tmp_path / "tags.npz", NAMES)
    (tmp_path / "artists.tsv").write_text("name\tartist\njazz.1\tMiles\njazz.2\tMiles\n", "utf-8")
    found = evaluate(shipped, path, report=tmp_path / "report")
    assert found.metrics.n == 4 and found.metrics.accuracy == 1.0
    assert found.skipped == () and not found.may_leak
    assert found.to_dict()["per_genre"]["jazz"]["n"] == 2
    assert "second opinion needs sound" in found.note and found.note in found.table()
    assert found.note in (tmp_path / "report" / "metrics.json").read_text("utf-8")
    (tmp_path / "names.txt").write_text("jazz.2\ncountry.1\n", "utf-8")
    assert evaluate(shipped, path, names=tmp_path / "names.txt").metrics.n == 2
    (tmp_path / "names.txt").write_text("jazz.3\n", "utf-8")
    with pytest.raises(DatasetFormatError, match=r"jazz\.3"):
        evaluate(shipped, path, names=tmp_path / "names.txt")


def test_the_answer_is_the_heads_for_the_mean_of_the_evidence(tmp_path: Path, shipped: ModelBundle) -> None:
    """Of `evaluate`, against the head's weights as the file has them."""
    import keras

    rng = np.random.default_rng(4)
    values = rng.beta(0.3, 2.0, (7, 50)).astype(np.float16)
    path = write_taggrams(tmp_path / "t.npz", ["jazz.1"] * 7, values)
    network = keras.saving.load_model(shipped.path / "model.keras", compile=False)
    weights, bias = network.get_layer("head").get_weights()
    logits = read_taggrams(path).mean_evidence()[0] @ weights + bias
    by_hand = np.exp((logits - logits.max()) / shipped.temperature)
    by_hand /= by_hand.sum()
    found = evaluate(shipped, path).metrics
    assert found.confusion[shipped.labels.index("jazz"), by_hand.argmax()] == 1
    assert found.log_loss == pytest.approx(-np.log(by_hand[shipped.labels.index("jazz")]), rel=1e-3)
    # The head in the file is made of the network's own layers.
    segments = load_head(shipped, n_tags=50)(values.astype(np.float32))
    np.testing.assert_allclose(track_probabilities(segments, shipped.temperature, "mean_logit"), by_hand, rtol=1e-3)


def test_the_training_set_itself_is_called_leaking(tmp_path: Path, shipped: ModelBundle) -> None:
    path = write_taggrams(tmp_path / "taggrams_train.npz", NAMES)
    assert evaluate(shipped, path).may_leak
    (tmp_path / "names.txt").write_text("jazz.2\n", "utf-8")
    assert not evaluate(shipped, path, names=tmp_path / "names.txt").may_leak


def test_a_model_of_sound_takes_no_taggrams(tmp_path: Path) -> None:
    path = write_taggrams(tmp_path / "t.npz", NAMES[:3])
    bundle = read_bundle(make_bundle(tmp_path / "mine"))
    with pytest.raises(ModelInputError, match=r"spectrograms or sound\. Received: taggrams with 50 tags"):
        evaluate(bundle, path)
    with pytest.raises(ModelInputError):  # and the other way round
        evaluate(read_bundle(REPOSITORY / "resources" / "models" / "gtzan-cnn"), path)


def test_another_number_of_tags_is_refused(tmp_path: Path, shipped: ModelBundle) -> None:
    np.savez(tmp_path / "t.npz", taggram=np.full((2, 49), 0.1), names=np.array(["jazz.1", "jazz.1"]))
    with pytest.raises(ModelInputError, match=r"expects 50 tags\. Received: 49 tags"):
        evaluate(shipped, tmp_path / "t.npz")


def test_genres_that_the_model_does_not_know(tmp_path: Path, shipped: ModelBundle) -> None:
    np.savez(tmp_path / "t.npz", taggram=np.full((2, 50), 0.1), names=np.array(["polka.1", "polka.1"]))
    with pytest.raises(ModelInputError, match="Received: polka"):
        evaluate(shipped, tmp_path / "t.npz")


# --- from sound --------------------------------------------------------------------------

CONFIG = FeatureConfig(n_mels=13, patch_frames=8, patch_hop=4)


class Frames:
    n_variants = 1

    def __init__(self, tracks: list[NDArray[np.float32]]) -> None:
        self._tracks = tracks

    def n_frames(self, track: int, variant: int = 0) -> int:
        return len(self._tracks[track])

    def frames(self, track: int, variant: int = 0) -> NDArray[np.float32]:
        return self._tracks[track]


class MeanTagger:
    """One "tag": the mean of the patch."""

    def __init__(self) -> None:
        self.batches: list[int] = []

    def predict_on_batch(self, patches: NDArray[np.float32]) -> NDArray[np.float32]:
        assert patches.dtype == np.float32 and patches.shape[1:] == (8, 13)
        self.batches.append(len(patches))
        return patches.mean(axis=(1, 2))[:, None]


def make_dataset(*tracks: NDArray[np.float32]) -> Dataset:
    known = tuple(LabelledTrack(f"a/{i}.wav", "a") for i in range(len(tracks)))
    skipped = (("a/bad.wav", "GD-104"),)
    return Dataset(Path("d"), known, ("a",), tuple(range(len(tracks))), skipped, CONFIG, Frames(list(tracks)))


def noise(n_frames: int) -> NDArray[np.float32]:
    return np.random.default_rng(n_frames).uniform(-80, 0, (n_frames, 13)).astype(np.float32)


def test_every_patch_that_sounds_is_tagged() -> None:
    half_silent = noise(24)
    half_silent[:12] = -100.0
    tagger: Any = MeanTagger()
    data = tag_dataset(make_dataset(noise(16), np.full((40, 13), -100, np.float32), half_silent, noise(7)), tagger)
    assert [track.name for track in data.tracks] == ["a/0.wav", "a/2.wav"]
    assert [len(data.taggram(i)) for i in range(2)] == [3, 3]
    assert dict(data.skipped) == {
        "a/bad.wav": "GD-104",
        "a/1.wav": "silent, or shorter than a patch of the model",
        "a/3.wav": "silent, or shorter than a patch of the model",
    }
    assert 0.3 < data.taggram(0).mean() < 0.7  # scaled, not in dB


def test_long_tracks_are_tagged_in_batches() -> None:
    tagger: Any = MeanTagger()
    long = noise(4 * (2 * MAX_BATCH + 5) + 4)
    data = tag_dataset(make_dataset(long), tagger)
    assert tagger.batches == [MAX_BATCH, MAX_BATCH, 5]
    alone = tag_dataset(make_dataset(long[4 * (MAX_BATCH + 6) :]), tagger).taggram(0)
    np.testing.assert_allclose(data.taggram(0)[MAX_BATCH + 6 :], alone, atol=1e-6)


def test_tagging_can_be_stopped() -> None:
    tagger: Any = MeanTagger()
    stops: Callable[[], bool] = iter([False, True]).__next__
    with pytest.raises(TrainingInterruptedError):
        tag_dataset(make_dataset(noise(8), noise(8)), tagger, should_stop=stops)
    assert tagger.batches == [1]
