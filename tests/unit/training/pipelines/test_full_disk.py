"""A disk that becomes full during a training or an evaluation."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import training.bundles.network_bundle_writer as network_bundle_writer
import training.bundles.transfer_bundle_writer as transfer_bundle_writer
import training.reports.report as report
from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.core.errors import StorageError
from genre_desktop.model.bundles.bundle import ModelBundle
from tests.support.full_disk import full_disk, needs_full_disk
from tests.support.small_recipe import small_request
from tests.support.tones import tone
from training.datasets.audio_folder import read_folder
from training.datasets.feature_cache import FeatureCache
from training.fitting.checkpoints import CHECKPOINT_FOLDER, Checkpoints
from training.pipelines.evaluate import evaluate
from training.pipelines.train import train


def fail(*_: Any, **__: Any) -> None:
    raise OSError(errno.ENOSPC, "a text of some library")


def files_below(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


@needs_full_disk
def test_without_room_for_a_checkpoint_nothing_is_left(npz: Path, tmp_path: Path) -> None:
    with full_disk(2_000), pytest.raises(StorageError) as caught:
        train(small_request(npz, tmp_path / "new" / "mine"))
    assert caught.value.values["reason"] == os.strerror(errno.EFBIG)
    assert files_below(tmp_path) == []
    assert train(small_request(npz, tmp_path / "new" / "mine", epochs=1)).bundle.name == "mine"


def test_without_room_for_a_later_checkpoint_the_one_before_stays(
    npz: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "mine"
    real = Checkpoints._save

    def save(self: Checkpoints, model: Any, history: Any, best: Any) -> None:
        if len(history["loss"]) == 3:
            (self.folder / "part-checkpoint-3.keras").write_bytes(b"half")
            fail()
        real(self, model, history, best)

    with monkeypatch.context() as patch:
        patch.setattr(Checkpoints, "_save", save)
        with pytest.raises(StorageError):
            train(small_request(npz, out))
    assert (out / CHECKPOINT_FOLDER / "checkpoint-2.keras").is_file()
    done = train(small_request(npz, out, resume=True))
    assert done.bundle.path == out and not (out / CHECKPOINT_FOLDER).exists()


@pytest.mark.parametrize("step", ["save_network", "draw_history", "write_report", "write_card"])
def test_without_room_for_the_model_it_can_be_resumed(
    npz: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    out = tmp_path / "mine"

    def half(first: Any, second: Any, *_: Any, **__: Any) -> None:
        folder = next(one for one in (first, second) if isinstance(one, Path))
        (folder / "model.keras").write_bytes(b"half")
        fail()

    with monkeypatch.context() as patch:
        patch.setattr(network_bundle_writer, step, fail if step == "write_report" else half)
        with pytest.raises(StorageError) as caught:
            train(small_request(npz, out, epochs=1))
    assert caught.value.values == {"path": out, "reason": os.strerror(errno.ENOSPC)}
    assert {name.split("/")[0] for name in files_below(out)} == {CHECKPOINT_FOLDER}
    bundle = train(small_request(npz, out, epochs=1, resume=True)).bundle
    assert bundle.name == "mine" and not any(name.startswith(".") for name in files_below(out))


def test_a_report_without_room_costs_no_figure(
    npz: Path, trained: ModelBundle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(report, "draw_coverage", fail)
    evaluation = evaluate(trained, npz, report=tmp_path / "report")
    assert evaluation.metrics.n == 24 and "24 tracks" in evaluation.table()
    assert isinstance(evaluation.report_error, StorageError)
    assert files_below(tmp_path / "report") == []


@needs_full_disk
def test_a_cache_without_room_ends_a_training_with_a_sentence(tmp_path: Path) -> None:
    for genre in ("a", "b"):
        (tmp_path / "music" / genre).mkdir(parents=True)
        tone(tmp_path / "music" / genre / "x.wav", 440 if genre == "a" else 880)
    cache = FeatureCache(FeatureConfig(), folder=tmp_path / "cache")
    with full_disk(1_000):
        with pytest.raises(StorageError):
            cache.features(tmp_path / "music" / "a" / "x.wav")
        with pytest.raises(StorageError):  # and not "left out: GD-900" for each of its files
            read_folder(tmp_path / "music", FeatureConfig())
    assert files_below(tmp_path / "cache") == []
    assert len(np.load(cache.features(tmp_path / "music" / "a" / "x.wav"))) > 100


def test_a_head_without_room_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transfer_bundle_writer, "build_classifier", lambda *_: None)
    monkeypatch.setattr(transfer_bundle_writer, "save_network", fail)
    monkeypatch.setattr(transfer_bundle_writer, "compute_metrics", lambda *_: _Figures())
    monkeypatch.setattr(transfer_bundle_writer, "fold_entry", lambda _: {})
    with pytest.raises(StorageError):
        transfer_bundle_writer.write_transfer_bundle(
            tmp_path / "out",
            _Any(),
            _Any(),
            _Data(),
            _Validation(),
            _Facts(),  # type: ignore[arg-type]
        )
    assert files_below(tmp_path) == []


class _Any:
    model = None


class _Figures:
    accuracy, log_loss, n = 1.0, 0.0, 12


class _Data:
    tracks: tuple[()] = ()
    truth: tuple[()] = ()
    labels = ("a", "b")


class _Validation:
    class folds:  # noqa: N801
        temperature = 1.0
        metrics = _Figures()


class _Facts:
    split = "track"
