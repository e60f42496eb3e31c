"""Show a file where it lies."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices

from genre_desktop.core.i18n import tr


def show_in_file_manager(path: Path) -> bool:
    """Open the file manager on the file's folder, the file selected where that is possible."""
    if sys.platform == "win32":
        return QProcess.startDetached("explorer.exe", ["/select,", os.path.normpath(path)])[0]
    if sys.platform == "darwin":
        return QProcess.startDetached("/usr/bin/open", ["-R", os.fspath(path)])[0]
    # Through the encoded form: names need not be valid UTF-8.
    return QDesktopServices.openUrl(QUrl(path.parent.absolute().as_uri()))


def reveal_or_report(path: Path, say: Callable[[str], object]) -> None:
    """Show a file where it lies, and say so where that cannot be done."""
    if not show_in_file_manager(path):
        say(tr("The file manager could not be opened."))


def show_folder(path: Path) -> bool:
    """Open the file manager in a folder."""
    return QDesktopServices.openUrl(QUrl(path.absolute().as_uri()))
