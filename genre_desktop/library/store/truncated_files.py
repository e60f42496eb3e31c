"""Results from files that were cut off after they had been classified: they do not replace the answer for the whole."""

from __future__ import annotations

import contextlib
import os
import sqlite3

from genre_desktop.library.result import FileFacts, Summary, TrackResult
from genre_desktop.library.store.codec import UnreadableRowError
from genre_desktop.library.store.rows import FACTS, to_facts


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


def _is_rest(before: FileFacts, now: FileFacts) -> bool:
    """Whether a damaged file may be what is left of the one that was there.

    Tags tell it from another file under the same name: they are as they were, or have gone with the end.
    """
    tags = (now.title, before.title), (now.artist, before.artist), (now.album, before.album)
    is_shorter = now.identity != before.identity and now.size < before.size
    return is_shorter and all(tag in ("", earlier) for tag, earlier in tags)


def hand_down_by_hand(connection: sqlite3.Connection, path: str, facts: FileFacts) -> None:
    """Let what is left of a file that was cut off have the genre that a person gave to all of it."""
    row = connection.execute(f"SELECT {FACTS} FROM files f WHERE path = ?", (os.fsencode(path),)).fetchone()
    with contextlib.suppress(UnreadableRowError):
        if row is not None and _is_rest(before := to_facts(row), facts):
            connection.execute(
                "INSERT OR IGNORE INTO by_hand SELECT ?, genre FROM by_hand WHERE identity = ?",
                (facts.identity, before.identity),
            )
