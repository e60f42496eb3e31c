"""The dialog about an error inside the program."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QStyle,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from genre_desktop.core.i18n import numeral, tr
from genre_desktop.gui.widgets.check_box import ThemedCheckBox
from genre_desktop.gui.widgets.dialog import Dialog
from genre_desktop.gui.widgets.labels import icon_label, label

_WIDTH = 560
_DETAILS_WIDTH, _DETAILS_HEIGHT = 820, 300

MakeReport = Callable[[bool], str]
"""Gives the text of the report, with names of files (True) or without."""


class CrashDialog(Dialog):
    """A dialog about an error inside the program: a sentence, and a report that can be unfolded and copied.

    Parameters
    ----------
    title : str
    sentences : iterable of str
        What happened and what the user can do, a paragraph each.
    cause : str
        The error as the program names it; may be empty.
    make_report : callable
    open_log : callable
    parent : QWidget
    """

    def __init__(
        self,
        title: str,
        sentences: Iterable[str],
        cause: str,
        make_report: MakeReport,
        open_log: Callable[[], None],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._make_report = make_report
        self.setWindowTitle(tr("Genre Desktop"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 20, 22, 14)
        layout.setSpacing(10)
        layout.addLayout(self._make_message(title, sentences, cause))
        self._add_details(layout)
        layout.addStretch(0)
        self._add_buttons(layout, open_log)

    def _make_message(self, title: str, sentences: Iterable[str], cause: str) -> QHBoxLayout:
        texts = QVBoxLayout()
        texts.setSpacing(8)
        texts.addWidget(label(title, scale=1.25, bold=True))
        for sentence in sentences:
            texts.addWidget(label(sentence))
        self.cause = label(cause, muted=True)
        self.cause.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.cause.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.cause.setVisible(bool(cause))
        self.repeats = label(muted=True)
        self.repeats.hide()
        texts.addWidget(self.cause)
        texts.addWidget(self.repeats)
        message = QHBoxLayout()
        message.setSpacing(16)
        message.addWidget(icon_label(self.style().standardIcon(QStyle.StandardPixmap.SP_MessageBoxWarning), 40))
        message.addLayout(texts, 1)
        return message

    def _add_details(self, layout: QVBoxLayout) -> None:
        self.details_button = QToolButton(autoRaise=True)
        self.details_button.setText(tr("&Details"))
        self.details_button.setCheckable(True)
        self.details_button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.details_button.setArrowType(Qt.ArrowType.RightArrow)
        self.details_button.toggled.connect(self._show_details)
        self.details = QPlainTextEdit(readOnly=True)
        self.details.setObjectName("report")
        self.details.setAccessibleName(tr("What is copied"))
        self.details.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.details.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.details.setTabChangesFocus(True)
        self.details.setMinimumHeight(_DETAILS_HEIGHT)
        self.details.hide()
        self.with_names = ThemedCheckBox(tr("With &names of files and folders"))
        self.with_names.setToolTip(
            tr("Otherwise paths and names of sound files are left out. Look through it before you pass it on.")
        )
        self.with_names.toggled.connect(self._fill_details)
        self.with_names.hide()
        layout.addWidget(self.details_button)
        layout.addWidget(self.details, 1)
        layout.addWidget(self.with_names)

    def _add_buttons(self, layout: QVBoxLayout, open_log: Callable[[], None]) -> None:
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = QPushButton(tr("&Copy diagnostics"))
        self.log_button = QPushButton(tr("&Open log"))
        for button in (self.copy_button, self.log_button):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
            button.setAutoDefault(False)
        close = buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setDefault(True)
        self.copy_button.clicked.connect(self._copy_report)
        self.log_button.clicked.connect(open_log)
        buttons.rejected.connect(self.close)
        layout.addWidget(buttons)
        self.fit_content(_WIDTH)
        close.setFocus()

    def show_repeats(self, n_repeats: int) -> None:
        """Show how often the same error has happened since the dialog was opened."""
        self.repeats.setText(
            tr("It has happened once more since.")
            if n_repeats == 1
            else tr("It has happened {n} times more since.", n=numeral(n_repeats, ","))
        )
        if self.repeats.isHidden():
            self.repeats.show()
            self.fit_content(self.width())

    def _show_details(self, is_shown: bool) -> None:
        self.details_button.setArrowType(Qt.ArrowType.DownArrow if is_shown else Qt.ArrowType.RightArrow)
        if is_shown:
            self._fill_details()
        self.details.setVisible(is_shown)
        self.with_names.setVisible(is_shown)
        self.fit_content(_DETAILS_WIDTH if is_shown else _WIDTH)

    def _fill_details(self) -> None:
        self.details.setPlainText(self._make_report(self.with_names.isChecked()))

    def _copy_report(self) -> None:
        # The text that is shown is the text that is copied.
        if self.details.isHidden():
            self._fill_details()
        QGuiApplication.clipboard().setText(self.details.toPlainText())
        self.copy_button.setText(tr("Copied"))
