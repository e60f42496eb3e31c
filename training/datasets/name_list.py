"""A list of track names in a text file."""

from __future__ import annotations

from pathlib import Path

from genre_desktop.core.errors import DatasetFormatError
from genre_desktop.core.i18n import tr


def read_names(path: Path) -> list[str]:
    """Names of tracks from a text file, one a line; empty lines and ``#`` lines are left out."""
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetFormatError(
            path=path, reason=tr("the list of names cannot be read ({error})", error=error)
        ) from error
    lines = (line.strip() for line in text.splitlines())
    return [line for line in lines if line and not line.startswith("#")]
