"""How the work of the window stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class JobStatus:
    """How the work stands: of the whole list, whatever was stopped, paused or known before.

    Attributes
    ----------
    n_total, n_done, n_failed : int
        Tracks of the list, those that have an answer (failures too), and the failures.
    n_queued, n_again : int
        Tracks that are queued or under way; those of them that have an answer, which stays until the new one is there.
    n_stopped : int
        Tracks that wait for being gone on with.
    offered : str or None
        Name of the model that those are offered to: it was chosen, and has not heard them.
    files_per_s, remaining_s : float or None
        Pace, and an estimate for what is queued; None while there is nothing to go by.
    is_busy, is_scanning, is_paused, needs_model : bool
    has_no_model : bool
        Loading one failed: files wait until another one is chosen.
    """

    n_total: int = 0
    n_done: int = 0
    n_failed: int = 0
    n_queued: int = 0
    n_again: int = 0
    n_stopped: int = 0
    offered: str | None = None
    files_per_s: float | None = None
    remaining_s: float | None = None
    is_busy: bool = False
    is_scanning: bool = False
    is_paused: bool = False
    needs_model: bool = False
    has_no_model: bool = False
