"""How a row of the track table is painted."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from genre_desktop.gui.names import sentence
from genre_desktop.gui.theme import Colours
from genre_desktop.gui.track import Column, State, Track, alignment, cell_text
from genre_desktop.gui.tracks import Index
from genre_desktop.model.genres import genre_colour

PADDING = 8
_CHIP = 10
CHIP_ROOM = _CHIP + 7


class TrackDelegate(QStyledItemDelegate):
    """Paints colour chips, quiet secondary columns, and an error's sentence across columns.

    All by itself: the style would ask the model seven questions a cell, and while results
    come in, the whole table is painted many times a second.
    """

    def __init__(self, view: QTableView, colours: Colours) -> None:
        super().__init__(view)
        self._view = view
        self.colours = colours

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:  # type: ignore[override]
        track = self._view.model().track_at(index)  # type: ignore[attr-defined]
        if track is None:
            return
        column = Column(index.column())
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(self.colours.selection))
        if track.failure is not None and column is not Column.NAME:
            self._paint_sentence(painter, option.rect, sentence(track.failure, brief=True))
            return
        rect = option.rect.adjusted(PADDING, 0, -PADDING, 0)
        answer = track.answer
        if column is Column.GENRE and answer is not None:
            rect = self._paint_chip(painter, rect, answer.by_hand or answer.genre or "")
        text = cell_text(track, column)
        if text:
            painter.setPen(QColor(self._text_colour(track, column)))
            mode = Qt.TextElideMode.ElideMiddle if column is Column.NAME else Qt.TextElideMode.ElideRight
            painter.drawText(rect, alignment(column), painter.fontMetrics().elidedText(text, mode, rect.width()))

    def _text_colour(self, track: Track, column: Column) -> str:
        if column is Column.STATE and track.state is State.WORKING:
            return self.colours.accent
        if column in (Column.NAME, Column.GENRE):
            return self.colours.text
        return self.colours.muted

    def _paint_chip(self, painter: QPainter, rect: QRect, genre: str) -> QRect:
        chip = QRect(rect.left(), rect.center().y() - _CHIP // 2 + 1, _CHIP, _CHIP)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self.colours.outline), 1))
        painter.setBrush(QColor(genre_colour(genre)))
        painter.drawRoundedRect(chip, 3, 3)
        painter.restore()
        return rect.adjusted(CHIP_ROOM, 0, 0, 0)

    def _paint_sentence(self, painter: QPainter, cell: QRect, sentence: str) -> None:
        # Each cell paints its slice of one sentence that runs over all of them: real spans
        # cost a lookup a row in Qt, far too much for thousands of failures.
        left = self._view.columnViewportPosition(Column.GENRE.value)
        right = self._view.columnViewportPosition(Column.STATE.value) + self._view.columnWidth(Column.STATE.value)
        rect = QRect(left, cell.top(), right - left, cell.height()).adjusted(PADDING, 0, -PADDING, 0)
        painter.save()
        painter.setClipRect(cell)
        painter.setPen(QColor(self.colours.problem))
        text = painter.fontMetrics().elidedText(sentence, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, alignment(Column.NAME), text)
        painter.restore()
