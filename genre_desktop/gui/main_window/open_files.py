"""How files come into the window, beside drag and drop."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from genre_desktop.core.i18n import tr
from genre_desktop.gui.session.session import Session
from genre_desktop.gui.text.paths import urls_from_mime
from genre_desktop.library.scan.scan import AUDIO_ENDINGS

_PLAYLISTS = "*.m3u *.m3u8 *.pls *.xspf"


class OpenFilesCommands(QObject):
    """Dialogs, the clipboard and the clips that come with the program.

    Attributes
    ----------
    last_folder : str
        Where the last dialog stood; empty before the first.
    """

    message = Signal(str)

    def __init__(self, session: Session, demo_clips: Callable[[], Path], last_folder: str, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._demo_clips = demo_clips
        self._window = window
        self.last_folder = last_folder

    def ask_for_files(self) -> None:
        """Let the user choose files."""
        patterns = " ".join(f"*{ending} *{ending.upper()}" for ending in sorted(AUDIO_ENDINGS))
        kinds = ";;".join(
            (
                tr("Sound files ({patterns})", patterns=patterns),
                tr("Playlists ({patterns})", patterns=f"{_PLAYLISTS} {_PLAYLISTS.upper()}"),
                tr("All files (*)"),
            )
        )
        names, _ = QFileDialog.getOpenFileNames(self._window, tr("Open files"), self.last_folder, kinds)
        if names:
            self.last_folder = str(Path(names[0]).parent)
            self._session.open(map(Path, names))

    def ask_for_folder(self) -> None:
        """Let the user choose a folder."""
        name = QFileDialog.getExistingDirectory(self._window, tr("Open folder"), self.last_folder)
        if name:
            self.last_folder = name
            self._session.open([Path(name)])

    def open_demo(self) -> None:
        """Open the clips that come with the program."""
        self._session.open([self._demo_clips()])

    def paste(self) -> None:
        """Open what the clipboard names."""
        urls = urls_from_mime(QGuiApplication.clipboard().mimeData() or QMimeData())
        if not urls:
            self.message.emit(tr("The clipboard holds no files and no paths."))
        self._session.open(urls=urls)
