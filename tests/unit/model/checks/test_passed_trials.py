"""The record of networks that have passed their trial."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.core import locations
from genre_desktop.model.bundles.bundle import ModelBundle, read_bundle
from genre_desktop.model.checks import passed_trials
from genre_desktop.model.predictor import Predictor, require_safe
from tests.unit.model.checks.crafted_bundles import SHIPPED


def record_file() -> Path:
    return locations.user_cache() / passed_trials.FILE_NAME


def test_a_shipped_or_newly_trained_model_is_not_tried(trials: list[ModelBundle], gift: ModelBundle) -> None:
    require_safe(read_bundle(SHIPPED))
    passed_trials.record(gift, numpy_agrees=False)
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
    record_file().unlink()
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
        b'{"checks": 2}',
        b'{"checks": 2, "passed": ["HASH"]}',
        b'{"checks": 1, "passed": {"HASH": true}}',
        b'{"checks": 2, "passed": {"HASH": null, "*": true}}',
        b'{"checks": 2, "passed": {"HASH": 1}}',
    ],
)
def test_a_damaged_or_older_record_is_ignored(trials: list[ModelBundle], gift: ModelBundle, content: bytes) -> None:
    record_file().parent.mkdir(parents=True)
    record_file().write_bytes(content.replace(b"HASH", str(gift.card["weights_sha256"]).encode()))
    require_safe(gift)
    assert trials == [gift]
    assert passed_trials._read() == {gift.card["weights_sha256"]: False}


def test_a_record_that_cannot_be_written_costs_another_trial(
    trials: list[ModelBundle], gift: ModelBundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(locations.os, "replace", full)
    require_safe(gift)
    assert trials == [gift]
    assert list(locations.user_cache().iterdir()) == []


@pytest.mark.skipif(os.name == "nt", reason="permissions of POSIX")
def test_the_record_is_readable_by_the_user_alone(trials: list[ModelBundle], gift: ModelBundle) -> None:
    require_safe(gift)
    assert record_file().stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("agrees", [True, False])
def test_whether_numpy_agrees_is_remembered_for_other_processes(
    gift: ModelBundle, monkeypatch: pytest.MonkeyPatch, agrees: bool
) -> None:
    assert passed_trials.numpy_agrees(gift) is None
    passed_trials.record(gift, numpy_agrees=not agrees)
    passed_trials.record(gift, numpy_agrees=agrees)
    monkeypatch.setattr(passed_trials, "_passed_here", {})
    assert passed_trials.numpy_agrees(gift) is agrees


def test_no_more_than_the_latest_are_remembered(gift: ModelBundle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passed_trials, "_MAX_KNOWN", 2)
    for digit in "abc":
        (record_of := dict(gift.card))["weights_sha256"] = digit * 64
        passed_trials.record(replace(gift, card=record_of), numpy_agrees=True)
    assert list(passed_trials._read()) == ["b" * 64, "c" * 64]


def test_a_shipped_model_is_computed_by_numpy(trials: list[ModelBundle]) -> None:
    assert Predictor.load(read_bundle(SHIPPED)).numpy_network is not None
    assert trials == []
