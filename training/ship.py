"""Make the bundle that is shipped as ``gtzan-cnn``.

One seeded command, about twenty minutes on two cores::

    python -m training.ship ../shared/data/gtzan/mels.npz resources/models/gtzan-cnn

It trains the recipe twice: on the training list, for the network that is shipped, and
under the notebook's split of patches, for the figure that leaks. The card carries both.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from genre_desktop.errors import GenreDesktopError
from genre_desktop.model.bundle import CARD_NAME
from training.bundling import write_card
from training.fit import EpochReport
from training.run import TrainRequest, train, with_split

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
    """Train under both splits and write one bundle with both figures.

    Parameters
    ----------
    request : TrainRequest
        ``out`` is the shipped bundle's folder.

    Returns
    -------
    Path
        That folder.
    """

    def say_epoch(report: EpochReport) -> None:
        print(report, file=sys.stderr, flush=True)

    def say(sentence: str) -> None:
        print(sentence, file=sys.stderr, flush=True)

    shipped = train(with_split(request, "lists", request.out), on_epoch=say_epoch, on_message=say)
    print(shipped.summary, flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        leaking = train(
            with_split(request, "patch", Path(scratch) / request.out.name), on_epoch=say_epoch, on_message=say
        )
        print(leaking.summary, flush=True)
        figures = leaking.bundle.card["metrics"]["patch"]
        command = leaking.bundle.card["training"]["command"]
    card = json.loads((request.out / CARD_NAME).read_text("utf-8"))
    card["metrics"]["patch"] = {
        **figures,
        "command": command,
        "note": "figures of another network, fitted to a random part of the patches; not of the one shipped",
    }
    card["description"] = DESCRIPTION
    card["licences"]["data"] = DATA_LICENCE
    card["sources"] = list(SOURCES)
    card["training"]["made_by"] = f"python -m training.ship {request.dataset.name} {request.out.name}"
    write_card(request.out, card)
    return request.out


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
