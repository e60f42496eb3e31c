"""The log, to be read by a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QGuiApplication, QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from genre_desktop.core.crash_log import crash_log
from genre_desktop.core.errors import GenreDesktopError, InternalError
from genre_desktop.core.i18n import numeral, tr
from genre_desktop.core.log import log_file
from genre_desktop.core.log_reader import LEVELS, LogEntry, LogReader, chosen
from genre_desktop.gui.help.log_model import LogModel, level_name
from genre_desktop.gui.text.display import displayable, displayable_lines, error_message, plain_tip
from genre_desktop.gui.widgets import file_manager
from genre_desktop.gui.widgets.check_box import ThemedCheckBox
from genre_desktop.gui.widgets.combo_box import KeyedComboBox
from genre_desktop.gui.widgets.dialog import Dialog
from genre_desktop.gui.widgets.labels import ElidedLabel, label, set_style_flags
from genre_desktop.gui.widgets.table_style import style_table_view
from genre_desktop.gui.widgets.theme import ThemeSwitch, fixed_font
from genre_desktop.gui.workers.worker import TaskContext, Worker

_LOOK_MS = 1000
_SIZE = (1060, 680)


@dataclass(frozen=True)
class _Look:
    """Read what is new of a log, and choose from it."""

    is_of_crashes: bool
    level: str
    text: str


@dataclass(frozen=True)
class _Seen:
    """What a look gave."""

    asked: _Look
    entries: tuple[LogEntry, ...]
    n_all: int
    is_cut: bool


class _Reading:
    """Work of the log's worker."""

    def __init__(self) -> None:
        self._readers = {False: LogReader(), True: LogReader(crash_log())}
        self._last: tuple[_Look, tuple[LogEntry, ...], _Seen] | None = None

    def __call__(self, look: _Look, _report: TaskContext) -> _Seen:
        reader = self._readers[look.is_of_crashes]
        try:
            entries = reader.read()
        except OSError as error:
            told = tr("{path} cannot be read ({reason})", path=displayable(reader.path), reason=error.strerror or error)
            raise InternalError(reason=told) from error
        if self._last is not None and self._last[0] == look and self._last[1] is entries:
            return self._last[2]
        seen = _Seen(look, chosen(entries, look.level, look.text), len(entries), reader.is_cut)
        self._last = (look, entries, seen)
        return seen


class LogWindow(Dialog):
    """Shows the log beside the window and follows it; a worker reads and chooses.

    Attributes
    ----------
    worker : Worker
        To be shut down with the window.
    """

    message = Signal(str)

    def __init__(self, themes: ThemeSwitch, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Log"))
        self.worker = Worker("log", _Reading(), self)
        self.worker.succeeded.connect(self._show)
        self.worker.failed.connect(self._fail)
        self.which = KeyedComboBox(tr("Which log"))
        self.which.setMinimumContentsLength(14)
        self.which.set_entries(((False, tr("The program")), (True, tr("Crashes"))), False)
        self.level = KeyedComboBox(tr("Kinds of messages"))
        self.level.setMinimumContentsLength(20)
        self.level.set_entries(
            [
                (
                    level,
                    tr("Everything")
                    if level == LEVELS[0]
                    else tr("{level} and worse", level=level_name(level))
                    if level != LEVELS[-1]
                    else level_name(level),
                )
                for level in LEVELS
            ],
            LEVELS[0],
        )
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Filter by words"))
        self.filter.setAccessibleName(tr("Filter by words"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setMinimumWidth(self.filter.fontMetrics().averageCharWidth() * 10)
        self.follow = ThemedCheckBox(tr("&Follow new messages"))
        self.follow.setChecked(True)
        self.model = LogModel(themes.colours, self)
        self.table = _table(self.model)
        self.detail = QPlainTextEdit(readOnly=True)
        self.detail.setObjectName("page")
        self.detail.setFont(fixed_font(0.95))
        self.detail.setAccessibleName(tr("The whole message"))
        self.detail.setPlaceholderText(tr("Select a message to see all of it."))
        self.nothing = label(muted=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.state = ElidedLabel()
        self.state.setProperty("muted", True)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy = self._add_button(tr("Cop&y all"), self._copy)
        self.reveal = self._add_button(tr("Show in file &manager"), self._reveal)
        self._lay_out()

        self.which.chosen.connect(lambda _key: self._look())
        self.level.chosen.connect(lambda _key: self._look())
        self.filter.textChanged.connect(lambda _text: self._look())
        self.follow.toggled.connect(lambda is_on: self._look() if is_on else None)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_detail())
        self.model.modelReset.connect(self._show_detail)
        self.buttons.rejected.connect(self.reject)
        themes.changed.connect(self.model.set_colours)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.table, self._copy).setContext(
            Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.filter.setFocus)
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(self._look_if_following)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.which)
        top.addWidget(self.level)
        top.addWidget(self.filter, 1)
        top.addWidget(self.follow)
        self._pages = QStackedWidget()
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.nothing)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self._pages)
        split.addWidget(self.detail)
        split.setStretchFactor(0, 4)
        split.setStretchFactor(1, 1)
        split.setSizes([440, 130])
        split.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(10)
        layout.addLayout(top)
        layout.addWidget(split, 1)
        layout.addWidget(self.state)
        layout.addWidget(self.buttons)
        self.resize(*_SIZE)

    def _add_button(self, text: str, slot: Any) -> QPushButton:
        button = self.buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button

    # -- reading ---------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._timer.stop()
        super().closeEvent(event)

    def _look_if_following(self) -> None:
        if self.follow.isChecked() and not self.worker.busy:
            self._look()

    def _wanted(self) -> _Look:
        return _Look(bool(self.which.key()), str(self.level.key()), self.filter.text())

    def _look(self) -> None:
        self.worker.cancel()  # of what was chosen before
        self.worker.submit(self._wanted())

    # -- showing ---------------------------------------------------------------------------

    def _show(self, seen: _Seen) -> None:
        is_new = seen.entries is not self.model.entries
        was_at_end = self._is_at_end()
        self.model.show_entries(seen.entries)
        self._pages.setCurrentWidget(self.table if seen.entries else self.nothing)
        if seen.n_all:
            self.nothing.setText(tr("No message fits the filter."))
        elif seen.asked.is_of_crashes:
            self.nothing.setText(tr("The program has never crashed here."))
        else:
            self.nothing.setText(tr("Nothing has been logged yet."))
        told = tr("{n} of {all} messages", n=numeral(len(seen.entries), ","), all=numeral(seen.n_all, ","))
        if seen.is_cut:
            told = tr("{told}; older ones are left out", told=told)
        self._tell(f"{told}    {displayable(self._file())}")
        if is_new and was_at_end and self.follow.isChecked():
            self.table.scrollToBottom()
        self._name_buttons()

    def _is_at_end(self) -> bool:
        bar = self.table.verticalScrollBar()
        return not self.model.entries or bar.value() >= bar.maximum()

    def _fail(self, error: GenreDesktopError) -> None:
        self.follow.setChecked(False)  # each failure is logged
        self._tell(error_message(error), is_problem=True)

    def _tell(self, text: str, *, is_problem: bool = False) -> None:
        if text != self.state.text():
            self.state.setText(text)
            self.state.setToolTip(plain_tip(text))
            set_style_flags(self.state, problem=is_problem, muted=not is_problem)

    def _show_detail(self) -> None:
        chosen_ = self._selected()
        self.detail.setPlainText("\n".join(displayable_lines(entry.as_line()) for entry in chosen_[:20]))
        self._name_buttons()

    def _name_buttons(self) -> None:
        self.copy.setText(tr("Cop&y selected") if self._selected() else tr("Cop&y all"))
        self.copy.setEnabled(bool(self.model.entries))
        self.reveal.setEnabled(bool(self.model.entries))

    def _selected(self) -> list[LogEntry]:
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.model.entries[row] for row in rows]

    # -- what can be done with it ----------------------------------------------------------

    def _file(self) -> Any:
        return crash_log() if self.which.key() else log_file()

    def _copy(self) -> None:
        entries = self._selected() or self.model.entries
        QGuiApplication.clipboard().setText("\n".join(entry.as_line() for entry in entries))

    def _reveal(self) -> None:
        file_manager.reveal_or_report(self._file(), lambda text: self._tell(text, is_problem=True))


def _table(model: LogModel) -> QTableView:
    view = style_table_view(tr("Log"), model, stretched=model.columnCount() - 1, letters={2: 20})
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.verticalHeader().setDefaultSectionSize(view.fontMetrics().height() + 8)
    header = view.horizontalHeader()
    metrics = view.fontMetrics()
    header.resizeSection(0, metrics.horizontalAdvance("0000-00-00 00:00:00") + 28)
    widest = max(metrics.horizontalAdvance(f"✕✕ {level_name(level)}") for level in LEVELS)
    header.resizeSection(1, widest + 28)
    return view
