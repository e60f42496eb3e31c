"""Arguments that several subcommands have, and their types for argparse."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

from genre_desktop.core.i18n import tr


def named_path(text: str) -> Path:
    """Type for argparse: a path; not the empty one, which would mean the current folder."""
    if not text:
        raise argparse.ArgumentTypeError(tr("a path is empty (an unset variable?); the current folder is ."))
    return Path(text)


def given_name(text: str) -> str:
    """Type for argparse: a name; not the empty one, which would mean none."""
    if not text:
        raise argparse.ArgumentTypeError(tr("a name is empty (an unset variable?)"))
    return text


def add_dataset(parser: argparse.ArgumentParser) -> None:
    """Declare the argument for a data set."""
    parser.add_argument(
        "dataset",
        metavar=tr("DATASET"),
        type=named_path,
        help=tr("folder with one sub-folder of sound files a genre, or an .npz file of spectrograms or taggrams"),
    )


def whole_number(low: int, high: int | None = None) -> Callable[[str], int]:
    """Make a type for argparse: a whole number from `low` to `high`."""

    def parse(text: str) -> int:
        try:
            number = int(text)
        except ValueError:
            raise argparse.ArgumentTypeError(tr("a whole number is needed, received {text}", text=text)) from None
        if number < low or (high is not None and number > high):
            if high is None:
                sentence = tr("{low} or more is needed, received {text}", low=low, text=text)
            else:
                sentence = tr("{low} to {high} is needed, received {text}", low=low, high=high, text=text)
            raise argparse.ArgumentTypeError(sentence)
        return number

    return parse
