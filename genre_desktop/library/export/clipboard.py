"""Results as text for the clipboard."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from genre_desktop.core.untrusted.printable import on_one_line
from genre_desktop.library.export.csv_table import COLUMNS, summary_row
from genre_desktop.library.result import Summary

CLIPBOARD_COLUMNS: Final = (
    "path",
    "title",
    "artist",
    "album",
    "genre",
    "confidence",
    "second",
    "second_confidence",
    "styles",
    "tagged_genre",
    "by_hand",
    "duration_s",
    "warnings",
)


def clipboard_text(rows: Iterable[tuple[str, Summary | None]], model: str = "") -> str:
    """Tab-separated lines with a heading, which a spreadsheet splits into cells when they are pasted.

    Cells that would run as formulas are escaped as in a table; tabs and line breaks are
    replaced by spaces. Tracks that are not classified yet have their path and tags alone.
    """
    lines = ["\t".join(CLIPBOARD_COLUMNS)]
    for path, summary in rows:
        cells = dict(zip(COLUMNS, summary_row(path, summary or Summary(), model), strict=True))
        lines.append("\t".join(on_one_line(cells[column]) for column in CLIPBOARD_COLUMNS))
    return "\n".join(lines).encode("utf-8", "backslashreplace").decode("utf-8") + "\n"
