"""Paths of dropped, copied and opened files, and the names of the program's folders.

Names on disk are bytes. Some are not valid UTF-8, which Qt's strings cannot hold. Paths stay Python strings
(undecodable bytes as surrogates, as `os.fsdecode` returns them); `display.displayable` makes them presentable.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from PySide6.QtCore import QMimeData, QUrl

from genre_desktop.core.i18n import tr

if TYPE_CHECKING:
    from genre_desktop.core.storage import Kind


def local_path(url: QUrl) -> str | None:
    """Path of a ``file:`` URL; None for a URL that names no file of this computer."""
    if not url.isLocalFile():
        return None
    if url.host() in ("localhost", socket.gethostname().lower()):
        url = QUrl(url)
        url.setHost("")  # otherwise it counts as a share: //localhost/music
    path = url.toLocalFile()
    if "\ufffd" in path and sys.platform != "win32":
        # toLocalFile() replaces bytes that are not UTF-8; the file would not be found.
        path = os.fsdecode(unquote_to_bytes(url.path(QUrl.ComponentFormattingOption.FullyEncoded)))
    return path or None


def paths_from_urls(urls: Iterable[QUrl]) -> tuple[list[Path], list[QUrl]]:
    """Paths of the local URLs, and the URLs that are not local."""
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
    """URLs of a drop or of the clipboard.

    A text counts if each of its lines is an absolute path or a URL, as "Copy path" of file managers and terminals
    writes it.
    """
    if mime.hasUrls():
        return mime.urls()
    lines = (line.strip().strip('"') for line in mime.text().splitlines())
    urls = []
    for line in filter(None, lines):
        if os.path.isabs(os.path.expanduser(line)):
            urls.append(QUrl.fromLocalFile(os.path.expanduser(line)))
        elif "://" in line:
            urls.append(QUrl(line))
        else:
            return []
    return urls


def folder_name(kind: Kind) -> str:
    """Purpose of one of the program's folders."""
    return {
        "data": tr("Results and genres set by hand"),
        "models": tr("Your own models"),
        "config": tr("Settings"),
        "cache": tr("Cache"),
        "log": tr("Log"),
        "recordings": tr("Recordings"),
    }[kind]
