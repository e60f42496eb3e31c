"""What went wrong inside the program, and what can be done with that."""

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
"""Gives the text of diagnostics, with names of files or without."""


class CrashDialog(Dialog):
    """Says it in a sentence; the details are folded away, and are what is copied.

    Parameters
    ----------
    title : str
    sentences : iterable of str
        What happened and what is to be done, a paragraph each.
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
        icon = self.style().standardIcon(QStyle.StandardPixmap.SP_MessageBoxWarning)
        texts = QVBoxLayout()
        texts.setSpacing(8)
        texts.addWidget(label(title, scale=1.25, bold=True))
        for sentence in sentences:
            texts.addWidget(label(sentence))
        self.cause = label(cause, muted=True)
        self.cause.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.cause.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.cause.setVisible(bool(cause))
        self.repeated = label(muted=True)
        self.repeated.hide()
        texts.addWidget(self.cause)
        texts.addWidget(self.repeated)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(icon_label(icon, 40))
        head.addLayout(texts, 1)

        self.fold = QToolButton(autoRaise=True)
        self.fold.setText(tr("&Details"))
        self.fold.setCheckable(True)
        self.fold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.fold.setArrowType(Qt.ArrowType.RightArrow)
        self.fold.toggled.connect(self._unfold)
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
        self.with_names.toggled.connect(self._fill)
        self.with_names.hide()

        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy = QPushButton(tr("&Copy diagnostics"))
        self.log = QPushButton(tr("&Open log"))
        for button in (self.copy, self.log):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
            button.setAutoDefault(False)
        buttons.button(QDialogButtonBox.StandardButton.Close).setDefault(True)
        self.copy.clicked.connect(self._copy)
        self.log.clicked.connect(open_log)
        buttons.rejected.connect(self.close)

        layout = QVBoxLayout(self)
        layout.setContentsMargins(22, 20, 22, 14)
        layout.setSpacing(10)
        layout.addLayout(head)
        layout.addWidget(self.fold)
        layout.addWidget(self.details, 1)
        layout.addWidget(self.with_names)
        layout.addStretch(0)
        layout.addWidget(buttons)
        self.fit_content(_WIDTH)
        buttons.button(QDialogButtonBox.StandardButton.Close).setFocus()

    def count(self, n_more: int) -> None:
        """Say that it goes on happening."""
        self.repeated.setText(
            tr("It has happened once more since.")
            if n_more == 1
            else tr("It has happened {n} times more since.", n=numeral(n_more, ","))
        )
        if self.repeated.isHidden():
            self.repeated.show()
            self.fit_content(self.width())

    def _unfold(self, is_open: bool) -> None:
        self.fold.setArrowType(Qt.ArrowType.DownArrow if is_open else Qt.ArrowType.RightArrow)
        if is_open:
            self._fill()
        self.details.setVisible(is_open)
        self.with_names.setVisible(is_open)
        self.fit_content(_DETAILS_WIDTH if is_open else _WIDTH)

    def _fill(self) -> None:
        self.details.setPlainText(self._make_report(self.with_names.isChecked()))

    def _copy(self) -> None:
        # What is on the screen is what is copied.
        if self.details.isHidden():
            self._fill()
        QGuiApplication.clipboard().setText(self.details.toPlainText())
        self.copy.setText(tr("Copied"))
