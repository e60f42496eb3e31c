"""Ways to open files beside drag and drop: dialogs, the clipboard and the demo clips."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from genre_desktop.core.i18n import tr
from genre_desktop.gui.actions import Actions
from genre_desktop.gui.main_window.drop_zone import DropZone
from genre_desktop.gui.session.session import Session
from genre_desktop.gui.text.paths import urls_from_mime
from genre_desktop.library.scan.scan import AUDIO_ENDINGS

_PLAYLISTS = "*.m3u *.m3u8 *.pls *.xspf"


class OpenFilesController(QObject):
    """Opens files and folders that a person chooses.

    Attributes
    ----------
    last_folder : str
        Folder of the last dialog; empty before the first.
    """

    message = Signal(str)

    def __init__(self, session: Session, demo_clips: Callable[[], Path], last_folder: str, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._demo_clips = demo_clips
        self._window = window
        self.last_folder = last_folder

    def connect_window(self, actions: Actions, drop_zone: DropZone) -> None:
        """Connect the menu and the buttons of the drop zone."""
        for signal, slot in (
            (actions.open_files.triggered, self.ask_for_files),
            (actions.open_folder.triggered, self.ask_for_folder),
            (actions.open_demo.triggered, self.open_demo),
            (actions.paste.triggered, self.paste),
            (drop_zone.files_requested, self.ask_for_files),
            (drop_zone.folder_requested, self.ask_for_folder),
            (drop_zone.demo_requested, self.open_demo),
            (drop_zone.help_requested, actions.first_steps.trigger),
        ):
            signal.connect(slot)

    def ask_for_files(self) -> None:
        """Ask for files and open them."""
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
        """Ask for a folder and open it."""
        name = QFileDialog.getExistingDirectory(self._window, tr("Open folder"), self.last_folder)
        if name:
            self.last_folder = name
            self._session.open([Path(name)])

    def open_demo(self) -> None:
        """Open the clips that come with the program."""
        self._session.open([self._demo_clips()])

    def paste(self) -> None:
        """Open the files and paths on the clipboard."""
        urls = urls_from_mime(QGuiApplication.clipboard().mimeData() or QMimeData())
        if not urls:
            self.message.emit(tr("The clipboard holds no files and no paths."))
        self._session.open(urls=urls)
