"""Names, errors and sentences as Qt can show them.

Names on disk may hold line breaks, control characters and bytes that are not valid UTF-8; names of genres and models
come from other people. Everything that is shown passes one of these functions.
"""

from __future__ import annotations

import os
import re
import unicodedata

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.core.untrusted.printable import OVERRIDES

_SHOWN_CONTROLS = {"\n": "␊", "\r": "␍", "\t": "␉"}
_MAX_SHORTENED, _BEGINNING, _END = 48, 30, 12
_MAX_LETTERS = 8_192
"""Letters of a line; no path that can be opened has more. Qt takes half a minute to lay out a million."""

_LONG_WORD, _WORD_PART = re.compile(r"\S{25,}"), re.compile(r"\S{6}(?=\S)")


def displayable(name: str | os.PathLike[str]) -> str:
    """A path or name on one line, without characters that Qt cannot show or that break the layout."""
    text = os.fspath(name)
    if len(text) > _MAX_LETTERS:
        text = f"{text[: _MAX_LETTERS // 2]} … {text[-_MAX_LETTERS // 2 :]}"
    if text.isprintable():
        return text
    text = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(_SHOWN_CONTROLS.get(char, "\ufffd") if _breaks_display(char) else char for char in text)


def shortened(name: str | os.PathLike[str]) -> str:
    """A name within a sentence: the two ends of a very long one, which would widen the window."""
    text = displayable(name)
    return text if len(text) <= _MAX_SHORTENED else f"{text[:_BEGINNING]} … {text[-_END:]}"


def _breaks_display(char: str) -> bool:
    return char in OVERRIDES or unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")


def error_message(error: GenreDesktopError, *, brief: bool = False) -> str:
    """The message of an error; `brief` names the file without its folders."""
    path = error.values.get("path")
    if path is not None:
        name = os.path.basename(os.fspath(path)) if brief and isinstance(path, (str, os.PathLike)) else path
        error = type(error)(**{**error.values, "path": displayable(str(name or path))})
    return error.message


def displayable_lines(text: str) -> str:
    """Several lines, each displayable."""
    return displayable(text) if text.isprintable() else "\n".join(map(displayable, text.split("\n")))


def breakable(text: str) -> str:
    """A text with places to break very long words: a label wraps only between words, and a long one would widen it."""
    return _LONG_WORD.sub(lambda word: _WORD_PART.sub("\\g<0>\u200b", word[0]), text)


def plain_tip(text: str) -> str:
    """A plain text as a tool tip.

    Qt interprets a tool tip that looks like HTML as HTML, and loads its images; a file may be called ``<b>.mp3``.
    Therefore every tip is made HTML, with everything escaped.
    """
    escaped = displayable_lines(text).replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
    return f"<span>{escaped}</span>" if text else ""


def menu_text(name: str) -> str:
    """A name as the text of a menu entry or button, where a single ampersand would mark a mnemonic."""
    return displayable(name).replace("&", "&&")


def without_mnemonic(text: str) -> str:
    """The text of one of our menu entries for use elsewhere: without the ampersand of its mnemonic."""
    return text.replace("&", "")
