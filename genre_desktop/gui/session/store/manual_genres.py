"""Changes of the genres by hand in the store, and the way back from each."""

from __future__ import annotations

import contextlib
import logging
import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.gui.session.store.messages import ByHandSaved, RestoreByHand, SetByHand
from genre_desktop.gui.session.store.unwritten_genres import UnwrittenGenres

if TYPE_CHECKING:
    from genre_desktop.gui.workers.worker import TaskContext
    from genre_desktop.library.result import FileFacts
    from genre_desktop.library.store.result_store import ResultStore

_log = logging.getLogger(__name__)


class ManualGenres:
    """Writes genres by hand, and keeps for each change what the store had before; on the store worker's thread alone.

    Changes that cannot be written are noted beside the store at once: a genre by hand is work that a person did.
    """

    def __init__(self) -> None:
        self._before: dict[int, dict[str, str | None]] = {}  # by change, then by identity
        self._given: dict[int, str | None] = {}  # by change
        self._noted: set[str] = set()
        self._noted_before: dict[str, str | None] = {}  # by an earlier window, of the same content

    def set(self, store: ResultStore, request: SetByHand, context: TaskContext) -> ByHandSaved:
        """Set or remove the genre by hand of files, also of those that were never read."""
        from genre_desktop.library.files.file_facts import read_facts

        before = self._before.setdefault(request.change, {})
        self._given[request.change] = request.genre
        genres: dict[str, str | None] = {}

        def write(identities: list[str]) -> None:
            for identity in identities:
                before.setdefault(identity, store.find_by_hand(identity))
            store.set_by_hand(identities, request.genre)
            genres.update(dict.fromkeys(identities, request.genre))

        write([identity for _, identity in request.tracks if identity is not None])
        problem: GenreDesktopError | None = None
        refused: list[str] = []
        read: dict[str, str] = {}
        for number, (path, identity) in enumerate(request.tracks):
            context.progress(number / len(request.tracks))  # shutdown waits for a slow drive as long as this goes on
            known = None if identity is None else _facts_now(store, path)
            if known is not None and known.identity == identity:
                continue
            try:
                facts = known or read_facts(Path(path))
            except GenreDesktopError as error:
                if identity is None:
                    problem = error
                    refused.append(path)
                continue
            if facts.earlier_identity in before:  # what was just written by it follows to the present one
                had = store.find_by_hand(facts.identity) or before[facts.earlier_identity]
                before.setdefault(facts.identity, had)
            # The answer for all of a file that was cut off since stays, and has the genre by hand, too.
            stored = store.save_facts(path, facts, may_be_truncated=identity is not None)
            write([facts.identity, stored])
            read[path] = facts.identity
        if request.genre is None:
            _write_backup_now(store)
        return ByHandSaved(genres, tuple(refused), problem, read)

    def restore(self, store: ResultStore, request: RestoreByHand) -> ByHandSaved:
        """Restore what the store had before a change, where it still has what the change set.

        Another window may have set another genre since. What was handed down to later states of the files goes as well.
        """
        before, given = self._before.get(request.change, {}), self._given.get(request.change)
        for identity, earlier in [*store.handed_down.items()]:
            if earlier in before:
                before.setdefault(identity, before[earlier])
        current = {identity: had for identity, had in before.items() if store.find_by_hand(identity) == given}
        for genre in set(current.values()):
            store.set_by_hand([identity for identity, had in current.items() if had == genre], genre)
        if None in current.values():
            _write_backup_now(store)
        return ByHandSaved({identity: store.find_by_hand(identity) for identity in (*before, *request.identities)})

    # -- what cannot be written ----------------------------------------------------------

    def apply_pending(self, store: ResultStore) -> ByHandSaved:
        """Write what an earlier window noted."""
        from genre_desktop.library.store import manual_genre_backup

        for identity, genre in self._noted_before.items():  # what this one has changed follows
            store.set_by_hand([identity], genre)
        applied = manual_genre_backup.apply_pending(store, skip=self._noted)
        self._noted_before.clear()
        return ByHandSaved(applied)

    def note_unwritten(self, store: ResultStore, requests: Iterable[object]) -> None:
        """Note beside the store what unwritten requests change."""
        from genre_desktop.library.store import manual_genre_backup

        changes = self._unwritten(requests)
        # What was noted before and is undone by now must not be applied at the next start.
        if changes or self._noted:
            before = self._noted_before
            replaced = manual_genre_backup.write_pending(store, {**before, **changes}, skip=self._noted)
            known = {**replaced, **before}
            self._noted_before = {identity: genre for identity, genre in known.items() if identity in changes}
            self._noted = set(changes)

    def drop_note(self, store: ResultStore) -> None:
        """Drop the note: everything is written."""
        from genre_desktop.library.store import manual_genre_backup

        if self._noted:
            manual_genre_backup.apply_pending(store, skip=self._noted)
            self._noted = set()

    def _unwritten(self, requests: Iterable[object]) -> dict[str, str | None]:
        """Genres by hand, by identity, as they will be once the requests are written."""
        from genre_desktop.library.files.file_facts import read_facts

        changes = UnwrittenGenres()
        for request in requests:
            match request:
                case SetByHand(tracks, genre, change):
                    identities = []
                    for path, identity in tracks:
                        with contextlib.suppress(GenreDesktopError):  # reported when it is written
                            identities.append(read_facts(Path(path)).identity if identity is None else identity)
                    changes.set(change, identities, genre)
                case RestoreByHand(change):
                    changes.restore(change, self._before.get(change, {}))
        return changes.genres


def _facts_now(store: ResultStore, path: str) -> FileFacts | None:
    """Facts that the store has of a file as it is now; a person may mean the sound of either state."""
    try:
        status = os.stat(path)
    except OSError:
        return None
    return store.find_facts(path, status.st_size, status.st_mtime_ns)


def _write_backup_now(store: ResultStore) -> None:
    """Write the backup at once: a genre that was removed must not come back from it, however this session ends."""
    from genre_desktop.library.store import manual_genre_backup

    try:
        manual_genre_backup.write(store)
    except GenreDesktopError as error:  # the backup that is written a little later reports it
        _log.info("no backup yet: %s", error)
