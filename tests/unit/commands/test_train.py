from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import training.datasets.dataset_check
import training.pipelines.evaluate
import training.pipelines.train
from genre_desktop.__main__ import main
from genre_desktop.core.errors import DatasetNotFoundError, StorageError, TrainingInterruptedError
from genre_desktop.model.bundles.bundle import ModelBundle
from training.fitting.fit import EpochReport
from training.pipelines.train import TrainRequest, TrainResult

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run(*words: object) -> tuple[int, str, str]:
        try:
            status = main([str(word) for word in words])
        except SystemExit as ended:  # argparse
            status = int(ended.code or 0)
        return (status, *capsys.readouterr())

    return run


class FakeTraining:
    """Takes the place of `training.pipelines.train.train`; `during` runs within it."""

    def __init__(self, bundle: ModelBundle) -> None:
        self.bundle = bundle
        self.request: TrainRequest | None = None
        self.during: Callable[[], None] = lambda: None
        self.skipped: tuple[tuple[str, str], ...] = ()

    def __call__(self, request: TrainRequest, *, on_epoch: Any, on_message: Any, should_stop: Any) -> Any:
        self.request = request
        on_message("left out: bad\x1b.wav: GD-104")
        on_epoch(EpochReport(1, 30, 0.5, 1.25, 0.25, 2.5, 61.2))
        self.during()
        return TrainResult(self.bundle, "accuracy 62 %\nmacro F1 60 %", should_stop(), self.skipped)


@pytest.fixture
def fake_training(make_bundle: Callable[..., ModelBundle], monkeypatch: pytest.MonkeyPatch) -> FakeTraining:
    fake = FakeTraining(make_bundle("new"))
    monkeypatch.setattr(training.pipelines.train, "train", fake)
    return fake


def test_train_passes_every_option_on(run: Run, fake_training: FakeTraining) -> None:
    status, out, err = run("train", "data", "--out", "model")
    assert fake_training.request == TrainRequest(Path("data"), Path("model"))
    assert (status, out) == (0, "accuracy 62 %\nmacro F1 60 %\n")
    assert err.splitlines()[1:3] == [
        "left out: bad\\x1b.wav: GD-104",
        "epoch 1/30  accuracy 0.5000  loss 1.2500  validation: accuracy 0.2500  loss 2.5000  (61 s)",
    ]
    assert str(fake_training.bundle.path) in err
    options = "--recipe r --split artist --lists l --artists a.tsv --folds 5 --epochs 7 --seed 3 --resume"
    assert run("train", "--out", "model", *options.split(), "data")[0] == 0
    assert fake_training.request == TrainRequest(
        Path("data"), Path("model"), "r", "artist", Path("l"), Path("a.tsv"), folds=5, epochs=7, seed=3, resume=True
    )


def test_train_prints_how_many_files_were_left_out(run: Run, fake_training: FakeTraining) -> None:
    assert "left out, named" not in run("train", "data", "--out", "model")[2]
    fake_training.skipped = (("jazz/bad.wav", "GD-104"), ("rock/bad.wav", "GD-105"))
    status, _, err = run("train", "data", "--out", "model")
    assert status == 0 and err.splitlines()[-2] == "Files left out, named above: 2."


@pytest.mark.parametrize(
    "words",
    [["data"], ["data", "--out", "m", "--split", "x"], ["data", "--out", "m", "--epochs", "0"], ["--out", "m"]],
)
def test_train_with_wrong_usage(run: Run, fake_training: FakeTraining, words: list[str]) -> None:
    assert run("train", *words)[:2] == (2, "")
    assert fake_training.request is None


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX systems")
def test_the_first_interrupt_ends_training_with_its_best_epoch(run: Run, fake_training: FakeTraining) -> None:
    before = signal.getsignal(signal.SIGINT)
    fake_training.during = lambda: os.kill(os.getpid(), signal.SIGINT)
    status, out, err = run("train", "data", "--out", "model")
    assert status == 0 and out.startswith("accuracy 62 %")
    assert "Press Ctrl-C again" in err and "best finished epoch was kept" in err
    assert signal.getsignal(signal.SIGINT) is before


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX systems")
def test_the_second_interrupt_ends_the_program(run: Run, fake_training: FakeTraining) -> None:
    def twice() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)

    before = signal.getsignal(signal.SIGINT)
    fake_training.during = twice
    status, out, err = run("train", "data", "--out", "model")
    assert (status, out) == (130, "") and err.endswith("Stopped.\n")
    assert signal.getsignal(signal.SIGINT) is before


def test_an_error_of_training_is_a_sentence(run: Run, fake_training: FakeTraining) -> None:
    def fail() -> None:
        raise StorageError(path="model", reason="No space left on device")

    fake_training.during = fail
    status, out, err = run("train", "data", "--out", "model")
    assert (status, out) == (2, "") and "GD-502" in err


def test_an_interrupt_before_there_is_anything_to_keep(run: Run, fake_training: FakeTraining) -> None:
    def stop() -> None:
        raise TrainingInterruptedError

    fake_training.during = stop
    status, out, err = run("train", "data", "--out", "model")
    assert (status, out) == (130, "") and "GD-408" in err


def test_options_without_an_effect_are_told(run: Run, fake_training: FakeTraining) -> None:
    err = run("train", "data", "--out", "model", "--recipe", "musicnn", "--epochs", "5")[2]
    assert "--epochs has no effect" in err
    err = run("train", "data", "--out", "model", "--split", "track", "--lists", "l")[2]
    assert "--lists has no effect with --split track" in err
    assert "no effect" not in run("train", "data", "--out", "model", "--recipe", "musicnn")[2]
    assert fake_training.request is not None and fake_training.request.epochs == 30


def test_without_a_recipe_it_says_which_one_and_what_suits_few_tracks(run: Run, fake_training: FakeTraining) -> None:
    err = run("train", "data", "--out", "model")[2]
    assert "No --recipe was given: cnn" in err and "--recipe musicnn" in err
    assert "No --recipe" not in run("train", "data", "--out", "model", "--recipe", "cnn")[2]


class FakeEvaluation:
    skipped: tuple[tuple[str, str], ...] = ()
    read_in_part: tuple[tuple[str, str], ...] = ()
    report_error: StorageError | None = None

    def remarks(self) -> list[str]:
        return [f"left out: {name}: {reason}" for name, reason in self.skipped]

    def to_dict(self) -> dict[str, Any]:
        return {"model": "mine", "dataset": "d", "accuracy": 0.62, "per_genre": {"bolé\udcff": {}}}

    def table(self) -> str:
        return "accuracy 62 %\nleft out: nothing"


@pytest.fixture
def evaluation(make_bundle: Callable[..., ModelBundle], monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """What `evaluate` was called with, then what it returned."""
    make_bundle("mine")
    calls: list[Any] = []

    def evaluate(bundle: ModelBundle, dataset: Path, **options: Any) -> FakeEvaluation:
        calls.extend([bundle.name, dataset, options, FakeEvaluation()])
        return FakeEvaluation()

    monkeypatch.setattr(training.pipelines.evaluate, "evaluate", evaluate)
    return calls


def test_evaluate(run: Run, evaluation: list[Any]) -> None:
    status, out, err = run("evaluate", "mine", "data")
    assert (status, out, err) == (0, "accuracy 62 %\nleft out: nothing\n", "")
    assert evaluation[:3] == ["mine", Path("data"), {"names": None, "report": None}]


def test_evaluate_json(run: Run, evaluation: list[Any]) -> None:
    status, out, err = run("evaluate", "mine", "--json", "data", "--names", "n.txt", "--report", "r")
    assert status == 0 and out.isascii() and out.count("\n") == 1
    assert json.loads(out) == FakeEvaluation().to_dict()
    assert evaluation[2] == {"names": Path("n.txt"), "report": Path("r")}
    assert err == "The report is in r.\n"


def test_evaluate_prints_what_was_left_out(run: Run, evaluation: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeEvaluation, "skipped", (("jazz/1.wav", "GD-104: empty"),))
    status, _, err = run("evaluate", "mine", "data", "--json")
    assert (status, err) == (1, "left out: jazz/1.wav: GD-104: empty\n")
    monkeypatch.setattr(FakeEvaluation, "skipped", ())
    monkeypatch.setattr(FakeEvaluation, "read_in_part", (("jazz/1.wav", "GD-106: damaged"),))
    assert run("evaluate", "mine", "data")[0] == 1
    assert run("evaluate", "mine", "data")[0] == 1


def test_evaluate_without_room_for_the_report(run: Run, evaluation: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeEvaluation, "report_error", StorageError(path="r", reason="No space left on device"))
    status, out, err = run("evaluate", "mine", "data", "--report", "r")
    assert (status, out) == (1, "accuracy 62 %\nleft out: nothing\n")
    assert err.startswith("GD-502: r ") and err.count("\n") == 1


def test_evaluate_an_unknown_model(run: Run, evaluation: list[Any]) -> None:
    status, out, err = run("evaluate", "nonesuch", "data")
    assert (status, out) == (2, "") and "GD-201" in err and evaluation == []


@pytest.mark.parametrize(("findings", "status"), [(["640 tracks."], 0), (["2 tracks.", "jazz\x1b is small."], 1)])
def test_check_of_a_data_set(run: Run, monkeypatch: pytest.MonkeyPatch, findings: list[str], status: int) -> None:
    monkeypatch.setattr(training.datasets.dataset_check, "check_dataset", lambda path: findings)
    assert run("check", "data") == (status, "\n".join(findings).replace("\x1b", "\\x1b") + "\n", "")


def test_check_of_no_data_set(run: Run, tmp_path: Path) -> None:
    status, out, err = run("check", tmp_path / "none")
    assert (status, out) == (2, "") and err.startswith(DatasetNotFoundError.code)
