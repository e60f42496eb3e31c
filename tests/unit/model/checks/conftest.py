from __future__ import annotations

from typing import NoReturn

import pytest

from genre_desktop.model import predictor
from genre_desktop.model.checks import trial


@pytest.fixture
def no_keras(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is refused has been refused before Keras is imported, in this process or in another."""

    def reached(*_: object) -> NoReturn:
        pytest.fail("it got past the checks")

    monkeypatch.setattr(predictor, "load_backend", reached)
    monkeypatch.setattr(predictor, "build_network", reached)
    monkeypatch.setattr(trial, "run_trial", reached)
