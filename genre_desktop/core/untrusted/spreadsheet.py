"""Cells that come from strangers (names of files, tags, genres of a model), made safe for spreadsheets."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_SIGNS: Final = "=+-@\u2212"
_QUOTES: Final = "'\"`\u00b4\u2018\u2019\u201c\u201d"
_BLANKS: Final = "\u115f\u1160\u2800\u3164\uffa0"
"""Letters by name, and nothing to look at."""

_PARTS: Final = re.compile("([;\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029])")
"""Where a cell may be taken apart: line breaks, and what another country's spreadsheet takes for the end of a cell."""

_CUT_OFF: Final = re.compile("'*[\t\n\r]")


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet runs as a formula: where one could begin, a quote mark (') is put before it.

    One could begin where the cell does, and behind each semicolon, tab and line break in it, if what follows blanks,
    invisible characters and quotes there is ``=``, ``+``, ``-`` or ``@`` in any width or form. A cell that begins with
    a tab or a line break gets one too: some programs cut those off. Whoever reads the table with a program takes away
    one quote mark at each such place; that gives back what was there, as a place that had one already has two.

    Examples
    --------
    >>> safe_cell("=1+1"), safe_cell("AC/DC - T.N.T."), safe_cell("a; =1")
    ("'=1+1", 'AC/DC - T.N.T.', "a;' =1")
    """
    safe = "".join("'" + part if _could_be_formula(part) else part for part in _PARTS.split(text))
    return "'" + safe if _CUT_OFF.match(text) else safe


def _could_be_formula(part: str) -> bool:
    # Decomposed, which brings full-width and small signs to their plain form and parts those that carry an accent.
    for char in unicodedata.normalize("NFKD", part):
        if char in _SIGNS:
            return True
        if not (char in _QUOTES or char in _BLANKS or unicodedata.category(char)[0] in "CMZ"):
            return False
    return False
