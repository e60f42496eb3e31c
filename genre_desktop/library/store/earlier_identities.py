"""What an earlier version stored by another identity of the same sound, taken over when such a file is read again."""

from __future__ import annotations

import sqlite3

from genre_desktop.library.result import FileFacts
from genre_desktop.library.store.shared_connection import SharedConnection

_KNOWN = (
    "SELECT EXISTS (SELECT 1 FROM by_hand WHERE identity = ?1) OR EXISTS (SELECT 1 FROM results WHERE identity = ?1)"
)


class EarlierIdentities(SharedConnection):
    """Results and genres by hand follow a file to the identity that it has by now."""

    def _take_over(self, facts: FileFacts) -> None:
        """Give what is stored by the earlier identity of a file to its present one.

        Several files of the same sound had identities of their own if their tags differed. The first one of them that
        is read again decides on the genre by hand; those of the others are left where they are.
        """
        earlier, identity = facts.earlier_identity, facts.identity
        if earlier is None or self._fetch_one(_KNOWN, earlier) == (0,):
            return
        with self._transaction() as connection:
            _rename(connection, earlier, identity)


def _rename(connection: sqlite3.Connection, earlier: str, identity: str) -> None:
    names = identity, earlier
    connection.execute(
        "DELETE FROM results WHERE identity = ? AND error IS NOT NULL "
        "AND model IN (SELECT model FROM results WHERE identity = ? AND error IS NULL)",
        names,
    )
    connection.execute("UPDATE OR IGNORE by_hand SET identity = ? WHERE identity = ?", names)
    connection.execute("UPDATE OR IGNORE results SET identity = ? WHERE identity = ?", names)
    connection.execute("DELETE FROM results WHERE identity = ?", (earlier,))  # there is one of the same sound
    connection.execute("UPDATE files SET identity = ? WHERE identity = ?", names)
