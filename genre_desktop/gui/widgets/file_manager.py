"""Showing files and folders in the file manager of the desktop."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QDesktopServices

from genre_desktop.core.i18n import tr


def show_in_file_manager(path: Path) -> bool:
    """Open the folder of a file, with the file selected where the desktop can; False if that failed."""
    if sys.platform == "win32":
        return QProcess.startDetached("explorer.exe", ["/select,", os.path.normpath(path)])[0]
    if sys.platform == "darwin":
        return QProcess.startDetached("/usr/bin/open", ["-R", os.fspath(path)])[0]
    # Through the encoded form: names need not be valid UTF-8.
    return QDesktopServices.openUrl(QUrl(path.parent.absolute().as_uri()))


def reveal_or_report(path: Path, report: Callable[[str], object]) -> None:
    """Show a file in the file manager; if that fails, call `report` with a sentence."""
    if not show_in_file_manager(path):
        report(tr("The file manager could not be opened."))


def show_folder(path: Path) -> bool:
    """Open a folder in the file manager; False if that failed."""
    return QDesktopServices.openUrl(QUrl(path.absolute().as_uri()))
