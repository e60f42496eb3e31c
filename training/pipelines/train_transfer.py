"""Training a transfer model from what a person names: ``train --recipe musicnn``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import (
    BundleUnsupportedError,
    DatasetFormatError,
    DatasetNotFoundError,
    ResumeError,
    SplitError,
    TrainingInterruptedError,
)
from genre_desktop.core.i18n import tr
from genre_desktop.model.aggregate import track_probabilities
from genre_desktop.model.bundles.catalogue import find_bundle
from genre_desktop.model.keras_backend import load_backend
from genre_desktop.model.predictor import load_network
from training.bundles.bundle_writer import made_bundle
from training.bundles.transfer_bundle_writer import Tagger, TransferFacts, list_figures, write_transfer_bundle
from training.datasets.dataset import read_artists, require_trainable
from training.datasets.loading import Say, ShouldStop, check_table, load_dataset, report_artists, should_report_progress
from training.datasets.splits import FOLDS, SplitName, TrackSplit, folds_by, lists_beside, split_lists
from training.datasets.taggrams import Taggrams, holds_taggrams, read_taggrams, tag_dataset
from training.evaluation.calibration import PROMISED_ACCURACY, UNSURE_BELOW
from training.evaluation.metrics import Metrics, compute_metrics
from training.fitting.transfer import METHOD, Validation, cross_validate
from training.pipelines.request import TrainRequest, TrainResult, describe_command
from training.reports.report import table

if TYPE_CHECKING:
    import keras

SHIPPED = "gtzan-musicnn"
"""The shipped bundle whose tagger new heads stand on."""


def train_transfer(request: TrainRequest, *, say: Say, should_stop: ShouldStop | None = None) -> TrainResult:
    """Fit a head on the shipped tagger and write its bundle.

    Parameters
    ----------
    request : TrainRequest
        `epochs` says nothing here: a head is fitted in one step.
    say : callable
    should_stop : callable, optional

    Returns
    -------
    TrainResult

    Raises
    ------
    TrainingError
    """
    if request.split == "patch":
        reason = tr("this recipe answers for whole tracks; choose artist, track or lists")
        raise SplitError(split="patch", reason=reason)
    if request.resume:
        raise ResumeError(path=request.out, reason=tr("this recipe is fitted in one step and keeps no checkpoints"))
    load_backend()
    tagger = shipped_tagger()
    data = _load(request, tagger, say, should_stop)
    require_trainable(data)
    if should_stop is not None and should_stop():
        raise TrainingInterruptedError
    # Lists only where they are asked for: the folds judge every track.
    split: SplitName = request.split or ("lists" if request.lists else folds_by(data))
    if split == "track" and data.artists_known and not request.split:
        say(tr("A genre has one artist only: artists cannot be kept apart, the figures will be too good."))
    lists = request.lists or lists_beside(request.dataset)
    held_out: TrackSplit | None = None
    learned = data
    if split == "lists":
        if lists is None:
            raise SplitError(
                split="lists", reason=tr("no lists were found beside the data set; name them with --lists")
            )
        held_out = split_lists(data, lists)
        learned = data.select([data.tracks[i].name for i in held_out.train])
    by = folds_by(learned) if split == "lists" else split
    validation = cross_validate(learned, tagger.plan, by, request.seed, request.folds or FOLDS, say)
    told = [table(validation.figures.judgement, tr("tracks")), "", validation.protocol]
    unsure = validation.figures.unsure
    if unsure.threshold == UNSURE_BELOW and unsure.accuracy < PROMISED_ACCURACY:
        told.append(
            tr(
                "It is right too seldom to name a genre only where nearly all are right: it names what it holds for "
                "more likely than not, and is right then on {right:.0f} % of the tracks.",
                right=100 * unsure.accuracy,
            )
        )
    figures = None
    if held_out is not None:
        listed = _judge_held_out(data, learned, held_out, tagger, validation)
        figures = list_figures(listed, held_out.protocol)
        told = [table(listed, tr("tracks")), "", tr("Folds of the training list:"), *told]
    facts = TransferFacts(
        name=request.out.resolve().name, command=describe_command(request, split), seed=request.seed, split=by
    )
    write_transfer_bundle(request.out, tagger, learned, validation, facts, held_out=figures)
    return TrainResult(made_bundle(request.out), "\n".join(told), interrupted=False, skipped=data.skipped)


def shipped_tagger() -> Tagger:
    """The tagger of the shipped transfer model, with what its card knows of it.

    Raises
    ------
    BundleNotFoundError, BundleHashError, BundleUnreadableError
    BundleUnsupportedError
        Where an update stands in its place that is no tagger.
    """
    import keras

    bundle = find_bundle(SHIPPED)
    known, shown = bundle.card.get("tagger") or {}, bundle.card.get("tags") or {}
    licence = (bundle.card.get("licences") or {}).get("tagger")
    if bundle.feature_layer != "tag_logits" or not {"tags", "nuisance"} <= set(known) or not shown or not licence:
        raise BundleUnsupportedError(name=bundle.name, reason=tr("its card does not describe a tagger"))
    network = load_network(bundle)
    return Tagger(
        model=keras.Model(network.input, network.get_layer("tag_logits").output),
        config=bundle.config,
        tags=tuple(known["tags"]),
        shown=tuple(shown["names"]),
        nuisance=None if known["nuisance"] is None else np.array(known["nuisance"], np.float64),
        licence=str(licence),
        least_temperature=bundle.temperature,
        gate=bundle.card.get("gate"),
    )


def probabilities_of_tags(tagger: Tagger) -> keras.Model:
    """The tagger's network up to the probabilities."""
    import keras

    return keras.Model(tagger.model.input, keras.ops.sigmoid(tagger.model.output))


def _load(request: TrainRequest, tagger: Tagger, say: Say, should_stop: ShouldStop | None) -> Taggrams:
    path = request.dataset
    if not path.exists():
        raise DatasetNotFoundError(path=path)
    if path.is_dir():
        dataset = load_dataset(
            path, request.artists, request.split, request.seed, say, should_stop, config=tagger.config, variants=1
        )

        def progress(done: int, total: int) -> None:
            if should_report_progress(done, total):
                say(tr("tags of {done} of {total} tracks", done=done, total=total))

        heard = tag_dataset(dataset, probabilities_of_tags(tagger), on_progress=progress, should_stop=should_stop)
        for name, reason in heard.skipped[len(dataset.skipped) :]:
            say(tr("left out: {name}: {reason}", name=name, reason=reason))
        return heard
    if not holds_taggrams(path):
        reason = tr("this recipe takes sound, or a file of taggrams; spectrograms of other features hold too little")
        raise DatasetFormatError(path=path, reason=reason)
    data = read_taggrams(path)
    if data.values[0].shape[1] != len(tagger.tags):
        reason = tr("it has {given} tags, the tagger {own}", given=data.values[0].shape[1], own=len(tagger.tags))
        raise DatasetFormatError(path=path, reason=reason)
    known = None if request.artists is None else read_artists(request.artists)
    check_table(path, request.artists, known, data.tracks)
    data = data.with_artists_beside() if known is None else data.with_artists(known)
    report_artists(data, say)
    return data


def _judge_held_out(
    data: Taggrams, learned: Taggrams, split: TrackSplit, tagger: Tagger, validation: Validation
) -> Metrics:
    head = tagger.plan.fit(learned, np.arange(len(learned.tracks)))
    rows: list[NDArray[np.float64]] = []
    for track in split.valid.tolist():
        segments = head.probabilities(data.evidence(track))
        rows.append(track_probabilities(segments, validation.figures.temperature, METHOD))
    groups = data.groups
    return compute_metrics(
        np.array(rows),
        data.truth[split.valid],
        data.labels,
        groups=[groups[i] for i in split.valid],
        unsure_below=validation.figures.unsure.threshold,
    )
