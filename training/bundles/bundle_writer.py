"""Writing a bundle: network, card, history, figures."""

from __future__ import annotations

import datetime
import json
import logging
import platform
import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from genre_desktop import __version__
from genre_desktop.core.i18n import tr
from genre_desktop.model.bundles import card as bundle_card
from genre_desktop.model.bundles.bundle import CARD_FORMAT, CARD_NAME, WEIGHTS_NAME, ModelBundle, read_bundle, sha256
from genre_desktop.model.checks import verdicts
from training.datasets.dataset import Dataset
from training.datasets.splits import SplitName
from training.evaluation.calibration import UnsureThreshold
from training.evaluation.metrics import Metrics
from training.fitting.fit import CHECKPOINTS, Fitted, describe_recipe
from training.fitting.recipes import Recipe, count_multiply_adds
from training.reports.plots import draw_history
from training.reports.report import write_report

H5_NAME = "model.h5"
HISTORY_NAME = "training_hist.json"
INTERVAL = "bootstrap over artists, an unknown artist counts as one of its own"


@dataclass(frozen=True, eq=False)
class BundleFacts:
    """What the card says beside the figures.

    Attributes
    ----------
    name : str
    split : str
    protocol : str
        The split in a sentence.
    leaking : bool
    command : str
        Repeats the training.
    dataset : Dataset
    recipe : Recipe
    seed : int
    n_train, n_valid : int
        Patches.
    """

    name: str
    split: SplitName
    protocol: str
    leaking: bool
    command: str
    dataset: Dataset
    recipe: Recipe
    seed: int
    n_train: int
    n_valid: int


def write_bundle(folder: Path, fitted: Fitted, judgement: Metrics, facts: BundleFacts) -> None:
    """Write all files of a bundle; the card comes last, so that a folder with a card is complete.

    Parameters
    ----------
    folder : Path
        Made where it is missing.
    fitted : Fitted
    judgement : Judgement
        Of the held-out side.
    facts : BundleFacts
    """
    folder.mkdir(parents=True, exist_ok=True)
    save_network(fitted.model, folder)
    (folder / HISTORY_NAME).write_text(json.dumps(fitted.history, indent=1) + "\n", "utf-8")
    draw_history(fitted.history, folder)
    figures = _figures(judgement, facts)
    title = tr("{n} {unit}, {protocol}", n=judgement.n, unit=figures["unit"], protocol=facts.split)
    write_report(judgement, folder, title, {"split": facts.split, "leaking": facts.leaking, "unit": figures["unit"]})
    write_card(folder, _card(folder, fitted, facts, {facts.split: figures}))
    # Only now, and only of a whole run: a kill before this line, or Ctrl-C, can still be resumed.
    if not fitted.interrupted:
        shutil.rmtree(folder / CHECKPOINTS, ignore_errors=True)


def add_fold_figures(folder: Path, folds: Metrics, n_folds: int) -> None:
    """Note the figures of a cross-validation in a bundle's card."""
    card = read_card(folder)
    protocol = tr("each track judged by a network that had not seen it, {n} folds", n=n_folds)
    card["metrics"]["folds"] = {**folds.to_dict(), "protocol": protocol, "leaking": False, "unit": "tracks"}
    write_card(folder, card)


def read_card(folder: Path) -> dict[str, Any]:
    """The card of a bundle as plain values, to be added to."""
    return bundle_card.read_card(folder / CARD_NAME)


def made_bundle(folder: Path) -> ModelBundle:
    """A bundle that this program has just made: its network needs no trial (`genre_desktop.model.checks`)."""
    bundle = read_bundle(folder)
    verdicts.remember(bundle)
    return bundle


def write_card(folder: Path, card: dict[str, Any]) -> None:
    """Write ``card.json`` in one step."""
    partial = folder / f"{CARD_NAME}.part"
    partial.write_text(_rows_on_lines(json.dumps(card, indent=2, ensure_ascii=False)) + "\n", "utf-8")
    partial.replace(folder / CARD_NAME)


def _rows_on_lines(text: str) -> str:
    """A row of numbers on one line: a covariance is 2500 of them."""
    return re.sub(r"\[[\s\d.,eE+-]*\]", lambda row: "[" + " ".join(row[0].strip("[]").split()) + "]", text)


def save_network(model: Any, folder: Path) -> None:
    """Write ``model.keras`` and ``model.h5``, without the optimizer, whose state is two thirds of the file."""
    import keras

    plain = keras.Model(model.input, model.output, name=model.name)
    partial = folder / f"part-{WEIGHTS_NAME}"
    plain.save(partial)
    partial.replace(folder / WEIGHTS_NAME)
    # Keras says on each save that HDF5 is legacy: the notebook's readers want it all the same.
    absl = logging.getLogger("absl")
    before, absl.level = absl.level, logging.ERROR
    try:
        plain.save(folder / H5_NAME)
    finally:
        absl.level = before


def calibration_entry(temperature: float, unsure: UnsureThreshold, fitted_on: str) -> dict[str, Any]:
    """What the card says under ``calibration``."""
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


def _figures(judgement: Metrics, facts: BundleFacts) -> dict[str, Any]:
    unit = "patches" if facts.split == "patch" else "tracks"
    return {
        **judgement.to_dict(),
        "unit": unit,
        "protocol": facts.protocol,
        "leaking": facts.leaking,
        "interval": INTERVAL,
    }


def _card(folder: Path, fitted: Fitted, facts: BundleFacts, metrics: dict[str, Any]) -> dict[str, Any]:
    epochs = len(fitted.history["loss"])
    weights = f"epoch {fitted.weights_of} of {epochs}"
    if fitted.interrupted:
        weights += ", the lowest validation loss of an interrupted run (optimistic)"
    dataset = facts.dataset
    return {
        "format": CARD_FORMAT,
        "name": facts.name,
        "description": facts.recipe.description,
        "created": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "labels": list(dataset.labels),
        "features": dataset.config.to_dict(),
        "architecture": {
            **describe_recipe(facts.recipe),
            "parameters": int(fitted.model.count_params()),
            "multiply_adds_per_patch": count_multiply_adds(fitted.model),
        },
        "training": {
            "command": facts.command,
            "commit": current_commit(),
            "seed": facts.seed,
            "epochs": epochs,
            "weights": weights,
            "dataset": {
                "file": dataset.path.name,
                "n_tracks": len(dataset.tracks),
                "n_left_out": len(dataset.skipped),
                "n_train_patches": facts.n_train,
                "n_valid_patches": facts.n_valid,
            },
        },
        "metrics": metrics,
        "calibration": {"temperature": 1.0, "unsure_below": 0.0, "fitted_on": None},
        "licences": {"weights": "MIT", "data": "as its owner says; no sound and no spectrogram is inside"},
        "versions": versions(),
        "weights_sha256": sha256(folder / WEIGHTS_NAME),
    }


def versions() -> dict[str, str]:
    """Versions of what a bundle was made with."""
    import keras

    return {
        "genre_desktop": __version__,
        "python": platform.python_version(),
        "keras": keras.__version__,
        "backend": keras.backend.backend(),
        "numpy": metadata.version("numpy"),
    }


def current_commit() -> str | None:
    """Commit of the checkout that trains, with ``-dirty`` for changes; ``None`` outside one."""
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
