"""What the engine and its decoding processes say to each other.

::

    engine   Task ->          -> Drop  or  Go(facts)      -> Drop  or  Go     -> Scores ...
    process          Looked ->             Identified(facts) ->       ToScore ->        Done | Failed | Dropped

A process says `Ready` once it has started. Every message of it but that, `Alive`, `Progress` and the
last one of a task waits for an answer. The answer may be `CancelTask` at any time: the result is known, or
not wanted any more.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.library.result import FileFacts
from genre_desktop.model.bundles.bundle import ModelBundle
from genre_desktop.model.prediction import Prediction


@dataclass(frozen=True)
class Task:
    """Classify a file.

    Attributes
    ----------
    run : int
        Number of the run; it is called off once the shared number is another one.
    path : str
    every_patch : bool
    bundle : ModelBundle or None
        None for that of the task before.
    is_afresh : bool
        What is known of the file is no answer; the engine alone looks at this.
    is_followed : bool
        Say by `Progress` how far it is.
    """

    run: int
    path: str
    every_patch: bool
    bundle: ModelBundle | None
    is_afresh: bool = False
    is_followed: bool = False


@dataclass(frozen=True)
class CancelTask:
    """No more of this task, please."""


@dataclass(frozen=True)
class Proceed:
    """Go on; `facts` where the file is known already, `every_patch` where all of it must be scored."""

    facts: FileFacts | None = None
    every_patch: bool = False


@dataclass(frozen=True, eq=False)
class Scores:
    """Output of the network for the patches of a `ScoreRequest`, float32 [n, n_genres + n_features]."""

    rows: NDArray[np.float32]


@dataclass(frozen=True)
class FileStat:
    """The file is there; `size` in bytes, `mtime_ns` in nanoseconds."""

    size: int
    mtime_ns: int


@dataclass(frozen=True)
class FactsFound:
    """What the file is."""

    facts: FileFacts


@dataclass(frozen=True, eq=False)
class ScoreRequest:
    """Scaled patches float32 [n, patch_frames, n_mels]."""

    patches: NDArray[np.float32]


@dataclass(frozen=True)
class Ready:
    """The process has started."""


@dataclass(frozen=True)
class Alive:
    """Still at it."""


@dataclass(frozen=True)
class Progress:
    """How much of the file has been listened to, 0..1."""

    share: float


@dataclass(frozen=True)
class Done:
    """The task's answer."""

    prediction: Prediction


@dataclass(frozen=True)
class Failed:
    """The task's error; `trace` where it was not foreseen."""

    error: GenreDesktopError
    trace: str | None = None


@dataclass(frozen=True)
class TaskCancelled:
    """The task was given up as asked."""


Request = FileStat | FactsFound | ScoreRequest
Ending = Done | Failed | TaskCancelled
FromProcess = Request | Ending | Ready | Alive | Progress
ToProcess = Task | CancelTask | Proceed | Scores
