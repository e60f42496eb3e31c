"""Answers that newer ones took the place of, kept beside the store until it is closed, and the way back to them.

They are rows of a temporary table: a file that SQLite removes with the connection, also when the process is killed.
In the store itself stands one answer at any moment, the newer or the older one.
"""

from __future__ import annotations

import logging
import sqlite3

_log = logging.getLogger(__name__)

_RESULT = "saved_at, genre, confidence, best, second, second_confidence, duration_s, is_complete, problem, error"
_DETAILS = "probabilities, segments, words"
_STEPS = 50
"""Kept; what older steps replaced cannot be asked for any more."""

_TABLE = f"CREATE TEMP TABLE IF NOT EXISTS earlier (step, identity, model, {_RESULT}, {_DETAILS})"
_INDEX = "CREATE UNIQUE INDEX IF NOT EXISTS temp.earlier_by_step ON earlier (identity, model, step)"
_COPY = (
    f"INTO temp.earlier SELECT ?, r.identity, r.model, {', '.join(f'r.{name}' for name in _RESULT.split(', '))}, "
    f"{', '.join(f'd.{name}' for name in _DETAILS.split(', '))} FROM results r LEFT JOIN details d ON d.id = r.id "
    "WHERE r.identity = ? AND r.model = ? AND r.error IS NULL"
)
_OF_STEP = "FROM temp.earlier WHERE identity = ? AND model = ? AND step = ?"


def set_answer_aside(connection: sqlite3.Connection, identity: str, model: str, step: int) -> bool:
    """Copy the answer that stands, unless one of the same step has been copied before.

    Outside of a transaction: where there is no room for it, the newer answer is to be kept all the same.

    Returns
    -------
    bool
        False where it could not be copied.
    """
    try:
        _prepare(connection)
        connection.execute(f"INSERT OR IGNORE {_COPY}", (step, identity, model))
    except sqlite3.Error as error:
        _log.warning("the earlier answer cannot be set aside: %s", error)
        return False
    return True


def let_go(connection: sqlite3.Connection, step: int) -> None:
    """Forget what cannot be asked for once a step begins: what was undone before it, and what old steps replaced.

    Raises
    ------
    sqlite3.Error
    """
    _prepare(connection)
    connection.execute("DELETE FROM temp.earlier WHERE step < 0 OR step <= ?", (step - _STEPS,))


def exchange(connection: sqlite3.Connection, identity: str, model: str, step: int, *, is_redone: bool) -> bool:
    """Let the answer stand that stood before a step, or, if that `is_redone`, the one from after it.

    Returns
    -------
    bool
        Whether it does; False where no other one is kept, or that would stand in the place of nothing once more.

    Raises
    ------
    sqlite3.Error
    """
    _prepare(connection)
    key = identity, model
    found = connection.execute(
        "SELECT step FROM temp.earlier WHERE identity = ? AND model = ? AND "
        + ("step = -?" if is_redone else "step >= ? ORDER BY step LIMIT 1"),
        (*key, step),
    ).fetchone()
    stands = connection.execute("SELECT 1 FROM results WHERE identity = ? AND model = ?", key).fetchone()
    if found is None or (stands is None and is_redone):
        return False
    other = (*key, *found)
    connection.execute(f"INSERT OR REPLACE {_COPY}", (step if is_redone else -step, *key))
    connection.execute("DELETE FROM results WHERE identity = ? AND model = ?", key)  # its details go with it
    new = connection.execute(
        f"INSERT INTO results (identity, model, {_RESULT}) SELECT identity, model, {_RESULT} {_OF_STEP}", other
    ).lastrowid
    connection.execute(f"INSERT INTO details SELECT ?, {_DETAILS} {_OF_STEP} AND segments IS NOT NULL", (new, *other))
    connection.execute(
        "DELETE FROM temp.earlier WHERE identity = ? AND model = ? AND " + ("step = -?" if is_redone else "step >= ?"),
        (*key, step),
    )
    return True


def let_all_go(connection: sqlite3.Connection) -> None:
    """Forget all that is set aside.

    Raises
    ------
    sqlite3.Error
    """
    _prepare(connection)
    connection.execute("DELETE FROM temp.earlier")


def copied(connection: sqlite3.Connection) -> sqlite3.Connection | None:
    """All that is set aside, in a database of its own that goes when it is closed; None where there is no room."""
    copy = sqlite3.connect("")
    try:
        _prepare(connection)
        connection.backup(copy, name="temp")
    except sqlite3.Error as error:
        _log.warning("earlier answers cannot be copied: %s", error)
        copy.close()
        return None
    return copy


def is_put_in(copy: sqlite3.Connection | None, connection: sqlite3.Connection) -> bool:
    """Put such a copy, which is closed, beside a store that was opened anew; whether that was possible."""
    if copy is None:
        return False
    places = ", ".join("?" * (3 + len(f"{_RESULT}, {_DETAILS}".split(", "))))
    try:
        _prepare(connection)
        connection.executemany(f"INSERT INTO temp.earlier VALUES ({places})", copy.execute("SELECT * FROM earlier"))
    except sqlite3.Error as error:
        _log.warning("earlier answers cannot be taken over: %s", error)
        return False
    finally:
        copy.close()
    return True


def _prepare(connection: sqlite3.Connection) -> None:
    # Of a store that was mended the connection is another one.
    connection.execute(_TABLE)
    connection.execute(_INDEX)
