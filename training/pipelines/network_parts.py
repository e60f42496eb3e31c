"""The parts of training a network on patches of spectrograms: the recipes of `training.fitting.recipes.RECIPES`."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import SplitError, StorageError, TooFewTracksError, TrainingInterruptedError
from genre_desktop.core.i18n import tr
from genre_desktop.model.keras_backend import load_backend
from training.bundles.network_bundle_writer import NetworkFacts, add_fold_metrics, write_network_bundle
from training.datasets.dataset import Dataset
from training.datasets.loading import load_dataset
from training.datasets.patch_table import PatchTable, list_patches
from training.datasets.splits import (
    SplitName,
    TrackSplit,
    choose_split,
    lists_beside,
    make_folds,
    require_lists,
    split_lists,
    split_patches,
)
from training.evaluation.calibration import UNSURE_BELOW, cautious_threshold
from training.evaluation.caveats import caveats
from training.evaluation.metrics import Metrics, compute_metrics
from training.evaluation.scoring import model_score, score_tracks
from training.fitting.checkpoints import CHECKPOINT_FOLDER, Checkpoints
from training.fitting.cross_validation import network_folds, predict_out_of_fold
from training.fitting.fit import FitPlan, Fitted, fit, score_patches
from training.fitting.recipes import Recipe
from training.pipelines.recipe_parts import Conclusion, TrainingContext
from training.pipelines.request import describe_command
from training.reports.report import metrics_table


@dataclass(frozen=True, eq=False)
class TrainValidSplit:
    """Patches for training and for validation.

    Attributes
    ----------
    dataset : Dataset
    name : {"artist", "track", "patch", "lists"}
    protocol : str
        How the split was made, in a sentence.
    train, valid : PatchTable
    valid_tracks : ndarray of int64 or None
        The validation tracks (positions in the data set); None if single patches were held out.
    """

    dataset: Dataset
    name: SplitName
    protocol: str
    train: PatchTable
    valid: PatchTable
    valid_tracks: NDArray[np.int64] | None

    @property
    def n_valid_tracks(self) -> int:
        """Number of tracks that the network is judged on, in whole or in part."""
        return len(np.unique(self.valid.track)) if self.valid_tracks is None else len(self.valid_tracks)


class NetworkParts:
    """A network on patches: fitted in epochs with checkpoints, not calibrated, cross-validated if asked for.

    Its threshold of "unsure" is not fitted: that of `cautious_threshold` without a fit, by the number of tracks that it
    was judged on.

    Parameters
    ----------
    context : TrainingContext
    recipe : Recipe
    """

    def __init__(self, context: TrainingContext, recipe: Recipe) -> None:
        self._context = context
        self._request = context.request
        self._recipe = recipe

    def load(self) -> Dataset:
        """Load spectrograms, or compute them from sound with augmented variants."""
        request, context = self._request, self._context
        return load_dataset(
            request.dataset,
            request.artists,
            request.split,
            request.seed,
            context.reporter,
            context.should_stop,
            folds=request.folds,
        )

    def split(self, data: Dataset) -> TrainValidSplit:
        """Split the patches by artist, by track, from lists, or at random.

        Raises
        ------
        SplitError
        """
        request = self._request
        name = request.split or choose_split(data, request.lists or lists_beside(request.dataset))
        if request.folds and name not in ("artist", "track"):
            raise SplitError(split=name, reason=tr("--folds goes with the splits artist and track"))
        if name == "patch":
            every = list_patches(data)
            train, valid = split_patches(len(every), request.seed)
            protocol = tr("patches at random, 80 to 20; leaking: patches of one track stand on both sides")
            return TrainValidSplit(data, name, protocol, every.take(train), every.take(valid), None)
        if name == "lists":
            return _of_tracks(data, name, split_lists(data, require_lists(request.lists, request.dataset)))
        return _of_tracks(data, name, make_folds(data, name, request.seed, request.folds)[0])

    def fit(self, split: TrainValidSplit) -> Fitted:
        """Fit the network, with checkpoints in the folder of the bundle."""
        request, context = self._request, self._context
        context.reporter(
            tr(
                "{recipe} on {n_train} patches, judged on {n_valid}: {protocol}.",
                recipe=self._recipe.name,
                n_train=len(split.train),
                n_valid=len(split.valid),
                protocol=split.protocol,
            )
        )
        load_backend()
        checkpoints = Checkpoints(request.out / CHECKPOINT_FOLDER, self._identity(split), request.epochs)
        plan = FitPlan(split.train, split.valid, request.epochs, request.seed, checkpoints)
        return fit(
            split.dataset,
            self._recipe,
            plan,
            resume=request.resume,
            on_epoch=context.on_epoch,
            should_stop=context.should_stop,
        )

    def calibrate(self, split: TrainValidSplit) -> float:
        """The threshold of "unsure"; the folds that a calibration needs would take a training each."""
        return round(cautious_threshold(UNSURE_BELOW, split.n_valid_tracks), 3)

    def evaluate(self, split: TrainValidSplit, model: Fitted, calibration: float) -> Metrics:
        """Metrics over the validation tracks, or over the validation patches if single patches were held out."""
        data = split.dataset
        if split.valid_tracks is not None:
            scored = score_tracks(model_score(model.model), data, split.valid_tracks)
            return _track_metrics(data, *scored, calibration)
        scores = score_patches(model.model, data, split.valid)
        groups = [data.groups[i] for i in split.valid.track]
        return compute_metrics(scores, data.truth[split.valid.track], data.labels, groups=groups)

    def write(self, split: TrainValidSplit, model: Fitted, calibration: float, metrics: Metrics) -> None:
        """Write the bundle, and remove the checkpoints of a complete training."""
        facts = NetworkFacts(
            name=self._request.out.resolve().name,
            split=split.name,
            protocol=split.protocol,
            leaking=split.name == "patch",
            command=describe_command(self._request, split.name),
            dataset=split.dataset,
            recipe=self._recipe,
            seed=self._request.seed,
            n_train=len(split.train),
            n_valid=len(split.valid),
            unsure_below=calibration,
            caveat=_caveat(split),
        )
        write_network_bundle(self._request.out, model, metrics, facts)

    def conclude(self, split: TrainValidSplit, model: Fitted, calibration: float, metrics: Metrics) -> Conclusion:
        """Cross-validate if folds were asked for, and add their metrics to the card."""
        folds = None
        if self._request.folds and not model.interrupted:
            folds = self._cross_validate(split, calibration)
        if folds is not None:
            try:
                add_fold_metrics(self._request.out, folds, self._request.folds, _caveat(split, folds))
            except StorageError as error:  # hours of work, which the summary shows
                self._context.reporter(str(error))
        interrupted = model.interrupted or (self._request.folds > 0 and folds is None)
        return Conclusion(_summary(metrics, folds, split), interrupted)

    def _cross_validate(self, split: TrainValidSplit, unsure_below: float) -> Metrics | None:
        """Metrics of all tracks, each scored by a network that had not seen it; None if it was stopped."""
        request, data = self._request, split.dataset
        folds = make_folds(data, split.name, request.seed, request.folds)
        fit_fold = network_folds(data, self._recipe, request.epochs, request.seed, self._context.should_stop)
        try:
            unseen = predict_out_of_fold(data, folds, fit_fold, self._context.reporter)
        except TrainingInterruptedError:
            return None
        return _track_metrics(data, unseen.tracks, unseen.track_probabilities(), unsure_below)

    def _identity(self, split: TrainValidSplit) -> str:
        """Hash of whatever determines the result, for ``--resume``: settings, data and split.

        The split is part of it: a training resumed with other lists would be evaluated on tracks that
        it was fitted to.
        """
        request, recipe, data = self._request, self._recipe, split.dataset
        described = repr((recipe, request.seed, request.epochs, data.labels, data.tracks, data.config))
        # The repr of a function has its address, which differs between processes.
        digest = hashlib.sha256(described.replace(repr(recipe.build), recipe.name).encode("utf-8", "surrogateescape"))
        for table in (split.train, split.valid):
            for column in (table.track, table.start, table.variant):
                digest.update(column.tobytes())
        for track in range(len(data.tracks)):
            digest.update(data.frames(track).tobytes())
        return digest.hexdigest()


def _of_tracks(data: Dataset, name: SplitName, split: TrackSplit) -> TrainValidSplit:
    train = list_patches(data, split.train.tolist(), data.source.n_variants)
    valid = list_patches(data, split.valid.tolist())
    return TrainValidSplit(data, name, split.protocol, train, valid, split.valid)


def _track_metrics(
    data: Dataset, tracks: NDArray[np.int64], probabilities: NDArray[np.float64], unsure_below: float
) -> Metrics:
    if len(tracks) == 0:
        raise TooFewTracksError(path=data.path, reason=tr("no held-out track is as long as a patch"))
    groups = [data.groups[i] for i in tracks]
    return compute_metrics(probabilities, data.truth[tracks], data.labels, groups=groups, unsure_below=unsure_below)


def _caveat(split: TrainValidSplit, folds: Metrics | None = None) -> str:
    """What the metrics of the held-out tracks, or of all folds, are worth; that of patches is said elsewhere."""
    if split.name == "patch":
        return ""
    are_apart = split.name == "artist" or (split.name == "lists" and split.dataset.artists_known > 0)
    return caveats(split.n_valid_tracks if folds is None else folds.n, are_artists_apart=are_apart)


def _summary(metrics: Metrics, folds: Metrics | None, split: TrainValidSplit) -> str:
    unit = tr("patches") if split.name == "patch" else tr("tracks")
    lines = [metrics_table(metrics, unit, _caveat(split))]
    if split.name == "patch":
        lines.append("")
        lines.append(tr("Leaking: patches of one track stand on both sides. This tells nothing of unknown music."))
    if folds is not None:
        lines += ["", tr("All folds together:"), metrics_table(folds, tr("tracks"), _caveat(split, folds))]
    return "\n".join(lines)
