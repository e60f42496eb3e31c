"""The process in which a network is called for the first time, and what is remembered of it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.core import locations
from genre_desktop.core.errors import ModelInputError, TrialError
from genre_desktop.model.bundles.bundle import ModelBundle, read_bundle
from genre_desktop.model.checks import passed_trials, trial
from genre_desktop.model.predictor import require_safe
from tests.unit.model.checks import trial_processes
from tests.unit.model.checks.crafted_bundles import SHIPPED, archive_of, bundle_of, shipped_parts

on_unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="kept on Linux alone")


@pytest.fixture
def gift(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelBundle:
    """A good model that nobody knows yet."""
    monkeypatch.setattr(passed_trials, "_passed_here", set())
    return bundle_of(tmp_path / "gift", archive_of(shipped_parts()))


@pytest.fixture
def trials(monkeypatch: pytest.MonkeyPatch) -> list[ModelBundle]:
    """Those that are tried, which all pass."""
    tried: list[ModelBundle] = []
    monkeypatch.setattr(trial, "run_trial", lambda bundle, _score: tried.append(bundle))
    return tried


def no_score(_: ModelBundle) -> None:
    pytest.fail("called in this process")


def verdict_file() -> Path:
    return locations.user_cache() / passed_trials.FILE_NAME


def test_a_good_model_passes_and_is_tried_once(gift: ModelBundle, monkeypatch: pytest.MonkeyPatch) -> None:
    require_safe(gift)  # with TensorFlow, in a process of its own
    assert json.loads(verdict_file().read_text("utf-8"))["passed"] == [gift.card["weights_sha256"]]
    monkeypatch.setattr(trial, "run_trial", lambda *_: pytest.fail("tried again"))
    require_safe(gift)
    monkeypatch.setattr(passed_trials, "_passed_here", set())  # another process
    require_safe(gift)


@pytest.mark.parametrize(
    "ends",
    [
        trial_processes.falls,
        trial_processes.falls_at_once,
        trial_processes.babbles,
        pytest.param(trial_processes.loops, marks=on_unix),
        pytest.param(trial_processes.eats, marks=on_unix),
    ],
)
def test_a_model_that_ends_the_process_is_refused(
    gift: ModelBundle, monkeypatch: pytest.MonkeyPatch, ends: Callable[..., None]
) -> None:
    monkeypatch.setattr(trial, "_load_and_score", ends)
    with pytest.raises(TrialError):
        require_safe(gift)
    assert not passed_trials.needs_no_trial(gift)
    assert not verdict_file().exists()


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
    monkeypatch.setattr(trial, "_load_and_score", trial_processes.writes)
    trial.run_trial(gift, no_score)
    written = gift.path / "written"
    assert not written.exists() or written.stat().st_size == 0


@on_linux
def test_the_process_does_not_get_any_number_of_addresses(gift: ModelBundle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "_load_and_score", trial_processes.reserves)
    trial.run_trial(gift, no_score)


def test_an_error_of_ours_arrives_as_it_was(gift: ModelBundle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "_load_and_score", trial_processes.refuses)
    with pytest.raises(ModelInputError):
        require_safe(gift)
    assert not passed_trials.needs_no_trial(gift)


def test_what_the_program_brings_or_makes_is_not_tried(trials: list[ModelBundle], gift: ModelBundle) -> None:
    require_safe(read_bundle(SHIPPED))
    passed_trials.record(gift)
    require_safe(gift)
    assert trials == []


def test_a_bundle_cannot_pass_itself_off_as_shipped(
    trials: list[ModelBundle], gift: ModelBundle, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    shipped = tmp_path / "program" / "models"
    shipped.mkdir(parents=True)
    monkeypatch.setattr(locations, "shipped_models", lambda: shipped)
    parent = read_bundle(gift.path)
    (tmp_path / "program" / "card.json").write_bytes((gift.path / "card.json").read_bytes())
    (tmp_path / "program" / "model.keras").write_bytes((gift.path / "model.keras").read_bytes())
    parent = read_bundle(shipped / "..")
    assert parent.is_shipped  # by its path alone
    require_safe(parent)
    assert trials == [parent]
    passed_trials._passed_here.clear()
    verdict_file().unlink()
    try:
        (shipped / "link").symlink_to(gift.path, target_is_directory=True)
    except OSError:
        return  # Windows, for ordinary people
    require_safe(read_bundle(shipped / "link"))
    assert len(trials) == 2


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[",
        b"[" * 100_000,
        b'{"checks": 1}',
        b'{"checks": 1, "passed": {"a": 1}}',
        b'{"checks": 0, "passed": ["HASH"]}',
        b'{"checks": 1, "passed": ["*", null, 7]}',
    ],
)
def test_a_damaged_or_older_note_counts_for_nothing(
    trials: list[ModelBundle], gift: ModelBundle, content: bytes
) -> None:
    verdict_file().parent.mkdir(parents=True)
    verdict_file().write_bytes(content.replace(b"HASH", str(gift.card["weights_sha256"]).encode()))
    require_safe(gift)
    assert trials == [gift]
    assert passed_trials._read() == [gift.card["weights_sha256"]]


def test_a_note_that_cannot_be_written_costs_another_trial(
    trials: list[ModelBundle], gift: ModelBundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(locations.os, "replace", full)
    require_safe(gift)
    assert trials == [gift]
    assert list(locations.user_cache().iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_the_note_is_the_users_alone(trials: list[ModelBundle], gift: ModelBundle) -> None:
    require_safe(gift)
    assert verdict_file().stat().st_mode & 0o077 == 0
