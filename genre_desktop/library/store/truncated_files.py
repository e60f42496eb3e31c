"""Results from files that were cut off after they had been classified: they do not replace the answer for the whole."""

from __future__ import annotations

from genre_desktop.library.result import Summary, TrackResult


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
    tags = (now.title, before.title), (now.artist, before.artist), (now.album, before.album)
    is_shorter = now.identity != before.identity and now.size < before.size
    return is_shorter and all(tag in ("", earlier) for tag, earlier in tags)
