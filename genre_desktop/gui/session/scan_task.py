"""Finding the sound files in what was opened: request, answers and work of the scan worker."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl

from genre_desktop.core.errors import EmptyPlaylistError, NothingFoundError
from genre_desktop.core.i18n import tr
from genre_desktop.gui.session.services import Services
from genre_desktop.gui.text.display import displayable, error_message
from genre_desktop.gui.text.paths import paths_from_urls

if TYPE_CHECKING:
    from genre_desktop.core.errors import GenreDesktopError
    from genre_desktop.gui.workers.worker import TaskContext
    from genre_desktop.library.scan.scan_tally import ScanTally

_MOST_PROBLEMS = 20
"""Problems that a scan lists; its tally counts all of them."""

_BATCH = 200
_BATCH_S = 0.05
"""Size and age at which found paths are reported: a batch is inserted into the table between two frames."""


@dataclass(frozen=True)
class ScanRequest:
    """Find the sound files in paths and URLs.

    Attributes
    ----------
    paths : tuple of Path
    urls : tuple of QUrl
        Dropped or pasted. They are converted on the worker: ten thousand of them would block the window.
    """

    paths: tuple[Path, ...] = ()
    urls: tuple[QUrl, ...] = ()


@dataclass(frozen=True)
class PathsFound:
    """A batch of found paths, absolute and as text."""

    paths: tuple[str, ...]
    is_first: bool


@dataclass(frozen=True)
class ScanSummary:
    """The outcome of a scan.

    Attributes
    ----------
    tally : ScanTally
        Numbers of files found and skipped.
    paths : tuple of Path
        Where the scan looked.
    problems : tuple of GenreDesktopError
        Folders that could not be listed, playlists that could not be read.
    foreign : tuple of QUrl
        Those that are not on this computer.
    """

    tally: ScanTally
    paths: tuple[Path, ...]
    problems: tuple[GenreDesktopError, ...]
    foreign: tuple[QUrl, ...]

    def messages(self) -> list[str]:
        """Sentences about the scan, most important last: the job bar shows only the last one."""
        messages = [error_message(problem) for problem in self.problems]
        if self.foreign:
            url = self.foreign[0].toDisplayString()
            messages.append(tr("Only files on this computer can be opened, not {url}.", url=url))
        if not self.tally.n_found and (empty := self._empty_playlists()):
            messages.append(EmptyPlaylistError(path=displayable(empty[0])).message)
        elif self.tally.n_found == 0 and self.paths and not self.problems:
            from genre_desktop.library.scan.scan import AUDIO_ENDINGS

            endings = " ".join(sorted(AUDIO_ENDINGS))
            where = ", ".join(displayable(path) for path in self.paths[:3])
            messages.append(NothingFoundError(path=where, endings=endings).message)
        elif self.tally.n_passed_over and not messages:
            messages.append(self.tally.sentence)
        return messages

    def _empty_playlists(self) -> tuple[str, ...]:
        from genre_desktop.library.scan.scan_tally import PassedOver

        return self.tally.examples(PassedOver.EMPTY_PLAYLIST)


class ScanTask:
    """Work of the scan worker: reports `PathsFound` batches, then returns a `ScanSummary`."""

    def __init__(self, services: Services) -> None:
        self._services = services

    def __call__(self, request: ScanRequest, context: TaskContext) -> ScanSummary:
        from genre_desktop.library.scan.scan import unreadable_error
        from genre_desktop.library.scan.scan_tally import PassedOver, ScanTally

        local_paths, foreign = paths_from_urls(request.urls)
        paths = [*request.paths, *local_paths]
        tally = ScanTally()
        for url in foreign:
            tally.pass_over(PassedOver.NOT_LOCAL, url.toDisplayString())
        problems: list[GenreDesktopError] = []
        batch: list[str] = []
        is_first = True
        sent_at = time.monotonic()

        def on_unreadable(path: Path, reason: str) -> None:
            if len(problems) < _MOST_PROBLEMS:
                problems.append(unreadable_error(path, reason))

        for path in self._services.scan(
            paths, on_unreadable=on_unreadable, is_cancelled=context.is_cancelled, tally=tally
        ):
            batch.append(os.path.abspath(path))
            # The first path is reported at once: its track is the one that the window shows.
            if is_first or len(batch) >= _BATCH or time.monotonic() - sent_at > _BATCH_S:
                context.partial(PathsFound(tuple(batch), is_first))
                batch, is_first, sent_at = [], False, time.monotonic()
        if batch:
            context.partial(PathsFound(tuple(batch), is_first))
        return ScanSummary(tally, tuple(paths), tuple(problems), tuple(foreign))
