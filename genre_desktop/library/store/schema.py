"""The tables of the result store, and how those of earlier versions become the present ones."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence

APPLICATION_ID = 0x47447265
"""Stands in the file's header and tells the store from other programs' databases ("GDre")."""

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
    # What the table shows of a result; a hundred thousand of these rows are read at a start.
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
    # What only the selected track and exports need stands apart, so that listing does not read it.
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


MIGRATIONS: tuple[Migration, ...] = (_first_tables,)
"""The n-th makes form n + 1 from form n. Released ones are never edited: old files need them as they were."""


def form_of(connection: sqlite3.Connection) -> int:
    """Form (schema version) of a database; 0 where it is new."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection, migrations: Sequence[Migration] | None = None) -> None:
    """Bring a database to the present form, wholly or not at all.

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
    if form_of(connection) >= len(steps):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Asked again: another process may have done it while this one waited for the lock.
        for step in steps[form_of(connection) :]:
            step(connection)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {max(len(steps), form_of(connection))}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
