"""The window of the log."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
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
from genre_desktop.core.errors import GenreDesktopError
from genre_desktop.core.i18n import numeral, tr
from genre_desktop.core.log import log_file
from genre_desktop.core.log_reader import LEVELS, LogEntry
from genre_desktop.gui.help.log_model import LogModel, level_name
from genre_desktop.gui.help.log_task import LogAnswer, LogRequest, LogTask
from genre_desktop.gui.text.display import displayable, displayable_lines, error_message, plain_tip
from genre_desktop.gui.widgets import file_manager
from genre_desktop.gui.widgets.check_box import ThemedCheckBox
from genre_desktop.gui.widgets.combo_box import KeyedComboBox
from genre_desktop.gui.widgets.dialog import Dialog
from genre_desktop.gui.widgets.labels import ElidedLabel, label, set_style_flags
from genre_desktop.gui.widgets.table_style import style_table_view
from genre_desktop.gui.widgets.theme import ThemeSwitch, fixed_font
from genre_desktop.gui.workers.worker import Worker

_REFRESH_MS = 1000
_SIZE = (1060, 680)


class LogWindow(Dialog):
    """Shows the log beside the main window and follows it; a worker reads and filters it.

    Parameters
    ----------
    themes : ThemeSwitch
    parent : QWidget

    Attributes
    ----------
    worker : Worker
        Must be shut down with the window.
    """

    def __init__(self, themes: ThemeSwitch, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Log"))
        self.worker = Worker("log", LogTask(), self)
        self.worker.succeeded.connect(self._show)
        self.worker.failed.connect(self._show_error)
        self._make_filter()
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
        self._timer = QTimer(self, interval=_REFRESH_MS)
        self._connect(themes)

    def _make_filter(self) -> None:
        self.which = KeyedComboBox(tr("Which log"))
        self.which.setMinimumContentsLength(14)
        self.which.set_entries(((False, tr("The program")), (True, tr("Crashes"))), False)
        self.level = KeyedComboBox(tr("Kinds of messages"))
        self.level.setMinimumContentsLength(20)
        self.level.set_entries([(level, _level_choice(level)) for level in LEVELS], LEVELS[0])
        self.filter = QLineEdit()
        self.filter.setPlaceholderText(tr("Filter by words"))
        self.filter.setAccessibleName(tr("Filter by words"))
        self.filter.setClearButtonEnabled(True)
        self.filter.setMinimumWidth(self.filter.fontMetrics().averageCharWidth() * 10)
        self.follow = ThemedCheckBox(tr("&Follow new messages"))
        self.follow.setChecked(True)

    def _connect(self, themes: ThemeSwitch) -> None:
        self.which.chosen.connect(lambda _key: self._refresh())
        self.level.chosen.connect(lambda _key: self._refresh())
        self.filter.textChanged.connect(lambda _text: self._refresh())
        self.follow.toggled.connect(lambda is_on: self._refresh() if is_on else None)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._show_detail())
        self.model.modelReset.connect(self._show_detail)
        self.buttons.rejected.connect(self.reject)
        themes.changed.connect(self.model.set_colours)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self.table, self._copy).setContext(
            Qt.ShortcutContext.WidgetWithChildrenShortcut
        )
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.filter.setFocus)
        self._timer.timeout.connect(self._refresh_if_following)

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
        self._refresh()
        self._timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._timer.stop()
        super().closeEvent(event)

    def _refresh_if_following(self) -> None:
        if self.follow.isChecked() and not self.worker.busy:
            self._refresh()

    def _refresh(self) -> None:
        self.worker.cancel()  # a request with the filter of before
        self.worker.submit(LogRequest(bool(self.which.key()), str(self.level.key()), self.filter.text()))

    # -- showing ---------------------------------------------------------------------------

    def _show(self, answer: LogAnswer) -> None:
        is_new = answer.entries is not self.model.entries
        was_at_end = self._is_at_end()
        self.model.show_entries(answer.entries)
        self._pages.setCurrentWidget(self.table if answer.entries else self.nothing)
        if answer.n_all:
            self.nothing.setText(tr("No message fits the filter."))
        elif answer.request.is_crash_log:
            self.nothing.setText(tr("The program has never crashed here."))
        else:
            self.nothing.setText(tr("Nothing has been logged yet."))
        count = tr("{n} of {all} messages", n=numeral(len(answer.entries), ","), all=numeral(answer.n_all, ","))
        if answer.is_cut:
            count = tr("{told}; older ones are left out", told=count)
        self._show_state(f"{count}    {displayable(self._file())}")
        if is_new and was_at_end and self.follow.isChecked():
            self.table.scrollToBottom()
        self._update_buttons()

    def _is_at_end(self) -> bool:
        bar = self.table.verticalScrollBar()
        return not self.model.entries or bar.value() >= bar.maximum()

    def _show_error(self, error: GenreDesktopError) -> None:
        self.follow.setChecked(False)  # a failure is logged, which would be a new message to follow
        self._show_state(error_message(error), is_problem=True)

    def _show_state(self, text: str, *, is_problem: bool = False) -> None:
        if text != self.state.text():
            self.state.setText(text)
            self.state.setToolTip(plain_tip(text))
            set_style_flags(self.state, problem=is_problem, muted=not is_problem)

    def _show_detail(self) -> None:
        selected = self._selected()
        self.detail.setPlainText("\n".join(displayable_lines(entry.as_line()) for entry in selected[:20]))
        self._update_buttons()

    def _update_buttons(self) -> None:
        self.copy.setText(tr("Cop&y selected") if self._selected() else tr("Cop&y all"))
        self.copy.setEnabled(bool(self.model.entries))
        self.reveal.setEnabled(bool(self.model.entries))

    def _selected(self) -> list[LogEntry]:
        rows = sorted(index.row() for index in self.table.selectionModel().selectedRows())
        return [self.model.entries[row] for row in rows]

    # -- commands --------------------------------------------------------------------------

    def _file(self) -> Any:
        return crash_log() if self.which.key() else log_file()

    def _copy(self) -> None:
        entries = self._selected() or self.model.entries
        QGuiApplication.clipboard().setText("\n".join(entry.as_line() for entry in entries))

    def _reveal(self) -> None:
        file_manager.reveal_or_report(self._file(), lambda text: self._show_state(text, is_problem=True))


def _level_choice(level: str) -> str:
    if level == LEVELS[0]:
        return tr("Everything")
    return level_name(level) if level == LEVELS[-1] else tr("{level} and worse", level=level_name(level))


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
