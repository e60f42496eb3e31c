"""Paths as they come in, and as they can be shown.

Names on disk are bytes. Some are no valid UTF-8, some hold line breaks; Qt's strings
drop the one and lists break on the other. Paths stay Python strings (undecodable bytes
as surrogates, as `os.fsdecode` gives them) and are made presentable only for showing.
"""

from __future__ import annotations

import os
import re
import socket
import sys
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QMimeData, QUrl

from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.core.untrusted.printable import OVERRIDES

_SHOWN_CONTROLS = {"\n": "␊", "\r": "␍", "\t": "␉"}
_LONGEST, _BEGINNING, _END = 48, 30, 12
_MOST_LETTERS = 8_192
"""Letters of a line; no path that can be opened has so many. Qt takes half a minute to lay out a million."""

_LONG_WORD, _PART_OF_IT = re.compile(r"\S{25,}"), re.compile(r"\S{6}(?=\S)")


def local_path(url: QUrl) -> str | None:
    """Path of a ``file:`` URL; None for anything that is not on this machine's drives."""
    if not url.isLocalFile():
        return None
    if url.host() in ("localhost", socket.gethostname().lower()):
        url = QUrl(url)
        url.setHost("")  # otherwise it counts as a share: //localhost/music
    path = url.toLocalFile()
    if "\ufffd" in path and sys.platform != "win32":
        # toLocalFile() replaces bytes that are no UTF-8; such a file would not be found.
        path = os.fsdecode(unquote_to_bytes(url.path(QUrl.ComponentFormattingOption.FullyEncoded)))
    return path or None


def paths_from_urls(urls: Iterable[QUrl]) -> tuple[list[Path], list[QUrl]]:
    """Paths of what is local, and the URLs that are not."""
    paths: list[Path] = []
    foreign: list[QUrl] = []
    for url in urls:
        path = local_path(url)
        if path is None:
            foreign.append(url)
        else:
            paths.append(Path(path))
    return paths, foreign


def urls_from_mime(mime: QMimeData) -> list[QUrl]:
    """What a drop or the clipboard names.

    Text counts line by line when each line is an absolute path or a URL, as "Copy path"
    of file managers and terminals gives it.
    """
    if mime.hasUrls():
        return mime.urls()
    lines = (line.strip().strip('"') for line in mime.text().splitlines())  # the first ones tell, as a rule
    urls = []
    for line in filter(None, lines):
        if os.path.isabs(os.path.expanduser(line)):
            urls.append(QUrl.fromLocalFile(os.path.expanduser(line)))
        elif "://" in line:
            urls.append(QUrl(line))
        else:
            return []
    return urls


def displayable(name: str | os.PathLike[str]) -> str:
    """A path or name as Qt can show it, on one line."""
    text = os.fspath(name)
    if len(text) > _MOST_LETTERS:
        text = f"{text[: _MOST_LETTERS // 2]} … {text[-_MOST_LETTERS // 2 :]}"
    if text.isprintable():
        return text
    text = text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return "".join(_SHOWN_CONTROLS.get(char, "\ufffd") if _breaks_display(char) else char for char in text)


def shortened(name: str | os.PathLike[str]) -> str:
    """A name within a sentence: of a very long one the two ends, or it would widen the window that tells it."""
    text = displayable(name)
    return text if len(text) <= _LONGEST else f"{text[:_BEGINNING]} … {text[-_END:]}"


def _breaks_display(char: str) -> bool:
    return char in OVERRIDES or unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")


def error_message(error: GenreDesktopError, *, brief: bool = False) -> str:
    """An error's sentence; `brief` names the file without its folders."""
    path = error.values.get("path")
    if path is not None:
        name = os.path.basename(os.fspath(path)) if brief and isinstance(path, (str, os.PathLike)) else path
        error = type(error)(**{**error.values, "path": displayable(str(name or path))})
    return error.message


def displayable_lines(text: str) -> str:
    """Several lines as Qt can show them."""
    return displayable(text) if text.isprintable() else "\n".join(map(displayable, text.split("\n")))


def breakable(text: str) -> str:
    """A text of which very long words may be parted: a label wraps between words alone, and one would widen it."""
    return _LONG_WORD.sub(lambda word: _PART_OF_IT.sub("\\g<0>\u200b", word[0]), text)


def plain_tip(text: str) -> str:
    """A tool tip as it stands.

    Tool tips know no plain text: what looks like HTML is taken for HTML, its pictures are loaded, and a file may be
    called ``<b>.mp3``. So they are HTML always, in which everything is escaped.
    """
    escaped = displayable_lines(text).replace("&", "&amp;").replace("<", "&lt;").replace("\n", "<br>")
    return f"<span>{escaped}</span>" if text else ""


def menu_text(name: str) -> str:
    """A name as an entry of a menu or the text of a button: an ampersand would mark the letter behind it."""
    return displayable(name).replace("&", "&&")


def without_mnemonic(text: str) -> str:
    """The text of a menu entry of ours as it stands elsewhere: without the mark of the letter that chooses it."""
    return text.replace("&", "")
