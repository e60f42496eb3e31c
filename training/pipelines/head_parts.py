"""The parts of training a transfer model, a linear head on the shipped tagger: the recipe ``musicnn``."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from genre_desktop.core.errors import (
    DatasetFormatError,
    DatasetNotFoundError,
    ResumeError,
    SplitError,
    TrainingInterruptedError,
)
from genre_desktop.core.i18n import tr
from genre_desktop.model.aggregate import track_probabilities
from genre_desktop.model.keras_backend import load_backend
from training.bundles.bundle_writer import metrics_entry
from training.bundles.transfer_bundle_writer import TransferFacts, write_transfer_bundle
from training.datasets.artists import read_artist_table
from training.datasets.loading import check_artist_table, load_dataset, report_artists, should_report_progress
from training.datasets.splits import SplitName, folds_by, make_folds, require_lists, split_lists
from training.datasets.taggrams import Taggrams, holds_taggrams, read_taggrams, tag_dataset
from training.evaluation.calibration import PROMISED_ACCURACY, UNSURE_BELOW
from training.evaluation.caveats import caveats
from training.evaluation.metrics import Metrics, compute_metrics
from training.fitting.linear_head import LinearHead
from training.fitting.tagger import Tagger, shipped_tagger
from training.fitting.transfer import METHOD, Validation, cross_validate
from training.pipelines.recipe_parts import Conclusion, TrainingContext
from training.pipelines.request import describe_command
from training.reports.report import metrics_table


@dataclass(frozen=True, eq=False)
class HeadSplit:
    """Tracks that a head is fitted to and cross-validated on, and tracks on a validation list.

    Attributes
    ----------
    name : {"artist", "track", "lists"}
    by : {"artist", "track"}
        What a fold of the training tracks keeps together.
    train : Taggrams
    valid : Taggrams or None
        Only of the split ``"lists"``; otherwise the folds evaluate every track.
    protocol : str
        Of the lists; empty without.
    """

    name: SplitName
    by: Literal["artist", "track"]
    train: Taggrams
    valid: Taggrams | None = None
    protocol: str = ""


class HeadParts:
    """A linear head: fitted in one step, evaluated and calibrated by cross-validation.

    ``epochs`` of the request has no effect.

    Parameters
    ----------
    context : TrainingContext
    """

    def __init__(self, context: TrainingContext) -> None:
        self._context = context
        self._request = context.request

    @cached_property
    def tagger(self) -> Tagger:
        """The shipped tagger, loaded at first use."""
        load_backend()
        return shipped_tagger()

    def load(self) -> Taggrams:
        """Read a file of taggrams, or compute them from a folder of sound.

        Raises
        ------
        TrainingError
        """
        request = self._request
        if request.split == "patch":
            reason = tr("this recipe answers for whole tracks; choose artist, track or lists")
            raise SplitError(split="patch", reason=reason)
        if request.resume:
            raise ResumeError(path=request.out, reason=tr("this recipe is fitted in one step and keeps no checkpoints"))
        # First of all, since reading its bundle may fail.
        tagger = self.tagger
        if not os.path.exists(request.dataset):
            raise DatasetNotFoundError(path=request.dataset)
        return self._tag_folder(tagger) if os.path.isdir(request.dataset) else self._read_file(tagger)

    def split(self, data: Taggrams) -> HeadSplit:
        """Take all tracks for training, or the tracks on the training list.

        Raises
        ------
        SplitError, TrainingInterruptedError
        """
        split = self._split(data)
        make_folds(split.train, split.by, self._request.seed, self._request.folds)  # refused now, if at all
        return split

    def _split(self, data: Taggrams) -> HeadSplit:
        request, context = self._request, self._context
        if context.should_stop is not None and context.should_stop():
            raise TrainingInterruptedError
        by = folds_by(data)
        # Lists beside the data set are not taken unasked: without them, the folds evaluate every track.
        name: SplitName = request.split or ("lists" if request.lists else by)
        if name == "lists":
            lists = split_lists(data, require_lists(request.lists, request.dataset))
            train, valid = (data.select([data.tracks[i].name for i in side]) for side in (lists.train, lists.valid))
            return HeadSplit(name, folds_by(train), train, valid, lists.protocol)
        if name == "track" and data.artists_known and not request.split:
            context.reporter(
                tr("A genre has one artist only: artists cannot be kept apart, the figures will be too good.")
            )
        return HeadSplit(name, "artist" if name == "artist" else "track", data)

    def fit(self, split: HeadSplit) -> LinearHead:
        """Fit the head to all training tracks."""
        return self.tagger.plan.fit(split.train)

    def calibrate(self, split: HeadSplit) -> Validation:
        """Cross-validate on the training tracks: metrics, temperature, threshold and limit of the gate."""
        request = self._request
        return cross_validate(
            split.train, self.tagger.plan, split.by, request.seed, request.folds, self._context.reporter
        )

    def evaluate(self, split: HeadSplit, model: LinearHead, calibration: Validation) -> Metrics:
        """Metrics of the tracks on the validation list, or of the cross-validation without a list."""
        data = split.valid
        if data is None:
            return calibration.folds.metrics
        temperature = calibration.folds.temperature
        segments = [model.probabilities(data.evidence(track)) for track in range(len(data.tracks))]
        return compute_metrics(
            np.array([track_probabilities(rows, temperature, METHOD) for rows in segments]),
            data.truth,
            data.labels,
            groups=data.groups,
            unsure_below=calibration.folds.unsure.threshold,
        )

    def write(self, split: HeadSplit, model: LinearHead, calibration: Validation, metrics: Metrics) -> None:
        """Write the bundle."""
        request = self._request
        facts = TransferFacts(
            name=request.out.resolve().name,
            command=describe_command(request, split.name),
            seed=request.seed,
            split=split.by,
        )
        held_out = None
        if split.valid is not None:
            held_out = metrics_entry(metrics, split.protocol, note=_caveat_of_lists(split.valid))
        write_transfer_bundle(request.out, self.tagger, model, split.train, calibration, facts, held_out=held_out)

    def conclude(self, split: HeadSplit, model: LinearHead, calibration: Validation, metrics: Metrics) -> Conclusion:
        """Summarise."""
        folds = calibration.folds.metrics
        caveat = caveats(folds.n, are_artists_apart=split.by == "artist")
        lines = [metrics_table(folds, tr("tracks"), caveat), "", calibration.protocol]
        unsure = calibration.folds.unsure
        if unsure.threshold == UNSURE_BELOW and unsure.accuracy < PROMISED_ACCURACY:
            lines.append(
                tr(
                    "It is right too seldom to name a genre only where nearly all are right: it names what it holds "
                    "for more likely than not, and is right then on {right:.0f} % of the tracks.",
                    right=100 * unsure.accuracy,
                )
            )
        if split.valid is not None:
            table = metrics_table(metrics, tr("tracks"), _caveat_of_lists(split.valid))
            lines = [table, "", tr("Folds of the training list:"), *lines]
        return Conclusion("\n".join(lines), interrupted=False)

    def _tag_folder(self, tagger: Tagger) -> Taggrams:
        request, context = self._request, self._context
        dataset = load_dataset(
            request.dataset,
            request.artists,
            request.split,
            request.seed,
            context.reporter,
            context.should_stop,
            config=tagger.config,
            variants=1,
            folds=request.folds,
        )

        def on_progress(done: int, total: int) -> None:
            if should_report_progress(done, total):
                context.reporter(tr("tags of {done} of {total} tracks", done=done, total=total))

        tagged = tag_dataset(
            dataset, tagger.probability_model(), on_progress=on_progress, should_stop=context.should_stop
        )
        for name, reason in tagged.skipped[len(dataset.skipped) :]:
            context.reporter(tr("left out: {name}: {reason}", name=name, reason=reason))
        return tagged

    def _read_file(self, tagger: Tagger) -> Taggrams:
        path, artists = self._request.dataset, self._request.artists
        if not holds_taggrams(path):
            reason = tr(
                "this recipe takes sound, or a file of taggrams; spectrograms of other features hold too little"
            )
            raise DatasetFormatError(path=path, reason=reason)
        data = read_taggrams(path)
        if data.values[0].shape[1] != len(tagger.tags):
            reason = tr("it has {given} tags, the tagger {own}", given=data.values[0].shape[1], own=len(tagger.tags))
            raise DatasetFormatError(path=path, reason=reason)
        table = None if artists is None else read_artist_table(artists)
        check_artist_table(path, artists, table, data.tracks)
        data = data.with_artists_beside() if table is None else data.with_artists(table)
        report_artists(data, self._context.reporter)
        return data


def _caveat_of_lists(valid: Taggrams) -> str:
    return caveats(len(valid.tracks), are_artists_apart=valid.artists_known > 0)
