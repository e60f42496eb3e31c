"""A training from data set to bundle: what ``genre-desktop train`` does."""

from __future__ import annotations

import hashlib
import stat
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import (
    OutputExistsError,
    ResumeError,
    SplitError,
    StorageError,
    TooFewTracksError,
    TrainingInterruptedError,
)
from genre_desktop.core.i18n import tr
from genre_desktop.model.bundles.bundle import CARD_NAME
from genre_desktop.model.keras_backend import load_backend
from training.bundles.bundle_writer import BundleFacts, add_fold_figures, made_bundle, write_bundle
from training.datasets.dataset import Dataset, require_trainable
from training.datasets.loading import Say, ShouldStop, load_dataset
from training.datasets.patch_table import PatchTable, list_patches
from training.datasets.splits import (
    FOLDS,
    SplitName,
    TrackSplit,
    choose_split,
    lists_beside,
    make_folds,
    split_lists,
    split_patches,
)
from training.evaluation.metrics import Metrics, compute_metrics
from training.evaluation.scoring import model_score, score_tracks
from training.fitting.cross_validation import network_folds, predict_out_of_fold
from training.fitting.fit import CHECKPOINTS, EpochReport, FitPlan, Fitted, fit, score_patches
from training.fitting.recipes import TRANSFER, Recipe, get_recipe
from training.pipelines.request import TrainRequest, TrainResult, describe_command
from training.pipelines.train_transfer import train_transfer
from training.reports.report import table


def train(
    request: TrainRequest,
    *,
    on_epoch: Callable[[EpochReport], None] | None = None,
    on_message: Say | None = None,
    should_stop: ShouldStop | None = None,
) -> TrainResult:
    """Train a network and write its bundle.

    Parameters
    ----------
    request : TrainRequest
    on_epoch : callable, optional
    on_message : callable, optional
        Gets a sentence now and then.
    should_stop : callable, optional
        Asked after each batch; true ends the training and keeps the best weights.

    Returns
    -------
    TrainResult

    Raises
    ------
    TrainingError
    """
    say: Say = on_message or (lambda _sentence: None)
    _check_output(request)
    if request.recipe == TRANSFER:
        return train_transfer(request, say=say, should_stop=should_stop)
    recipe = get_recipe(request.recipe)
    dataset = load_dataset(request.dataset, request.artists, request.split, request.seed, say, should_stop)
    require_trainable(dataset)
    load_backend()
    lists = request.lists or lists_beside(request.dataset)
    split = request.split or choose_split(dataset, lists)
    if request.folds and split not in ("artist", "track"):
        raise SplitError(split=split, reason=tr("--folds goes with the splits artist and track"))
    sides = _make_sides(dataset, split, lists, request)
    say(
        tr(
            "{recipe} on {n_train} patches, judged on {n_valid}: {protocol}.",
            recipe=recipe.name,
            n_train=len(sides.train),
            n_valid=len(sides.valid),
            protocol=sides.protocol,
        )
    )
    identity = _identity(request, dataset, recipe, sides)
    plan = FitPlan(sides.train, sides.valid, request.epochs, request.seed, request.out / CHECKPOINTS, identity)
    fitted = fit(dataset, recipe, plan, resume=request.resume, on_epoch=on_epoch, should_stop=should_stop)
    judgement = evaluate_split(fitted, dataset, sides)
    facts = BundleFacts(
        name=request.out.resolve().name,
        split=split,
        protocol=sides.protocol,
        leaking=split == "patch",
        command=describe_command(request, split),
        dataset=dataset,
        recipe=recipe,
        seed=request.seed,
        n_train=len(sides.train),
        n_valid=len(sides.valid),
    )
    write_bundle(request.out, fitted, judgement, facts)
    folds = None
    if request.folds and not fitted.interrupted:
        folds = _cross_validate(request, dataset, recipe, split, say, should_stop)
    if folds is not None:
        add_fold_figures(request.out, folds, request.folds)
    interrupted = fitted.interrupted or (request.folds > 0 and folds is None)
    summary = _summary(judgement, folds, split)
    return TrainResult(made_bundle(request.out), summary, interrupted, dataset.skipped)


@dataclass(frozen=True, eq=False)
class TrainValidSplit:
    """Patches that train and patches that judge; ``tracks`` are the judging tracks, or none."""

    train: PatchTable
    valid: PatchTable
    tracks: NDArray[np.int64] | None
    protocol: str


def _check_output(request: TrainRequest) -> None:
    """Refuse a folder that holds something else, and one that cannot be written, before hours are spent."""
    out = request.out
    try:
        if out.exists() and not out.is_dir():
            raise OutputExistsError(path=out)
        if request.resume:
            if (out / CARD_NAME).is_file() and not (out / CHECKPOINTS).is_dir():
                raise ResumeError(path=out, reason=tr("it was carried through to its end"))
            if not (out / CHECKPOINTS).is_dir():
                raise ResumeError(path=out, reason=tr("no checkpoint stands there"))
            _require_own_files(out)
        elif out.is_dir() and any(out.iterdir()):
            raise OutputExistsError(path=out)
        nearest = next(folder for folder in (out, *out.absolute().parents) if folder.is_dir())
        with tempfile.TemporaryFile(dir=nearest):
            pass
    except OSError as error:
        raise StorageError(path=out, reason=error.strerror or str(error)) from error


def _require_own_files(out: Path) -> None:
    """Refuse links in a folder that is written to, and may come from a stranger: they would lead to other files."""
    for path in (*out.iterdir(), *(out / CHECKPOINTS).iterdir()):
        status = path.lstat()
        is_own_file = stat.S_ISREG(status.st_mode) and status.st_nlink <= 1
        if not is_own_file and not (path == out / CHECKPOINTS and stat.S_ISDIR(status.st_mode)):
            raise ResumeError(path=out, reason=tr("{name} is a link or no regular file", name=path.name))


def _make_sides(dataset: Dataset, split: SplitName, lists: Path | None, request: TrainRequest) -> TrainValidSplit:
    if split == "patch":
        every = list_patches(dataset)
        train, valid = split_patches(len(every), request.seed)
        protocol = tr("patches at random, 80 to 20; leaking: patches of one track stand on both sides")
        return TrainValidSplit(every.take(train), every.take(valid), None, protocol)
    if split == "lists":
        if lists is None:
            raise SplitError(
                split="lists", reason=tr("no lists were found beside the data set; name them with --lists")
            )
        return _track_sides(dataset, split_lists(dataset, lists))
    return _track_sides(dataset, make_folds(dataset, split, request.seed, request.folds or FOLDS)[0])


def _track_sides(dataset: Dataset, split: TrackSplit) -> TrainValidSplit:
    train = list_patches(dataset, split.train.tolist(), dataset.source.n_variants)
    valid = list_patches(dataset, split.valid.tolist())
    return TrainValidSplit(train, valid, split.valid, split.protocol)


def evaluate_split(fitted: Fitted, dataset: Dataset, sides: TrainValidSplit) -> Metrics:
    """Judge the held-out side: tracks where whole tracks were held out, else patches."""
    if sides.tracks is not None:
        return _judge_tracks(dataset, *score_tracks(model_score(fitted.model), dataset, sides.tracks))
    scores = score_patches(fitted.model, dataset, sides.valid)
    groups = [dataset.groups[i] for i in sides.valid.track]
    return compute_metrics(scores, dataset.truth[sides.valid.track], dataset.labels, groups=groups)


def _judge_tracks(dataset: Dataset, tracks: NDArray[np.int64], rows: NDArray[np.float64]) -> Metrics:
    if len(tracks) == 0:
        raise TooFewTracksError(path=dataset.path, reason=tr("no held-out track is as long as a patch"))
    return compute_metrics(rows, dataset.truth[tracks], dataset.labels, groups=[dataset.groups[i] for i in tracks])


def _cross_validate(
    request: TrainRequest, dataset: Dataset, recipe: Recipe, split: SplitName, say: Say, should_stop: ShouldStop | None
) -> Metrics | None:
    """Fit once a fold and judge every track by the network that had not seen it; ``None`` when stopped."""
    folds = make_folds(dataset, split, request.seed, request.folds)
    try:
        unseen = predict_out_of_fold(
            dataset, folds, network_folds(dataset, recipe, request.epochs, request.seed, should_stop), say
        )
    except TrainingInterruptedError:
        return None
    return _judge_tracks(dataset, unseen.tracks, unseen.whole())


def _identity(request: TrainRequest, dataset: Dataset, recipe: Recipe, sides: TrainValidSplit) -> str:
    """Tells trainings apart for ``--resume``: whatever would change the result, the data and the sides included.

    Without the sides, a training resumed with other lists would be judged on tracks it had learned.
    """
    described = repr((recipe, request.seed, request.epochs, dataset.labels, dataset.tracks, dataset.config))
    # A function's repr holds its address, which differs from start to start.
    digest = hashlib.sha256(described.replace(repr(recipe.build), recipe.name).encode("utf-8", "surrogateescape"))
    for side in (sides.train, sides.valid):
        for column in (side.track, side.start, side.variant):
            digest.update(column.tobytes())
    for track in range(len(dataset.tracks)):
        digest.update(dataset.frames(track).tobytes())
    return digest.hexdigest()


def _summary(judgement: Metrics, folds: Metrics | None, split: SplitName) -> str:
    unit = tr("patches") if split == "patch" else tr("tracks")
    lines = [table(judgement, unit)]
    if split == "patch":
        lines.append("")
        lines.append(tr("Leaking: patches of one track stand on both sides. This tells nothing of unknown music."))
    if folds is not None:
        lines += ["", tr("All folds together:"), table(folds, tr("tracks"))]
    return "\n".join(lines)
