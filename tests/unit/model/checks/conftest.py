from __future__ import annotations

from pathlib import Path
from typing import NoReturn

import pytest

from genre_desktop.model import predictor
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.checks import passed_trials, trial
from tests.unit.model.checks.crafted_bundles import archive_of, bundle_of, shipped_parts


@pytest.fixture
def no_keras(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is refused has been refused before Keras is imported, in this process or in another."""

    def reached(*_: object) -> NoReturn:
        pytest.fail("it got past the checks")

    monkeypatch.setattr(predictor, "load_backend", reached)
    monkeypatch.setattr(predictor, "build_network", reached)
    monkeypatch.setattr(trial, "run_trial", reached)


@pytest.fixture
def gift(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelBundle:
    """A good model that is not recorded yet."""
    monkeypatch.setattr(passed_trials, "_passed_here", {})
    return bundle_of(tmp_path / "gift", archive_of(shipped_parts()))


@pytest.fixture
def trials(monkeypatch: pytest.MonkeyPatch) -> list[ModelBundle]:
    """The bundles that are tried, which all pass."""
    tried: list[ModelBundle] = []
    monkeypatch.setattr(trial, "run_trial", lambda bundle, _score: bool(tried.append(bundle)))  # type: ignore[func-returns-value]
    return tried
