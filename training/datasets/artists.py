"""Artists of tracks: from a table, or from the tags of a sound file."""

from __future__ import annotations

import logging
import os
from pathlib import Path

from genre_desktop.core.errors import DatasetFormatError
from genre_desktop.core.i18n import tr
from genre_desktop.library.files.tag_file import open_tag_file
from genre_desktop.library.files.tags import further_texts

ARTIST_TABLE = "artists.tsv"
"""Name of the table of artists that is found beside a data set."""

_log = logging.getLogger(__name__)


def artist_table_beside(dataset: Path) -> Path | None:
    """The table of artists in the folder that holds the data set, if there is one."""
    table = dataset.parent / ARTIST_TABLE
    return table if os.path.isfile(table) else None


def read_artist_table(path: Path) -> dict[str, str]:
    """Artists by track name from a tab-separated table with the columns ``name`` and ``artist``."""
    try:
        rows = [line.split("\t") for line in path.read_text("utf-8-sig").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise DatasetFormatError(
            path=path, reason=tr("the table of artists cannot be read ({error})", error=reason)
        ) from error
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    if "name" not in header or "artist" not in header:
        reason = tr("the table of artists needs the columns name and artist; found {found}", found=", ".join(header))
        raise DatasetFormatError(path=path, reason=reason)
    name, artist = header.index("name"), header.index("artist")
    return {row[name]: row[artist].strip() for row in rows[1:] if len(row) > max(name, artist) and row[artist].strip()}


def read_artist_tag(path: Path) -> str | None:
    r"""The artist from a file's tags, or ``None``.

    Reads the names that the formats have for it: ``artist`` (Vorbis comments), ``TPE1``
    (ID3, in WAV and AIFF too), ``\xa9ART`` (MP4), ``Author`` (WMA), ``Artist`` (APE). Where there is none of them, the
    places that `further_texts` knows, such as the INFO list of WAV.
    """
    first = None
    try:
        file = open_tag_file(path)
        tags = (None if file is None else file.tags) or {}
        found = next((tags[key] for key in ("artist", "TPE1", "\xa9ART", "Author", "Artist") if key in tags), None)
        first = found[0] if isinstance(found, list) else getattr(found, "text", [found])[0]
    except Exception:  # damaged tags make mutagen stumble in many ways; a track without an artist is no failure
        _log.debug("no artist in %r", path, exc_info=True)
    if first is None:
        first = next(iter(further_texts(path)["artist"]), None)
    return str(first).strip() or None if first is not None else None
