"""The process in which a network is called for the first time."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from genre_desktop.core import locations
from genre_desktop.core.errors import ModelInputError, TrialError
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.checks import passed_trials, trial
from genre_desktop.model.predictor import require_safe
from tests.unit.model.checks import trial_processes

on_unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="kept on Linux alone")


def no_score(_: ModelBundle) -> bool:
    pytest.fail("called in this process")


def record_file() -> Path:
    return locations.user_cache() / passed_trials.FILE_NAME


def test_a_good_model_passes_and_is_tried_once(gift: ModelBundle, monkeypatch: pytest.MonkeyPatch) -> None:
    require_safe(gift)  # with TensorFlow, in a process of its own
    assert json.loads(record_file().read_text("utf-8"))["passed"] == {gift.card["weights_sha256"]: True}
    monkeypatch.setattr(trial, "run_trial", lambda *_: pytest.fail("tried again"))
    require_safe(gift)
    monkeypatch.setattr(passed_trials, "_passed_here", {})  # another process
    require_safe(gift)


@pytest.mark.parametrize(
    "ends",
    [
        trial_processes.aborts,
        trial_processes.ends_at_once,
        trial_processes.answers_nonsense,
        pytest.param(trial_processes.loops, marks=on_unix),
        pytest.param(trial_processes.uses_memory, marks=on_unix),
    ],
)
def test_a_model_that_ends_the_process_is_refused(
    gift: ModelBundle, monkeypatch: pytest.MonkeyPatch, ends: Callable[..., None]
) -> None:
    monkeypatch.setattr(trial, "_load_and_score", ends)
    with pytest.raises(TrialError):
        require_safe(gift)
    assert not passed_trials.needs_no_trial(gift)
    assert not record_file().exists()


@pytest.mark.parametrize(
    ("ends", "limit"), [(trial_processes.hangs, "WALL_S"), (trial_processes.never_starts, "START_S")]
)
def test_a_model_that_hangs_is_refused(
    gift: ModelBundle, monkeypatch: pytest.MonkeyPatch, ends: Callable[..., None], limit: str
) -> None:
    monkeypatch.setattr(trial, "_load_and_score", ends)
    monkeypatch.setattr(trial, limit, 0.5)
    with pytest.raises(TrialError, match="too long"):
        require_safe(gift)


@on_unix
def test_the_process_writes_no_file(gift: ModelBundle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "_load_and_score", trial_processes.writes_a_file)
    trial.run_trial(gift, no_score)
    written = gift.path / "written"
    assert not written.exists() or written.stat().st_size == 0


@on_linux
def test_the_process_has_a_limit_of_its_address_space(gift: ModelBundle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "_load_and_score", trial_processes.reserves_addresses)
    trial.run_trial(gift, no_score)


def test_a_typed_error_is_raised_as_it_was(gift: ModelBundle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "_load_and_score", trial_processes.refuses)
    with pytest.raises(ModelInputError):
        require_safe(gift)
    assert not passed_trials.needs_no_trial(gift)
