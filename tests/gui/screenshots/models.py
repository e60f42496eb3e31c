"""Pictures of the dialog of models."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from genre_desktop.core import locations
from genre_desktop.gui.session.services import Services
from genre_desktop.model.bundles import catalogue
from tests.gui.conftest import changed
from tests.gui.screenshots.screenshot_taker import ScreenshotTaker
from tests.support.bundles import import_bundle


def take_models(taker: ScreenshotTaker, tracks: list[Path]) -> None:
    """Pictures of the dialog with shipped, own and updated models, and of a refused import."""
    settle, wait = taker.settle, taker.wait
    window = taker.open(_real_models(taker.services))
    wait(lambda: not window.session.status().needs_model)
    _import_own_model(
        "gtzan-cnn", "gtzan-cnn", "2", "2027-01-15", "The same network, trained with more tracks of blues."
    )
    _import_own_model("gtzan-cnn", "My record shelf", "", "2026-12-03", "Trained on my own folders: 1,240 tracks.")
    window.session.open(tracks)
    wait(lambda: len(window.session.tracks) >= len(tracks) and not window.session.is_busy)
    window.table.select_row(1)
    window.model_selection.choose(catalogue.find_bundle("gtzan-cnn"))
    wait(lambda: not window.session.status().needs_model and not window.session.is_busy)
    window.actions_.models.trigger()
    models = window.models_controller.dialog
    assert models is not None
    wait(lambda: models.table.rowCount() == 3)
    settle()
    taker.take_over(window, models, "18-models")
    models.view.selectRow(2)
    settle()
    taker.take_over(window, models, "18-models-update")
    window.models_controller.import_model(locations.shipped_models() / "gtzan-cnn")
    wait(lambda: not window.models_controller.worker.busy)
    settle()
    taker.take_over(window, models, "18-models-refused")
    models.close()
    taker.close(window)


def _real_models(services: Services) -> Services:
    def load(bundle: Any) -> Any:
        predictor = services.load_predictor(bundle)
        predictor.bundle = bundle
        return predictor

    return changed(
        services,
        list_bundles=catalogue.list_bundles,
        default_bundle=lambda: catalogue.find_bundle("gtzan-cnn"),
        load_predictor=load,
    )


def _import_own_model(source: str, name: str, version: str, created: str, description: str) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / name
        shutil.copytree(locations.shipped_models() / source, folder)
        card = json.loads((folder / "card.json").read_text("utf-8"))
        card |= {"name": name, "version": version, "created": created, "description": description}
        if name != source:
            card["licences"] = {}
        (folder / "card.json").write_text(json.dumps(card), "utf-8")
        import_bundle(folder)
