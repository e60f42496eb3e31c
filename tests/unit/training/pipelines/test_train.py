"""From a data set to a bundle, with a network small enough to be fitted within seconds."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.core import locations
from genre_desktop.core.errors import (
    DatasetFormatError,
    DatasetNotFoundError,
    ModelInputError,
    OutputExistsError,
    ResumeError,
    SplitError,
    StorageError,
    TooFewTracksError,
    TrainingInterruptedError,
    UnknownRecipeError,
)
from genre_desktop.model.bundles.bundle import ModelBundle, read_bundle
from genre_desktop.model.predictor import Predictor
from training.fitting import recipes
from training.fitting.fit import EpochReport
from training.fitting.recipes import FILTERS, RECIPES, Recipe, build_cnn, count_multiply_adds
from training.pipelines.evaluate import evaluate
from training.pipelines.request import TrainRequest
from training.pipelines.train import train


def _build_small(config: FeatureConfig, n_genres: int, seed: int) -> Any:
    import keras

    keras.utils.set_random_seed(seed)
    patch = keras.Input((config.patch_frames, config.n_mels))
    x = keras.layers.GlobalAveragePooling1D()(patch)
    x = keras.layers.Dropout(0.3, seed=seed)(x)
    return keras.Model(patch, keras.layers.Dense(n_genres, activation="softmax")(x))


@pytest.fixture(autouse=True, scope="module")
def small() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(recipes.RECIPES, "small", Recipe("small", "a layer", _build_small, learning_rate=0.1))
        yield


def request(npz: Path, out: Path, **options: Any) -> TrainRequest:
    return replace(TrainRequest(npz, out, recipe="small", epochs=4), **options)


@pytest.fixture(scope="module")
def shared_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("shared home")


@pytest.fixture(scope="module")
def trained(small: None, npz: Path, shared_home: Path, tmp_path_factory: pytest.TempPathFactory) -> ModelBundle:
    """What one epoch made of the spectrograms, for tests that leave it as it is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(locations.HOME_VARIABLE, str(shared_home))
        return train(request(npz, tmp_path_factory.mktemp("trained") / "mine", epochs=1)).bundle


@pytest.fixture
def known_features(home: Path, shared_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Features of sound are computed by the first test that wants them."""
    monkeypatch.setenv(locations.HOME_VARIABLE, str(shared_home))


def test_a_bundle_is_complete_and_right(npz: Path, tmp_path: Path) -> None:
    told: list[EpochReport] = []
    result = train(request(npz, tmp_path / "mine", epochs=15), on_epoch=told.append)
    assert [report.epoch for report in told] == list(range(1, 16))
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
    assert history["accuracy"] == [report.accuracy for report in told]
    card = result.bundle.card
    assert card["metrics"]["lists"]["accuracy"] == 1.0
    assert card["metrics"]["lists"]["n_tracks"] == 6
    assert card["training"]["weights"] == "epoch 15 of 15"
    assert card["training"]["command"].startswith("genre-desktop train mels.npz --recipe small")
    assert str(tmp_path) not in json.dumps(card)  # a card tells nothing of the user's folders
    assert not result.interrupted


def test_evaluate_gives_the_figures_of_the_card(npz: Path, trained: ModelBundle, tmp_path: Path) -> None:
    names = npz.parent / "splits" / "valid_x.txt"
    evaluation = evaluate(trained, npz, names=names, report=tmp_path / "report").to_dict()
    figures = trained.card["metrics"]["lists"]
    for key in set(evaluation) - {"model", "dataset"}:
        assert evaluation[key] == figures[key], key
    assert sorted(path.name for path in (tmp_path / "report").iterdir()) == [
        "confusion.csv",
        "confusion.png",
        "coverage.png",
        "curves.json",
        "metrics.json",
        "reliability.png",
    ]


def test_the_h5_file_holds_the_same_network(trained: ModelBundle) -> None:
    import keras

    patches = np.random.default_rng(0).random((2, 128, 128), np.float32)
    old = keras.saving.load_model(trained.path / "model.h5", compile=False)
    np.testing.assert_allclose(np.asarray(old(patches)), Predictor.load(trained).score(patches), atol=1e-6)


def test_the_same_seed_gives_the_same_network(npz: Path, tmp_path: Path) -> None:
    histories = [
        train(request(npz, tmp_path / name, seed=seed, epochs=2)).bundle.path / "training_hist.json"
        for name, seed in (("a", 1), ("b", 1), ("c", 2))
    ]
    first, again, other = (json.loads(path.read_text("utf-8")) for path in histories)
    assert first == again
    assert first != other


def test_patches_are_reported_as_leaking(npz: Path, tmp_path: Path) -> None:
    result = train(request(npz, tmp_path / "mine", split="patch", epochs=1))
    figures = result.bundle.card["metrics"]["patch"]
    assert figures["leaking"] is True
    assert figures["unit"] == "patches"
    assert figures["n_tracks"] == round(48 * 0.2)
    assert "Leaking" in result.summary
    assert result.bundle.accuracy is not None
    assert result.bundle.accuracy.leaking


def test_folds_judge_every_track_once(npz: Path, tmp_path: Path) -> None:
    result = train(request(npz, tmp_path / "mine", split="artist", folds=3, epochs=1))
    assert result.bundle.card["metrics"]["folds"]["n_tracks"] == 24
    assert "All folds" in result.summary
    with pytest.raises(SplitError):
        train(request(npz, tmp_path / "other", split="patch", folds=3))


class _Stop:
    """Stops a training amid an epoch: each epoch of the lists has two batches."""

    def __init__(self, batches: int) -> None:
        self.left = batches

    def __call__(self) -> bool:
        self.left -= 1
        return self.left < 0


def test_a_stopped_training_keeps_its_best_epoch(npz: Path, tmp_path: Path) -> None:
    told: list[EpochReport] = []
    result = train(request(npz, tmp_path / "mine"), on_epoch=told.append, should_stop=_Stop(5))
    assert result.interrupted
    assert len(told) == 2
    best = min(told, key=lambda report: report.val_loss).epoch
    assert result.bundle.card["training"]["weights"].startswith(f"epoch {best} of 2")
    assert Predictor.load(result.bundle).score(np.zeros((1, 128, 128), np.float32)).shape == (1, 3)
    told.clear()
    resumed = train(request(npz, tmp_path / "mine", resume=True), on_epoch=told.append)
    assert [report.epoch for report in told] == [3, 4]
    assert not resumed.interrupted
    assert resumed.bundle.card["training"]["weights"] == "epoch 4 of 4"


def test_stopped_within_the_first_epoch_there_is_nothing_to_keep(npz: Path, tmp_path: Path) -> None:
    with pytest.raises(TrainingInterruptedError):
        train(request(npz, tmp_path / "mine"), should_stop=lambda: True)


def test_a_killed_training_goes_on_as_if_nothing_had_been(npz: Path, tmp_path: Path) -> None:
    whole = train(request(npz, tmp_path / "whole"))

    def killed(report: EpochReport) -> None:
        if report.epoch == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(request(npz, tmp_path / "killed"), on_epoch=killed)
    assert not (tmp_path / "killed" / "card.json").exists()
    with pytest.raises(OutputExistsError):
        train(request(npz, tmp_path / "killed"))
    told: list[EpochReport] = []
    resumed = train(request(npz, tmp_path / "killed", resume=True), on_epoch=told.append)
    assert [report.epoch for report in told] == [3, 4]
    histories = [
        json.loads((result.bundle.path / "training_hist.json").read_text("utf-8")) for result in (whole, resumed)
    ]
    for key, values in histories[0].items():
        assert histories[1][key] == pytest.approx(values, abs=1e-5)
    assert not (tmp_path / "killed" / "checkpoints").exists()


def test_resume_refuses_what_would_let_judged_tracks_train(npz: Path, tmp_path: Path) -> None:
    def killed(report: EpochReport) -> None:
        raise KeyboardInterrupt

    data = tmp_path / "data"
    shutil.copytree(npz.parent, data)
    with pytest.raises(KeyboardInterrupt):
        train(request(data / "mels.npz", tmp_path / "out"), on_epoch=killed)
    lists = [data / "splits" / f"{side}_x.txt" for side in ("train", "valid")]
    texts = [path.read_text("utf-8") for path in lists]
    moved = [name for name in texts[0].splitlines() if name.endswith(("00004", "00005"))]
    lists[0].write_text("\n".join(name for name in texts[0].splitlines() if name not in moved), "utf-8")
    lists[1].write_text("\n".join([texts[1], *moved]), "utf-8")
    with pytest.raises(ResumeError, match="other data"):
        train(request(data / "mels.npz", tmp_path / "out", resume=True))
    for path, text in zip(lists, texts, strict=True):
        path.write_text(text, "utf-8")
    with np.load(data / "mels.npz") as arrays:
        changed = {**arrays, "vmin_db": arrays["vmin_db"] + 1}
    np.savez(data / "mels.npz", **changed)
    with pytest.raises(ResumeError, match="other data"):
        train(request(data / "mels.npz", tmp_path / "out", resume=True))


def test_a_fold_that_was_stopped_gives_no_figure(npz: Path, tmp_path: Path) -> None:
    told: list[EpochReport] = []
    # Stops once the main training is through: amid the first fold.
    result = train(
        request(npz, tmp_path / "mine", split="artist", folds=3, epochs=1),
        on_epoch=told.append,
        should_stop=lambda: len(told) == 1,
    )
    assert result.interrupted
    assert list(result.bundle.card["metrics"]) == ["artist"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc is Linux's")
def test_unwritable_places_are_refused_before_the_work(npz: Path, trained: ModelBundle) -> None:
    with pytest.raises(StorageError):
        train(request(npz, Path("/proc/genre-desktop")))
    with pytest.raises(StorageError):
        evaluate(trained, npz, report=Path("/proc/genre-desktop"))


def test_resume_refuses_another_training(npz: Path, tmp_path: Path) -> None:
    def killed(report: EpochReport) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(request(npz, tmp_path / "killed"), on_epoch=killed)
    with pytest.raises(ResumeError, match="other settings"):
        train(request(npz, tmp_path / "killed", seed=9, resume=True))
    with pytest.raises(ResumeError, match="no checkpoint"):
        train(request(npz, tmp_path / "nowhere", resume=True))
    state = tmp_path / "killed" / "checkpoints" / "state.json"
    state.write_text(state.read_text("utf-8")[:50], "utf-8")
    with pytest.raises(ResumeError, match="damaged"):
        train(request(npz, tmp_path / "killed", resume=True))


def test_a_foreign_checkpoint_gives_numbers_and_nothing_else(npz: Path, tmp_path: Path) -> None:
    def killed(report: EpochReport) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(request(npz, tmp_path / "gift"), on_epoch=killed)
    checkpoints = tmp_path / "gift" / "checkpoints"
    good = (checkpoints / "checkpoint-1.keras").read_bytes()

    def put(name: str, change: Callable[[bytes], bytes]) -> None:
        with zipfile.ZipFile(io.BytesIO(good)) as old:
            members = {member: old.read(member) for member in old.namelist()}
        with zipfile.ZipFile(checkpoints / "checkpoint-1.keras", "w") as new:
            for member, content in members.items():
                new.writestr(member, change(content) if member == name else content)

    for change in (lambda data: data[:5000], lambda _: b"", lambda data: data.replace(b"TREE", b"FREE")):
        put("model.weights.h5", change)
        with pytest.raises(ResumeError, match="damaged"):
            train(request(npz, tmp_path / "gift", resume=True))
    other = RECIPES["small"].build(FeatureConfig(), 4, 0)
    other.save(checkpoints / "checkpoint-1.keras")
    with pytest.raises(ResumeError, match="not of the shape"):
        train(request(npz, tmp_path / "gift", resume=True))
    # What Keras would build of it, a `Lambda` of foreign code for one, is never read.
    put("config.json", lambda _: b'{"class_name": "Lambda"}')
    resumed = train(request(npz, tmp_path / "gift", resume=True))
    assert resumed.bundle.card["training"]["weights"] == "epoch 4 of 4"


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
@pytest.mark.parametrize("name", ["metrics.json", "model.h5", "part-model.keras", "card.json.part", "loss.png"])
@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_a_foreign_folder_that_is_continued_leads_to_no_other_file(
    npz: Path, tmp_path: Path, name: str, link: Callable[[Path, Path], None]
) -> None:
    def killed(report: EpochReport) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(request(npz, tmp_path / "gift", epochs=1), on_epoch=killed)
    private = tmp_path / "private.txt"
    private.write_text("precious")
    link(private, tmp_path / "gift" / name)
    with pytest.raises(ResumeError, match=name):
        train(request(npz, tmp_path / "gift", epochs=1, resume=True))
    assert private.read_text() == "precious"


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
@pytest.mark.parametrize("name", ["part-checkpoint-2.keras", "state.json.part", "part-best.keras"])
def test_nor_do_its_checkpoints(npz: Path, tmp_path: Path, name: str) -> None:
    def killed(report: EpochReport) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(request(npz, tmp_path / "gift"), on_epoch=killed)
    checkpoints, elsewhere = tmp_path / "gift" / "checkpoints", tmp_path / "elsewhere"
    (checkpoints / name).symlink_to(tmp_path / "private.txt")
    with pytest.raises(ResumeError, match=name):
        train(request(npz, tmp_path / "gift", resume=True))
    (checkpoints / name).unlink()
    checkpoints.rename(elsewhere)
    checkpoints.symlink_to(elsewhere, target_is_directory=True)
    with pytest.raises(ResumeError, match="checkpoints"):
        train(request(npz, tmp_path / "gift", resume=True))


def test_what_is_there_is_not_overwritten(npz: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("precious")
    with pytest.raises(OutputExistsError):
        train(request(npz, tmp_path))
    with pytest.raises(OutputExistsError):
        train(request(npz, tmp_path / "notes.txt"))
    assert (tmp_path / "notes.txt").read_text() == "precious"


def test_wrong_requests(npz: Path, tmp_path: Path) -> None:
    with pytest.raises(UnknownRecipeError, match="cnn"):
        train(request(npz, tmp_path / "a", recipe="transformer"))
    with pytest.raises(DatasetNotFoundError):
        train(request(tmp_path / "none", tmp_path / "a"))
    (tmp_path / "empty").mkdir()
    with pytest.raises(DatasetFormatError):
        train(request(tmp_path / "empty", tmp_path / "a"))
    assert not (tmp_path / "a").exists()


# --- from sound -----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("music")
    rate = 22_050
    time = np.arange(7 * rate) / rate
    for genre, pitch in (("drone", 110), ("whistle", 2200)):
        (folder / genre).mkdir()
        for i in range(4):
            tone = 0.4 * np.sin(2 * np.pi * pitch * (1 + i / 20) * time)
            tone += np.random.default_rng(i).normal(0, 0.01, len(time))
            soundfile.write(folder / genre / f"{i}.flac", tone.astype(np.float32), rate)
    shutil.copy(folder / "drone" / "0.flac", folder / "drone" / "copy of 0.flac")
    (folder / "drone" / "damaged.mp3").write_bytes(b"this was never an MP3" * 50)
    soundfile.write(folder / "drone" / "short.wav", np.zeros(2000, np.float32), rate)
    return folder


def test_a_folder_of_sound_trains_with_damaged_files_left_out(sounds: Path, tmp_path: Path, home: Path) -> None:
    said: list[str] = []
    result = train(request(sounds, tmp_path / "mine", split="track", epochs=20), on_message=said.append)
    left_out = [line for line in said if line.startswith("left out")]
    assert len(left_out) == 3
    assert any("copy of 0.flac" in line and "0.flac" in line for line in left_out)
    assert len(result.skipped) == 3
    assert any("damaged.mp3" in line and "GD-105" in line for line in left_out)
    assert any("short.wav" in line and "GD-107" in line for line in left_out)
    assert result.bundle.config == FeatureConfig()
    assert result.bundle.card["training"]["dataset"]["n_left_out"] == 3
    assert result.bundle.card["metrics"]["track"]["accuracy"] == 1.0
    cached = sorted((home / "cache" / "features").glob("*.npy"))
    assert len(cached) == 8 * 3  # each recording and its two augmented versions
    before = [path.stat().st_mtime_ns for path in cached]
    train(request(sounds, tmp_path / "again", split="track", epochs=1))
    assert [path.stat().st_mtime_ns for path in cached] == before
    assert "whistle" in evaluate(result.bundle, sounds).table()
    assert evaluate(result.bundle, sounds).to_dict()["n_tracks"] == 9


@pytest.mark.usefixtures("known_features")
def test_a_model_refuses_what_it_cannot_take(sounds: Path, npz: Path, trained: ModelBundle, tmp_path: Path) -> None:
    of_sound = train(request(sounds, tmp_path / "sound", split="track", epochs=1)).bundle
    with pytest.raises(ModelInputError, match="hop_length 512"):
        evaluate(of_sound, npz)
    with pytest.raises(ModelInputError, match="drone"):
        evaluate(trained, sounds)
    with pytest.raises(DatasetNotFoundError):
        evaluate(of_sound, tmp_path / "none")


# --- the recipes ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["cnn", "cnn-mfcc"])
def test_the_notebooks_network_has_what_it_had(name: str) -> None:
    from keras import layers

    recipe = RECIPES[name]
    model = recipe.build(FeatureConfig(), 10, 0)
    kinds = [type(layer) for layer in model.layers]
    assert kinds.count(layers.Conv2D) == len(FILTERS)
    assert kinds.count(layers.BatchNormalization) > len(FILTERS)
    assert [layer.rate for layer in model.layers if isinstance(layer, layers.Dropout)] == [0.3, 0.5]
    assert kinds[-1] is layers.Dense
    assert layers.Lambda not in kinds
    assert count_multiply_adds(model) < 50_000_000
    probabilities = np.asarray(model(np.random.default_rng(0).random((2, 128, 128), np.float32)))
    assert probabilities.shape == (2, 10)
    np.testing.assert_allclose(probabilities.sum(axis=1), 1, atol=1e-5)


def test_the_mfcc_branch_matters() -> None:
    model = build_cnn(FeatureConfig(), 10, 0, with_mfcc=True)
    patches = np.random.default_rng(0).random((2, 128, 128), np.float32)
    before = np.asarray(model(patches))
    branch = model.get_layer("mfcc_conv1")
    branch.set_weights([0 * weight for weight in branch.get_weights()])
    assert np.abs(np.asarray(model(patches)) - before).max() > 1e-4


def test_every_recipe_survives_the_bundle(tmp_path: Path, npz: Path) -> None:
    import keras

    for name in ("cnn", "cnn-mfcc"):
        model = RECIPES[name].build(FeatureConfig(), 3, 0)
        model.save(tmp_path / f"{name}.keras")
        again = keras.saving.load_model(tmp_path / f"{name}.keras", safe_mode=True)
        patches = np.random.default_rng(0).random((1, 128, 128), np.float32)
        np.testing.assert_allclose(np.asarray(again(patches)), np.asarray(model(patches)), atol=1e-6)


def test_read_bundle_of_a_training(trained: ModelBundle) -> None:
    assert read_bundle(trained.path).architecture == "small"


# --- requests that cannot be granted are refused before features are computed ----------------


@pytest.fixture
def no_features(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("training.datasets.loading.read_folder", lambda *a, **k: pytest.fail("features were computed"))


@pytest.mark.usefixtures("no_features")
def test_one_genre_is_refused_at_once(sounds: Path, tmp_path: Path) -> None:
    shutil.copytree(sounds / "drone", tmp_path / "music" / "drone")
    with pytest.raises(TooFewTracksError):
        train(request(tmp_path / "music", tmp_path / "out"))


@pytest.mark.usefixtures("no_features")
def test_a_split_by_artists_needs_artists_at_once(sounds: Path, tmp_path: Path) -> None:
    with pytest.raises(SplitError, match="no artist is known"):
        train(request(sounds, tmp_path / "out", split="artist"))


@pytest.mark.usefixtures("no_features")
def test_a_table_of_other_tracks_is_refused_at_once(sounds: Path, tmp_path: Path) -> None:
    table = tmp_path / "artists.tsv"
    table.write_text("name\tartist\nfado.00001\tAmália Rodrigues\n", "utf-8")
    with pytest.raises(DatasetFormatError, match=r"drone/0\.flac"):
        train(request(sounds, tmp_path / "out", artists=table))


@pytest.mark.usefixtures("known_features")
@pytest.mark.parametrize("form", ["drone/{}.flac", "{}.flac", "{}"])
def test_a_table_may_name_files_with_or_without_folder_and_ending(sounds: Path, tmp_path: Path, form: str) -> None:
    table = tmp_path / "artists.tsv"
    table.write_text("name\tartist\n" + "\n".join(f"{form.format(i)}\tSomebody" for i in range(4)), "utf-8")
    said: list[str] = []
    train(request(sounds, tmp_path / "out", artists=table, split="track", epochs=1), on_message=said.append)
    n = 4 if form.startswith("drone") else 8
    assert f"Artists are known of {n} of 8 tracks." in said


def test_judging_a_model_on_what_it_was_trained_on_is_called_leaking(npz: Path, trained: ModelBundle) -> None:
    assert "Leaking" in evaluate(trained, npz).table()
    assert "Leaking" not in evaluate(trained, npz, names=npz.parent / "splits" / "valid_x.txt").table()
