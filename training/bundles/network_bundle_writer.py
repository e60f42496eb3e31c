"""Writing the bundle of a network that was fitted to patches."""

from __future__ import annotations

import datetime
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from genre_desktop.core.i18n import tr
from genre_desktop.core.untrusted.printable import printable
from genre_desktop.library.files.staged_folder import staged_folder
from genre_desktop.model.bundles.bundle import CARD_FORMAT, CARD_NAME, WEIGHTS_NAME, sha256
from training.bundles.bundle_writer import (
    HISTORY_NAME,
    OWN_WEIGHTS,
    current_commit,
    metrics_entry,
    read_card,
    save_network,
    versions,
    what_it_learned,
    with_note,
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
    unsure_below : float
    caveat : str
        What the metrics are worth.
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
    unsure_below: float
    caveat: str


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

    Raises
    ------
    StorageError
        Nothing is left of the files then; the training can be resumed.
    """
    unit = "patches" if facts.split == "patch" else "tracks"
    title = tr("{n} {unit}, {protocol}", n=metrics.n, unit=unit, protocol=facts.split)
    entry = metrics_entry(metrics, facts.protocol, unit=unit, leaking=facts.leaking, note=facts.caveat)
    extra = with_note({"split": facts.split, "leaking": facts.leaking, "unit": unit}, facts.caveat)
    with staged_folder(folder, last=CARD_NAME) as stage:
        save_network(fitted.model, stage)
        (stage / HISTORY_NAME).write_text(json.dumps(fitted.history, indent=1) + "\n", "utf-8")
        draw_history(fitted.history, stage)
        write_report(metrics, stage, title, extra)
        write_card(stage, _card(stage, fitted, facts, {facts.split: entry}))
    # Last, and not after Ctrl-C: until here a training that was killed can be resumed.
    if not fitted.interrupted:
        shutil.rmtree(folder / CHECKPOINT_FOLDER, ignore_errors=True)


def add_fold_metrics(folder: Path, folds: Metrics, n_folds: int, caveat: str = "") -> None:
    """Add the metrics of a cross-validation to the card of a bundle.

    Raises
    ------
    StorageError
        The card is as it was then.
    """
    card = read_card(folder)
    protocol = tr("each track judged by a network that had not seen it, {n} folds", n=n_folds)
    entry = {**folds.to_dict(), "protocol": protocol, "leaking": False, "unit": "tracks"}
    card["metrics"]["folds"] = with_note(entry, caveat)
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
        "description": what_it_learned(len(dataset.labels), len(dataset.tracks), facts.recipe.description),
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
                "file": printable(dataset.path.name),
                "n_tracks": len(dataset.tracks),
                "n_left_out": len(dataset.skipped),
                "n_train_patches": facts.n_train,
                "n_valid_patches": facts.n_valid,
            },
        },
        "metrics": metrics,
        "calibration": {"temperature": 1.0, "unsure_below": facts.unsure_below, "fitted_on": None},
        "licences": {"weights": OWN_WEIGHTS, "data": "as its owner says; no sound and no spectrogram is inside"},
        "versions": versions(),
        "weights_sha256": sha256(folder / WEIGHTS_NAME),
    }
