"""Messages between the engine and its decoding processes.

::

    engine   Task ->            -> Proceed(facts)               -> Proceed                 -> Scores ...
    process          FileStat ->                 FactsFound ->           ScoreRequest ->          Done | Failed

A process that has got a network computes the scores itself, and sends no `ScoreRequest`.

A process sends `Ready` once it has started. It waits for an answer to each of its messages but that, `Alive`,
`Progress` and the last one of a task. Instead of an answer `CancelTask` may come at any time, because the result is
known or not wanted any more; the process acknowledges it by `TaskCancelled`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.library.result import FileFacts
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.inference.numpy_network import NumpyNetwork
from genre_desktop.model.prediction import Prediction


@dataclass(frozen=True)
class Task:
    """Classify a file.

    Attributes
    ----------
    run : int
        Number of the run; the task is cancelled once the shared number is another one.
    path : str
    every_patch : bool
    bundle : ModelBundle or None
        None for that of the previous task, and its network.
    network : NumpyNetwork or None
        Of the bundle; None where the engine computes it.
    is_afresh : bool
        Ignore a stored result; only the engine reads this.
    is_followed : bool
        Whether the process sends `Progress`.
    """

    run: int
    path: str
    every_patch: bool
    bundle: ModelBundle | None
    network: NumpyNetwork | None = None
    is_afresh: bool = False
    is_followed: bool = False


@dataclass(frozen=True)
class CancelTask:
    """Cancel the task."""


@dataclass(frozen=True)
class Proceed:
    """Proceed with the task; `facts` where the file is known, `every_patch` where every patch must be scored."""

    facts: FileFacts | None = None
    every_patch: bool = False


@dataclass(frozen=True, eq=False)
class Scores:
    """Output of the network for the patches of a `ScoreRequest`, float32 [n, n_genres + n_features]."""

    rows: NDArray[np.float32]


@dataclass(frozen=True)
class FileStat:
    """Size in bytes and time of modification in nanoseconds of a file that exists."""

    size: int
    mtime_ns: int


@dataclass(frozen=True)
class FactsFound:
    """Identity and tags of the file."""

    facts: FileFacts


@dataclass(frozen=True, eq=False)
class ScoreRequest:
    """Patches to be scored: scaled, float32 [n, patch_frames, n_mels]."""

    patches: NDArray[np.float32]


@dataclass(frozen=True)
class Ready:
    """The process has started."""


@dataclass(frozen=True)
class Alive:
    """A sign of life during long work."""


@dataclass(frozen=True)
class Progress:
    """The share of the file that has been decoded and scored, 0..1."""

    share: float


@dataclass(frozen=True)
class Done:
    """The task has ended with a prediction."""

    prediction: Prediction


@dataclass(frozen=True)
class Failed:
    """The task has ended with an error; `trace` where the error is unexpected."""

    error: GenreDesktopError
    trace: str | None = None


@dataclass(frozen=True)
class TaskCancelled:
    """The task has ended because it was cancelled."""


Request = FileStat | FactsFound | ScoreRequest
Ending = Done | Failed | TaskCancelled
FromProcess = Request | Ending | Ready | Alive | Progress
ToProcess = Task | CancelTask | Proceed | Scores
