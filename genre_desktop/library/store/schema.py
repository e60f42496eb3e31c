"""The schema of the result store: its tables, and the migrations from earlier versions of it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

APPLICATION_ID = 0x47447265
"""Is in the file's header ("GDre") and distinguishes the store from other programs' databases."""

Migration = Callable[[sqlite3.Connection], None]


def _first_tables(connection: sqlite3.Connection) -> None:
    # Paths are BLOBs: names on POSIX systems are any bytes, which TEXT cannot hold.
    connection.execute(
        """
        CREATE TABLE files (
            path BLOB PRIMARY KEY,
            size INTEGER NOT NULL,
            mtime_ns INTEGER NOT NULL,
            identity TEXT NOT NULL,
            title TEXT NOT NULL,
            artist TEXT NOT NULL,
            album TEXT NOT NULL,
            genres TEXT NOT NULL      -- JSON list
        ) WITHOUT ROWID
        """
    )
    # What the track table shows of a result; a hundred thousand of these rows are read at a start.
    connection.execute(
        """
        CREATE TABLE results (
            id INTEGER PRIMARY KEY,
            identity TEXT NOT NULL,
            model TEXT NOT NULL,      -- ModelBundle.fingerprint
            saved_at INTEGER NOT NULL,  -- Unix time
            genre TEXT,
            confidence REAL,
            best TEXT,
            second TEXT,
            second_confidence REAL,
            duration_s REAL,
            is_complete INTEGER NOT NULL,
            problem TEXT,             -- JSON, see store_codec
            error TEXT,               -- JSON; NULL exactly where there is a prediction
            UNIQUE (identity, model)
        )
        """
    )
    # A table of its own for what only the selected track and exports need, so that reading the list does not read it.
    connection.execute(
        """
        CREATE TABLE details (
            id INTEGER PRIMARY KEY REFERENCES results ON DELETE CASCADE,
            probabilities BLOB,
            segments BLOB NOT NULL,
            words TEXT NOT NULL
        )
        """
    )
    connection.execute("CREATE TABLE by_hand (identity TEXT PRIMARY KEY, genre TEXT NOT NULL) WITHOUT ROWID")
    connection.execute("CREATE TABLE list (position INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE)")


def _add_styles(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE results ADD COLUMN styles TEXT")  # JSON list; NULL for none, and in older results


MIGRATIONS: tuple[Migration, ...] = (_first_tables, _add_styles)
"""Entry n migrates schema version n to n + 1. A released one is never edited: old files need it as it was."""


def schema_version(connection: sqlite3.Connection) -> int:
    """Schema version of a database; 0 for a new one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def columns_of(connection: sqlite3.Connection, table: str) -> list[str]:
    """Names of a table's columns, in their order; those of later versions are among them."""
    return [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]


def migrate(connection: sqlite3.Connection, migrations: Sequence[Migration] | None = None) -> None:
    """Migrate a database to the present schema, wholly or not at all.

    Parameters
    ----------
    connection : sqlite3.Connection
        In autocommit mode.
    migrations : sequence of callables, optional
        `MIGRATIONS` if None.

    Raises
    ------
    sqlite3.Error
        The database is then as it was.
    """
    steps = MIGRATIONS if migrations is None else migrations
    if schema_version(connection) >= len(steps):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Read again: another process may have migrated it while this one waited for the lock.
        for step in steps[schema_version(connection) :]:
            step(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {max(len(steps), schema_version(connection))}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
