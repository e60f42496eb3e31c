"""Results that newer ones replaced, kept until the store is closed so that a step can be undone and done again.

They are rows of a temporary table: SQLite removes its file with the connection, also when the process is killed. The
store itself always holds one result, the newer or the older one.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

from genre_desktop.library.store.codec import UnreadableRowError
from genre_desktop.library.store.rows import FACTS, has_loss, to_facts
from genre_desktop.library.store.schema import columns_of
from genre_desktop.library.store.shared_connection import SharedConnection, batches
from genre_desktop.library.store.troubled_files import add_file, is_excepted, is_met_in
from genre_desktop.model.bundles.bundle import ModelBundle

_log = logging.getLogger(__name__)

_KEPT_STEPS = 50
"""Results that older steps replaced are deleted."""

_WRITTEN_AT_ONCE = 100
"""Results exchanged in one transaction."""

_OWN = ("saved_at", "genre", "confidence", "duration_s", "is_complete")
"""Columns that distinguish a result that was saved here from one that another program has saved in its place."""

_INDEX = "CREATE UNIQUE INDEX IF NOT EXISTS temp.earlier_by_step ON earlier (identity, model, step)"
# A result that step 3 replaced has step 3 in it, and one that was put back in its place by undoing that step has -3.
_OF_STEP = "FROM temp.earlier WHERE identity = ? AND model = ? AND step = ?"


class ReplacedResults(SharedConnection):
    """Undo of the steps in which a store's results were replaced.

    Attributes
    ----------
    current_step : int
        Number of the step that is under way; from 1 on, results that are replaced are kept for it. May be set on any
        thread.
    incomplete_steps : set of int
        Steps of which not every replaced result could be kept.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path | None) -> None:
        super().__init__(connection, path)
        self.current_step = 0
        self.incomplete_steps: set[int] = set()

    def undo_step(
        self,
        step: int,
        identities: Iterable[str],
        bundle: ModelBundle,
        *,
        is_redone: bool = False,
        until: int | None = None,
    ) -> int:
        """Put back the results from before a step, or, if it `is_redone`, those from after it.

        A second call of the same kind changes nothing. Results that another program has saved since stay.

        Parameters
        ----------
        step : int
            The value that `current_step` had.
        identities : iterable of str
            Content whose results to put back.
        bundle : ModelBundle
            Whose results.
        is_redone : bool
        until : int, optional
            The last step that had begun when this was asked for; its present value if None. A result that a later step
            brought stays, and undoing that step puts back what this call would have.

        Returns
        -------
        int
            How many results were put back.
        """
        n, until = 0, self.current_step if until is None else until
        for some in batches(dict.fromkeys(identities), _WRITTEN_AT_ONCE):
            with self._transaction() as connection:
                for each in some:
                    key = each, bundle.fingerprint
                    later = _first_step(connection, key, until + 1)
                    if later is None:
                        n += _exchange(connection, *key, step, is_redone=is_redone)
                    else:
                        n += _exchange_below(connection, key, step, later, is_redone=is_redone)
        return n

    def drop_undone(self, step: int) -> None:
        """Delete what cannot be undone or redone any more once a step begins: undone steps, and very old ones."""
        with self._locked() as connection:
            try:
                _prepare(connection)
                connection.execute("DELETE FROM temp.earlier WHERE step < 0 OR step <= ?", (step - _KEPT_STEPS,))
            except sqlite3.Error as error:  # what is left does no harm
                _log.warning("answers that cannot be redone any more cannot be deleted: %s", error)

    def reopen(self, between: Callable[[], object]) -> None:
        """As `SharedConnection.reopen`; the results kept for undo are taken over to the new connection."""
        with self._locked() as connection:
            copy = _copied(connection)
        try:
            super().reopen(between)
        finally:
            with self._locked() as connection:
                if not _is_put_in(copy, connection):
                    self.incomplete_steps.update(range(1, self.current_step + 1))

    def _keep_replaced(self, identity: str, model: str) -> None:
        """Copy the stored result, unless one was copied for this step before.

        Outside of a transaction: where there is no room for the copy, the newer result is saved all the same.
        """
        step = self.current_step
        with self._locked() as connection:
            try:
                _prepare(connection)
                connection.execute(f"INSERT OR IGNORE {_copy(connection)}", (step, identity, model))
            except sqlite3.Error as error:
                _log.warning("the earlier answer cannot be set aside: %s", error)
                self.incomplete_steps.add(step)

    def _note_own(self, identity: str, model: str) -> None:
        """Note that a result was saved here, in a step."""
        with self._locked() as connection:
            try:
                _note_own(connection, (identity, model))
            except sqlite3.Error as error:  # an undo then replaces whatever is stored
                _log.warning("an answer cannot be noted: %s", error)

    def _drop_replaced(self) -> None:
        """Delete all that is kept for undo."""
        with self._locked() as connection:
            _prepare(connection)
            connection.execute("DELETE FROM temp.earlier")


def _exchange(connection: sqlite3.Connection, identity: str, model: str, step: int, *, is_redone: bool) -> bool:
    """Exchange the stored result for the one from before a step, or, if it `is_redone`, from after it.

    Returns
    -------
    bool
        False where no other result is kept, or redoing would put one where there is none now.

    Raises
    ------
    sqlite3.Error
    """
    key = identity, model
    found = connection.execute(
        "SELECT step FROM temp.earlier WHERE identity = ? AND model = ? AND "
        + ("step = -?" if is_redone else "step >= ? ORDER BY step LIMIT 1"),
        (*key, step),
    ).fetchone()
    stored = connection.execute("SELECT 1 FROM results WHERE identity = ? AND model = ?", key).fetchone()
    if found is None or (stored is None and is_redone) or _is_of_another_program(connection, key):
        return False
    other = (*key, *found)
    _let_damage_hold(connection, key, found[0])
    connection.execute(f"INSERT OR REPLACE {_copy(connection)}", (step if is_redone else -step, *key))
    connection.execute("DELETE FROM results WHERE identity = ? AND model = ?", key)  # its details go with it
    result, details = map(", ".join, _columns(connection))
    new = connection.execute(f"INSERT INTO results ({result}) SELECT {result} {_OF_STEP}", other).lastrowid
    connection.execute(
        f"INSERT INTO details (id, {details}) SELECT ?, {details} {_OF_STEP} AND segments IS NOT NULL", (new, *other)
    )
    connection.execute(
        "DELETE FROM temp.earlier WHERE identity = ? AND model = ? AND " + ("step = -?" if is_redone else "step >= ?"),
        (*key, step),
    )
    _note_own(connection, key)
    return True


def _note_own(connection: sqlite3.Connection, key: tuple[str, str]) -> None:
    _prepare(connection)
    columns = ", ".join(_OWN)
    connection.execute(
        f"INSERT OR REPLACE INTO temp.own SELECT identity, model, {columns} FROM results "
        "WHERE identity = ? AND model = ?",
        key,
    )


def _is_of_another_program(connection: sqlite3.Connection, key: tuple[str, str]) -> bool:
    """Whether the stored result is not the one that was saved here last."""
    here, there = (", ".join(f"{table}.{name}" for name in _OWN) for table in ("o", "r"))
    query = (
        "SELECT 1 FROM results r JOIN temp.own o ON o.identity = r.identity AND o.model = r.model "
        f"WHERE r.identity = ? AND r.model = ? AND ({there}) IS NOT ({here})"
    )
    return connection.execute(query, key).fetchone() is not None


def _first_step(connection: sqlite3.Connection, key: tuple[str, str], first: int) -> int | None:
    """The first step from `first` on in which a result was replaced; None without one."""
    _prepare(connection)
    query = "SELECT min(step) FROM temp.earlier WHERE identity = ? AND model = ? AND step >= ?"
    found = connection.execute(query, (*key, first)).fetchone()[0]
    return None if found is None else int(found)


def _exchange_below(
    connection: sqlite3.Connection, key: tuple[str, str], step: int, later: int, *, is_redone: bool
) -> bool:
    """As `_exchange`, of the result that a `later` step replaced in the meantime."""
    source = -step if is_redone else _first_step(connection, key, step)
    if source == later or not connection.execute(f"SELECT 1 {_OF_STEP}", (*key, source)).fetchone():
        return False
    target = step if is_redone else -step
    move = "UPDATE OR REPLACE temp.earlier SET step = ? WHERE identity = ? AND model = ? AND step = ?"
    connection.execute(move, (target, *key, later))
    connection.execute(move, (later, *key, source))
    if not is_redone:
        delete = "DELETE FROM temp.earlier WHERE identity = ? AND model = ? AND step >= ? AND step < ?"
        connection.execute(delete, (*key, step, later))
    return True


def _let_damage_hold(connection: sqlite3.Connection, key: tuple[str, str], step: int) -> None:
    """Let an answer with damage hold for the files that have the stored answer, which it is to replace.

    They may have been written to, or repaired, since it was made, and would have no answer at all.
    """
    of_step = "WHERE identity = ? AND model = ? AND step = ?"
    damage = connection.execute(f"SELECT problem FROM temp.earlier {of_step}", (*key, step)).fetchone()[0]
    now = connection.execute("SELECT problem FROM results WHERE identity = ? AND model = ?", key).fetchone()
    if now is None or damage is None or not has_loss(damage):
        return
    for name, *row in connection.execute(f"SELECT path, {FACTS} FROM files f WHERE identity = ?", key[:1]).fetchall():
        with contextlib.suppress(UnreadableRowError, ValueError):
            path, facts = os.fsdecode(name), to_facts(tuple(row))
            if now[0] is None or not has_loss(now[0]):
                holds = now[0] is None or not is_excepted(now[0], path, facts)
            else:
                holds = is_met_in(now[0], path, facts) is True
            damage = add_file(damage, path, facts, damage) if holds else damage
    connection.execute(f"UPDATE temp.earlier SET problem = ? {of_step}", (damage, *key, step))


def _copied(connection: sqlite3.Connection) -> sqlite3.Connection | None:
    """A copy of the temporary table in a database that is deleted when it is closed; None where there is no room."""
    copy = sqlite3.connect("")
    try:
        _prepare(connection)
        connection.backup(copy, name="temp")
    except sqlite3.Error as error:
        _log.warning("earlier answers cannot be copied: %s", error)
        copy.close()
        return None
    return copy


def _is_put_in(copy: sqlite3.Connection | None, connection: sqlite3.Connection) -> bool:
    """Insert such a copy, which is closed then, into the temporary table of a new connection; whether that worked."""
    if copy is None:
        return False
    try:
        _prepare(connection)
        places = ", ".join("?" * (1 + sum(map(len, _columns(connection)))))
        connection.executemany(f"INSERT INTO temp.earlier VALUES ({places})", copy.execute("SELECT * FROM earlier"))
    except sqlite3.Error as error:
        _log.warning("earlier answers cannot be taken over: %s", error)
        return False
    finally:
        copy.close()
    return True


def _prepare(connection: sqlite3.Connection) -> None:
    # Each time: after `reopen` the connection is another one.
    result, details = _columns(connection)
    connection.execute(f"CREATE TEMP TABLE IF NOT EXISTS earlier (step, {', '.join((*result, *details))})")
    connection.execute(_INDEX)
    own = ", ".join(("identity", "model", *_OWN))
    connection.execute(f"CREATE TEMP TABLE IF NOT EXISTS own ({own}, UNIQUE (identity, model))")


def _copy(connection: sqlite3.Connection) -> str:
    """The rest of a statement that sets a stored answer aside."""
    result, details = _columns(connection)
    columns = (*(f"r.{name}" for name in result), *(f"d.{name}" for name in details))
    return (
        f"INTO temp.earlier SELECT ?, {', '.join(columns)} FROM results r LEFT JOIN details d ON d.id = r.id "
        "WHERE r.identity = ? AND r.model = ? AND r.error IS NULL"
    )


def _columns(connection: sqlite3.Connection) -> list[list[str]]:
    """Columns of results and of their details, without their numbers."""
    return [[name for name in columns_of(connection, table) if name != "id"] for table in ("results", "details")]
