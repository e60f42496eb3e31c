"""What is stored by an identity that an earlier version gave to a file, and how it follows the file to its present one.

Several files of the same sound had identities of their own if their tags differed. The first one of them that is read
again decides on the genre by hand; those of the others are left where they are.
"""

from __future__ import annotations

import sqlite3

from genre_desktop.library.files.identity import is_by_sound

_KNOWN = (
    "SELECT EXISTS (SELECT 1 FROM by_hand WHERE identity = ?1) OR EXISTS (SELECT 1 FROM results WHERE identity = ?1)"
)
_DIFFERENT = (
    "SELECT f.identity, a.identity FROM files f JOIN aside.files a ON a.path = f.path AND a.size = f.size "
    "AND a.mtime_ns = f.mtime_ns WHERE a.identity <> f.identity"
)


def is_known(connection: sqlite3.Connection, identity: str) -> bool:
    """Whether there is a genre by hand or a result for an identity."""
    return bool(connection.execute(_KNOWN, (identity,)).fetchone() == (1,))


def rename_identity(connection: sqlite3.Connection, earlier: str, identity: str) -> None:
    """Give what is stored by an earlier identity to the present one."""
    names = identity, earlier
    connection.execute(
        "DELETE FROM results WHERE identity = ? AND EXISTS (SELECT 1 FROM results e WHERE e.identity = ? "
        "AND e.model = results.model AND e.error IS NULL "
        "AND (results.error IS NOT NULL OR e.is_complete > results.is_complete))",
        names,
    )
    for table in ("by_hand", "results", "files"):
        connection.execute(f"UPDATE OR IGNORE {table} SET identity = ? WHERE identity = ?", names)
    connection.execute("DELETE FROM results WHERE identity = ?", (earlier,))  # there is one of the same sound


def renamed_beside(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Earlier and present identity of the files that have one in the store, and the other in the copy ``aside``."""
    pairs = (sorted(pair, key=is_by_sound) for pair in connection.execute(_DIFFERENT))
    return [(earlier, present) for earlier, present in pairs if is_by_sound(present) and not is_by_sound(earlier)]
