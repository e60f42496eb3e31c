"""Markdown in the look of the window: Qt's own is that of a typewriter."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontDatabase,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

from genre_desktop.gui.theme import Colours, scaled_font

_HEADINGS = {1: 1.6, 2: 1.2, 3: 1.05}
_LINE_HEIGHT = 124.0
_SPACE = 9.0
_MARGIN = 22.0


def show_markdown(document: QTextDocument, markdown: str, colours: Colours, scale: float) -> None:
    """Set a document's text and dress it.

    Parameters
    ----------
    document : QTextDocument
    markdown : str
        HTML in it is shown as it is written.
    colours : Colours
    scale : float
        Size of the text, against that of the window.
    """
    document.setDefaultFont(scaled_font(scale))
    document.setDocumentMargin(_MARGIN)
    features = QTextDocument.MarkdownFeature
    document.setMarkdown(markdown, features.MarkdownDialectGitHub | features.MarkdownNoHTML)
    tables = [frame for frame in document.rootFrame().childFrames() if isinstance(frame, QTextTable)]
    _dress_blocks(document, colours, scale)
    for table in tables:
        _dress_table(table, colours)


def _dress_blocks(document: QTextDocument, colours: Colours, scale: float) -> None:
    block = document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        in_table = cursor.currentTable() is not None
        level = block.blockFormat().headingLevel()
        layout = QTextBlockFormat()
        layout.setLineHeight(_LINE_HEIGHT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        is_code = block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeLanguage) or (
            block.blockFormat().nonBreakableLines()
        )
        if level:
            layout.setTopMargin(0.0 if level == 1 else 2 * _SPACE)
            layout.setBottomMargin(_SPACE / 2)
        elif is_code:
            layout.setBackground(QBrush(QColor(colours.hover)))
            layout.setLeftMargin(_SPACE)
        elif in_table:
            layout.setTopMargin(0.0)
            layout.setBottomMargin(0.0)
        else:
            layout.setTopMargin(0.0 if block.textList() else _SPACE / 2)
            layout.setBottomMargin(_SPACE / 2)
        cursor.mergeBlockFormat(layout)
        if level:
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            words = QTextCharFormat()
            words.setProperty(QTextFormat.Property.FontSizeAdjustment, 0)
            words.setFont(scaled_font(scale * _HEADINGS.get(level, 1.0), bold=True))
            cursor.mergeCharFormat(words)
        _dress_code(block, colours, scale)
        block = block.next()


def _dress_code(block: object, colours: Colours, scale: float) -> None:
    spans = []
    for part in block:  # type: ignore[attr-defined]
        fragment = part.fragment()
        if fragment.isValid() and fragment.charFormat().fontFixedPitch():
            spans.append((fragment.position(), fragment.length()))
    for start, length in spans:
        cursor = QTextCursor(block)  # type: ignore[call-overload]
        cursor.setPosition(start)
        cursor.setPosition(start + length, QTextCursor.MoveMode.KeepAnchor)
        words = QTextCharFormat()
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPointSizeF(scaled_font(scale * 0.95).pointSizeF())
        words.setFont(fixed)
        words.setBackground(QBrush(QColor(colours.hover)))
        cursor.mergeCharFormat(words)


def _dress_table(table: QTextTable, colours: Colours) -> None:
    look = table.format()
    look.setBorder(1)
    look.setBorderBrush(QBrush(QColor(colours.border)))
    look.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    look.setBorderCollapse(True)
    look.setCellPadding(6)
    look.setCellSpacing(0)
    look.setTopMargin(_SPACE)
    look.setBottomMargin(_SPACE)
    look.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    if table.columns() == 2:
        kinds = QTextLength.Type
        look.setColumnWidthConstraints(
            [QTextLength(kinds.PercentageLength, 30), QTextLength(kinds.PercentageLength, 70)]
        )
    table.setFormat(look)
    for column in range(table.columns()):
        cell = table.cellAt(0, column)
        ground = cell.format().toTableCellFormat()
        ground.setBackground(QBrush(QColor(colours.hover)))
        cell.setFormat(ground)
        cursor = cell.firstCursorPosition()
        cursor.setPosition(cell.lastPosition(), QTextCursor.MoveMode.KeepAnchor)
        words = QTextCharFormat()
        words.setFontWeight(QFont.Weight.DemiBold)
        cursor.mergeCharFormat(words)
        left = QTextBlockFormat()
        left.setAlignment(Qt.AlignmentFlag.AlignLeft)
        cursor.mergeBlockFormat(left)
