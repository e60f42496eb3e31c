"""How the work of the window stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class JobStatus:
    """How the work stands.

    Attributes
    ----------
    n_total, n_done, n_failed : int
        Tracks of this run, those finished (failed ones too), and the failed ones.
    n_stopped : int
        Tracks of the list that wait for being gone on with.
    files_per_s, remaining_s : float or None
        Pace and estimate; None while there is nothing to go by.
    is_busy, is_scanning, is_paused, needs_model : bool
    has_no_model : bool
        Loading one failed: files wait until another one is chosen.
    """

    n_total: int = 0
    n_done: int = 0
    n_failed: int = 0
    n_stopped: int = 0
    files_per_s: float | None = None
    remaining_s: float | None = None
    is_busy: bool = False
    is_scanning: bool = False
    is_paused: bool = False
    needs_model: bool = False
    has_no_model: bool = False
