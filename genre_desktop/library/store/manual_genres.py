"""The genres that a person set by hand, stored by content and independent of models."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterable

from genre_desktop.library.store.rows import encodable
from genre_desktop.library.store.shared_connection import SharedConnection


class ManualGenres(SharedConnection):
    """Genres by `FileFacts.identity`; errors as those of `genre_desktop.library.store.result_store.ResultStore`."""

    def set_by_hand(self, identities: Iterable[str], genre: str | None) -> None:
        """Set the genre of some content.

        Parameters
        ----------
        identities : iterable of str
            `FileFacts.identity` of each.
        genre : str or None
            None removes what was set.
        """
        if genre is None:
            self._write_many("DELETE FROM by_hand WHERE identity = ?", ((identity,) for identity in identities))
        else:
            text = encodable(genre)
            self._write_many("INSERT OR REPLACE INTO by_hand VALUES (?, ?)", ((each, text) for each in identities))
        with contextlib.suppress(sqlite3.Error), self._lock:
            # Were the write-ahead log lost, the earlier genre would be in the file, and the backup adds genres only
            # to content that has none.
            self._connection.execute("PRAGMA wal_checkpoint")

    def all_by_hand(self) -> list[tuple[str, str, str | None]]:
        """Identity and genre of all content that has one by hand, and a path at which such a file was seen."""
        with self._locked() as connection:
            genres = connection.execute("SELECT identity, genre FROM by_hand ORDER BY identity").fetchall()
            seen = connection.execute(
                "SELECT identity, path FROM files WHERE identity IN (SELECT identity FROM by_hand) ORDER BY path"
            )
            paths = {identity: os.fsdecode(path) for identity, path in seen}
        return [(identity, genre, paths.get(identity)) for identity, genre in genres]

    def add_by_hand(self, pairs: Iterable[tuple[str, str]]) -> int:
        """Set genres (identity, genre) of content that has none by hand; how many were set."""
        with self._transaction() as connection:
            return connection.executemany(
                "INSERT OR IGNORE INTO by_hand VALUES (?, ?)",
                ((identity, encodable(genre)) for identity, genre in pairs),
            ).rowcount

    def find_by_hand(self, identity: str) -> str | None:
        """The genre that a person set for some content; None without one."""
        row = self._fetch_one("SELECT genre FROM by_hand WHERE identity = ?", identity)
        return None if row is None else str(row[0])
