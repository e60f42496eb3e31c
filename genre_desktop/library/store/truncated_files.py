"""A file that was cut off after it had been classified: what is left of it does not replace what all of it gave."""

from __future__ import annotations

from genre_desktop.library.result import Summary, TrackResult


def is_cut_off(known: Summary, result: TrackResult) -> bool:
    """Whether a result tells of damage to a file of which more was there when it got the answer that is known.

    Tags tell it from another file under the same name: they are as they were, or have gone with the end.

    Parameters
    ----------
    known : Summary
    result : TrackResult
        Of the same path, later.
    """
    before, now = known.facts, result.facts
    if known.genre is None or result.trouble is None or before is None or now is None:
        return False
    tags = (now.title, before.title), (now.artist, before.artist), (now.album, before.album)
    is_shorter = now.identity != before.identity and now.size < before.size
    return is_shorter and all(tag in ("", earlier) for tag, earlier in tags)
