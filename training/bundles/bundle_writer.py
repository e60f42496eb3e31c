"""Writing the files that every bundle has: network and card."""

from __future__ import annotations

import json
import logging
import platform
import re
import subprocess
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from genre_desktop import __version__
from genre_desktop.library.files.atomic_write import atomic_write
from genre_desktop.model.bundles import card as bundle_card
from genre_desktop.model.bundles.bundle import CARD_NAME, WEIGHTS_NAME, ModelBundle, read_bundle
from genre_desktop.model.checks import passed_trials
from genre_desktop.model.predictor import numpy_agrees
from training.evaluation.calibration import UnsureThreshold
from training.evaluation.metrics import Metrics

H5_NAME = "model.h5"
HISTORY_NAME = "training_hist.json"
OWN_WEIGHTS = "as whoever trained it says"
"""Licence of the weights in the card of a model that somebody trains; the shipped ones say MIT."""

INTERVAL = "bootstrap over artists, an unknown artist counts as one of its own"
"""How the intervals in the card were computed."""


def read_card(folder: Path) -> dict[str, Any]:
    """The card of a bundle as plain values that may be changed and written again."""
    return bundle_card.read_card(folder / CARD_NAME)


def made_bundle(folder: Path) -> ModelBundle:
    """Read a bundle that this program has just made: its network is trusted without `genre_desktop.model.checks`."""
    bundle = read_bundle(folder)
    passed_trials.record(bundle, numpy_agrees=numpy_agrees(bundle))
    return bundle


def write_card(folder: Path, card: dict[str, Any]) -> None:
    """Write ``card.json`` atomically.

    Raises
    ------
    StorageError
    """
    text = _rows_on_lines(json.dumps(card, indent=2, ensure_ascii=False)) + "\n"
    with atomic_write(folder / CARD_NAME) as file:
        file.write(text.encode("utf-8"))


def _rows_on_lines(text: str) -> str:
    """Join each row of numbers to one line: a covariance has 2500 of them."""
    return re.sub(r"\[[\s\d.,eE+-]*\]", lambda row: "[" + " ".join(row[0].strip("[]").split()) + "]", text)


def save_network(model: Any, folder: Path, *, with_h5: bool = True) -> None:
    """Write ``model.keras`` and ``model.h5`` without the optimizer, whose state would be two thirds of the file."""
    import keras

    plain = keras.Model(model.input, model.output, name=model.name)
    plain.save(folder / WEIGHTS_NAME)
    if not with_h5:
        return
    # Keras warns on each save that HDF5 is legacy; the file is for the readers of the notebook.
    absl = logging.getLogger("absl")
    before, absl.level = absl.level, logging.ERROR
    try:
        plain.save(folder / H5_NAME)
    finally:
        absl.level = before


def metrics_entry(
    metrics: Metrics, protocol: str, *, unit: str = "tracks", leaking: bool = False, note: str = ""
) -> dict[str, Any]:
    """An entry of ``metrics`` in a card.

    Parameters
    ----------
    metrics : Metrics
    protocol : str
        How the metrics were obtained, in a sentence.
    unit : {"tracks", "patches"}
        What was scored.
    leaking : bool
        Whether parts of one track are on both sides of the split.
    note : str
        What the metrics are worth, see `training.evaluation.caveats`.
    """
    entry = {**metrics.to_dict(), "unit": unit, "protocol": protocol, "leaking": leaking, "interval": INTERVAL}
    return with_note(entry, note)


def with_note(entry: Mapping[str, Any], note: str) -> dict[str, Any]:
    """An entry of ``metrics``, or what a report has besides them, with a note where there is one."""
    return {**entry, **({"note": note} if note else {})}


def calibration_entry(temperature: float, unsure: UnsureThreshold, fitted_on: str) -> dict[str, Any]:
    """The entry ``calibration`` of a card."""
    return {
        "temperature": temperature,
        "unsure_below": unsure.threshold,
        "unsure_reaches": {
            "accuracy": round(unsure.accuracy, 4),
            "accuracy_ci95": [round(bound, 4) for bound in unsure.accuracy_ci95],
            "coverage": round(unsure.coverage, 4),
        },
        "fitted_on": fitted_on,
    }


def what_it_learned(n_genres: int, n_tracks: int, network: str) -> str:
    """Description of a trained model for its card."""
    return f"Learned {n_genres} genres from {n_tracks} tracks. Network: {network}"


def versions() -> dict[str, str]:
    """Versions of the software that a bundle is made with."""
    import keras

    return {
        "genre_desktop": __version__,
        "python": platform.python_version(),
        "keras": keras.__version__,
        "backend": keras.backend.backend(),
        "numpy": metadata.version("numpy"),
    }


def current_commit() -> str | None:
    """Commit of the checkout that this file is in, with ``-dirty`` if there are changes; ``None`` outside of one."""
    try:
        done = subprocess.run(
            ["git", "describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"],
            cwd=Path(__file__).resolve().parent,
            capture_output=True,
            text=True,
            timeout=10,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.strip() or None
