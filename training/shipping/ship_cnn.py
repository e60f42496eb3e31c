"""Make the bundle that is shipped as ``gtzan-cnn``.

One seeded command::

    python -m training.shipping.ship_cnn ../shared/data/gtzan/mels.npz resources/models/gtzan-cnn

It fits the recipe seven times: on the training list, for the network that is shipped; on
five folds of the training list's artists, for the temperature and the threshold of
"unsure"; and under the notebook's split of patches, for the figure that leaks. The
calibrated bundle is judged on the validation list once, at the end.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from genre_desktop.core.errors import GenreDesktopError, SplitError
from genre_desktop.core.i18n import tr
from genre_desktop.model.bundles.bundle import read_bundle
from training.bundles.bundle_writer import INTERVAL, calibration_entry, current_commit, read_card, write_card
from training.datasets.dataset import Dataset
from training.datasets.loading import load_dataset
from training.datasets.splits import FOLDS, lists_beside, split_artists, split_lists
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
"""Fewer than under the split of patches: the network is then less sure of what it does not know.

The temperature that the folds ask for is 1.25; after 30 epochs one fold asked for 2.1.
"""

LEAKING_EPOCHS = 30
"""Under the split of patches knowing tracks by heart pays, and goes on paying."""


def ship(request: TrainRequest, leaking_epochs: int = LEAKING_EPOCHS) -> Path:
    """Train, calibrate and judge; write one bundle with the honest figures and the leaking ones.

    Parameters
    ----------
    request : TrainRequest
        ``out`` is the shipped bundle's folder.
    leaking_epochs : int
        Of the network under the split of patches.

    Returns
    -------
    Path
        That folder.

    Raises
    ------
    TrainingError
    """
    lists = request.lists or lists_beside(request.dataset)
    if lists is None:
        raise SplitError(split="lists", reason=tr("no lists were found beside the data set; name them with --lists"))
    train(with_split(request, "lists", request.out), on_epoch=say, on_message=say)
    listed = training_list(load_dataset(request.dataset, request.artists, "lists", request.seed, say), lists)
    fit_fold = network_folds(listed, get_recipe(request.recipe), request.epochs, request.seed)
    unseen = predict_out_of_fold(listed, split_artists(listed, request.seed, FOLDS), fit_fold, say)
    add_calibration(request.out, listed, unseen, request.seed)
    add_leaking_figures(replace(request, epochs=leaking_epochs))
    add_notes(request)
    judge_validation_list(request, next(iter(lists.glob("valid*.txt"))))
    return request.out


def training_list(dataset: Dataset, lists: Path) -> Dataset:
    """The tracks of the training list, the only ones that anything is fitted to or chosen on."""
    return dataset.select([dataset.tracks[i].name for i in split_lists(dataset, lists).train])


def add_calibration(folder: Path, listed: Dataset, unseen: OutOfFold, seed: int) -> None:
    """Fit temperature and threshold on the predictions out of fold; note them and the folds' figures in the card.

    Parameters
    ----------
    folder : Path
        The bundle's.
    listed : Dataset
        What the positions in `unseen` mean.
    unseen : OutOfFold
    seed : int
        Of the intervals.
    """
    figures = compute_fold_metrics(listed, [unseen], "mean_probability", seed)
    protocol = fold_protocol(listed, "artist", len(figures.by_fold), tr("network"))
    card = read_card(folder)
    card["metrics"]["folds"] = {
        **figures.judgement.to_dict(),
        "accuracy_by_fold": [round(share, 4) for share in figures.by_fold],
        "unit": "tracks",
        "protocol": protocol,
        "leaking": False,
        "interval": INTERVAL,
    }
    entry = calibration_entry(figures.temperature, figures.unsure, tr("the training list: {how}", how=protocol))
    card["calibration"] = {**entry, "commit": current_commit()}
    write_card(folder, card)


def add_leaking_figures(request: TrainRequest) -> None:
    """Train under the split of patches and note its figures in the bundle's card."""
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / request.out.name
        leaking = train(with_split(request, "patch", out), on_epoch=say, on_message=say)
        say(leaking.summary)
    card = read_card(request.out)
    card["metrics"]["patch"] = {
        **leaking.bundle.card["metrics"]["patch"],
        "command": leaking.bundle.card["training"]["command"],
        "note": "figures of another network, fitted to a random part of the patches; not of the one shipped",
    }
    write_card(request.out, card)


def add_notes(request: TrainRequest) -> None:
    """Note in the card what no figure tells."""
    card = read_card(request.out)
    card["description"] = DESCRIPTION
    card["licences"]["data"] = DATA_LICENCE
    card["sources"] = list(SOURCES)
    options = f"--epochs {request.epochs} --seed {request.seed}"
    card["training"]["made_by"] = (
        f"python -m training.shipping.ship_cnn {request.dataset.name} {request.out.name} {options}"
    )
    write_card(request.out, card)


def judge_validation_list(request: TrainRequest, names: Path) -> None:
    """Replace the figures of the uncalibrated network by those of the bundle as it is shipped."""
    judgement = evaluate(read_bundle(request.out), request.dataset, names=names).judgement
    card = read_card(request.out)
    card["metrics"]["lists"].update(judgement.to_dict())
    write_card(request.out, card)
    title = f"{request.out.name}: {judgement.n} validation tracks, artists apart"
    write_report(judgement, request.out, title, {"split": "lists", "leaking": False, "unit": "tracks"})
    say(json.dumps(judgement.to_dict(), indent=1))


def say(what: str | EpochReport) -> None:
    """Tell a person how far it is, on standard error."""
    print(what, file=sys.stderr, flush=True)


def exit_status(work: Callable[[], object]) -> int:
    """0, or 2 where the work ended in an error, which is told."""
    try:
        work()
    except GenreDesktopError as error:
        say(str(error))
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
