"""A window with one shipped model, and models on disk."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.core import locations
from genre_desktop.gui.main_window.main_window import MainWindow
from genre_desktop.gui.models.models_dialog import ModelsDialog
from genre_desktop.gui.session.services import Services
from genre_desktop.model import predictor
from genre_desktop.model.bundles import catalogue
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.predictor import Predictor
from tests.gui.conftest import GENRES, MakeWindow, changed, make_predictor
from tests.gui.support.models_driver import FIGURES, MakeModel, wait_for_models


@pytest.fixture
def make_model(tmp_path: Path) -> MakeModel:
    """Writes a bundle whose network is never loaded."""

    def make(name: str, created: str, folder: Path | None = None, **card: Any) -> Path:
        path = (folder or tmp_path / "made") / f"{name}-{created}"
        path.mkdir(parents=True)
        (path / "model.keras").write_bytes(b"weights")
        content = {
            "format": 1,
            "name": name,
            "created": created,
            "description": f"The model {name}.",
            "labels": list(GENRES),
            "features": FeatureConfig().to_dict(),
            "weights_sha256": hashlib.sha256(b"weights").hexdigest(),
            "metrics": {"lists": FIGURES},
            "licences": {"weights": "MIT"},
            **card,
        }
        (path / "card.json").write_text(json.dumps(content), "utf-8")
        return path

    return make


@pytest.fixture
def window(
    make_window: MakeWindow,
    make_model: MakeModel,
    services: Services,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[MainWindow]:
    """A window with one shipped model."""
    monkeypatch.setattr(locations, "shipped_models", lambda: tmp_path / "shipped")
    monkeypatch.setattr(catalogue, "SHIPPED_DEFAULT", "shipped")
    make_model("shipped", "2026-01-10", tmp_path / "shipped")

    def load(bundle: ModelBundle) -> Predictor:
        return Predictor(bundle, make_predictor().predict)

    monkeypatch.setattr(Predictor, "load", load)
    monkeypatch.setattr(predictor, "require_safe", lambda _bundle: None)
    window = make_window(
        changed(
            services,
            list_bundles=catalogue.list_bundles,
            default_bundle=catalogue.default_bundle,
            load_predictor=load,
        )
    )
    yield window
    if window.models_controller.dialog is not None:
        window.models_controller.dialog.close()


@pytest.fixture
def dialog(window: MainWindow, qtbot: QtBot) -> ModelsDialog:
    window.actions_.models.trigger()
    assert window.models_controller.dialog is not None
    wait_for_models(window, qtbot)
    return window.models_controller.dialog
