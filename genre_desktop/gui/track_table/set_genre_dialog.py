"""A genre that a person gives to tracks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from genre_desktop.core.i18n import tr
from genre_desktop.gui.text import prediction_text
from genre_desktop.gui.widgets.dialog import Dialog
from genre_desktop.gui.widgets.labels import label
from genre_desktop.gui.widgets.theme import Colours
from genre_desktop.model.genre_colours import genre_colour

_LONGEST = 80
_CHIP = 12
_GENRE = Qt.ItemDataRole.UserRole


class SetGenreDialog(Dialog):
    """A line to write a genre in, and below it those that are known.

    Parameters
    ----------
    subject : str
        What the genre is for: a name, or how many tracks.
    genres : iterable of str
        Known ones: the model's and those given by hand before.
    current : sequence of str
        Those that the tracks have now, if any.
    has_by_hand : bool
        Whether there is one to take back.
    """

    chosen = Signal(object)  # a genre, or None for what the model says

    def __init__(
        self,
        subject: str,
        genres: Iterable[str],
        current: Sequence[str],
        has_by_hand: bool,
        colours: Colours,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Set genre by hand"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.line = QLineEdit()
        self.line.setMaxLength(_LONGEST)
        self.line.setAccessibleName(tr("Genre"))
        self.line.setPlaceholderText(tr("Choose below, or write any genre"))
        self.list = QListWidget()
        self.list.setObjectName("choices")
        self.list.setAccessibleName(tr("Known genres"))
        for genre in genres:
            item = QListWidgetItem(_chip(genre, colours), prediction_text.genre_title(genre), self.list)
            item.setData(_GENRE, genre)

        buttons = QDialogButtonBox()
        self.set_button = QPushButton(tr("&Set genre"))
        self.set_button.setProperty("primary", True)
        self.model_button = QPushButton(tr("As the &model says"))
        self.model_button.setEnabled(has_by_hand)
        buttons.addButton(self.model_button, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self.set_button, QDialogButtonBox.ButtonRole.AcceptRole)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 18, 18, 14)
        layout.setSpacing(10)
        layout.addWidget(label(subject, bold=True))
        layout.addWidget(label(tr("It goes before what any model says, in the list and in exports."), muted=True))
        layout.addWidget(self.line)
        layout.addWidget(self.list, 1)
        layout.addWidget(buttons)
        self.model_button.setAutoDefault(False)
        self.set_button.setDefault(True)  # once it is in the dialog; before, it says nothing
        self.resize(400, 470)

        self.line.textEdited.connect(self._follow_text)
        self.list.currentItemChanged.connect(lambda item, _before: self._take(item))
        self.list.itemActivated.connect(lambda _item: self._set())
        self.set_button.clicked.connect(self._set)
        self.model_button.clicked.connect(self._take_back)
        buttons.rejected.connect(self.reject)
        if len(set(current)) == 1:
            self.line.setText(prediction_text.genre_title(current[0]))
            self._follow_text(self.line.text())
        self.line.selectAll()
        self.line.setFocus()
        self._enable()

    def genre(self) -> str:
        """What would be set: a known genre under its own name, otherwise what was written."""
        text = " ".join(self.line.text().split())
        item = self._item_called(text)
        return text if item is None else str(item.data(_GENRE))

    def _item_called(self, text: str) -> QListWidgetItem | None:
        wanted = text.casefold()
        items = (self.list.item(row) for row in range(self.list.count()))
        return next(
            (item for item in items if wanted in (item.text().casefold(), str(item.data(_GENRE)).casefold())), None
        )

    def _follow_text(self, text: str) -> None:
        """Mark the genre that is written; the list must not write back while one writes."""
        self.list.blockSignals(True)
        self.list.setCurrentItem(self._item_called(" ".join(text.split())))  # type: ignore[arg-type]
        self.list.blockSignals(False)
        self._enable()

    def _take(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.line.setText(item.text())
        self._enable()

    def _enable(self) -> None:
        self.set_button.setEnabled(bool(self.genre()))

    def _set(self) -> None:
        if self.genre():
            self.chosen.emit(self.genre())
            self.accept()

    def _take_back(self) -> None:
        self.chosen.emit(None)
        self.accept()


def _chip(genre: str, colours: Colours) -> QIcon:
    pixmap = QPixmap(_CHIP + 4, _CHIP + 2)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(colours.outline), 1))
    painter.setBrush(QColor(genre_colour(genre)))
    painter.drawRoundedRect(1, 1, _CHIP - 1, _CHIP - 1, 3, 3)
    painter.end()
    return QIcon(pixmap)
