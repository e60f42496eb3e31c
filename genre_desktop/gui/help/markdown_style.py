"""Markdown in the look of the window: Qt's own is that of a typewriter."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextFrameFormat,
    QTextLength,
    QTextListFormat,
    QTextTable,
    QTextTableCell,
)

from genre_desktop.gui.widgets.theme import Colours, fixed_font, scaled_font

_HEADINGS = {1: 1.6, 2: 1.2, 3: 1.05}
_LINE_SPACE = 3.5
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
    _dress_lists(document)
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
        is_code = _is_code(block)
        if not is_code:
            layout.setLineHeight(scale * _LINE_SPACE, QTextBlockFormat.LineHeightTypes.LineDistanceHeight.value)
        if level:
            layout.setTopMargin(0.0 if level == 1 else 2 * _SPACE)
            layout.setBottomMargin(_SPACE / 2)
        elif is_code:
            layout.setBackground(QBrush(QColor(colours.hover)))
            layout.setLeftMargin(_SPACE)
            # One ground below all of its lines.
            layout.setTopMargin(0.0 if _is_code(block.previous()) else 0.7 * _SPACE)
            layout.setBottomMargin(0.0 if _is_code(block.next()) else 0.7 * _SPACE)
        elif in_table:
            layout.setTopMargin(0.0)
            layout.setBottomMargin(0.0)
        else:
            is_listed = block.textList() is not None
            layout.setTopMargin(0.0 if is_listed else 0.7 * _SPACE)
            layout.setBottomMargin((0.5 if is_listed else 0.7) * _SPACE)
        cursor.mergeBlockFormat(layout)
        if level:
            cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
            words = QTextCharFormat()
            words.setFont(scaled_font(scale * _HEADINGS.get(level, 1.0), bold=True))
            cursor.setCharFormat(words)  # not merged: Qt's own adjustment of the size would win
        _dress_code(block, colours, scale)
        block = block.next()


def _is_code(block: QTextBlock) -> bool:
    """Whether a block is a line of code that stands by itself."""
    return block.isValid() and (
        block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeLanguage.value)
        or block.blockFormat().hasProperty(QTextFormat.Property.BlockCodeFence.value)
        or block.blockFormat().nonBreakableLines()
    )


def _dress_lists(document: QTextDocument) -> None:
    block = document.begin()
    while block.isValid():
        entries = block.textList()
        if entries is not None and entries.format().style() in (
            QTextListFormat.Style.ListCircle,
            QTextListFormat.Style.ListSquare,
        ):
            look = entries.format()
            look.setStyle(QTextListFormat.Style.ListDisc)
            entries.setFormat(look)
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
        words.setFont(fixed_font(scale * 0.95))
        words.setBackground(QBrush(QColor(colours.hover)))
        cursor.mergeCharFormat(words)


def _text_of(cell: QTextTableCell) -> str:
    cursor = cell.firstCursorPosition()
    cursor.setPosition(cell.lastPosition(), QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText()


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
        metrics = QFontMetricsF(table.document().defaultFont())
        texts = (_text_of(table.cellAt(row, 0)) for row in range(table.rows()))
        widest = 1.15 * max(map(metrics.horizontalAdvance, texts)) + 2 * look.cellPadding() + 8  # the head is bold
        width = min(widest, 34 * metrics.averageCharWidth())
        look.setColumnWidthConstraints([QTextLength(kinds.FixedLength, width), QTextLength(kinds.VariableLength, 0)])
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
