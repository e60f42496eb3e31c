"""``genre-desktop train``: training of a model on labelled tracks."""

from __future__ import annotations

import argparse
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event
from types import FrameType
from typing import TYPE_CHECKING

from genre_desktop.commands.arguments import add_dataset, given_name, named_path, whole_number
from genre_desktop.commands.console import INTERRUPTED, OK, Console, printable
from genre_desktop.core.errors import TrainingInterruptedError
from genre_desktop.core.i18n import tr

if TYPE_CHECKING:
    from training.fitting.fit import EpochReport


def summary() -> str:
    """One line for the list of commands."""
    return tr("train a model on labelled tracks")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the options."""
    # These imports are light: Keras and scikit-learn are imported by `train`.
    from training.datasets.splits import SPLITS
    from training.fitting.recipes import descriptions

    add_dataset(parser)
    parser.add_argument("--out", metavar=tr("DIR"), type=named_path, required=True, help=tr("folder of the new model"))
    known = "; ".join(f"{name}: {description}" for name, description in descriptions().items())
    recipe_help = tr("architecture (default: cnn). {known}", known=known)
    parser.add_argument("--recipe", metavar=tr("NAME"), type=given_name, help=recipe_help)
    parser.add_argument(
        "--split",
        choices=SPLITS,
        help=tr(
            "what is kept apart for validation: whole artists, whole tracks, single patches "
            "(tells nothing about new music), or the tracks of --lists"
        ),
    )
    parser.add_argument(
        "--lists",
        metavar=tr("DIR"),
        type=named_path,
        help=tr("folder with the lists of names of training and validation tracks"),
    )
    parser.add_argument(
        "--artists",
        metavar=tr("FILE"),
        type=named_path,
        help=tr("tab-separated table with the columns name and artist"),
    )
    parser.add_argument(
        "--folds",
        metavar="K",
        type=whole_number(2),
        default=0,
        help=tr("cross-validate over K parts as well (--split artist or track)"),
    )
    parser.add_argument(
        "--epochs",
        metavar="N",
        type=whole_number(1),
        help=tr("passes over the data (default: 30); Ctrl-C ends them early and keeps the best finished one"),
    )
    parser.add_argument(
        "--seed", metavar="N", type=whole_number(0, 2**32 - 1), default=0, help=tr("random seed (default: 0)")
    )
    parser.add_argument("--resume", action="store_true", help=tr("continue the training that stands in --out"))


def run(arguments: argparse.Namespace, console: Console) -> int:
    """Train a model.

    A first Ctrl-C ends the training after the current batch and keeps the best finished epoch, a second one ends it at
    once.

    Returns
    -------
    int
        0, also where Ctrl-C ended it and a model was kept; 130 where it was ended before there was any.
    """
    from training.fitting.recipes import TRANSFER
    from training.pipelines.request import TrainRequest
    from training.pipelines.train import train

    if arguments.epochs is not None and arguments.recipe == TRANSFER:
        console.message(tr("--epochs has no effect: the recipe {name} is fitted in one step.", name=TRANSFER))
    if arguments.lists is not None and arguments.split not in (None, "lists"):
        console.message(tr("--lists has no effect with --split {split}.", split=arguments.split))
    recipe = arguments.recipe
    if recipe is None:
        recipe = TrainRequest.recipe
        console.message(
            tr(
                "No --recipe was given: {recipe} learns from nothing, which takes hours and many hundreds of tracks. "
                "With fewer tracks --recipe {transfer} is better, and takes minutes.",
                recipe=recipe,
                transfer=TRANSFER,
            )
        )
    request = TrainRequest(
        dataset=arguments.dataset,
        out=arguments.out,
        recipe=recipe,
        split=arguments.split,
        lists=arguments.lists,
        artists=arguments.artists,
        folds=arguments.folds,
        epochs=TrainRequest.epochs if arguments.epochs is None else arguments.epochs,
        seed=arguments.seed,
        resume=arguments.resume,
    )
    stop = Event()
    with _first_interrupt(stop, console):
        try:
            result = train(
                request,
                on_epoch=lambda report: console.message(_epoch_line(report)),
                on_message=console.message,
                should_stop=stop.is_set,
            )
        except TrainingInterruptedError as error:
            console.error(error)
            return INTERRUPTED
    if result.interrupted:
        console.message(tr("Training was stopped early; the best finished epoch was kept."))
    for line in result.summary.splitlines():
        console.result(printable(line))
    if result.skipped:
        console.message(tr("Files left out, named above: {n}.", n=len(result.skipped)))
    console.message(
        tr(
            "The model is in {path}. To use it by its name and in the window: models import {path}",
            path=result.bundle.path,
        )
    )
    return OK


def _epoch_line(report: EpochReport) -> str:
    return tr(
        "epoch {epoch}/{epochs}  accuracy {accuracy}  loss {loss:.4f}  "
        "validation: accuracy {val_accuracy}  loss {val_loss:.4f}  ({seconds:.0f} s)",
        epoch=report.epoch,
        epochs=report.epochs,
        accuracy=f"{report.accuracy:.4f}",
        loss=report.loss,
        val_accuracy=f"{report.val_accuracy:.4f}",
        val_loss=report.val_loss,
        seconds=report.seconds,
    )


@contextmanager
def _first_interrupt(stop: Event, console: Console) -> Iterator[None]:
    """Within the block, the first Ctrl-C sets `stop` and the second ends the program."""

    def interrupted(number: int, frame: FrameType | None) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        with suppress(RuntimeError):  # the interrupt came amid another line to the same stream
            console.message(tr("Stopping; what is finished is kept. Press Ctrl-C again to stop at once."))

    before = signal.signal(signal.SIGINT, interrupted)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
