"""Files that changed after they had been classified: what stays of the answer, and of a genre set by hand."""

from __future__ import annotations

import contextlib
import os
import sqlite3

from genre_desktop.library.result import FileFacts, Summary, TrackResult
from genre_desktop.library.store.codec import UnreadableRowError
from genre_desktop.library.store.rows import FACTS, has_loss, to_facts
from genre_desktop.library.store.troubled_files import is_gone, is_met_in


def is_from_truncated_file(known: Summary, result: TrackResult) -> bool:
    """Whether a result reports damage to a file that was longer when the known answer was made.

    The tags distinguish it from another file that has the same name by now: they are unchanged, or are missing
    because they were in the part that was cut off.

    Parameters
    ----------
    known : Summary
        What is stored for the path.
    result : TrackResult
        A later result for the same path.
    """
    before, now = known.facts, result.facts
    if known.genre is None or result.trouble is None or before is None or now is None:
        return False
    return _is_rest(before, now)


def is_same_track(before: FileFacts, now: FileFacts) -> bool:
    """Whether a file whose sound has changed may still be the same track: no title, artist or album differs.

    It may have been cut off, downloaded to the end, or converted. One without tags cannot be told from another track.
    """
    tags = (now.title, before.title), (now.artist, before.artist), (now.album, before.album)
    return all(tag == earlier or not tag or not earlier for tag, earlier in tags)


def _is_rest(before: FileFacts, now: FileFacts) -> bool:
    """Whether a damaged file may be what is left of the one that was there.

    Tags tell it from another file under the same name: they are as they were, or have gone with the end.
    """
    tags = (now.title, before.title), (now.artist, before.artist), (now.album, before.album)
    is_shorter = not now.has_sound_of(before) and now.size < before.size
    return is_shorter and all(tag in ("", earlier) for tag, earlier in tags)


def would_lose_answer(connection: sqlite3.Connection, path: str, facts: FileFacts) -> bool:
    """Whether a file with these new facts has no answer any more, as its damage was met in its earlier state.

    The facts of that state are kept until there is a new answer: a run may be stopped, or may fail.
    """
    row = connection.execute(f"SELECT {FACTS} FROM files f WHERE path = ?", (os.fsencode(path),)).fetchone()
    with contextlib.suppress(UnreadableRowError):
        before = None if row is None else to_facts(row)
        if before is not None and before.identity == facts.identity:
            packed = "SELECT problem FROM results WHERE identity = ? AND error IS NULL AND problem IS NOT NULL"
            found = [problem for (problem,) in connection.execute(packed, (facts.identity,)).fetchall()]
            return any(is_met_in(each, path, before) and not is_met_in(each, path, facts) for each in found)
    return False


def is_better(before: tuple[int, str | None, str | None, int], result: TrackResult, *, or_equal: bool = False) -> bool:
    """Whether a stored row (is complete, warnings, error, time) is better than a new result, or, if asked, as good."""
    is_complete, problem, error, _ = before
    prediction = result.prediction
    if error is not None or prediction is None:
        return error is None
    worth = bool(is_complete), not has_loss(problem)
    new = prediction.is_complete, prediction.loss is None
    return worth >= new if or_equal else worth > new


def has_result_since(connection: sqlite3.Connection, path: str, facts: FileFacts, time_s: int) -> bool:
    """Whether the file at a path had other sound in the meantime, whose result was saved after a time."""
    found = connection.execute(
        "SELECT 1 FROM files f JOIN results r ON r.identity = f.identity "
        "WHERE f.path = ? AND f.identity <> ? AND r.saved_at > ? LIMIT 1",
        (os.fsencode(path), facts.identity, time_s),
    )
    return found.fetchone() is not None


def is_of_another(
    connection: sqlite3.Connection,
    path: str,
    facts: FileFacts,
    before: tuple[int, str | None, str | None, int],
    result: TrackResult,
) -> bool:
    """Whether a new result has damage that a stored answer, of parts, has not, and which another file may have not.

    That would have no answer any more.
    """
    _, problem, error, _ = before
    if error is not None or has_loss(problem) or result.trouble is None:
        return False
    others = connection.execute(
        "SELECT path FROM files WHERE identity = ? AND path <> ?", (facts.identity, os.fsencode(path))
    )
    return any(not is_gone(os.fsdecode(other)) for (other,) in others)


def hand_down_by_hand(connection: sqlite3.Connection, path: str, facts: FileFacts, displaced: set[str]) -> str | None:
    """Let a file whose sound has changed have the genre that a person gave to its earlier state.

    A file that was renamed to the name of another one is no state of that, unless both have the same title.

    Parameters
    ----------
    connection : sqlite3.Connection
    path : str
    facts : FileFacts
        Of the file now.
    displaced : set of str
        Identities of files whose names others have got; this function adds to them.

    Returns
    -------
    str or None
        Identity of the earlier state, if its genre was handed down.
    """
    name = os.fsencode(path)
    row = connection.execute(f"SELECT {FACTS} FROM files f WHERE path = ?", (name,)).fetchone()
    with contextlib.suppress(UnreadableRowError):
        if row is None or (before := to_facts(row)).identity == facts.identity:
            return None
        has_title = before.title != "" and before.title == facts.title
        if not has_title and (facts.identity in displaced or _is_moved(connection, name, before, facts)):
            displaced.add(before.identity)
        elif is_same_track(before, facts):
            inserted = connection.execute(
                "INSERT OR IGNORE INTO by_hand SELECT ?, genre FROM by_hand WHERE identity = ?",
                (facts.identity, before.identity),
            )
            return before.identity if inserted.rowcount == 1 else None
    return None


def _is_moved(connection: sqlite3.Connection, name: bytes, before: FileFacts, now: FileFacts) -> bool:
    """Whether a file is another one that was renamed to this name, as far as the store tells."""
    elsewhere = "SELECT 1 FROM files WHERE identity = ? AND path <> ? LIMIT 1"
    if connection.execute(elsewhere, (now.identity, name)).fetchone():
        return True
    # Also if the name that it had belongs to another file by now, or to the one that had this name.
    known = "SELECT 1 FROM results WHERE identity = ? LIMIT 1"
    return bool(
        connection.execute(known, (now.identity,)).fetchone()
        and connection.execute(elsewhere, (before.identity, name)).fetchone()
    )
