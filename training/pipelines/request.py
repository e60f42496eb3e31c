"""The request and the result of a training."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from pathlib import Path

from genre_desktop.core.untrusted.printable import printable
from genre_desktop.model.bundles.bundle import ModelBundle
from training.datasets.splits import SplitName
from training.fitting.recipes import TRANSFER


@dataclass(frozen=True)
class TrainRequest:
    """The options of ``genre-desktop train``.

    Attributes
    ----------
    dataset : Path
        An ``.npz`` of spectrograms, or a folder with one sub-folder of sound files a genre.
    out : Path
        Folder of the new bundle.
    recipe : str
    split : {"artist", "track", "patch", "lists"} or None
        ``None`` takes the one that leaks least of those that the data allow.
    lists : Path or None
        Folder of the two lists; ``splits`` beside the data set by default.
    artists : Path or None
        Table of artists; ``artists.tsv`` beside the data set, or the files' tags, by default.
    folds : int
        Number of folds of an additional cross-validation; 0 for none.
    epochs, seed : int
    resume : bool
        Continue the unfinished training in `out`.
    """

    dataset: Path
    out: Path
    recipe: str = "cnn"
    split: SplitName | None = None
    lists: Path | None = None
    artists: Path | None = None
    folds: int = 0
    epochs: int = 30
    seed: int = 0
    resume: bool = False


@dataclass(frozen=True, eq=False)
class TrainResult:
    """The result of a training.

    Attributes
    ----------
    bundle : ModelBundle
    summary : str
        The metrics as text for a person.
    interrupted : bool
        Whether it was stopped before the end.
    skipped : tuple of (str, str)
        Name and reason of each file that was left out.
    """

    bundle: ModelBundle
    summary: str
    interrupted: bool
    skipped: tuple[tuple[str, str], ...]


def describe_command(request: TrainRequest, split: SplitName) -> str:
    """The command that repeats this training, with file names instead of full paths."""
    parts = ["genre-desktop", "train", request.dataset.name, "--recipe", request.recipe, "--split", split]
    parts += ["--lists", request.lists.name] if request.lists else []
    parts += ["--artists", request.artists.name] if request.artists else []
    parts += ["--folds", str(request.folds)] if request.folds else []
    parts += ["--epochs", str(request.epochs)] if request.recipe != TRANSFER else []
    parts += ["--seed", str(request.seed), "--out", request.out.name]
    # Into the card, which takes no control characters, and no bytes that are not valid UTF-8.
    return printable(shlex.join(parts))


def with_split(request: TrainRequest, split: SplitName, out: Path) -> TrainRequest:
    """The same training with another split, to another folder."""
    return replace(request, split=split, out=out)
