"""Settings page of the program's folders: paths, sizes, and buttons to delete cache and results."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLocale, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from genre_desktop.core.errors import GenreDesktopError, StorageError
from genre_desktop.core.i18n import tr
from genre_desktop.core.storage import Kind, Usage, clear_cache, folders, measure
from genre_desktop.gui.session.session import Session
from genre_desktop.gui.session.store.messages import AllResultsDropped
from genre_desktop.gui.text import formatting, paths
from genre_desktop.gui.text.display import displayable, error_message, plain_tip
from genre_desktop.gui.tracks.track import State
from genre_desktop.gui.widgets import file_manager
from genre_desktop.gui.widgets.form_page import FormPage
from genre_desktop.gui.widgets.labels import ElidedLabel, label, set_style_flags
from genre_desktop.gui.widgets.message_box import MessageBox
from genre_desktop.gui.workers.worker import TaskContext, Worker


class StoragePage(FormPage):
    """Folders with their sizes, which a worker measures.

    Parameters
    ----------
    session : Session
    """

    message = Signal(str)  # an error

    def __init__(self, session: Session) -> None:
        super().__init__(tr("Folders and storage"))
        self._session = session
        self._worker = Worker("storage", _run_storage_task, self)
        self._worker.succeeded.connect(self._show)
        self._worker.failed.connect(self._show_error)
        session.register_worker(self._worker)
        self._sizes: dict[Kind, QLabel] = {}
        self._openers: dict[Kind, QPushButton] = {}
        self._add_folders()
        self.add_heading(tr("Space"))
        self.clear = QPushButton(tr("Clear &cache"))
        self.clear.clicked.connect(lambda: self._worker.submit("clear"))
        self.add_row(tr("Cache"), self.clear, tr("Only what is made anew at need."))
        self.forget = QPushButton(tr("&Forget all results …"))
        self.forget.clicked.connect(self._ask_to_forget)
        self.add_row(
            tr("Results"),
            self.forget,
            tr("What models made of your files. Genres that you set by hand stay, and your files are not touched."),
        )
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
        self.state = self.add_note()
        session.job_changed.connect(lambda _status: self._enable())
        session.all_results_dropped.connect(self._on_results_dropped)
        self._enable()

    def _add_folders(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        grid.setColumnStretch(0, 1)
        for row, (kind, path) in enumerate(folders().items()):
            words = QVBoxLayout()
            words.setSpacing(1)
            words.addWidget(label(paths.folder_name(kind)))
            where = ElidedLabel(displayable(path))
            where.setProperty("muted", True)
            where.setToolTip(plain_tip(displayable(path)))
            words.addWidget(where)
            size = label(muted=True)
            size.setWordWrap(False)
            size.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            opener = QPushButton(tr("Open folder"))
            opener.setAccessibleName(tr("Open the folder of: {what}", what=paths.folder_name(kind)))
            opener.clicked.connect(lambda _checked=False, path=path: self._open(path))
            grid.addLayout(words, row, 0)
            grid.addWidget(size, row, 1)
            grid.addWidget(opener, row, 2)
            self._sizes[kind], self._openers[kind] = size, opener
        holder = QWidget()
        holder.setLayout(grid)
        grid.setContentsMargins(0, 10, 0, 0)
        self.add(holder)

    # -- requests --------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.measure()

    def measure(self) -> None:
        """Measure the folders again."""
        for size in self._sizes.values():
            size.setText(tr("Looking …"))
        self._worker.submit("measure")

    def _open(self, path: Path) -> None:
        if not file_manager.show_folder(path):
            self.message.emit(tr("The file manager could not be opened."))

    def _ask_to_forget(self) -> None:
        box = MessageBox(self)
        box.setWindowTitle(tr("Forget all results?"))
        box.setIcon(MessageBox.Icon.Warning)
        box.setText(tr("What all models made of all your files is deleted."))
        box.setInformativeText(
            tr(
                "{n} of the list are without a genre then until they are listened to anew. "
                "Genres that you set by hand stay. Edit > Undo brings everything back until the window is closed.",
                n=formatting.count_tracks(self._session.tracks.counts[State.DONE]),
            )
        )
        do_it = box.addButton(tr("&Forget"), MessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(MessageBox.StandardButton.Cancel))
        do_it.clicked.connect(self._session.drop_all_results)
        box.finished.connect(box.deleteLater)
        box.open()

    # -- results ---------------------------------------------------------------------------

    def _show(self, usages: tuple[Usage, ...]) -> None:
        for usage in usages:
            if usage.n_files:
                text = QLocale().formattedDataSize(usage.n_bytes, 1)
            else:
                text = tr("empty") if usage.exists else tr("not there yet")
            self._sizes[usage.kind].setText(text)
            self._openers[usage.kind].setEnabled(usage.exists)
            if usage.kind == "cache":
                self.clear.setEnabled(usage.n_files > 0)

    def _show_error(self, error: GenreDesktopError) -> None:
        self.message.emit(error_message(error))
        # Part of the cache may be deleted. Not after every error: a failing measurement would repeat without end.
        if isinstance(error, StorageError):
            self._worker.submit("measure")

    def _on_results_dropped(self, dropped: AllResultsDropped) -> None:
        if dropped.problem is not None:
            self.message.emit(error_message(dropped.problem))
        elif self.isVisible():
            self._worker.submit("measure")

    def _enable(self) -> None:
        can_forget = not self._session.is_busy
        self.forget.setEnabled(can_forget)
        self.state.setText("" if can_forget else tr("Results can be forgotten when no run is under way."))
        set_style_flags(self.state, muted=True)


def _run_storage_task(request: str, context: TaskContext) -> tuple[Usage, ...]:
    if request == "clear":
        clear_cache()
    return measure(context.is_cancelled)
