"""Statistics of the track list or of a selection: request, result and work function of a worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from genre_desktop.gui.workers.worker import TaskContext
    from genre_desktop.library.analysis.album_consistency import Inconsistency
    from genre_desktop.library.analysis.statistics import LibraryStatistics
    from genre_desktop.library.result import Summary


@dataclass(frozen=True, eq=False)
class StatisticsRequest:
    """Request for the statistics of tracks.

    Attributes
    ----------
    rows : tuple of (str, Summary or None)
        Path and summary of each track.
    labels : tuple of str
        Genres of the model.
    is_selection : bool
        Whether the tracks are a selection and not the whole list.
    """

    rows: tuple[tuple[str, Summary | None], ...]
    labels: tuple[str, ...]
    is_selection: bool


@dataclass(frozen=True, eq=False)
class StatisticsResult:
    """Statistics of tracks.

    Attributes
    ----------
    request : StatisticsRequest
    statistics : LibraryStatistics
    inconsistencies : list of Inconsistency
        Albums, folders and artists with tracks that do not fit.
    """

    request: StatisticsRequest
    statistics: LibraryStatistics
    inconsistencies: list[Inconsistency]


def compute_statistics(request: StatisticsRequest, _context: TaskContext) -> StatisticsResult:
    """Work function: compute statistics and inconsistencies."""
    from genre_desktop.library.analysis.album_consistency import find_inconsistencies
    from genre_desktop.library.analysis.statistics import gather_statistics

    statistics = gather_statistics(request.rows, request.labels)
    return StatisticsResult(request, statistics, find_inconsistencies(request.rows))
