"""Writing the bundle of a transfer model: a linear head on a pre-trained tagger."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from genre_desktop.core.untrusted.printable import printable
from genre_desktop.library.files.staged_folder import staged_folder
from genre_desktop.model.aggregate import track_probabilities
from genre_desktop.model.bundles.bundle import CARD_FORMAT, CARD_NAME, WEIGHTS_NAME, sha256
from genre_desktop.model.genre_hierarchy import read_hierarchy
from training.bundles.bundle_writer import (
    HISTORY_NAME,
    OWN_WEIGHTS,
    calibration_entry,
    current_commit,
    metrics_entry,
    save_network,
    versions,
    what_it_learned,
    with_note,
    write_card,
)
from training.bundles.style_rules import style_rules
from training.datasets.taggrams import Taggrams
from training.evaluation.caveats import caveats
from training.evaluation.metrics import compute_metrics
from training.fitting.linear_head import LinearHead
from training.fitting.recipes import TRANSFER, count_multiply_adds
from training.fitting.second_opinion import (
    GENRE_CLASSES,
    WEIGHT,
    SecondOpinion,
    TrackOpinions,
    blend,
    build_blended_classifier,
)
from training.fitting.tagger import Tagger
from training.fitting.transfer import METHOD, Validation, build_classifier, gate_statistics, tag_table
from training.reports.report import write_report

if TYPE_CHECKING:
    import keras

SOUND_GATE: Mapping[str, Any] = {"music": "Music", "speech": "Speech", "least_music": 0.1, "most_speech": 0.5}
"""Classes and limits of the gate by sounds, see `genre_desktop.model.bundles.sound_gate`.

The limits were set on one half of signals and music and reported on the other (``training/EXPERIMENTS.md``): .1 lies
between the most "music" in what is none (.07) and the least in music (.44); .5 is three times the largest share of
speech in music (.17)."""


@dataclass(frozen=True)
class TransferFacts:
    """What the card of a transfer model has besides metrics and calibration.

    Attributes
    ----------
    name, command : str
    seed : int
    split : str
        ``"artist"`` or ``"track"``: what a fold keeps together.
    version : str
        Empty for none, see `genre_desktop.model.bundles.versions`.
    """

    name: str
    command: str
    seed: int
    split: str
    version: str = ""


def write_transfer_bundle(
    folder: Path,
    tagger: Tagger,
    head: LinearHead,
    data: Taggrams,
    validation: Validation,
    facts: TransferFacts,
    *,
    held_out: Mapping[str, Any] | None = None,
    opinions: TrackOpinions | None = None,
) -> None:
    """Write all files of a bundle. The card is written last, so a folder with a card is complete.

    Parameters
    ----------
    folder : Path
        Made where it is missing.
    tagger : Tagger
    head : LinearHead
        Fitted to all of `data`.
    data : Taggrams
    validation : Validation
        Of the same data.
    facts : TransferFacts
    held_out : mapping, optional
        Metrics of tracks that are not in `data`: the entry ``lists`` under ``metrics`` in the card.
    opinions : TrackOpinions, optional
        On `data`: the head is blended with the second opinion, and `validation` is of the blend.

    Raises
    ------
    StorageError
        Nothing is left of the files then.
    """
    segments = [head.probabilities(data.evidence(track)) for track in range(len(data.tracks))]
    if opinions is None:
        model = build_classifier(tagger.model, head)
    else:
        assert validation.head is not None
        temperature = validation.head.temperature
        model = build_blended_classifier(tagger.model, head, temperature, opinions.opinion, data.labels)
        segments = [blend(rows, opinions.evidence[track], temperature) for track, rows in enumerate(segments)]
    rows = np.array([track_probabilities(row, validation.folds.temperature, METHOD) for row in segments])
    seen, unseen = compute_metrics(rows, data.truth, data.labels), validation.folds.metrics
    history = {"accuracy": seen.accuracy, "loss": seen.log_loss}
    history |= {"val_accuracy": unseen.accuracy, "val_loss": unseen.log_loss}
    title = f"{unseen.n} tracks, {facts.split}s apart"
    # The program shows the first entry that does not leak: that of the lists, if there is one.
    caveat = caveats(unseen.n, are_artists_apart=facts.split == "artist")
    metrics = {facts.split: with_note(fold_entry(validation), caveat)}
    metrics = ({"lists": dict(held_out)} if held_out else {}) | metrics
    extra = with_note({"split": facts.split, "leaking": False, "unit": "tracks"}, caveat)
    with staged_folder(folder, last=CARD_NAME) as stage:
        # Sixteen megabytes are enough: the file for the readers of the notebook is left out.
        save_network(model, stage, with_h5=opinions is None)
        # A single value each: the head has a closed form and no epochs.
        epoch = {key: [round(value, 4)] for key, value in history.items()}
        (stage / HISTORY_NAME).write_text(json.dumps(epoch), "utf-8")
        write_report(unseen, stage, title, extra)
        card = _card(stage, model, tagger, data, validation, facts, metrics)
        if opinions is not None:
            _add_opinion(card, opinions.opinion, validation)
        write_card(stage, card)


def fold_entry(validation: Validation) -> dict[str, Any]:
    """The entry of ``metrics`` in a card for the cross-validations."""
    repeats = [round(accuracy, 4) for accuracy in validation.folds.accuracies]
    return {**metrics_entry(validation.folds.metrics, validation.protocol), "repeats": repeats}


def gate_entry(data: Taggrams, validation: Validation) -> dict[str, Any]:
    """The entry ``gate`` of a card, computed from the data of the head."""
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
    fitted_on = f"{len(validation.folds.accuracies)} cross-validations: {validation.protocol}"
    nuisance = None if tagger.nuisance is None else tagger.nuisance.tolist()
    return {
        "format": CARD_FORMAT,
        "name": facts.name,
        "description": what_it_learned(
            len(data.labels), len(data.tracks), "a linear head on the 50 tags of the pre-trained MSD_musicnn"
        ),
        **({"version": facts.version} if facts.version else {}),
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
                "file": printable(data.path.name),
                "n_tracks": len(data.tracks),
                "n_left_out": len(data.skipped),
                "n_train_patches": sum(len(values) for values in data.values),
            },
        },
        "metrics": dict(metrics),
        "calibration": calibration_entry(validation.folds.temperature, validation.folds.unsure, fitted_on),
        "gate": dict(tagger.gate) if tagger.gate is not None else gate_entry(data, validation),
        "tags": tag_table(data, tagger.shown),
        "tagger": {"tags": list(tagger.tags), "nuisance": nuisance},
        "licences": {
            "weights": f"{OWN_WEIGHTS} (head)",
            "tagger": tagger.licence,
            "data": "as its owner says; no sound and no spectrogram is inside",
        },
        "versions": versions(),
        "weights_sha256": sha256(folder / WEIGHTS_NAME),
    }


def _add_opinion(card: dict[str, Any], opinion: SecondOpinion, validation: Validation) -> None:
    """Add what the card of a blend has besides: both inputs and outputs, the gate by sounds instead of that by tags."""
    assert validation.head is not None
    card["features"] = {**card["features"], "middle": opinion.config.to_dict()}
    del card["architecture"]["feature_layer"]
    card["architecture"] |= {"feature_layers": ["tag_logits", "class_logits"], "sound_layer": "classes"}
    card["sounds"] = {"names": list(opinion.classes)}
    card["sound_gate"] = dict(SOUND_GATE)
    card["styles"] = style_rules(read_hierarchy(), card["tagger"]["tags"], opinion.classes)
    classes = {label: GENRE_CLASSES[label] for label in card["labels"]}
    alone = metrics_entry(validation.head.metrics, validation.protocol)
    card["second_opinion"] = {
        "weight": WEIGHT,
        "classes": classes,
        "without_it": {key: alone[key] for key in ("accuracy", "accuracy_ci95", "f1_macro", "log_loss", "brier", "ece")}
        | {"repeats": [round(accuracy, 4) for accuracy in validation.head.accuracies]},
    }
    # Heads on the tagger alone, without the sounds, have the temperature and the gate of that alone.
    card["tagger"] |= {"temperature": validation.head.temperature, "gate": card.pop("gate")}
    card["licences"]["sounds"] = opinion.licence
