"""The dialog for setting the genre of tracks by hand."""

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

_MAX_LENGTH = 80
_CHIP = 12
_GENRE = Qt.ItemDataRole.UserRole


class SetGenreDialog(Dialog):
    """A line to type a genre in, and a list of known genres.

    Parameters
    ----------
    subject : str
        Name of the track, or how many tracks.
    genres : iterable of str
        Known genres: those of the model and those set by hand before.
    current : sequence of str
        Genres that the tracks have now.
    has_by_hand : bool
        Whether a genre set by hand can be removed.
    """

    chosen = Signal(object)  # a genre; None removes the one set by hand

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
        self.line.setMaxLength(_MAX_LENGTH)
        self.line.setAccessibleName(tr("Genre"))
        self.line.setPlaceholderText(tr("Choose below, or write any genre"))
        self.list = QListWidget()
        self.list.setObjectName("choices")
        self.list.setAccessibleName(tr("Known genres"))
        for genre in genres:
            item = QListWidgetItem(_chip(genre, colours), prediction_text.genre_title(genre), self.list)
            item.setData(_GENRE, genre)

        self.set_button = QPushButton(tr("&Set genre"))
        self.set_button.setProperty("primary", True)
        self.model_button = QPushButton(tr("As the &model says"))
        self.model_button.setEnabled(has_by_hand)
        self._lay_out(subject)
        self._connect()
        if len(set(current)) == 1:
            self.line.setText(prediction_text.genre_title(current[0]))
            self._select_typed(self.line.text())
        self.line.selectAll()
        self.line.setFocus()
        self._update_button()

    def _lay_out(self, subject: str) -> None:
        buttons = QDialogButtonBox()
        buttons.addButton(self.model_button, QDialogButtonBox.ButtonRole.ResetRole)
        buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        buttons.addButton(self.set_button, QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 18, 18, 14)
        layout.setSpacing(10)
        layout.addWidget(label(subject, bold=True))
        layout.addWidget(label(tr("It goes before what any model says, in the list and in exports."), muted=True))
        layout.addWidget(self.line)
        layout.addWidget(self.list, 1)
        layout.addWidget(buttons)
        self.model_button.setAutoDefault(False)
        self.set_button.setDefault(True)  # has an effect only once the button is in the dialog
        self.resize(400, 470)

    def _connect(self) -> None:
        self.line.textEdited.connect(self._select_typed)
        self.list.currentItemChanged.connect(lambda item, _before: self._on_item_changed(item))
        self.list.itemActivated.connect(lambda _item: self._accept_genre())
        self.set_button.clicked.connect(self._accept_genre)
        self.model_button.clicked.connect(self._remove)

    def genre(self) -> str:
        """The genre that would be set: the key of a known one, otherwise the text."""
        text = " ".join(self.line.text().split())
        item = self._find_item(text)
        return text if item is None else str(item.data(_GENRE))

    def _find_item(self, text: str) -> QListWidgetItem | None:
        wanted = text.casefold()
        items = (self.list.item(row) for row in range(self.list.count()))
        return next(
            (item for item in items if wanted in (item.text().casefold(), str(item.data(_GENRE)).casefold())), None
        )

    def _select_typed(self, text: str) -> None:
        """Select the typed genre in the list; blocked signals keep the list from changing the text."""
        self.list.blockSignals(True)
        self.list.setCurrentItem(self._find_item(" ".join(text.split())))  # type: ignore[arg-type]
        self.list.blockSignals(False)
        self._update_button()

    def _on_item_changed(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.line.setText(item.text())
        self._update_button()

    def _update_button(self) -> None:
        self.set_button.setEnabled(bool(self.genre()))

    def _accept_genre(self) -> None:
        if self.genre():
            self.chosen.emit(self.genre())
            self.accept()

    def _remove(self) -> None:
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
