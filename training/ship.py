"""Make the bundle that is shipped as ``gtzan-cnn``.

One seeded command, about half an hour on two cores::

    python -m training.ship ../shared/data/gtzan/mels.npz resources/models/gtzan-cnn

It trains the recipe three times: on the training list, for the network that is shipped;
under the notebook's split of patches, for the figure that leaks; and on four fifths of
the training list's artists, to fit the temperature on the fifth that was held out. The
validation list is looked at once, at the end.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

from genre_desktop.errors import GenreDesktopError, SplitError
from genre_desktop.i18n import tr
from genre_desktop.model.bundle import CARD_NAME, read_bundle
from training.bundling import current_commit, write_card
from training.calibrate import UNSURE_BELOW, fit_temperature
from training.evaluate import evaluate
from training.fit import EpochReport, FitPlan, fit
from training.loading import load_dataset
from training.patches import list_patches
from training.recipes import get_recipe
from training.report import write_report
from training.request import TrainRequest, with_split
from training.run import train
from training.scoring import model_score, score_segments
from training.splits import lists_beside, split_artists, split_lists

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


def ship(request: TrainRequest) -> Path:
    """Train, calibrate and judge; write one bundle with both figures.

    Parameters
    ----------
    request : TrainRequest
        ``out`` is the shipped bundle's folder.

    Returns
    -------
    Path
        That folder.

    Raises
    ------
    TrainingError
    """
    _say(train(with_split(request, "lists", request.out), on_epoch=_say, on_message=_say).summary)
    add_leaking_figures(request)
    add_calibration(request)
    return request.out


def add_leaking_figures(request: TrainRequest) -> None:
    """Train under the split of patches and note its figures in the bundle's card."""
    with tempfile.TemporaryDirectory() as scratch:
        out = Path(scratch) / request.out.name
        leaking = train(with_split(request, "patch", out), on_epoch=_say, on_message=_say)
        _say(leaking.summary)
    card = _read_card(request.out)
    card["metrics"]["patch"] = {
        **leaking.bundle.card["metrics"]["patch"],
        "command": leaking.bundle.card["training"]["command"],
        "note": "figures of another network, fitted to a random part of the patches; not of the one shipped",
    }
    write_card(request.out, card)


def add_calibration(request: TrainRequest) -> None:
    """Fit the temperature on a held-out fold of the training list, then judge the validation list.

    Only artists of the training list take part in the fit: the validation list stays unseen.
    """
    lists = request.lists or lists_beside(request.dataset)
    if lists is None:
        raise SplitError(split="lists", reason=tr("no lists were found beside the data set; name them with --lists"))
    dataset = load_dataset(request.dataset, request.artists, "lists", request.seed, _say)
    names = [dataset.tracks[i].name for i in split_lists(dataset, lists).train]
    listed = dataset.select(names)
    fold = split_artists(listed, request.seed)[0]
    recipe = get_recipe(request.recipe)
    train_patches, held_out = list_patches(listed, fold.train.tolist()), list_patches(listed, fold.valid.tolist())
    plan = FitPlan(train_patches, held_out, request.epochs, request.seed, checkpoints=None, identity="")
    score = model_score(fit(listed, recipe, plan, on_epoch=_say).model)
    segments = [score_segments(score, listed, int(track)) for track in fold.valid]
    card = _read_card(request.out)
    card["calibration"] = {
        "temperature": round(fit_temperature(segments, listed.truth[fold.valid]), 3),
        "unsure_below": UNSURE_BELOW,
        "fitted_on": f"{len(fold.valid)} tracks of the training list; {fold.protocol}; a network fitted to the others",
        "commit": current_commit(),
    }
    card["description"] = DESCRIPTION
    card["licences"]["data"] = DATA_LICENCE
    card["sources"] = list(SOURCES)
    card["training"]["made_by"] = f"python -m training.ship {request.dataset.name} {request.out.name}"
    write_card(request.out, card)
    _judge_validation_list(request, next(iter(lists.glob("valid*.txt"))))


def _judge_validation_list(request: TrainRequest, names: Path) -> None:
    """Replace the figures of the uncalibrated network by those of the bundle as it is shipped."""
    judgement = evaluate(read_bundle(request.out), request.dataset, names=names).judgement
    card = _read_card(request.out)
    card["metrics"]["lists"].update(judgement.to_dict())
    write_card(request.out, card)
    title = f"{request.out.name}: {judgement.n} validation tracks, artists apart"
    write_report(judgement, request.out, title, {"split": "lists", "leaking": False, "unit": "tracks"})
    _say(json.dumps(judgement.to_dict(), indent=1))


def _read_card(folder: Path) -> dict[str, Any]:
    card: dict[str, Any] = json.loads((folder / CARD_NAME).read_text("utf-8"))
    return card


def _say(what: str | EpochReport) -> None:
    print(what, file=sys.stderr, flush=True)


def main() -> int:
    """Command line of this module."""
    parser = argparse.ArgumentParser(description="Make the shipped bundle gtzan-cnn.")
    parser.add_argument("dataset", type=Path, help="mels.npz with the lists and the artists beside it")
    parser.add_argument("out", type=Path, help="folder of the bundle; must not exist or be empty")
    parser.add_argument("--epochs", type=int, default=30)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    try:
        ship(TrainRequest(arguments.dataset, arguments.out, epochs=arguments.epochs, seed=arguments.seed))
    except GenreDesktopError as error:
        print(error, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
