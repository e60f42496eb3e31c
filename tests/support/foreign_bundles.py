"""Bundles of strangers as folders and archives, and the result of importing them."""

from __future__ import annotations

import hashlib
import json
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.core import locations
from genre_desktop.core.errors import BundleUnreadableError
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.importing.bundle_changes import Update
from genre_desktop.model.importing.bundle_import import import_bundle

WEIGHTS = b"weights"
CARD: dict[str, Any] = {
    "format": 1,
    "name": "mine",
    "created": "2026-01-10",
    "description": "One\nand more.",
    "labels": ["blues", "jazz"],
    "features": FeatureConfig().to_dict(),
    "weights_sha256": hashlib.sha256(WEIGHTS).hexdigest(),
    "architecture": {"recipe": "cnn"},
    "calibration": {"temperature": 1.5, "unsure_below": 0.4},
    "metrics": {"lists": {"accuracy": 0.5, "accuracy_ci95": [0.4, 0.6], "n_tracks": 100, "leaking": False}},
    "licences": {"weights": "MIT"},
}


def write_bundle(folder: Path, card: bytes) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.keras").write_bytes(WEIGHTS)
    (folder / "card.json").write_bytes(card)
    return folder


posix = pytest.mark.skipif(sys.platform == "win32", reason="pipes, sockets and links without a privilege")


def refuse_update(_update: Update) -> bool:
    raise AssertionError("nothing is replaced")


def import_foreign(path: Path, **options: Any) -> ModelBundle | None:
    return import_bundle(path, **{"confirm": refuse_update, **options})


def write_foreign(folder: Path, **card: Any) -> Path:
    return write_bundle(folder, json.dumps({**CARD, **card}).encode())


def write_zip(path: Path, files: dict[str, bytes], **options: Any) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


GOOD = {"card.json": json.dumps(CARD).encode(), "model.keras": WEIGHTS}


def user_model_files() -> list[str]:
    """Files and folders among the user's models, hidden ones included."""
    root = locations.user_models()
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.name != ".agreed")


def assert_refused(path: Path, match: str | None = None) -> None:
    with pytest.raises(BundleUnreadableError, match=match):
        import_foreign(path)
    assert user_model_files() == []
