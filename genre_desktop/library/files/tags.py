"""The tags of a file: title, artists, album and genres, wherever its format keeps them."""

from __future__ import annotations

import io
import logging
import os
from pathlib import Path
from typing import Any, Final

from genre_desktop.audio.decode.source_file import open_regular
from genre_desktop.library.files.ape_tags import read_ape
from genre_desktop.library.files.chunk_tags import read_chunk_tags
from genre_desktop.library.files.id3_text import read_id3, read_id3v1
from genre_desktop.library.files.matroska_tags import read_matroska
from genre_desktop.library.files.movie_tags import read_movie
from genre_desktop.library.files.real_media_tags import read_real_media
from genre_desktop.library.files.tag_file import open_tag_file
from genre_desktop.library.files.tag_texts import FIELDS, MOST_VALUES, TagTexts

_log = logging.getLogger(__name__)

_BUFFER_BYTES: Final = 4_096

_MOST_READS: Final = 20_000
"""Reads of one file, a tenth of a second: lists within lists could hold millions of entries. A film of three hours
without a list of positions needs two thousand."""

# Names in order of preference, by the kind of tag; mutagen's class names. In the order of `FIELDS`.
_NAMES: Final[dict[str, tuple[tuple[str, ...], ...]]] = {
    "ID3": (("TIT2",), ("TPE1", "TPE2"), ("TALB",), ("TCON",)),
    "MP4Tags": (("\xa9nam",), ("\xa9ART", "aART"), ("\xa9alb",), ("\xa9gen",)),
    "ASFTags": (("Title",), ("Author", "WM/AlbumArtist"), ("WM/AlbumTitle",), ("WM/Genre",)),
    "APEv2": (("title",), ("artist", "album artist"), ("album",), ("genre",)),
    "VComment": (("title",), ("artist", "albumartist"), ("album",), ("genre",)),
}


def read_tags(path: Path) -> TagTexts:
    """Read the tags of a file.

    Those that mutagen reads count most: the ID3 chunk of a WAV file more than its INFO list. Fields that they lack are
    taken from wherever else the format, or another program, may have written them.

    Parameters
    ----------
    path : Path

    Returns
    -------
    TagTexts
        Without texts where they cannot be read.
    """
    texts = _texts_of_mutagen(path)
    if not texts.is_complete:
        texts.complete(further_texts(path, is_tagged=bool(texts)))
    return texts


def further_texts(path: Path, *, is_tagged: bool = False) -> TagTexts:
    """Texts in the places in which mutagen does not look for them.

    Parameters
    ----------
    path : Path
    is_tagged : bool
        Whether other texts are known: ID3v1 repeats those, cut off, and often with a genre that nobody chose.
    """
    texts = TagTexts()
    try:
        with io.BufferedReader(open_regular(path), _BUFFER_BYTES) as file:
            size = os.fstat(file.fileno()).st_size

            reads = iter(range(_MOST_READS))

            def read_at(start: int, count: int) -> bytes:
                if start > size or count <= 0 or next(reads, None) is None:
                    return b""
                file.seek(start)
                return file.read(count)

            texts.complete(read_chunk_tags(read_at, size))
            texts.complete(read_matroska(read_at, size))
            texts.complete(read_movie(read_at, size))
            texts.complete(read_real_media(read_at, size))
            texts.complete(read_id3(read_at, 0, size))
            texts.complete(read_ape(read_at, size))
            if not texts and not is_tagged:
                texts.complete(read_id3v1(read_at, size))
    except Exception as error:  # whatever a stranger's file holds, its sound is classified
        _log.info("Further tags of %r cannot be read: %r", path, error)
    return texts


def _texts_of_mutagen(path: Path) -> TagTexts:
    try:
        file = open_tag_file(path)
        tags = None if file is None else file.tags
        if tags is None:
            return TagTexts()
        if getattr(tags, "version", ())[:1] == (1,):
            return TagTexts()  # ID3v1 alone, of which texts are cut off: other tags come first
        names = next((_NAMES[kind.__name__] for kind in type(tags).__mro__ if kind.__name__ in _NAMES), None)
        return (
            TagTexts() if names is None else TagTexts(dict(zip(FIELDS, (_first(tags, n) for n in names), strict=True)))
        )
    except Exception as error:  # mutagen raises exceptions of any type for damaged files
        _log.info("The tags of %r cannot be read: %r", path, error)
        return TagTexts()


def _first(tags: Any, names: tuple[str, ...]) -> list[str]:
    """Values of the first of some names that has any."""
    for name in names:
        found = tags.get(name)
        if found is None:
            continue
        values = getattr(found, "text", found)  # frames of ID3 hold a list
        values = [values] if isinstance(values, str) else list(values)[:MOST_VALUES]
        texts = [text for value in values for text in str(value).split("\0")]
        if any(text.strip() for text in texts):
            return texts
    return []
