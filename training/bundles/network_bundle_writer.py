"""Writing the bundle of a network that was fitted to patches."""

from __future__ import annotations

import datetime
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from genre_desktop.core.i18n import tr
from genre_desktop.model.bundles.bundle import CARD_FORMAT, WEIGHTS_NAME, sha256
from training.bundles.bundle_writer import (
    HISTORY_NAME,
    current_commit,
    metrics_entry,
    read_card,
    save_network,
    versions,
    write_card,
)
from training.datasets.dataset import Dataset
from training.datasets.splits import SplitName
from training.evaluation.metrics import Metrics
from training.fitting.checkpoints import CHECKPOINT_FOLDER
from training.fitting.fit import Fitted, describe_recipe
from training.fitting.recipes import Recipe, count_multiply_adds
from training.reports.plots import draw_history
from training.reports.report import write_report


@dataclass(frozen=True, eq=False)
class NetworkFacts:
    """What the card of a network has besides metrics and history.

    Attributes
    ----------
    name : str
    split : str
    protocol : str
        How the split was made, in a sentence.
    leaking : bool
    command : str
        The command that repeats the training.
    dataset : Dataset
    recipe : Recipe
    seed : int
    n_train, n_valid : int
        Number of patches.
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


def write_network_bundle(folder: Path, fitted: Fitted, metrics: Metrics, facts: NetworkFacts) -> None:
    """Write all files of a bundle. The card is written last, so a folder with a card is complete.

    Parameters
    ----------
    folder : Path
        Made where it is missing.
    fitted : Fitted
    metrics : Metrics
        Of the validation tracks or patches.
    facts : NetworkFacts
    """
    folder.mkdir(parents=True, exist_ok=True)
    save_network(fitted.model, folder)
    (folder / HISTORY_NAME).write_text(json.dumps(fitted.history, indent=1) + "\n", "utf-8")
    draw_history(fitted.history, folder)
    unit = "patches" if facts.split == "patch" else "tracks"
    title = tr("{n} {unit}, {protocol}", n=metrics.n, unit=unit, protocol=facts.split)
    write_report(metrics, folder, title, {"split": facts.split, "leaking": facts.leaking, "unit": unit})
    entry = metrics_entry(metrics, facts.protocol, unit=unit, leaking=facts.leaking)
    write_card(folder, _card(folder, fitted, facts, {facts.split: entry}))
    # Last, and not after Ctrl-C: until here a training that was killed can be resumed.
    if not fitted.interrupted:
        shutil.rmtree(folder / CHECKPOINT_FOLDER, ignore_errors=True)


def add_fold_metrics(folder: Path, folds: Metrics, n_folds: int) -> None:
    """Add the metrics of a cross-validation to the card of a bundle."""
    card = read_card(folder)
    protocol = tr("each track judged by a network that had not seen it, {n} folds", n=n_folds)
    card["metrics"]["folds"] = {**folds.to_dict(), "protocol": protocol, "leaking": False, "unit": "tracks"}
    write_card(folder, card)


def _card(folder: Path, fitted: Fitted, facts: NetworkFacts, metrics: dict[str, Any]) -> dict[str, Any]:
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
