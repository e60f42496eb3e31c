"""The list of tracks in the window, as the store keeps it, with what is known of each file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

from genre_desktop.library.result import Summary
from genre_desktop.library.store.rows import FACTS, SUMMARY, to_listed
from genre_desktop.library.store.shared_connection import SharedConnection, batches
from genre_desktop.model.bundles.bundle import ModelBundle

_READ_AT_ONCE = 500

_LISTED = (
    f"l.path, {FACTS}, h.genre, r.id IS NOT NULL, {SUMMARY} FROM list l LEFT JOIN files f ON f.path = l.path "
    "LEFT JOIN by_hand h ON h.identity = f.identity LEFT JOIN results r ON r.identity = f.identity AND r.model = ?"
)


class TrackList(SharedConnection):
    """Paths in the order added; errors as those of `genre_desktop.library.store.result_store.ResultStore`."""

    def add_paths(self, paths: Iterable[str]) -> None:
        """Add files at the end of the list; those that are on it keep their place."""
        self._write_many("INSERT OR IGNORE INTO list (path) VALUES (?)", ((os.fsencode(path),) for path in paths))

    def remove_paths(self, paths: Iterable[str]) -> None:
        """Take files off the list; their facts and results stay."""
        self._write_many("DELETE FROM list WHERE path = ?", ((os.fsencode(path),) for path in paths))

    def arrange_paths(self, paths: Iterable[str]) -> None:
        """Move these files to the beginning of the list, in this order; others that are on it follow."""
        with self._transaction() as connection:
            others = [path for (path,) in connection.execute("SELECT path FROM list ORDER BY position")]
            ordered = dict.fromkeys((*map(os.fsencode, paths), *others))
            connection.execute("DELETE FROM list")
            connection.executemany("INSERT INTO list (path) VALUES (?)", ((path,) for path in ordered))

    def clear_paths(self) -> None:
        """Empty the list; facts and results stay."""
        with self._transaction() as connection:
            connection.execute("DELETE FROM list")

    def summaries(self, bundle: ModelBundle, *, batch: int = 500) -> Iterator[list[tuple[str, Summary | None]]]:
        """The list with what is known of each file, in the order added.

        The lock is free between batches, so that results can be saved meanwhile; paths that
        are added meanwhile are included.

        Parameters
        ----------
        bundle : ModelBundle
            The model whose results to read.
        batch : int
            Most rows to yield at once.

        Yields
        ------
        list of (path, summary)
            The summary of a file without a result holds its facts and the genre by hand
            alone; it is None where nothing is known.
        """
        position = -1
        while True:
            with self._locked() as connection:
                rows = connection.execute(
                    f"SELECT l.position, {_LISTED} WHERE l.position > ? ORDER BY l.position LIMIT ?",
                    (bundle.fingerprint, position, batch),
                ).fetchall()
            if not rows:
                return
            position = rows[-1][0]
            # In a damaged database a row may have no path.
            yield [to_listed(row[1:]) for row in rows if isinstance(row[1], bytes)]

    def has_other_results_only(self, bundle: ModelBundle) -> bool:
        """Whether the files of the list have results of other models, or other versions, and none has one of this."""
        results = (
            "EXISTS (SELECT 1 FROM list l JOIN files f ON f.path = l.path JOIN results r ON r.identity = f.identity "
            "WHERE r.model {} ?)"
        )
        with self._locked() as connection:
            values = bundle.fingerprint, bundle.fingerprint
            found = connection.execute(f"SELECT {results.format('<>')} AND NOT {results.format('=')}", values)
            return bool(found.fetchone()[0])

    def summaries_of(self, paths: Iterable[str], bundle: ModelBundle) -> list[tuple[str, Summary | None]]:
        """What is known of some files of the list."""
        listed: list[tuple[str, Summary | None]] = []
        for some in batches(paths, _READ_AT_ONCE):
            with self._locked() as connection:
                for path in some:
                    values = bundle.fingerprint, os.fsencode(path)
                    listed += map(to_listed, connection.execute(f"SELECT {_LISTED} WHERE l.path = ?", values))
        return listed
