"""Making untrusted table cells (file names, tags, genres of a model) safe for spreadsheets."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_SIGNS: Final = "=+-@\u2212"
_QUOTES: Final = "'\"`\u00b4\u2018\u2019\u201c\u201d"
_BLANKS: Final = "\u115f\u1160\u2800\u3164\uffa0"
"""Invisible characters that Unicode counts as letters."""

_PARTS: Final = re.compile("([;\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029])")
"""Characters at which a spreadsheet may split a cell: line breaks, and the separators of other countries."""

_CUT_OFF: Final = re.compile("'*[\t\n\r]")


def safe_cell(text: str) -> str:
    """Put a quote mark (') wherever a spreadsheet could find a formula in a cell.

    A formula can begin at the beginning of the cell and behind each semicolon, tab and line break: where the first
    character after blanks, invisible characters and quotes is ``=``, ``+``, ``-`` or ``@`` in any width or form. A cell
    that begins with a tab or a line break gets a quote mark too, as some programs strip those. A program that reads the
    table removes one quote mark at each such place and has the original text: where there was one, there are two.

    Examples
    --------
    >>> safe_cell("=1+1"), safe_cell("AC/DC - T.N.T."), safe_cell("a; =1")
    ("'=1+1", 'AC/DC - T.N.T.', "a;' =1")
    """
    safe = "".join("'" + part if _could_be_formula(part) else part for part in _PARTS.split(text))
    return "'" + safe if _CUT_OFF.match(text) else safe


def _could_be_formula(part: str) -> bool:
    # NFKD maps full-width and small signs to their plain form, and separates accents.
    for char in unicodedata.normalize("NFKD", part):
        if char in _SIGNS:
            return True
        if not (char in _QUOTES or char in _BLANKS or unicodedata.category(char)[0] in "CMZ"):
            return False
    return False
