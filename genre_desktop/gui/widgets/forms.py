"""Pages of choices: headings, rows with a control each, and dialogs made of such pages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QSizePolicy,
    QStackedWidget,
    QStyle,
    QStyleOptionButton,
    QVBoxLayout,
    QWidget,
)

from genre_desktop.gui.text.display import displayable, plain_tip
from genre_desktop.gui.widgets.dialogs import Dialog
from genre_desktop.gui.widgets.labels import PlainLabel, label

_CONTROL_LETTERS = 27
_FEWEST_LETTERS = 10
_INDENT = 27
_BESIDE, _BELOW = 24, 6


class KeyedComboBox(QComboBox):
    """One of several, each known by its key."""

    chosen = Signal(object)  # its key; only when a person chose it

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(_CONTROL_LETTERS)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.activated.connect(lambda row: self.chosen.emit(self.itemData(row)))

    def offer(self, entries: Sequence[tuple[Any, str]], current: Any) -> None:
        """Show these keys and texts, one of them chosen; the list is left alone where it is the same, open or not."""
        known = [(self.itemData(row), self.itemText(row)) for row in range(self.count())]
        wanted = [(key, displayable(text)) for key, text in entries]
        if known != wanted:
            self.clear()
            for key, text in wanted:
                self.addItem(text, key)
                self.setItemData(self.count() - 1, plain_tip(text), Qt.ItemDataRole.ToolTipRole)
        keys = [key for key, _ in wanted]
        self.setCurrentIndex(keys.index(current) if current in keys else -1)

    def choose(self, key: Any) -> None:
        """Choose as a person would."""
        row = next(row for row in range(self.count()) if self.itemData(row) == key)
        self.setCurrentIndex(row)
        self.activated.emit(row)

    def key(self) -> Any:
        """Key of what is shown."""
        return self.currentData()

    def minimumSizeHint(self) -> QSize:
        letters = min(_FEWEST_LETTERS, self.minimumContentsLength())
        spare = (self.minimumContentsLength() - letters) * self.fontMetrics().horizontalAdvance("X")  # as Qt counts
        return super().minimumSizeHint() - QSize(spare, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        # The page is to scroll, and no choice to be changed in passing.
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        group = self.palette().currentColorGroup()
        painter.setPen(QPen(self.palette().color(group, self.foregroundRole()), 1.5))
        x, y = self.width() - 17.0, self.height() / 2 - 1.5
        painter.drawPolyline(QPolygonF([QPointF(x - 4, y), QPointF(x, y + 4), QPointF(x + 4, y)]))


class ThemedCheckBox(QCheckBox):
    """A check box whose frame is seen on dark ground too."""

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setObjectName("tick")  # the style sheet has its box

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = QRectF(self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.isChecked():
            ink = self.palette().highlightedText().color()
            painter.setPen(QPen(ink, 1.8, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
            x, y = box.center().x(), box.center().y()
            painter.drawPolyline(QPolygonF([QPointF(x - 3.5, y), QPointF(x - 1, y + 3), QPointF(x + 4, y - 3)]))
        if self.hasFocus():
            painter.setPen(QPen(self.palette().accent().color(), 1))
            painter.drawRoundedRect(box.adjusted(-2.5, -2.5, 2.5, 2.5), 5, 5)


class Page(QWidget):
    """Rows of choices under headings."""

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = title
        self._pairs: list[QBoxLayout] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(4, 0, 14, 8)
        self._rows.setSpacing(4)
        self._rows.addWidget(label(title, scale=1.35, bold=True))
        self._rows.addStretch(1)

    def _add(self, thing: QWidget | QBoxLayout) -> None:
        at = self._rows.count() - 1
        if isinstance(thing, QWidget):
            self._rows.insertWidget(at, thing)
        else:
            self._rows.insertLayout(at, thing)

    def space(self, height: int = 12) -> None:
        """Leave a gap."""
        self._rows.insertSpacing(self._rows.count() - 1, height)

    def heading(self, text: str) -> None:
        """Begin a group."""
        self.space(16)
        self._add(label(text, bold=True))

    def row(self, text: str, control: QWidget, told: str = "") -> PlainLabel:
        """A name on the left, with a sentence below it, and the control on the right; gives the sentence's label."""
        self.space(8)
        name, below = label(text), label(told, muted=True)
        name.setBuddy(control)
        below.setVisible(bool(told))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(name)
        words.addWidget(below)
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.addLayout(words, 1)
        row.addWidget(control, 0, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._add(row)
        self._pairs.append(row)
        self._turn(row)
        return below

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for row in self._pairs:
            self._turn(row)

    def _turn(self, row: QBoxLayout) -> None:
        """Put a control below its words where beside it they would have little more than half the room it has."""
        control = row.itemAt(1)
        assert control is not None
        is_narrow = self.width() < 1.6 * control.sizeHint().width() + _BESIDE
        row.setDirection(QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight)
        row.setSpacing(_BELOW if is_narrow else _BESIDE)

    def check(self, text: str, told: str) -> QCheckBox:
        """Something that is or is not, with a sentence below it."""
        self.space(8)
        box = ThemedCheckBox(text)
        box.setAccessibleDescription(told)
        self._add(box)
        below = label(told, muted=True)
        below.setContentsMargins(_INDENT, 0, 0, 0)
        self._add(below)
        return box

    def note(self, text: str = "", *, muted: bool = True) -> PlainLabel:
        """A sentence of its own."""
        made = label(text, muted=muted)
        self._add(made)
        return made

    def add(self, thing: QWidget | QBoxLayout) -> None:
        """Anything else."""
        self._add(thing)


class PagesDialog(Dialog):
    """Names of pages on the left, one of the pages on the right."""

    def __init__(self, title: str, pages: Iterable[tuple[str, QWidget]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.list = QListWidget()
        self.list.setObjectName("choices")
        self.list.setAccessibleName(title)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.stack = QStackedWidget()
        for name, page in pages:
            self.list.addItem(name)
            self.stack.addWidget(page)
        self.list.setFixedWidth(max(150, self.list.sizeHintForColumn(0) + 24))
        for row in range(self.list.count()):
            self.list.item(row).setSizeHint(QSize(0, self.list.fontMetrics().height() + 14))
        self.list.currentRowChanged.connect(self.stack.setCurrentIndex)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.rejected.connect(self.reject)
        self.message = label()
        self.message.setProperty("problem", True)
        self.message.hide()
        middle = QHBoxLayout()
        middle.setSpacing(20)
        middle.addWidget(self.list)
        middle.addWidget(self.stack, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 18, 18, 14)
        layout.setSpacing(12)
        layout.addLayout(middle, 1)
        layout.addWidget(self.message)
        layout.addWidget(self.buttons)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def tell(self, text: str) -> None:
        """Say what went wrong; nothing takes it back."""
        self.message.setText(text)
        self.message.setVisible(bool(text))


def show_and_raise(dialog: QDialog) -> None:
    """Show a window beside the work, in front of the others."""
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
