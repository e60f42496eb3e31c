"""The page of an empty window, and the overlay that is shown while files are dragged over it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from genre_desktop.core.i18n import tr
from genre_desktop.gui.widgets.labels import icon_label, label
from genre_desktop.gui.widgets.theme import Colours, ThemeSwitch, scaled_font

_PICTURE = 88
_LINE_LENGTH = 68


class DropZone(QFrame):
    """Page of an empty window: a hint and buttons to open the first files."""

    files_requested = Signal()
    folder_requested = Signal()
    demo_requested = Signal()
    help_requested = Signal()

    def __init__(self, themes: ThemeSwitch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pane")
        self._colours = themes.colours
        themes.changed.connect(self._set_colours)
        title = label(tr("Drop songs or folders here"), scale=1.7, bold=True)
        hint = label(
            tr(
                "Genre Desktop listens all over each track, not only to its beginning, and tells its genre, "
                "how sure it is, and why. MP3, FLAC, WAV, M4A, Ogg and more; nothing leaves this computer."
            ),
            muted=True,
        )
        self.files_button = QPushButton(tr("Open f&iles …"))
        self.files_button.setProperty("primary", True)
        self.folder_button = QPushButton(tr("Open f&older …"))
        self.demo_button = QPushButton(tr("Open demo &clips"))
        buttons = QHBoxLayout()
        buttons.setSpacing(10)
        buttons.addStretch()
        for button, wanted in (
            (self.files_button, self.files_requested),
            (self.folder_button, self.folder_requested),
            (self.demo_button, self.demo_requested),
        ):
            button.clicked.connect(wanted)
            buttons.addWidget(button)
        buttons.addStretch()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(32, 24, 32, 24)
        layout.addStretch(5)
        layout.addWidget(icon_label(QApplication.windowIcon(), _PICTURE, Qt.AlignmentFlag.AlignCenter))
        layout.addSpacing(18)
        for text in (title, hint):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        hint.setMaximumWidth(hint.fontMetrics().averageCharWidth() * _LINE_LENGTH)
        layout.addWidget(title)
        layout.addSpacing(6)
        middle = QHBoxLayout()  # an alignment flag would lose the height that wrapped text needs
        middle.addStretch()
        middle.addWidget(hint, 1)
        middle.addStretch()
        layout.addLayout(middle)
        layout.addSpacing(22)
        layout.addLayout(buttons)
        layout.addSpacing(10)
        self.help_button = QPushButton(tr("First &steps"))
        self.help_button.setProperty("link", True)
        self.help_button.clicked.connect(self.help_requested)
        layout.addWidget(self.help_button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(6)
        self.setAccessibleName(tr("Drop zone"))

    def minimumSizeHint(self) -> QSize:
        # The layout by itself takes wrapped text for one line.
        layout = self.layout()
        assert layout is not None
        return QSize(super().minimumSizeHint().width(), layout.totalMinimumHeightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._colours.border), 1.5, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(16, 16, -16, -16), 10, 10)

    def _set_colours(self, colours: Colours) -> None:
        self._colours = colours
        self.update()


class DropOverlay(QWidget):
    """Covers the window while files are dragged over it."""

    def __init__(self, themes: ThemeSwitch, parent: QWidget) -> None:
        super().__init__(parent)
        self._window = parent
        self._colours = themes.colours
        themes.changed.connect(self._set_colours)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self) -> None:
        """Show it over the whole window."""
        self.setGeometry(self._window.rect())
        self.raise_()
        self.show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        veil = QColor(self._colours.window)
        veil.setAlpha(246)
        painter.fillRect(self.rect(), veil)
        painter.setPen(QPen(QColor(self._colours.accent), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(14, 14, -14, -14), 10, 10)
        painter.setPen(QColor(self._colours.text))
        painter.setFont(scaled_font(1.7, bold=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, tr("Drop to add to the list"))

    def _set_colours(self, colours: Colours) -> None:
        self._colours = colours
        self.update()
