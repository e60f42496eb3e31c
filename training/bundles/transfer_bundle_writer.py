"""A transfer model from labelled tracks to its bundle: what ``train --recipe musicnn`` does."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from genre_desktop.audio.features.config import FeatureConfig
from genre_desktop.model.aggregate import track_probabilities
from genre_desktop.model.bundles.bundle import CARD_FORMAT, WEIGHTS_NAME, sha256
from training.bundles.bundle_writer import (
    HISTORY_NAME,
    INTERVAL,
    calibration_entry,
    current_commit,
    save_network,
    versions,
    write_card,
)
from training.datasets.taggrams import Taggrams
from training.evaluation.calibration import TEMPERATURE_RANGE
from training.evaluation.metrics import Metrics, compute_metrics
from training.fitting.recipes import TRANSFER, TRANSFER_DESCRIPTION, count_multiply_adds
from training.fitting.transfer import METHOD, HeadPlan, Validation, build_classifier, gate_statistics, tag_table
from training.reports.report import write_report

if TYPE_CHECKING:
    import keras


@dataclass(frozen=True, eq=False)
class Tagger:
    """A pre-trained network and what is known of it.

    Attributes
    ----------
    model : keras.Model
        From scaled patches; its layer ``tag_logits`` gives the logits of the tags.
    config : FeatureConfig
        What it takes.
    tags : tuple of str
        Names of its outputs.
    shown : tuple of str
        The same as a person reads them; empty for those that are not told.
    nuisance : ndarray of float64 [shape=(n_tags, n_tags)] or None
        See `training.fitting.transfer.HeadPlan`.
    licence : str
        To be kept with every copy.
    least_temperature : float
        See `training.fitting.transfer.HeadPlan`.
    gate : mapping or None
        The ``gate`` of a card that was made with many genres: what is music does not depend on
        the genres of a new head. None computes one from the data.
    """

    model: keras.Model
    config: FeatureConfig
    tags: tuple[str, ...]
    shown: tuple[str, ...]
    nuisance: NDArray[np.float64] | None
    licence: str
    least_temperature: float = TEMPERATURE_RANGE[0]
    gate: Mapping[str, Any] | None = None

    @property
    def plan(self) -> HeadPlan:
        """What its heads are fitted with."""
        return HeadPlan(self.tags, self.nuisance, self.least_temperature)


@dataclass(frozen=True)
class TransferFacts:
    """What the card says beside the figures.

    Attributes
    ----------
    name, command : str
    seed : int
    split : str
        ``"artist"`` or ``"track"``: what the folds keep together.
    """

    name: str
    command: str
    seed: int
    split: str


def write_transfer_bundle(
    folder: Path,
    tagger: Tagger,
    data: Taggrams,
    validation: Validation,
    facts: TransferFacts,
    *,
    held_out: Mapping[str, Any] | None = None,
) -> None:
    """Fit the head to all of the data and write its bundle; the card comes last.

    Parameters
    ----------
    folder : Path
        Made where it is missing.
    tagger : Tagger
    data : Taggrams
        All of it trains the head.
    validation : Validation
        Of the same data.
    facts : TransferFacts
    held_out : mapping, optional
        Figures of tracks beside `data`, as the card has them under ``metrics`` / ``lists``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    everything = np.arange(len(data.tracks))
    head = tagger.plan.fit(data, everything)
    model = build_classifier(tagger.model, head)
    save_network(model, folder)
    trained = [head.probabilities(data.evidence(track)) for track in everything.tolist()]
    rows = np.array([track_probabilities(segments, validation.figures.temperature, METHOD) for segments in trained])
    seen, unseen = compute_metrics(rows, data.truth, data.labels), validation.figures.judgement
    history = {"accuracy": seen.accuracy, "loss": seen.log_loss}
    history |= {"val_accuracy": unseen.accuracy, "val_loss": unseen.log_loss}
    # One step and no epochs: the head has a closed form.
    (folder / HISTORY_NAME).write_text(json.dumps({key: [round(value, 4)] for key, value in history.items()}), "utf-8")
    title = f"{unseen.n} tracks, {facts.split}s apart"
    write_report(unseen, folder, title, {"split": facts.split, "leaking": False, "unit": "tracks"})
    # The first honest figures are those that are shown: lists where they were asked for.
    metrics = ({"lists": dict(held_out)} if held_out else {}) | {facts.split: fold_figures(validation)}
    write_card(folder, _card(folder, model, tagger, data, validation, facts, metrics))


def fold_figures(validation: Validation) -> dict[str, Any]:
    """What the card says of the folds."""
    return {
        **validation.figures.judgement.to_dict(),
        "unit": "tracks",
        "protocol": validation.protocol,
        "leaking": False,
        "interval": INTERVAL,
        "repeats": [round(accuracy, 4) for accuracy in validation.figures.accuracies],
    }


def list_figures(judgement: Metrics, protocol: str) -> dict[str, Any]:
    """What the card says of tracks on a list."""
    return {
        **judgement.to_dict(),
        "unit": "tracks",
        "protocol": protocol,
        "leaking": False,
        "interval": INTERVAL,
    }


def gate_entry(data: Taggrams, validation: Validation) -> dict[str, Any]:
    """What the card says under ``gate`` of the data's own genres."""
    statistics = gate_statistics(data, np.arange(len(data.tracks)))
    return {**statistics, "refuse_beyond": round(validation.refuse_beyond, 3)}


def _card(
    folder: Path,
    model: keras.Model,
    tagger: Tagger,
    data: Taggrams,
    validation: Validation,
    facts: TransferFacts,
    metrics: Mapping[str, Any],
) -> dict[str, Any]:
    fitted_on = f"{len(validation.figures.accuracies)} cross-validations: {validation.protocol}"
    nuisance = None if tagger.nuisance is None else tagger.nuisance.tolist()
    return {
        "format": CARD_FORMAT,
        "name": facts.name,
        "description": TRANSFER_DESCRIPTION,
        "created": datetime.datetime.now(datetime.UTC).date().isoformat(),
        "labels": list(data.labels),
        "features": tagger.config.to_dict(),
        "aggregation": METHOD,
        "architecture": {
            "recipe": TRANSFER,
            "feature_layer": "tag_logits",
            "tag_layer": "tags",
            "parameters": int(model.count_params()),
            "multiply_adds_per_patch": count_multiply_adds(model),
        },
        "training": {
            "command": facts.command,
            "commit": current_commit(),
            "seed": facts.seed,
            "weights": "head fitted to all tracks of the data set; tagger as published",
            "dataset": {
                "file": data.path.name,
                "n_tracks": len(data.tracks),
                "n_left_out": len(data.skipped),
                "n_train_patches": sum(len(values) for values in data.values),
            },
        },
        "metrics": dict(metrics),
        "calibration": calibration_entry(validation.figures.temperature, validation.figures.unsure, fitted_on),
        "gate": dict(tagger.gate) if tagger.gate is not None else gate_entry(data, validation),
        "tags": tag_table(data, tagger.shown),
        "tagger": {"tags": list(tagger.tags), "nuisance": nuisance},
        "licences": {
            "weights": "MIT (head)",
            "tagger": tagger.licence,
            "data": "as its owner says; no sound and no spectrogram is inside",
        },
        "versions": versions(),
        "weights_sha256": sha256(folder / WEIGHTS_NAME),
    }
