"""Make the bundle that is shipped as ``gtzan-cnn``.

One seeded command::

    python -m training.shipping.ship_cnn gtzan/mels.npz resources/models/gtzan-cnn

It fits the recipe seven times: on the training list, for the network that is shipped; on
five folds of the training list's artists, for the temperature and the threshold of
"unsure"; and with the notebook's split by patch, for the leaking metrics. The calibrated
bundle is evaluated on the validation list once, at the end.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.core.i18n import tr
from genre_desktop.model.bundles.bundle import read_bundle
from training.bundles.bundle_writer import INTERVAL, calibration_entry, current_commit, read_card, write_card
from training.datasets.dataset import Dataset
from training.datasets.loading import load_dataset
from training.datasets.splits import FOLDS, require_lists, split_artists, split_lists
from training.fitting.cross_validation import OutOfFold, network_folds, predict_out_of_fold
from training.fitting.fit import EpochReport
from training.fitting.fold_metrics import compute_fold_metrics, fold_protocol
from training.fitting.recipes import get_recipe
from training.pipelines.evaluate import evaluate
from training.pipelines.request import TrainRequest, with_split
from training.pipelines.train import train
from training.reports.report import write_report

DESCRIPTION = (
    "The notebook's CNN on mel spectrograms, trained on the artist-separated training list of GTZAN. "
    "For comparison and teaching."
)
DATA_LICENCE = (
    "GTZAN (Tzanetakis and Cook 2002) carries no licence: its author had no rights to give. "
    "The bundle holds weights and figures only, no sound, no spectrogram, no title."
)
SOURCES = (
    "GTZAN genre collection: G. Tzanetakis and P. Cook, Musical genre classification of audio signals, 2002",
    "fault-filtered lists, artists apart: C. Kereliuk, B. Sturm, J. Larsen, Deep learning and music adversaries, 2015",
    "artist index: B. Sturm, The GTZAN dataset: its contents, its faults, their effects on evaluation, 2013",
)

EPOCHS = 8
"""Fewer than with the split by patch, so that the network is less overconfident on unknown music.

The temperature fitted on the folds is 1.25; after 30 epochs that of one fold was 2.1.
"""

LEAKING_EPOCHS = 30
"""With the split by patch, overfitting to tracks improves the metrics on and on."""


def ship(request: TrainRequest, leaking_epochs: int = LEAKING_EPOCHS) -> Path:
    """Train, calibrate and evaluate; write one bundle with its own metrics and the leaking ones.

    Parameters
    ----------
    request : TrainRequest
        ``out`` is the shipped bundle's folder.
    leaking_epochs : int
        Of the network with the split by patch.

    Returns
    -------
    Path
        That folder.

    Raises
    ------
    TrainingError
    """
    lists = require_lists(request.lists, request.dataset)
    train(with_split(request, "lists", request.out), on_epoch=print_progress, on_message=print_progress)
    listed = training_list(load_dataset(request.dataset, request.artists, "lists", request.seed, print_progress), lists)
    fit_fold = network_folds(listed, get_recipe(request.recipe), request.epochs, request.seed)
    unseen = predict_out_of_fold(listed, split_artists(listed, request.seed, FOLDS), fit_fold, print_progress)
    add_calibration(request.out, listed, unseen, request.seed)
    add_leaking_metrics(replace(request, epochs=leaking_epochs))
    add_notes(request)
    evaluate_validation_list(request, next(iter(lists.glob("valid*.txt"))))
    return request.out


def training_list(dataset: Dataset, lists: Path) -> Dataset:
    """The tracks on the training list, the only ones that anything is fitted to or chosen on."""
    return dataset.select([dataset.tracks[i].name for i in split_lists(dataset, lists).train])


def add_calibration(folder: Path, listed: Dataset, unseen: OutOfFold, seed: int) -> None:
    """Fit temperature and threshold on the predictions out of fold; add them and the fold metrics to the card.

    Parameters
    ----------
    folder : Path
        The bundle's.
    listed : Dataset
        The positions in `unseen` are of its tracks.
    unseen : OutOfFold
    seed : int
        Of the intervals.
    """
    folds = compute_fold_metrics(listed, [unseen], "mean_probability", seed)
    protocol = fold_protocol(listed, "artist", len(folds.by_fold), tr("network"))
    card = read_card(folder)
    card["metrics"]["folds"] = {
        **folds.metrics.to_dict(),
        "accuracy_by_fold": [round(share, 4) for share in folds.by_fold],
        "unit": "tracks",
        "protocol": protocol,
        "leaking": False,
        "interval": INTERVAL,
    }
    entry = calibration_entry(folds.temperature, folds.unsure, tr("the training list: {how}", how=protocol))
    card["calibration"] = {**entry, "commit": current_commit()}
    write_card(folder, card)


def add_leaking_metrics(request: TrainRequest) -> None:
    """Train with the split by patch and add its metrics to the card of the bundle."""
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / request.out.name
        leaking = train(with_split(request, "patch", out), on_epoch=print_progress, on_message=print_progress)
        print_progress(leaking.summary)
    card = read_card(request.out)
    card["metrics"]["patch"] = {
        **leaking.bundle.card["metrics"]["patch"],
        "command": leaking.bundle.card["training"]["command"],
        "note": "figures of another network, fitted to a random part of the patches; not of the one shipped",
    }
    write_card(request.out, card)


def add_notes(request: TrainRequest) -> None:
    """Add description, licence, sources and the command that made the bundle to its card."""
    card = read_card(request.out)
    card["description"] = DESCRIPTION
    card["licences"] |= {"weights": "MIT", "data": DATA_LICENCE}
    card["sources"] = list(SOURCES)
    options = f"--epochs {request.epochs} --seed {request.seed}"
    card["training"]["made_by"] = (
        f"python -m training.shipping.ship_cnn {request.dataset.name} {request.out.name} {options}"
    )
    write_card(request.out, card)


def evaluate_validation_list(request: TrainRequest, names: Path) -> None:
    """Replace the metrics of the uncalibrated network by those of the calibrated bundle."""
    metrics = evaluate(read_bundle(request.out), request.dataset, names=names).metrics
    card = read_card(request.out)
    card["metrics"]["lists"].update(metrics.to_dict())
    write_card(request.out, card)
    title = f"{request.out.name}: {metrics.n} validation tracks, artists apart"
    write_report(metrics, request.out, title, {"split": "lists", "leaking": False, "unit": "tracks"})
    print_progress(json.dumps(metrics.to_dict(), indent=1))


def print_progress(message: str | EpochReport) -> None:
    """Print a progress message on standard error."""
    print(message, file=sys.stderr, flush=True)


def exit_status(work: Callable[[], object]) -> int:
    """Run `work`: 0, or 2 after an error, which is printed."""
    try:
        work()
    except GenreDesktopError as error:
        print_progress(str(error))
        return 2
    return 0


def main() -> int:
    """Command line of this module."""
    parser = argparse.ArgumentParser(description="Make the shipped bundle gtzan-cnn.")
    parser.add_argument("dataset", type=Path, help="mels.npz with the lists and the artists beside it")
    parser.add_argument("out", type=Path, help="folder of the bundle; must not exist or be empty")
    parser.add_argument("--epochs", type=int, default=EPOCHS, help="of all but the leaking network")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    request = TrainRequest(arguments.dataset, arguments.out, epochs=arguments.epochs, seed=arguments.seed)
    return exit_status(lambda: ship(request))


if __name__ == "__main__":
    sys.exit(main())
