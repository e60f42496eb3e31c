"""The facts of a file: size, time, identity, and title, artist, album and genres from its tags."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from genre_desktop.audio.decode.source_file import opening_error
from genre_desktop.library.files.identity import identify
from genre_desktop.library.files.tag_file import open_tag_file
from genre_desktop.library.result import FileFacts

_log = logging.getLogger(__name__)

_LONGEST = 300
"""Most characters of a text: tags may contain whole files."""

_MOST_VALUES = 20
"""Most genres, or artists, of one file."""

# Fields in order of preference, by the kind of tag; mutagen's class names.
_FIELDS: dict[str, tuple[tuple[str, ...], ...]] = {
    # title, artist, album, genre
    "ID3": (("TIT2",), ("TPE1", "TPE2"), ("TALB",), ("TCON",)),
    "MP4Tags": (("\xa9nam",), ("\xa9ART", "aART"), ("\xa9alb",), ("\xa9gen",)),
    "ASFTags": (("Title",), ("Author", "WM/AlbumArtist"), ("WM/AlbumTitle",), ("WM/Genre",)),
    "APEv2": (("title",), ("artist", "album artist"), ("album",), ("genre",)),
    "VComment": (("title",), ("artist", "albumartist"), ("album",), ("genre",)),
}

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
    identity = identify(path)
    title, artist, album, genres = _read_tags(path)
    return FileFacts(
        size=status.st_size,
        mtime_ns=status.st_mtime_ns,
        identity=identity,
        title=title[0] if title else "",
        artist=", ".join(artist),
        album=album[0] if album else "",
        tagged_genres=genres,
    )


def _read_tags(path: Path) -> tuple[tuple[str, ...], ...]:
    """Title, artists, album and genres."""
    try:
        file = open_tag_file(path)
        tags = None if file is None else file.tags
        if tags is None:
            return (), (), (), ()
        fields = next(_FIELDS[kind.__name__] for kind in type(tags).__mro__ if kind.__name__ in _FIELDS)
        title, artist, album, genre = (_first(tags, names) for names in fields)
        return _clean(title), _clean(artist), _clean(album), _clean(_named_genres(genre))
    except Exception as error:  # mutagen raises exceptions of any type for damaged files
        _log.info("The tags of %r cannot be read: %r", path, error)
        return (), (), (), ()


def _first(tags: Any, names: tuple[str, ...]) -> list[str]:
    """Values of the first of some fields that has any."""
    for name in names:
        found = tags.get(name)
        if found is None:
            continue
        values = getattr(found, "text", found)  # frames of ID3 hold a list
        values = [values] if isinstance(values, str) else list(values)[:_MOST_VALUES]
        texts = [text for value in values for text in str(value).split("\0")]
        if any(text.strip() for text in texts):
            return texts
    return []


def _named_genres(values: list[str]) -> list[str]:
    from mutagen.id3 import TCON

    # TCON resolves ID3v1 numbers in the forms "17", "(17)" and "(17)Rock", which other kinds of tags copy.
    genres: list[str] = TCON(encoding=3, text=values).genres
    return [genre for genre in genres if genre != _UNKNOWN_GENRE and not genre.isdecimal()]


def _clean(values: Iterable[str]) -> tuple[str, ...]:
    """The values without control characters and repetitions, cut to `_LONGEST` characters."""
    texts = (re.sub(r"[\x00-\x20\x7f-\x9f\u2028\u2029]+", " ", value[: 2 * _LONGEST]).strip() for value in values)
    known = (text.encode("utf-8", "replace").decode()[:_LONGEST].rstrip() for text in texts)
    return tuple(dict.fromkeys(text for text in known if text))[:_MOST_VALUES]
