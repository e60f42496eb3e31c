"""From a data set of spectrograms to a bundle."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from genre_desktop.commands.model_card import describe
from genre_desktop.core.errors import (
    DatasetFormatError,
    DatasetNotFoundError,
    ModelNameError,
    SplitError,
    UnknownRecipeError,
)
from genre_desktop.model.bundles.bundle import ModelBundle, read_bundle
from genre_desktop.model.predictor import Predictor
from tests.support.bundles import make_bundle
from tests.support.small_recipe import small_request
from training.datasets.npz_dataset import read_npz
from training.evaluation.calibration import UNSURE_BELOW, cautious_threshold
from training.fitting.fit import EpochReport
from training.fitting.recipes import TRANSFER
from training.pipelines.evaluate import evaluate
from training.pipelines.head_parts import HeadParts
from training.pipelines.network_parts import NetworkParts
from training.pipelines.recipe_parts import Conclusion, TrainingContext
from training.pipelines.train import choose_parts, train


def test_a_bundle_is_complete_and_right(npz: Path, tmp_path: Path) -> None:
    reports: list[EpochReport] = []
    result = train(small_request(npz, tmp_path / "mine", epochs=15), on_epoch=reports.append)
    assert [report.epoch for report in reports] == list(range(1, 16))
    assert sorted(path.name for path in (tmp_path / "mine").iterdir()) == [
        "accuracy.png",
        "card.json",
        "confusion.csv",
        "confusion.png",
        "coverage.png",
        "curves.json",
        "loss.png",
        "metrics.json",
        "model.h5",
        "model.keras",
        "reliability.png",
        "training_hist.json",
    ]
    history = json.loads((tmp_path / "mine" / "training_hist.json").read_text("utf-8"))
    assert sorted(history) == ["accuracy", "loss", "val_accuracy", "val_loss"]
    assert all(len(values) == 15 for values in history.values())
    assert history["accuracy"] == [report.accuracy for report in reports]
    card = result.bundle.card
    assert card["metrics"]["lists"]["accuracy"] == 1.0
    assert card["metrics"]["lists"]["n_tracks"] == 6
    assert card["training"]["weights"] == "epoch 15 of 15"
    assert card["training"]["command"].startswith("genre-desktop train mels.npz --recipe small")
    assert str(tmp_path) not in json.dumps(card)  # the user's folders are not in the card
    assert not result.interrupted


def test_a_bundle_of_few_tracks_is_cautious_and_says_what_its_figures_are_worth(npz: Path, tmp_path: Path) -> None:
    result = train(small_request(npz, tmp_path / "mine", epochs=1, split="track", folds=3))
    card, metrics = result.bundle.card, json.loads((tmp_path / "mine" / "metrics.json").read_text("utf-8"))
    assert result.bundle.unsure_below == round(cautious_threshold(UNSURE_BELOW, 8), 3) > UNSURE_BELOW
    for entry in (card["metrics"]["track"], card["metrics"]["folds"], metrics):
        assert entry["note"].startswith("Too few to tell") and "expect less" in entry["note"]
        assert entry["coverage"] < 1 or entry["accuracy_covered"] <= 1
    assert "Too few to tell: 8 tracks" in result.summary and "Too few to tell: 24 tracks" in result.summary
    assert "calibration error" not in result.summary
    told = "\n".join(describe(result.bundle))
    assert "too few to tell" in told and "too few tracks to tell how far it is off" in told
    assert "off by" not in told.replace("how far it is off", "")


def test_folds_that_there_cannot_be_are_refused_before_the_fit(npz: Path, tmp_path: Path) -> None:
    for split in ("artist", "track"):
        with pytest.raises(SplitError, match="999 folds are more"):
            train(small_request(npz, tmp_path / "mine", split=split, folds=999))
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize("name", ["x" * 101, "two\nlines", "\u202egpj"])
def test_a_name_that_no_model_can_have_is_refused_before_the_fit(npz: Path, tmp_path: Path, name: str) -> None:
    with pytest.raises(ModelNameError):
        train(small_request(npz, tmp_path / name))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has names of any bytes")
def test_a_data_set_whose_name_is_no_text_can_be_learned(npz: Path, tmp_path: Path) -> None:
    odd = tmp_path / "caf\udce9\n.npz"
    shutil.copy(npz, odd)
    bundle = train(small_request(odd, tmp_path / "mine", epochs=1)).bundle
    assert bundle.card["training"]["dataset"]["file"] == "caf\\udce9\\n.npz"
    assert evaluate(bundle, odd, report=tmp_path / "report").may_leak


def test_the_h5_file_holds_the_same_network(trained: ModelBundle) -> None:
    import keras

    patches = np.random.default_rng(0).random((2, 128, 128), np.float32)
    old = keras.saving.load_model(trained.path / "model.h5", compile=False)
    np.testing.assert_allclose(np.asarray(old(patches)), Predictor.load(trained).score(patches), atol=1e-6)


def test_numpy_computes_a_new_model_as_keras_does(trained: ModelBundle) -> None:
    patches = np.random.default_rng(0).random((5, 128, 128), np.float32)
    predictor = Predictor.load(trained)
    assert predictor.numpy_network is not None
    np.testing.assert_allclose(predictor.score(patches), Predictor.load_keras(trained).score(patches), atol=1e-5)


def test_the_same_seed_gives_the_same_network(npz: Path, tmp_path: Path) -> None:
    histories = [
        train(small_request(npz, tmp_path / name, seed=seed, epochs=2)).bundle.path / "training_hist.json"
        for name, seed in (("a", 1), ("b", 1), ("c", 2))
    ]
    first, again, other = (json.loads(path.read_text("utf-8")) for path in histories)
    assert first == again
    assert first != other


def test_patches_are_reported_as_leaking(npz: Path, tmp_path: Path) -> None:
    result = train(small_request(npz, tmp_path / "mine", split="patch", epochs=1))
    metrics = result.bundle.card["metrics"]["patch"]
    assert metrics["leaking"] is True
    assert metrics["unit"] == "patches"
    assert metrics["n_tracks"] == round(48 * 0.2)
    assert "Leaking" in result.summary
    assert result.bundle.accuracy is not None
    assert result.bundle.accuracy.leaking


def test_folds_judge_every_track_once(npz: Path, tmp_path: Path) -> None:
    result = train(small_request(npz, tmp_path / "mine", split="artist", folds=3, epochs=1))
    assert result.bundle.card["metrics"]["folds"]["n_tracks"] == 24
    assert "All folds" in result.summary
    with pytest.raises(SplitError):
        train(small_request(npz, tmp_path / "other", split="patch", folds=3))


def test_a_fold_that_was_stopped_gives_no_metrics(npz: Path, tmp_path: Path) -> None:
    reports: list[EpochReport] = []
    # Stops once the main training is through: amid the first fold.
    result = train(
        small_request(npz, tmp_path / "mine", split="artist", folds=3, epochs=1),
        on_epoch=reports.append,
        should_stop=lambda: len(reports) == 1,
    )
    assert result.interrupted
    assert list(result.bundle.card["metrics"]) == ["artist"]


def test_wrong_requests(npz: Path, tmp_path: Path) -> None:
    with pytest.raises(UnknownRecipeError, match="cnn"):
        train(small_request(npz, tmp_path / "a", recipe="transformer"))
    with pytest.raises(DatasetNotFoundError):
        train(small_request(tmp_path / "none", tmp_path / "a"))
    (tmp_path / "empty").mkdir()
    with pytest.raises(DatasetFormatError):
        train(small_request(tmp_path / "empty", tmp_path / "a"))
    assert not (tmp_path / "a").exists()


def test_read_bundle_of_a_training(trained: ModelBundle) -> None:
    assert read_bundle(trained.path).architecture == "small"


@pytest.mark.parametrize(("recipe", "kind"), [("small", NetworkParts), (TRANSFER, HeadParts)])
def test_a_recipe_brings_its_parts(npz: Path, tmp_path: Path, recipe: str, kind: type[Any]) -> None:
    context = TrainingContext(small_request(npz, tmp_path / "mine", recipe=recipe), lambda _message: None)
    assert isinstance(choose_parts(context), kind)


def test_the_steps_follow_one_another_whatever_the_recipe(
    npz: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[tuple[str, tuple[Any, ...]]] = []
    request = small_request(npz, tmp_path / "mine")

    class FakeParts:
        def __getattr__(self, name: str) -> Callable[..., Any]:
            def step(*given: Any) -> Any:
                steps.append((name, given))
                if name == "write":
                    make_bundle(request.out)
                return {"load": read_npz(npz), "conclude": Conclusion("good", True)}.get(name, name)

            return step

    monkeypatch.setattr("training.pipelines.train.choose_parts", lambda context: FakeParts())
    result = train(request)
    names = ("load", "split", "fit", "calibrate", "evaluate", "write", "conclude")
    assert tuple(name for name, _ in steps) == names
    assert [given for _, given in steps[2:]] == [
        ("split",),
        ("split",),
        ("split", "fit", "calibrate"),
        ("split", "fit", "calibrate", "evaluate"),
        ("split", "fit", "calibrate", "evaluate"),
    ]
    assert (result.summary, result.interrupted, result.skipped) == ("good", True, ())
    assert result.bundle.path == request.out
