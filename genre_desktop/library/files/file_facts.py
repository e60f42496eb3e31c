"""The facts of a file: size, time, identity, and title, artist, album and genres from its tags."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from pathlib import Path

from genre_desktop.audio.decode.source_file import opening_error
from genre_desktop.library.files.identity import identities
from genre_desktop.library.files.tag_texts import MOST_VALUES
from genre_desktop.library.files.tags import read_tags
from genre_desktop.library.result import FileFacts

_LONGEST = 300
"""Most characters of a text: tags may contain whole files."""

_UNKNOWN_GENRE = "Unknown"
"""mutagen's name for some numbers without a genre; others it leaves as they are."""


def read_facts(path: str | os.PathLike[str]) -> FileFacts:
    """Read the facts of a file.

    Parameters
    ----------
    path : path-like

    Returns
    -------
    FileFacts
        Without tags where they cannot be read. Numbers of ID3v1 genres are replaced by their
        names; where there is no artist, the album's artist is taken.

    Raises
    ------
    AudioNotFoundError, AudioPermissionError, AudioIsFolderError, AudioEmptyError, AudioReadError
    """
    path = Path(os.fsdecode(path))
    try:
        # Before the content is read: a change in between is noticed the next time.
        status = os.stat(path)
    except (OSError, ValueError) as error:
        raise opening_error(path, error) from error
    identity, *earlier = identities(path)
    tags = read_tags(path)
    title, artist, album = _clean(tags["title"]), _clean(tags["artist"]), _clean(tags["album"])
    return FileFacts(
        size=status.st_size,
        mtime_ns=status.st_mtime_ns,
        identity=identity,
        title=title[0] if title else "",
        artist=", ".join(artist),
        album=album[0] if album else "",
        tagged_genres=_clean(_named_genres(tags["genre"])),
        earlier_identity=earlier[0] if earlier else None,
    )


def _named_genres(values: list[str]) -> list[str]:
    from mutagen.id3 import TCON

    # TCON resolves ID3v1 numbers in the forms "17", "(17)" and "(17)Rock", which other kinds of tags copy.
    genres: list[str] = TCON(encoding=3, text=values).genres
    return [genre for genre in genres if genre != _UNKNOWN_GENRE and not genre.isdecimal()]


def _clean(values: Iterable[str]) -> tuple[str, ...]:
    """The values without control characters and repetitions, cut to `_LONGEST` characters."""
    texts = (re.sub(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+", " ", value[: 2 * _LONGEST]).strip() for value in values)
    known = (text.encode("utf-8", "replace").decode()[:_LONGEST].rstrip() for text in texts)
    return tuple(dict.fromkeys(text for text in known if text))[:MOST_VALUES]
